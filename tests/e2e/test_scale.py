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
