"""The record panel and the lists by keyboard alone, in the real window: whatever the pointer can do, keys can."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from riskreg.changes import ChangeSet, edit
from riskreg.views import Register
from tests.ui.desk import prompts_of
from ui.context import Context
from ui.pages.listing import ListingPage
from ui.window import MainWindow

Key = Qt.Key


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, wherever the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)
    QApplication.processEvents()


def tab_to(is_there: Callable[[QWidget], bool]) -> QWidget:
    """Press Tab until something has the focus."""
    for _ in range(120):
        found = QApplication.focusWidget()
        if found is not None and is_there(found):
            return found
        press(Key.Key_Tab)
    pytest.fail("Tab never comes there")


def named(words: str) -> Callable[[QWidget], bool]:
    return lambda widget: words in widget.accessibleName()


@pytest.fixture
def active(qtbot: QtBot, window: MainWindow) -> MainWindow:
    window.resize(1280, 720)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def the_list(window: MainWindow, key: str) -> ListingPage:
    window.go(key)
    page = window.page(key)
    assert isinstance(page, ListingPage)
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    return page


def test_missing_when_unfolded_by_keys_then_a_key_leads_to_the_field_and_it_is_saved(
    qtbot: QtBot, active: MainWindow, clinic: Register
) -> None:
    page = the_list(active, "asset")
    press(Key.Key_Home)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: active.panel.record_id == page.model.id_at(0))
    active.panel.form.complete()
    tab_to(named("things missing"))
    press(Key.Key_Space)
    assert active.panel.missing.isVisible()
    link = tab_to(named("Place"))
    assert link.accessibleDescription()
    press(Key.Key_Space)
    field = QApplication.focusWidget()
    assert field is not None
    assert field.accessibleName() == "Place"
    QTest.keyClicks(field, "Kwun Tong")
    press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert clinic.record(active.panel.record_id).get("storage_location") == "Kwun Tong"


def test_history_when_reached_by_keys_then_a_step_is_taken_back_by_a_key(
    qtbot: QtBot, active: MainWindow, clinic: Register
) -> None:
    id = clinic.find("R-0001")
    change = edit(clinic.record(id), {"status": "treating"})
    assert change is not None
    clinic.apply(ChangeSet(act="edit", changes=(change,)))
    the_list(active, "risk")
    active.open_record(id)
    qtbot.waitUntil(lambda: active.panel.record_id == id)
    active.panel.form.complete()
    tab_to(lambda widget: widget is active.panel.tabs)
    press(Key.Key_Right)
    assert active.panel.tabs.currentIndex() == 1
    active.panel.story.complete()
    tab_to(named("Take this back"))
    press(Key.Key_Space)
    assert clinic.record(id).get("status") == "open"


def test_stale_when_chosen_by_keys_then_both_values_are_spoken_and_mine_is_saved(
    qtbot: QtBot, active: MainWindow, clinic: Register
) -> None:
    id = clinic.find("I-2026-001")
    the_list(active, "incident")
    active.open_record(id)
    qtbot.waitUntil(lambda: active.panel.record_id == id)
    active.panel.form.go_to("location")
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "mine")
    change = edit(clinic.record(id), {"location": "theirs"})
    assert change is not None
    clinic.apply(ChangeSet(act="edit", changes=(change,)))
    press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    keep = tab_to(named("Keep mine"))
    assert keep.accessibleName() == "Place or system: Keep mine"
    assert keep.accessibleDescription() == "Yours: mine"
    press(Key.Key_Space)
    press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert clinic.record(id).get("location") == "mine"


def test_list_when_used_by_keys_then_a_cell_a_row_and_many_records_are_reached(
    active: MainWindow, context: Context, clinic: Register
) -> None:
    page = the_list(active, "risk")
    press(Key.Key_Home)
    press(Key.Key_Right)
    press(Key.Key_F2)
    assert page.table.editor.is_open
    press(Key.Key_Escape)
    assert QApplication.focusWidget() is page.table
    press(Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    press(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(page.selected_ids()) == 2
    press(Key.Key_Delete)
    assert [clinic.record(id).deleted_at is not None for id in clinic_ids(clinic)].count(True) == 2
    assert not prompts_of(context).asked


def clinic_ids(register: Register) -> list[int]:
    return [register.find(f"R-000{number}") for number in (1, 2, 3, 4)]
