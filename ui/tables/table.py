"""The table on the screen: whole rows, headers that sort, widths that are remembered, a selection that survives a new answer."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.context import Context
from ui.tables import cells
from ui.tables.delegate import CellDelegate
from ui.tables.model import ID_ROLE, RecordModel

_SETTLE_MS: Final = 120
_SELECTED_KEPT: Final = 1000
_LEAST_TITLE: Final = 200
_TITLE: Final = "title"


class RecordTable(QTableView):
    """Shows a `RecordModel`.

    Args:
        context: What the window shares.
        name: Under which its widths are remembered.
        model: The rows.
    """

    picked = Signal(int)
    """The person chose one record, by pointer or by moving to it."""
    opened = Signal(int)
    """The person wants to work on this record: Enter or a double click."""
    selection_changed = Signal()

    def __init__(
        self, context: Context, name: str, model: RecordModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._name = name
        self._rows = model
        self._kept: tuple[int, tuple[int, ...]] = (0, ())
        self.setModel(model)
        self.setItemDelegate(
            CellDelegate(context.theme, shows_kinds=len(model.view.kinds) > 1, parent=self)
        )
        self._dress()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        model.modelAboutToBeReset.connect(self._on_model_about_to_be_reset)
        model.modelReset.connect(self._on_model_reset)
        self.horizontalHeader().sectionResized.connect(self._on_section_resized)

    def selected_ids(self) -> list[int]:
        """The chosen records in the order of the rows."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows.id_at(row) for row in rows]

    def select(self, id: int) -> None:
        """Choose one record where it is among the rows."""
        row = self._rows.row_of(id)
        if row >= 0:
            self.setCurrentIndex(self._rows.index(row, 0))

    def fit_columns(self) -> None:
        """Set the widths of the columns from the settings; the title takes what is left."""
        view = self._rows.view
        kinds = cells.columns_of(view.kinds)
        with QSignalBlocker(self.horizontalHeader()):
            for place, key in enumerate(view.columns):
                usual = cells.usual_width(key, kinds[key])
                self.setColumnWidth(place, self._context.settings.width(self._name, key, usual))
            self._stretch_title()

    def show_order(self) -> None:
        """Point the arrow of the header at the column that sorts."""
        sort = self._rows.view.sort
        header = self.horizontalHeader()
        with QSignalBlocker(header):
            if sort and sort[0][0] in self._rows.view.columns:
                order = Qt.SortOrder.DescendingOrder if sort[0][1] else Qt.SortOrder.AscendingOrder
                header.setSortIndicator(self._rows.view.columns.index(sort[0][0]), order)
            else:
                header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell when a person chose other rows."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Moving by keys shows the record once the keys rest."""
        super().currentChanged(current, previous)
        if self.hasFocus() and current.row() != previous.row():
            self._settle.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click shows the record."""
        super().mouseReleaseEvent(event)
        if (
            event.button() == Qt.MouseButton.LeftButton
            and self.indexAt(event.position().toPoint()).isValid()
        ):
            self._settle.stop()
            self._on_settled()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click works on the record."""
        super().mouseDoubleClickEvent(event)
        self._open(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter works on the record."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title takes what is left."""
        super().resizeEvent(event)
        with QSignalBlocker(self.horizontalHeader()):
            self._stretch_title()

    def _dress(self) -> None:
        theme = self._context.theme
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(False)
        header.setMinimumSectionSize(48)
        header.sortIndicatorChanged.connect(self._on_sort_indicator_changed)

    def _stretch_title(self) -> None:
        columns = self._rows.view.columns
        if _TITLE not in columns:
            return
        place = columns.index(_TITLE)
        others = sum(self.columnWidth(other) for other in range(len(columns)) if other != place)
        self.setColumnWidth(place, max(_LEAST_TITLE, self.viewport().width() - others))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(ID_ROLE))

    def _on_settled(self) -> None:
        chosen = self.selectionModel().selectedRows()
        if len(chosen) == 1:
            self.picked.emit(chosen[0].data(ID_ROLE))

    def _on_sort_indicator_changed(self, section: int, order: Qt.SortOrder) -> None:
        if section >= 0:
            self._rows.sort(section, order)

    def _on_section_resized(self, section: int, _before: int, _after: int) -> None:
        columns = self._rows.view.columns
        if section < len(columns) and columns[section] != _TITLE:
            widths = {
                key: self.columnWidth(place) for place, key in enumerate(columns) if key != _TITLE
            }
            self._context.settings.set_widths(self._name, widths)
            with QSignalBlocker(self.horizontalHeader()):
                self._stretch_title()

    def _on_model_about_to_be_reset(self) -> None:
        """Selecting rows while they change costs seconds at 100,000: forget the selection, keep the ids."""
        current = self.currentIndex()
        chosen = self.selected_ids() if self._selected_count() <= _SELECTED_KEPT else []
        self._kept = (current.data(ID_ROLE) if current.isValid() else 0, tuple(chosen))
        with QSignalBlocker(self.selectionModel()):
            self.selectionModel().clear()

    def _on_model_reset(self) -> None:
        self.fit_columns()
        self.show_order()
        current, chosen = self._kept
        selection = QItemSelection()
        last = self._rows.columnCount() - 1
        for id in chosen:
            if (row := self._rows.row_of(id)) >= 0:
                selection.select(self._rows.index(row, 0), self._rows.index(row, last))
        flags = QItemSelectionModel.SelectionFlag
        if current and (row := self._rows.row_of(current)) >= 0:
            self.selectionModel().setCurrentIndex(self._rows.index(row, 0), flags.NoUpdate)
        self.selectionModel().select(selection, flags.Select)
        self.selection_changed.emit()

    def _selected_count(self) -> int:
        chosen = self.selectionModel().selection()
        return sum(chosen.at(place).height() for place in range(chosen.count()))
