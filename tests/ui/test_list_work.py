"""What a person does in a list besides reading: edit a cell, many records, copy, paste, keep a view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from riskreg.editing import set_fields
from riskreg.views import Register, View, Where
from riskreg.wording import act_words
from tests.ui.desk import prompts_of
from tests.ui.test_window_listing import a_page, titles
from ui.context import Context
from ui.dialogs.bulk_edit import BulkEditDialog
from ui.dialogs.paste import PasteDialog
from ui.pages.listing import ListingPage


def at(page: ListingPage, row: int, key: str) -> None:
    column = page.model.view.columns.index(key)
    page.table.setCurrentIndex(page.model.index(row, column))


def test_cell_when_typed_and_entered_then_one_change_is_saved(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    id = page.model.id_at(0)
    at(page, 0, "title")
    qtbot.keyClick(page.table, "N")
    line = page.table.editor.line
    qtbot.keyClicks(line, "ew title")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert clinic.record(id).title == "New title"
    assert page.table.editor.isHidden()
    clinic.undo()
    assert clinic.record(id).title == "Risk 0"


def test_cell_when_edited_then_the_register_is_not_asked_on_the_windows_thread(
    qtbot: QtBot, context: Context, clinic: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = a_page(qtbot, context)
    id = page.model.id_at(0)
    at(page, 0, "status")
    page.model.cell_at(0, 0)
    for question in ("record", "rows", "ids"):
        monkeypatch.setattr(clinic, question, lambda *_: pytest.fail("the window waited"))
    assert page.table.edit_cell()
    monkeypatch.undo()
    page.table.editor.leave()
    page.set_columns(("title", "status"))
    at(page, 0, "title")
    page.table.edit_cell("Without its ref")
    page.table.editor.save()
    assert clinic.record(id).title == "Without its ref"


def test_cell_when_escaped_then_nothing_is_changed(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    seq = clinic.head().seq
    at(page, 0, "title")
    assert page.table.edit_cell("other")
    qtbot.keyClick(page.table.editor.line, Qt.Key.Key_Escape)
    assert clinic.head().seq == seq


def test_cell_when_it_is_a_choice_then_letters_narrow_the_list(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    id = page.model.id_at(0)
    at(page, 0, "status")
    qtbot.keyClick(page.table, "a")
    qtbot.keyClicks(page.table.editor.line, "cc")
    qtbot.keyClick(page.table.editor.line, Qt.Key.Key_Return)
    assert clinic.record(id).get("status") == "accepted"


def test_cell_when_the_record_changed_meanwhile_then_the_text_stays_and_enter_keeps_it(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    id = page.model.id_at(0)
    at(page, 0, "title")
    page.table.edit_cell("mine")
    clinic.apply(set_fields(clinic, id, {"title": "theirs"}))
    editor = page.table.editor
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert (editor.line.text(), "theirs" in editor.words.text()) == ("mine", True)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert clinic.record(id).title == "mine"


def test_copy_when_cells_are_chosen_then_the_clipboard_has_them_as_seen(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    at(page, 0, "title")
    page.do("copy")
    assert QApplication.clipboard().text() == "Risk 0"
    page.table.select(page.model.id_at(1))
    page.do("copy")
    assert QApplication.clipboard().text().startswith("R-0002\tRisk 1\tHigh\t12\tOpen")


def test_paste_when_a_cell_cannot_be_read_then_it_can_be_corrected_and_all_is_one_step(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    ids = [page.model.id_at(row) for row in range(2)]
    at(page, 0, "status")
    QApplication.clipboard().setText("opne\nAccepted")
    page.do("paste")
    dialog = page.findChild(PasteDialog)
    assert dialog is not None
    assert len(dialog.wanted()) == 1
    table = dialog.table
    assert table.lines.line(0).reason
    assert table.rowHeight(0) >= table.rowHeight(1)
    table.horizontalHeader().setStretchLastSection(False)
    table.setColumnWidth(4, 120)
    assert table.rowHeight(0) > table.rowHeight(1)
    table.lines.setData(table.lines.index(0, 3), "Closed")
    assert table.rowHeight(0) == table.rowHeight(1)
    dialog.apply()
    assert [clinic.record(id).get("status") for id in ids] == ["closed", "accepted"]
    assert act_words(clinic.log(limit=1)[0], context.t) == "Paste into R-0001, R-0002"
    clinic.undo()
    assert {clinic.record(id).get("status") for id in ids} == {"open"}


def test_bulk_edit_when_applied_then_every_record_changes_and_the_preview_said_so(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    page.table.selectAll()
    assert page.foot.edit_chosen.text() == "Edit 4…"
    page.do("edit_many")
    dialog = page.findChild(BulkEditDialog)
    assert dialog is not None
    dialog.choose("status", "set", "accepted")
    assert dialog.said.text() == "Nothing has changed yet. 4 records would change."
    dialog.apply()
    statuses = {clinic.record(id).get("status") for id in clinic.ids(View(kinds=("risk",)))}
    assert statuses == {"accepted"}
    assert act_words(clinic.log(limit=1)[0], context.t) == "Change of Status in 4 records"


def test_view_when_saved_then_it_opens_again_and_is_deleted_by_a_step_that_undoes(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    page.chips.put(Where("title", "contains", "risk 2"))
    page.set_columns(("ref", "title", "due_at"))
    prompts_of(context).lines.append("Mine")
    page.do("save_view")
    assert page.views.chip.text() == "Mine"
    (saved,) = page.views.saved()
    other = a_page(qtbot, context)
    other.open_saved(saved.id)
    assert titles(other) == ["Risk 2"]
    assert other.model.view.columns == ("ref", "title", "due_at")
    other.views.delete()
    assert other.views.saved() == []
    clinic.undo()
    assert other.views.saved() == [saved]
