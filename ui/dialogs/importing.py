"""Import of a spreadsheet: the file, its columns, what its words mean, a preview, and only then the change, which can be undone.

A file whose headings the register knows goes from the first page to the preview.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QStackedWidget,
    QWidget,
)

from riskreg.changes import Changed
from riskreg.errors import N_, Expected
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.wording import records_words
from riskreg.work import COMPARING, READING, SAVING, WRITING, Work
from ui.context import Context
from ui.dialogs.import_answers import AnswersPage
from ui.dialogs.import_file import FilePage
from ui.dialogs.import_pages import ColumnsPage, PreviewPage, ResultPage, preview_words
from ui.dialogs.import_shapes import Columns, Found, Open, Plan, Wish
from ui.dialogs.importer import Importer
from ui.dialogs.preview import Line
from ui.dialogs.sheet import Sheet
from ui.jobs import Job

T = TypeVar("T")

_FILE, _COLUMNS, _ANSWERS, _PREVIEW, _RESULT = range(5)
_TITLES: Final = (
    N_("Import a spreadsheet: the file"),
    N_("Import a spreadsheet: its columns"),
    N_("Import a spreadsheet: what its words mean"),
    N_("Import a spreadsheet: preview"),
    N_("Import a spreadsheet: done"),
)
_NEXT: Final = (
    N_("Next"),
    N_("Next"),
    N_("Next: preview"),
    N_("Import"),
    N_("Done"),
)
_GO_ON: Final = QKeySequence("Ctrl+Return")
"""Goes on from a table too, in which Enter opens a list."""
_REPORTED: Final = NN_(
    "{number} rejected row is in {file}. Correct it there and import that file.",
    "{number} rejected rows are in {file}. Correct them there and import that file.",
)


class ImportDialog(Sheet):
    """Nothing changes before the last step but one.

    Args:
        context: What the window shares.
        path: The file, where it is known already.
    """

    def __init__(
        self, context: Context, path: Path | None = None, parent: QWidget | None = None
    ) -> None:
        gettext = context.t.gettext
        super().__init__(context, gettext(_TITLES[_FILE]), " ", parent, 900)
        self._importer = Importer(context)
        self.found: Found | None = None
        self.plan: Plan | None = None
        self._job: Job | None = None
        self._way: list[int] = []
        self._has_columns = False
        self._has_answers = False
        self._edits: dict[tuple[str, int, str], str] = {}
        self._left_out: frozenset[tuple[str, int]] = frozenset()
        self.pages = QStackedWidget()
        self.file = FilePage(context)
        self.columns = ColumnsPage(context)
        self.answers = AnswersPage(context)
        self.preview = PreviewPage(context)
        self.outcome = ResultPage(context)
        for page in (self.file, self.columns, self.answers, self.preview, self.outcome):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self._add_buttons()
        self._connect()
        self.resize(960, 620)
        self._show(_FILE)
        self.file.chosen.setFocus()
        if path:
            self.look_at(path)

    def look_at(self, path: Path) -> None:
        """Read what a file holds."""
        self.found = None
        self.file.path.setText(str(path))
        self.file.clear()
        self._edits, self._left_out = {}, frozenset()
        self.preview.reason.clear()
        self._do(lambda work: self._importer.find(path, work), READING, self._on_found)

    def wish(self) -> Wish:
        """How the file shall be read, as it is chosen."""
        wish = self.file.wish()
        if self._has_columns:
            wish = self.columns.wish(wish)
        given = self.answers.table.questions.given() if self._has_answers else None
        edits, reason = dict(self._edits), self.preview.reason.text
        return replace(wish, given=given, edits=edits, left_out=self._left_out, reason=reason)

    def go_on(self) -> None:
        """Do what the primary button says."""
        self._on_next()

    def _add_buttons(self) -> None:
        gettext = self.context.t.gettext
        self.back = self.add_button(gettext(N_("Back")), self._on_back)
        self.undo = self.add_button(gettext(N_("Undo the import")), self._on_undo)
        self.errors = self.add_button(gettext(N_("Save the rejected rows…")), self._on_errors)
        self.keep = self.add_button(gettext(N_("Save the mapping…")), self._on_keep)
        self.next = self.add_primary("", "", self._on_next)
        self.next.setToolTip(_GO_ON.toString(QKeySequence.SequenceFormat.NativeText))
        QShortcut(_GO_ON, self, self.next.click)

    def _connect(self) -> None:
        self.file.chosen.clicked.connect(self._on_choose)
        self.file.path.editingFinished.connect(self._on_path_entered)
        self.file.rewritten.connect(self._on_rewritten)
        self.columns.checked.connect(self._allow)
        self.preview.table.lines.corrected.connect(
            self._on_corrected,
            Qt.ConnectionType.QueuedConnection,  # the editor closes first
        )
        self.preview.left_out.connect(self._on_left_out)
        self.preview.reason.given.connect(self._ask_plan)

    # Steps

    def _on_next(self) -> None:
        match self.pages.currentIndex():
            case 0 if self.file.speaks_for_itself:
                self._has_columns = self._has_answers = False
                self._ask_plan()
            case 0 if self.file.is_known:
                self._has_columns = False
                self._ask_answers()
            case 0:
                self._ask_columns()
            case 1:
                self._has_columns = True
                self._ask_answers()
            case 2:
                self._has_answers = True
                self._ask_plan()
            case 3 if self.preview.reason.is_new:
                self._ask_plan()
            case 3:
                self._ask_apply()
            case _:
                self.close()

    def _on_back(self) -> None:
        self._show(self._way.pop() if self._way else _FILE)

    def _ask_columns(self) -> None:
        wish = self.file.wish()
        self._do(lambda work: self._importer.columns(wish, work), READING, self._on_columns)

    def _ask_answers(self) -> None:
        self._has_answers = False
        wish = self.wish()
        self._do(lambda work: self._importer.questions(wish, work), COMPARING, self._on_open)

    def _ask_plan(self) -> None:
        wish = self.wish()
        self._do(lambda work: self._importer.plan(wish, work), COMPARING, self._on_plan)

    def _ask_apply(self) -> None:
        if plan := self.plan:
            self._do(
                lambda work: self._importer.apply(plan, work), SAVING, self._on_applied, writes=True
            )

    def _on_columns(self, columns: Columns) -> None:
        self.columns.show_columns(columns)
        self._go(_COLUMNS)
        self.columns.table.setFocus()

    def _on_open(self, open: Open) -> None:
        self.answers.show_open(open)
        self._has_answers = True
        if open.questions:
            self._go(_ANSWERS)
            self.answers.table.setFocus()
        else:
            self._ask_plan()

    def _on_found(self, found: Found) -> None:
        self.found = found
        self.file.show_found(found)
        self._way = []
        self._show(_FILE)
        self.next.setFocus()

    def _on_plan(self, plan: Plan) -> None:
        self.plan = plan
        self.preview.show_plan(plan)
        self._go(_PREVIEW)
        if not self.preview.reason.line.hasFocus():
            self.preview.table.setFocus()

    def _on_applied(self, changed: Changed) -> None:
        self.context.events.changed.emit(changed)
        if self.plan:
            self.outcome.show_done(self.plan)
        self.offer_close()
        self._show(_RESULT)
        self.next.setFocus()

    def _on_undo(self) -> None:
        register = self.context.register
        self._do(register.undo, SAVING, self._on_undone, writes=True)

    def _on_undone(self, changed: Changed) -> None:
        self.context.events.changed.emit(changed)
        self.outcome.show_undone()
        self.undo.hide()
        self._allow()

    def _on_errors(self) -> None:
        plan = self.plan
        if plan is None or plan.source is None:
            return
        name = plan.source.path
        suggestion = name.with_name(f"{name.stem}-rejected.xlsx")
        title = self.context.t.gettext(N_("Save the rejected rows"))
        if path := self.context.prompts.save_file(title, "Excel (*.xlsx)", suggestion):
            self._do(
                lambda work: (path, self._importer.report(plan, path, work)),
                WRITING,
                self._on_reported,
            )

    def _on_reported(self, told: tuple[Path, int]) -> None:
        path, number = told
        said = self.context.t.ngettext(*_REPORTED, number)
        self.message.tell(said.format(number=number_words(number), file=path.name))
        self._allow()

    def _on_keep(self) -> None:
        plan = self.plan
        if plan is None or plan.source is None:
            return
        suggestion = plan.source.path.with_suffix(".toml")
        title = self.context.t.gettext(N_("Save the mapping"))
        if path := self.context.prompts.save_file(title, "TOML (*.toml)", suggestion):
            self._do(lambda work: self._importer.save_mapping(plan, path), WRITING, self._on_kept)

    def _on_kept(self, path: Path) -> None:
        said = N_("The mapping is in {file}; the command line takes it with --map.")
        self.message.tell(self.context.t.gettext(said).format(file=path.name))
        self._allow()

    def _on_choose(self) -> None:
        t = self.context.t
        spreadsheets = t.gettext(N_("Spreadsheets"))  # in an f-string it would not be found
        patterns = f"{spreadsheets} (*.xlsx *.csv *.json)"
        if path := self.context.prompts.open_file(self.windowTitle(), patterns):
            self.look_at(path)

    def _on_path_entered(self) -> None:
        path = Path(self.file.path.text().strip())
        if self.file.path.text().strip() and (self.found is None or self.found.path != path):
            self.look_at(path)

    def _on_rewritten(self) -> None:
        """Read the file again, written as a person says."""
        if self.found is None:
            return
        path, written = self.found.path, self.file.written()
        self._do(lambda work: self._importer.find(path, work, written), READING, self._on_found)

    def _on_corrected(self, line: Line, text: str) -> None:
        """Read the row again with what was typed; the file stays as it is."""
        self._edits[(*line.at, line.field)] = text
        self._ask_plan()

    def _on_left_out(self, at: tuple[str, int]) -> None:
        self._left_out = self._left_out ^ {at}
        self._ask_plan()

    # How it looks

    def _go(self, step: int) -> None:
        """Go on to a page, from which Back leads here."""
        here = self.pages.currentIndex()
        if here != step:
            self._way.append(here)
        self._show(step)

    def _show(self, step: int) -> None:
        gettext = self.context.t.gettext
        is_here = self.pages.currentIndex() == step
        self.pages.setCurrentIndex(step)
        if not is_here:
            self.message.clear()
        self.title.setText(gettext(_TITLES[step]))
        self.lead.setText(self._lead(step))
        self.lead.setVisible(bool(self.lead.text()))
        self.back.setVisible(step in (_COLUMNS, _ANSWERS, _PREVIEW))
        self.undo.setVisible(step == _RESULT)
        is_mapped = bool(self.plan and self.plan.text)
        is_rejected = bool(self.plan and self.plan.counts.get("rejected"))
        self.errors.setVisible(step in (_PREVIEW, _RESULT) and is_rejected)
        self.keep.setVisible(step == _RESULT and is_mapped)
        self.close_button.setVisible(step != _RESULT)
        self.next.setText(self._next_words(step))
        self.next.setAccessibleName(self.next.text())
        self._allow()

    def _lead(self, step: int) -> str:
        gettext = self.context.t.gettext
        match step:
            case 0:
                return gettext(
                    N_("An Excel workbook (.xlsx) or a CSV file. It is only read, never changed.")
                )
            case 1:
                return gettext(
                    N_(
                        "Check what each column becomes. What fits no field is kept as another fact."
                    )
                )
            case 2:
                return gettext(
                    N_(
                        "The program does not know these. Check what it suggests, and answer the rest."
                    )
                )
            case 3 if self.plan:
                return preview_words(self.plan, self.context.t)
            case _:
                return ""

    def _next_words(self, step: int) -> str:
        """What the primary button does; of an import, to how many records."""
        if step != _PREVIEW or not self._changes():
            return self.context.t.gettext(_NEXT[step])
        records = records_words(self._changes(), self.context.t)
        return self.context.t.gettext(N_("Import {records}")).format(records=records)

    def _changes(self) -> int:
        counts = self.plan.counts if self.plan else {}
        return counts.get("new", 0) + counts.get("changed", 0)

    def _allow(self) -> None:
        """The primary button works when there is something to do."""
        step = self.pages.currentIndex()
        self.next.setEnabled(
            step in (_ANSWERS, _RESULT)
            or (step == _COLUMNS and self.columns.is_whole)
            or (step == _FILE and self.found is not None)
            or (step == _PREVIEW and self._changes() > 0)
        )

    def _do(
        self,
        call: Callable[[Work], T],
        doing: str,
        done: Callable[[T], None],
        *,
        writes: bool = False,
    ) -> None:
        """Work beside the window, with progress in the dialog; a failure is said in it."""
        self.message.clear()
        self.next.setEnabled(False)
        self.saves = writes
        if self._job and not self._job.is_finished and self._job.lane == "read":
            self._job.drop()  # its answer is no longer the one that is wanted
        lane = self.context.jobs.write if writes else self.context.jobs.read
        self._job = lane(call, doing=doing, done=done, failed=self._on_failed)
        self.progress.follow(self._job)

    def _on_failed(self, error: Expected) -> None:
        self.fail(error)
        self._allow()
