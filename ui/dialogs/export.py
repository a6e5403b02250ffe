"""The register, or the list on the screen, as a workbook or a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from riskreg.errors import N_
from riskreg.exchange import csv_file, narrowed, outgoing
from riskreg.i18n import Language, translator
from riskreg.records import REGISTER_KINDS
from riskreg.views import View
from riskreg.wording import records_words
from riskreg.work import Work
from ui.context import Context
from ui.dialogs.outgoing import OutgoingDialog
from ui.forms.choose import CalmComboBox
from ui.widgets.text import Text

_COLUMNS: Final = 2
_FORMATS: Final = (
    (".xlsx", N_("Excel workbook, to change and import again")),
    (".csv", N_("CSV file of one kind, for other programs")),
)


class _Asked(NamedTuple):
    """What was chosen when the button was pressed; the writer's thread may not ask the controls.

    Attributes:
        kinds: Which records.
        view: The list on the screen, where only that is wanted.
        is_redacted: Without titles, free text and names.
        ref: The one record that is wanted with what it is tied to; empty for all.
    """

    kinds: tuple[str, ...]
    view: View | None
    is_redacted: bool
    ref: str


class ExportDialog(OutgoingDialog):
    """Writes a workbook that can be changed in Excel and imported again, or on request a CSV file.

    Args:
        context: What the window shares.
        view: The list on the screen, of one kind; None where there is none.
        ref: The record that is open; empty where none is.
    """

    def __init__(
        self,
        context: Context,
        view: View | None = None,
        parent: QWidget | None = None,
        *,
        ref: str = "",
    ) -> None:
        self._ref = ref
        self._view = view if view and len(view.kinds) == 1 and not view.bin else None
        gettext = context.t.gettext
        lead = N_("What leaves the register is read back and compared before it is kept.")
        super().__init__(context, gettext(N_("Export")), gettext(lead), "register", ".xlsx", parent)
        self._on_chosen()

    def options(self) -> None:
        """As what, and which records."""
        t = self.context.t
        self.format = CalmComboBox(self.context.theme)
        for ending, words in _FORMATS:
            self.format.addItem(t.gettext(words), ending)
        self.format.currentIndexChanged.connect(self._on_format)
        self.add_field(t.gettext(N_("Format")), self.format)
        self.loses = Text("\n".join(map(t.gettext, csv_file.TOLD)), "small", "muted", wraps=True)
        self.body.addWidget(self.loses)
        self.list_only = QCheckBox(self._list_words())
        self.list_only.setVisible(self._view is not None)
        self.list_only.setChecked(self._view is not None and self._is_narrowed())
        self.list_only.toggled.connect(self._on_chosen)
        self.body.addWidget(self.list_only)
        words = t.gettext(N_("Only {ref} and what it is tied to")).format(ref=self._ref)
        self.one_only = QCheckBox(words)
        self.one_only.setVisible(bool(self._ref))
        self.one_only.toggled.connect(self._on_chosen)
        self.body.addWidget(self.one_only)
        self._add_kinds()
        self.redacted = QCheckBox(t.gettext(N_("Leave out titles, free text and names")))
        self.body.addWidget(self.redacted)

    def _add_kinds(self) -> None:
        """Boxes for the sheets of a workbook, a list for the one kind of a CSV file."""
        t = self.context.t
        self.kinds: dict[str, QCheckBox] = {}
        self._boxes = QWidget()
        grid = QGridLayout(self._boxes)
        grid.setContentsMargins(0, 0, 0, 0)
        self.kind = CalmComboBox(self.context.theme)
        self.kind.setAccessibleName(t.gettext(N_("Kind")))
        for place, kind in enumerate(REGISTER_KINDS):
            box = QCheckBox(t.kind_name(kind).replace("&", "&&"))
            box.setChecked(True)
            box.toggled.connect(self._on_chosen)
            self.kinds[kind] = box
            grid.addWidget(box, place // _COLUMNS, place % _COLUMNS)
            self.kind.addItem(t.kind_name(kind), kind)
        shown = self._view.kinds[0] if self._view else "incident"
        self.kind.setCurrentIndex(self.kind.findData(shown))
        self.body.addWidget(self._boxes)
        self.body.addWidget(self.kind)

    @property
    def is_csv(self) -> bool:
        """A CSV file is wanted."""
        return bool(self.format.currentData() == ".csv")

    def make(self) -> None:
        """Make the file of what is chosen now; asks before one that exists is replaced."""
        is_one = self._is_one()
        view = self._view if self.list_only.isChecked() and not is_one else None
        kinds = view.kinds if view else self._chosen()
        ref = self._ref if is_one else ""
        self._asked = _Asked(kinds, view, self.redacted.isChecked(), ref)
        super().make()

    def work(self, path: Path, language: Language, work: Work) -> str:
        """Write it, read it back, and note in the journal where the copy went."""
        kinds, view, is_redacted, ref = self._asked
        where = dict.fromkeys(kinds, view.where) if view else {}
        if ref:
            where = dict(narrowed.around(self.context.register, ref))
            kinds = tuple(where)
        made = outgoing.export_register(
            self.context.register,
            kinds,
            path,
            translator(language),
            words=view.words if view else "",
            where=where,
            sort=dict.fromkeys(kinds, view.sort) if view else None,
            is_redacted=is_redacted,
            work=work,
        )
        records = records_words(sum(made.sheets.values()), self.context.t)
        said = N_("{records} exported and read back without differences.")
        return self.context.t.gettext(said).format(records=records)

    def _chosen(self) -> tuple[str, ...]:
        if self.is_csv:
            return (str(self.kind.currentData()),)
        return tuple(kind for kind, box in self.kinds.items() if box.isChecked())

    def _on_format(self) -> None:
        self.use_ending(str(self.format.currentData()))
        self._on_chosen()

    def _on_chosen(self) -> None:
        is_list = self.list_only.isChecked() or self._is_one()
        self.list_only.setEnabled(not self._is_one())
        self.one_only.setEnabled(not self.is_csv)
        self.loses.setVisible(self.is_csv)
        self.kind.setVisible(self.is_csv and not is_list)
        self._boxes.setVisible(not self.is_csv and not is_list)
        self.may_start = is_list or bool(self._chosen())
        self.allow()

    def _is_one(self) -> bool:
        """Only the open record and its ties are wanted, which one sheet cannot hold."""
        return self.one_only.isChecked() and not self.is_csv

    def _is_narrowed(self) -> bool:
        """Who filtered or searched the list wants that list."""
        return self._view is not None and bool(self._view.where or self._view.words)

    def _list_words(self) -> str:
        if self._view is None:
            return ""
        t = self.context.t
        records = records_words(self.context.register.count(self._view), t)
        said = t.gettext(N_("Only the list on the screen: {kind}, {records}"))
        return said.format(kind=t.kind_name(self._view.kinds[0]), records=records)
