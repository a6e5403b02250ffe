"""Text that is shown as it is: whatever a record holds, it is never read as HTML."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

Role: TypeAlias = Literal["page", "section", "body", "small", "strong"]
"""The four sizes of type; `strong` is body in bold."""


class Text(QLabel):
    """Plain text in one of the four sizes.

    Args:
        text: What it says.
        role: Its size.
        tone: A colour of the theme: `text muted accent low moderate high critical on_accent`.
        wraps: Long text runs over several lines.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        tone: str = "text",
        *,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setWordWrap(wraps)
        if wraps:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Show it in another colour of the theme."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class Elided(Text):
    """Plain text in one line that ends in … where there is no room; screen readers are told the whole."""

    def __init__(
        self, text: str = "", role: Role = "body", tone: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, role, tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show the text in one line."""
        super().setText(" ".join(text.split()))
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        """Room for the ellipsis is enough."""
        return QSize(
            self.fontMetrics().horizontalAdvance("…") * 2, super().minimumSizeHint().height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment()) | Qt.TextFlag.TextSingleLine, shown)
        painter.end()
