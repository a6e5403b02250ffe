"""One record and what it is tied to, as an authority or an insurer would be given it."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.e2e.program import Program


def cells(path: Path, sheet: str, heading: str) -> set[object]:
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    place = rows[0].index(heading)
    return {row[place] for row in rows[1:] if row[place] is not None}


def test_export_when_one_incident_is_asked_for_then_nothing_else_is_in_the_file(
    run: Program, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "one.xlsx"
    run("export", sample, out, "--ref", "I-2026-014")
    shown = run.json("show", sample, "I-2026-014")
    book = openpyxl.load_workbook(out)
    assert cells(out, "Incidents", "Ref") == {"I-2026-014"}
    assert cells(out, "Risks", "Ref") == set(shown["risks"])
    assert cells(out, "Data we hold", "Ref") == set(shown["assets"])
    assert "Measures" not in book.sheetnames
    told = {row[0]: row[1] for row in book["Cover"].iter_rows(values_only=True)}
    assert "I-2026-014" in str(told["Shows"])


def test_export_when_one_record_and_a_kind_are_asked_for_then_it_is_refused(
    run: Program, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "one.xlsx"
    told = run.refused("export", sample, out, "--ref", "I-2026-014", "--kind", "risk")
    assert "--ref, --kind" in told
    assert not out.exists()


def test_export_when_the_record_is_unknown_then_no_file_is_made(
    run: Program, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "one.xlsx"
    assert "I-2026-999" in run.refused("export", sample, out, "--ref", "I-2026-999")
    assert not out.exists()
