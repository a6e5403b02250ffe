"""What Home says, asked in one go by a reader of its own: running clocks, due dates, where the risks sit, what is lacking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from riskreg import catalogue
from riskreg.records import NEW_KINDS
from riskreg.records.fields import Value
from riskreg.records.values import Instant, zone_of
from riskreg.rules.coverage import standing_of
from riskreg.rules.meaning import meaning_of
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
from riskreg.views import Reader, Row, View, Where
from ui.tables.listings import LISTINGS, WEEK

SHOWN: Final = 4


class Clock(NamedTuple):
    """An open incident; `aware` is None where nobody said since when."""

    id: int
    ref: str
    title: str
    aware: Instant | None
    is_contained: bool


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
    """Open incidents, those that are known longest first."""
    where = is_open("incident", reader.vocabulary)
    return replace(LISTINGS["incident"].view(), where=where, sort=(("aware_at", False),))


def due_until(day: date) -> View:
    """What is due on a day or before it, the oldest first."""
    return replace(overdue(day), where=(Where("due_at", "<=", day),))


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
    asked = replace(view, columns=("ref", "title", "aware_at", "contained_at"))
    open_ = replace(asked, sort=(("aware_at", True),))
    loose = replace(open_, where=(*view.where, Where("contained_at", "empty", True)))
    held = replace(open_, where=(*view.where, Where("contained_at", "empty", False)))
    ids = [*reader.ids(loose)[:SHOWN], *reader.ids(held)[:SHOWN]][:SHOWN]
    return tuple(_clock(row) for row in reader.rows(asked, ids))


def _clock(row: Row) -> Clock:
    ref, title, aware, contained = row.values
    known = aware if isinstance(aware, Instant) else None
    return Clock(row.id, str(ref), str(title), known, contained is not None)


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
