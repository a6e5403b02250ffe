"""Deciding whether one notice is made: the advice beside it, the answer and the reason a person's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Final, cast

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from riskreg import clock, clock_words, deciding, rule_words
from riskreg.cases import Case
from riskreg.changes import Changed, ChangeSet
from riskreg.deciding import Answer
from riskreg.errors import N_, Expected
from riskreg.i18n import NN_
from riskreg.records import Decision, declared
from riskreg.records.jsons import Json
from riskreg.records.values import Instant, Unfit, zone_of
from riskreg.rules.filing import add_working_days
from riskreg.rules.next_step import undecided
from riskreg.rules.regimes import Rule
from ui.context import Context
from ui.dialogs.drafting import Drafting
from ui.dialogs.leaving import is_given_up
from ui.dialogs.sheet import Sheet, labelled
from ui.forms.choose import ChoiceEditor
from ui.forms.editor import Editor
from ui.forms.editors import editor
from ui.forms.flow import FlowBox
from ui.forms.kept import kept_of, put_back
from ui.forms.kit import Kit
from ui.forms.text import GrowingText, LineEditor
from ui.incident import chips
from ui.widgets.text import Text

ANSWERS: Final[dict[Answer, str]] = {
    "yes": N_("Yes, tell them"),
    "no": N_("No"),
    "not_yet": N_("Not yet"),
    "not_applicable": N_("Does not apply"),
}
_AGAIN: Final = time(10)
"""The hour of the next working day at which it is decided again, unless another is said."""
DRAFT: Final = "{ref}/decision/{rule}"
"""The key of what was typed and not recorded."""
_KINDS: Final = declared(Decision)
_WIDTH: Final = 680
"""Pixels at 100 %."""
_OPEN: Final = NN_(
    "{number} question of the assessment is not answered yet.",
    "{number} questions of the assessment are not answered yet.",
)
_WHERE: Final = {
    "decided_why": "reason",
    "decided_by_whom": "by",
    "decided_again_when": "again",
}
"""What is missing where a decision is refused, by the id of the failure."""


class DecideDialog(Sheet):
    """Asks for one decision; the same can be said of other rules of the incident at once.

    Args:
        context: What the window shares.
        kit: What editors need.
        case: The incident.
        rule: On which rule.
    """

    saves = True

    def __init__(
        self, context: Context, kit: Kit, case: Case, rule: Rule, parent: QWidget | None = None
    ) -> None:
        gettext = context.t.gettext
        title = gettext(N_("Decide: {rule}")).format(rule=rule_words.title(rule, context.t))
        super().__init__(context, title, _clock(case, rule, context), parent, width=_WIDTH)
        self._kit, self.case, self.rule = kit, case, rule
        if case.incident.drill:
            self.body.addWidget(chips.drill_chip())
        self._add_advice()
        self._add_answers()
        self.again = editor(_KINDS["decide_again_at"], kit)
        self.exemption = ChoiceEditor(kit, "notice_exemption")
        self.reason = GrowingText(2)
        self.by = LineEditor(gettext(N_("Name")))
        self.at = editor(_KINDS["decided_at"], kit)
        self.how = ChoiceEditor(kit, "decided_how")
        self.basis = LineEditor()
        self._again_box = self._add(N_("Decide again at"), self.again)
        self.late = Text("", "small", "high", wraps=True)
        self.body.addWidget(self.late)
        self._exemption_box = self._add(N_("Exemption"), self.exemption)
        self._add(
            N_("Reason"),
            self.reason,
            N_("Record why, and who decided; both appear in the register."),
        )
        self._add_row((N_("Decided by"), self.by), (N_("How"), self.how))
        self._add_row((N_("Decided at"), self.at), (N_("Legal basis"), self.basis))
        self.others = self._add_others()
        self.save = self.add_primary(gettext(N_("Record the decision")), "check", self.apply)
        row = next((row for row in case.board(clock.now()) if row.rule.key == rule.key), None)
        self._due = row.clock.due_at if row and row.clock.is_open else None
        self.again.changed.connect(self._on_again_changed)
        self._fill()
        self.draft = Drafting(self, DRAFT.format(ref=case.incident.ref, rule=rule.key), self._written, self._write)  # fmt: skip
        self.resize(_WIDTH, self.minimumSizeHint().height())
        self.reason.setFocus()

    def done(self, result: int) -> None:
        """Ask first where a reason is written and not recorded."""
        is_left = result == self.DialogCode.Rejected and bool(self.reason.toPlainText().strip())
        if not is_left or is_given_up(self.context, self.apply):
            self.draft.end(is_saved=result == self.DialogCode.Accepted)
            super().done(result)

    def _written(self) -> dict[str, Json]:
        """What stands here, for a draft."""
        found: dict[str, Json] = {
            key: kept_of(each, _KINDS[key]) for key, each in self._kept().items()
        }
        also = [rule.key for rule in self._also()]
        return {**found, "answer": self.answer, "reason": self.reason.toPlainText(), "also": also}

    def _write(self, kept: Mapping[str, Json]) -> None:
        """Put a draft back; the cursor stands behind the reason."""
        if answer := self.answers.get(kept.get("answer", "")):
            answer.setChecked(True)
        for key, each in self._kept().items():
            if key in kept:
                put_back(each, _KINDS[key], kept[key], self._kit.zone)
        for rule, box in self.others:
            box.setChecked(rule.key in kept.get("also", ()) or box.isChecked())
        if "reason" in kept:
            self.reason.setPlainText(kept["reason"])
            self.reason.moveCursor(QTextCursor.MoveOperation.End)
        self._on_answered()

    def _kept(self) -> dict[str, Editor]:
        """The editors by the fields that they fill."""
        return {
            "decided_by": self.by,
            "decided_how": self.how,
            "decided_at": self.at,
            "decide_again_at": self.again,
            "exemption": self.exemption,
            "legal_basis": self.basis,
        }

    @property
    def answer(self) -> Answer | None:
        """What was chosen."""
        return next((key for key, each in self.answers.items() if each.isChecked()), None)

    def apply(self) -> None:
        """Record it; what is missing gets the cursor."""
        self.message.clear()
        answer = self.answer
        if answer is None:
            said = N_("Choose an answer first. “Not yet” is one too.")
            self.message.tell(self.context.t.gettext(said))
            return
        try:
            changes = deciding.together(
                self._decided(rule, answer) for rule in (self.rule, *self._also())
            )
        except Unfit:
            return
        except Expected as error:
            self.fail(error)
            self._field(_WHERE.get(error.id, "reason")).setFocus()
            return
        self.save.setEnabled(False)
        self.progress.follow(self.context.change(changes, self._on_saved, self._on_failed))

    def _decided(self, rule: Rule, answer: Answer) -> ChangeSet:
        at = self._moment(self.at)
        return deciding.decide(
            self.case,
            rule,
            answer,
            reason=self.reason.toPlainText(),
            decided_by=cast("str", self.by.value()),
            decided_at=at or Instant.at(clock.now(), self._kit.zone),
            now=clock.now(),
            t=self.context.t,
            how=cast("str | None", self.how.value()),
            again=self._moment(self.again) if answer == "not_yet" else None,
            exemption=cast("str | None", self.exemption.value()) if answer == "no" else None,
            legal_basis=cast("str", self.basis.value()) if rule == self.rule else "",
        )

    def _moment(self, field: Editor) -> Instant | None:
        """What stands in a field; where it cannot be read the cursor goes there, and `Unfit` is raised."""
        try:
            found = field.value()
        except Unfit:
            field.controls()[0].setFocus()
            raise
        return found if isinstance(found, Instant) else None

    def _also(self) -> list[Rule]:
        return [rule for rule, box in self.others if box.isChecked()]

    # What stands there

    def _add_advice(self) -> None:
        t, lists = self.context.t, self._kit.vocabulary
        advice = self.case.advice(self.rule)
        flow = FlowBox(self.context.theme.space("s") - 2)
        marks: list[QWidget] = [
            chips.PlainChip(t.gettext(clock_words.BASES[self.rule.basis]), "quiet")
        ]
        if self.rule.verified == "unverified":
            marks.append(chips.PlainChip(t.gettext(clock_words.UNVERIFIED), "warn"))
        flow.show_widgets(marks)
        self.body.addWidget(flow)
        told = t.gettext(N_("Advice: {advice}.")).format(advice=rule_words.outcome(advice, t))
        self.body.addWidget(Text(told, "strong", wraps=True))
        lines = list(rule_words.reasons(advice, t))
        if advice.missing:
            number = len(advice.missing)
            said = t.ngettext(*_OPEN, number).format(number=number)
            lines.append(said)
        lines.append(rule_words.no_decision(t))
        text = "\n".join(f"• {line}" for line in lines)
        self.body.addWidget(Text(text, "small", "muted", wraps=True))
        if before := self.case.standing.get(self.rule.key):
            label = lists.terms_of("decision_answer").label(before.answer or "", t.language)
            pattern = t.gettext(N_("Decided before: {answer}. {reason}"))
            words = pattern.format(answer=label, reason=before.reason)
            self.body.addWidget(Text(words, "small", "muted", wraps=True))

    def _add_answers(self) -> None:
        gettext = self.context.t.gettext
        self.answers: dict[Answer, QRadioButton] = {}
        self._group = QButtonGroup(self)
        box = FlowBox(self.context.theme.space("l"))
        for key, label in ANSWERS.items():
            made = QRadioButton(gettext(label))
            made.setAccessibleName(gettext(label))
            made.toggled.connect(self._on_answered)
            self._group.addButton(made)
            self.answers[key] = made
        box.show_widgets(list(self.answers.values()))
        self.body.addWidget(box)

    def _add(self, label: str, field: QWidget, help: str = "") -> QWidget:
        """A field with its label, as one widget that can be hidden."""
        gettext, whole = self.context.t.gettext, QWidget()
        control = field.controls()[0] if isinstance(field, Editor) else field
        made = labelled(self.context.theme, gettext(label), field, gettext(help))
        control.setAccessibleName(gettext(label))
        made.setContentsMargins(0, 0, 0, 0)
        whole.setLayout(made)
        self.body.addWidget(whole)
        return whole

    def _add_row(self, *fields: tuple[str, QWidget]) -> None:
        row = QHBoxLayout()
        row.setSpacing(self.context.theme.space("m"))
        for label, field in fields:
            words = self.context.t.gettext(label)
            row.addLayout(labelled(self.context.theme, words, field), 1)
            if isinstance(field, Editor):
                field.controls()[0].setAccessibleName(words)
        self.body.addLayout(row)

    def _add_others(self) -> list[tuple[Rule, QCheckBox]]:
        """Other rules that wait for a decision: the director on the telephone says one thing of all."""
        t = self.context.t
        made = {key for key, each in self.case.standing.items() if each.answer != "not_yet"}
        rows = undecided(self.case.board(clock.now()), {self.rule.key, *made})
        found = []
        if rows:
            self.body.addWidget(Text(t.gettext(N_("The same decision for")), "small", "muted"))
        column = QVBoxLayout()
        column.setSpacing(self.context.theme.space("xs"))
        for row in rows:
            box = QCheckBox(rule_words.title(row.rule, t).replace("&", "&&"))
            box.setAccessibleName(rule_words.title(row.rule, t))
            column.addWidget(box)
            found.append((row.rule, box))
        self.body.addLayout(column)
        return found

    def _fill(self) -> None:
        zone = self._kit.zone
        now = clock.now().replace(second=0, microsecond=0)
        self.at.set_value(Instant(now, zone))
        self.again.set_value(Instant(_next_working_day(now, zone), zone))
        self.basis.set_value(rule_words.reference(self.rule, self.context.t))
        self.by.set_value(self.case.decisions[-1].decided_by if self.case.decisions else "")
        self._on_answered()

    def _on_answered(self) -> None:
        self._again_box.setVisible(self.answer == "not_yet")
        self._on_again_changed()
        self._exemption_box.setVisible(self.answer == "no")

    def _on_again_changed(self) -> None:
        """Say where the clock would be over by then; nobody is kept from it."""
        t, due = self.context.t, self._due
        try:
            again = self.again.value()
        except Unfit:
            again = None
        is_late = isinstance(again, Instant) and due is not None and again.utc > due
        self.late.setVisible(is_late and self.answer == "not_yet")
        if is_late and due is not None:
            said = t.gettext(N_("By then its time is over: it is due {moment}."))
            self.late.setText(said.format(moment=clock_words.due_words(due, self._kit.zone, t)))

    def _field(self, name: str) -> QWidget:
        found: QWidget = getattr(self, name)
        return found.controls()[0] if isinstance(found, Editor) else found

    def _on_saved(self, changed: Changed) -> None:
        answer = self.context.t.gettext(ANSWERS[self.answer or "yes"])
        said = self.context.t.gettext(N_("Decision recorded: {answer}")).format(answer=answer)
        self.context.events.said.emit(said)
        self.accept()

    def _on_failed(self, error: Expected) -> None:
        self.save.setEnabled(True)
        self.fail(error)


def _next_working_day(now: datetime, zone: str) -> datetime:
    """Ten in the morning of the next working day in Hong Kong, on the clocks of the organisation."""
    place = zone_of(zone)
    day = add_working_days(now.astimezone(place).date(), 1, "HK")
    return datetime.combine(day, _AGAIN, place).astimezone(now.tzinfo)


def _clock(case: Case, rule: Rule, context: Context) -> str:
    """How the clock of a rule stands, in a sentence."""
    rows = case.board(clock.now())
    found = next((row.clock for row in rows if row.rule.key == rule.key), None)
    return clock_words.sentence(found, case.organisation.zone, context.t) if found else ""
