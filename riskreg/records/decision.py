"""A decision: whether one rule's notice is made, and why, as a person decided it.

Advice stands beside it and is never it. The rule is kept whole, as it was when the decision was made, so
that a later law changes nothing that was decided (domain.md 3.3). Who decided, when and how stand apart
from who typed it and when, which the journal keeps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records import values
from riskreg.records.base import Record
from riskreg.records.declaring import choice, instant, line, links, prose

DECIDED = N_("The decision")
RULE = N_("The rule")
ADVICE = N_("The advice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Record):
    """One decision on one rule of one incident; of several on the same rule the last one made stands."""

    kind: ClassVar[str] = "decision"
    prefix: ClassVar[str] = "D"
    by_title: ClassVar[bool] = False
    icon: ClassVar[str] = "gavel"
    singular: ClassVar[str] = N_("Decision")
    plural: ClassVar[str] = N_("Decisions")

    incident: frozenset[int] = links(
        N_("Incident"), "decides", "incident", "decisions", N_("Decisions"), one=True, short=True
    )
    regime: str | None = choice(N_("Regime"), "regime", short=True)
    recipient: str | None = choice(N_("To whom"), "notice_recipient", short=True)
    answer: str | None = choice(N_("Notify"), "decision_answer", section=DECIDED, short=True)
    reason: str = prose(N_("Reason"), section=DECIDED, short=True)
    legal_basis: str = line(N_("Legal basis"), section=DECIDED)
    exemption: str | None = choice(N_("Exemption"), "notice_exemption", section=DECIDED)
    decide_again_at: values.Instant | None = instant(
        N_("Decide again"), section=DECIDED, short=True
    )
    decided_again_at: values.Instant | None = instant(
        N_("Decided again"), section=DECIDED, help=N_("When a later decision took its place.")
    )
    decided_by: str = line(N_("Decided by"), section=DECIDED, short=True)
    decided_at: values.Instant | None = instant(N_("Decided at"), section=DECIDED, short=True)
    decided_how: str | None = choice(N_("How"), "decided_how", section=DECIDED)
    rule_key: str = line(N_("Rule"), section=RULE, plain=True)
    rule_text: str = prose(N_("The rule as it was"), section=RULE)
    rule_due_at: values.Instant | None = instant(N_("Was due"), section=RULE)
    advice: str | None = choice(N_("Advice"), "advice_outcome", section=ADVICE)
    advice_reasons: str = prose(N_("Reasons of the advice"), section=ADVICE)
    assessment: frozenset[int] = links(
        N_("Assessment"),
        "rests_on",
        "assessment",
        "decisions",
        N_("Decisions"),
        one=True,
        section=ADVICE,
    )
