"""Ctrl+K and F1 in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from riskreg.views import Register
from ui.dialogs.palette import Palette
from ui.dialogs.report import ReportDialog
from ui.dialogs.settings import SettingsDialog
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


def _palette(window: MainWindow) -> Palette:
    window.context.actions["palette"].trigger()
    palette = window.findChild(Palette)
    assert palette is not None
    return palette


@pytest.mark.parametrize(
    ("typed", "said", "name"),
    [
        ("risk register report", "Report: Risk register", "risk-register"),
        ("treatment pl", "Report: Risk treatment plan", "treatment-plan"),
        ("response card", "Report: When data go astray", "response-card"),
    ],
)
def test_palette_when_a_report_is_named_then_enter_asks_how_that_one_shall_be(
    qtbot: QtBot, window: MainWindow, typed: str, said: str, name: str
) -> None:
    palette = _palette(window)
    qtbot.keyClicks(palette.line, typed)
    qtbot.waitUntil(lambda: not palette.is_asking)
    assert palette.words()[0] == said
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    dialog = window.findChild(ReportDialog)
    assert dialog is not None
    assert dialog.report.currentData() == name
    dialog.close()  # what is modal would stand over other tests


def test_palette_when_a_part_of_the_settings_is_named_then_they_open_there(
    qtbot: QtBot, window: MainWindow
) -> None:
    palette = _palette(window)
    qtbot.keyClicks(palette.line, "risk sc")
    qtbot.waitUntil(lambda: not palette.is_asking)
    assert palette.words()[0] == "Settings: Risk scale"
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    assert dialog.stack.currentWidget() is dialog.scale
    dialog.close()


def test_palette_when_everything_is_offered_then_nothing_is_called_alike_and_pages_keep_keys(
    window: MainWindow,
) -> None:
    palette = _palette(window)
    found = palette._entries
    palette.close()
    words = [each.words for each in found]
    assert [each for each in set(words) if words.count(each) > 1] == []
    assert next(each for each in found if each.words == "Reports").keys == "Ctrl+P"


def test_palette_when_a_command_only_opens_a_page_then_its_words_find_the_page(
    qtbot: QtBot, window: MainWindow
) -> None:
    palette = _palette(window)
    qtbot.keyClicks(palette.line, "check the history")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.place == "check"
