"""A table in one of whose columns a person chooses from a list: Enter, F2, Space or a click opens the list over its cell.

The table is one stop of the Tab key; the arrows go from line to line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui import icons
from ui.context import Context
from ui.forms.choose import CalmComboBox

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_OPENS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space)


class Option(NamedTuple):
    """One answer and how it reads."""

    answer: Any
    words: str


class Chooser(QStyledItemDelegate):
    """The list of answers, opened over its cell.

    Args:
        context: What the window shares.
        options: Every answer that a row takes.
        chosen: The answer that a row has.
        name: What a screen reader calls the list of a row.
        apart: How many answers stand before a line; 0 for no line.
        parent: The table.
    """

    def __init__(
        self,
        context: Context,
        options: Callable[[int], Sequence[Option]],
        chosen: Callable[[int], object],
        name: Callable[[int], str],
        apart: int,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._options, self._chosen, self._name, self._apart = options, chosen, name, apart

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """An arrow says that there is a list; the colour of the answer stays where the line is chosen."""
        super().initStyleOption(option, index)
        if (color := index.data(Qt.ItemDataRole.ForegroundRole)) is not None:
            option.palette.setColor(QPalette.ColorRole.HighlightedText, color)
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.icon = icons.icon(self._context.theme, "chevron-down", "muted", 12)
        option.decorationSize = QSize(12, 12)
        option.decorationPosition = QStyleOptionViewItem.Position.Right

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """A list that the arrows move through; Enter takes the answer."""
        box = CalmComboBox(self._context.theme)
        box.setParent(parent)
        box.setObjectName("cellBox")
        for each in self._options(index.row()):
            box.addItem(each.words, each.answer)
        if self._apart:
            box.insertSeparator(self._apart)
        box.setAccessibleName(self._name(index.row()))
        box.activated.connect(lambda: self._finish(box))
        return box

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """The list has all of the cell, so that its arrow covers the one of the cell."""
        editor.setGeometry(option.rect)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show the answer there is."""
        if isinstance(editor, CalmComboBox):
            chosen = self._chosen(index.row())
            places = (at for at in range(editor.count()) if same(editor.itemData(at), chosen))
            editor.setCurrentIndex(next(places, -1))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Take the answer."""
        if isinstance(editor, CalmComboBox) and editor.currentText():
            model.setData(index, editor.currentData())

    def _finish(self, box: CalmComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)


def same(one: object, other: object) -> bool:
    """Whether two answers are one; True is not 1 here."""
    return one == other and type(one) is type(other)


class ChoosingTable(QTableView):
    """Lines of which one column is chosen from a list.

    Args:
        context: What the window shares.
        model: The lines.
        column: The column that is chosen.
        widths: Of the columns, in px; the last takes the rest.
        parent: What holds it.
    """

    def __init__(
        self,
        context: Context,
        model: QAbstractItemModel,
        column: int,
        widths: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._column = column
        self.setModel(model)
        self.setObjectName("preview")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(context.theme.row_height() + 2)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for place, width in enumerate(widths):
            header.resizeSection(place, width)
        self.clicked.connect(self._on_clicked)

    def open_list(self) -> None:
        """Open the list of the line one is on."""
        self.edit(self.currentIndex().siblingAtColumn(self._column))
        if box := self.viewport().findChild(CalmComboBox):
            QTimer.singleShot(0, box, box.showPopup)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list; otherwise leave the key to the table and the dialog."""
        is_free = self.state() != QAbstractItemView.State.EditingState
        if is_free and event.key() in _OPENS and self.currentIndex().isValid():
            self.open_list()
            return
        super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == self._column:
            self.open_list()
