"""Editor of named values: a table of two columns that always has an empty line at its end."""

from __future__ import annotations

import json
from typing import cast

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_
from riskreg.records.fields import FactPairs, Value
from riskreg.records.jsons import fact_pairs, one_line
from riskreg.records.values import Unfit
from ui.forms.editor import Editor
from ui.forms.kit import Kit

_MOST_ROWS = 8


class FactsTable(QTableWidget):
    """As tall as its rows, up to a limit. Tab walks through the cells and, after the last, on."""

    def __init__(self) -> None:
        super().__init__(0, 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("facts")
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.resizeSection(0, 140)

    def sizeHint(self) -> QSize:
        """Room for the rows and the header."""
        rows = min(self.rowCount(), _MOST_ROWS)
        height = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        return QSize(super().sizeHint().width(), height + rows * self.rowHeight(0))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Do not go round in a circle: after the last cell Tab leaves."""
        forth = action == QAbstractItemView.CursorAction.MoveNext
        back = action == QAbstractItemView.CursorAction.MovePrevious
        first, last = self.model().index(0, 0), self.model().index(self.rowCount() - 1, 1)
        if (forth and self.currentIndex() == last) or (back and self.currentIndex() == first):
            self._leave(forth)
            return self.currentIndex()
        return super().moveCursor(action, modifiers)

    def _leave(self, forth: bool) -> None:
        """Go on to the next control: while Tab walks through cells, Qt would ask `moveCursor` again, without end."""
        self.setTabKeyNavigation(False)
        self.focusNextPrevChild(forth)
        self.setTabKeyNavigation(True)


class FactsEditor(Editor):
    """Names and values."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.table = FactsTable()
        self.table.setHorizontalHeaderLabels(
            [kit.t.gettext(N_("Name")), kit.t.gettext(N_("Value"))]
        )
        self.table.verticalHeader().setDefaultSectionSize(kit.theme.row_height("compact"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        self._is_setting = False
        self.table.itemChanged.connect(self._on_item_changed)
        self.set_value(())

    def value(self) -> Value:
        """The pairs in their one order; raises `Unfit` where half a pair or a second value would be lost."""
        rows = range(self.table.rowCount())
        pairs = [(one_line(self._cell(row, 0)), self._cell(row, 1)) for row in rows]
        names = [name for name, value in pairs if name or value]
        for name, value in pairs:
            if value and not name:
                raise Unfit(N_("a value needs a name"))
            if name and not value.strip():
                raise Unfit(
                    N_("“{name}” has no value: enter one, or clear the name too"), name=name
                )
            if names.count(name) > 1:
                raise Unfit(N_("“{name}” is there twice"), name=name)
        return fact_pairs(pair for pair in pairs if pair[0])

    def set_value(self, value: Value) -> None:
        """Show pairs."""
        self._is_setting = True
        pairs = cast("FactPairs", value)
        self.table.setRowCount(len(pairs) + 1)
        for row, pair in enumerate((*pairs, ("", ""))):
            for column, text in enumerate(pair):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self._is_setting = False
        self.table.updateGeometry()

    def typed(self) -> str:
        """All cells, where half a pair stands among them."""
        try:
            self.value()
        except Unfit:
            rows = range(self.table.rowCount() - 1)
            return json.dumps([[self._cell(row, 0), self._cell(row, 1)] for row in rows])
        return ""

    def type(self, text: str) -> None:
        """Put the cells back."""
        self.set_value(tuple((name, value) for name, value in json.loads(text)))
        self.changed.emit()

    def controls(self) -> tuple[QWidget, ...]:
        """The table."""
        return (self.table,)

    def _cell(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text() if item else ""

    def _on_item_changed(self, item: QTableWidgetItem) -> None:
        if self._is_setting:
            return
        if item.text() and item.row() == self.table.rowCount() - 1:
            self.table.insertRow(self.table.rowCount())
            self.table.updateGeometry()
        self.changed.emit()
