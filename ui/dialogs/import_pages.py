"""The steps of an import as pages: the file and what was found in it, and the preview."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from riskreg.errors import N_
from riskreg.formats import listed, number_words
from riskreg.i18n import NN_, Translator
from riskreg.records import KINDS
from ui.context import Context
from ui.dialogs.columns import ColumnTable
from ui.dialogs.importer import AS_MAPPED, Columns, Found, Plan, Wish
from ui.dialogs.preview import STATE_WORDS, STATES, PreviewTable, State
from ui.forms.choose import CalmComboBox
from ui.widgets import buttons
from ui.widgets.text import Text

_KINDS: Final = ("incident", "risk", "asset", "party", "action", "step")
_ROWS: Final = NN_("{number} row", "{number} rows")
_COUNTED: Final[dict[State, str]] = {
    "new": N_("{number} new"),
    "changed": N_("{number} changed"),
    "unchanged": N_("{number} unchanged"),
    "rejected": N_("{number} rejected"),
}


class FilePage(QWidget):
    """Which file, what its rows are, and what was found in it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        gettext = context.t.gettext
        self.path = QLineEdit()
        self.chosen = buttons.button(context.theme, gettext(N_("Choose a file…")), "folder-open")
        self.kind = CalmComboBox(context.theme)
        self.sheet = CalmComboBox(context.theme)
        self.mapping = QLineEdit()
        self.choose_mapping = buttons.button(
            context.theme, gettext(N_("Choose a mapping…")), "folder-open", self._on_choose_mapping
        )
        self.notes = Text(role="small", tone="muted", wraps=True)
        self._lay_out()
        self.clear()

    def clear(self) -> None:
        """Nothing was found yet."""
        self.notes.setText("")
        self.sheet.clear()
        self.kind.clear()
        self.rest.hide()

    def show_found(self, found: Found) -> None:
        """Show what a file holds."""
        t = self._context.t
        if found.is_own:
            self.kind.addItem(t.gettext(N_("As the workbook says")), "")
        for kind in _KINDS:
            self.kind.addItem(t.kind_name(kind), kind)
        for sheet in found.sheets:
            rows = t.ngettext(*_ROWS, sheet.rows)
            said = t.gettext(N_("{name} ({rows})")).format(
                name=sheet.name or found.path.name,
                rows=rows.format(number=number_words(sheet.rows)),
            )
            self.sheet.addItem(said, sheet.name)
        notes = [*found.notes, *(note for sheet in found.sheets for note in sheet.notes)]
        self.notes.setText("\n".join(notes))
        self.rest.show()

    @property
    def speaks_for_itself(self) -> bool:
        """The workbook says which column is which."""
        return bool(self.kind.currentData() == "")

    def wish(self) -> Wish:
        """How the file shall be read, before anything was said of its columns."""
        mapping = self.mapping.text().strip()
        return Wish(
            sheet="" if self.speaks_for_itself else str(self.sheet.currentData() or ""),
            kind=str(self.kind.currentData() or ""),
            mapping=Path(mapping) if mapping else None,
            targets={},
        )

    def _on_choose_mapping(self) -> None:
        title = self._context.t.gettext(N_("Mapping file"))
        if path := self._context.prompts.open_file(title, "*.toml"):
            self.mapping.setText(str(path))

    def _lay_out(self) -> None:
        gettext, theme = self._context.t.gettext, self._context.theme
        self.rest = QWidget()
        inner = QVBoxLayout(self.rest)
        inner.setContentsMargins(0, theme.space("s"), 0, 0)
        inner.setSpacing(theme.space("xs"))
        for label, field in ((N_("The rows are"), self.kind), (N_("Sheet"), self.sheet)):
            inner.addWidget(_label(gettext(label), field))
            inner.addWidget(field)
        inner.addWidget(_label(gettext(N_("Mapping file (.toml), if you have one")), self.mapping))
        beside = QHBoxLayout()
        beside.addWidget(self.mapping, 1)
        beside.addWidget(self.choose_mapping)
        inner.addLayout(beside)
        inner.addWidget(Text(gettext(N_("What was found")), "strong"))
        inner.addWidget(self.notes)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(_label(gettext(N_("File")), self.path))
        layout.addLayout(row)
        layout.addWidget(self.rest)
        layout.addStretch(1)


class ColumnsPage(QWidget):
    """What each column becomes, and how a row finds its record."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        gettext = context.t.gettext
        self.table = ColumnTable(context)
        self.key = CalmComboBox(context.theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        label = N_("A row that is in the register already is found by")
        layout.addWidget(_label(gettext(label), self.key))
        layout.addWidget(self.key)

    def show_columns(self, columns: Columns) -> None:
        """Show the columns of a sheet."""
        t, kind = self._context.t, KINDS[columns.kind]
        self.table.show_columns(kind, columns.columns)
        self.key.clear()
        self.key.addItem(t.gettext(N_("Nothing: every row is new")), "")
        if columns.key == AS_MAPPED:
            self.key.addItem(t.gettext(N_("What the mapping file says")), AS_MAPPED)
        for key in dict.fromkeys(("ref", "external_ref", "title", columns.key)):
            if key and key != AS_MAPPED:
                known = "." not in key
                self.key.addItem(t.label(kind, key) if known else key.partition(".")[2], key)
        self.key.setCurrentIndex(self.key.findData(columns.key))

    def wish(self, wish: Wish) -> Wish:
        """How the file shall be read with these columns."""
        return replace(wish, targets=self.table.targets(), key=str(self.key.currentData()))


class PreviewPage(QWidget):
    """What would happen, by state, with the whole of a line beneath the table."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.table = PreviewTable(context)
        self.whole = Text(role="small", wraps=True)
        self.filters: dict[State | None, QPushButton] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(context.theme.space("s"))
        for state in (None, *STATES):
            self.filters[state] = self._filter(state)
            self._row.addWidget(self.filters[state])
        self._row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._row)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.whole)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan: what is rejected first, since it needs somebody."""
        order = {
            state: place for place, state in enumerate(("rejected", "changed", "new", "unchanged"))
        }
        lines = sorted(plan.lines, key=lambda line: order[line.state])
        self.table.lines.show_lines(lines)
        self.whole.clear()
        gettext = self._context.t.gettext
        for state, button in self.filters.items():
            number = sum(plan.counts.values()) if state is None else plan.counts.get(state, 0)
            name = gettext(N_("All")) if state is None else gettext(STATE_WORDS[state])
            button.setText(f"{name}  {number_words(number)}")
            button.setAccessibleName(button.text())
            button.setEnabled(number > 0)

    def _filter(self, state: State | None) -> QPushButton:
        made = buttons.chip(
            self._context.theme, "", call=lambda: self.table.lines.show_state(state)
        )
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made

    def _on_row_changed(self, current: QModelIndex) -> None:
        if not current.isValid():
            self.whole.clear()
            return
        line = self.table.lines.line(current.row())
        value = f"{line.old} → {line.new}" if line.old else line.new
        field = self._context.t.gettext(N_("{label}: {text}")).format(label=line.field, text=value)
        words = (line.record, field if line.field else value, line.reason)
        self.whole.setText("\n".join(filter(None, words)))


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


def _label(label: str, field: QWidget) -> Text:
    """The label of a field, which it also gives its accessible name."""
    words = Text(label, "small", "muted")
    words.setBuddy(field)
    field.setAccessibleName(label)
    return words
