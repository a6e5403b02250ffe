"""How a cell of a table is painted: quiet lines, a chip for a level, an accent at the row that is open.

A page has some two hundred cells and each is painted by Python, so nothing is made anew for a cell: pens, brushes, type and texts laid
out to their width are kept until the look changes, and the rows are asked as Python objects, not through Qt.
"""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QPixmap,
    QStaticText,
    QTextOption,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from riskreg.records import KINDS
from ui import icons
from ui.tables.cells import Cell
from ui.tables.groups import HEIGHT
from ui.theme import Theme
from ui.widgets.badge import CHIP_HEIGHT, chip_width, draw_level

_EDGE: Final = 3
_ICON_ROOM: Final = 24
_TEXTS_KEPT: Final = 4096
_STRONG: Final = frozenset({"high", "critical"})


class Rows(Protocol):
    """What is painted."""

    def cell_at(self, row: int, column: int) -> Cell:
        """A cell."""

    def kind_at(self, row: int) -> str:
        """The kind of the record in a row."""

    def head_at(self, row: int) -> str:
        """What the group is called that begins in a row; empty where none does."""

    def is_late_at(self, row: int) -> bool:
        """The group that begins in a row holds what is overdue."""


class Marks(Protocol):
    """What is chosen, as the table knows it."""

    marked_row: int
    """The row that keys act on; -1 where it is not to be seen."""
    marked_column: int

    def columnViewportPosition(self, column: int) -> int:
        """Where a column begins."""

    def is_row_chosen(self, row: int) -> bool:
        """Some cell of the row is chosen."""

    def is_cell_chosen(self, row: int, column: int) -> bool:
        """The cell is one of a range that is smaller than its rows."""


class CellDelegate(QStyledItemDelegate):
    """Paints cells.

    Args:
        theme: The look in force.
        rows: What the cells hold.
        marks: What is chosen.
        shows_kinds: The first column carries the icon of the record's kind.
    """

    def __init__(
        self,
        theme: Theme,
        rows: Rows,
        marks: Marks,
        *,
        shows_kinds: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows
        self._marks = marks
        self._shows_kinds = shows_kinds
        self._look = _Look(theme)
        theme.changed.connect(self._on_theme_changed)

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
        row, column, room = index.row(), index.column(), option.rect
        left, top, width, height = room.left(), room.top(), room.width(), room.height()
        if head := self._rows.head_at(row):
            self._paint_head(painter, head, row, QRect(left, top, width, HEIGHT))
            top, height = top + HEIGHT, height - HEIGHT
        self._paint_ground(painter, left, top, width, height, row, column)
        look = self._look
        gap = look.first_gap if column == 0 else look.gap
        cell = self._rows.cell_at(row, column)
        left, width = left + gap, width - gap - look.gap
        if self._shows_kinds and column == 0:
            self._paint_kind(painter, left, top + height // 2, self._rows.kind_at(row))
            left, width = left + _ICON_ROOM, width - _ICON_ROOM
        if cell.level:
            chip = look.chip(cell.level, cell.text, width, painter.device().devicePixelRatioF())
            painter.drawPixmap(left, top + (height - CHIP_HEIGHT) // 2 + 1, chip)
        elif cell.text and width > 0:
            self._paint_text(painter, cell, left, top, width, height)

    def _paint_head(self, painter: QPainter, head: str, row: int, band: QRect) -> None:
        """The name of a group, over all columns: each cell paints its part of it."""
        look = self._look
        left = self._marks.columnViewportPosition(0) + look.first_gap
        painter.save()
        painter.setClipRect(band)
        painter.setPen(look.pen("high" if self._rows.is_late_at(row) else "muted"))
        painter.setFont(look.small_strong)
        painter.drawText(left, band.bottom() - look.head_base, head)
        painter.fillRect(band.left(), band.bottom(), band.width(), 1, look.line)
        painter.restore()

    def _paint_ground(
        self,
        painter: QPainter,
        left: int,
        top: int,
        width: int,
        height: int,
        row: int,
        column: int,
    ) -> None:
        look, marks = self._look, self._marks
        if marks.is_row_chosen(row):
            painter.fillRect(left, top, width, height, look.selection)
            if column == 0:
                painter.fillRect(left, top, _EDGE, height, look.accent)
        painter.fillRect(left, top + height - 1, width, 1, look.line)
        if marks.is_cell_chosen(row, column):
            self._paint_range(painter, left, top, width, height, row, column)
        if row == marks.marked_row:
            painter.fillRect(left, top, width, 1, look.accent)
            painter.fillRect(left, top + height - 1, width, 1, look.accent)
            if column == marks.marked_column:
                painter.fillRect(left, top, 1, height, look.accent)
                painter.fillRect(left + width - 1, top, 1, height, look.accent)

    def _paint_range(
        self,
        painter: QPainter,
        left: int,
        top: int,
        width: int,
        height: int,
        row: int,
        column: int,
    ) -> None:
        """An edge around the cells of a range."""
        has, accent = self._marks.is_cell_chosen, self._look.accent
        if not has(row - 1, column):
            painter.fillRect(left, top, width, 1, accent)
        if not has(row + 1, column):
            painter.fillRect(left, top + height - 1, width, 1, accent)
        if not has(row, column - 1):
            painter.fillRect(left, top, 1, height, accent)
        if not has(row, column + 1):
            painter.fillRect(left + width - 1, top, 1, height, accent)

    def _paint_text(
        self, painter: QPainter, cell: Cell, left: int, top: int, width: int, height: int
    ) -> None:
        look = self._look
        is_strong = cell.tone in _STRONG
        text, wide = look.text(cell.text, width, is_strong)
        painter.setPen(look.pen(cell.tone))
        painter.setFont(look.strong if is_strong else look.body)
        if cell.is_number:
            left += width - wide
        painter.drawStaticText(left, top + (height - look.text_height) // 2, text)

    def _paint_kind(self, painter: QPainter, left: int, middle: int, kind: str) -> None:
        if kind in KINDS:
            ratio = painter.device().devicePixelRatioF()
            picture = icons.pixmap(self._theme, KINDS[kind].icon, "muted", 16, ratio)
            painter.drawPixmap(left, middle - 8, picture)

    def _on_theme_changed(self) -> None:
        self._look = _Look(self._theme)


class _Look:
    """Pens, brushes, type, chips and texts laid out, kept while a look is in force."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pens: dict[str, QPen] = {}
        self._texts: dict[tuple[str, int, bool], tuple[QStaticText, int]] = {}
        self._chips: dict[tuple[str, str, int, float], QPixmap] = {}
        self.selection: QColor = theme.color("selection")
        self.accent: QColor = theme.color("accent")
        self.line: QColor = theme.color("line")
        self.body: QFont = theme.font("body")
        self.strong: QFont = theme.font("body", bold=True)
        self.small_strong: QFont = theme.font("small", bold=True)
        self.head_base = theme.space("s") + 2
        self._metrics = {False: QFontMetrics(self.body), True: QFontMetrics(self.strong)}
        self._small = QFontMetrics(theme.font("small"))
        self.text_height = self._metrics[False].height()
        self.gap = theme.space("s")
        self.first_gap = theme.space("xl")

    def pen(self, tone: str) -> QPen:
        """The pen of a colour of the theme."""
        if tone not in self._pens:
            self._pens[tone] = QPen(self._theme.color(tone))
        return self._pens[tone]

    def text(self, text: str, width: int, is_strong: bool) -> tuple[QStaticText, int]:
        """A text as it fits into a width, laid out, and how wide it is."""
        key = text, width, is_strong
        if key not in self._texts:
            if len(self._texts) >= _TEXTS_KEPT:
                self._texts.clear()
            self._texts[key] = self._laid_out(text, width, is_strong)
        return self._texts[key]

    def _laid_out(self, text: str, width: int, is_strong: bool) -> tuple[QStaticText, int]:
        metrics = self._metrics[is_strong]
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        made = QStaticText(shown)
        made.setTextFormat(Qt.TextFormat.PlainText)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        made.setTextOption(option)
        return made, metrics.horizontalAdvance(shown)

    def chip(self, level: str, word: str, width: int, ratio: float) -> QPixmap:
        """The picture of a level."""
        key = level, word, width, ratio
        if key not in self._chips:
            self._chips[key] = self._drawn(level, word, width, ratio)
        return self._chips[key]

    def _drawn(self, level: str, word: str, room: int, ratio: float) -> QPixmap:
        width = max(1, min(chip_width(self._theme, word), room))
        if chip_width(self._theme, word) > room:
            left = max(0, width - chip_width(self._theme, ""))
            word = self._small.elidedText(word, Qt.TextElideMode.ElideRight, left)
        picture = QPixmap(round(width * ratio), round(CHIP_HEIGHT * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        draw_level(painter, self._theme, level, word, QRectF(0, 0, width, CHIP_HEIGHT))
        painter.end()
        return picture
