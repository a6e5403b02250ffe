"""The history page: what happened, newest first, in words, of everything or of one record."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from riskreg.changes import ChangeSet, edit
from riskreg.editing import set_fields
from riskreg.views import Register
from tests.ui.desk import a_context, add
from ui.context import Context
from ui.pages.history import PAGE, HistoryPage, undone


@pytest.fixture
def context(opened: Register, qtbot: QtBot) -> Context:
    return a_context(opened)


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> HistoryPage:
    made = HistoryPage(context)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def _edit(register: Register, id: int, **values: str) -> None:
    change = edit(register.record(id), values)
    assert change is not None
    register.apply(ChangeSet(act="edit", changes=(change,)))


def test_history_when_entered_then_the_newest_stands_first_in_words(
    page: HistoryPage, opened: Register
) -> None:
    id = add(opened, "risk", {"title": "x", "status": "open"})
    _edit(opened, id, status="treating")
    page.enter()
    assert [row.entry.act for row in page.rows] == ["edit", "add", "create"]
    assert (
        page.rows[0].text().startswith("18:40\nEdit of R-0001")
        or "Edit of R-0001" in page.rows[0].text()
    )


def test_history_when_an_entry_is_unfolded_then_it_tells_before_and_after(
    qtbot: QtBot, page: HistoryPage, opened: Register
) -> None:
    id = add(opened, "risk", {"title": "x", "status": "open"})
    _edit(opened, id, status="treating")
    page.enter()
    qtbot.mouseClick(page.rows[0].toggle, Qt.MouseButton.LeftButton)
    assert "Status: Open → Being treated" in page.rows[0].text()


def test_history_when_filtered_by_ref_then_only_that_record_is_told(
    qtbot: QtBot, page: HistoryPage, opened: Register
) -> None:
    add(opened, "risk", {"title": "one"})
    add(opened, "risk", {"title": "two"})
    page.enter()
    page.show_record("r-0002")
    assert [row.entry.seq for row in page.rows] == [3]
    page.search.clear()
    assert len(page.rows) == 3


def test_history_when_the_ref_is_unknown_then_it_says_so_and_keeps_the_list(
    page: HistoryPage, opened: Register
) -> None:
    page.enter()
    page.show_record("R-9999")
    assert "R-9999" in page.note.text()
    assert len(page.rows) == 1


def test_history_when_something_was_undone_then_it_is_marked_until_redone(
    page: HistoryPage, opened: Register
) -> None:
    add(opened, "risk", {"title": "one"})
    opened.undo()
    page.enter()
    assert "taken back" in page.rows[1].text()
    opened.redo()
    page.enter()
    assert "taken back" not in page.rows[2].text()
    assert undone([row.entry for row in page.rows]) == {3}


def test_history_when_the_register_changes_then_the_page_follows(
    page: HistoryPage, context: Context, opened: Register
) -> None:
    page.enter()
    id = add(opened, "risk", {"title": "one"})
    change = edit(opened.record(id), {"status": "accepted"})
    assert change is not None
    context.change(ChangeSet(act="edit", changes=(change,)))
    assert page.rows[0].entry.act == "edit"


def test_history_when_there_is_more_than_a_page_then_older_entries_are_a_click_away(
    qtbot: QtBot, page: HistoryPage, opened: Register
) -> None:
    for number in range(PAGE + 3):
        opened.note("export", {"file": f"{number}.xlsx"})
    page.enter()
    assert len(page.rows) == PAGE
    qtbot.mouseClick(page.older, Qt.MouseButton.LeftButton)
    assert len(page.rows) == PAGE + 4
    assert not page.older.isVisible()


def test_history_when_an_entry_names_markup_then_it_stands_there_as_typed(
    qtbot: QtBot, page: HistoryPage, opened: Register
) -> None:
    add(opened, "risk", {"title": "<img src=x>"})
    page.enter()
    page.rows[0].unfold()
    assert "Title: <img src=x>" in page.rows[0].text()
    for label in page.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()


def test_undo_button_when_the_command_changes_then_it_says_what_it_would_undo(
    page: HistoryPage, context: Context
) -> None:
    context.actions.reword("undo", "Undo: edit of R-0001")
    page.enter()
    names = {button.accessibleName() for button in (page._undo, page._redo)}
    assert names == {"Undo: edit of R-0001", "Redo"}


def test_history_when_entered_again_then_what_stands_there_is_not_made_anew(
    qtbot: QtBot, page: HistoryPage, context: Context, opened: Register
) -> None:
    id = add(opened, "risk", {"title": "x", "status": "open"})
    page.enter()
    before = page.rows
    before[0].unfold()
    page.enter()
    assert page.rows is before
    context.change(set_fields(opened, id, {"status": "treating"}))
    assert [row.entry.act for row in page.rows] == ["edit", "add", "create"]
    assert page.rows[0] not in before


def test_history_when_older_entries_are_asked_for_twice_then_they_come_once(
    page: HistoryPage, opened: Register
) -> None:
    for number in range(PAGE + 3):
        opened.note("export", {"file": f"{number}.xlsx"})
    page.enter()
    after = page._entries
    page._fetch(after)
    page._fetch(after)
    assert len(page.rows) == PAGE + 4
