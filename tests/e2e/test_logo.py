"""`logo` as a script calls it, and the report that shows it, on real files."""

from __future__ import annotations

import sqlcipher3.dbapi2 as driver
from PIL import Image

from tests.reports.pages import texts
from tests.reports.test_emblem import pictures


def test_logo_when_set_replaced_and_removed_then_reports_follow(run, sample, tmp_path):
    picture, out = tmp_path / "new.png", tmp_path / "out.pdf"
    Image.new("RGB", (400, 200), "teal").save(picture)
    before = run.state("show", sample, "ORG")["logo"]
    said = run.said("logo", sample, "set", picture)
    now = run.state("show", sample, "ORG")["logo"]
    assert now != before
    assert said == f"new.png is the logo now; it is kept as {now[0]}.\n"
    assert run.said("logo", sample, "set", picture) == "new.png is the logo already.\n"
    run.said("report", sample, "checks", out)
    ((left, bottom, right, top),) = pictures(out)
    assert abs((right - left) - 2 * (top - bottom)) < 1
    assert now[0] in run.said("logo", sample, "remove")
    run.said("report", sample, "checks", out)
    assert pictures(out) == []
    assert "has no logo" in run.refused("logo", sample, "remove")
    assert "not 1" in run.refused("logo", sample, "set")
    assert run.json("verify", sample)["ok"]


def test_logo_when_it_is_an_svg_then_a_report_of_the_command_line_draws_it(run, sample, tmp_path):
    out = tmp_path / "out.pdf"
    run.said("report", sample, "response-card", out)
    assert len(pictures(out)) == 1


def test_logo_when_its_file_is_damaged_then_the_report_is_made_and_says_so(run, sample, tmp_path):
    out = tmp_path / "out.pdf"
    ref = run.state("show", sample, "ORG")["logo"][0]
    connection = driver.connect(str(sample))
    sha256 = run.state("show", sample, ref)["sha256"]
    connection.execute("UPDATE blob SET content = x'2A' WHERE sha256 = ?", (sha256,))
    connection.commit()
    connection.close()
    run.said("report", sample, "checks", out)
    assert pictures(out) == []
    assert "its file does not match its recorded SHA-256" in " ".join(texts(out))


def test_logo_when_it_is_too_small_then_it_is_refused_and_nothing_changed(run, sample, tmp_path):
    picture = tmp_path / "small.jpg"
    Image.new("RGB", (40, 20)).save(picture)
    before = run.state("show", sample, "ORG")
    assert "too small for paper (40 × 20 pixels" in run.refused("logo", sample, "set", picture)
    assert run.state("show", sample, "ORG") == before
