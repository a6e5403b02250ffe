"""One finding on the page of the checks: its record, what is wrong, the rule behind it, and what would put it right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QPushButton, QSizePolicy

from riskreg.errors import N_
from riskreg.records import KINDS
from ui import icons
from ui.context import Context
from ui.pages.checks_found import Line
from ui.theme import Theme
from ui.widgets import buttons

_ICON: Final = 16
_ABOVE: Final = 8
_BETWEEN: Final = 2
_LEAST: Final = 200
"""Pixels below which words are no longer wrapped narrower."""
_WRAP: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(
    Qt.TextFlag.TextWordWrap
)


class FindingButton(QAbstractButton):
    """The words of a finding; pressing them opens the record. Painted whole, as there can be hundreds."""

    def __init__(self, theme: Theme, line: Line) -> None:
        super().__init__()
        self._theme = theme
        self._line = line
        self.setAttribute(
            Qt.WidgetAttribute.WA_Hover
        )  # painted anew when the pointer comes and goes
        self._heights: dict[int, int] = {}
        self.setText(line.title.replace("&", "&&"))
        self.setAccessibleName(f"{line.finding.ref}, {line.title}: {line.sentence}")
        self.setAccessibleDescription("\n".join(filter(None, (line.source, line.repair))))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the record, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:
        """Long sentences run over several lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for every line at this width in pixels."""
        if width not in self._heights:
            room = max(_LEAST, width - self._indent())
            texts = sum(
                _height(self._metrics(role), text, room) + _BETWEEN
                for role, _tone, text in self._texts()
            )
            head = self._metrics("body").height()
            self._heights[width] = 2 * _ABOVE + head + _BETWEEN + texts
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(_LEAST, self.heightForWidth(max(_LEAST, self.width())))

    def minimumSizeHint(self) -> QSize:
        """As narrow as words can be wrapped."""
        return QSize(_LEAST, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the record, and under it the sentence, the source and the repair."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), self._theme.color("hover"))
        if self.hasFocus():
            painter.setPen(self._theme.color("accent"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        top = self._paint_head(painter)
        left = self._indent()
        room = max(_LEAST, self.width() - left)
        for role, tone, text in self._texts():
            painter.setFont(self._theme.font(role))
            painter.setPen(self._theme.color(tone))
            height = _height(self._metrics(role), text, room)
            painter.drawText(QRect(left, top, room, height), _WRAP, text)
            top += height + _BETWEEN
        painter.end()

    def _paint_head(self, painter: QPainter) -> int:
        """Icon, ref and title; where the next line begins, in pixels."""
        line, left = self._line, self._indent()
        height = self._metrics("body").height()
        picture = icons.pixmap(
            self._theme, KINDS[line.finding.kind].icon, "muted", _ICON, self.devicePixelRatioF()
        )
        painter.drawPixmap(self._theme.space("xs"), _ABOVE + max(0, (height - _ICON) // 2), picture)
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.color("muted"))
        room = QRect(left, _ABOVE, self.width() - left, height)
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, line.finding.ref)
        used = painter.fontMetrics().horizontalAdvance(line.finding.ref) + self._theme.space("s")
        room.setLeft(room.left() + used)
        painter.setFont(self._theme.font("body", bold=True))
        painter.setPen(self._theme.color("text"))
        metrics = painter.fontMetrics()
        title = " ".join(line.title.split())
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(flags) | int(Qt.TextFlag.TextSingleLine), shown)
        return _ABOVE + height + _BETWEEN

    def _texts(self) -> list[tuple[str, str, str]]:
        """What stands under the title: role, tone and text of each."""
        line = self._line
        told = [("body", "text", line.sentence), ("small", "muted", line.source)]
        return [*told, ("small", "accent", line.repair)] if line.repair else told

    def _indent(self) -> int:
        return self._theme.space("xs") + _ICON + self._theme.space("m")

    def _metrics(self, role: str) -> QFontMetrics:
        return QFontMetrics(self._theme.font(role))


class FindingRow(QFrame):
    """One finding, and where the program can, a button that puts it right.

    Args:
        context: What the window shares.
        line: The finding in words.
    """

    opened = Signal(int, str)
    """Show the record with this id at this field."""
    repair_asked = Signal(object)
    """Put right what this row tells; carries the row."""

    def __init__(self, context: Context, line: Line) -> None:
        super().__init__()
        self.line = line
        self._theme = context.theme
        self.words = FindingButton(context.theme, line)
        self.words.clicked.connect(
            lambda _checked=False: self.opened.emit(line.finding.id, line.finding.field)
        )
        self.repair: QPushButton | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(context.theme.space("m"))
        layout.addWidget(self.words, 1)
        if line.repair:
            self.repair = self._button(context)
            layout.addWidget(self.repair, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line that parts it from what stands above."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, self._theme.color("line"))
        painter.end()

    def stops(self) -> list[QAbstractButton]:
        """What Tab comes to."""
        return [self.words, self.repair] if self.repair else [self.words]

    def _button(self, context: Context) -> QPushButton:
        label = context.t.gettext(N_("Put right"))
        made = buttons.button(context.theme, label, "check", lambda: self.repair_asked.emit(self))
        made.setAccessibleName(f"{label}: {self.line.finding.ref}, {self.line.repair}")
        made.setEnabled(not context.register.read_only)
        return made


def _height(metrics: QFontMetrics, text: str, width: int) -> int:
    """Pixels of a text wrapped to a width."""
    return metrics.boundingRect(QRect(0, 0, width, 0), _WRAP, text).height()
