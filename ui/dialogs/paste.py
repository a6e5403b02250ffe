"""What a pasted range would do: every cell with what it says now and what it would say; bad ones can be corrected or left out."""

from __future__ import annotations

from collections import Counter
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from riskreg.changes import Changed
from riskreg.errors import N_, Expected
from riskreg.formats import number_words, sentences
from riskreg.i18n import NN_
from riskreg.pasting import Cell, Staged, changes_of, reread
from ui.context import Context
from ui.dialogs.changes_table import ChangesTable, Line
from ui.dialogs.sheet import Sheet
from ui.titles import title
from ui.widgets.text import Text

_HEIGHT: Final = 320
_CHANGES: Final = NN_(
    "Nothing has changed yet. {number} cell would change.",
    "Nothing has changed yet. {number} cells would change.",
)
_SAME: Final = NN_("{number} says what is there already.", "{number} say what is there already.")
_BAD: Final = NN_(
    "{number} cannot be read: correct it under “Becomes”, or it is left out.",
    "{number} cannot be read: correct them under “Becomes”, or they are left out.",
)
_NEW: Final = NN_(
    "Make {number} new record from the rows below the list",
    "Make {number} new records from the rows below the list",
)
_DO: Final = NN_("Change {number} cell", "Change {number} cells")


class PasteDialog(Sheet):
    """A staged paste.

    Args:
        context: What the window shares.
        staged: What was read of it.
    """

    saves = True

    applied = Signal(object)
    """The change is made: `Changed`."""

    def __init__(self, context: Context, staged: Staged, parent: QWidget | None = None) -> None:
        super().__init__(context, context.t.gettext(N_("Paste over cells")), "", parent, width=960)
        self._staged = staged
        self.cells: list[Cell | None] = list(staged.cells)
        self._lines = [self._line(cell) for cell in staged.cells]
        self.said = Text("", "body", "muted", wraps=True)
        words = context.t.ngettext(*_NEW, staged.new).format(number=number_words(staged.new))
        self.makes_new = QCheckBox(words)
        self.makes_new.setVisible(staged.new > 0)
        self.makes_new.setChecked(staged.new > 0)
        self.makes_new.toggled.connect(self._count)
        self.table = ChangesTable(context, self._retype)
        self.table.setMinimumHeight(_HEIGHT)
        self.table.lines.show_lines(self._lines)
        self.table.lines.dataChanged.connect(self._count)
        self.body.addWidget(self.said)
        self.body.addWidget(self.makes_new)
        self.body.addWidget(self.table, 1)
        self.apply_button = self.add_primary("", "check", self.apply)
        self._go_to_first_bad()
        self._count()

    def wanted(self) -> list[Cell]:
        """The cells that would be changed as things stand."""
        return [
            cell
            for cell, line in zip(self.cells, self._lines, strict=True)
            if cell is not None and line.state == "changes" and line.is_wanted and self._may(cell)
        ]

    def apply(self) -> None:
        """Change all of them as one step."""
        cells = self.wanted()
        if not cells:
            return
        self.apply_button.setEnabled(False)
        staged = self._staged
        self.context.ask(
            lambda reader: changes_of(reader, staged, cells),
            lambda changes: self.progress.follow(
                self.context.change(changes, self._on_changed, self._on_failed)
            ),
            self._on_failed,
        )

    def _may(self, cell: Cell) -> bool:
        return cell.id > 0 or self.makes_new.isChecked()

    def _line(self, cell: Cell) -> Line:
        t = self.context.t
        label = t.label(self._staged.kind, cell.key)
        reason = t.gettext(cell.reason).format(**cell.parameters) if cell.reason else ""
        record = self._record(cell.id)
        return Line(record, label, cell.was, cell.text, "bad" if cell.is_bad else "changes", reason)

    def _record(self, id: int) -> str:
        """Ref and title, or that it would be new."""
        staged, t = self._staged, self.context.t
        if id in staged.names:
            name = staged.names[id]
            return f"{name.ref} {title(name.kind, name.ref, name.title, t.language)}"
        new = t.gettext(N_("New {number}")).format(number=-id)
        own = (cell.text for cell in staged.cells if (cell.id, cell.key) == (id, "title"))
        return f"{new} {next(own, '')}".strip()

    def _retype(self, row: int, text: str) -> None:
        """Read a cell again after somebody corrected it."""
        staged, before, line = (
            self._staged,
            self.cells[row] or self._staged.cells[row],
            self._lines[row],
        )
        found = reread(self.context.register, self.context.t, staged.kind, before, text)
        self.cells[row] = found
        line.becomes, line.reason, line.state = text, "", "same"
        if found is not None:
            made = self._line(found)
            line.state, line.reason, line.is_wanted = made.state, made.reason, True

    def _go_to_first_bad(self) -> None:
        bad = [row for row, line in enumerate(self._lines) if line.state == "bad"]
        self.table.setCurrentIndex(self.table.lines.index(bad[0] if bad else 0, 3))

    def _count(self) -> None:
        t = self.context.t
        number = len(self.wanted())
        counts = Counter(line.state for line in self._lines)
        told = [t.ngettext(*_CHANGES, number).format(number=number_words(number))]
        same = self._staged.same + counts["same"]
        for forms, found in ((_SAME, same), (_BAD, counts["bad"])):
            if found:
                told.append(t.ngettext(*forms, found).format(number=number_words(found)))
        self.said.setText(sentences(t, *told))
        label = t.ngettext(*_DO, number).format(number=number_words(number))
        self.apply_button.setText(label)
        self.apply_button.setAccessibleName(label)
        self.apply_button.setEnabled(number > 0)

    def _on_changed(self, changed: Changed) -> None:
        self.accept()
        self.applied.emit(changed)

    def _on_failed(self, error: Expected) -> None:
        """Nothing was changed; what was pasted and corrected stays."""
        self.fail(error)
        self._count()
