"""A report before it leaves: its pages as they are, to save or to print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, cast

from PySide6.QtGui import QCloseEvent, QImage, QKeySequence
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from riskreg import reports
from riskreg.errors import N_, Expected
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.reports import Paper
from riskreg.reports.sheets import Sheets
from riskreg.wording import PAPERS
from riskreg.work import WRITING, Work
from ui.context import Context
from ui.dialogs.printing import PRINTING, print_sheets
from ui.dialogs.sheet import Sheet, open_folder
from ui.forms.choose import CalmComboBox
from ui.widgets.sheets_view import Fit, SheetsView, drawn
from ui.widgets.text import Text

_LEAD: Final = N_(
    "These are the pages as they will be saved and printed. Where a copy goes is noted in the history."
)
_PAGE: Final = N_("Page {page} of {pages}")
_SAVED: Final = N_("{file} is saved, with the pages that you see. This file is not encrypted.")
_PRINTED: Final = NN_("{number} page went to {printer}.", "{number} pages went to {printer}.")
_FITS: Final[tuple[tuple[str, Fit], ...]] = (
    (N_("Page width"), "width"),
    (N_("Whole page"), "page"),
)


class PaperDialog(Sheet):
    """Shows a report, saves its bytes, prints its pages.

    Args:
        context: What the window shares.
        paper: The report.
        suggestion: The file it would be saved as.
        sheets: Its pages, opened beside the window; closed with the dialog.
    """

    def __init__(
        self,
        context: Context,
        paper: Paper,
        suggestion: Path,
        sheets: Sheets,
        parent: QWidget | None = None,
    ) -> None:
        gettext = context.t.gettext
        super().__init__(
            context, gettext(PAPERS[paper.name]), gettext(_LEAD), parent=parent, width=760
        )
        self._paper = paper
        self._suggestion = suggestion
        self._sheets = sheets
        self.view = SheetsView(context.theme, self._sheets, self._draw)
        self.view.setAccessibleName(gettext(N_("Pages of the report")))
        self.view.page_changed.connect(self._on_page)
        self.body.addLayout(self._above())
        self.body.addWidget(self.view, 1)
        self.keep = self.add_button(gettext(N_("Save as PDF…")), self.save)
        self.start = self.add_primary(gettext(N_("Print…")), "printer", self.print)
        self.start.setShortcut(QKeySequence.StandardKey.Print)
        self.offer_close()
        self._on_page(0)
        self.resize(820, 720)
        self.view.setFocus()

    def save(self) -> None:
        """Ask where to, and write these bytes there."""
        patterns = self.context.t.gettext(N_("PDF files")) + " (*.pdf)"
        path = self.context.prompts.save_file(self.windowTitle(), patterns, self._suggestion)
        if path is None:
            return
        target = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        said = self.context.t.gettext(_SAVED).format(file=target.name)

        def write(_work: Work) -> None:
            reports.save(self._paper, target)
            reports.note(self.context.register, self._paper, target.name)

        self._do(write, WRITING, lambda _: self._on_saved(said, target))

    def print(self) -> None:
        """Ask for a printer, and print these pages on it."""
        printer = self.context.prompts.printer(self.windowTitle(), len(self._sheets))
        if printer is None:
            return
        name = printer.printerName() or Path(printer.outputFileName()).name

        def send(work: Work) -> int:
            return self._send(printer, name, work)

        self._do(send, PRINTING, lambda number: self._on_printed(number, name))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is going on, then let go of the pages."""
        super().closeEvent(event)
        self._sheets.close()

    def _send(self, printer: QPrinter, name: str, work: Work) -> int:
        """Print, and note it also where somebody stopped it half-way: some pages are out."""
        sent: list[int] = []
        try:
            print_sheets(self._sheets, printer, work, sent.append)
        finally:
            if sent:
                reports.note(self.context.register, self._paper, name)
        return len(sent)

    def _do(
        self, call: Callable[[Work], object], doing: str, done: Callable[[int], object]
    ) -> None:
        """On the lane of questions: pages may take long, and what is typed meanwhile is saved at once."""
        self.message.clear()
        self._allow(False)
        job = self.context.jobs.read(
            call,
            doing=doing,
            done=lambda found: done(cast("int", found)),
            failed=self.fail,
        )
        job.finished.connect(lambda: self._allow(True))
        self.progress.follow(job)
        if job.is_finished:
            self._allow(True)

    def _allow(self, is_allowed: bool) -> None:
        for button in (self.keep, self.start):
            button.setEnabled(is_allowed)

    def _on_saved(self, said: str, target: Path) -> None:
        gettext = self.context.t.gettext
        folder = (gettext(N_("Open the folder")), lambda: open_folder(str(target.parent)))
        self.message.tell(said, folder)
        self.context.events.said.emit(said)

    def _on_printed(self, number: int, printer: str) -> None:
        pattern = self.context.t.ngettext(*_PRINTED, number)
        said = pattern.format(number=number_words(number), printer=printer)
        self.message.tell(said)
        self.context.events.said.emit(said)

    # looking

    def _above(self) -> QHBoxLayout:
        """Which page it is, and how large."""
        gettext = self.context.t.gettext
        self.where = Text(role="small", tone="muted")
        self.fit = CalmComboBox(self.context.theme)
        self.fit.setAccessibleName(gettext(N_("Size of the pages")))
        self.fit.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToContents)
        for label, fit in _FITS:
            self.fit.addItem(gettext(label), fit)
        self.fit.currentIndexChanged.connect(self._on_fit)
        row = QHBoxLayout()
        row.addWidget(self.where, 1)
        row.addWidget(self.fit)
        return row

    def _on_fit(self) -> None:
        self.view.show_fit(cast("Fit", self.fit.currentData()))

    def _on_page(self, page: int) -> None:
        said = self.context.t.gettext(_PAGE).format(page=page + 1, pages=len(self._sheets))
        self.where.setText(said)
        self.view.setAccessibleDescription(said)

    def _draw(self, page: int, wide: int, done: Callable[[QImage], object]) -> None:
        sheets = self._sheets
        self.context.jobs.read(
            lambda _work: drawn(sheets, page, wide), done=done, failed=self._on_not_drawn
        )

    def _on_not_drawn(self, error: Expected) -> None:
        """Nothing where the dialog was closed meanwhile."""
        if self.isVisible():
            self.fail(error)
