"""One rule on the board of an incident: its clock, what is advised, what was decided, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from riskreg import clock_words, rule_words
from riskreg.dates import instant_words
from riskreg.errors import N_
from riskreg.formats import listed
from riskreg.records import Decision
from riskreg.records.values import Instant
from riskreg.rules.board import Row
from riskreg.rules.regimes import Rule
from ui.context import Context
from ui.forms.flow import FlowBox
from ui.incident import chips
from ui.incident.changed_times import Shift, shift_words
from ui.incident.loaded import Loaded
from ui.widgets import buttons
from ui.widgets.text import Text

_DECIDABLE: Final = ("individuals", "authority", "other")
DECIDED: Final = N_("{answer}: {reason} – {by}, {at}")
AGAIN: Final = N_("Not yet; decide again {moment}: {reason} – {by}, {at}")


class RuleCard(QFrame):
    """One rule.

    Args:
        context: What the window shares.
        loaded: The incident.
        row: The rule with its clock.
        shifts: How changed times moved its deadline.
    """

    decide_wanted = Signal(object)
    """Decide on this `Rule`."""
    notice_wanted = Signal(object)
    """Prepare or see the notice of this `Rule`."""

    def __init__(
        self, context: Context, loaded: Loaded, row: Row, shifts: tuple[Shift, ...]
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context = context
        self._loaded = loaded
        self.row = row
        self._layout = QVBoxLayout(self)
        theme = context.theme
        edge = theme.space("m")
        self._layout.setContentsMargins(edge, theme.space("s") + 2, edge, theme.space("s") + 2)
        self._layout.setSpacing(theme.space("xs"))
        title = Text(rule_words.title(row.rule, context.t), "strong", wraps=True)
        self.setAccessibleName(title.text())
        self._layout.addWidget(title)
        self._said = ("", "")
        self._chip, self._marks = self._clock(), self._made_marks()
        self._flow = FlowBox(theme.space("s") - 2)
        self._flow.show_widgets([self._chip, *self._marks])
        self._layout.addWidget(self._flow)
        for line, tone in self._facts():
            self._layout.addWidget(Text(line, "small", tone, wraps=True))
        self._add_advice()
        self._add_buttons()
        for shift in shifts:
            said = shift_words(shift, row.rule, loaded.zone, context.t)
            self._layout.addWidget(Text(said, "small", "muted", wraps=True))
        self._layout.addWidget(self.why)

    @property
    def rule(self) -> Rule:
        """Whose card it is."""
        return self.row.rule

    def texts(self) -> list[str]:
        """All that it says."""
        return [
            *(each.text() for each in self.findChildren(Text)),
            *(each.accessibleName() for each in (self._chip, *self._marks)),
        ]

    def show_clock(self, row: Row) -> None:
        """Say how its clock stands now."""
        self.row = row
        if self._clock_said() == self._said:
            return
        old = self._chip
        self._chip = self._clock()
        self._flow.show_widgets([self._chip, *self._marks])
        old.hide()
        old.deleteLater()

    def _clock_said(self) -> tuple[str, str]:
        found = self.row.clock
        return clock_words.short(found, self._context.t), clock_words.level(found)

    def _clock(self) -> QWidget:
        self._said = self._clock_said()
        return chips.clock_chip(self._context.theme, *self._said)

    def _made_marks(self) -> list[QWidget]:
        """What stands behind the rule, and that it was not verified."""
        t = self._context.t
        marks: list[QWidget] = [
            chips.PlainChip(t.gettext(clock_words.BASES[self.rule.basis]), "quiet")
        ]
        if self.rule.verified == "unverified":
            marks.append(chips.PlainChip(t.gettext(clock_words.UNVERIFIED), "warn"))
        return marks

    def _facts(self) -> Iterator[tuple[str, str]]:
        """The time it gives, the deadline here and where the regulator is, and what was decided; each with its tone."""
        t, found, zone = self._context.t, self.row.clock, self._loaded.zone
        yield _begun(clock_words.limit(self.rule, t)), "muted"
        if found.due_at is not None:
            here = clock_words.due_words(found.due_at, zone, t)
            yield t.gettext(N_("Due {moment}.")).format(moment=here), "muted"
            there = clock_words.due_words(found.due_at, self.rule.zone, t)
            if self.rule.zone != zone and there != here:
                yield t.gettext(N_("For the regulator: {moment}.")).format(moment=there), "muted"
        for note in found.notes:
            yield t.gettext(clock_words.NOTES[note]), "muted"
        if decision := self._loaded.decision(self.rule.key):
            yield self._decided(decision), "text"
        for notice in self._loaded.notices(self.rule.key):
            if notice.sent_at:
                said = t.gettext(N_("{ref} sent {moment}."))
                yield said.format(ref=notice.ref, moment=instant_words(notice.sent_at, t)), "text"

    def _decided(self, decision: Decision) -> str:
        t, lists = self._context.t, self._context.register.vocabulary
        answer = lists.terms_of("decision_answer").label(decision.answer or "", t.language)
        again = decision.decide_again_at
        pattern = AGAIN if decision.answer == "not_yet" and again else DECIDED
        return t.gettext(pattern).format(
            answer=answer,
            reason=decision.reason.strip(),
            by=decision.decided_by,
            at=instant_words(decision.decided_at, t) if decision.decided_at else "",
            moment=instant_words(Instant(again.utc, self._loaded.zone), t) if again else "",
        )

    def _add_advice(self) -> None:
        """What is advised, and one click deeper why, and why the rule applies."""
        t, lists = self._context.t, self._context.register.vocabulary
        advice = self._loaded.case.advice(self.rule)
        if self.rule.recipient in _DECIDABLE:
            said = t.gettext(N_("Advice: {advice}.")).format(advice=rule_words.outcome(advice, t))
            self._layout.addWidget(Text(said, "small", wraps=True))
        parts = [*rule_words.because(self.row.verdict, lists, t), *rule_words.reasons(advice, t)]
        if questions := rule_words.questions(advice.missing, t):
            asked = t.gettext(N_("Not answered: {questions}"))
            parts.append(asked.format(questions=listed(questions, t, ";")))
        if reference := rule_words.reference(self.rule, t):
            parts.append(reference)
        if self.rule.note:
            parts.append(self.rule.note.get(t.language))
        parts.append(rule_words.no_decision(t))
        self.why = Text("\n".join(f"• {part}" for part in parts), "small", "muted", wraps=True)
        self.why.hide()

    def _add_buttons(self) -> None:
        theme, t = self._context.theme, self._context.t
        flow = FlowBox(theme.space("s"))
        made = []
        may_write = not self._context.register.read_only and not self._loaded.incident.deleted_at
        decision = self._loaded.decision(self.rule.key)
        if self.rule.recipient in _DECIDABLE:
            label = N_("Decide again…") if decision else N_("Decide…")
            self.decide = buttons.button(theme, t.gettext(label), "gavel", self._on_decide)
            self.decide.setEnabled(may_write)
            self.decide.setAccessibleName(f"{t.gettext(label)} {self.accessibleName()}")
            made.append(self.decide)
            self.notice = buttons.button(theme, t.gettext(N_("Notice…")), "send", self._on_notice)
            self.notice.setAccessibleName(f"{self.notice.text()} {self.accessibleName()}")
            made.append(self.notice)
        self.more = buttons.link(theme, t.gettext(N_("Why?")), self._on_why)
        self.more.setAccessibleName(f"{self.more.text()} {self.accessibleName()}")
        made.append(self.more)
        flow.show_widgets(made)
        self._layout.addWidget(flow)

    def _on_why(self) -> None:
        self.why.setVisible(self.why.isHidden())

    def _on_decide(self) -> None:
        self.decide_wanted.emit(self.rule)

    def _on_notice(self) -> None:
        self.notice_wanted.emit(self.rule)


def _begun(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
