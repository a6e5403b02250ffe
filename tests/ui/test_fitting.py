"""Every dialog on a small screen: title and buttons stay in sight, what is between scrolls, and nothing scrolls where there is room."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

import ui
from tests.ui.fitting import fitted
from ui.context import Context
from ui.dialogs import scrolling
from ui.dialogs import sheet as sheets
from ui.dialogs.outgoing import OutgoingDialog
from ui.dialogs.sheet import Sheet


def dialogs() -> set[str]:
    """The names of all dialogs there are."""
    for each in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(each.name)
    return {each.__name__ for each in _below(Sheet)} - {OutgoingDialog.__name__}


def _below(kind: type) -> set[type]:
    own = {each for each in kind.__subclasses__() if each.__module__.startswith("ui.")}
    return own.union(*(_below(each) for each in own))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("size", ["1280x720", "3840x2160"])
def test_dialog_when_the_screen_is_small_or_large_then_it_fits_and_scrolls_only_where_it_must(
    size: str,
) -> None:
    found = fitted(size)
    wrong = [
        f"{name}: {fault}"
        for seen in found.values()
        for name, faults in seen.items()
        for fault in faults
    ]
    assert wrong == [], "\n" + "\n".join(wrong)
    assert dialogs() <= set(found)


@pytest.fixture
def sheet(qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch) -> Sheet:
    """A dialog of twenty lines on a screen that leaves 400 pixels."""
    for module in (scrolling, sheets):
        monkeypatch.setattr(module, "room_of", lambda _dialog: 400)
    made = Sheet(context, "Title")
    for number in range(20):
        made.body.addWidget(QLabel(f"Line {number}"))
    qtbot.addWidget(made)
    made.show()
    return made


def test_dialog_when_it_has_more_than_the_screen_then_its_body_scrolls_and_its_foot_stays(
    sheet: Sheet,
) -> None:
    assert sheet.height() <= 400
    assert sheet.area.verticalScrollBar().isVisible()
    assert not sheet.close_button.visibleRegion().isEmpty()
    assert not sheet.title.visibleRegion().isEmpty()


def test_dialog_when_a_message_comes_then_it_is_whole_and_the_foot_stays(
    qtbot: QtBot, sheet: Sheet
) -> None:
    sheet.message.tell("Something is to be known. " * 8)
    qtbot.waitUntil(lambda: sheet.message.height() >= sheet.message.heightForWidth(472) > 30)
    assert sheet.height() <= 400
    assert sheet.rect().contains(sheet.close_button.geometry())


def test_dialog_when_tab_comes_to_a_line_out_of_sight_then_it_is_scrolled_into_sight(
    qtbot: QtBot, context: Context, sheet: Sheet
) -> None:
    last = QLineEdit()
    sheet.body.addWidget(last)
    qtbot.waitUntil(last.isVisible)
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    for _ in range(6):
        QTest.keyClick(sheet.focusWidget() or sheet, Qt.Key.Key_Tab)
        if last.hasFocus():
            break
    assert last.hasFocus()
    assert not last.visibleRegion().isEmpty()


def test_dialog_when_it_grows_then_it_is_made_higher_while_there_is_room(
    qtbot: QtBot, context: Context
) -> None:
    made = Sheet(context, "Title")
    qtbot.addWidget(made)
    made.show()
    before = made.height()
    for number in range(8):
        made.body.addWidget(QLabel(f"Line {number}"))
    qtbot.waitUntil(lambda: made.height() > before + 100)
    assert not made.area.verticalScrollBar().isVisible()
