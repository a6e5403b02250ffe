"""The table of the plan of the year: months beneath one another, a row for each thing, opened by a click or Enter."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.context import Context
from ui.pages.plan_model import DAY, OWNER, REF, TITLE, WHAT, PlanModel
from ui.tables.delegate import CellDelegate
from ui.tables.groups import HEIGHT

_WIDTHS: Final = {DAY: 160, WHAT: 150, REF: 104, OWNER: 140}
_LEAST_TITLE: Final = 200
_BY_KEYS: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class PlanTable(QTableView):
    """Shows a `PlanModel`.

    Args:
        context: What the window shares.
        rows: The model.
    """

    opened = Signal(int)
    """The person wants to see this record."""

    def __init__(self, context: Context, rows: PlanModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows = rows
        self._tall: tuple[int, ...] = ()
        self._is_marking = False
        self.chosen_row = -1
        """The row whose record is shown; -1 for none."""
        self.marked_row = self.marked_column = -1
        self.setObjectName("records")
        self.setModel(rows)
        self.setItemDelegate(CellDelegate(context.theme, rows, self, shows_kinds=True, parent=self))
        self._dress()
        rows.modelReset.connect(self._on_model_reset)

    def is_row_chosen(self, row: int) -> bool:
        """The row is the one whose record is shown."""
        return row == self.chosen_row

    def is_cell_chosen(self, row: int, column: int) -> bool:
        """Cells are not chosen alone."""
        return False

    def choose(self, row: int) -> None:
        """The record of this row is shown; -1 for none."""
        self.chosen_row = row
        self.viewport().update()

    def go_to(self, row: int) -> None:
        """Bring a row to the top and make it the one that keys act on."""
        index = self._rows.index(row, DAY)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)

    def keyboardSearch(self, search: str) -> None:
        """Qt would read every row for one that begins so; months are gone to by their buttons."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space show the record."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
            return
        self._is_marking = True
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click shows the record."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the row that keys act on where the person came by keys."""
        self._is_marking = event.reason() in _BY_KEYS
        if not self.currentIndex().isValid() and self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(0, DAY))
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; jobs hold their breath meanwhile."""
        current = self.currentIndex()
        is_seen = self.hasFocus() and self._is_marking and current.isValid()
        self.marked_row = current.row() if is_seen else -1
        with self._context.jobs.turn.of_window():
            super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title takes what is left; where that is too little, the owner and then what it is give way."""
        super().resizeEvent(event)
        self._fit()

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The mark moves over the whole row."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        item = self._rows.item_at(index.row()) if index.isValid() else None
        if item is not None:
            self.choose(index.row())
            self.opened.emit(item.id)

    def _fit(self) -> None:
        room, widths = self.viewport().width(), dict(_WIDTHS)
        for column in (OWNER, WHAT):
            is_tight = room - sum(widths.values()) < _LEAST_TITLE
            self.setColumnHidden(column, is_tight)
            if is_tight:
                del widths[column]
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.setColumnWidth(TITLE, max(_LEAST_TITLE, room - sum(widths.values())))

    def _on_model_reset(self) -> None:
        """The first row of a month is taller, by its name; where a month is empty, words run over the whole row."""
        usual = self._context.theme.row_height()
        self.chosen_row = -1
        for row in self._tall:
            self.setRowHeight(row, usual)
        self.clearSpans()
        self._tall = tuple(self._rows.heads)
        for row in self._tall:
            self.setRowHeight(row, usual + HEIGHT)
            if self._rows.item_at(row) is None:
                self.setSpan(row, DAY, 1, self._rows.columnCount())

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self._context.theme.row_height())
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
