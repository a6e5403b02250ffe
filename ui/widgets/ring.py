"""A ring: how far a small number of things has come, with the numbers in words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme

_WIDTH = 14


class Part(NamedTuple):
    """One part of a ring: a number in a colour of the theme."""

    number: int
    tone: str


class Ring(QWidget):
    """Parts of a whole, clockwise from the top.

    Args:
        theme: The look in force.
        parts: What is drawn; the rest of `whole` stays grey.
        whole: The whole.
        middle: Words in the middle.
        words: The same in a sentence, for screen readers.
    """

    def __init__(
        self,
        theme: Theme,
        parts: Sequence[Part],
        whole: int,
        middle: str,
        words: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts = tuple(parts)
        self._whole = whole
        self._middle = middle
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(112, 112)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(
            _WIDTH / 2 + 1, _WIDTH / 2 + 1, -_WIDTH / 2 - 1, -_WIDTH / 2 - 1
        )
        self._paint_arc(painter, room, "line", 0, 1)
        start = 0
        for part in self._parts:
            if part.number and self._whole:
                self._paint_arc(
                    painter, room, part.tone, start / self._whole, part.number / self._whole
                )
            start += part.number
        painter.setPen(self._theme.color("text"))
        painter.setFont(self._theme.font("page", bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._middle)
        painter.end()

    def _paint_arc(
        self, painter: QPainter, room: QRectF, tone: str, start: float, share: float
    ) -> None:
        """Qt counts sixteenths of a degree anticlockwise from three o'clock."""
        pen = QPen(self._theme.color(tone), _WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(room, round((90 - start * 360) * 16), round(-share * 360 * 16))
