"""Import of a spreadsheet in four steps: the file, its columns, a preview, and only then the change, which can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QStackedWidget,
    QWidget,
)

from riskreg.changes import Changed
from riskreg.errors import N_, Expected
from riskreg.wording import records_words
from riskreg.work import COMPARING, READING, SAVING, Work
from ui.context import Context
from ui.dialogs.import_pages import ColumnsPage, FilePage, PreviewPage, counted, preview_words
from ui.dialogs.importer import Columns, Found, Importer, Plan, Wish
from ui.dialogs.sheet import Sheet
from ui.widgets.text import Text

T = TypeVar("T")

_FILE, _COLUMNS, _PREVIEW, _RESULT = range(4)
_TITLES: Final = (
    N_("Import a spreadsheet: the file"),
    N_("Import a spreadsheet: its columns"),
    N_("Import a spreadsheet: preview"),
    N_("Import a spreadsheet: done"),
)
_NEXT: Final = (N_("Next: columns"), N_("Next: preview"), N_("Import"), N_("Done"))


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
        self._has_columns = False
        self.plan: Plan | None = None
        self.pages = QStackedWidget()
        self.file = FilePage(context)
        self.columns = ColumnsPage(context)
        self.preview = PreviewPage(context)
        self.outcome = Text(wraps=True)
        self.outcome.setAlignment(Qt.AlignmentFlag.AlignTop)
        for page in (self.file, self.columns, self.preview, self.outcome):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self.back = self.add_button(gettext(N_("Back")), self._on_back)
        self.undo = self.add_button(gettext(N_("Undo the import")), self._on_undo)
        self.next = self.add_primary("", "", self._on_next)
        self.file.chosen.clicked.connect(self._on_choose)
        self.file.path.editingFinished.connect(self._on_path_entered)
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
        self._do(lambda work: self._importer.find(path, work), READING, self._on_found)

    def wish(self) -> Wish:
        """How the file shall be read, as it is chosen."""
        wish = self.file.wish()
        return self.columns.wish(wish) if self._has_columns else wish

    def go_on(self) -> None:
        """Do what the primary button says."""
        self._on_next()

    # Steps

    def _on_next(self) -> None:
        match self.pages.currentIndex():
            case 0:
                self._ask_columns()
            case 1:
                self._ask_plan()
            case 2:
                self._do(self._importer.apply, SAVING, self._on_applied, writes=True)
            case _:
                self.close()

    def _on_back(self) -> None:
        self._show(self.pages.currentIndex() - 1 if self._has_columns else _FILE)

    def _ask_columns(self) -> None:
        wish = self.file.wish()
        self._has_columns = not self.file.speaks_for_itself
        if self._has_columns:
            self._do(lambda work: self._importer.columns(wish), READING, self._on_columns)
        else:
            self._ask_plan()

    def _ask_plan(self) -> None:
        wish = self.wish()
        self._do(lambda work: self._importer.plan(wish, work), COMPARING, self._on_plan)

    def _on_columns(self, columns: Columns) -> None:
        self.columns.show_columns(columns)
        self._show(_COLUMNS)

    def _on_found(self, found: Found) -> None:
        self.found = found
        self.file.show_found(found)
        self._show(_FILE)

    def _on_plan(self, plan: Plan) -> None:
        self.plan = plan
        self.preview.show_plan(plan)
        self._show(_PREVIEW)

    def _on_applied(self, changed: Changed) -> None:
        self.context.events.changed.emit(changed)
        if self.plan:
            said = self.context.t.gettext(
                N_("Imported: {counts}. One step: Undo takes all of it back.")
            )
            self.outcome.setText(said.format(counts=counted(self.plan, self.context.t)))
        self.offer_close()
        self._show(_RESULT)

    def _on_undo(self) -> None:
        register = self.context.register
        self._do(register.undo, SAVING, self._on_undone, writes=True)

    def _on_undone(self, changed: Changed) -> None:
        self.context.events.changed.emit(changed)
        self.outcome.setText(
            self.context.t.gettext(N_("Taken back. The register is as it was before the import."))
        )
        self.undo.hide()

    def _on_choose(self) -> None:
        t = self.context.t
        patterns = f"{t.gettext(N_('Spreadsheets'))} (*.xlsx *.csv)"
        if path := self.context.prompts.open_file(self.windowTitle(), patterns):
            self.look_at(path)

    def _on_path_entered(self) -> None:
        path = Path(self.file.path.text().strip())
        if self.file.path.text().strip() and (self.found is None or self.found.path != path):
            self.look_at(path)

    # How it looks

    def _show(self, step: int) -> None:
        gettext = self.context.t.gettext
        self.pages.setCurrentIndex(step)
        self.title.setText(gettext(_TITLES[step]))
        self.lead.setText(self._lead(step))
        self.back.setVisible(step in (_COLUMNS, _PREVIEW))
        self.undo.setVisible(step == _RESULT)
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
            case 2 if self.plan:
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
            step in (_COLUMNS, _RESULT)
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
        lane = self.context.jobs.write if writes else self.context.jobs.read
        job = lane(call, doing=doing, done=done, failed=self._on_failed)
        self.progress.follow(job)

    def _on_failed(self, error: Expected) -> None:
        self.fail(error)
        self._allow()
