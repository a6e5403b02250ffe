"""Risks of several scales through files: each row is read and written by its own."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from riskreg import catalogue
from riskreg.exchange import importing, outgoing
from riskreg.exchange.importing import import_file
from riskreg.i18n import translator
from riskreg.records import Risk
from riskreg.rules import scales
from riskreg.views import Register, View
from tests.builders import a_risk, add

T = translator("en")
CNIL = next(scale for scale in catalogue.ready_scales() if scale.key == "cnil_4x4")
HEADERS = "Title,Residual likelihood,Residual impact,Scored by"


def risks(register: Register) -> dict[str, Risk]:
    found = register.records(register.ids(View(kinds=("risk",)))).values()
    return {record.title: record for record in found if isinstance(record, Risk)}


def a_scale(register: Register) -> int:
    return add(register, "scale", "CNIL, for assessments", text=scales.dumps(CNIL)).id


def csv_file(folder: Path, *lines: str) -> Path:
    path = folder / "rows.csv"
    path.write_text("\n".join((HEADERS, *lines)) + "\n", encoding="utf-8")
    return path


def test_row_when_it_names_a_scale_then_its_steps_are_of_that_one(
    opened: Register, tmp_path: Path
) -> None:
    cnil = a_scale(opened)
    file = csv_file(
        tmp_path,
        'By title,3,Maximum,"CNIL, for assessments"',
        "By ref,4 Maximum,2,SC-0001",
        "In force,4,5,",
        "Beyond,3,5,SC-0001",
    )
    report = import_file(opened, file, kind="risk")
    found = risks(opened)
    assert [importing.reason(each, T) for each in report.staged.rejections] == [
        "it is a step of the scale, 1 to 4"
    ]
    steps = {
        title: (risk.residual_likelihood, risk.residual_impact, risk.residual_level)
        for title, risk in found.items()
    }
    assert steps == {
        "By title": (3, 4, "critical"),
        "By ref": (4, 2, "high"),
        "In force": (4, 5, "critical"),
    }
    assert found["By title"].scored_by == frozenset({cnil})
    assert found["In force"].scored_by == frozenset()
    assert opened.verify().ok


def test_workbook_when_risks_have_several_scales_then_it_comes_back_the_same(
    opened: Register, tmp_path: Path
) -> None:
    cnil = a_scale(opened)
    a_risk(opened, "In force", likelihood=5, impact=5)
    a_risk(opened, "Other", likelihood=3, impact=3, scored_by=frozenset({cnil}))
    path = tmp_path / "book.xlsx"
    outgoing.export_register(opened, (), path, T)
    book = load_workbook(path)
    map = [[cell.value for cell in row] for row in book["Heat map"].iter_rows()]
    assert ["Open risks in this file: 1 with a score, 0 without."] in [row[:1] for row in map]
    assert ["1 open risk is scored by another scale."] in [row[:1] for row in map]
    legend = {row[0].value: row[1].value for row in book["Legend"].iter_rows(max_col=2)}
    assert "Another scale: SC-0001 CNIL, for assessments" in legend
    assert legend["Impact on the people 4 Maximum"].startswith(
        "Consequences people may not overcome"
    )
    assert legend["5 Severe"] == "It stays in the news, and trust is lost"
    report = import_file(opened, path, kind="risk").as_json(T)
    assert (report["new"], report["changed"], report["unchanged"]) == (0, 0, 2)
