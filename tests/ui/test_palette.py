"""Ctrl+K and F1 in the real window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from riskreg.views import Register
from ui.dialogs.palette import Palette
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.window import MainWindow


def test_palette_when_letters_are_typed_then_enter_goes_to_the_page(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.context.actions["palette"].trigger()
    palette = window.findChild(Palette)
    assert palette is not None
    qtbot.keyClicks(palette.line, "data we")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.place == "asset"


def test_palette_when_a_record_is_meant_then_enter_waits_for_it_and_opens_it(
    qtbot: QtBot, window: MainWindow, clinic: Register
) -> None:
    window.context.actions["palette"].trigger()
    palette = window.findChild(Palette)
    assert palette is not None
    qtbot.keyClicks(palette.line, "payroll file")
    qtbot.waitUntil(lambda: not palette.is_asking)
    assert "Payroll file mailed" in palette.words()[0]
    palette.line.setText("payroll fil0")
    assert not any("mailed" in words for words in palette.words())


def test_keys_when_searched_by_key_then_the_command_is_found(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.context.actions["keys"].trigger()
    dialog = window.findChild(ShortcutsDialog)
    assert dialog is not None
    dialog.search.setText("F2")
    assert ("Edit the cell", "F2") in dialog.texts()
