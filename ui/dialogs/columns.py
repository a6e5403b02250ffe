"""Which column of a file becomes which field: one line a column, with its first values and a list to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from riskreg.errors import N_
from riskreg.exchange import beside
from riskreg.i18n import Translator
from riskreg.records import Record, every_field, fields
from ui.context import Context
from ui.dialogs.choosing import Chooser, ChoosingTable, Option
from ui.tables.named_columns import Index, NamedColumns

KEEP: Final = "other_facts."
"""What a column becomes that no field is declared for: a named value in Other facts."""
DROP: Final = ""
"""A column that is left out."""
_SAMPLES: Final = 3
_COLUMNS: Final = (N_("Column of the file"), N_("First values"), N_("Becomes"), N_("Why"))
_BECOMES, _WHY = 2, 3
_WIDTHS: Final = (170, 190, 240)
_SURE: Final = {"certain": N_("certain"), "likely": N_("likely"), "perhaps": N_("perhaps")}


class Column(NamedTuple):
    """One column of a file: its header, its first values, what it becomes, and why, as a msgid, and how sure that is."""

    header: str
    samples: Sequence[str]
    target: str
    why: str = ""
    sure: str = ""


class ColumnModel(NamedColumns):
    """The columns of a file and what each becomes."""

    mapped = Signal()
    """A person chose another field."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.t, _COLUMNS)
        self._theme = context.theme
        self._kind: type[Record] = Record
        self._labels: Mapping[str, str] = {}
        self._lines: list[Column] = []

    def show_columns(self, kind: type[Record], columns: Sequence[Column]) -> None:
        """Show these columns for a kind of record."""
        self.beginResetModel()
        self._kind, self._labels = kind, field_labels(kind, self._t)
        self._lines = list(columns)
        self.endResetModel()

    def targets(self) -> Mapping[str, str]:
        """What each column becomes: a field, `other_facts.NAME`, or "" where it is left out."""
        return {line.header: line.target for line in self._lines}

    def target(self, row: int) -> str:
        """What a column becomes."""
        return self._lines[row].target

    def header(self, row: int) -> str:
        """The heading of a column in the file."""
        return self._lines[row].header

    def options(self, row: int) -> list[Option]:
        """What a column can become; that it stays a fact or goes come first."""
        gettext, line = self._t.gettext, self._lines[row]
        found = [
            Option(f"{KEEP}{line.header}", gettext(N_("Keep as another fact"))),
            Option(DROP, gettext(N_("Leave out"))),
            *(Option(key, label) for key, label in self._labels.items()),
        ]
        if all(each.answer != line.target for each in found):
            found.append(Option(line.target, target_label(self._kind, line.target, self._t)))
        return found

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns the file has."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What a column becomes can be chosen."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() == _BECOMES else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """A cell."""
        line, column = self._lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cells(index.row(), line)[column]
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return (
                    f"{self._t.gettext(_COLUMNS[column])}: {self._cells(index.row(), line)[column]}"
                )
            case Qt.ItemDataRole.ForegroundRole if column == _BECOMES:
                is_field = line.target != DROP and not line.target.startswith(KEEP)
                return self._theme.color("accent" if is_field else "muted")
            case Qt.ItemDataRole.ForegroundRole if column == _WHY:
                return self._theme.color("moderate" if line.sure == "perhaps" else "muted")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        """Take what a person chose, which needs no reason."""
        row, line = index.row(), self._lines[index.row()]
        if str(value) == line.target:
            return False
        self._lines[row] = line._replace(target=str(value), why="", sure="")
        self.dataChanged.emit(self.index(row, 0), self.index(row, _WHY))
        self.mapped.emit()
        return True

    def _cells(self, row: int, line: Column) -> tuple[str, ...]:
        shown = "  ·  ".join(line.samples[:_SAMPLES])
        becomes = next(each.words for each in self.options(row) if each.answer == line.target)
        sure = self._t.gettext(_SURE[line.sure]) if line.sure else ""
        why = self._t.gettext(line.why) if line.why else ""
        return line.header, shown, becomes, "  ·  ".join(filter(None, (sure, why)))


class ColumnTable(ChoosingTable):
    """All columns of a file."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.columns = ColumnModel(context)
        super().__init__(context, self.columns, _BECOMES, _WIDTHS, parent)
        model = self.columns
        said = context.t.gettext(N_("{column} becomes"))
        self.setItemDelegateForColumn(
            _BECOMES,
            Chooser(
                context,
                model.options,
                model.target,
                lambda row: said.format(column=model.header(row)),
                2,
                self,
            ),
        )
        self.setAccessibleName(context.t.gettext(N_("Columns and fields")))
        self.mapped = model.mapped

    def show_columns(self, kind: type[Record], columns: Sequence[Column]) -> None:
        """Show these columns for a kind of record."""
        self.columns.show_columns(kind, columns)
        self.selectRow(0)

    def targets(self) -> Mapping[str, str]:
        """What each column becomes: a field, `other_facts.NAME`, or "" where it is left out."""
        return self.columns.targets()

    def choose(self, header: str, target: str) -> None:
        """Let a column become something else."""
        row = list(self.targets()).index(header)
        self.columns.setData(self.columns.index(row, _BECOMES), target)


def field_labels(kind: type[Record], t: Translator) -> dict[str, str]:
    """The fields that a column can become, by their labels in the order of declaration; those of records beside come last."""
    keys = [
        key
        for key, what in every_field(kind).items()
        if not isinstance(what, fields.Derived | fields.Facts) and not what.retired
    ]
    return {**{key: t.label(kind, key) for key in ("ref", *keys)}, **beside.labels(kind, t)}


def target_label(kind: type[Record], target: str, t: Translator) -> str:
    """What a column becomes, where no list offers it: a fact's name, or a field of one of several records beside."""
    if beside.named(kind, target).of:
        return beside.label(kind, target, t)
    return target.partition(".")[2] or target
