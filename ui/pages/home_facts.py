"""What Home says, asked in one go by a reader of its own: running clocks, due dates, where the risks sit, what is lacking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from riskreg import catalogue, clock
from riskreg.case_words import Told, told
from riskreg.cases import Case, cases_of
from riskreg.i18n import translator
from riskreg.records import NEW_KINDS
from riskreg.records.fields import Value
from riskreg.records.values import zone_of
from riskreg.rules.coverage import standing_of
from riskreg.rules.meaning import meaning_of, meant
from riskreg.rules.practice import FOR_REAL
from riskreg.rules.statistics import (
    HEAT_KEYS,
    Figure,
    figures,
    is_open,
    lacks,
    mapped_risks,
    open_records,
    overdue,
    risks_at,
    scored_otherwise,
)
from riskreg.views import Reader, View, Where
from ui.tables.listings import LISTINGS, WEEK

SHOWN: Final = 4
_LOOKED_AT: Final = 24
"""Incidents whose clocks are read to find those that press most."""


class Clock(NamedTuple):
    """An open incident that is no drill, in the built-in choices, with what was said of it."""

    case: Case

    @property
    def id(self) -> int:
        """Of the record."""
        return self.case.incident.id

    @property
    def ref(self) -> str:
        """Of the record."""
        return self.case.incident.ref

    @property
    def title(self) -> str:
        """Of the record."""
        return self.case.incident.title

    @property
    def is_contained(self) -> bool:
        """It no longer goes on."""
        return self.case.incident.contained_at is not None


class Due(NamedTuple):
    """Something with a date."""

    id: int
    kind: str
    ref: str
    title: str
    on: date


class Actions(NamedTuple):
    """Policy actions that apply here; those that are context only do not count."""

    in_place: int
    under_way: int
    not_started: int

    @property
    def begun(self) -> int:
        """In place or under way."""
        return self.in_place + self.under_way

    @property
    def whole(self) -> int:
        """All that apply."""
        return self.begun + self.not_started


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFacts:
    """All of Home.

    Attributes:
        clocks: The first open incidents: those not contained first, the newest of them on top.
        open_incidents: How many are open.
        due: Some things that are overdue, and the first that are due within a week.
        overdue: How many are overdue.
        due_this_week: How many are overdue or due within a week.
        heat: Open risks that the scale in force scores, by residual likelihood and impact.
        otherwise: How many open risks another scale scores.
        actions: How the policy actions stand.
        lacks: What is missing, only what is missing.
        records: How many records there are besides policy actions and their steps.
        open_risks: How many risks are open.
        compared: The end of last month, where the history holds it; None where the register is younger.
    """

    clocks: tuple[Clock, ...]
    open_incidents: int
    due: tuple[Due, ...]
    overdue: int
    due_this_week: int
    heat: Mapping[tuple[int, int], int]
    otherwise: int
    actions: Actions
    lacks: tuple[Figure, ...]
    records: int
    open_risks: int
    compared: date | None


def end_of_last_month(today: date) -> date:
    """The day with which the present is compared."""
    return today.replace(day=1) - timedelta(days=1)


def _compared(reader: Reader, today: date) -> date | None:
    day, first = end_of_last_month(today), reader.log(before=2, limit=1)
    zone = zone_of(reader.organisation().zone)
    is_held = bool(first) and first[0].at.astimezone(zone).date() <= day
    return day if is_held else None


def gather(reader: Reader, today: date) -> HomeFacts:
    """Ask for everything.

    Args:
        reader: The register.
        today: The day where the organisation is.
    """
    incidents = open_incidents(reader)
    week = due_until(today + WEEK)
    return HomeFacts(
        clocks=_clocks(reader, incidents),
        open_incidents=reader.count(incidents),
        due=_due(reader, today),
        overdue=reader.count(overdue(today)),
        due_this_week=reader.count(week),
        heat=_heat(reader),
        otherwise=_otherwise(reader),
        actions=actions(reader),
        lacks=_lacks(reader),
        records=reader.count(View(kinds=NEW_KINDS)),
        open_risks=reader.count(open_records("risk", reader.vocabulary)),
        compared=_compared(reader, today),
    )


def open_incidents(reader: Reader) -> View:
    """Open incidents that are the real thing, those that are known longest first."""
    where = (*is_open("incident", reader.vocabulary), Where("drill", "!=", True))
    return replace(LISTINGS["incident"].view(), where=where, sort=(("aware_at", False),))


def due_until(day: date) -> View:
    """What is due on a day or before it, the oldest first; not what is only practised."""
    return replace(overdue(day), where=(Where("due_at", "<=", day), FOR_REAL))


def risks_in(reader: Reader, likelihood: int, impact: int) -> View:
    """The open risks in a cell of the heat map."""
    where = risks_at(likelihood, impact, reader.vocabulary).where
    return replace(LISTINGS["risk"].view(), where=where)


def risks_otherwise(reader: Reader) -> View:
    """The open risks that another scale scores."""
    found = scored_otherwise(reader.vocabulary)
    return replace(LISTINGS["risk"].view(), where=found.where if found else ())


def actions(reader: Reader) -> Actions:
    """How the policy actions stand that apply here and ask something of an organisation."""
    stances = {action.key: action.stance for action in catalogue.policy_actions()}
    view = View(kinds=("action",), columns=("ref", "applies", "status"))
    found = Counter(
        standing_of(stances[str(ref)], _key(applies), _status(reader, status))
        for ref, applies, status in (row.values for row in reader.rows(view, reader.ids(view)))
        if str(ref) in stances
    )
    return Actions(found["in_place"], found["under_way"], found["not_started"])


def _status(reader: Reader, value: Value) -> str | None:
    """The built-in status that one of a policy action counts as."""
    return meaning_of(reader.vocabulary, "action_status", _key(value))


def _key(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def _clocks(reader: Reader, view: View) -> tuple[Clock, ...]:
    """The incidents whose clocks press most, of the newest; those not contained before the others."""
    where = (*view.where, Where("near_miss", "!=", True))
    asked = replace(view, columns=("ref",), sort=(("aware_at", True),))
    loose = replace(asked, where=(*where, Where("contained_at", "empty", True)))
    held = replace(asked, where=(*where, Where("contained_at", "empty", False)))
    ids = [*reader.ids(loose)[:_LOOKED_AT], *reader.ids(held)[:_LOOKED_AT]]
    cases, lists, now = cases_of(reader, ids), reader.vocabulary, clock.now()
    found = [
        Clock(replace(cases[id], incident=meant(cases[id].incident, lists)))
        for id in ids
        if id in cases
    ]
    english = translator("en")  # only how pressing it is counts here
    ranks = {each.id: _rank(told(each.case, now, english)) for each in found}
    return tuple(sorted(found, key=lambda each: ranks[each.id])[:SHOWN])


def _rank(told: Told) -> int:
    """How early an incident is shown, by how its clock presses; the others stand as they come."""
    return 3 if told.is_quiet else {"critical": 0, "high": 1}.get(told.level, 2)


def _due(reader: Reader, today: date) -> tuple[Due, ...]:
    """What is late the longest, and what comes next: old debts leave half of the room to the days ahead."""
    late, week = overdue(today), due_until(today + WEEK)
    coming = replace(week, where=(*week.where, Where("due_at", ">=", today)))
    next_ = reader.ids(coming)[:SHOWN]
    room = max(SHOWN // 2, SHOWN - len(next_))
    ids = [*reader.ids(late)[:room], *next_][:SHOWN]
    return tuple(
        Due(row.id, row.kind, str(row.values[0]), str(row.values[1]), row.values[2])
        for row in reader.rows(week, ids)
        if isinstance(row.values[2], date)
    )


def _heat(reader: Reader) -> Mapping[tuple[int, int], int]:
    found = reader.tally(mapped_risks(reader.vocabulary), HEAT_KEYS)
    return {
        (likelihood, impact): number
        for (likelihood, impact), number in found.items()
        if isinstance(likelihood, int) and isinstance(impact, int)
    }


def _otherwise(reader: Reader) -> int:
    view = scored_otherwise(reader.vocabulary)
    return reader.count(view) if view else 0


def _lacks(reader: Reader) -> tuple[Figure, ...]:
    """What is lacking, with the whole list behind each figure."""
    asked = lacks(reader.vocabulary)
    found = figures(asked, [reader.count(question.view) for question in asked])
    return tuple(
        each._replace(view=replace(LISTINGS[each.view.kinds[0]].view(), where=each.view.where))
        for each in found
        if each.number
    )
