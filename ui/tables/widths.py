"""How wide the columns of a table are: as the person set them, the title taking what is left.

Where the title has room to spare, columns that nobody set grow towards what their longest words need.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from riskreg.records import fields
from riskreg.records.fields import FieldKind
from ui.context import Context
from ui.tables import cells
from ui.tables.model import RecordModel

_LEAST_TITLE: Final = 220
_EASY_TITLE: Final = 290
"""What a title keeps before other columns grow."""
_MOST: Final = 300
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
        self._grows: dict[int, int] = {}
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
            is_by_hand = self._context.settings.width(self._name, key, 0) > 0
            is_settled = is_by_hand or key in cells.OWN_WIDTHS
            wanted = 0 if is_settled else self._wanted(kinds[key])
            self._grows[place] = max(0, wanted - self._widths[place])
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
        self._share_out(room, title, shown - {title})
        self._is_fitting = False

    def _share_out(self, room: int, title: int, others: set[int]) -> None:
        """Give columns what they lack, as far as the title can spare it, and the title the rest."""
        left = room - self._wide(others)
        lacking = sum(self._grows.get(place, 0) for place in others)
        share = min(1.0, max(0, left - _EASY_TITLE) / lacking) if lacking else 0.0
        for place in others:
            more = int(share * self._grows.get(place, 0))
            self._table.setColumnWidth(place, self._widths.get(place, 0) + more)
            left -= more
        self._table.setColumnWidth(title, max(_LEAST_TITLE, left))

    def _wanted(self, kind: FieldKind) -> int:
        """What the longest words of a column may need, in pixels; 0 where its usual width will do."""
        match kind:
            case fields.Derived():
                return self._wanted(kind.of)
            case fields.Choice():
                t, metrics = self._context.t, QFontMetrics(self._context.theme.font("body"))
                terms = self._context.register.vocabulary.terms_of(kind.terms)
                labels = [terms.label(key, t.language) for key in terms.keys]
                widest = max(map(metrics.horizontalAdvance, labels), default=0)
                return min(_MOST, widest + self._context.theme.space("xl"))
            case fields.Choices() | fields.Tags() | fields.Line() | fields.Prose():
                return _MOST
            case fields.Links():
                return 3 * _MOST // 5
            case fields.Count():
                return _MOST // 2
            case _:
                return 0

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
            self._widths |= {
                place: self._table.columnWidth(place)
                for place in self._grows
                if not self._table.isColumnHidden(place)
            }
            self._widths[section] = after
            self._grows.clear()  # what stands there now is what the person saw fit
            widths = {
                key: self._widths[place] for place, key in enumerate(columns) if key != _TITLE
            }
            self._context.settings.set_widths(self._name, widths)
            self.stretch()
