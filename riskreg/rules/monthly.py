"""What a month came to: incidents and near misses, how risks moved, what was done. Drills, and what was found to be no breach, count nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final, Literal, cast

from riskreg.records import Incident, Risk
from riskreg.records.fields import Value
from riskreg.records.terms import Scale, Vocabulary
from riskreg.records.values import Instant, zone_of
from riskreg.rules.compared import Net
from riskreg.rules.due import add_months
from riskreg.rules.meaning import meaning_of
from riskreg.rules.scoring import score

Trend = Literal["new", "worse", "same", "better"]

DEEDS: Final = (
    "new_incident",
    "closed_incident",
    "new_risk",
    "rescored",
    "closed_risk",
    "retention",
    "step_done",
)
"""What is counted of a month's changes, in the order of the page."""

_SCORED: Final = ("residual_likelihood", "residual_impact")


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
    """The figures up to a day, on the calendar of a zone; what was no breach counts nowhere.

    Args:
        incidents: In the built-in choices (`rules.meaning.meant`).
        today: The day.
        zone: Whose calendar.
    """
    counted = (each for each in incidents if not each.drill and each.status != "not_a_breach")
    dated = [(each, day) for each in counted if (day := known_on(each, zone))]
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


def trend(risk: Risk, net: Net | None, scale: Scale) -> Trend:
    """How a risk moved: by its score with today's controls, before the changes of a month and now.

    Args:
        risk: As it stands.
        net: What the month changed of it; None for nothing.
        scale: The one in force; both scores are taken on it.
    """
    if net is None or net.is_new:
        return "same" if net is None else "new"
    now = score(risk.residual_likelihood, risk.residual_impact, scale)
    likelihood, impact = (_step(net.before.get(key, getattr(risk, key))) for key in _SCORED)
    was = score(likelihood, impact, scale)
    if now is None or was == now:
        return "same"
    if was is None:
        return "new"
    return "worse" if now > was else "better"


def _step(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def deeds(nets: Iterable[Net], vocabulary: Vocabulary) -> Mapping[str, int]:
    """How often each of `DEEDS` was done; what is in the bin or was taken back does not count."""
    found = Counter(
        deed
        for net in nets
        if not (net.is_gone or net.is_binned)
        for deed in _deeds(net, vocabulary)
    )
    return {deed: found[deed] for deed in DEEDS}


def _deeds(net: Net, vocabulary: Vocabulary) -> Iterator[str]:
    before, after = net.before, net.after
    status = cast("str | None", after.get("status"))
    if status is not None:
        status = meaning_of(vocabulary, f"{net.kind}_status", status)
    if net.kind in ("incident", "risk"):
        if net.is_new:
            yield f"new_{net.kind}"
        if status == "closed" and not net.is_new:
            yield f"closed_{net.kind}"
    if net.kind == "risk" and not net.is_new and any(key in after for key in _SCORED):
        yield "rescored"
    is_kept_for = bool(after.get("retention")) and not before.get("retention")
    if net.kind == "asset" and not net.is_new and is_kept_for:
        yield "retention"
    if net.kind == "step" and status == "done":
        yield "step_done"
