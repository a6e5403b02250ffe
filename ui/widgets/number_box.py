"""A line for a whole number."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

_EDGE: int = 8


class NumberBox(QSpinBox):
    """A number that is typed or stepped by the arrow keys; the wheel scrolls the page and leaves it alone.

    Its buttons have no width by the style sheet. Qt's own way of having none, `NoButtons`, leaves no
    room for the number either where a style sheet is set.
    """

    def __init__(self, lowest: int, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(lowest, highest)
        self.lineEdit().setTextMargins(_EDGE, 0, _EDGE, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls."""
        event.ignore()
