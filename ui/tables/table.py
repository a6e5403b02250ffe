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
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.context import Context
from ui.tables import cells
from ui.tables.delegate import CellDelegate
from ui.tables.model import ID_ROLE, RecordModel

_SETTLE_MS: Final = 120
_SELECTED_KEPT: Final = 1000
_LEAST_TITLE: Final = 220
_LEAST_COLUMNS: Final = 3
_KIND_ICON: Final = 28
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
        self._widths: dict[int, int] = {}
        self._is_fitting = False
        self._is_moving = False
        self.marks_row = False
        """The row that keys act on is marked."""
        self._kept: tuple[int, tuple[int, ...]] = (0, ())
        self.setModel(model)
        self.setItemDelegate(
            CellDelegate(context.theme, shows_kinds=len(model.view.kinds) > 1, parent=self)
        )
        self.setObjectName("records")
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
        return [self._rows.id_at(row) for row in sorted(self._selected_rows())]

    def selected_count(self) -> int:
        """How many records are chosen, without listing them."""
        chosen = self.selectionModel().selection()
        return sum(chosen.at(place).height() for place in range(chosen.count()))

    def select(self, id: int) -> None:
        """Choose one record where it is among the rows."""
        row = self._rows.row_of(id)
        if row >= 0:
            self.setCurrentIndex(self._rows.index(row, 0))

    def fit_columns(self) -> None:
        """Set the widths of the columns from the settings; the title takes what is left."""
        view = self._rows.view
        kinds = cells.columns_of(view.kinds)
        self._is_fitting = True
        for place, key in enumerate(view.columns):
            usual = max(cells.usual_width(key, kinds[key]), self._head_width(place))
            usual += _KIND_ICON if key == "ref" and len(view.kinds) > 1 else 0
            self._widths[place] = self._context.settings.width(self._name, key, usual)
            self.setColumnWidth(place, self._widths[place])
        self._stretch_title()

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
        if self._is_moving and current.row() != previous.row():
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
            return
        self._is_moving = self.marks_row = True
        super().keyPressEvent(event)
        self._is_moving = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; jobs hold their breath meanwhile."""
        with self._context.jobs.turn.of_window():
            super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title takes what is left."""
        super().resizeEvent(event)
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
        header.setMinimumSectionSize(48)
        # Qt would ask every chosen row whether a whole column is chosen, at each painting: give the header none
        header.setSelectionModel(QItemSelectionModel(self._rows, header))
        header.sectionClicked.connect(self._on_section_clicked)

    def _head_width(self, place: int) -> int:
        """Room for the whole label and the mark of the order."""
        metrics = QFontMetrics(self._context.theme.font("small", bold=True))
        label = str(self._rows.headerData(place, Qt.Orientation.Horizontal))
        return metrics.horizontalAdvance(label) + 2 * self._context.theme.space("l")

    def _stretch_title(self) -> None:
        """The title takes what is left; where that is too little, the last columns give way until the table is wider."""
        columns, room = self._rows.view.columns, self.viewport().width()
        if _TITLE not in columns:
            return
        self._is_fitting = True
        title = columns.index(_TITLE)
        shown = set(range(len(columns)))
        for place in reversed(range(len(columns))):
            if room - self._wide(shown - {title}) >= _LEAST_TITLE or len(shown) <= _LEAST_COLUMNS:
                break
            if place != title:
                shown.discard(place)
        for place in range(len(columns)):
            self.setColumnHidden(place, place not in shown)
        self.setColumnWidth(title, max(_LEAST_TITLE, room - self._wide(shown - {title})))
        self._is_fitting = False

    def _wide(self, places: set[int]) -> int:
        return sum(self._widths.get(place, 0) for place in places)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(ID_ROLE))

    def _on_settled(self) -> None:
        if self.selected_count() == 1:
            self.picked.emit(self.selected_ids()[0])

    def _on_section_clicked(self, section: int) -> None:
        """Sort by the column; once more turns the order round."""
        sort, key = self._rows.view.sort, self._rows.view.columns[section]
        is_descending = bool(sort) and sort[0] == (key, False)
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self._rows.sort(section, order)

    def _on_section_resized(self, section: int, _before: int, after: int) -> None:
        columns = self._rows.view.columns
        is_by_hand = not self._is_fitting and section < len(columns) and columns[section] != _TITLE
        if is_by_hand and after > 0:
            self._widths[section] = after
            widths = {
                key: self._widths[place] for place, key in enumerate(columns) if key != _TITLE
            }
            self._context.settings.set_widths(self._name, widths)
            self._stretch_title()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the row that keys act on where the person came by keys."""
        by_keys = (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        self.marks_row = event.reason() in by_keys
        super().focusInEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Who leaves the list no longer wants what was passed over."""
        self._settle.stop()
        super().hideEvent(event)

    def _on_model_about_to_be_reset(self) -> None:
        """Selecting rows while they change costs seconds at 100,000: forget the selection, keep the ids."""
        current = self.currentIndex()
        chosen = self.selected_ids() if self.selected_count() <= _SELECTED_KEPT else []
        self._kept = (current.data(ID_ROLE) if current.isValid() else 0, tuple(chosen))
        with QSignalBlocker(self.selectionModel()):
            self.selectionModel().clear()

    def _on_model_reset(self) -> None:
        self.fit_columns()
        self.horizontalHeader().viewport().update()
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

    def _selected_rows(self) -> set[int]:
        """Rows of the chosen ranges; asking Qt for them one by one takes seconds at 100,000."""
        chosen = self.selectionModel().selection()
        return {
            row
            for place in range(chosen.count())
            for row in range(chosen.at(place).top(), chosen.at(place).bottom() + 1)
        }
