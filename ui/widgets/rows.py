"""A row of a short list: icon, words and what stands at its end. It is a button, so that it is reached by keyboard and spoken."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons
from ui.theme import Theme

_HEIGHT = 28
_ICON = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class RowText:
    """What a row says.

    Attributes:
        icon: A name of `resources/icons`.
        tone: The colour of icon and end: `muted accent low moderate high critical`.
        lead: Words before the text that are never cut, such as a ref.
        text: The words that give way where there is no room.
        end: What stands at the right.
    """

    icon: str
    text: str
    tone: str = "muted"
    lead: str = ""
    end: str = ""


class Row(QAbstractButton):
    """One row; clicking it or pressing Space opens what it stands for."""

    def __init__(self, theme: Theme, words: RowText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self.setAttribute(
            Qt.WidgetAttribute.WA_Hover
        )  # painted anew when the pointer comes and goes
        self.setText(words.text.replace("&", "&&"))
        self.setAccessibleName(", ".join(filter(None, (words.lead, words.text, words.end))))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def words(self) -> RowText:
        """What it says."""
        return self._words

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon, lead, text and end."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        top = (self.height() - _ICON) // 2
        picture = icons.pixmap(
            self._theme, self._words.icon, self._words.tone, _ICON, self.devicePixelRatioF()
        )
        painter.drawPixmap(0, top, picture)
        self._paint_words(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        room = self.rect().adjusted(-2, 1, 1, -2)
        if self.underMouse():
            painter.fillRect(room, self._theme.color("hover"))
        if self.hasFocus():
            painter.setPen(self._theme.color("accent"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)

    def _paint_words(self, painter: QPainter) -> None:
        left, words = _ICON + self._theme.space("m"), self._words
        is_strong = words.tone not in ("muted", "text")
        painter.setFont(self._theme.font("small", bold=is_strong))
        end_width = painter.fontMetrics().horizontalAdvance(words.end)
        painter.setPen(self._theme.color(words.tone))
        painter.drawText(
            self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words.end
        )
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.color("text"))
        metrics = painter.fontMetrics()
        room = QRect(
            left, 0, self.width() - left - end_width - self._theme.space("s"), self.height()
        )
        if words.lead:
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words.lead)
            room.setLeft(
                room.left() + metrics.horizontalAdvance(words.lead) + self._theme.space("s")
            )
        shown = metrics.elidedText(words.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
