"""What many changes would do, line by line, before anything is changed: now, then, and why not. Shared by bulk edit and paste."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal, TypeAlias

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from riskreg.errors import N_
from ui import icons
from ui.context import Context
from ui.tables.named_columns import Index, NamedColumns
from ui.turns import Turns

State: TypeAlias = Literal["changes", "same", "bad"]

_COLUMNS: Final = (N_("Record"), N_("Field"), N_("Now"), N_("Becomes"), N_("Why not"))
RECORD, FIELD, NOW, BECOMES, WHY = range(5)
_WIDTHS: Final = (200, 162, 120, 116)
_AT_ONCE: Final = 60
"""Rows that are given their height before anything is painted: more than can be seen."""
_BESIDE_REASON: Final = 44
"""Pixels of a reason's column that its icon and the edges of the cell take."""
_ABOVE_AND_BELOW: Final = 12


@dataclass(slots=True)
class Line:
    """One field of one record.

    Attributes:
        record: Ref and title.
        field: The label of the field.
        now: Its value in words.
        becomes: What it would become, in words or as it was typed.
        state: Whether something changes, or the text cannot be read.
        reason: Why not.
        is_wanted: It is done; a person may leave a line out.
    """

    record: str
    field: str
    now: str
    becomes: str
    state: State = "changes"
    reason: str = ""
    is_wanted: bool = True


class ChangesModel(NamedColumns):
    """The lines.

    Args:
        context: What the window shares.
        retype: Given a line's number and another text for it; None where nothing can be retyped or left out.
    """

    def __init__(self, context: Context, retype: Callable[[int, str], None] | None = None) -> None:
        super().__init__(context.t, _COLUMNS)
        self._context = context
        self._retype = retype
        self._lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._lines[row]

    def refresh(self, row: int) -> None:
        """A line says something else now."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(_COLUMNS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401
        """A cell."""
        line, column = self._lines[index.row()], index.column()
        text = (line.record, line.field, line.now, line.becomes, line.reason)[column]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return " ".join(text.split())
            case Qt.ItemDataRole.EditRole:
                return text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._context.t.gettext(_COLUMNS[column])}: {text}"
            case Qt.ItemDataRole.ForegroundRole:
                return self._context.theme.color(_tone(line, column))
            case Qt.ItemDataRole.DecorationRole if column == WHY and line.state == "bad":
                return icons.icon(self._context.theme, "triangle-alert", "high", 14)
            case Qt.ItemDataRole.CheckStateRole if column == RECORD and self._retype:
                is_on = line.is_wanted and line.state == "changes"
                return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
            case _:
                return None

    def setData(
        self,
        index: Index,
        value: Any,  # noqa: ANN401
        role: int = int(Qt.ItemDataRole.EditRole),
    ) -> bool:
        """Another text, or whether a line is left out."""
        if self._retype is None:
            return False
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            line.is_wanted = Qt.CheckState(value) == Qt.CheckState.Checked
        else:
            self._retype(index.row(), str(value))
        self.refresh(index.row())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be read again can be retyped; what can be done can be left out."""
        found = super().flags(index)
        if self._retype is None:
            return found
        if index.column() == BECOMES:
            found |= Qt.ItemFlag.ItemIsEditable
        if index.column() == RECORD and self._lines[index.row()].state == "changes":
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found


def _tone(line: Line, column: int) -> str:
    if line.state == "same" or not line.is_wanted:
        return "muted"
    if line.state == "bad" and column in (BECOMES, WHY):
        return "high"
    return "muted" if column in (FIELD, NOW) else "text"


class ChangesTable(QTableView):
    """The table of the lines; a row is as tall as its reason needs."""

    def __init__(
        self,
        context: Context,
        retype: Callable[[int, str], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.lines = ChangesModel(context, retype)
        self.setModel(self.lines)
        self.setObjectName("preview")
        self.setAccessibleName(context.t.gettext(N_("Preview")))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self._usual = context.theme.row_height("compact")
        self._turns = Turns(self)
        self._tall: set[int] = set()
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self._usual)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        if retype is None:  # one field, and nothing that could not be read
            self.hideColumn(FIELD)
            self.hideColumn(WHY)
            header.resizeSection(RECORD, 330)
            header.resizeSection(NOW, 190)
        self.lines.modelReset.connect(self._fit_all)
        self.lines.dataChanged.connect(lambda first, last: self._fit(first.row(), last.row() + 1))
        header.sectionResized.connect(self._on_section_resized)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Reasons run over as many lines as their column makes them."""
        super().resizeEvent(event)
        self._fit_all()

    def _on_section_resized(self, section: int, _before: int, _after: int) -> None:
        if section == WHY:
            self._fit_all()

    def _fit_all(self) -> None:
        """Give every row its height, a few a turn: a paste can have thousands of lines."""
        self._turns.stop()
        number = self.lines.rowCount()
        self._fit(0, min(_AT_ONCE, number))
        for start in range(_AT_ONCE, number, _AT_ONCE):
            end = min(start + _AT_ONCE, number)
            self._turns.add(partial(self._fit, start, end))

    def _fit(self, start: int, end: int) -> None:
        room = self.columnWidth(WHY) - _BESIDE_REASON
        for row in range(start, end):
            reason = self.lines.line(row).reason
            if not reason and row not in self._tall:
                continue
            area = QRect(0, 0, max(room, 1), 10_000)
            text = self.fontMetrics().boundingRect(area, Qt.TextFlag.TextWordWrap.value, reason)
            height = max(self._usual, text.height() + _ABOVE_AND_BELOW) if reason else self._usual
            (self._tall.add if height > self._usual else self._tall.discard)(row)
            self.setRowHeight(row, height)
