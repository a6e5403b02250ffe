"""One model for every kind: a list of ids, and rows that are fetched in pages when they are painted.

Sorting, filtering and searching ask the register again, beside the window; with the ids in hand the number of rows is exact and the
scroll bar honest. A record that is gone meanwhile stays as a disabled row until the next answer. When the file is busy, cells say so
and are asked for again.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QIcon

from riskreg.changes import Changed
from riskreg.errors import Expected
from riskreg.records import KINDS, Record, fields, stored
from riskreg.records.fields import FieldKind
from riskreg.rules import own
from riskreg.views import Name, Row, View
from ui import icons
from ui.context import Context
from ui.jobs import Job
from ui.tables import cells
from ui.tables.answers import Answer, answer
from ui.tables.cells import Cell, Words
from ui.tables.clock_column import ClockColumn
from ui.tables.groups import Group
from ui.titles import named

ID_ROLE: Final = int(Qt.ItemDataRole.UserRole)
LEVEL_ROLE: Final = ID_ROLE + 1
TONE_ROLE: Final = ID_ROLE + 2
KIND_ROLE: Final = ID_ROLE + 3

PAGE: Final = 64
_PAGES_KEPT: Final = 40
_BUSY_MS: Final = 150
_PLACEHOLDER: Final = Cell("…", tone="muted")
_GONE: Final = Qt.ItemFlag.NoItemFlags
_THERE: Final = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)

_SIDES: Final = {
    False: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    True: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}

_Index = QModelIndex | QPersistentModelIndex


class _Line:
    """A fetched row; its cells are made when the first of them is painted. Without a row the record is gone."""

    __slots__ = ("cells", "names", "row")

    def __init__(self, row: Row | None, names: Mapping[int, Name]) -> None:
        self.row = row
        self.names = names
        self.cells: tuple[Cell, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of the record."""
        return self.row.kind if self.row else ""


class RecordModel(QAbstractTableModel):
    """The records that answer a view.

    Args:
        context: What the window shares.
        view: The first question; nothing is asked before `ask`.
        by_day: Rows stand in groups by their next date, where that is what sorts them.
    """

    answered = Signal()
    """The rows are those of the newest question."""

    def __init__(
        self, context: Context, view: View, parent: QObject | None = None, *, by_day: bool = False
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._is_by_day = by_day
        self.groups: Mapping[int, Group] = {}
        """The groups of rows by the row in which each begins."""
        self._view = view
        self._asked = view
        self._base = view
        self._ids: array[int] = array("q")
        self._of = 0
        self._places: dict[int, int] | None = None
        self._pages: OrderedDict[int, list[_Line]] = OrderedDict()
        self._job: Job | None = None
        self.is_seen = True
        """Changes of the register matter at once; a page that is hidden asks when it is entered."""
        self._words = Words(
            t=context.t,
            vocabulary=context.register.vocabulary,
            zone=context.register.organisation().zone,
        )
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_BUSY_MS)
        self._again.timeout.connect(self.repaint_all)
        self._clocks = ClockColumn(context, self._on_clocks_told, lambda: self.is_seen, self)
        context.events.changed.connect(self._on_register_changed)

    # what is asked

    @property
    def view(self) -> View:
        """The question whose answer is shown."""
        return self._view

    @property
    def asked(self) -> View:
        """The newest question; its answer may still be to come."""
        return self._asked

    @property
    def of(self) -> int:
        """How many records there are without filters and words."""
        return self._of

    @property
    def today(self) -> date:
        """The day where the organisation is."""
        return self._words.today

    @property
    def zone(self) -> str:
        """The organisation's zone."""
        return self._words.zone

    @property
    def is_asking(self) -> bool:
        """The answer is still to come."""
        return self._job is not None and not self._job.is_finished

    def ask(self, view: View, base: View | None = None) -> None:
        """Ask another question; what was asked before is dropped.

        Args:
            view: The question.
            base: The question without what the person narrowed it by; None: as before.
        """
        self._base = base or self._base
        self._asked = view
        self._drop()
        whole = replace(self._base, columns=view.columns, sort=())
        day = self.today if self._is_by_day else None
        self._job = self._context.ask(
            lambda reader: answer(reader, view, whole, day), self._on_answered, self._on_failed
        )

    def ask_again(self) -> None:
        """Ask the same question."""
        self.ask(self._asked)

    def repaint_all(self) -> None:
        """Fetch what is seen anew."""
        self._pages.clear()
        self._repaint()

    def _on_clocks_told(self) -> None:
        """Word the rows anew; nothing is fetched for it."""
        for lines in self._pages.values():
            for line in lines:
                line.cells = ()
        self._repaint()

    def _repaint(self) -> None:
        if self._ids:
            last = self.index(len(self._ids) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def id_at(self, row: int) -> int:
        """The record in a row."""
        return self._ids[row]

    def cell_at(self, row: int, column: int) -> Cell:
        """A cell for what paints it; fetched with its page where it is not there yet."""
        return self._cell(self._line(row), column)

    def kind_at(self, row: int) -> str:
        """The kind of the record in a row; empty where it is gone or not known yet."""
        line = self._line(row)
        return line.kind if line else ""

    def record_at(self, row: int) -> Record | None:
        """The record in a row as far as the columns know it, at the version it was read at; None where it is gone."""
        line = self._line(row)
        if line is None or line.row is None:
            return None
        found = line.row
        kind = KINDS[found.kind]
        known = dict(zip(cells.with_hidden(self._view).columns, found.values, strict=True))
        own = {key: value for key, value in known.items() if key in stored(kind)}
        ref = str(known["ref"]) if "ref" in known else ""
        return kind(id=found.id, version=found.version, ref=ref).having(own)

    def head_at(self, row: int) -> str:
        """What the group is called that begins in a row, and how many it holds; empty where none does."""
        group = self.groups.get(row)
        if group is None:
            return ""
        return group.words(self._words.t)

    def is_late_at(self, row: int) -> bool:
        """The group that begins in a row holds what is overdue in earnest."""
        group = self.groups.get(row)
        return group is not None and group.key == "overdue" and group.number > 0

    def row_of(self, id: int) -> int:
        """Where a record stands; -1 where it is not among them."""
        if self._places is None:
            self._places = {each: place for place, each in enumerate(self._ids)}
        return self._places.get(id, -1)

    # what Qt asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Exact, from the first answer on."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The columns of the view."""
        return 0 if parent.isValid() else len(self._view.columns)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401
        """A cell; fetched with its page where it is not there yet."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role == ID_ROLE:
            return self._ids[index.row()]
        line = self._line(index.row())
        found = self._cell(line, index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return found.text
            case Qt.ItemDataRole.AccessibleTextRole:
                head = self.head_at(index.row()) if index.column() == 0 else ""
                said = f"{self._label(index.column())}: {found.text}"
                return f"{head}. {said}" if head else said
            case Qt.ItemDataRole.TextAlignmentRole:
                return _SIDES[found.is_number]
            case int() if role == LEVEL_ROLE:
                return found.level
            case int() if role == TONE_ROLE:
                return found.tone
            case int() if role == KIND_ROLE:
                return line.kind if line else ""
            case _:
                return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:  # noqa: ANN401
        """The label of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._view.columns):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._label(section)
            case Qt.ItemDataRole.DecorationRole:
                return self._arrow(self._view.columns[section])
            case Qt.ItemDataRole.TextAlignmentRole:
                return _SIDES[cells.is_number(self._kinds()[self._view.columns[section]])]
            case _:
                return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A record that is gone can no longer be chosen. Qt asks this of every chosen row, so nothing is fetched for it."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        lines = self._pages.get(index.row() // PAGE)
        line = lines[index.row() % PAGE] if lines else None
        return _GONE if line is not None and line.row is None else _THERE

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """A new order is a new question."""
        if 0 <= column < len(self._view.columns):
            is_descending = order == Qt.SortOrder.DescendingOrder
            self.ask(replace(self._asked, sort=((self._view.columns[column], is_descending),)))

    def _arrow(self, column: str) -> QIcon | None:
        """The mark of the column that sorts."""
        if not self._view.sort or self._view.sort[0][0] != column:
            return None
        name = "arrow-down" if self._view.sort[0][1] else "arrow-up"
        return icons.icon(self._context.theme, name, "accent", 12)

    # answers

    def _on_answered(self, answer: Answer) -> None:
        self.beginResetModel()
        self._view = self._asked
        self._ids, self._of, self.groups = answer
        self._places = None
        self._pages.clear()
        self._clocks.forget()
        self.endResetModel()
        self.answered.emit()

    def _on_failed(self, error: Expected) -> None:
        if error.id == "busy":
            QTimer.singleShot(_BUSY_MS, self, self.ask_again)
        else:
            self._context.show(error)

    def _on_register_changed(self, changed: Changed) -> None:
        if not changed.kinds.isdisjoint(own.KINDS):
            self._words = replace(self._words, vocabulary=self._context.register.vocabulary)
        if not self.is_seen:
            return
        near = {*self._view.kinds, *own.KINDS, "organisation", *self._clocks.near(self._view)}
        if changed.kinds.isdisjoint(near) and not self._shows(changed.ids):
            return
        self.ask_again()

    def _shows(self, ids: frozenset[int]) -> bool:
        """Some row may name one of these records, as an owner or another link."""
        return bool(ids) and any(isinstance(kind, fields.Links) for kind in self._shown_kinds())

    def _drop(self) -> None:
        if self._job is not None:
            self._job.drop()

    # rows

    def _line(self, row: int) -> _Line | None:
        """A row, or None while the file is busy."""
        page = row // PAGE
        if page not in self._pages:
            if self._again.isActive():
                return None  # busy a moment ago; asking for every cell would hold the window
            self._fetch(page)
        else:
            self._pages.move_to_end(page)
        lines = self._pages.get(page)
        return lines[row % PAGE] if lines else None

    def _fetch(self, page: int) -> None:
        ids = self._ids[page * PAGE : (page + 1) * PAGE]
        register, asked = self._context.register, cells.with_hidden(self._view)
        try:
            rows = {row.id: row for row in register.rows(asked, ids)}
            linked = cells.linked(asked, rows.values())
            names = named(register.names(linked), self._words.t.language)
        except Expected:
            self._again.start()
            return
        self._pages[page] = [_Line(rows.get(id), names) for id in ids]
        if self._clocks.wanted_by(self._view):
            self._clocks.want(ids)
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)

    def _cell(self, line: _Line | None, column: int) -> Cell:
        if line is None:
            return _PLACEHOLDER
        if line.row is None:
            return Cell(
                self._words.t.gettext("no longer here") if column == 0 else "", tone="muted"
            )
        if not line.cells:
            asked = cells.with_hidden(self._view)
            told = self._clocks.told(line.row.id)
            line.cells = cells.line(asked, line.row, self._words, line.names, told)
        return line.cells[column]

    def _shown_kinds(self) -> list[FieldKind]:
        kinds = self._kinds()
        return [kinds[key] for key in self._view.columns]

    def _kinds(self) -> Mapping[str, FieldKind]:
        return cells.columns_of(self._view.kinds)

    def _label(self, column: int) -> str:
        return cells.label(self._view.kinds, self._view.columns[column], self._words.t)
