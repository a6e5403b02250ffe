"""Checks of incidents: times in an order that cannot be, and what a record of a breach must say (domain 2.3, 5.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from riskreg.errors import N_
from riskreg.records import Asset, Incident
from riskreg.rules.checks.base import (
    BREACH_RECORD,
    BREACHES,
    INVENTORY,
    REVIEWING,
    Check,
    Hit,
    Label,
    Term,
    check,
)
from riskreg.rules.checks.risks import is_real
from riskreg.rules.checks.snapshot import Snapshot, ends
from riskreg.rules.proposals import is_undecided

_ORDER: Final = (
    ("occurred_from_at", "occurred_to_at"),
    ("occurred_from_at", "discovered_at"),
    ("occurred_from_at", "contained_at"),
    ("discovered_at", "aware_at"),
    ("discovered_at", "assessed_at"),
    ("discovered_at", "closed_at"),
    ("contained_at", "closed_at"),
)
"""Pairs of times of which the first comes first."""

_VAGUE: Final = frozenset({"other", "unknown"})


@check(
    Incident,
    "error",
    field="discovered_at",
    sentence=N_("“{later}” is before “{earlier}”, which cannot be."),
    source=BREACH_RECORD,
)
def times_out_of_order(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """Only what is surely earlier: a day without an hour may be any hour of it."""
    for earlier, later in _ORDER:
        first, second = getattr(incident, earlier), getattr(incident, later)
        if first is not None and second is not None and ends(second) <= first.utc:
            labels = {"later": Label("incident", later), "earlier": Label("incident", earlier)}
            yield Hit(field=later, facts=labels)


@check(
    Incident,
    "error",
    field="assessed_at",
    sentence=N_("It is open, and nobody has assessed the harm to the people yet."),
    source=BREACHES,
)
def harm_not_assessed(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """The decision that `proposals` asks the management for."""
    if is_undecided(incident):
        yield Hit()


@check(
    Incident,
    "warning",
    field="status",
    sentence=N_("It has a moment of closing, but its status is “{status}”."),
    source=BREACH_RECORD,
)
def closing_moment_while_open(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """Opened again, or not marked as closed: a person must say which."""
    if incident.closed_at is not None and incident.status and around.is_open(incident):
        yield Hit(facts={"status": Term("incident_status", around.kept(incident).status or "")})


@check(
    Incident,
    "warning",
    field="assets",
    sentence=N_("It does not say which of our data were affected."),
    source=BREACH_RECORD,
)
def incident_without_asset(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """Nothing was affected by a near miss."""
    if is_real(incident) and not incident.near_miss and not incident.assets:
        yield Hit()


@check(
    Incident,
    "warning",
    field="people_count",
    sentence=N_("Kinds of data are named, but nobody is said to be affected (0 people)."),
    source=BREACH_RECORD,
)
def data_of_nobody(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """Personal data are somebody's."""
    count = incident.people_count
    if incident.data_types and is_real(incident) and count is not None and count.number == 0:
        yield Hit()


@check(
    Incident,
    "hint",
    field="data_types",
    sentence=N_("It affected kinds of data that none of the data named with it holds: {types}."),
    source=INVENTORY,
)
def data_not_in_the_inventory(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """Either the inventory or the incident names too little."""
    assets = list(around.linked(incident.assets, Asset))
    if not assets or not is_real(incident) or not all(asset.data_types for asset in assets):
        return
    held = frozenset[str]().union(*(asset.data_types for asset in assets))
    beyond = incident.data_types - held - _VAGUE
    if beyond and not held & _VAGUE:
        yield Hit(facts={"types": tuple(Term("data_type", key) for key in sorted(beyond))})


@check(
    Incident,
    "hint",
    field="risks",
    sentence=N_("It is closed, and no risk is named that came true in it."),
    source=REVIEWING,
)
def closed_without_risk(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """What went wrong once can go wrong again: the risk is in the register, or belongs there (domain 4.4)."""
    if incident.status == "closed" and is_real(incident) and not incident.risks:
        yield Hit()


@check(
    Incident,
    "warning",
    field="drill",
    sentence=N_("It is marked as a drill and as a near miss; it can be one of them only."),
    source=BREACH_RECORD,
)
def drill_and_near_miss(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """A drill is invented; a near miss happened."""
    if incident.drill and incident.near_miss:
        yield Hit()


CHECKS: Final[tuple[Check, ...]] = (
    times_out_of_order,
    harm_not_assessed,
    closing_moment_while_open,
    incident_without_asset,
    data_of_nobody,
    drill_and_near_miss,
    data_not_in_the_inventory,
    closed_without_risk,
)
"""In the order in which they are asked."""
