"""Breaches of a period in figures: by month, cause and kind, how many people, how fast, whether deadlines were met.

Near misses, drills and what turned out to be no breach are counted apart and are in no other figure. The
day of an incident is that on which it came to light (`monthly.known_on`), as in the figures of a month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final, Literal

from riskreg.records import Decision, Incident, Notice
from riskreg.records.values import Instant
from riskreg.rules.board import Row
from riskreg.rules.counting import Sort, sort_of_meant
from riskreg.rules.due import add_months
from riskreg.rules.monthly import known_on
from riskreg.rules.standing import went_out

Outcome = Literal["met", "late", "missed", "running", "waived"]

OUTCOMES: Final[tuple[Outcome, ...]] = ("met", "late", "missed", "running", "waived")
"""What became of a deadline, in the order in which it is told."""
_OUTCOME_OF: Final[Mapping[str, Outcome]] = {
    "met": "met",
    "met_late": "late",
    "missed": "missed",
    "running": "running",
    "due_soon": "running",
    "waived": "waived",
}
_FINAL: Final = frozenset({"yes", "no", "not_applicable"})
"""Answers that decide; "not yet" puts off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One incident with what statistics want of its case.

    Attributes:
        incident: The record in the built-in choices (`rules.meaning.meant`).
        decisions: In the order in which they were made.
        notices: Those of it.
        board: Its clocks at the moment of the report.
        now: That moment, with a zone; what is said to go out later was not sent.
    """

    incident: Incident
    decisions: Sequence[Decision] = ()
    notices: Sequence[Notice] = ()
    board: Sequence[Row] = ()
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How long something took, over the breaches that say both moments.

    Attributes:
        number: How many say both.
        median: The middle one; None where none does.
        longest: The longest; None likewise.
    """

    number: int = 0
    median: timedelta | None = None
    longest: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Figures of a period.

    Attributes:
        first: Its first day, where the organisation is.
        last: Its last.
        sorts: How many incidents of each sort.
        months: Breaches by the first day of each month of the period.
        categories: By key; None where it is not said.
        causes: Likewise.
        people: How many in all, where the number is known.
        people_unknown: Breaches that do not say how many.
        contained: From being aware to containing it.
        decided: From being aware to the first decision that was not put off.
        deadlines: What became of those that had one.
        authority: Breaches of which an authority was told.
        individuals: Breaches of which the people were told.
    """

    first: date
    last: date
    sorts: Mapping[Sort, int]
    months: Mapping[date, int]
    categories: Mapping[str | None, int]
    causes: Mapping[str | None, int]
    people: int
    people_unknown: int
    contained: Span
    decided: Span
    deadlines: Mapping[Outcome, int]
    authority: int
    individuals: int

    @property
    def breaches(self) -> int:
        """How many there were."""
        return self.sorts["breach"]


def figures(happened: Iterable[Happened], first: date, last: date, zone: str) -> Figures:
    """The figures of the days from `first` to `last`, both counted, on the calendar of a zone."""
    dated = [(each, day) for each in happened if (day := known_on(each.incident, zone))]
    inside = [(each, day) for each, day in dated if first <= day <= last]
    sorts = Counter(sort_of_meant(each.incident) for each, _ in inside)
    real = [(each, day) for each, day in inside if sort_of_meant(each.incident) == "breach"]
    breaches = [each for each, _ in real]
    months = Counter(day.replace(day=1) for _, day in real)
    counts = [each.incident.people_count for each in breaches]
    known = [each.number for each in counts if each is not None and each.number is not None]
    return Figures(
        first=first,
        last=last,
        sorts={sort: sorts[sort] for sort in ("breach", "near_miss", "drill", "not_a_breach")},
        months={month: months[month] for month in _months(first, last)},
        categories=Counter(each.incident.category for each in breaches),
        causes=Counter(each.incident.cause for each in breaches),
        people=sum(known),
        people_unknown=len(breaches) - len(known),
        contained=_span((each.incident.aware_at, each.incident.contained_at) for each in breaches),
        decided=_span((each.incident.aware_at, _decided_at(each)) for each in breaches),
        deadlines=_deadlines(breaches),
        authority=sum(_is_told(each, "authority") for each in breaches),
        individuals=sum(_is_told(each, "individuals") for each in breaches),
    )


def grouped(
    categories: Mapping[str | None, int], groups: Mapping[str, str]
) -> Mapping[str | None, int]:
    """The breaches by group of categories; None for those that do not say a category.

    Args:
        categories: How many of each.
        groups: The group of each category; one that has none counts as `other`.
    """
    found: Counter[str | None] = Counter()
    for category, number in categories.items():
        found[None if category is None else groups.get(category, "other")] += number
    return found


def _months(first: date, last: date) -> Iterable[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = add_months(month, 1)


def _decided_at(each: Happened) -> Instant | None:
    found = (one.decided_at for one in each.decisions if one.answer in _FINAL and one.decided_at)
    return min(found, key=lambda at: at.utc, default=None)


def _span(pairs: Iterable[tuple[Instant | None, Instant | None]]) -> Span:
    """Never less than nothing: what was contained before anybody was sure of it took no time."""
    taken = [max(end.utc - start.utc, timedelta()) for start, end in pairs if start and end]
    if not taken:
        return Span()
    middle = timedelta(seconds=median(each.total_seconds() for each in taken))
    return Span(number=len(taken), median=middle, longest=max(taken))


def _deadlines(breaches: Iterable[Happened]) -> Mapping[Outcome, int]:
    """Of every clock with a last moment that certainly applies, or was decided on or answered."""
    found = Counter(
        _OUTCOME_OF[row.clock.state]
        for each in breaches
        for row in each.board
        if row.clock.due_at is not None and row.clock.state in _OUTCOME_OF and _counts(row, each)
    )
    return {outcome: found[outcome] for outcome in OUTCOMES}


def _counts(row: Row, each: Happened) -> bool:
    key = row.rule.key
    is_told = any(one.rule_key == key and went_out(one, each.now) for one in each.notices)
    is_decided = any(one.rule_key == key and one.answer in _FINAL for one in each.decisions)
    return row.verdict.applies == "yes" or is_told or is_decided


def _is_told(each: Happened, recipient: str) -> bool:
    return any(
        one.recipient == recipient and one.phase != "withdrawn" and went_out(one, each.now)
        for one in each.notices
    )
