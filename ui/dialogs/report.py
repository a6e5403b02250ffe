"""A report as a PDF: which, in which language, where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from riskreg import reports
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_, Language, translator
from riskreg.wording import REPORTS
from riskreg.work import Work
from ui.context import Context
from ui.dialogs.outgoing import OutgoingDialog
from ui.forms.choose import CalmComboBox

_PAGES = NN_("{report}, {number} page.", "{report}, {number} pages.")
_LACKING = NN_(
    "{number} character is in no font and shows as a box.",
    "{number} characters are in no font and show as boxes.",
)


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
        self._ref = ref
        gettext = context.t.gettext
        lead = N_("Shows the register as it stands now, with the code of its history on each page.")
        title = gettext(N_("Make a report"))
        super().__init__(context, title, gettext(lead), name, ".pdf", parent)

    def options(self) -> None:
        """Which report."""
        gettext = self.context.t.gettext
        self.report = CalmComboBox(self.context.theme)
        for name in reports.REPORTS:
            self.report.addItem(gettext(REPORTS[name]), name)
        self.report.setCurrentIndex(self.report.findData(self._name))
        self.report.activated.connect(self._on_report_chosen)
        self.add_field(gettext(N_("Report")), self.report)

    def work(self, path: Path, language: Language, work: Work) -> str:
        """Make it and note it in the journal."""
        t = self.context.t
        name = self._name
        made = reports.make_for(
            self.context.register, name, path, translator(language), ref=self._ref, work=work
        )
        number = number_words(made.pages)
        title = t.gettext(REPORTS[name])
        said = t.ngettext(*_PAGES, made.pages).format(report=title, number=number)
        if made.lacking:
            boxes = t.ngettext(*_LACKING, made.lacking)
            said += " " + boxes.format(number=number_words(made.lacking))
        return said

    def _on_report_chosen(self) -> None:
        before, self._name = self._name, str(self.report.currentData())
        path = self.path()
        self.where.setText(str(path.with_name(path.name.replace(before, self._name))))
