"""Which column of a file becomes which field: one line a column, with its first values and a list to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from riskreg.errors import N_
from riskreg.i18n import Translator
from riskreg.records import Record, every_field, fields
from ui.context import Context
from ui.forms.choose import CalmComboBox

KEEP: Final = "other_facts."
"""What a column becomes that no field is declared for: a named value in Other facts."""
DROP: Final = ""
"""A column that is left out."""
_SAMPLES: Final = 3
_WIDTHS: Final = (160, 200, 210)
_SURE: Final = {"certain": N_("certain"), "likely": N_("likely"), "perhaps": N_("perhaps")}


class Column(NamedTuple):
    """One column of a file: its header, its first values, what it becomes, and why, as a msgid, and how sure that is."""

    header: str
    samples: Sequence[str]
    target: str
    why: str = ""
    sure: str = ""


class ColumnTable(QTableWidget):
    """All columns of a file."""

    mapped = Signal()
    """A person chose another field."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self._context = context
        gettext = context.t.gettext
        labels = (N_("Column of the file"), N_("First values"), N_("Becomes"), N_("Why"))
        self.setHorizontalHeaderLabels([gettext(label) for label in labels])
        self.setAccessibleName(gettext(N_("Columns and fields")))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(context.theme.row_height() + 2)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        self._headers: list[str] = []

    def show_columns(self, kind: type[Record], columns: Sequence[Column]) -> None:
        """Show these columns for a kind of record."""
        self._headers = [column.header for column in columns]
        self.setRowCount(len(columns))
        for row, column in enumerate(columns):
            shown = "  ·  ".join(column.samples[:_SAMPLES])
            for place, text in enumerate((column.header, shown)):
                self.setItem(row, place, QTableWidgetItem(text))
            self.setCellWidget(row, 2, self._box(kind, column))
            self._say_why(row, column)

    def targets(self) -> Mapping[str, str]:
        """What each column becomes: a field, `other_facts.NAME`, or "" where it is left out."""
        return {
            header: str(self.box(row).currentData()) for row, header in enumerate(self._headers)
        }

    def _say_why(self, row: int, column: Column) -> None:
        """Why it was guessed; what a person chose needs no reason."""
        gettext = self._context.t.gettext
        sure = gettext(_SURE[column.sure]) if column.sure else ""
        said = "  ·  ".join(filter(None, (sure, gettext(column.why))))
        item = QTableWidgetItem(said)
        tone = "moderate" if column.sure == "perhaps" else "muted"
        item.setForeground(self._context.theme.color(tone))
        item.setToolTip(said)
        self.setItem(row, 3, item)
        box = self.box(row)
        box.setAccessibleDescription(said)
        box.activated.connect(lambda: self.setItem(row, 3, QTableWidgetItem("")))

    def box(self, row: int) -> CalmComboBox:
        """The list of a line."""
        box = self.cellWidget(row, 2)
        if not isinstance(box, CalmComboBox):
            raise IndexError(row)
        return box

    def _box(self, kind: type[Record], column: Column) -> CalmComboBox:
        gettext = self._context.t.gettext
        box = CalmComboBox(self._context.theme)
        box.setObjectName("cellBox")
        box.addItem(gettext(N_("Keep as another fact")), f"{KEEP}{column.header}")
        box.addItem(gettext(N_("Leave out")), DROP)
        box.insertSeparator(2)
        for key, label in field_labels(kind, self._context.t).items():
            box.addItem(label, key)
        if box.findData(column.target) < 0:
            box.addItem(column.header, column.target)
        box.setCurrentIndex(box.findData(column.target))
        said = gettext(N_("{column} becomes"))
        box.setAccessibleName(said.format(column=column.header))
        box.activated.connect(self.mapped)
        return box


def field_labels(kind: type[Record], t: Translator) -> dict[str, str]:
    """The fields that a column can become, by their labels in the order of declaration."""
    keys = [
        key
        for key, what in every_field(kind).items()
        if not isinstance(what, fields.Derived | fields.Facts) and not what.retired
    ]
    return {key: t.label(kind, key) for key in ("ref", *keys)}
