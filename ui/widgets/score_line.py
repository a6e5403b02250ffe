"""How a score went, as a line of steps: time across, the score up, the levels of each time as tints behind it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from riskreg.rules.score_course import Course, Knot
from ui.theme import Theme
from ui.widgets.shapes import draw_shape

_MARK: Final = 10
_BODY: Final = 84
"""Height of the field in pixels; the dates stand below."""
_EDGE: Final = 8
_GAP: Final = 4
_APART: Final = 6
"""Pixels between two numbers over the line."""


class Said(NamedTuple):
    """What a line says in words.

    Attributes:
        first: The day at its left end.
        last: The day at its right end.
        name: What it is called.
        whole: All of it in sentences, for those who do not see it.
    """

    first: str
    last: str
    name: str
    whole: str


class ScoreLine(QWidget):
    """A small line of steps, with a shape for the level at each.

    Args:
        theme: The look in force.
        course: What is drawn.
        said: The same in words.
    """

    def __init__(
        self, theme: Theme, course: Course, said: Said, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._course = course
        self._said = said
        self.setAccessibleName(said.name)
        self.setAccessibleDescription(said.whole)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(240, _BODY + QFontMetrics(self._theme.font("small")).height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("small"))
        room = QRectF(1, 1, self.width() - 2, _BODY - 2)
        inner = room.adjusted(_EDGE + _MARK / 2, _EDGE, -_EDGE - _MARK / 2, -_EDGE)
        self._paint_zones(painter, room, inner)
        self._paint_days(painter, room)
        self._paint_steps(painter, inner)
        self._paint_marks(painter, inner)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawRoundedRect(room, 4, 4)
        painter.end()

    def _paint_zones(self, painter: QPainter, room: QRectF, inner: QRectF) -> None:
        """The levels behind the line, out to the edges; a thin upright line where another scale begins."""
        for zone in self._course.zones:
            field = QRectF(
                _place(inner, zone.left, zone.top), _place(inner, zone.right, zone.bottom)
            )
            field.setLeft(field.left() if zone.left > 0 else room.left())
            field.setRight(field.right() if zone.right < 1 else room.right())
            field.setTop(field.top() if zone.top < 1 else room.top())
            field.setBottom(field.bottom() if zone.bottom > 0 else room.bottom())
            painter.fillRect(field, self._theme.color(f"{zone.level}_tint"))
            if zone.left > 0:
                painter.setPen(QPen(self._theme.color("muted"), 1, Qt.PenStyle.DotLine))
                painter.drawLine(QLineF(field.topLeft(), field.bottomLeft()))

    def _paint_days(self, painter: QPainter, room: QRectF) -> None:
        below = QRectF(room.left(), _BODY, room.width(), self.height() - _BODY)
        painter.setPen(self._theme.color("muted"))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, self._said.first)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, self._said.last)

    def _paint_steps(self, painter: QPainter, room: QRectF) -> None:
        painter.setPen(QPen(self._theme.color("text"), 2))
        ends = [(knot.across, knot.up) for knot in self._course.knots]
        for (across, up), (until, then) in pairwise((*ends, (1.0, None))):
            if up is None:
                continue
            turn = _place(room, until, up)
            painter.drawLine(_place(room, across, up), turn)
            if then is not None:
                painter.drawLine(turn, _place(room, until, then))

    def _paint_marks(self, painter: QPainter, room: QRectF) -> None:
        """A shape at each step, and its number over or under it where there is room for it."""
        taken = room.left() - _EDGE - _APART
        for knot, place in self._marked(room):
            self._paint_mark(painter, knot.point.level, place)
            taken = self._paint_number(painter, knot, place, room, taken)

    def _paint_number(
        self, painter: QPainter, knot: Knot, place: QPointF, room: QRectF, taken: float
    ) -> float:
        """Write a score where the line does not run; how far to the right the numbers reach now."""
        metrics, text = QFontMetrics(self._theme.font("small")), str(knot.point.score)
        wide = metrics.horizontalAdvance(text)
        over = place.y() - _MARK / 2 - _GAP - metrics.height()
        under = place.y() + _MARK / 2 + _GAP
        fits = (
            under + metrics.height() <= room.bottom() + _EDGE
            if knot.falls
            else over >= room.top() - _EDGE
        )
        top = under if knot.falls == fits else over
        left = place.x() - wide / 2 if fits else place.x() + _MARK / 2 + _GAP
        left = min(max(left, room.left() - _EDGE), room.right() + _EDGE + _MARK / 2 - wide)
        if left < taken + _APART:
            return taken
        painter.setPen(self._theme.color("text"))
        painter.drawText(QPointF(left, top + metrics.ascent()), text)
        return left + wide

    def _paint_mark(self, painter: QPainter, level: str | None, place: QPointF) -> None:
        """The shape of a level on a ground of its own, which keeps it apart from the line."""
        mark = QRectF(place.x() - _MARK / 2, place.y() - _MARK / 2, _MARK, _MARK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface"))
        painter.drawEllipse(mark.adjusted(-3, -3, 3, 3))
        shape = self._theme.shape(level) if level else "circle"
        draw_shape(painter, shape, mark, self._theme.color(level or "muted"))

    def _marked(self, room: QRectF) -> Iterator[tuple[Knot, QPointF]]:
        for knot in self._course.knots:
            if knot.up is not None:
                yield knot, _place(room, knot.across, knot.up)


def _place(room: QRectF, across: float, up: float) -> QPointF:
    return QPointF(room.left() + across * room.width(), room.bottom() - up * room.height())
