"""`export --changes-from`: who changed what in a period, in the workbook that an auditor is given."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.e2e.program import Program


def test_export_when_changes_are_asked_for_then_they_are_a_sheet_that_comes_back_unread(
    run: Program, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "year.xlsx"
    run.said("set", sample, "R-0001", "notes=Seen by the auditor")
    run.said("export", sample, out, "--changes-from", "2026-01-01")
    rows = list(openpyxl.load_workbook(out)["Changes"].iter_rows(values_only=True))
    assert rows[1][3:5] == ("Edit of R-0001", "R-0001")
    assert rows[1][6:] == ("Notes", rows[1][7], "Seen by the auditor")
    assert "0 new, 0 changed, " in run.said("import", sample, out, "--dry-run")


def test_export_when_the_last_day_is_said_then_nothing_later_is_in_it(
    run: Program, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "month.xlsx"
    run.said("export", sample, out, "--changes-from", "2026-10-01", "--changes-to", "2026-10-31")
    rows = openpyxl.load_workbook(out)["Changes"].iter_rows(min_row=2, values_only=True)
    assert {f"{row[1]:%Y-%m}" for row in rows} == {"2026-10"}


def test_export_when_the_days_cannot_be_then_no_file_is_made(
    run: Program, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "x.xlsx"
    for asked, said in (
        (("--changes-from", "2026-02-30"), "--changes-from 2026-02-30"),
        (("--changes-to", "2026-02-28"), "--changes-to, --changes-from"),
        (("--changes-from", "2026-05-01", "--changes-to", "2026-04-01"), "The first moment comes"),
    ):
        assert said in run.refused("export", sample, out, *asked)
    assert not out.exists()
    csv = tmp_path / "x.csv"
    asked = ("--kind", "risk", "--changes-from", "2026-01-01")
    assert "--changes-from, .csv" in run.refused("export", sample, csv, *asked)
    assert not csv.exists()
