"""Assessing an incident and deciding on a rule: what people said, as change sets.

An assessment never replaces the one before it. A decision keeps what it was made from: the rule whole, when
its notice was due, what was advised and from which facts (domain.md 3.3); it is never the advice itself.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple, cast

from riskreg import clock, notifiable, rule_words
from riskreg.cases import Case, cases_of
from riskreg.changes import Change, ChangeSet, addition, edit
from riskreg.errors import N_, Expected
from riskreg.i18n import Translator
from riskreg.records import Assessment, Decision, Record
from riskreg.records.fields import Fields, Value
from riskreg.records.values import Instant
from riskreg.rules import rule_text
from riskreg.rules.advice import Advice, Outcome
from riskreg.rules.assessed import severity_of
from riskreg.rules.claims import Claim
from riskreg.rules.deadlines import due_at, trigger_of
from riskreg.rules.regimes import Reason, Rule, Verdict, applies
from riskreg.rules.standing import in_order
from riskreg.views import Reader

Answer = Literal["yes", "no", "not_yet", "not_applicable"]

ASSESSMENT: Final = N_("Assessment of {ref}")
DECISION: Final = N_("{rule} – decision on {ref}")
"""What differs between decisions stands first: lists cut off the end."""
_NEW: Final = -1
_AFTER: Final = 1 << 62
"""Stands for the number of a record that is still to come."""


class Kept(NamedTuple):
    """What a decision was made from.

    Attributes:
        advice: What was advised.
        verdict: Whether the rule applied, and from which facts.
    """

    advice: Advice
    verdict: Verdict


def assess(case: Case, values: Fields, *, at: Instant, by: str, t: Translator) -> ChangeSet:
    """The change set that adds an assessment; it is -1 in it.

    The incident's severity follows it where it is the newest: one whose answers do not suffice for a score
    leaves none. The incident was assessed then, where it was not before.

    Args:
        case: Of the incident.
        values: The answers, by the field keys of an assessment; what is left out was not answered.
        at: When it was made.
        by: Who made it.
        t: The language of its title, where `values` gives none.

    Raises:
        Expected: Nobody is named ("assessed_by_whom"), or the moment has not come yet ("not_come_yet").
    """
    if not by.strip():
        raise Expected("assessed_by_whom")
    clock.refuse_ahead(at)
    incident = case.incident
    title = t.gettext(ASSESSMENT).format(ref=incident.ref)
    about: dict[str, Value] = {
        "incident": frozenset({incident.id}),
        "made_at": at,
        "made_by": by,
        "is_privileged": incident.is_privileged,
    }
    made = {"title": title, **values, **about}
    record = Assessment(**cast("dict[str, Any]", made))
    is_newest = (
        in_order((*case.assessments, record.having({"id": _AFTER})), "made_at")[-1].id == _AFTER
    )
    followed: dict[str, Value] = {"severity": severity_of(record).band} if is_newest else {}
    if incident.assessed_at is None:
        followed["assessed_at"] = at
    return _with(case, "assess", addition("assessment", made, _NEW), followed)


def decide(
    case: Case,
    rule: Rule,
    answer: Answer,
    *,
    reason: str,
    decided_by: str,
    decided_at: Instant,
    now: datetime,
    t: Translator,
    how: str | None = None,
    again: Instant | None = None,
    exemption: str | None = None,
    legal_basis: str = "",
    notes: str = "",
) -> ChangeSet:
    """The change set that adds a decision on one rule; it is -1 in it.

    A yes to a rule whose time runs from the finding that the breach is notifiable is that finding, where it
    stands and none was recorded (`notifiable`). A "not yet" on the same rule was thereby decided again, and asks
    for nothing any more.

    Args:
        case: Of the incident.
        rule: As the board shows it.
        answer: A key of `decision_answer`.
        reason: Why; of every answer.
        decided_by: Who decided, whoever types it.
        decided_at: When they did.
        now: By which the rule is looked at; with a zone.
        t: The language of its title.
        how: A key of `decided_how`.
        again: When it will be decided again; of "not yet", and only of that.
        exemption: A key of `notice_exemption`.
        legal_basis: Article, section or clause; of a yes that of the rule where none is given.
        notes: What else to know.

    Raises:
        Expected: A reason, a name, or a later time to decide again is missing ("decided_why",
            "decided_by_whom", "decided_again_when"), or it was decided after `now` ("not_come_yet").
    """
    _refuse_half(answer, reason, decided_by, decided_at, again)
    clock.refuse_ahead(decided_at, now)
    incident = case.incident
    advice = case.advice(rule)
    new = Decision(title="", rule_key=rule.key, answer=answer, decided_at=decided_at)
    followed = notifiable.after_decision(case, new.having({"id": _AFTER}), reason)
    is_found = followed.get(notifiable.FIELD) is not None
    moments = case.moments.until(now)
    trigger = trigger_of(rule, replace(moments, notifiable=decided_at) if is_found else moments)
    due = due_at(rule, trigger) if trigger else None
    newest = case.assessment
    made: dict[str, Value] = {
        "title": t.gettext(DECISION).format(ref=incident.ref, rule=rule_words.title(rule, t)),
        "incident": frozenset({incident.id}),
        "regime": rule.regime,
        "recipient": rule.recipient,
        "answer": answer,
        "reason": reason,
        "legal_basis": legal_basis or (rule_words.reference(rule, t) if answer == "yes" else ""),
        "exemption": exemption,
        "decide_again_at": again if answer == "not_yet" else None,
        "decided_by": decided_by,
        "decided_at": decided_at,
        "decided_how": how,
        "rule_key": rule.key,
        "rule_text": rule_text.dumps(rule),
        "rule_due_at": _due(due, rule.zone) if due else None,
        "advice": advice.outcome,
        "advice_reasons": _dumps(advice, applies(rule, case.facts(case.day(now)))),
        "assessment": frozenset({newest.id}) if newest else frozenset(),
        "notes": notes,
        "is_privileged": incident.is_privileged,
    }
    told = _with(case, "decide", addition("decision", made, _NEW), followed)
    return replace(told, changes=(*told.changes, *_settled(case, rule, decided_at)))


def _due(due: datetime, zone: str) -> Instant:
    """A deadline to the minute, or to the second where it ends a day."""
    return Instant(due.replace(microsecond=0), zone, "second" if due.second else "minute")


def _settled(case: Case, rule: Rule, at: Instant) -> Iterator[Change]:
    """Every "not yet" on a rule that waited until then; one made later than that still waits."""
    said: Fields = {"decided_again_at": at}
    waiting = (
        each
        for each in case.decisions
        if each.rule_key == rule.key
        and each.answer == "not_yet"
        and not each.decided_again_at
        and (each.decided_at is None or each.decided_at.utc <= at.utc)
    )
    yield from filter(None, (edit(each, said) for each in waiting))


def reopened(reader: Reader, going: Iterable[Record]) -> Iterator[Change]:
    """The changes that let every "not yet" wait again whose later decision goes into the bin, unless that goes too."""
    gone = {each.id: each for each in going if isinstance(each, Decision)}
    incidents = {id for each in gone.values() for id in each.incident}
    for case in cases_of(reader, incidents).values() if incidents else ():
        staying = [each for each in case.decisions if each.id not in gone]
        ended = {(each.rule_key, each.decided_at) for each in gone.values()}
        still = {(each.rule_key, each.decided_at) for each in staying}
        for each in staying:
            if each.decided_again_at and (each.rule_key, each.decided_again_at) in ended - still:
                yield from filter(None, [edit(each, {"decided_again_at": None})])


def rescored(
    reader: Reader, *, going: Collection[Record] = (), coming: Collection[Record] = ()
) -> Iterator[Change]:
    """The changes that let the severity of incidents follow the assessments that are left, or are back.

    One that somebody set otherwise than the newest assessment stays; so does that of an incident that goes itself.
    """
    gone, back = (
        [each for each in some if isinstance(each, Assessment)] for some in (going, coming)
    )
    incidents = {id for each in (*gone, *back) for id in each.incident}
    incidents -= {each.id for each in going}
    for case in cases_of(reader, incidents).values() if incidents else ():
        ours = [each for each in back if case.incident.id in each.incident]
        staying = [each for each in case.assessments if each.id not in {one.id for one in gone}]
        if case.incident.severity == _band(case.assessments):
            severity = _band(in_order((*staying, *ours), "made_at"))
            yield from filter(None, [edit(case.incident, {"severity": severity})])


def _band(assessments: Sequence[Assessment]) -> str | None:
    """What the newest comes to; None without one, or without a score."""
    return severity_of(assessments[-1]).band if assessments else None


def together(sets: Iterable[ChangeSet]) -> ChangeSet:
    """One change set of several decisions on one incident: its new records are -1, -2 and so on.

    What the decisions change of the incident is the same in each that changes it, and stands once.

    Raises:
        ValueError: There is none.
    """
    found = list(sets)
    if not found:
        raise ValueError("no decision")
    made: list[Change] = []
    followed: dict[int, Change] = {}
    for each in found:
        for change in each.changes:
            if change.before is None:
                made.append(replace(change, id=-1 - len(made)))
            else:
                followed.setdefault(change.id, change)
    return replace(found[0], changes=(*made, *followed.values()))


def kept(decision: Decision) -> Kept | None:
    """What a decision was made from; None where it kept nothing that can be read."""
    try:
        said = json.loads(decision.advice_reasons)
        advice = Advice(
            outcome=cast("Outcome", decision.advice or "cannot_say"),
            reasons=tuple(_claim(each) for each in said["reasons"]),
            missing=tuple(said["missing"]),
            flags=tuple(said["flags"]),
        )
        facts = said["facts"]
        reasons = (Reason(each["fact"], each["holds"], tuple(each["keys"])) for each in facts)
        return Kept(advice, Verdict(said["applies"], tuple(reasons)))
    except (ValueError, KeyError, TypeError):
        return None


def _refuse_half(
    answer: Answer, reason: str, decided_by: str, decided_at: Instant, again: Instant | None
) -> None:
    if not reason.strip():
        raise Expected("decided_why")
    if not decided_by.strip():
        raise Expected("decided_by_whom")
    if answer == "not_yet" and (again is None or again.utc <= decided_at.utc):
        raise Expected("decided_again_when")


def _with(case: Case, act: str, made: Change, followed: Fields) -> ChangeSet:
    """What is added, and what the incident takes over from it."""
    after = edit(case.incident, followed) if followed else None
    changes = (made, after) if after else (made,)
    return ChangeSet(act=act, changes=changes, facts={"refs": case.incident.ref})


def _dumps(advice: Advice, verdict: Verdict) -> str:
    said = {
        "reasons": [asdict(each) for each in advice.reasons],
        "missing": advice.missing,
        "flags": advice.flags,
        "applies": verdict.applies,
        "facts": [each._asdict() for each in verdict.reasons],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _claim(said: dict[str, Any]) -> Claim:
    return Claim(said["key"], said["holds"], tuple(said["facts"]), tuple(said["missing"]))
