"""What an import would do, line by line, before anything is changed: old value, new value, or why a row is rejected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, get_args

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from riskreg.errors import N_
from riskreg.i18n import Translator
from ui.context import Context
from ui.theme import Theme

State: TypeAlias = Literal["new", "changed", "rejected", "unchanged"]
STATES: Final[tuple[State, ...]] = get_args(State)
STATE_WORDS: Final[dict[State, str]] = {
    "new": N_("New"),
    "changed": N_("Changed"),
    "rejected": N_("Rejected"),
    "unchanged": N_("Unchanged"),
}
_COLUMNS: Final = (
    N_("Row"),
    N_("What happens"),
    N_("Record"),
    N_("Field"),
    N_("In the register"),
    N_("In the file"),
    N_("Why"),
)
_TONES: Final[dict[State, str]] = {
    "new": "low",
    "changed": "moderate",
    "rejected": "critical",
    "unchanged": "muted",
}
_Index: TypeAlias = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the preview: a new record, one field that changes, or one reason to reject a row.

    Attributes:
        place: Where it stands in the file: `Sheet1 4`.
        state: What happens to it.
        record: Ref and title, or the title alone of a new one.
        field: The label of the field or the header of the column.
        old: In the register.
        new: In the file.
        reason: Why it is rejected.
    """

    place: str
    state: State
    record: str = ""
    field: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""


class PreviewModel(QAbstractTableModel):
    """The lines of one state, or all of them."""

    def __init__(self, t: Translator, theme: Theme) -> None:
        super().__init__()
        self._t = t
        self._theme = theme
        self._all: Sequence[Line] = ()
        self._shown: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line], state: State | None = None) -> None:
        """Show these lines, or those of one state."""
        self.beginResetModel()
        self._all = lines
        self._shown = [line for line in lines if state in (None, line.state)]
        self.endResetModel()

    def show_state(self, state: State | None) -> None:
        """Show the lines of one state; None shows all."""
        self.show_lines(self._all, state)

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._shown[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """The name of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._t.gettext(_COLUMNS[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """A cell; texts are one line each, and whole in the details below the table."""
        line = self._shown[index.row()]
        cells = self._cells(line)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return " ".join(cells[index.column()].split())
            case Qt.ItemDataRole.ForegroundRole if index.column() == 1:
                return self._theme.color(_TONES[line.state])
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._t.gettext(_COLUMNS[index.column()])}: {cells[index.column()]}"
            case _:
                return None

    def _cells(self, line: Line) -> tuple[str, ...]:
        state = self._t.gettext(STATE_WORDS[line.state])
        return line.place, state, line.record, line.field, line.old, line.new, line.reason


class PreviewTable(QTableView):
    """The table of the preview."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = PreviewModel(context.t, context.theme)
        self.setModel(self.lines)
        self.setObjectName("preview")
        self.setAccessibleName(context.t.gettext(N_("Preview")))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(context.theme.row_height("compact"))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate((64, 104, 190, 130, 130, 150)):
            header.resizeSection(column, width)
