"""What Home says, asked in one go by a reader of its own: running clocks, due dates, where the risks sit, what is lacking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from riskreg import catalogue
from riskreg.errors import N_
from riskreg.records.values import Instant
from riskreg.views import Reader, Row, View, Where
from ui.tables.listings import ALL_KINDS, LISTINGS, WEEK, open_statuses

SHOWN: Final = 4
_IN_PLACE: Final = ("in_place", "verified")
_UNDER_WAY: Final = ("planned", "in_progress")


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


class Lack(NamedTuple):
    """Something the register lacks: its name (a msgid), how often, and the list behind it."""

    label: str
    number: int
    view: View


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFacts:
    """All of Home.

    Attributes:
        clocks: The first open incidents, the longest known first.
        open_incidents: How many are open.
        due: The first things that are overdue or due within a week.
        overdue: How many are overdue.
        due_this_week: How many are overdue or due within a week.
        heat: Open risks by residual likelihood and impact.
        actions: How the policy actions stand.
        lacks: What is missing, only what is missing.
        records: How many records there are besides policy actions and their steps.
    """

    clocks: tuple[Clock, ...]
    open_incidents: int
    due: tuple[Due, ...]
    overdue: int
    due_this_week: int
    heat: Mapping[tuple[int, int], int]
    actions: Actions
    lacks: tuple[Lack, ...]
    records: int


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
        due=_due(reader, week),
        overdue=reader.count(due_until(today - timedelta(days=1))),
        due_this_week=reader.count(week),
        heat=_heat(reader),
        actions=actions(reader),
        lacks=_lacks(reader),
        records=reader.count(View(kinds=("incident", "risk", "asset", "party"))),
    )


def open_incidents(reader: Reader) -> View:
    """Open incidents, those that are known longest first."""
    listing = LISTINGS["incident"]
    where = (open_statuses("incident", reader.vocabulary),)
    return replace(listing.view(), where=where, sort=(("aware_at", False),))


def due_until(day: date) -> View:
    """What is due on a day or before it, the oldest first."""
    where = (Where("due_at", "<=", day),)
    return View(
        kinds=ALL_KINDS, columns=("ref", "title", "due_at"), where=where, sort=(("due_at", False),)
    )


def risks_at(reader: Reader, likelihood: int, impact: int) -> View:
    """The open risks in a cell of the heat map."""
    where = (
        open_statuses("risk", reader.vocabulary),
        Where("residual_likelihood", "=", likelihood),
        Where("residual_impact", "=", impact),
    )
    return replace(LISTINGS["risk"].view(), where=where)


def actions(reader: Reader) -> Actions:
    """How the policy actions stand that apply here and ask something of an organisation."""
    watched = {action.key for action in catalogue.policy_actions() if action.stance == "watch"}
    view = View(kinds=("action",), columns=("ref", "status", "applies"))
    statuses = [
        row.values[1]
        for row in reader.rows(view, reader.ids(view))
        if row.values[0] not in watched
        and row.values[1] != "not_applicable"
        and row.values[2] != "no"
    ]
    in_place = sum(status in _IN_PLACE for status in statuses)
    under_way = sum(status in _UNDER_WAY for status in statuses)
    return Actions(in_place, under_way, len(statuses) - in_place - under_way)


def _clocks(reader: Reader, view: View) -> tuple[Clock, ...]:
    asked = replace(view, columns=("ref", "title", "aware_at", "contained_at"))
    return tuple(_clock(row) for row in reader.rows(asked, reader.ids(view)[:SHOWN]))


def _clock(row: Row) -> Clock:
    ref, title, aware, contained = row.values
    known = aware if isinstance(aware, Instant) else None
    return Clock(row.id, str(ref), str(title), known, contained is not None)


def _due(reader: Reader, view: View) -> tuple[Due, ...]:
    return tuple(
        Due(row.id, row.kind, str(row.values[0]), str(row.values[1]), row.values[2])
        for row in reader.rows(view, reader.ids(view)[:SHOWN])
        if isinstance(row.values[2], date)
    )


def _heat(reader: Reader) -> Mapping[tuple[int, int], int]:
    view = View(kinds=("risk",), where=(open_statuses("risk", reader.vocabulary),))
    found = reader.tally(view, ("residual_likelihood", "residual_impact"))
    return {
        (likelihood, impact): number
        for (likelihood, impact), number in found.items()
        if isinstance(likelihood, int) and isinstance(impact, int)
    }


def _lacks(reader: Reader) -> tuple[Lack, ...]:
    vocabulary = reader.vocabulary
    is_open = {kind: open_statuses(kind, vocabulary) for kind in ("incident", "risk", "asset")}
    asked = (
        (N_("Open incidents, unknown since when"), "incident", "aware_at"),
        (N_("Risks without a score"), "risk", "residual_score"),
        (N_("Risks without owner"), "risk", "owner"),
        (N_("Data assets without retention"), "asset", "retention"),
        (N_("Data assets without owner"), "asset", "owner"),
    )
    found = []
    for label, kind, field in asked:
        where = (is_open[kind], Where(field, "empty", True))
        view = replace(LISTINGS[kind].view(), where=where)
        if number := reader.count(view):
            found.append(Lack(label, number, view))
    return tuple(found)
