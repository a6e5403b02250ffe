"""The first page of an import: which file, what was found in it, what its rows are. What was found wrongly can be put right."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_
from riskreg.exchange import encodings
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records import IMPORTED_KINDS
from ui.context import Context
from ui.dialogs.import_shapes import Found, FoundSheet, Wish, Written
from ui.forms.choose import CalmComboBox
from ui.widgets import buttons
from ui.widgets.text import Text

_ROWS: Final = NN_("{number} row", "{number} rows")
_SIGNS: Final = {
    ",": N_("Comma ,"),
    ";": N_("Semicolon ;"),
    "\t": N_("Tab"),
    "|": N_("Bar |"),
}
_LAST_ROW: Final = 25
_GUESS: Final = 0
_FROM_FILE: Final = -1


class FilePage(QWidget):
    """Which file, what its rows are, and what was found in it."""

    rewritten = Signal()
    """A person says that the file is written otherwise than was found."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        gettext, theme = context.t.gettext, context.theme
        self.path = QLineEdit()
        self.chosen = buttons.button(theme, gettext(N_("Choose a file…")), "folder-open")
        self.kind = CalmComboBox(theme)
        self.sheet = CalmComboBox(theme)
        self.header_row = CalmComboBox(theme)
        self.encoding = CalmComboBox(theme)
        self.delimiter = CalmComboBox(theme)
        self.how = CalmComboBox(theme)
        self.mapping = QLineEdit()
        self.choose_mapping = buttons.button(
            theme, gettext(N_("Choose a mapping…")), "folder-open", self._on_choose_mapping
        )
        self.notes = Text(role="small", tone="muted", wraps=True)
        self._found: Found | None = None
        self._written = Written()
        self._lay_out()
        self.sheet.activated.connect(self._show_sheet)
        self.how.activated.connect(self._show_how)
        self.mapping.textChanged.connect(self._on_mapping_changed)
        self.header_row.activated.connect(self._on_written)
        self.encoding.activated.connect(self._on_written)
        self.delimiter.activated.connect(self._on_written)
        self.clear()

    def clear(self) -> None:
        """Nothing was found yet."""
        self._found, self._written = None, Written()
        self.notes.setText("")
        for box in (self.sheet, self.kind, self.how, self.encoding, self.delimiter):
            box.clear()
        self.rest.hide()

    def show_found(self, found: Found) -> None:
        """Show what a file holds."""
        t = self._context.t
        before = self.sheet.currentData()
        self._found = found
        for box in (self.sheet, self.kind, self.encoding, self.delimiter):
            box.clear()
        if found.is_own:
            self.kind.addItem(t.gettext(N_("As the workbook says")), "")
        for kind in IMPORTED_KINDS:
            self.kind.addItem(t.kind_name(kind), kind)
        for sheet in found.sheets:
            rows = t.ngettext(*_ROWS, sheet.rows)
            said = t.gettext(N_("{name} ({rows})")).format(
                name=sheet.name or found.path.name,
                rows=rows.format(number=number_words(sheet.rows)),
            )
            self.sheet.addItem(said, sheet.name)
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(before)))
        self._show_written(found)
        self._show_sheet()
        self.rest.show()

    @property
    def speaks_for_itself(self) -> bool:
        """The workbook says which column is which."""
        return bool(self.kind.currentData() == "")

    @property
    def is_known(self) -> bool:
        """Its columns were said before, for this file or in a mapping file."""
        return isinstance(self.wish().mapping, int)

    def wish(self) -> Wish:
        """How the file shall be read, before anything was said of its columns."""
        path = self.mapping.text().strip()
        how = self.how.currentData()
        mapping: Path | int | None = how if isinstance(how, int) and how > _GUESS else None
        if how == _FROM_FILE and path:
            mapping = Path(path)
        return Wish(
            sheet="" if self.speaks_for_itself else str(self.sheet.currentData() or ""),
            kind=str(self.kind.currentData() or ""),
            mapping=mapping,
            written=self._written,
            targets={},
        )

    def written(self) -> Written:
        """How a person says the file is written."""
        return self._written

    def _show_written(self, found: Found) -> None:
        t = self._context.t
        offered = dict.fromkeys((found.encoding, *encodings.OFFERED)) if found.encoding else {}
        for name in offered:
            self.encoding.addItem(encodings.shown(name), name)
        for sign, words in _SIGNS.items():
            self.delimiter.addItem(t.gettext(words), sign)
        if found.delimiter and self.delimiter.findData(found.delimiter) < 0:
            self.delimiter.addItem(found.delimiter, found.delimiter)
        self.delimiter.setCurrentIndex(self.delimiter.findData(found.delimiter))
        for box in self._of_text:
            box.setVisible(bool(found.encoding))

    def _show_sheet(self) -> None:
        """What is known of the chosen sheet."""
        if self._found is None:
            return
        sheet = self._sheet(self._found)
        self.header_row.clear()
        for row in sorted({*range(1, _LAST_ROW + 1), sheet.header_row}):
            self.header_row.addItem(number_words(row), row)
        self.header_row.setCurrentIndex(self.header_row.findData(sheet.header_row))
        if not self._found.is_own and sheet.kind:
            self.kind.setCurrentIndex(self.kind.findData(sheet.kind))
        gettext = self._context.t.gettext
        self.how.clear()
        if sheet.known:
            said = gettext(N_("As last time, for {file}")).format(file=sheet.known_as)
            self.how.addItem(said, sheet.known)
        self.how.addItem(gettext(N_("Suggest what each becomes")), _GUESS)
        self.how.addItem(gettext(N_("From a mapping file (.toml)")), _FROM_FILE)
        if self.mapping.text().strip():
            self.how.setCurrentIndex(self.how.findData(_FROM_FILE))
        notes = [*self._found.notes, *sheet.notes]
        self.notes.setText("\n".join(notes))
        self._show_how()

    def _show_how(self) -> None:
        self.from_file.setVisible(self.how.currentData() == _FROM_FILE)

    def _sheet(self, found: Found) -> FoundSheet:
        place = max(0, self.sheet.currentIndex())
        return found.sheets[place]

    def _on_written(self) -> None:
        """Read it again as a person says; what stands as found stays to be found."""
        if self._found is None:
            return
        was = self._written
        row, found = self.header_row.currentData(), self._sheet(self._found).header_row
        self._written = Written(
            encoding=_said(self.encoding.currentData(), self._found.encoding, was.encoding),
            delimiter=_said(self.delimiter.currentData(), self._found.delimiter, was.delimiter),
            header_row=row if row != found else was.header_row,
        )
        if self._written != was:
            self.rewritten.emit()

    def _on_mapping_changed(self, text: str) -> None:
        if text.strip():
            self.how.setCurrentIndex(self.how.findData(_FROM_FILE))
            self._show_how()

    def _on_choose_mapping(self) -> None:
        title = self._context.t.gettext(N_("Mapping file"))
        if path := self._context.prompts.open_file(title, "*.toml"):
            self.mapping.setText(str(path))

    def _lay_out(self) -> None:
        gettext, theme = self._context.t.gettext, self._context.theme
        self.rest = QWidget()
        inner = QVBoxLayout(self.rest)
        inner.setContentsMargins(0, theme.space("s"), 0, 0)
        inner.setSpacing(theme.space("s"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("l"))
        grid.setVerticalSpacing(theme.space("xs"))
        fields: tuple[tuple[str, QWidget], ...] = (
            (N_("Sheet"), self.sheet),
            (N_("The rows are"), self.kind),
            (N_("What the columns become"), self.how),
            (N_("The headings are in row"), self.header_row),
            (N_("Written as"), self.encoding),
            (N_("Between the cells"), self.delimiter),
        )
        labels = []
        for place, (label, field) in enumerate(fields):
            labels.append(field_label(gettext(label), field))
            grid.addWidget(labels[-1], place // 3 * 2, place % 3)
            grid.addWidget(field, place // 3 * 2 + 1, place % 3)
            grid.setColumnStretch(place % 3, 1)
        self._of_text = (labels[4], self.encoding, labels[5], self.delimiter)
        inner.addLayout(grid)
        self.from_file = QWidget()
        beside = QHBoxLayout(self.from_file)
        beside.setContentsMargins(0, 0, 0, 0)
        self.mapping.setAccessibleName(gettext(N_("Mapping file")))
        self.mapping.setPlaceholderText(gettext(N_("Mapping file")))
        beside.addWidget(self.mapping, 1)
        beside.addWidget(self.choose_mapping)
        inner.addWidget(self.from_file)
        inner.addSpacing(theme.space("s"))
        inner.addWidget(Text(gettext(N_("What was found")), "strong"))
        inner.addWidget(self.notes)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(field_label(gettext(N_("File")), self.path))
        layout.addLayout(row)
        layout.addWidget(self.rest)
        layout.addStretch(1)


def _said(chosen: object, found: str, was: str) -> str:
    """What a person chose, where it differs from what was found."""
    return str(chosen or "") if chosen != found else was


def field_label(label: str, field: QWidget) -> Text:
    """The label of a field, which it also gives its accessible name."""
    words = Text(label, "small", "muted")
    words.setBuddy(field)
    field.setAccessibleName(label)
    return words
