"""The shape of a level: it is told from the others in grey print and by people who do not see its colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF


def draw_shape(
    painter: QPainter, shape: str, rect: QRectF, color: QColor, *, is_hollow: bool = False
) -> None:
    """Fill `dash circle diamond triangle square` into a rectangle, or draw only its outline."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(color if is_hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if is_hollow else color)
    match shape:
        case "circle":
            painter.drawEllipse(rect)
        case "square":
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        case "dash":
            painter.drawRect(rect.adjusted(0, rect.height() * 0.35, 0, -rect.height() * 0.35))
        case "triangle":
            corners = [
                QPointF(rect.center().x(), rect.top()),
                rect.bottomRight(),
                rect.bottomLeft(),
            ]
            painter.drawPolygon(QPolygonF(corners))
        case _:
            painter.drawPolygon(QPolygonF(_diamond(rect)))
    painter.restore()


def _diamond(rect: QRectF) -> list[QPointF]:
    middle = rect.center()
    return [
        QPointF(middle.x(), rect.top() - 0.5),
        QPointF(rect.right() + 0.5, middle.y()),
        QPointF(middle.x(), rect.bottom() + 0.5),
        QPointF(rect.left() - 0.5, middle.y()),
    ]
