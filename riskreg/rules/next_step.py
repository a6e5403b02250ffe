"""What to do next about an incident: contain it, say when, where and who, assess, decide, tell, review.

In the order that matters at 18:40 on a Friday (domain.md 2.3, 5.6): a time to tell others that is nearly
over, or over, comes before all else, also while the breach goes on; then a breach that goes on comes before
any score, and what is asked of every breach before the decisions that can wait.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, Literal, NamedTuple

from riskreg.records import Decision, Incident
from riskreg.records.values import Instant
from riskreg.rules.board import Row, Stage, is_in_phases
from riskreg.rules.regimes import Rule

Key = Literal[
    "contain",
    "when",
    "places",
    "role",
    "people",
    "assess",
    "decide",
    "decide_again",
    "notify",
    "wait",
    "review",
    "close",
]
OVER: Final = frozenset({"closed", "not_a_breach"})
"""Statuses after which nothing is asked but the review."""
_ASKED: Final = ("law", "recommended", "contract", "own")
"""What stands behind a rule that has to be decided on; a voluntary or proposed one may be."""


def is_over(incident: Incident) -> bool:
    """Whether nothing is asked any more but the review.

    The status says it; a moment of closing alone does where there is no status. One that was opened again
    is open, though it still says when it was closed.

    Args:
        incident: The record in the built-in choices (`rules.meaning.meant`).
    """
    return incident.status in OVER or (incident.status is None and incident.closed_at is not None)


def stage_of(incident: Incident) -> Stage:
    """As the board asks for it; the record in the built-in choices."""
    if incident.near_miss or incident.status == "not_a_breach":
        return "no_breach"
    return "over" if is_over(incident) else "open"


def is_followed(incident: Incident, standing: Mapping[str, Decision]) -> bool:
    """Whether somebody decided to tell others of a near miss, or of what was no breach, all the same.

    Args:
        incident: The record in the built-in choices.
        standing: The decision that stands for each rule, by its key.
    """
    is_open = incident.status == "not_a_breach" or (incident.near_miss and not is_over(incident))
    return bool(is_open) and any(each.answer == "yes" for each in standing.values())


class Step(NamedTuple):
    """One thing to do.

    Attributes:
        key: Which.
        rule: The rule it is about; None where it is about the incident.
        at: When it is to be decided again.
    """

    key: Key
    rule: Rule | None = None
    at: Instant | None = None


def next_step(
    incident: Incident,
    rows: Iterable[Row] = (),
    standing: Mapping[str, Decision] | None = None,
    *,
    is_assessed: bool,
    now: datetime,
) -> Step | None:
    """The first thing that is still open, or None when nothing is asked for.

    Args:
        incident: The record in the built-in choices (`rules.meaning.meant`).
        rows: Its clocks, the most urgent first.
        standing: The decision that stands for each rule, by its key.
        is_assessed: Somebody has assessed it.
        now: With a zone.
    """
    if stage_of(incident) == "no_breach":
        rows = rows if is_followed(incident, standing or {}) else ()
        return _to_tell(rows, standing or {})
    if is_over(incident):
        return None if incident.reviewed_on else Step("review")
    rows = tuple(rows)
    if step := _pressing(rows, standing or {}, is_assessed, now):
        return step
    if step := _facts(incident, is_assessed):
        return step
    return next(_decisions(rows, standing or {}, now), None) or _end(incident)


def undecided(rows: Iterable[Row], decided: Collection[str]) -> tuple[Row, ...]:
    """The rules that certainly apply, wait for a decision, and that nobody has decided on.

    Those of a law, a recommendation, a contract or an own target: what is voluntary may be decided on.
    """
    asked = (row for row in rows if waits(row) and is_asked(row))
    return tuple(row for row in asked if row.rule.key not in decided)


def is_asked(row: Row) -> bool:
    """Whether somebody has to decide on telling others by a rule, sooner or later: it certainly applies and binds us."""
    binds = row.rule.basis in _ASKED and row.rule.recipient != "ourselves"
    return binds and row.verdict.applies == "yes"


def waits(row: Row) -> bool:
    """Somebody has to decide: its clock runs, or begins with the finding that the breach is notifiable.

    That finding is the decision itself (Singapore, section 26D). What may follow a notice in phases and has
    no hours is no decision of its own.
    """
    if is_in_phases(row.rule):
        return False
    begins = row.clock.state == "waiting" and row.rule.trigger == "notifiable"
    return row.clock.is_open or begins


def _pressing(
    rows: Iterable[Row], standing: Mapping[str, Decision], is_assessed: bool, now: datetime
) -> Step | None:
    """What a time that is nearly over, or over, asks for: it does not wait until the breach is contained."""
    late = tuple(row for row in rows if row.clock.state in ("due_soon", "missed"))
    step = next(_decisions(late, standing, now), None)
    if step is None or step.key == "wait":
        return None
    return step if is_assessed or step.key == "notify" else Step("assess")


def _facts(incident: Incident, is_assessed: bool) -> Step | None:
    if incident.contained_at is None:
        return Step("contain")
    if incident.aware_at is None or incident.discovered_at is None:
        return Step("when")
    if not incident.people_live_in:
        return Step("places")
    if incident.our_role is None:
        return Step("role")
    if incident.people_count is None:
        return Step("people")
    return None if is_assessed else Step("assess")


def _decisions(
    rows: tuple[Row, ...], standing: Mapping[str, Decision], now: datetime
) -> Iterator[Step]:
    again = [(row, standing[row.rule.key]) for row in rows if row.rule.key in standing]
    for row, decision in again:
        if waits(row) and _is_past(decision, now):
            yield Step("decide_again", row.rule, decision.decide_again_at)
    for row, decision in again:
        if row.clock.is_open and decision.answer == "yes":
            yield Step("notify", row.rule)
    for row in sorted(undecided(rows, standing), key=lambda row: row.rule.phase != "first"):
        yield Step("decide", row.rule)
    waiting = [
        (decision.decide_again_at, row.rule)
        for row, decision in again
        if waits(row) and decision.answer == "not_yet" and decision.decide_again_at
    ]
    if waiting:
        at, rule = min(waiting, key=lambda each: each[0].utc)
        yield Step("wait", rule, at)


def _to_tell(rows: Iterable[Row], standing: Mapping[str, Decision]) -> Step | None:
    yes = {key for key, each in standing.items() if each.answer == "yes"}
    found = (row.rule for row in rows if row.clock.is_open and row.rule.key in yes)
    return next((Step("notify", rule) for rule in found), None)


def _is_past(decision: Decision, now: datetime) -> bool:
    at = decision.decide_again_at
    return decision.answer == "not_yet" and (at is None or at.utc <= now)


def _end(incident: Incident) -> Step:
    return Step("close") if incident.reviewed_on else Step("review")
