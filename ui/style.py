"""Fusion with quieter marks: boxes to tick, circles to choose, drawn in the colours of the theme and sharp at any scale."""

from __future__ import annotations

from typing import Final, TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

_BOXES = (
    QStyle.PrimitiveElement.PE_IndicatorCheckBox,
    QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck,
)

_Points: TypeAlias = tuple[tuple[float, float], ...]
_TICK: Final[_Points] = ((0.24, 0.53), (0.43, 0.72), (0.77, 0.32))
_DASH: Final[_Points] = ((0.28, 0.5), (0.72, 0.5))
"""For a group of which some are ticked."""


class CalmStyle(QProxyStyle):
    """The program's style. Colours come from the palette."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw a part of a control."""
        if element in _BOXES:
            self._draw_box(option, painter)
        elif element == QStyle.PrimitiveElement.PE_IndicatorRadioButton:
            self._draw_circle(option, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def _draw_box(self, option: QStyleOption, painter: QPainter) -> None:
        state, palette = option.state, option.palette
        is_on = bool(state & QStyle.StateFlag.State_On)
        is_partly = bool(state & QStyle.StateFlag.State_NoChange)
        accent = palette.color(palette.ColorRole.Accent)
        room = _square(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._outline(option), 1))
        painter.setBrush(accent if is_on or is_partly else palette.color(palette.ColorRole.Base))
        painter.drawRoundedRect(room, 4, 4)
        if is_on:
            _draw_line(painter, room, palette.color(palette.ColorRole.Base), _TICK)
        elif is_partly:
            _draw_line(painter, room, palette.color(palette.ColorRole.Base), _DASH)
        painter.restore()

    def _draw_circle(self, option: QStyleOption, painter: QPainter) -> None:
        palette = option.palette
        room = _square(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._outline(option), 1))
        painter.setBrush(palette.color(palette.ColorRole.Base))
        painter.drawEllipse(room)
        if option.state & QStyle.StateFlag.State_On:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(palette.ColorRole.Accent))
            painter.drawEllipse(room.adjusted(4, 4, -4, -4))
        painter.restore()

    def _outline(self, option: QStyleOption) -> QColor:
        palette, state = option.palette, option.state
        flags = QStyle.StateFlag
        is_marked = state & (flags.State_On | flags.State_NoChange | flags.State_HasFocus)
        return palette.color(palette.ColorRole.Accent if is_marked else palette.ColorRole.Dark)


def _square(option: QStyleOption) -> QRectF:
    """The largest square in the middle of the room, on half pixels so that lines are sharp."""
    room = QRectF(option.rect)
    side = min(room.width(), room.height()) - 1
    square = QRectF(0, 0, side, side)
    square.moveCenter(room.center())
    return square


def _draw_line(painter: QPainter, room: QRectF, color: QColor, points: _Points) -> None:
    """A line in a box, through points that are parts of its side."""
    pen = QPen(
        color, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )
    painter.setPen(pen)
    left, top, side = room.left(), room.top(), room.width()
    painter.drawPolyline([QPointF(left + side * x, top + side * y) for x, y in points])
