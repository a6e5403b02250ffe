"""Checks of decisions, assessments and own rules, of legal holds, and of what belongs to an incident and names none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from riskreg.errors import N_
from riskreg.records import (
    Assessment,
    Decision,
    Entry,
    Incident,
    Notice,
    Organisation,
    OwnRule,
    Record,
)
from riskreg.rules import rule_text
from riskreg.rules.checks.base import (
    BREACH_RECORD,
    BREACHES,
    PROCESSORS,
    RECORDING,
    Check,
    Hit,
    Term,
    check,
    lacking,
)
from riskreg.rules.checks.breaches import SEVERITY, is_before, sent, standing
from riskreg.rules.checks.snapshot import Snapshot, ends
from riskreg.rules.counting import is_breach
from riskreg.rules.regimes import in_force
from riskreg.rules.waiting import waits

_OF_INCIDENTS: Final = (Assessment, Decision, Entry, Notice)
_JUDGED_LOW: Final = {
    "unlikely": frozenset({"medium", "high", "very_high"}),
    "risk": frozenset({"very_high"}),
}
"""By the outcome that somebody judged: the bands of severity that say otherwise."""


def _incident(record: Decision | Assessment, around: Snapshot) -> Incident | None:
    return next(around.linked(record.incident, Incident), None)


def _stands(decision: Decision, incident: Incident, around: Snapshot) -> bool:
    return standing(incident, around).get(decision.rule_key) is decision


@check(
    Decision,
    "error",
    field="reason",
    sentence=N_("The decision lacks: {fields}."),
    source=BREACH_RECORD,
)
def decision_unexplained(decision: Decision, around: Snapshot) -> Iterator[Hit]:
    """Why, by whom and when: what an auditor asks first."""
    yield from lacking(decision, ("answer", "reason", "decided_by", "decided_at"))


@check(
    Decision,
    "error",
    field="decide_again_at",
    sentence=N_("It was to be decided again by {day}, and was not."),
    source=BREACHES,
)
def not_decided_again(decision: Decision, around: Snapshot) -> Iterator[Hit]:
    """“Not yet” is an answer until then."""
    incident, again = _incident(decision, around), decision.decide_again_at
    if decision.answer != "not_yet" or incident is None or again is None:
        return
    last = standing(incident, around).get(decision.rule_key)
    if ends(again) <= around.present and waits(decision, incident, last):
        yield Hit(facts={"day": again.local.date()})


@check(
    Decision,
    "error",
    field="decide_again_at",
    sentence=N_("“Not yet” does not say when it is decided again."),
    source=BREACHES,
)
def not_yet_for_ever(decision: Decision, around: Snapshot) -> Iterator[Hit]:
    """Else it is a no that nobody has given."""
    if decision.answer == "not_yet" and decision.decide_again_at is None:
        yield Hit()


@check(
    Decision,
    "error",
    field="answer",
    sentence=N_("It was decided to notify; the last day was {day}, and nothing was sent."),
    source=BREACHES,
)
def decided_and_not_sent(decision: Decision, around: Snapshot) -> Iterator[Hit]:
    """Of a rule that sets a time."""
    incident = _incident(decision, around)
    if decision.answer != "yes" or incident is None or not is_breach(incident):
        return
    if any(each.rule_key == decision.rule_key for each in sent(incident, around)):
        return
    for row in around.board(incident) if _stands(decision, incident, around) else ():
        due = row.clock.due_at
        if row.rule.key == decision.rule_key and row.clock.state == "missed" and due:
            yield Hit(facts={"day": around.day(due)})


@check(
    Decision,
    "error",
    field="decided_at",
    sentence=N_("It was decided before {ref} was discovered, which cannot be."),
    source=BREACH_RECORD,
)
def decided_before_discovery(decision: Decision, around: Snapshot) -> Iterator[Hit]:
    """Or one of the two times is wrong."""
    incident = _incident(decision, around)
    if incident and is_before(decision.decided_at, incident.discovered_at):
        yield Hit(facts={"ref": incident.ref})


@check(
    Decision,
    "hint",
    field="legal_basis",
    sentence=N_("It goes against the advice, and names no exemption and nothing in law."),
    source=BREACH_RECORD,
)
def decided_against_advice(decision: Decision, around: Snapshot) -> Iterator[Hit]:
    """That is a person's right; the reasons should hold in a year's time."""
    said = decision.exemption or decision.legal_basis.strip()
    if decision.advice == "notify" and decision.answer == "no" and not said:
        yield Hit()


@check(
    Decision,
    "hint",
    field="rule_text",
    sentence=N_("It was made by version {version} of its rule; version {newer} is in force today."),
    source=BREACHES,
)
def decided_by_older_rule(decision: Decision, around: Snapshot) -> Iterator[Hit]:
    """It stays as it is; while the incident is open somebody may look again."""
    incident = _incident(decision, around)
    if incident is None or not around.is_open(incident) or not decision.rule_text:
        return
    try:
        kept = rule_text.loads(decision.rule_text)
    except rule_text.NoRule:
        return  # said by `rule_unreadable`
    for rule in in_force((each for each in around.rules if each.key == kept.key), around.today):
        if rule.version > kept.version:
            yield Hit(facts={"version": kept.version, "newer": rule.version})


@check(
    Decision,
    "error",
    field="rule_text",
    sentence=N_("The rule that it was made by is missing or cannot be read."),
    source=RECORDING,
)
def rule_unreadable(decision: Decision, around: Snapshot) -> Iterator[Hit]:
    """What a decision was made by is kept whole with it; of one that came from another register it never was."""
    incident = _incident(decision, around)
    is_from_elsewhere = decision.external_ref or (incident and incident.external_ref)
    try:
        if decision.rule_key and not decision.rule_text and not is_from_elsewhere:
            raise rule_text.NoRule
        if decision.rule_text:
            rule_text.loads(decision.rule_text)
    except rule_text.NoRule:
        yield Hit()


@check(
    Decision,
    "warning",
    field="assessment",
    sentence=N_("It rests on no assessment."),
    source=BREACHES,
)
def decided_without_assessment(decision: Decision, around: Snapshot) -> Iterator[Hit]:
    """A yes needs none: nobody waits for a score to tell what is plain. That a rule does not apply needs none."""
    if decision.answer == "no" and not decision.assessment:
        yield Hit()


@check(
    Assessment,
    "warning",
    field="outcome",
    sentence=N_(
        "The risk is judged “{outcome}”, the score says “{band}”, and no reasons are given."
    ),
    source=SEVERITY,
)
def judged_below_the_score(assessment: Assessment, around: Snapshot) -> Iterator[Hit]:
    """A judgement may differ from the method, with reasons."""
    band, outcome = assessment.severity_band, assessment.outcome
    if band in _JUDGED_LOW.get(outcome or "", ()) and not assessment.reasoning.strip():
        yield Hit(
            facts={
                "outcome": Term("risk_outcome", outcome or ""),
                "band": Term("severity_band", band or ""),
            }
        )


@check(
    Assessment,
    "hint",
    field="made_by",
    sentence=N_("The assessment lacks: {fields}."),
    source=BREACH_RECORD,
)
def assessment_unsigned(assessment: Assessment, around: Snapshot) -> Iterator[Hit]:
    """By whom and when."""
    yield from lacking(assessment, ("made_by", "made_at"))


@check(
    OwnRule,
    "error",
    field="pattern",
    sentence=N_(
        "It is in use but makes no clock: its pattern is not known, or number and unit disagree."
    ),
    source=PROCESSORS,
)
def own_rule_unread(rule: OwnRule, around: Snapshot) -> Iterator[Hit]:
    """Somebody counts on it."""
    if rule.id in around.unread:
        yield Hit()


@check(
    OwnRule,
    "hint",
    field="clause",
    sentence=N_("It does not say which clause or policy it comes from."),
    source=PROCESSORS,
)
def own_rule_from_nowhere(rule: OwnRule, around: Snapshot) -> Iterator[Hit]:
    """So that it can be looked up at night."""
    if rule.in_use and not rule.clause.strip() and not rule.wording.strip():
        yield Hit()


@check(
    Organisation,
    "hint",
    field="ci_operator",
    sentence=N_("Which rules of notification apply is not settled, as it does not say: {fields}."),
    source=BREACHES,
)
def rules_not_settled(organisation: Organisation, around: Snapshot) -> Iterator[Hit]:
    """Asked once there is a breach to apply them to."""
    incidents = (each for each in around.records.values() if isinstance(each, Incident))
    if any(is_breach(each) for each in incidents):
        yield from lacking(organisation, ("sector", "ci_operator"))


@check(
    Record,
    "warning",
    field="hold_by",
    sentence=N_("A legal hold is on it, and nobody is named who set it."),
    source=RECORDING,
)
def hold_without_name(record: Record, around: Snapshot) -> Iterator[Hit]:
    """Who may lift it has to be known."""
    if record.hold_reason.strip() and not record.hold_by.strip():
        yield Hit()


@check(
    Record,
    "warning",
    field="hold_reason",
    sentence=N_("Somebody is named for a legal hold without a reason, so that nothing is held."),
    source=RECORDING,
)
def hold_without_reason(record: Record, around: Snapshot) -> Iterator[Hit]:
    """It is the reason that makes the hold."""
    if record.hold_by.strip() and not record.hold_reason.strip():
        yield Hit()


@check(
    Record,
    "error",
    field="incident",
    sentence=N_("It belongs to no incident, so that it is shown with none."),
    source=RECORDING,
)
def of_no_incident(record: Record, around: Snapshot) -> Iterator[Hit]:
    """Decisions, assessments, notices and entries of the timeline."""
    if isinstance(record, _OF_INCIDENTS) and not record.incident:
        yield Hit()


CHECKS: Final[tuple[Check, ...]] = (
    not_decided_again,
    decided_and_not_sent,
    not_yet_for_ever,
    decision_unexplained,
    decided_before_discovery,
    rule_unreadable,
    own_rule_unread,
    of_no_incident,
    hold_without_name,
    hold_without_reason,
    judged_below_the_score,
    decided_without_assessment,
    decided_against_advice,
    decided_by_older_rule,
    assessment_unsigned,
    own_rule_from_nowhere,
    rules_not_settled,
)
"""In the order in which they are asked."""
