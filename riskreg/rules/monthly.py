"""Figures of a month: incidents and near misses, how long it took to contain them. Drills count nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from riskreg.records import Incident
from riskreg.records.values import Instant, zone_of
from riskreg.rules.due import add_months


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFigures:
    """How many incidents, by the day on which they came to light.

    Attributes:
        this_month: In the month of the day asked about.
        last_month: In the month before it.
        in_year: In the twelve months up to the day.
        near_misses: Of these twelve months; not counted among the incidents.
        contained_in: The median time from being aware to containing them, of these months; None where no incident says both.
    """

    this_month: int
    last_month: int
    in_year: int
    near_misses: int
    contained_in: timedelta | None


def incident_figures(incidents: Iterable[Incident], today: date, zone: str) -> IncidentFigures:
    """The figures up to a day, on the calendar of a zone."""
    dated = [(each, day) for each in incidents if not each.drill and (day := known_on(each, zone))]
    month, year = today.replace(day=1), add_months(today, -12)
    before = add_months(month, -1)
    real = [(each, day) for each, day in dated if not each.near_miss and day <= today]
    of_year = [each for each, day in real if day > year]
    return IncidentFigures(
        this_month=sum(day >= month for _, day in real),
        last_month=sum(before <= day < month for _, day in real),
        in_year=len(of_year),
        near_misses=sum(bool(each.near_miss) and year < day <= today for each, day in dated),
        contained_in=_median(of_year),
    )


def known_on(incident: Incident, zone: str) -> date | None:
    """The day on which an incident came to light: discovered, else aware, else recorded."""
    at = incident.discovered_at or incident.aware_at or incident.created_at
    return None if at is None else at.utc.astimezone(zone_of(zone)).date()


def _median(incidents: Sequence[Incident]) -> timedelta | None:
    taken = [
        _between(each.aware_at, each.contained_at)
        for each in incidents
        if each.aware_at is not None and each.contained_at is not None
    ]
    return timedelta(seconds=median(each.total_seconds() for each in taken)) if taken else None


def _between(start: Instant, end: Instant) -> timedelta:
    """Never less than nothing: what was contained before anybody was sure of it took no time."""
    return max(end.utc - start.utc, timedelta())
