"""What a dialog holds: as high as it needs to be, and scrolled where the screen has no room for that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QLayout, QLayoutItem, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.scrolling import dress

_TITLE_BAR: Final = 32
"""Pixels that a system puts above a dialog, until it is known."""
_RESIZED: Final = Qt.WidgetAttribute.WA_Resized
"""Somebody said how large the dialog is."""


class BodyArea(QScrollArea):
    """Holds the body of a dialog between its title and its buttons.

    Nothing is scrolled while the screen has room: the least height is then that of the content.

    Args:
        dialog: Whose body it is; its layout is a column.
        body: The layout of the content.
    """

    def __init__(self, dialog: QDialog, body: QVBoxLayout) -> None:
        super().__init__()
        self._dialog = dialog
        self._body = body
        self._around = 0
        body.setContentsMargins(0, 0, 0, 0)
        dress(self, _Content(body))

    def minimumSizeHint(self) -> QSize:
        """As wide and as high as the content at least has to be, never higher than the screen has room for."""
        least, room = self._body.minimumSize(), self._room()
        width = max(least.width(), self._width())
        tall = _least(self._body, width)
        bar = self.verticalScrollBar().sizeHint().width() if tall > room else 0
        return QSize(least.width() + bar, min(tall, room))

    def sizeHint(self) -> QSize:
        """As the content would like it."""
        width = max(self._body.sizeHint().width(), self._width())
        least = self.minimumSizeHint()
        return QSize(self._body.sizeHint().width(), _liked(self._body, width)).expandedTo(least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentences that wrap need another height at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def look_around(self) -> None:
        """Something beside it may have become higher or lower."""
        if (around := self._taken()) != self._around:
            self._around = around
            self.updateGeometry()

    def _width(self) -> int:
        """Pixels across that it has, or will have."""
        if self._dialog.isVisible():
            return self.viewport().width()
        layout = self._dialog.layout()
        margins = layout.contentsMargins() if layout else self.contentsMargins()
        wide = self._dialog.minimumWidth()
        if self._dialog.testAttribute(_RESIZED):
            wide = max(wide, self._dialog.width())
        return wide - margins.left() - margins.right()

    def _room(self) -> int:
        """Pixels that the screen leaves for it."""
        return room_of(self._dialog) - self._taken()

    def _taken(self) -> int:
        """Pixels that the rest of the dialog takes at least."""
        layout = self._dialog.layout()
        if layout is None:
            return 0
        margins, width = layout.contentsMargins(), self._width()
        others = [each for each in _items(layout) if each.widget() is not self]
        # a window of Qt 6.11 is never lower than what its sentences need at their narrowest
        rest = [max(_least(each, width), each.minimumSize().height()) for each in others]
        gaps = layout.spacing() * len(rest)
        return margins.top() + margins.bottom() + sum(rest) + gaps


class _Content(QWidget):
    """What is scrolled once not even its least height has room."""

    def __init__(self, body: QVBoxLayout) -> None:
        super().__init__()
        self._body = body
        self.setLayout(body)

    def minimumSizeHint(self) -> QSize:
        """Of sentences that wrap only the width: their height would be the one at their narrowest."""
        least = self._body.minimumSize()
        return QSize(least.width(), 0 if self._body.hasHeightForWidth() else least.height())

    def heightForWidth(self, width: int) -> int:
        """The least: a scroll area of Qt 6.11 takes this for what must be seen at once."""
        return _least(self._body, width)


def room_of(dialog: QDialog) -> int:
    """How high a dialog can be on its screen, in pixels, below what the system puts above it."""
    frame = dialog.frameGeometry().height() - dialog.height()
    return dialog.screen().availableGeometry().height() - max(frame, _TITLE_BAR)


def _items(layout: QLayout) -> Iterator[QLayoutItem]:
    """What is seen of a layout."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is not None and not item.isEmpty():
            yield item


def _least(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return item.minimumHeightForWidth(width)
    return item.minimumSize().height()


def _liked(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
