"""How wide the columns of a table are: as the person set them, the title taking what is left."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from ui.context import Context
from ui.tables import cells
from ui.tables.model import RecordModel

_LEAST_TITLE: Final = 220
_LEAST_COLUMNS: Final = 3
_KIND_ICON: Final = 28
_TITLE: Final = "title"
_REF: Final = "ref"


class ColumnWidths(QObject):
    """Sets the widths of one table and remembers those that are set by hand.

    Args:
        context: What the window shares.
        name: Under which they are remembered.
        table: The table, which shows `rows`.
        rows: Its model.
    """

    def __init__(self, context: Context, name: str, table: QTableView, rows: RecordModel) -> None:
        super().__init__(table)
        self._context = context
        self._name = name
        self._table = table
        self._rows = rows
        self._widths: dict[int, int] = {}
        self._is_fitting = False
        self.keeps_all = False
        """All columns are shown, if need be by scrolling: a person has chosen them."""
        table.horizontalHeader().sectionResized.connect(self._on_section_resized)

    def fit(self) -> None:
        """Take the widths from the settings; the title takes what is left."""
        view = self._rows.view
        kinds = cells.columns_of(view.kinds)
        self._is_fitting = True
        for place, key in enumerate(view.columns):
            usual = max(cells.usual_width(key, kinds[key]), self._head_width(place))
            usual += _KIND_ICON if key == _REF and len(view.kinds) > 1 else 0
            self._widths[place] = self._context.settings.width(self._name, key, usual)
            self._table.setColumnWidth(place, self._widths[place])
        self._is_fitting = False
        self.stretch()

    def stretch(self) -> None:
        """Give the title what is left; where that is too little, the last columns give way until the table is wider."""
        columns, room = self._rows.view.columns, self._table.viewport().width()
        if _TITLE not in columns:
            return
        self._is_fitting = True
        title = columns.index(_TITLE)
        shown = set(range(len(columns)))
        for place in [] if self.keeps_all else reversed(range(len(columns))):
            if room - self._wide(shown - {title}) >= _LEAST_TITLE or len(shown) <= _LEAST_COLUMNS:
                break
            if place != title:
                shown.discard(place)
        for place in range(len(columns)):
            self._table.setColumnHidden(place, place not in shown)
        self._table.setColumnWidth(title, max(_LEAST_TITLE, room - self._wide(shown - {title})))
        self._is_fitting = False

    def _head_width(self, place: int) -> int:
        """Room for the whole label and the mark of the order."""
        metrics = QFontMetrics(self._context.theme.font("small", bold=True))
        label = str(self._rows.headerData(place, Qt.Orientation.Horizontal))
        return metrics.horizontalAdvance(label) + 2 * self._context.theme.space("l")

    def _wide(self, places: set[int]) -> int:
        return sum(self._widths.get(place, 0) for place in places)

    def _on_section_resized(self, section: int, _before: int, after: int) -> None:
        columns = self._rows.view.columns
        is_by_hand = not self._is_fitting and section < len(columns) and columns[section] != _TITLE
        if is_by_hand and after > 0:
            self._widths[section] = after
            widths = {
                key: self._widths[place] for place, key in enumerate(columns) if key != _TITLE
            }
            self._context.settings.set_widths(self._name, widths)
            self.stretch()
