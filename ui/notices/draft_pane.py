"""A notice that was not sent yet: what it needs, what it says now, and what can be done with it."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from riskreg import notices
from riskreg.cases import Case, case_of
from riskreg.dates import instant_words
from riskreg.errors import N_
from riskreg.i18n import LANGUAGE_NAMES, LANGUAGES, Language
from riskreg.notice_files import FORM
from riskreg.notices import PaperKind, Written
from riskreg.privileged import left_out, left_out_words
from riskreg.rules.regimes import Rule
from riskreg.views import Reader
from ui.context import Context
from ui.dialogs.sheet import labelled
from ui.forms.choose import CalmComboBox
from ui.notices import entries
from ui.notices.preview import LackCard, Preview
from ui.notices.sources import sources
from ui.widgets import buttons
from ui.widgets.scrolling import dress
from ui.widgets.text import Text

PAPERS: Final[dict[PaperKind, str]] = {
    "letter": N_("Letter"),
    "message": N_("Text message"),
    "script": N_("Script for the telephone"),
    "notice": N_("Notice"),
}
"""What can be made; of a notice that is not for people only the last one."""
FORM_IS: Final = N_("The EDPB's draft of a common form, as JSON; on paper it stands under Reports.")


class DraftPane(QWidget):
    """One notice in the making.

    Args:
        context: What the window shares.
        case: Of the incident.
        line: The notice, or the rule that has none yet.
        rule: What asks for it.
    """

    enter_wanted = Signal(str)
    """Go to this field: `kind.key`."""
    prepare_wanted = Signal()
    approve_wanted = Signal()
    send_wanted = Signal()
    save_wanted = Signal(str)
    """Save the paper as a file that ends so."""

    def __init__(self, context: Context, case: Case, line: entries.Line, rule: Rule) -> None:
        super().__init__()
        self._context = context
        self._case = case
        self._line = line
        self._rule = rule
        self.language = CalmComboBox(context.theme)
        self.paper = CalmComboBox(context.theme)
        self.lacks: LackCard | None = None
        self.preview: Preview | None = None
        self._said = QVBoxLayout()
        self._said.setSpacing(context.theme.space("m"))
        self._fill()
        self._lay_out()
        self.show_paper()
        for box in (self.language, self.paper):
            box.currentIndexChanged.connect(self.show_paper)

    @property
    def chosen_language(self) -> Language:
        """In which it is written."""
        return cast("Language", self.language.currentData())

    @property
    def chosen_paper(self) -> PaperKind:
        """Which paper is shown."""
        return cast("PaperKind", self.paper.currentData())

    def written(self) -> Written:
        """What it says now."""
        return self._written_by(self._sources())

    def _sources(self) -> Reader:
        return sources(self._context, self._case, self.chosen_language)

    def _written_by(self, reader: Reader) -> Written:
        case = case_of(reader, self._case.incident.id)
        return notices.paper(case, self._rule, self.chosen_paper, self.chosen_language, reader)

    def show_paper(self) -> None:
        """Show what it lacks and what it says."""
        _empty(self._said)
        reader = self._sources()
        found = self._written_by(reader)
        gettext = self._context.t.gettext
        if notices.missing(found.prepared):
            self.lacks = LackCard(self._context, found)
            self.lacks.enter_wanted.connect(self.enter_wanted)
            self._said.addWidget(self.lacks)
        else:
            self.lacks = None
            whole = gettext(N_("The record has all that this notice needs."))
            self._said.addWidget(Text(whole, "small", "low", wraps=True))
        withheld = left_out_words(left_out(reader), self._context.t)
        about = self._rule.note.get(self.chosen_language) if self._rule.note else ""
        for note in filter(None, (*found.prepared.notes, withheld)):
            tone = "muted" if note == about else "moderate"
            self._said.addWidget(Text(note, "small", tone, wraps=True))
        self.preview = Preview(self._context, found)
        self._said.addWidget(self.preview)

    def _fill(self) -> None:
        for language in LANGUAGES:
            self.language.addItem(LANGUAGE_NAMES[language], language)
        notice = self._line.notice
        wanted = (notice.text_language if notice else "") or notices.language_of(self._case)
        self.language.setCurrentIndex(max(self.language.findData(wanted), 0))
        for_people = self._rule.recipient == "individuals"
        for kind, label in PAPERS.items():
            if (kind != "notice") == for_people:
                self.paper.addItem(self._context.t.gettext(label), kind)

    def _lay_out(self) -> None:
        theme, gettext = self._context.theme, self._context.t.gettext
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.space("m"), 0)
        column.setSpacing(theme.space("s"))
        column.addWidget(Text(entries.title(self._line, self._context.t), "section", wraps=True))
        for sentence in self._sentences():
            column.addWidget(Text(sentence, "small", "muted", wraps=True))
        row = QHBoxLayout()
        row.setSpacing(theme.space("m"))
        row.addLayout(labelled(theme, gettext(N_("Language")), self.language), 1)
        row.addLayout(labelled(theme, gettext(N_("Paper")), self.paper), 1)
        column.addLayout(row)
        column.addLayout(self._said)
        column.addStretch(1)
        area = QScrollArea()
        dress(area, inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("s"))
        layout.addWidget(area, 1)
        layout.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        """What can be done: files always, and the next of preparing, approving, sending."""
        theme, gettext, notice = self._context.theme, self._context.t.gettext, self._line.notice
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        self.pdf = buttons.button(
            theme, gettext(N_("Save as PDF…")), call=lambda: self.save_wanted.emit(".pdf")
        )
        self.word = buttons.button(
            theme, gettext(N_("Save as Word…")), call=lambda: self.save_wanted.emit(".docx")
        )
        self.form = buttons.button(
            theme, gettext(N_("Common form…")), call=lambda: self.save_wanted.emit(".json")
        )
        self.form.setToolTip(gettext(FORM_IS))
        self.form.setVisible((self._rule.regime, self._rule.recipient) in FORM)
        self.approve = buttons.button(theme, gettext(N_("Approve…")), call=self.approve_wanted.emit)
        if notice is None:
            label, wanted = N_("Prepare this notice"), self.prepare_wanted
        else:
            label, wanted = N_("Record as sent…"), self.send_wanted
        make = buttons.button if self._is_declined() else buttons.primary
        self.next = make(theme, gettext(label), "", wanted.emit)
        may_write = not self._context.register.read_only
        self.approve.setVisible(notice is not None and not notice.approved_by)
        for each in (self.approve, self.next):
            each.setEnabled(may_write)
        for each in (self.pdf, self.word, self.form):
            row.addWidget(each)
        row.addStretch(1)
        for each in (self.approve, self.next):
            row.addWidget(each)
        return row

    def _is_declined(self) -> bool:
        """It was decided not to tell, and nothing is prepared."""
        decision = self._case.standing.get(self._rule.key)
        answer = decision.answer if decision else None
        return self._line.notice is None and answer in ("no", "not_applicable")

    def _sentences(self) -> list[str]:
        """How it stands: what was decided, who prepared and approved it."""
        t, notice = self._context.t, self._line.notice
        decision = self._case.standing.get(self._rule.key)
        said = [t.gettext(N_("Nobody has decided on this notice yet."))]
        if decision is not None:
            answers = self._context.register.vocabulary.terms_of("decision_answer")
            answer = answers.label(decision.answer or "", t.language)
            told = t.gettext(N_("Decided: {answer}, by {who}."))
            said = [told.format(answer=answer, who=decision.decided_by)]
        if notice is not None and notice.prepared_at:
            when = instant_words(notice.prepared_at, t)
            told = t.gettext(N_("{ref}, prepared by {who}, {time}."))
            said.append(told.format(ref=notice.ref, who=notice.prepared_by, time=when))
        if notice is not None and notice.approved_at:
            when = instant_words(notice.approved_at, t)
            told = t.gettext(N_("Approved by {who}, {time}."))
            said.append(told.format(who=notice.approved_by, time=when))
        return said


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
