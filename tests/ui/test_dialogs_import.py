"""Import of a spreadsheet in the window: from a small file to the applied result and back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from riskreg import clock
from riskreg.records.values import Count
from riskreg.views import Register, View
from tests.ui.desk import a_context, add, prompts_of
from ui.context import Context
from ui.dialogs.import_pages import preview_words
from ui.dialogs.importer import Plan
from ui.dialogs.importing import ImportDialog
from ui.jobs import Jobs

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
    table = dialog.columns.table
    row = list(table.targets()).index(header)
    table.box(row).setCurrentIndex(table.box(row).findData(target))


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
    assert "separated by ," in dialog.file.notes.text()
    assert dialog.file.kind.currentData() == "incident"
    assert dialog.next.isEnabled()


def test_import_when_columns_are_shown_then_headers_that_are_labels_are_mapped(
    qtbot: QtBot, context: Context, file: Path
) -> None:
    dialog = a_dialog(qtbot, context, file)
    dialog.go_on()
    assert dialog.columns.table.targets() == {
        "Title": "title",
        "Date Aware": "other_facts.Date Aware",
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
    assert "2 new, 2 rejected" in dialog.outcome.text()
    first = opened.record(opened.find("I-2026-001"))
    assert first.get("people_count") == Count(3)
    assert first.other_facts == (("Odd column", "<b>odd</b>"),)
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert incidents(opened) == []
    assert "Taken back" in dialog.outcome.text()


def test_import_when_the_same_file_comes_again_then_nothing_is_left_to_do(
    qtbot: QtBot, context: Context, file: Path
) -> None:
    first = a_dialog(qtbot, context, file)
    to_preview(first)
    first.go_on()
    second = a_dialog(qtbot, context, file)
    to_preview(second)
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
    assert "Date Aware" in dialog.columns.table.box(1).accessibleName()


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
    for step in range(1, 4):
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
