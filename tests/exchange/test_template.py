"""A template is filled in by hand and imported as it is; what was rejected comes back to be corrected."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from riskreg.exchange import error_report, importing, marks, template
from riskreg.exchange.headers import target_of
from riskreg.i18n import LANGUAGES, Language, translator
from riskreg.records import KINDS
from riskreg.views import Register, View
from tests.exchange.files import workbook

KINDS_MADE = ("incident", "risk", "asset", "party")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS_MADE)
def test_template_when_filled_in_by_hand_then_it_imports_with_no_mapping(
    opened: Register, tmp_path: Path, kind: str, language: Language
) -> None:
    path = template.write(opened, kind, tmp_path / "t.xlsx", translator(language))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for cell in sheet[1]:
        assert target_of(KINDS[kind], str(cell.value)) is not None, cell.value
        if cell.column > 1 and sheet.cell(2, cell.column).value is not None:
            sheet.cell(3, cell.column).value = sheet.cell(2, cell.column).value
    book.save(path)
    report = importing.import_file(opened, path)
    assert report.staged.rejections == ()
    assert len(opened.ids(View(kinds=(kind,)))) == 1, "the example is not imported, its copy is"
    assert any("example" in note.text for note in report.staged.notes)
    assert not any("not imported: {sheets}" in note.text for note in report.staged.notes)


def test_template_when_only_the_example_is_in_it_then_there_are_no_rows(
    opened: Register, tmp_path: Path
) -> None:
    path = template.write(opened, "risk", tmp_path / "t.xlsx", translator("en"))
    with pytest.raises(importing.Expected) as refused:
        importing.import_file(opened, path)
    assert refused.value.id == "import_no_rows"


def test_template_when_opened_then_it_has_lists_and_notes(opened: Register, tmp_path: Path) -> None:
    path = template.write(opened, "risk", tmp_path / "t.xlsx", translator("en"))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    heads = {cell.value: cell for cell in sheet[1]}
    assert "Example, not imported" in heads["Ref"].comment.text
    assert "Every record needs it." in heads["Title"].comment.text
    listed = {str(each.sqref).split(":")[0][0] for each in sheet.data_validations.dataValidation}
    assert heads["Treatment"].column_letter in listed


def test_template_when_of_the_catalogue_then_it_is_refused(
    opened: Register, tmp_path: Path
) -> None:
    with pytest.raises(importing.Expected) as refused:
        template.write(opened, "action", tmp_path / "t.xlsx", translator("en"))
    assert refused.value.id == "cannot_add"


def test_rejected_rows_when_corrected_in_the_report_then_they_go_in(
    opened: Register, tmp_path: Path
) -> None:
    path = workbook(
        tmp_path / "r.xlsx",
        ["Title", "Due", "Odd"],
        ["good", "2026-01-02", "x"],
        ["bad", "soon", 7],
    )
    report = importing.import_file(opened, path, kind="risk")
    out = tmp_path / "errors.xlsx"
    t = translator("en")
    assert error_report.write(out, report.source, report.plan, report.staged, t) == 1
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Title", "Due", "Odd", marks.REASON]
    assert [sheet.cell(2, column).value for column in (1, 2, 3)] == ["bad", "soon", 7]
    assert str(sheet.cell(2, 4).value).startswith("Row 3: Due: ")
    assert sheet.cell(2, 2).fill.fgColor.rgb != sheet.cell(2, 1).fill.fgColor.rgb
    sheet.cell(2, 2).value = "2026-05-06"
    book.save(out)
    again = importing.import_file(opened, out, kind="risk")
    assert (again.staged.count("new"), again.staged.rejections) == (1, ())
    found = opened.records(opened.ids(View(kinds=("risk",)))).values()
    assert [dict(each.other_facts) for each in found if each.title == "bad"] == [{"Odd": "7"}]
