"""A report as a PDF: which, about what, in which language, where to; or first to look at."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from riskreg import clock, reports
from riskreg.dates import day_words
from riskreg.errors import N_, Expected
from riskreg.formats import number_words, sentences
from riskreg.i18n import NN_, Language, translator
from riskreg.privileged import left_out_words
from riskreg.records.values import Unfit
from riskreg.reports import Paper
from riskreg.reports.sheets import Sheets
from riskreg.typed_dates import read_instant
from riskreg.wording import REPORTS
from riskreg.work import DRAWING, Work
from ui.context import Context
from ui.dialogs.outgoing import OutgoingDialog
from ui.forms.choose import CalmComboBox
from ui.widgets.text import Text

_LEAD: Final = N_("Shows the register as it stands now, with the code of its history on each page.")
_WHICH: Final = N_("Reference of the record")
_NARROW: Final = N_("Only this record (may stay empty)")
_SINCE: Final = N_("From the end of")
_UNTIL: Final = N_("To the end of (empty: now)")
_MOMENT: Final = N_("A day such as {day}, a time, or the number of an entry.")
_YEAR: Final = N_("the beginning of this year")
_OF_A_YEAR: Final = "statistics"
"""The report that shows the calendar year where no moment is given."""
_PAGES: Final = NN_("{report}, {number} page.", "{report}, {number} pages.")
_LACKING: Final = NN_(
    "{number} character is in no font and shows as a box.",
    "{number} characters are in no font and show as boxes.",
)


class _Wish(NamedTuple):
    """What was chosen when a button was pressed; the thread of a job may not ask the controls."""

    name: str
    ref: str
    since: str
    until: str
    language: Language
    by: str


class ReportDialog(OutgoingDialog):
    """Makes one of the reports.

    Args:
        context: What the window shares.
        name: The report that is chosen at first, a key of `riskreg.reports.REPORTS`.
        ref: The one record it shall be about; "" for all.
    """

    def __init__(
        self,
        context: Context,
        name: str = "risk-register",
        ref: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._name = name
        self._given_ref = ref
        gettext = context.t.gettext
        title = gettext(N_("Make a report"))
        file = f"{name}-{ref}" if ref else name
        super().__init__(context, title, gettext(_LEAD), file, ".pdf", parent)
        self._wish = self._asked()

    def options(self) -> None:
        """Which report, about what; and the way to see it first."""
        gettext = self.context.t.gettext
        self.report = CalmComboBox(self.context.theme)
        for name in reports.REPORTS:
            self.report.addItem(gettext(REPORTS[name]), name)
        self.report.setCurrentIndex(self.report.findData(self._name))
        self.report.activated.connect(self._on_report_chosen)
        self.add_field(gettext(N_("Report")), self.report)
        self.ref = QLineEdit(self._given_ref)
        self.since = QLineEdit(self._month_before())
        self.until = QLineEdit()
        self._about = self._fold(_NARROW, self.ref)
        day = day_words(self._today(), self.context.t)
        if self._name == _OF_A_YEAR:
            self.since.clear()
        self._from = self._fold(_SINCE, self.since, gettext(_MOMENT).format(day=day))
        self._to = self._fold(_UNTIL, self.until)
        self.see = self.add_button(gettext(N_("Preview and print…")), self.preview)
        self.see.setShortcut(QKeySequence.StandardKey.Print)
        self._show_options()

    def make(self) -> None:
        """Make the file of what is chosen now; asks before one that exists is replaced."""
        if self._take():
            super().make()

    def preview(self) -> None:
        """Make the report in memory and show its pages."""
        if not self._take():
            return
        wish = self._wish
        self.with_privileged = self.privileged.isChecked()
        self.message.clear()
        self.see.setEnabled(False)
        job = self.context.jobs.read(
            lambda work: self._opened(wish, work),
            doing=DRAWING,
            done=lambda found: self._on_drawn(*found),
            failed=self.fail,
        )
        job.finished.connect(self.allow)
        self.progress.follow(job)
        if job.is_finished:
            self.allow()

    def allow(self) -> None:
        """Let a report be made, or seen, again."""
        super().allow()
        self.see.setEnabled(True)

    def work(self, path: Path, language: Language, work: Work) -> str:
        """Make it and note it in the journal."""
        paper = self._draw(self._wish._replace(language=language), work)
        reports.save(paper, path)
        reports.note(self.context.register, paper, path.name)
        t = self.context.t
        number = number_words(paper.pages)
        said = t.ngettext(*_PAGES, paper.pages)
        said = said.format(report=t.gettext(REPORTS[paper.name]), number=number)
        if paper.lacking:
            boxes = t.ngettext(*_LACKING, paper.lacking)
            said += " " + boxes.format(number=number_words(paper.lacking))
        return sentences(t, said, left_out_words(paper.left_out, t))

    def _draw(self, wish: _Wish, work: Work) -> Paper:
        register = self.context.register
        between = reports.span(register, wish.since, wish.until)
        with register.reader() as reader:
            return reports.draw(
                reader,
                wish.name,
                translator(wish.language),
                ref=wish.ref,
                between=between,
                by=wish.by,
                with_privileged=self.with_privileged,
                work=work,
            )

    def _opened(self, wish: _Wish, work: Work) -> tuple[Paper, Sheets]:
        """Also load here what shows and prints it: that takes longer than a window may stand still."""
        import_module("ui.dialogs.paper")
        paper = self._draw(wish, work)
        return paper, Sheets(paper.content)

    def _on_drawn(self, paper: Paper, sheets: Sheets) -> None:
        from ui.dialogs.paper import PaperDialog  # loaded by `_opened`, not with the window

        shown = PaperDialog(self.context, paper, self.path(), sheets, self)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.open()

    # what is asked for

    def _take(self) -> bool:
        """Take what is chosen; says what cannot be read of it."""
        try:
            self._wish = self._asked()
        except Expected as error:
            self.fail(error)
            return False
        return True

    def _asked(self) -> _Wish:
        is_comparing = reports.REPORTS[self._name].compares
        return _Wish(
            name=self._name,
            ref="" if reports.REPORTS[self._name].about == "all" else self.ref.text().strip(),
            since=self._moment(self.since.text()) if is_comparing else "",
            until=self._moment(self.until.text()) if is_comparing else "",
            language=cast("Language", self.language.currentData()),
            by=self.context.settings.value.working_as,
        )

    def _moment(self, text: str) -> str:
        """A moment as the register reads it; raises `Expected` ("no_moment")."""
        text = text.strip()
        if not text or text.isdecimal():
            return text
        try:
            return str(read_instant(text, self.context.t, self._zone()))
        except Unfit:
            raise Expected("no_moment", moment=text) from None

    def _month_before(self) -> str:
        """The last day of the month before, where the register is older; else nothing, which is its beginning."""
        last = self._today().replace(day=1) - timedelta(days=1)
        try:
            self.context.register.moment(last.isoformat())
        except Expected:
            return ""
        return day_words(last, self.context.t)

    def _today(self) -> date:
        return clock.today(self._zone())

    def _zone(self) -> str:
        return self.context.register.organisation().zone

    # what is shown

    def _fold(self, label: str, field: QLineEdit, help: str = "") -> QWidget:
        """A labelled field that is shown only for some reports; `label` is a msgid, `help` is translated."""
        gettext, theme = self.context.t.gettext, self.context.theme
        name = Text(gettext(label), "small", "muted")
        name.setBuddy(field)
        field.setAccessibleName(gettext(label))
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("xs"))
        layout.addWidget(name)
        layout.addWidget(field)
        if help:
            field.setAccessibleDescription(help)
            layout.addWidget(Text(help, "small", "muted", wraps=True))
        self.body.addWidget(box)
        return box

    def _show_options(self) -> None:
        """Ask what this report needs."""
        is_comparing = reports.REPORTS[self._name].compares
        self._from.setVisible(is_comparing)
        self._to.setVisible(is_comparing)
        is_of_a_year = self._name == _OF_A_YEAR
        self.since.setPlaceholderText(self.context.t.gettext(_YEAR) if is_of_a_year else "")
        about = reports.REPORTS[self._name].about
        self._about.setVisible(about != "all")
        asked = _WHICH if about == "one" else _NARROW
        label = self.context.t.gettext(asked)
        self._about.findChildren(Text)[0].setText(label)
        self.ref.setAccessibleName(label)

    def _on_report_chosen(self) -> None:
        before, self._name = self._name, str(self.report.currentData())
        if self._name == _OF_A_YEAR:
            self.since.clear()
        path = self.path()
        self.where.setText(str(path.with_name(path.name.replace(before, self._name))))
        self._show_options()
