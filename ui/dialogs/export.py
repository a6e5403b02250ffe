"""A workbook of the register, or of the list on the screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from riskreg.errors import N_
from riskreg.exchange import workbook
from riskreg.i18n import Language, translator
from riskreg.records import REGISTER_KINDS
from riskreg.views import View
from riskreg.wording import records_words
from riskreg.work import Work
from ui.context import Context
from ui.dialogs.outgoing import OutgoingDialog

_COLUMNS = 2


class ExportDialog(OutgoingDialog):
    """Writes a workbook that can be changed in Excel and imported again.

    Args:
        context: What the window shares.
        view: The list on the screen, of one kind; None where there is none.
    """

    def __init__(
        self, context: Context, view: View | None = None, parent: QWidget | None = None
    ) -> None:
        self._view = view if view and len(view.kinds) == 1 and not view.bin else None
        gettext = context.t.gettext
        lead = N_("One sheet for each kind of record. Change it in Excel and import it again.")
        title = gettext(N_("Export to Excel"))
        super().__init__(context, title, gettext(lead), "register", ".xlsx", parent)
        self._on_chosen()

    def options(self) -> None:
        """Which records."""
        t = self.context.t
        self.list_only = QCheckBox(self._list_words())
        self.list_only.setVisible(self._view is not None)
        self.list_only.toggled.connect(self._on_chosen)
        self.body.addWidget(self.list_only)
        grid = QGridLayout()
        self.kinds: dict[str, QCheckBox] = {}
        for place, kind in enumerate(REGISTER_KINDS):
            box = QCheckBox(t.kind_name(kind).replace("&", "&&"))
            box.setChecked(True)
            box.toggled.connect(self._on_chosen)
            self.kinds[kind] = box
            grid.addWidget(box, place // _COLUMNS, place % _COLUMNS)
        self.body.addLayout(grid)

    def work(self, path: Path, language: Language, work: Work) -> str:
        """Write it, read it back, and note in the journal where the copy went."""
        view = self._view if self.list_only.isChecked() else None
        made = workbook.export_register(
            self.context.register,
            view.kinds if view else self._chosen(),
            path,
            translator(language),
            words=view.words if view else "",
            where={view.kinds[0]: view.where} if view else None,
            work=work,
        )
        records = records_words(sum(made.sheets.values()), self.context.t)
        said = N_("{records} exported and read back without differences.")
        return self.context.t.gettext(said).format(records=records)

    def _chosen(self) -> tuple[str, ...]:
        return tuple(kind for kind, box in self.kinds.items() if box.isChecked())

    def _on_chosen(self) -> None:
        for box in self.kinds.values():
            box.setEnabled(not self.list_only.isChecked())
        self.may_start = self.list_only.isChecked() or bool(self._chosen())
        self.allow()

    def _list_words(self) -> str:
        if self._view is None:
            return ""
        t = self.context.t
        records = records_words(self.context.register.count(self._view), t)
        said = t.gettext(N_("Only the list on the screen: {kind}, {records}"))
        return said.format(kind=t.kind_name(self._view.kinds[0]), records=records)
