"""How the score of a risk went, as a script asks it, with scales that came and went."""

from __future__ import annotations

from riskreg import catalogue
from riskreg.rules import scales

NIST = next(scale for scale in catalogue.ready_scales() if scale.key == "nist_800_30")


def test_scores_when_a_scale_came_and_was_taken_back_then_each_score_keeps_the_level_of_its_time(
    run, tmp_path
):
    path = tmp_path / "clinic.riskreg"
    run.quickly("new", path, "--name", "海港診所")
    run.quickly(
        "add", path, "risk", "title=Mail goes astray",
        "residual_likelihood=4", "residual_impact=3",
    )  # fmt: skip
    text = scales.dumps(NIST)
    run.quickly("add", path, "scale", "title=NIST", f"text={text}", "is_default=yes")
    run.quickly("set", path, "R-0001", "residual_likelihood=2")
    run.quickly("undo", path, "--count", "2")
    run.quickly("add", path, "scale", "title=Also NIST", f"text={text}", "is_default=no")
    run.quickly("set", path, "R-0001", "scored_by=SC-0002")
    found = run.json("log", path, "--ref", "r-0001", "--scores")
    told = [
        (each["likelihood"], each["impact"], each["level"], each["scale"], each["only_the_scale"])
        for each in reversed(found["scores"])
    ]
    assert told == [
        (4, 3, "high", "default_5x5", False),
        (4, 3, "moderate", "SC-0001", True),
        (2, 3, "low", "SC-0001", False),
        (4, 3, "moderate", "SC-0001", False),
        (4, 3, "high", "default_5x5", True),
        (4, 3, "moderate", "SC-0002", True),
    ]
    assert found["trend"] == "steady"
    assert found["since"] == 2
    said = run.said("log", path, "--ref", "R-0001", "--scores", "--limit", 1)
    assert "The same steps on another scale" in said
    assert "Also NIST" in said
    assert "High 12" in said
    assert "Before any control" not in said
    assert "as on" in said.splitlines()[-1]


def test_scores_when_asked_of_a_risk_without_any_then_it_says_so(run, tmp_path):
    path = tmp_path / "clinic.riskreg"
    run.quickly("new", path, "--name", "Harbour Clinic")
    run.quickly("add", path, "risk", "title=Mail goes astray", "residual_likelihood=4")
    assert run.said("log", path, "--ref", "R-0001", "--scores") == "This risk has no score yet.\n"
    asked = ("log", path, "--ref", "R-0001", "--scores")
    assert run.json(*asked) == {"ref": "R-0001", "trend": "unknown", "since": None, "scores": []}


def test_scores_when_no_risk_is_named_then_it_is_refused(run, sample):
    assert "--ref" in run.refused("log", sample, "--scores")
    assert "A-0001 is none" in run.refused("log", sample, "--ref", "A-0001", "--scores")
