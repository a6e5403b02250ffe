"""`import` of a file whose every row is rejected: the reasons are told once, not once a row."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.program import Program


def rejected(run: Program, sample: Path, path: Path, *lines: str) -> list[str]:
    """What an import of these rows prints after its notes, without the last line."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = run.said("import", sample, path, "--kind", "risk", "--dry-run", status=1)
    told = said.splitlines()
    assert told[-1].startswith("Nothing has changed yet: ")
    return [line for line in told[:-1] if "row " in line or "rows" in line][1:]


def test_import_when_no_column_fills_a_required_field_then_it_is_said_once(
    run: Program, sample: Path, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    found = rejected(run, sample, path, "Name,Place", *(f"N{n},P{n}" for n in range(853)))
    assert found == [
        "853 rows: “Title” is required, and no column of this file fills it;"
        " such as row 2, row 3, row 4, row 5, row 6",
    ]
    everything = run.json("import", sample, path, "--kind", "risk", "--dry-run", status=1)
    assert len(everything["rejections"]) == 853


def test_import_when_many_cells_have_one_reason_then_the_first_are_shown_with_their_values(
    run: Program, sample: Path, tmp_path: Path
) -> None:
    days = [f"A{n},{n}/02/2026" for n in range(30, 37)]
    found = rejected(run, sample, tmp_path / "x.csv", "Title,Due", *days)
    assert found[0].startswith(
        "7 rows, column Due: there is no such day or time; such as row 2 (30/02/2026), row 3 ("
    )
    assert len(found) == 1


def test_import_when_reasons_differ_by_value_then_five_are_shown_and_the_others_counted(
    run: Program, sample: Path, tmp_path: Path
) -> None:
    words = [f"A{n},word {n}" for n in range(9)]
    found = rejected(run, sample, tmp_path / "x.csv", "Title,Status", *words)
    assert [line.split(":")[0] for line in found[:5]] == [
        f"row {n}, column Status" for n in range(2, 7)
    ]
    assert found[5:] == ["4 rows more are rejected for such a reason"]


def test_import_when_few_rows_are_rejected_then_each_is_told(
    run: Program, sample: Path, tmp_path: Path
) -> None:
    days = [f"A{n},31/02/2026" for n in range(5)]
    found = rejected(run, sample, tmp_path / "x.csv", "Title,Due", *days)
    assert found == [
        f"row {n}, column Due: there is no such day or time (31/02/2026)" for n in range(2, 7)
    ]
