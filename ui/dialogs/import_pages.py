"""The columns of an import and its preview, as pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from riskreg.errors import N_
from riskreg.formats import listed, number_words
from riskreg.i18n import NN_, Translator
from riskreg.records import KINDS, Record, stored
from ui.context import Context
from ui.dialogs.columns import ColumnTable, field_labels, target_label
from ui.dialogs.import_file import field_label
from ui.dialogs.import_reason import ReasonLine
from ui.dialogs.import_shapes import AS_MAPPED, Columns, Plan, Wish
from ui.dialogs.preview import STATE_WORDS, STATES, PreviewTable, State
from ui.forms.choose import CalmComboBox
from ui.widgets import buttons
from ui.widgets.text import Text

LEAVE_OUT: Final = N_("Leave this row out")
TAKE_IN: Final = N_("Import this row after all")
DONE: Final = N_("Imported: {counts}.")
CAN_UNDO: Final = N_("It is one step: Undo takes all of it back.")
IS_KEPT: Final = N_(
    "What the columns become is kept; a file with the same headings goes straight to the preview."
)
REJECTED: Final = NN_(
    "{number} row was rejected. Save it, correct it in Excel and import that file.",
    "{number} rows were rejected. Save them, correct them in Excel and import that file.",
)
HOW_TO: Final = N_("Press Enter to correct the cell here; the file stays as it is.")
_COUNTED: Final[dict[State, str]] = {
    "new": N_("{number} new"),
    "changed": N_("{number} changed"),
    "unchanged": N_("{number} unchanged"),
    "rejected": N_("{number} rejected"),
    "left_out": N_("{number} left out"),
}


class ColumnsPage(QWidget):
    """What each column becomes, and how a row finds its record."""

    checked = Signal()
    """What was chosen was looked at."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._kind: type[Record] = KINDS["incident"]
        gettext = context.t.gettext
        self.table = ColumnTable(context)
        self.key = CalmComboBox(context.theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.problem = Text(role="small", tone="critical", wraps=True)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.problem)
        self.table.mapped.connect(self._check)
        label = N_("A row that is in the register already is found by")
        layout.addWidget(field_label(gettext(label), self.key))
        layout.addWidget(self.key)

    def show_columns(self, columns: Columns) -> None:
        """Show the columns of a sheet."""
        t, kind = self._context.t, KINDS[columns.kind]
        self._kind = kind
        self.table.show_columns(kind, columns.columns)
        self._check()
        self.key.clear()
        self.key.addItem(t.gettext(N_("Nothing: every row is new")), "")
        if columns.key == AS_MAPPED:
            self.key.addItem(t.gettext(N_("What the mapping file says")), AS_MAPPED)
        for key in dict.fromkeys(("ref", "external_ref", "title", columns.key)):
            if key and key != AS_MAPPED:
                known = "." not in key
                self.key.addItem(t.label(kind, key) if known else key.partition(".")[2], key)
        self.key.setCurrentIndex(self.key.findData(columns.key))

    @property
    def is_whole(self) -> bool:
        """Every record gets what it needs, and no field is filled twice."""
        return not self.problem.text()

    def _check(self) -> None:
        chosen = [target for target in self.table.targets().values() if target]
        required = [key for key, what in stored(self._kind).items() if what.required]
        missing = [] if "ref" in chosen else [key for key in required if key not in chosen]
        twice = [key for key, count in Counter(chosen).items() if count > 1]
        t, said = self._context.t, ""
        if twice:
            said = t.gettext(N_("Two columns become {field}; let one of them go."))
        elif missing:
            said = t.gettext(N_("No column becomes {field}, which every record needs."))
        labels = field_labels(self._kind, t)
        named = [labels.get(key) or target_label(self._kind, key, t) for key in twice or missing]
        self.problem.setText(said.format(field=listed(named, t)) if said else "")
        self.problem.setVisible(bool(said))
        self.checked.emit()

    def wish(self, wish: Wish) -> Wish:
        """How the file shall be read with these columns."""
        return replace(wish, targets=self.table.targets(), key=str(self.key.currentData()))


class PreviewPage(QWidget):
    """What would happen, by state, with the whole of a line beneath the table."""

    left_out = Signal(object)
    """A row shall not be imported, or shall be after all: its sheet and number."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        gettext = context.t.gettext
        self.table = PreviewTable(context)
        self.reason = ReasonLine(context)
        self.notes = Text(role="small", tone="muted", wraps=True)
        self.whole = Text(role="small", wraps=True)
        self.leave = buttons.button(context.theme, gettext(LEAVE_OUT), call=self._on_leave)
        self.filters: dict[State | None, QPushButton] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(context.theme.space("s"))
        for state in (None, *STATES):
            self.filters[state] = self._filter(state)
            self._row.addWidget(self.filters[state])
        self.doubtful = self._chip(lambda: self.table.lines.show_state(None, alike=True))
        self._row.addWidget(self.doubtful)
        self._mark(self.filters[None])
        self._row.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.whole, 1)
        foot.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._row)
        layout.addWidget(self.notes)
        layout.addWidget(self.reason)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan, its lines in their order."""
        row = self.table.currentIndex().row()
        self.table.show_lines(plan.lines)
        self.whole.clear()
        self.notes.setText("\n".join(plan.notes))
        self.notes.setVisible(bool(plan.notes))
        self.reason.show_moving(plan.staged.moving if plan.staged else 0, plan.reason)
        gettext = self._context.t.gettext
        for state, button in self.filters.items():
            number = sum(plan.counts.values()) if state is None else plan.counts.get(state, 0)
            name = gettext(N_("All")) if state is None else gettext(STATE_WORDS[state])
            self._count(button, name, number)
        self.filters["left_out"].setVisible(plan.counts.get("left_out", 0) > 0)
        self._count(self.doubtful, gettext(N_("Possible duplicates")), plan.doubtful)
        self.doubtful.setVisible(plan.doubtful > 0)
        if self.table.lines.rowCount() == 0:
            self.table.lines.show_state(None)
            self._mark(self.filters[None])
        self.table.selectRow(min(max(row, 0), self.table.lines.rowCount() - 1))
        self._on_row_changed(self.table.currentIndex())

    def _count(self, button: QPushButton, name: str, number: int) -> None:
        button.setText(f"{name}  {number_words(number)}")
        button.setAccessibleName(button.text())
        button.setEnabled(number > 0)

    def _filter(self, state: State | None) -> QPushButton:
        return self._chip(lambda: self.table.lines.show_state(state))

    def _chip(self, call: Callable[[], object]) -> QPushButton:
        """A filter; the one that is on is marked."""
        made = buttons.chip(self._context.theme, "")
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setCheckable(True)
        made.clicked.connect(lambda: self._choose(made, call))
        return made

    def _choose(self, chosen: QPushButton, call: Callable[[], object]) -> None:
        self._mark(chosen)
        call()
        self.table.selectRow(0)

    def _mark(self, chosen: QPushButton) -> None:
        for each in (*self.filters.values(), self.doubtful):
            each.setChecked(each is chosen)

    def _on_leave(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.left_out.emit(self.table.lines.line(index.row()).at)

    def _on_row_changed(self, current: QModelIndex) -> None:
        self.leave.setVisible(current.isValid())
        if not current.isValid():
            self.whole.clear()
            return
        line = self.table.lines.line(current.row())
        gettext = self._context.t.gettext
        label = TAKE_IN if line.state == "left_out" else LEAVE_OUT
        self.leave.setText(gettext(label))
        self.leave.setAccessibleName(self.leave.text())
        value = f"{line.old} → {line.new}" if line.old else line.new
        field = gettext(N_("{label}: {text}")).format(label=line.field, text=value)
        how = gettext(HOW_TO) if line.can_be_corrected else ""
        words = (line.record, field if line.field else value, line.reason, how)
        self.whole.setText("\n".join(filter(None, words)))


class ResultPage(QWidget):
    """What the import did, and what can be done now."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.counts = Text(role="strong", wraps=True)
        self.rest = Text(wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(context.theme.space("s"))
        layout.addWidget(self.counts)
        layout.addWidget(self.rest)
        layout.addStretch(1)

    def show_done(self, plan: Plan) -> None:
        """The plan was carried out."""
        t = self._context.t
        self.counts.setText(t.gettext(DONE).format(counts=counted(plan, t)))
        rejected = plan.counts.get("rejected", 0)
        words = (
            t.gettext(CAN_UNDO),
            t.ngettext(*REJECTED, rejected).format(number=number_words(rejected))
            if rejected
            else "",
            t.gettext(IS_KEPT) if plan.text else "",
        )
        self.rest.setText("\n\n".join(filter(None, words)))

    def show_undone(self) -> None:
        """It was taken back."""
        gettext = self._context.t.gettext
        self.counts.setText(gettext(N_("Taken back. The register is as it was before the import.")))
        self.rest.clear()


def counted(plan: Plan, t: Translator) -> str:
    """How many rows of each sort: `42 new, 3 changed, 2 rejected`."""
    return listed(
        (
            t.gettext(pattern).format(number=number_words(plan.counts[state]))
            for state, pattern in _COUNTED.items()
            if plan.counts.get(state)
        ),
        t,
    )


def preview_words(plan: Plan, t: Translator) -> str:
    """The sentence above the preview."""
    if plan.counts.get("rejected"):
        said = N_("Nothing has changed yet. {counts}: see why before importing.")
    else:
        said = N_("Nothing has changed yet. {counts}.")
    return t.gettext(said).format(counts=counted(plan, t) or t.gettext(N_("No rows")))
