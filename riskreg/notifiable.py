"""The finding that a breach is notifiable, which days run from (Singapore, section 26D): a yes makes it, a no takes it back.

It follows the decisions as they stand, in the order they were made and not typed, and leaves or returns with
those that go into the bin or come back. What somebody set by hand stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from riskreg import clock
from riskreg.cases import Case, cases_of
from riskreg.changes import Change, edit
from riskreg.moved_times import REASON, reason_for
from riskreg.records import Decision, Record
from riskreg.records.fields import Value
from riskreg.records.values import Instant
from riskreg.rules.standing import in_order
from riskreg.views import Reader

FIELD: Final = "notifiable_at"
_TRIGGER: Final = "notifiable"
_FINAL: Final = frozenset({"yes", "no", "not_applicable"})
"""Answers that make or end a finding; a "not yet" leaves it as it is."""


def after_decision(case: Case, decision: Decision, reason: str) -> dict[str, Value]:
    """What an incident takes over from a new decision: the finding, its end with the reason, or nothing.

    Args:
        case: Of the incident.
        decision: The new one, with a number above every other.
        reason: Why it was decided so.
    """
    before = case.whole.decisions
    return _moved(case, before, (*before, decision), reason)


def followed(
    reader: Reader, *, going: Collection[Record] = (), coming: Collection[Record] = ()
) -> Iterator[Change]:
    """The changes that let findings follow the decisions that are left, or are back; the reason is the day and their refs.

    That of an incident that goes itself stays.
    """
    gone, back = ([each for each in some if isinstance(each, Decision)] for some in (going, coming))
    incidents = {id for each in (*gone, *back) for id in each.incident}
    incidents -= {each.id for each in going}
    for case in cases_of(reader, incidents).values() if incidents else ():
        before = case.whole.decisions
        ours = [each for each in back if case.incident.id in each.incident]
        left = {each.id for each in gone}
        after = (*(each for each in before if each.id not in left), *ours)
        values = _moved(case, before, after, _refs(case, (*gone, *ours)))
        yield from filter(None, [edit(case.incident, values)])


def _refs(case: Case, moved: Iterable[Decision]) -> str:
    today = Instant.at(clock.now(), case.organisation.zone).local.date()
    refs = (each.ref for each in moved if case.incident.id in each.incident)
    return ", ".join((today.isoformat(), *refs))


def _moved(
    case: Case, before: Sequence[Decision], after: Sequence[Decision], reason: str
) -> dict[str, Value]:
    """What differs of the finding once other decisions are there."""
    keys = {each.key for each in case.rules if each.trigger == _TRIGGER}
    was, now = (
        in_order((each for each in some if each.rule_key in keys), "decided_at")
        for some in (before, after)
    )
    found = case.incident.notifiable_at
    if found is None:
        known = {each.id for each in _yes(was)}
        new = [each.decided_at for each in _yes(now) if each.id not in known]
        at = min(filter(None, new), key=lambda each: each.utc, default=None)
        return {FIELD: at} if at else {}
    final_was, final_now = (
        _yes(each for each in some if each.answer in _FINAL) for some in (was, now)
    )
    is_ours = any(each.answer == "yes" and each.decided_at == found for each in was)
    if not is_ours or not final_was or final_now:
        return {}
    ended: dict[str, Value] = {FIELD: None}
    return {**ended, REASON: reason_for(case.incident, ended, [FIELD], reason)}


def _yes(made: Iterable[Decision]) -> list[Decision]:
    """The last decision on each rule, where it is a yes."""
    last = {each.rule_key: each for each in made}
    return [each for each in last.values() if each.answer == "yes"]
