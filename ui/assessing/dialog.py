"""How bad could this be for the people? Asked page by page; what was answered is kept whenever one stops."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from riskreg import clock
from riskreg.cases import case_of
from riskreg.changes import Changed
from riskreg.dates import instant_words
from riskreg.deciding import assess
from riskreg.errors import N_, Expected
from riskreg.records import values
from riskreg.records.jsons import Json
from riskreg.records.values import Unfit
from ui.assessing.answers import Answers
from ui.assessing.asked import pages
from ui.assessing.asking_page import AskingPage
from ui.assessing.result_page import ResultPage
from ui.context import Context
from ui.dialogs.sheet import Sheet
from ui.forms.directory import RegisterDirectory
from ui.forms.drafts import DraftKeeper
from ui.forms.kit import Kit
from ui.incident.chips import mark_drill
from ui.widgets import buttons
from ui.widgets.text import Text

DRAFT = "{ref}/assessment"
"""The key of what was answered and not saved."""
_SIZE = (940, 680)
_STEPS_WIDTH = 216


class AssessDialog(Sheet):
    """Guides through one assessment of one incident.

    Args:
        context: What the window shares.
        incident: Its id.
    """

    saves = True

    def __init__(self, context: Context, incident: int, parent: QWidget | None = None) -> None:
        gettext = context.t.gettext
        case = case_of(context.register, incident)
        title = gettext(N_("How bad could this be for the people?"))
        super().__init__(context, title, f"{case.incident.ref} • {case.incident.title}", parent)
        self.case = case
        self.answers = Answers(case, self)
        self.zone = context.register.organisation().zone
        self._key = DRAFT.format(ref=case.incident.ref)
        kit = Kit(
            t=context.t,
            theme=context.theme,
            vocabulary=context.register.vocabulary,
            zone=self.zone,
            directory=RegisterDirectory(context),
        )
        rules = [row.rule for row in case.board(clock.now())]
        asked = pages(context.t, case.incident.data_types, rules)
        self.pages = tuple(AskingPage(kit, page, self.answers) for page in asked)
        self.outcome = ResultPage(kit, case, self.answers, asked, self.go_to)
        self.stack = QStackedWidget()
        for each in (*self.pages, self.outcome):
            self.stack.addWidget(each)
        self.steps: list[QPushButton] = []
        self.is_saved = False
        self._lay_out_pages()
        mark_drill(self.body, case.incident)
        self.back = self.add_button(gettext(N_("Back")), lambda: self._move(-1))
        self.next = self.add_primary("", "", self._on_next)
        self.close_button.setText(gettext(N_("Stop here")))
        self.close_button.setAccessibleName(self.close_button.text())
        self.drafts = DraftKeeper(context, self._written, self)
        self.resize(*_SIZE)
        self.answers.changed.connect(self._show_steps)
        self._begin()
        self.show_page(0)

    def show_page(self, place: int) -> None:
        """Show a page; the last one is what it comes to."""
        self.stack.setCurrentIndex(place)
        if place == len(self.pages):
            self.outcome.show_result()
        else:
            self.pages[place].take_focus()
        self._show_steps()

    def go_to(self, key: str) -> None:
        """Show the question that fills a field."""
        for place, page in enumerate(self.pages):
            if key in page.boxes:
                self.show_page(place)
                page.take_focus(key)

    def save(self) -> None:
        """Keep it as one more assessment; the older ones stay as they are."""
        self.message.clear()
        boxes = (box for page in self.pages for box in page.boxes.values())
        if unread := next((box for box in boxes if not box.is_sound()), None):
            self.go_to(unread.question.key)
            return
        try:
            own = self.outcome.read()
        except Unfit:
            self.outcome.own["made_at"].controls()[0].setFocus()
            return
        at, by = own.pop("made_at"), str(own.pop("made_by") or "")
        moment = at if isinstance(at, values.Instant) else self._now()
        given = {**self.answers.values, **{key: value for key, value in own.items() if value}}
        register, t = self.context.register, self.context.t
        try:
            changes = assess(case_of(register, self.case.incident.id), given, at=moment, by=by, t=t)
        except Expected as error:
            self.fail(error)
            return
        self.next.setEnabled(False)
        job = self.context.change(changes, self._on_saved, self.fail)
        job.finished.connect(self._allow)
        if job.is_finished:
            self._allow()

    def done(self, result: int) -> None:
        """Keep what was answered, unless it was saved."""
        if self.is_saved:
            self.drafts.forget()
        else:
            self.drafts.keep()
        self.drafts.stop()
        super().done(result)

    def _allow(self) -> None:
        self.next.setEnabled(not self.context.register.read_only)

    def _on_saved(self, changed: Changed) -> None:
        self.is_saved = True
        ref = self.context.register.record(changed.new[-1]).ref
        said = self.context.t.gettext(N_("{ref} is saved. Decide on each notice next."))
        self.context.events.said.emit(said.format(ref=ref))
        self.accept()

    def _written(self) -> tuple[str, Mapping[str, Json]] | None:
        """What a draft keeps; nothing where nothing was answered."""
        if self.is_saved or not self.answers.values:
            return None
        return self._key, self.answers.written()

    def _begin(self) -> None:
        """Go on where one stopped; else say that there are answers from before."""
        gettext = self.context.t.gettext
        self.outcome.show_own(self.context.settings.value.working_as, self._now())
        draft = self.drafts.find(self._key)
        if draft is not None:
            self.answers.write(self.drafts.take(), self.zone)
            self.outcome.show_own(self.context.settings.value.working_as, self._now())
            when = instant_words(values.Instant.at(draft.at, self.zone), self.context.t)
            said = gettext(N_("You stopped here at {time}. Your answers are still there."))
            self.message.tell(
                said.format(time=when), (gettext(N_("Begin again")), self._begin_again)
            )
        elif self.case.assessment is not None:
            made = self.case.assessment
            when = instant_words(made.made_at, self.context.t) if made.made_at else made.ref
            said = gettext(
                N_("Assessed before: {time}, {who}. Nothing of it is taken over unasked.")
            )
            self.message.tell(
                said.format(time=when, who=made.made_by),
                (gettext(N_("Answer all as before")), self._take_all),
            )

    def _begin_again(self) -> None:
        self.message.clear()
        self.answers.clear()
        self.outcome.show_own(self.context.settings.value.working_as, self._now())
        self.show_page(0)

    def _take_all(self) -> None:
        self.message.clear()
        self.answers.take_all_before()

    def _now(self) -> values.Instant:
        moment = clock.now().astimezone(UTC).replace(second=0, microsecond=0)
        return values.Instant(moment, self.zone)

    def _on_next(self) -> None:
        if self.stack.currentIndex() == len(self.pages):
            self.save()
        else:
            self._move(1)

    def _move(self, by: int) -> None:
        self.show_page(self.stack.currentIndex() + by)

    def _lay_out_pages(self) -> None:
        theme, gettext = self.context.theme, self.context.t.gettext
        left = QWidget()
        steps = QVBoxLayout(left)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(theme.space("xs"))
        for place in range(len(self.pages) + 1):
            step = buttons.button(theme, "", call=partial(self.show_page, place))
            step.setProperty("look", "step")
            step.setCheckable(True)
            step.setFixedWidth(_STEPS_WIDTH)
            steps.addWidget(step)
            self.steps.append(step)
        steps.addStretch(1)
        kept = Text(
            gettext(N_("What you answer is kept when you stop.")), "small", "muted", wraps=True
        )
        kept.setFixedWidth(_STEPS_WIDTH)
        kept.setHidden(bool(self.context.register.read_only))
        steps.addWidget(kept)
        row = QHBoxLayout()
        row.setSpacing(theme.space("l"))
        row.addWidget(left)
        row.addWidget(self.stack, 1)
        self.body.addLayout(row, 1)

    def _show_steps(self) -> None:
        """The steps with how much of each is answered, and the way on."""
        gettext, here = self.context.t.gettext, self.stack.currentIndex()
        for place, step in enumerate(self.steps):
            label = gettext(N_("What it comes to"))
            if place < len(self.pages):
                page = self.pages[place].page
                told = f"{page.answered(self.answers.values)}/{len(page.questions)}"
                label = f"{page.title}  {told}"
            step.setText(label.replace("&", "&&"))
            step.setAccessibleName(label)
            step.setChecked(place == here)
        is_last = here == len(self.pages)
        self.back.setEnabled(here > 0)
        label = gettext(N_("Save the assessment")) if is_last else gettext(N_("Next"))
        self.next.setText(label)
        self.next.setAccessibleName(label)
        self.next.setEnabled(not is_last or not self.context.register.read_only)
