"""Small marks: a number that needs me, and a level as shape, word and colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.shapes import draw_shape

CHIP_HEIGHT = 24
_SHAPE = 9


class Badge(QLabel):
    """A number beside a name; tinted where it asks for something.

    Args:
        text: The number.
        level: `low moderate high critical`, or `plain` where nothing is asked.
    """

    def __init__(self, text: str = "", level: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("badge")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_number(text, level)

    def show_number(self, text: str, level: str = "plain") -> None:
        """Show another number."""
        self.setProperty("level", level)
        self.setText(text)
        if not text or self.parentWidget() is not None:
            self.setVisible(bool(text))  # without a parent it would become a window
        self.style().unpolish(self)
        self.style().polish(self)


class LevelChip(QWidget):
    """A level of risk as a chip."""

    def __init__(self, theme: Theme, level: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level = level
        self._word = word
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(chip_width(self._theme, self._word), CHIP_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        draw_level(painter, self._theme, self._level, self._word, QRectF(self.rect()))
        painter.end()


def chip_width(theme: Theme, word: str) -> int:
    """How wide the chip of a level is in pixels."""
    return QFontMetrics(theme.font("small")).horizontalAdvance(word) + _SHAPE + 3 * theme.space("s")


def draw_level(painter: QPainter, theme: Theme, level: str, word: str, rect: QRectF) -> None:
    """Draw a level into a rectangle: tint, shape, word."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(f"{level}_tint"))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    color = theme.color(level)
    top = rect.center().y() - _SHAPE / 2
    gap = theme.space("s")
    draw_shape(painter, theme.shape(level), QRectF(rect.left() + gap, top, _SHAPE, _SHAPE), color)
    painter.setPen(color)
    painter.setFont(theme.font("small"))
    room = rect.adjusted(gap + _SHAPE + 6, 0, 0, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, word)
    painter.restore()
