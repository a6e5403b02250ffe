"""Import of a spreadsheet in the window: from a small file to the applied result and back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from riskreg import clock
from riskreg.records.values import Count
from riskreg.views import Register, View
from tests.ui.desk import a_context, add, prompts_of
from ui.context import Context
from ui.dialogs.import_pages import preview_words
from ui.dialogs.import_shapes import Plan
from ui.dialogs.importing import ImportDialog
from ui.jobs import Jobs

FILE, COLUMNS, ANSWERS, PREVIEW, RESULT = range(5)
CSV = """Title,Date Aware,People affected,Reference elsewhere,Odd column
Fax to a wrong number,2026-11-02,3,EXT-1,<b>odd</b>
Patient list on the web,2026-11-03,~40,EXT-2,
,2026-11-04,5,EXT-3,no title
Phishing,31 February,6,EXT-4,bad day
"""


@pytest.fixture
def context(opened: Register, qtbot: QtBot) -> Context:
    return a_context(opened)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "breaches.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def a_dialog(qtbot: QtBot, context: Context, path: Path | None = None) -> ImportDialog:
    made = ImportDialog(context, path)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(dialog: ImportDialog, header: str, target: str) -> None:
    """Choose what a column becomes."""
    dialog.columns.table.choose(header, target)


def to_preview(dialog: ImportDialog) -> None:
    """From the file to the preview, with the one column that the headers do not name."""
    dialog.go_on()
    choose(dialog, "Date Aware", "aware_at")
    dialog.go_on()


def incidents(register: Register) -> list[str]:
    view = View(kinds=("incident",), columns=("ref", "title"), sort=(("ref", False),))
    return [str(row.values[1]) for row in register.rows(view, register.ids(view))]


def test_import_when_a_file_is_chosen_then_it_says_what_was_found(
    qtbot: QtBot, context: Context, file: Path
) -> None:
    dialog = a_dialog(qtbot, context)
    assert not dialog.next.isEnabled()
    prompts_of(context).files.append(file)
    qtbot.mouseClick(dialog.file.chosen, Qt.MouseButton.LeftButton)
    assert "4 rows" in dialog.file.sheet.currentText()
    assert "separated by “,”" in dialog.file.notes.text()
    assert dialog.file.kind.currentData() == "incident"
    assert dialog.next.isEnabled()


def test_import_when_columns_are_shown_then_headers_that_are_labels_are_mapped(
    qtbot: QtBot, context: Context, file: Path
) -> None:
    dialog = a_dialog(qtbot, context, file)
    dialog.go_on()
    assert dialog.columns.table.targets() == {
        "Title": "title",
        "Date Aware": "aware_at",
        "People affected": "people_count",
        "Reference elsewhere": "external_ref",
        "Odd column": "other_facts.Odd column",
    }
    assert dialog.columns.key.currentData() == "external_ref"


def test_import_when_previewed_then_nothing_has_changed_and_each_rejection_is_explained(
    qtbot: QtBot, context: Context, opened: Register, file: Path
) -> None:
    dialog = a_dialog(qtbot, context, file)
    before = opened.head()
    to_preview(dialog)
    assert dialog.lead.text() == (
        "Nothing has changed yet. 2 new, 2 rejected: see why before importing."
    )
    assert opened.head() == before
    rejected = [line for line in dialog.plan.lines if line.state == "rejected"]
    assert [(line.place, line.field) for line in rejected] == [("4", "Title"), ("5", "Date Aware")]
    assert all(line.reason for line in rejected)
    assert dialog.next.text() == "Import 2 records"


def test_import_when_applied_then_it_is_one_step_that_can_be_undone(
    qtbot: QtBot, context: Context, opened: Register, file: Path
) -> None:
    dialog = a_dialog(qtbot, context, file)
    to_preview(dialog)
    with qtbot.waitSignal(context.events.changed):
        dialog.go_on()
    assert incidents(opened) == ["Fax to a wrong number", "Patient list on the web"]
    assert dialog.outcome.counts.text() == "Imported: 2 new, 2 rejected."
    assert "2 rows were rejected" in dialog.outcome.rest.text()
    first = opened.record(opened.find("I-2026-001"))
    assert first.get("people_count") == Count(3)
    assert first.other_facts == (("Odd column", "<b>odd</b>"),)
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert incidents(opened) == []
    assert "Taken back" in dialog.outcome.counts.text()


def test_import_when_the_same_file_comes_again_then_nothing_is_left_to_do(
    qtbot: QtBot, context: Context, file: Path
) -> None:
    first = a_dialog(qtbot, context, file)
    to_preview(first)
    first.go_on()
    second = a_dialog(qtbot, context, file)
    assert second.file.how.currentText() == "As last time, for breaches.csv"
    second.go_on()
    assert second.pages.currentIndex() == PREVIEW
    assert second.plan.counts["unchanged"] == 2
    assert not second.next.isEnabled()


def test_import_when_a_value_differs_then_old_and_new_stand_side_by_side(
    qtbot: QtBot, context: Context, opened: Register, file: Path
) -> None:
    add(
        opened,
        "incident",
        {"title": "Fax to a wrong number", "external_ref": "EXT-1", "people_count": "2"},
    )
    dialog = a_dialog(qtbot, context, file)
    to_preview(dialog)
    changed = {
        line.field: (line.old, line.new) for line in dialog.plan.lines if line.state == "changed"
    }
    assert changed["People affected"] == ("2", "3")
    assert changed["Other facts: Odd column"] == ("", "<b>odd</b>")


def test_import_when_a_column_is_left_out_then_it_is_not_kept(
    qtbot: QtBot, context: Context, opened: Register, file: Path
) -> None:
    dialog = a_dialog(qtbot, context, file)
    dialog.go_on()
    choose(dialog, "Date Aware", "aware_at")
    choose(dialog, "Odd column", "")
    dialog.go_on()
    dialog.go_on()
    assert opened.record(opened.find("I-2026-001")).other_facts == ()


def test_import_when_a_mapping_file_is_given_then_it_decides(
    qtbot: QtBot, context: Context, opened: Register, file: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        'kind = "incident"\n[columns]\n"Title" = "title"\n"Date Aware" = "aware_at"\n'
        '[constants]\nstatus = "closed"\n',
        encoding="utf-8",
    )
    dialog = a_dialog(qtbot, context, file)
    dialog.file.mapping.setText(str(mapping))
    dialog.go_on()
    assert dialog.columns.table.targets()["Date Aware"] == "aware_at"
    dialog.go_on()
    dialog.go_on()
    assert opened.record(opened.find("I-2026-001")).get("status") == "closed"


def test_import_when_the_mapping_is_wrong_then_its_place_is_named_and_the_step_stays(
    qtbot: QtBot, context: Context, file: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text('kind = "incident"\n[columns]\n"Title" = "titel"\n', encoding="utf-8")
    dialog = a_dialog(qtbot, context, file)
    dialog.file.mapping.setText(str(mapping))
    dialog.go_on()
    assert "columns.Title" in dialog.message.text()
    assert dialog.next.isEnabled()


def test_import_when_the_file_is_something_else_then_the_three_sentences_say_so(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "letter.xlsx"
    path.write_bytes(b"%PDF-1.7 not a workbook")
    dialog = a_dialog(qtbot, context, path)
    assert "PDF" in dialog.message.text()
    assert not dialog.next.isEnabled()


def test_preview_when_filtered_then_only_that_state_is_shown_and_details_are_whole(
    qtbot: QtBot, context: Context, file: Path
) -> None:
    dialog = a_dialog(qtbot, context, file)
    to_preview(dialog)
    model = dialog.preview.table.lines
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.rowCount() == 4
    qtbot.mouseClick(dialog.preview.filters["rejected"], Qt.MouseButton.LeftButton)
    assert model.rowCount() == 2
    marked = [state for state, chip in dialog.preview.filters.items() if chip.isChecked()]
    assert marked == ["rejected"]
    dialog.preview.table.selectRow(1)
    assert "31 February" in dialog.preview.whole.text()


def test_import_when_going_back_then_what_was_chosen_is_still_there(
    qtbot: QtBot, context: Context, file: Path
) -> None:
    dialog = a_dialog(qtbot, context, file)
    to_preview(dialog)
    qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    assert dialog.columns.table.targets()["Date Aware"] == "aware_at"


def test_preview_words_when_nothing_would_happen_then_they_say_no_rows(context: Context) -> None:
    assert (
        preview_words(Plan(counts={}, lines=()), context.t) == "Nothing has changed yet. No rows."
    )


def test_import_when_walked_then_no_text_is_markup_and_fields_have_names(
    qtbot: QtBot, context: Context, file: Path
) -> None:
    dialog = a_dialog(qtbot, context, file)
    to_preview(dialog)
    for label in dialog.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()
    for field in (dialog.file.path, dialog.file.kind, dialog.file.sheet, dialog.columns.key):
        assert field.accessibleName()
    assert dialog.columns.table.accessibleName()


def test_import_when_on_threads_then_the_window_stays_alive_and_all_of_it_works(
    qtbot: QtBot, opened: Register, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    rows = "".join(f"Incident {number},EXT-{number},{number}\n" for number in range(1_500))
    path.write_text("Title,Reference elsewhere,Odd\n" + rows, encoding="utf-8")
    jobs = Jobs()
    dialog = a_dialog(qtbot, a_context(opened, jobs=jobs), path)
    beats: list[float] = []
    since = clock.stopwatch()
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(since()))
    timer.start(10)
    for step in (COLUMNS, PREVIEW, RESULT):
        qtbot.waitUntil(lambda: dialog.next.isEnabled() and not jobs.running, timeout=30_000)
        dialog.go_on()
        qtbot.waitUntil(lambda step=step: dialog.pages.currentIndex() == step, timeout=30_000)
    timer.stop()
    assert opened.count(View(kinds=("incident",))) == 1_500
    gaps = sorted(after - before for before, after in pairwise(beats))
    assert gaps[-1] < 1.0, gaps[-5:]
    jobs.close()


def test_import_when_cancelled_while_reading_then_it_says_so_and_another_file_can_be_chosen(
    qtbot: QtBot, opened: Register, file: Path
) -> None:
    jobs = Jobs()
    dialog = a_dialog(qtbot, a_context(opened, jobs=jobs))
    with qtbot.waitSignal(jobs.ended):
        dialog.look_at(file)
        dialog.progress.cancel.click()
    assert dialog.message.text() == "Cancelled."
    assert not dialog.next.isEnabled()
    assert dialog.file.chosen.isEnabled()
    jobs.close()


def test_import_when_a_cell_is_corrected_in_place_then_the_row_goes_in_and_the_file_stays(
    qtbot: QtBot, context: Context, opened: Register, file: Path
) -> None:
    dialog = a_dialog(qtbot, context, file)
    to_preview(dialog)
    model = dialog.preview.table.lines
    row = next(at for at in range(model.rowCount()) if model.line(at).field == "Date Aware")
    dialog.preview.table.selectRow(row)
    qtbot.keyClick(dialog.preview.table, Qt.Key.Key_Return)
    editor = dialog.preview.table.viewport().findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "31 February"
    editor.setText("2026-02-28")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.plan.counts["new"] == 3)
    assert dialog.plan.counts["rejected"] == 1
    assert dialog.pages.currentIndex() == PREVIEW
    dialog.go_on()
    assert "Phishing" in incidents(opened)
    assert file.read_text(encoding="utf-8") == CSV


def test_import_when_a_correction_is_wrong_too_then_it_is_kept_and_the_reason_is_told(
    qtbot: QtBot, context: Context, file: Path
) -> None:
    dialog = a_dialog(qtbot, context, file)
    to_preview(dialog)
    model = dialog.preview.table.lines
    row = next(at for at in range(model.rowCount()) if model.line(at).field == "Date Aware")
    model.setData(model.index(row, 5), "32 March")
    qtbot.waitUntil(lambda: any(line.new == "32 March" for line in dialog.plan.lines))
    told = [line for line in dialog.plan.lines if line.field == "Date Aware"]
    assert [(line.new, bool(line.reason)) for line in told] == [("32 March", True)]
    qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    dialog.go_on()
    assert any(line.new == "32 March" for line in dialog.plan.lines)


def test_import_when_a_title_is_nearly_there_then_both_stand_side_by_side_and_it_can_be_left_out(
    qtbot: QtBot, context: Context, opened: Register, file: Path
) -> None:
    add(opened, "incident", {"title": "Fax to wrong number", "people_count": "9"})
    dialog = a_dialog(qtbot, context, file)
    to_preview(dialog)
    assert "1" in dialog.preview.doubtful.text()
    qtbot.mouseClick(dialog.preview.doubtful, Qt.MouseButton.LeftButton)
    model = dialog.preview.table.lines
    sides = {
        model.line(at).field: (model.line(at).old, model.line(at).new)
        for at in range(model.rowCount())
    }
    assert sides["People affected"] == ("9", "3")
    dialog.preview.table.selectRow(0)
    qtbot.mouseClick(dialog.preview.leave, Qt.MouseButton.LeftButton)
    assert (dialog.plan.counts["new"], dialog.plan.counts["left_out"]) == (1, 1)
    dialog.go_on()
    assert incidents(opened) == ["Fax to wrong number", "Patient list on the web"]


OPEN = """Risk name,Treatment,Impact,Owner,Due date
Lost laptop,Mitigate,important,K Chan,03/04/2026
Fire,purple,--,W. Wong,05/06/2026
"""


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_import_when_words_names_and_dates_are_open_then_they_are_asked_and_shown_answered(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    add(opened, "party", {"title": "K. Chan"})
    path = tmp_path / "risk register.csv"
    path.write_text(OPEN, encoding="utf-8")
    dialog = a_dialog(qtbot, context, path)
    assert dialog.file.kind.currentData() == "risk"
    dialog.go_on()
    dialog.go_on()
    assert dialog.pages.currentIndex() == ANSWERS
    model = dialog.answers.table.questions
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    said = {
        model.index(row, 1).data(): model.index(row, 3).data() for row in range(model.rowCount())
    }
    assert said["Mitigate"] == "Modify (reduce)"
    assert said["important"] == "4 Serious"
    assert said["--"] == "Nothing: leave it empty"
    assert said["K Chan"] == "K. Chan"
    assert said["W. Wong"] == "Make a new record"
    assert said["03/04/2026"].startswith("Not decided")
    assert "2" in dialog.answers.rest.text()
    row = list(said).index("03/04/2026")
    words = [each.words for each in model.options(row)]
    assert words[0].startswith("day first")
    assert "Apr" in words[0]
    assert words[1].startswith("month first")
    assert "Mar" in words[1]
    dialog.answers.table.selectRow(row)
    qtbot.keyClick(dialog.answers.table, Qt.Key.Key_Return)
    box = dialog.answers.table.viewport().findChild(QComboBox)
    assert box is not None
    box.setCurrentIndex(0)
    box.activated.emit(0)
    dialog.go_on()
    assert (dialog.plan.counts["new"], dialog.plan.counts["rejected"]) == (1, 1)
    dialog.go_on()
    (risk,) = opened.records(opened.ids(View(kinds=("risk",)))).values()
    assert str(risk.get("due_on")) == "2026-04-03"
    assert len(opened.ids(View(kinds=("party",)))) == 1, (
        "K. Chan is there, W. Wong's row was rejected"
    )


def test_import_when_going_back_to_the_answers_then_they_are_still_given(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "risk register.csv"
    path.write_text(OPEN, encoding="utf-8")
    dialog = a_dialog(qtbot, context, path)
    dialog.go_on()
    dialog.go_on()
    model = dialog.answers.table.questions
    row = next(at for at in range(model.rowCount()) if model.index(at, 1).data() == "purple")
    model.setData(model.index(row, 3), "avoid")
    dialog.go_on()
    for step in (ANSWERS, COLUMNS, FILE):
        qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
        assert dialog.pages.currentIndex() == step
    dialog.go_on()
    dialog.go_on()
    assert model.index(row, 3).data() == "Avoid"


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_import_when_only_keys_are_pressed_then_columns_are_chosen_and_the_rows_go_in(
    qtbot: QtBot, context: Context, opened: Register, file: Path
) -> None:
    dialog = a_dialog(qtbot, context, file)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.next.hasFocus)
    qtbot.keyClick(dialog.next, Qt.Key.Key_Return)
    table = dialog.columns.table
    qtbot.waitUntil(table.hasFocus)
    row = list(table.targets()).index("Odd column")
    for _ in range(row):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    box = table.viewport().findChild(QComboBox)
    assert box is not None
    assert box.accessibleName() == "Odd column becomes"
    assert box.currentText() == "Keep as another fact"
    qtbot.waitUntil(lambda: box.view().isVisible())
    qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.targets()["Odd column"] == "")
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == PREVIEW)
    qtbot.waitUntil(dialog.preview.table.hasFocus)
    qtbot.keyClick(dialog.preview.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == RESULT)
    assert opened.record(opened.find("I-2026-001")).other_facts == ()


def test_import_when_no_column_becomes_the_title_then_it_says_so_and_waits(
    qtbot: QtBot, context: Context, file: Path
) -> None:
    dialog = a_dialog(qtbot, context, file)
    dialog.go_on()
    choose(dialog, "Title", "")
    assert dialog.columns.problem.text() == "No column becomes Title, which every record needs."
    assert not dialog.next.isEnabled()
    choose(dialog, "Title", "title")
    choose(dialog, "Odd column", "title")
    assert dialog.columns.problem.text() == "Two columns become Title; let one of them go."


def test_import_when_the_encoding_or_heading_row_is_put_right_then_the_file_is_read_so(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "b.csv"
    path.write_bytes("甲,乙;丙\n名稱;備,註\n外洩;一,二\n".encode("big5"))
    dialog = a_dialog(qtbot, context, path)
    file = dialog.file
    file.encoding.setCurrentIndex(file.encoding.findData("big5hkscs"))
    file.encoding.activated.emit(file.encoding.currentIndex())
    file.delimiter.setCurrentIndex(file.delimiter.findData(";"))
    file.delimiter.activated.emit(file.delimiter.currentIndex())
    file.header_row.setCurrentIndex(file.header_row.findData(2))
    file.header_row.activated.emit(1)
    file.kind.setCurrentIndex(file.kind.findData("incident"))
    dialog.go_on()
    assert dialog.columns.table.targets() == {"名稱": "title", "備,註": "other_facts.備,註"}
    dialog.go_on()
    assert 'delimiter = ";"' in dialog.plan.text
    assert "header_row = 2" in dialog.plan.text


def test_import_when_rows_are_rejected_then_they_are_saved_corrected_and_imported(
    qtbot: QtBot, context: Context, opened: Register, file: Path, tmp_path: Path
) -> None:
    dialog = a_dialog(qtbot, context, file)
    to_preview(dialog)
    dialog.go_on()
    out = tmp_path / "rejected.xlsx"
    prompts_of(context).files.append(out)
    qtbot.mouseClick(dialog.errors, Qt.MouseButton.LeftButton)
    assert "2 rejected rows are in rejected.xlsx" in dialog.message.text()
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    sheet["A2"], sheet["B3"] = "Named now", "2026-03-03"
    book.save(out)
    again = a_dialog(qtbot, context, out)
    again.go_on()
    assert again.pages.currentIndex() == PREVIEW, "the mapping of the file it came from fits"
    again.go_on()
    assert set(incidents(opened)) >= {"Named now", "Phishing"}


def test_import_when_done_then_the_mapping_is_kept_and_can_be_saved_as_a_file(
    qtbot: QtBot, context: Context, opened: Register, file: Path, tmp_path: Path
) -> None:
    dialog = a_dialog(qtbot, context, file)
    to_preview(dialog)
    dialog.go_on()
    (kept,) = opened.records(opened.ids(View(kinds=("mapping",)))).values()
    assert (kept.title, kept.get("for_kind")) == ("breaches.csv", "incident")
    out = tmp_path / "map.toml"
    prompts_of(context).files.append(out)
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    assert out.read_text(encoding="utf-8") == kept.get("text")
