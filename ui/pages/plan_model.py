"""The plan of the year as rows: what falls into each month under its name, and a quiet line where nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from riskreg.coming import Item
from riskreg.dates import day_words, month_words
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import Translator
from ui.pages.plan_facts import Month
from ui.tables.cells import Cell

ID_ROLE: Final = int(Qt.ItemDataRole.UserRole)
LATE: Final = N_("Overdue")
NOTHING: Final = N_("Nothing is planned for this month.")
NO_OWNER: Final = N_("no owner")
DAY, WHAT, REF, TITLE, OWNER = range(5)
HEADS: Final = (N_("Day"), N_("What"), N_("Ref"), N_("Title"), N_("Owner"))

_NONE: Final = Cell("")
_Index = QModelIndex | QPersistentModelIndex


class _Head(NamedTuple):
    """Where a month begins: its name with how many it holds, and whether it holds what is late."""

    words: str
    is_late: bool


class PlanModel(QAbstractTableModel):
    """The rows of a plan, all in memory; the words of a cell are made when it is painted.

    Args:
        t: The language.
    """

    def __init__(self, t: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._t = t
        self._rows: list[Item | None] = []
        self._heads: dict[int, _Head] = {}
        self._today = date.min

    @property
    def heads(self) -> Sequence[int]:
        """The rows in which the months begin, in their order."""
        return list(self._heads)

    def show_months(self, months: Sequence[Month], today: date) -> None:
        """Show another plan."""
        self.beginResetModel()
        self._today, self._rows, self._heads = today, [], {}
        for month in months:
            self._heads[len(self._rows)] = self._head(month)
            self._rows += month.items or [None]
        self.endResetModel()

    def item_at(self, row: int) -> Item | None:
        """What a row tells; None where a month is empty."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, item: Item) -> int:
        """Where the same thing stands on the same day; -1 where it does not."""
        same = (item.id, item.day)
        found = (row for row, each in enumerate(self._rows) if each and (each.id, each.day) == same)
        return next(found, -1)

    def cell_at(self, row: int, column: int) -> Cell:
        """A cell for what paints it."""
        item = self._rows[row]
        if item is None:
            return Cell(self._t.gettext(NOTHING), tone="muted") if column == DAY else _NONE
        match column:
            case 0:
                return Cell(day_words(item.day, self._t), tone=self._tone(item))
            case 1:
                return Cell(item.what, tone="muted")
            case 2:
                return Cell(item.ref, tone="muted")
            case 3:
                return Cell(item.title)
            case _:
                is_unowned = item.is_ownable and not item.owner
                return Cell(
                    self._t.gettext(NO_OWNER) if is_unowned else item.owner,
                    tone="muted" if is_unowned else "text",
                )

    def kind_at(self, row: int) -> str:
        """The kind of the record in a row; "" where a month is empty."""
        item = self._rows[row]
        return item.kind if item else ""

    def head_at(self, row: int) -> str:
        """The name of the month that begins in a row; "" where none does."""
        return self._heads[row].words if row in self._heads else ""

    def is_late_at(self, row: int) -> bool:
        """What is late begins in a row."""
        return row in self._heads and self._heads[row].is_late

    # what Qt asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """One for each thing, and one for each month without any."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """As `HEADS`."""
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401
        """A cell; screen readers are told the month with the first of its rows."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.cell_at(index.row(), index.column()).text
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._said(index.row(), index.column())
            case int() if role == ID_ROLE:
                item = self._rows[index.row()]
                return item.id if item else 0
            case _:
                return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:  # noqa: ANN401
        """The label of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(HEADS):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._t.gettext(HEADS[section])
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Rows are chosen; nothing is edited here."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _head(self, month: Month) -> _Head:
        name = month_words(month.first, self._t) if month.first else self._t.gettext(LATE)
        words = f"{name}  •  {number_words(len(month.items))}" if month.items else name
        return _Head(words, month.first is None)

    def _tone(self, item: Item) -> str:
        return "high" if item.day < self._today else "text"

    def _said(self, row: int, column: int) -> str:
        cell = self.cell_at(row, column).text
        said = f"{self._t.gettext(HEADS[column])}: {cell}" if self._rows[row] else cell
        head = self.head_at(row) if column == DAY else ""
        return f"{head}. {said}" if head else said
