"""The table on the screen: cells and rows to choose, headers that sort, widths that are remembered, a selection that survives a new answer."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
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
    QHideEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.context import Context
from ui.tables.cell_editor import CellEditor, in_cell
from ui.tables.chosen import Chosen
from ui.tables.delegate import CellDelegate
from ui.tables.groups import HEIGHT
from ui.tables.model import ID_ROLE, RecordModel
from ui.tables.widths import ColumnWidths

_SETTLE_MS: Final = 120
_SELECTED_KEPT: Final = 1000
_REF: Final = "ref"
_WITH_COMMAND: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


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
        self._rows = model
        self._is_moving = False
        self._chosen: Chosen | None = None
        self.marks_row = False
        """The row that keys act on is marked."""
        self.marked_row = self.marked_column = -1
        self._tall: tuple[int, ...] = ()
        self._kept: tuple[int, str, tuple[int, ...]] = (0, "", ())
        self.setModel(model)
        shows_kinds = len(model.view.kinds) > 1
        self.setItemDelegate(
            CellDelegate(context.theme, model, self, shows_kinds=shows_kinds, parent=self)
        )
        self.editor = CellEditor(context, self.viewport())
        self.widths = ColumnWidths(context, name, self, model)
        self.setObjectName("records")
        self._dress()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        model.modelAboutToBeReset.connect(self._on_model_about_to_be_reset)
        model.modelReset.connect(self._on_model_reset)
        self.editor.closed.connect(self._on_editor_closed)
        self.editor.moved_on.connect(self._on_editor_moved_on)

    @property
    def chosen(self) -> Chosen:
        """The chosen ranges."""
        if self._chosen is None:
            self._chosen = Chosen.of(
                self.selectionModel().selection(), len(self._rows.view.columns)
            )
        return self._chosen

    def is_row_chosen(self, row: int) -> bool:
        """Some cell of the row is chosen."""
        return self.chosen.has_row(row)

    def is_cell_chosen(self, row: int, column: int) -> bool:
        """The cell is one of a range that is smaller than its rows."""
        return self.chosen.has_cell(row, column)

    def chosen_columns(self) -> list[str]:
        """The columns with a chosen cell that can be seen, from left to right."""
        columns = self._rows.view.columns
        return [columns[place] for place in self.chosen.columns if not self.isColumnHidden(place)]

    def columns_from_here(self) -> list[str]:
        """The columns that can be seen from the current cell to the right."""
        here = max(0, self.currentIndex().column())
        columns = self._rows.view.columns
        return [
            key
            for place, key in enumerate(columns)
            if place >= here and not self.isColumnHidden(place)
        ]

    def edit_cell(self, text: str | None = None) -> bool:
        """Edit the current cell, where its field allows it.

        Args:
            text: What was typed already.
        """
        index = self.currentIndex()
        if not index.isValid() or self._context.register.read_only:
            return False
        key, record = self._rows.view.columns[index.column()], self._rows.record_at(index.row())
        field = in_cell(record.kind, key) if record else None
        if record is None or field is None:
            return False
        if "\n" in str(record.get(key)):
            return False  # several paragraphs do not fit into a line
        self._settle.stop()
        self.scrollTo(index)
        self.editor.open(record, key, field, text)
        self._place_editor()
        return True

    def selected_ids(self) -> list[int]:
        """The chosen records in the order of the rows."""
        return [self._rows.id_at(row) for row in self.chosen.rows]

    def selected_count(self) -> int:
        """How many records are chosen, without listing them."""
        return self.chosen.count

    def select(self, id: int) -> None:
        """Choose one record where it is among the rows."""
        row = self._rows.row_of(id)
        if row >= 0:
            self.setCurrentIndex(self._rows.index(row, 0))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell when a person chose other rows."""
        self._chosen = None
        super().selectionChanged(selected, deselected)
        self.viewport().update()  # a whole row is painted where one of its cells is chosen
        self.selection_changed.emit()

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """At the ref a row is chosen as a whole, elsewhere a cell."""
        command = super().selectionCommand(index, event)
        columns = self._rows.view.columns
        is_ref = index.isValid() and columns[index.column()] == _REF
        return command | QItemSelectionModel.SelectionFlag.Rows if is_ref else command

    def keyboardSearch(self, search: str) -> None:
        """Typing edits a cell; Qt would read every row for one that begins so."""

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
        if not self.edit_cell():
            self._open(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter works on the record, Shift and Space choose its row, typing edits the cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Space and has_shift:
            self._choose_row()
            return
        if self._is_typing(event) and self.edit_cell(event.text()):
            return
        self._is_moving = self.marks_row = True
        super().keyPressEvent(event)
        self._is_moving = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; jobs hold their breath meanwhile."""
        self._mark()
        with self._context.jobs.turn.of_window():
            super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title takes what is left."""
        super().resizeEvent(event)
        self.widths.stretch()

    def _dress(self) -> None:
        theme = self._context.theme
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
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
        current, columns = self.currentIndex(), self._rows.view.columns
        chosen = self.selected_ids() if self.selected_count() <= _SELECTED_KEPT else []
        is_there = current.isValid() and current.column() < len(columns)
        is_cell = is_there and len(self.chosen.columns) == 1
        self._kept = (
            current.data(ID_ROLE) if is_there else 0,
            columns[current.column()] if is_cell else "",
            tuple(chosen),
        )
        with QSignalBlocker(self.selectionModel()):
            self.selectionModel().clear()
        self._chosen = None

    def _on_model_reset(self) -> None:
        self.widths.fit()
        self._make_room_for_names()
        self.horizontalHeader().viewport().update()
        current, column, chosen = self._kept
        selection = QItemSelection()
        columns, last = self._rows.view.columns, self._rows.columnCount() - 1
        here = columns.index(column) if column in columns else -1
        left, right = (here, here) if here >= 0 else (0, last)
        for id in chosen:
            if (row := self._rows.row_of(id)) >= 0:
                selection.select(self._rows.index(row, left), self._rows.index(row, right))
        flags = QItemSelectionModel.SelectionFlag
        if current and (row := self._rows.row_of(current)) >= 0:
            index = self._rows.index(row, max(0, here))
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        self.selectionModel().select(selection, flags.Select)
        self._chosen = None
        self._place_editor()
        self.selection_changed.emit()

    def _make_room_for_names(self) -> None:
        """The first row of a group is taller, by its name."""
        usual = self._context.theme.row_height()
        for row in self._tall:
            self.setRowHeight(row, usual)  # Qt keeps heights through a reset
        self._tall = tuple(self._rows.groups)
        for row in self._tall:
            self.setRowHeight(row, usual + HEIGHT)

    # marks and editing

    def _mark(self) -> None:
        """The row and cell that keys act on are marked while the table has the focus."""
        current = self.currentIndex()
        is_seen = self.hasFocus() and self.marks_row and current.isValid()
        self.marked_row = current.row() if is_seen else -1
        self.marked_column = current.column() if is_seen else -1

    def _choose_row(self) -> None:
        flags = QItemSelectionModel.SelectionFlag
        index = self.currentIndex()
        self.selectionModel().select(index, flags.Select | flags.Rows)

    def _is_typing(self, event: QKeyEvent) -> bool:
        text = event.text()
        return bool(text.strip() and text.isprintable() and not event.modifiers() & _WITH_COMMAND)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Composing, as Chinese is typed, edits the cell too."""
        if (event.commitString() or event.preeditString()) and self.edit_cell(""):
            QCoreApplication.sendEvent(self.editor.line, event)
            return
        super().inputMethodEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The editor stays at its cell."""
        super().scrollContentsBy(dx, dy)
        self._place_editor()

    def _place_editor(self) -> None:
        record = self.editor.record
        if record is None:
            return
        row, columns = self._rows.row_of(record.id), self._rows.view.columns
        if row >= 0 and self.editor.key in columns:
            cell = self.visualRect(self._rows.index(row, columns.index(self.editor.key)))
            if row in self._rows.groups:
                cell.setTop(cell.top() + HEIGHT)
            self.editor.place(cell)

    def _on_editor_closed(self) -> None:
        self.setFocus()

    def _on_editor_moved_on(self, by: int) -> None:
        """To the next cell that can be seen."""
        index = self.currentIndex()
        column = index.column() + by
        while 0 <= column < self._rows.columnCount() and self.isColumnHidden(column):
            column += by
        if 0 <= column < self._rows.columnCount():
            self.setCurrentIndex(self._rows.index(index.row(), column))
