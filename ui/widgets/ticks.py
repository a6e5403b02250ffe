"""A tick with words that wrap: Qt's own check box keeps its words in one line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.text import Text


class Tick(QWidget):
    """A check box and a text.

    Args:
        theme: The look in force.
        text: What is ticked.
        is_ticked: Whether it is.
    """

    ticked = Signal(bool)
    """The person ticked it, or took the tick away."""

    def __init__(
        self, theme: Theme, text: str, *, is_ticked: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.box = QCheckBox()
        self.box.setAccessibleName(text)
        self.box.setChecked(is_ticked)
        self.box.clicked.connect(self.ticked)
        self.words = Text(text, "body", "muted" if is_ticked else "text", wraps=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(theme.space("s"))
        layout.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words are part of the box."""
        if event.button() == Qt.MouseButton.LeftButton and self.box.isEnabled():
            self.box.click()
        super().mouseReleaseEvent(event)
