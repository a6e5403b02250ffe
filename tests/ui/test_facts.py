"""The table of other facts by keyboard: Tab walks through its cells, leaves it, and never goes round in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.test_forms import a_kit
from tests.ui.walking import Frame
from ui.forms.facts import FactsEditor

TAB, BACKTAB = Qt.Key.Key_Tab, Qt.Key.Key_Backtab


def shown(qtbot: QtBot, *fields: QWidget) -> Frame:
    """Fields one under the other in a window that is in front and goes the way one reads."""
    root = QWidget()
    layout = QVBoxLayout(root)
    for each in fields:
        layout.addWidget(each)
    frame = Frame(root)
    qtbot.addWidget(frame)
    frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    return frame


def start_in(editor: FactsEditor) -> None:
    editor.table.setFocus()
    editor.table.setCurrentCell(0, 0)
    QApplication.processEvents()


def press(frame: QWidget, key: Qt.Key, typed: str = "") -> None:
    """Type where the focus is, then press a key there; a first letter opens the cell and moves the focus."""
    for letter in typed:
        QTest.keyClicks(QApplication.focusWidget() or frame, letter)
    QTest.keyClick(QApplication.focusWidget() or frame, key)
    QApplication.processEvents()


@pytest.mark.parametrize("is_alone", [True, False])
@pytest.mark.parametrize("typed", ["", "x"])
@pytest.mark.parametrize("key", [TAB, BACKTAB])
def test_facts_when_tab_is_pressed_again_and_again_then_the_program_lives(
    qtbot: QtBot, key: Qt.Key, typed: str, is_alone: bool
) -> None:
    editor = FactsEditor(a_kit())
    frame = shown(qtbot, *([editor] if is_alone else [QLineEdit(), editor, QLineEdit()]))
    start_in(editor)
    seen = set()
    for _ in range(20):
        at = QApplication.focusWidget()
        seen.add(editor.isAncestorOf(at) if at else None)
        press(frame, key, typed if at and editor.isAncestorOf(at) else "")
    assert seen >= {True}
    assert editor.table.rowCount() >= 1


def test_facts_when_a_pair_is_typed_then_tab_leads_through_the_next_line_and_out(
    qtbot: QtBot,
) -> None:
    editor, behind = FactsEditor(a_kit()), QLineEdit()
    frame = shown(qtbot, editor, behind)
    start_in(editor)
    for typed in ("Floor", "7", "", ""):
        press(frame, TAB, typed)
    assert editor.value() == (("Floor", "7"),)
    assert behind.hasFocus()


def test_facts_when_shift_tab_is_pressed_in_the_first_cell_then_the_focus_goes_back(
    qtbot: QtBot,
) -> None:
    before, editor = QLineEdit(), FactsEditor(a_kit())
    frame = shown(qtbot, before, editor)
    start_in(editor)
    press(frame, BACKTAB)
    assert before.hasFocus()
