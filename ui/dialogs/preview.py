"""What an import would do, line by line, before anything is changed: old value, new value, or why a row is rejected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeAlias, get_args

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from riskreg.errors import N_
from riskreg.i18n import Translator
from ui.context import Context
from ui.tables.named_columns import Index, NamedColumns
from ui.theme import Theme

State: TypeAlias = Literal["new", "changed", "rejected", "unchanged", "left_out"]
STATES: Final[tuple[State, ...]] = get_args(State)
STATE_WORDS: Final[dict[State, str]] = {
    "new": N_("New"),
    "changed": N_("Changed"),
    "rejected": N_("Rejected"),
    "unchanged": N_("Unchanged"),
    "left_out": N_("Left out"),
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
_HAPPENS, _IN_REGISTER, _IN_FILE, _WHY = 1, 4, 5, 6
_WIDTHS: Final = (52, 116, 150, 158, 126, 126)
_ROOMY: Final = 200
"""What the register holds has so much where no line says why: a time is not cut before its hour."""
_READING: Final = N_("Being read again…")
_TONES: Final[dict[State, str]] = {
    "new": "low",
    "changed": "moderate",
    "rejected": "critical",
    "unchanged": "muted",
    "left_out": "muted",
}


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
        reason: Why it is rejected, or which record it may be.
        at: Sheet and number of its row.
        alike: The ref of a record that a new row may be.
    """

    place: str
    state: State
    record: str = ""
    field: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""
    at: tuple[str, int] = ("", 0)
    alike: str = ""

    @property
    def can_be_corrected(self) -> bool:
        """A cell of the file is wrong, and can be typed anew."""
        return self.state == "rejected" and bool(self.field)


class PreviewModel(NamedColumns):
    """The lines of one state, or all of them."""

    corrected = Signal(object, str)
    """Another text was typed in the place of a cell: its `Line`, and the text."""

    def __init__(self, t: Translator, theme: Theme) -> None:
        super().__init__(t, _COLUMNS)
        self._theme = theme
        self._all: Sequence[Line] = ()
        self._shown: Sequence[Line] = ()
        self._wants: Callable[[Line], bool] = lambda line: True

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines, as far as they are wanted."""
        self.beginResetModel()
        self._all = lines
        self._shown = [line for line in lines if self._wants(line)]
        self.endResetModel()

    def show_state(self, state: State | None, *, alike: bool = False) -> None:
        """Show the lines of one state, or those that may be in the register already; None shows all."""
        self._wants = lambda line: bool(line.alike) if alike else state in (None, line.state)
        self.show_lines(self._all)

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._shown[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """A cell; texts are one line each, and whole in the details below the table."""
        line = self._shown[index.row()]
        cells = self._cells(line)
        match role:
            case Qt.ItemDataRole.EditRole:
                return cells[index.column()]
            case Qt.ItemDataRole.BackgroundRole if _is_wrong(line, index):
                return self._theme.color("critical_tint")
            case Qt.ItemDataRole.DisplayRole:
                return " ".join(cells[index.column()].split())
            case Qt.ItemDataRole.ForegroundRole if index.column() == _HAPPENS:
                return self._theme.color(_TONES[line.state])
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._t.gettext(_COLUMNS[index.column()])}: {cells[index.column()]}"
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A cell that is wrong can be typed anew."""
        usual = super().flags(index)
        is_wrong = index.isValid() and _is_wrong(self._shown[index.row()], index)
        return usual | Qt.ItemFlag.ItemIsEditable if is_wrong else usual

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        """Take what was typed and say so; what comes of it is shown when the row was read again."""
        line = self._shown[index.row()]
        text = str(value)
        if not _is_wrong(line, index) or text == line.new:
            return False
        self._put(line, replace(line, new=text, reason=self._t.gettext(_READING)))
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), _WHY))
        self.corrected.emit(line, text)
        return True

    def _put(self, old: Line, new: Line) -> None:
        self._all = [new if line is old else line for line in self._all]
        self._shown = [new if line is old else line for line in self._shown]

    def _cells(self, line: Line) -> tuple[str, ...]:
        state = self._t.gettext(STATE_WORDS[line.state])
        return line.place, state, line.record, line.field, line.old, line.new, line.reason


def _is_wrong(line: Line, index: Index) -> bool:
    return index.column() == _IN_FILE and line.can_be_corrected


class _Marker(QStyledItemDelegate):
    """A cell that is wrong, and what happens to a row, look so where the line is chosen too."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave out the colour of the choice; keep that of the words."""
        super().initStyleOption(option, index)
        if (color := index.data(Qt.ItemDataRole.ForegroundRole)) is not None:
            option.palette.setColor(QPalette.ColorRole.HighlightedText, color)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            option.state &= ~QStyle.StateFlag.State_Selected


class PreviewTable(QTableView):
    """The table of the preview; Enter corrects the cell of the line one is on."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = PreviewModel(context.t, context.theme)
        self.setModel(self.lines)
        self.setObjectName("preview")
        self.setAccessibleName(context.t.gettext(N_("Preview")))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(context.theme.row_height("compact"))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        for column in (_HAPPENS, _IN_FILE):
            self.setItemDelegateForColumn(column, _Marker(self))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; what stands in the register has a column where any line names it."""
        self.lines.show_lines(lines)
        self.setColumnHidden(_IN_REGISTER, not any(line.old for line in lines))
        has_reasons = any(line.reason for line in lines)
        if has_reasons == self.isColumnHidden(_WHY):
            self.setColumnHidden(_WHY, not has_reasons)
            width = _WIDTHS[_IN_REGISTER] if has_reasons else _ROOMY
            self.horizontalHeader().resizeSection(_IN_REGISTER, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Correct the cell that is wrong; otherwise leave Enter to the dialog."""
        index = self.currentIndex().siblingAtColumn(_IN_FILE)
        is_free = self.state() != QAbstractItemView.State.EditingState
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
        if is_free and is_enter and index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
            return
        super().keyPressEvent(event)
