"""What a person does to the cells and records that are chosen in a list: copy, paste, edit many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from riskreg.changes import Changed
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.pasting import Block, Staged, from_text, stage
from riskreg.views import Reader
from ui.context import Context
from ui.tables import copying
from ui.tables.model import RecordModel
from ui.tables.table import RecordTable

_COPIED: Final = NN_("{number} cell copied.", "{number} cells copied.")
_ONE_KIND: Final = N_("Choose records of one kind to edit them together.")
_NOTHING: Final = N_("There is nothing on the clipboard to paste.")
_THERE_ALREADY: Final = N_("Everything that was pasted is there already.")
_TOO_WIDE: Final = NN_(
    "{number} column would fall beyond the list and is left out.",
    "{number} columns would fall beyond the list and are left out.",
)


class ListWork(QObject):
    """Copy, paste and bulk edit for one table.

    Args:
        context: What the window shares.
        table: The table.
        model: Its rows.
        page: Over which dialogs are shown.
    """

    done = Signal(object)
    """Many records were changed: `Changed`."""

    def __init__(
        self, context: Context, table: RecordTable, model: RecordModel, page: QWidget
    ) -> None:
        super().__init__(page)
        self._context = context
        self._table = table
        self._rows = model
        self._page = page

    def copy(self) -> None:
        """Put the chosen cells on the clipboard, as they are seen."""
        ids, keys = self._table.selected_ids(), self._table.chosen_columns()
        if not ids or not keys:
            return
        t, view = self._context.t, self._rows.view
        self._context.ask(lambda reader: copying.texts(reader, t, view, ids, keys), self._on_texts)

    def paste(self) -> None:
        """Read what is on the clipboard against the records it falls on, and show what it would do."""
        text = QApplication.clipboard().text()
        if not text.strip():
            self._say(_NOTHING)
            return
        block, keys, ids = self._landing(from_text(text))
        t = self._context.t
        self._tell_width(block, keys)

        def staged(reader: Reader) -> Staged | None:
            kind = self._one_kind(reader, ids)
            return stage(reader, t, kind, keys, ids, block) if kind else None

        self._context.ask(staged, self._on_staged)

    def edit_many(self) -> None:
        """Edit the chosen records together."""
        ids = self._table.selected_ids()
        if ids:
            self._context.ask(
                lambda reader: self._one_kind(reader, ids), lambda kind: self._edit(kind, ids)
            )

    # copy

    def _on_texts(self, block: Block) -> None:
        QApplication.clipboard().setMimeData(copying.for_clipboard(block))
        number = sum(map(len, block))
        said = self._context.t.ngettext(*_COPIED, number).format(number=number_words(number))
        self._context.events.said.emit(said)

    # paste

    def _landing(self, block: Block) -> tuple[Block, list[str], list[int]]:
        """On which columns and records a block falls: one row or cell fills all that is chosen, as in a spreadsheet."""
        table, chosen = self._table, self._table.chosen
        if len(block) == 1 and chosen.count > 1:
            keys = table.chosen_columns()
            row = block[0] * len(keys) if len(block[0]) == 1 else block[0]
            return (row,) * chosen.count, keys, table.selected_ids()
        if block == (block[0],) and len(block[0]) == 1 and len(chosen.columns) > 1:
            keys = table.chosen_columns()
            return (block[0] * len(keys),), keys, table.selected_ids()
        first = max(0, table.currentIndex().row())
        rows = range(first, min(first + len(block), self._rows.rowCount()))
        keys = table.columns_from_here()[: len(block[0])]
        return block, keys, [self._rows.id_at(row) for row in rows]

    def _tell_width(self, block: Block, keys: Sequence[str]) -> None:
        beyond = len(block[0]) - len(keys)
        if beyond > 0:
            said = self._context.t.ngettext(*_TOO_WIDE, beyond)
            self._context.events.said.emit(said.format(number=number_words(beyond)))

    def _on_staged(self, staged: Staged | None) -> None:
        from ui.dialogs.paste import (
            PasteDialog,
        )  # what shows a preview is loaded when one is wanted

        if staged is None:
            self._say(_ONE_KIND)
        elif not staged.cells:
            self._say(_THERE_ALREADY)
        else:
            dialog = PasteDialog(self._context, staged, self._page)
            dialog.applied.connect(self.done)
            dialog.open()

    # bulk edit

    def _edit(self, kind: str, ids: list[int]) -> None:
        from ui.dialogs.bulk_edit import BulkEditDialog

        if not kind:
            self._say(_ONE_KIND)
            return
        dialog = BulkEditDialog(self._context, kind, ids, self._page)
        dialog.applied.connect(self.done)
        dialog.open()

    def _one_kind(self, reader: Reader, ids: Sequence[int]) -> str:
        """The kind of all these records; empty where they are of several."""
        kinds = self._rows.view.kinds
        if len(kinds) > 1:
            kinds = tuple({name.kind for name in reader.names(ids).values()})
        return kinds[0] if len(kinds) == 1 else ""

    def _say(self, text: str) -> None:
        self._context.events.said.emit(self._context.t.gettext(text))


def changed_words(changed: Changed, context: Context) -> str:
    """How many records a batch changed."""
    number = len(changed.ids)
    forms = NN_("{number} record changed.", "{number} records changed.")
    return context.t.ngettext(*forms, number).format(number=number_words(number))
