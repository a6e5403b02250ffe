"""A scale of the organisation's own, as a script sets it."""

from __future__ import annotations

from riskreg import catalogue
from riskreg.rules import scales

NIST = next(scale for scale in catalogue.ready_scales() if scale.key == "nist_800_30")


def test_scale_when_put_in_force_by_a_script_then_levels_follow_and_the_register_is_whole(
    run, tmp_path
):
    path = tmp_path / "clinic.riskreg"
    run.quickly("new", path, "--name", "海港診所")
    run.quickly(
        "add", path, "risk", "title=Mail goes astray",
        "residual_likelihood=5", "residual_impact=1",
    )  # fmt: skip
    assert "Moderate" in run.said("list", path, "risk")
    text = scales.dumps(NIST)
    refused = run("add", path, "scale", "title=NIST", "text=" + text.replace('"low"', '"tall"'))
    assert refused.returncode != 0
    assert "tall" not in run.said("list", path, "risk")
    assert "“tall” is no level" in refused.stdout + refused.stderr
    run.quickly("add", path, "scale", "title=NIST", f"text={text}", "is_default=yes")
    assert "Very low" in run.said("list", path, "risk")
    run.quickly("verify", path)
    run.quickly("undo", path)
    assert "Moderate" in run.said("list", path, "risk")


def test_scale_when_old_scores_are_kept_then_each_risk_says_by_which_it_is_scored(run, tmp_path):
    path = tmp_path / "clinic.riskreg"
    run.quickly("new", path, "--name", "海港診所")
    run.quickly(
        "add", path, "risk", "title=Mail goes astray",
        "residual_likelihood=5", "residual_impact=2",
    )  # fmt: skip
    said = run.refused("scale", path, "use", "simple_3x3")
    assert "no step on this scale: likelihood 5" in said
    assert "--keep-old" in said
    told = run.json("scale", path, "use", "simple_3x3", "--keep-old", "--dry-run")
    assert told == {"entry": None, "kept": 1, "moved": 0}
    assert "1 risk stays scored by the scale before." in run.said(
        "scale", path, "use", "simple_3x3", "--keep-old"
    )
    shown = run.said("show", path, "R-0001")
    assert "Scored by: SC-0002 5 × 5: likelihood times impact" in shown
    assert "Residual likelihood: 5 Almost certain" in shown
    assert "Residual level: High" in shown
    run.quickly("add", path, "risk", "title=New", "residual_likelihood=3", "residual_impact=3")
    columns = "ref,residual_likelihood,residual_level"
    lines = run.quickly("list", path, "risk", "--columns", columns).splitlines()
    assert [line.split() for line in lines if line.startswith("R-")] == [
        ["R-0001", "5", "High"],
        ["R-0002", "3", "Likely", "High"],
    ]
    rows = {row["name"]: row for row in run.state("scale", path, "list")}
    assert rows["SC-0001"]["in_force"]
    assert rows["SC-0002"]["scored_risks"] == 1
    run.quickly("verify", path)
    run.quickly("scale", path, "use", "default_5x5", "--step", "impact.1=2")
    assert run.state("show", path, "R-0002")["residual_level"] == "moderate"
    run.quickly("undo", path, "--count", "2")


def test_scale_when_a_file_describes_one_then_its_dimensions_and_bands_are_in_force(run, tmp_path):
    path, file = tmp_path / "clinic.riskreg", tmp_path / "ours.toml"
    run.quickly("new", path, "--name", "海港診所")
    bands = 'dimensions = [{ key = "money", currency = "HKD", up_to = [10000, 50000] }]\n'
    simple = next(scale for scale in catalogue.ready_scales() if scale.key == "simple_3x3")
    file.write_text(scales.dumps(simple) + bands.replace("HKD", "Hong Kong dollars"), "utf-8")
    assert "code of three letters" in run.refused("scale", path, "use", file)
    file.write_text(scales.dumps(simple) + bands, "utf-8")
    assert "In force: 3 × 3" in run.said("scale", path, "use", file)
    run.quickly("scale", path, "use", "default_5x5")
    run.quickly("scale", path, "use", file)
    names = [row["name"] for row in run.state("scale", path, "list")]
    assert [name for name in names if name.startswith("SC-")] == ["SC-0001"]
    run.quickly(
        "add", path, "risk", "title=Loss", "impact_money=1", "expected_loss=HKD 20000.00",
        "residual_impact=1", "residual_likelihood=1",
    )  # fmt: skip
    found = {each["check"] for each in run.json("checks", path, status=1)}
    assert "loss_in_another_band" in found
