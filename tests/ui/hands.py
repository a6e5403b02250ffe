"""A pair of hands at the real window: clicks, keys and letters, each of them counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

Found = TypeVar("Found", bound=QWidget)
PATIENCE_MS = 20_000


@dataclass
class Walk:
    """What one errand took.

    Attributes:
        title: What was done.
        clicks: Of the mouse.
        keys: Pressed to command: Enter, Tab, Ctrl+K.
        letters: Typed as text.
        steps: What the hands did, in words.
    """

    title: str
    clicks: int = 0
    keys: int = 0
    letters: int = 0
    steps: list[str] = field(default_factory=list)


class Hands:
    """Acts as a person does: only on what is seen and switched on, and only where the focus is.

    Args:
        qtbot: Waits.
    """

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.walk = Walk("")

    def begin(self, title: str) -> Walk:
        """Count anew."""
        self.walk = Walk(title)
        return self.walk

    def click(self, widget: QWidget, at: QPoint | None = None, called: str = "") -> None:
        """One click on what can be seen."""
        self.until(lambda: widget.isVisible() and widget.isEnabled())
        assert not widget.visibleRegion().isEmpty(), f"{called or widget} is out of sight"
        self.walk.clicks += 1
        said = called or (widget.text() if isinstance(widget, QAbstractButton) else "")
        self.walk.steps.append(f"click {(said or widget.accessibleName()).replace('&&', '&')}")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or QPoint())
        QApplication.processEvents()

    def click_row(self, view: QAbstractItemView, index: QModelIndex, called: str) -> None:
        """One click on a cell."""
        self.click(view.viewport(), view.visualRect(index).center(), called)

    def scroll_to(self, widget: QWidget, called: str) -> None:
        """Turn the wheel until something can be seen; told, but neither a click nor a key."""
        area: QWidget | None = widget
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        assert isinstance(area, QScrollArea)
        area.ensureWidgetVisible(widget)
        self.walk.steps.append(f"scroll to {called}")
        QApplication.processEvents()

    def choose(self, box: QComboBox, meant: str, called: str) -> None:
        """Two clicks: one opens the list, one takes the line that holds what is meant."""
        self.click(box, called=called)
        view = box.view()
        self.until(view.isVisible)
        row = next(row for row in range(box.count()) if meant in box.itemText(row))
        index = view.model().index(row, 0)
        # sooner Qt takes it for the end of the click that opened the list
        self._qtbot.wait(QApplication.doubleClickInterval() + 50)
        QTest.mouseMove(view.viewport(), view.visualRect(index).center())
        self.click_row(view, index, box.itemText(row))
        self.until(lambda: box.currentIndex() == row)

    def type(self, text: str) -> None:
        """Letters, where the focus is."""
        self.walk.letters += len(text)
        self.walk.steps.append(f"type “{text}”")
        for letter in text:
            QTest.keyClicks(self.focus(), letter)
        QApplication.processEvents()

    def press(self, keys: str) -> None:
        """One key, alone or with others held down: `Enter`, `Ctrl+K`."""
        self.walk.keys += 1
        self.walk.steps.append(f"press {keys}")
        *held, last = keys.split("+")
        holding = Qt.KeyboardModifier.NoModifier
        for each in held:
            holding |= _HELD[each]
        QTest.keyClick(self.focus(), _KEYS.get(last) or getattr(Qt.Key, f"Key_{last}"), holding)
        QApplication.processEvents()

    def until(self, is_so: Callable[[], object]) -> None:
        """Wait for something, with patience."""
        self._qtbot.waitUntil(lambda: bool(is_so()), timeout=PATIENCE_MS)

    def focus(self) -> QWidget:
        """Where keys go."""
        self.until(lambda: _focus() is not None)
        found = _focus()
        assert found is not None
        return found


_HELD = {"Ctrl": Qt.KeyboardModifier.ControlModifier, "Shift": Qt.KeyboardModifier.ShiftModifier}
_KEYS = {"Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape}


def _focus() -> QWidget | None:
    popup = QApplication.activePopupWidget()
    return popup or QApplication.focusWidget() or QApplication.activeWindow()
