"""The register, or the list on the screen, as a workbook or a CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from riskreg import evidence_export
from riskreg.errors import N_, Expected
from riskreg.evidence_export import Left, Sized
from riskreg.exchange import csv_file, narrowed, outgoing
from riskreg.exchange.changed import Period
from riskreg.formats import listed, number_words, sentences
from riskreg.i18n import NN_, Language, Translator, translator
from riskreg.privileged import left_out_words, without
from riskreg.records import REGISTER_KINDS
from riskreg.views import Reader, View, Where
from riskreg.wording import records_words
from riskreg.work import Work
from ui.context import Context
from ui.dialogs.backup import size_words
from ui.dialogs.export_changes import ChangesChoice
from ui.dialogs.outgoing import OutgoingDialog
from ui.forms.choose import CalmComboBox
from ui.widgets.text import Text

_FILES: Final = NN_(
    "With the file of the evidence: {number} file, {size}",
    "With the files of the evidence: {number} files, {size}",
)
_NO_FILES: Final = N_("With the files of the evidence: none is in this export")
_FOLDER: Final = N_("{file} evidence")
_INTO: Final = N_("They go into a new folder beside the file: {folder}")
_WRITTEN: Final = NN_("{number} file is in {folder}.", "{number} files are in {folder}.")
_DIFFERS: Final = N_("Not as they came in, by their SHA-256: {refs}.")
_LACKING: Final = N_("Not in this register: the files of {refs}.")
NO_FILES: Final = Sized(0, 0)
_AUTHORITY: Final = N_(
    "For an authority: {ref} only, with its decisions, notices, timeline and evidence"
)
_COLUMNS: Final = 3
_WIDTH: Final = 620
"""Pixels at 100 %, so that the kinds stand in few rows and all fits on a small screen."""
_FORMATS: Final = (
    (".xlsx", N_("Excel workbook, to change and import again")),
    (".csv", N_("CSV file of one kind, for other programs")),
    ("breaches.csv", N_("Register of breaches (GDPR article 33(5)), CSV")),
    ("breaches.json", N_("Register of breaches (GDPR article 33(5)), JSON")),
)
_BREACHES: Final = N_(
    "Every breach, notified or not, in the columns of the European Data Protection Board's example. Drills, near misses and what was no breach are not in it. It can be imported again."
)


class _Asked(NamedTuple):
    """What was chosen when the button was pressed; the writer's thread may not ask the controls.

    Attributes:
        kinds: Which records.
        view: The list on the screen, where only that is wanted.
        is_redacted: Without titles, free text and names.
        ref: The one record that is wanted with what it is tied to; empty for all.
        changes: Whose changes get a sheet.
        folder: Where the files of the evidence go; None where they are not wanted.
        for_authority: Of `ref` only what an authority is given.
        is_breaches: The register of breaches, which nothing narrows.
    """

    kinds: tuple[str, ...]
    view: View | None
    is_redacted: bool
    ref: str
    changes: Period | None
    folder: Path | None
    for_authority: bool
    is_breaches: bool


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
        self._sized = NO_FILES
        self._view = view if view and len(view.kinds) == 1 and not view.bin else None
        gettext = context.t.gettext
        lead = N_("What leaves the register is read back and compared before it is kept.")
        super().__init__(context, gettext(N_("Export")), gettext(lead), "register", ".xlsx", parent)
        self.privileged.toggled.connect(self._on_chosen)
        self.setMinimumWidth(_WIDTH)
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
        self.breaches = Text(t.gettext(_BREACHES), "small", "muted", wraps=True)
        self.body.addWidget(self.breaches)
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
        words = t.gettext(_AUTHORITY).format(ref=self._ref)
        self.for_authority = QCheckBox(words)
        self.for_authority.setVisible(self._is_incident())
        self.for_authority.toggled.connect(self._on_authority)
        self.body.addWidget(self.for_authority)
        self._add_kinds()
        self.redacted = QCheckBox(t.gettext(N_("Leave out titles, free text and names")))
        self.redacted.toggled.connect(self._on_chosen)
        self.body.addWidget(self.redacted)
        self.changes = ChangesChoice(self.context)
        self.body.addWidget(self.changes)
        self.files = QCheckBox()
        self.folder = Text("", "small", "muted", wraps=True)
        self.where.textChanged.connect(self._tell_files)
        self.files.toggled.connect(self._tell_files)
        self.body.addWidget(self.files)
        self.body.addWidget(self.folder)

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

    @property
    def is_breaches(self) -> bool:
        """The register of breaches is wanted."""
        return str(self.format.currentData()).startswith("breaches")

    def make(self) -> None:
        """Make the file of what is chosen now; asks before one that exists is replaced."""
        is_one = self._is_one()
        view = self._view if self.list_only.isChecked() and not is_one else None
        kinds = view.kinds if view else self._chosen()
        ref = self._ref if is_one else ""
        wants_files = self.files.isChecked() and self.files.isEnabled()
        try:
            changes = None if self.is_csv or self.is_breaches else self.changes.asked()
        except Expected as error:
            self.fail(error)
            return
        folder = self._folder() if wants_files else None
        is_given = self.for_authority.isChecked() and is_one
        is_redacted = self.redacted.isChecked()
        self._asked = _Asked(
            kinds, view, is_redacted, ref, changes, folder, is_given, self.is_breaches
        )
        super().make()

    def work(self, path: Path, language: Language, work: Work) -> str:
        """Write it, read it back, and note in the journal where the copy went."""
        asked, t = self._asked, self.context.t
        if asked.is_breaches:
            return self._write_breaches(path, language, work)
        kinds, view = asked.kinds, asked.view
        where = dict.fromkeys(kinds, view.where) if view else {}
        if asked.ref:
            shown = without(self.context.register, t, is_asked=self.with_privileged)
            where = dict(self._around(shown, for_authority=asked.for_authority))
            kinds = tuple(where)
        words = view.words if view else ""
        with self._files(asked.folder, words, where.get("evidence", ()), work) as left:
            made = outgoing.export_register(
                self.context.register,
                kinds,
                path,
                translator(language),
                words=words,
                where=where,
                sort=dict.fromkeys(kinds, view.sort) if view else None,
                changes=asked.changes,
                is_redacted=asked.is_redacted,
                with_privileged=self.with_privileged,
                for_authority=asked.ref if asked.for_authority else "",
                work=work,
            )
        records = records_words(sum(made.sheets.values()), t)
        said = t.gettext(N_("{records} exported and read back without differences."))
        inside = left_out_words(made.left_out, t)
        told = _left_words(left, asked.folder, t)
        return sentences(t, said.format(records=records), inside, *told)

    def _write_breaches(self, path: Path, language: Language, work: Work) -> str:
        t = self.context.t
        made = outgoing.export_breach_register(
            self.context.register,
            path,
            translator(language),
            with_privileged=self.with_privileged,
            work=work,
        )
        records = records_words(sum(made.sheets.values()), t)
        said = t.gettext(N_("{records} exported and read back without differences."))
        return sentences(t, said.format(records=records), left_out_words(made.left_out, t))

    def _files(
        self, folder: Path | None, words: str, where: Sequence[Where], work: Work
    ) -> AbstractContextManager[list[Left]]:
        """The files of the evidence beside the workbook, where they are wanted."""
        if folder is None:
            return nullcontext([])
        return evidence_export.beside(
            self.context.register,
            folder,
            words=words,
            where=where,
            with_privileged=self.with_privileged,
            work=work,
        )

    def _chosen(self) -> tuple[str, ...]:
        if self.is_csv:
            return (str(self.kind.currentData()),)
        return tuple(kind for kind, box in self.kinds.items() if box.isChecked())

    def _on_format(self) -> None:
        self.use_ending(Path(f"_{self.format.currentData()}").suffix)
        self._on_chosen()

    def _on_chosen(self) -> None:
        is_list = self.list_only.isChecked() or self._is_one()
        self._show_narrowing(not self.is_breaches)
        self.list_only.setEnabled(not self._is_one())
        self.one_only.setEnabled(not self.is_csv and not self.for_authority.isChecked())
        self.for_authority.setEnabled(not self.is_csv)
        self.loses.setVisible(self.is_csv)
        self.kind.setVisible(self.is_csv and not is_list)
        self._boxes.setVisible(not self.is_csv and not self.is_breaches and not is_list)
        self.changes.setVisible(not self.is_csv and not self.is_breaches)
        self.may_start = is_list or self.is_breaches or bool(self._chosen())
        self._sized = self._sizes()
        self._tell_files()
        self.allow()

    def _show_narrowing(self, is_shown: bool) -> None:
        """What narrows an export, where something can."""
        self.breaches.setVisible(not is_shown)
        self.list_only.setVisible(is_shown and self._view is not None)
        self.one_only.setVisible(is_shown and bool(self._ref))
        self.for_authority.setVisible(is_shown and self._is_incident())
        for each in (self.redacted, self.files):
            each.setVisible(is_shown)

    # the files of the evidence

    def _sizes(self) -> Sized:
        """What the files of the evidence that is exported come to; nothing where their names are left out."""
        if self.redacted.isChecked() or self.is_breaches:
            return NO_FILES
        is_asked = self.privileged.isChecked()
        reader = without(self.context.register, self.context.t, is_asked=is_asked)
        if self._is_one():
            return self._sizes_of_one(reader)
        view = self._view if self.list_only.isChecked() else None
        if "evidence" not in (view.kinds if view else self._chosen()):
            return NO_FILES
        words, where = (view.words, view.where) if view else ("", ())
        return evidence_export.sized(reader, words, where)

    def _sizes_of_one(self, reader: Reader) -> Sized:
        """Of the open record; nothing where it is privileged and was not asked for by name."""
        try:
            found = self._around(reader, for_authority=self.for_authority.isChecked())
            where = found.get("evidence")
        except Expected:
            return NO_FILES
        return NO_FILES if where is None else evidence_export.sized(reader, where=where)

    def _folder(self) -> Path:
        """A new folder beside the file, called after it."""
        path, t = self.path(), self.context.t
        name = t.gettext(_FOLDER).format(file=path.stem)
        found, number = path.with_name(name), 1
        while found.exists():
            number += 1
            found = path.with_name(f"{name} {number}")
        return found

    def _tell_files(self) -> None:
        """Say how much would go out, and where to, before anything does."""
        t, (files, size) = self.context.t, self._sized
        said = t.ngettext(*_FILES, files).format(number=number_words(files), size=size_words(size))
        self.files.setText(said if files else t.gettext(_NO_FILES))
        self.files.setEnabled(bool(files))
        self.folder.setText(t.gettext(_INTO).format(folder=self._folder().name))
        self.folder.setVisible(bool(files) and self.files.isChecked())

    def _is_one(self) -> bool:
        """Only the open record and its ties are wanted, which one sheet cannot hold."""
        is_one = self.one_only.isChecked() or self.for_authority.isChecked()
        return is_one and not self.is_csv and not self.is_breaches

    def _is_incident(self) -> bool:
        """Whether the open record is an incident, of which an authority may ask."""
        register = self.context.register
        return bool(self._ref) and register.record(register.find(self._ref)).kind == "incident"

    def _around(self, reader: Reader, *, for_authority: bool) -> Mapping[str, tuple[Where, ...]]:
        """What the open record is exported with."""
        narrow = narrowed.for_authority if for_authority else narrowed.around
        return narrow(reader, self._ref)

    def _on_authority(self) -> None:
        """It is narrower than what the record is tied to, which is not asked about then."""
        if self.for_authority.isChecked():
            self.one_only.setChecked(False)
        self._on_chosen()

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


def _left_words(left: Sequence[Left], folder: Path | None, t: Translator) -> Iterator[str]:
    """What became of the files of the evidence."""
    if folder is None:
        return
    written = [each for each in left if each.path]
    number = len(written)
    said = t.ngettext(*_WRITTEN, number)
    yield said.format(number=number_words(number), folder=folder.name)
    spoilt = [each.ref for each in written if not each.is_whole]
    lacking = [each.ref for each in left if not each.path]
    for refs, pattern in ((spoilt, _DIFFERS), (lacking, _LACKING)):
        if refs:
            yield t.gettext(pattern).format(refs=listed(refs, t))
