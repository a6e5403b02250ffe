"""How a cell of a table is painted: quiet lines, a chip for a level, an accent at the row that is open."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import icons
from ui.tables.model import KIND_ROLE, LEVEL_ROLE, TONE_ROLE
from ui.theme import Theme
from ui.widgets.badge import CHIP_HEIGHT, chip_width, draw_level

KIND_ICONS = {
    "incident": "siren",
    "risk": "shield-alert",
    "asset": "database",
    "action": "landmark",
    "step": "list-checks",
    "party": "users",
    "organisation": "house",
}
_EDGE = 3


class CellDelegate(QStyledItemDelegate):
    """Paints from roles only.

    Args:
        theme: The look in force.
        shows_kinds: The first column carries the icon of the record's kind.
    """

    def __init__(self, theme: Theme, *, shows_kinds: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shows_kinds = shows_kinds

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Rows have one height; widths come from the settings."""
        return QSize(80, self._theme.row_height())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the cell."""
        painter.save()
        room = QRect(option.rect)
        self._paint_ground(painter, option, room, index.row(), index.column())
        gap = self._theme.space("xl") if index.column() == 0 else self._theme.space("s")
        room.adjust(gap, 0, -self._theme.space("s"), 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if level := index.data(LEVEL_ROLE):
            self._paint_level(painter, room, level, text)
        else:
            self._paint_text(painter, room, index, text)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, row: int, column: int
    ) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, self._theme.color("selection"))
            if column == 0:
                painter.fillRect(
                    QRect(room.left(), room.top(), _EDGE, room.height()),
                    self._theme.color("accent"),
                )
        painter.setPen(self._theme.color("line"))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        if self._is_current(option, row):
            painter.setPen(self._theme.color("accent"))
            painter.drawLine(room.topLeft(), room.topRight())
            painter.drawLine(room.bottomLeft(), room.bottomRight())

    def _is_current(self, option: QStyleOptionViewItem, row: int) -> bool:
        """The row that keys act on, while the table has the focus."""
        table = option.widget
        if not isinstance(table, QAbstractItemView) or not table.hasFocus():
            return False
        if not getattr(table, "marks_row", True):
            return False
        return table.currentIndex().row() == row

    def _paint_level(self, painter: QPainter, room: QRect, level: str, word: str) -> None:
        width = min(chip_width(self._theme, word), room.width())
        top = room.center().y() - CHIP_HEIGHT / 2 + 1
        draw_level(painter, self._theme, level, word, QRectF(room.left(), top, width, CHIP_HEIGHT))

    def _paint_text(
        self, painter: QPainter, room: QRect, index: QModelIndex | QPersistentModelIndex, text: str
    ) -> None:
        if self._shows_kinds and index.column() == 0:
            self._paint_kind(
                painter,
                room,
                str(index.data(KIND_ROLE) or ""),
                painter.device().devicePixelRatioF(),
            )
        tone = str(index.data(TONE_ROLE) or "text")
        painter.setPen(self._theme.color(tone))
        is_strong = tone in ("high", "critical")
        painter.setFont(self._theme.font("body", bold=is_strong))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(
            room,
            int(index.data(Qt.ItemDataRole.TextAlignmentRole)) | Qt.TextFlag.TextSingleLine,
            shown,
        )

    def _paint_kind(self, painter: QPainter, room: QRect, kind: str, ratio: float) -> None:
        if kind in KIND_ICONS:
            picture = icons.pixmap(self._theme, KIND_ICONS[kind], "muted", 16, ratio)
            painter.drawPixmap(room.left(), room.center().y() - 7, picture)
        room.adjust(24, 0, 0, 0)
