"""What to do next about an incident: one sentence and one button, in the order that matters at 18:40 on a Friday."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from riskreg.errors import N_
from riskreg.records import Incident

_OVER: Final = frozenset({"closed", "not_a_breach"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One thing to do.

    Attributes:
        title: A msgid.
        text: A msgid; the clock is said instead where it runs.
        button: A msgid.
        field: What the button answers or leads to.
        sets_now: The button stores the present moment; otherwise it leads to the field.
    """

    title: str
    text: str
    button: str
    field: str
    sets_now: bool = False


CONTAIN: Final = NextStep(
    title=N_("Contain it first; details can wait."),
    text=N_("Call it back, change the passwords, take the page down, ask the recipient to delete it."),
    button=N_("It is contained"),
    field="contained_at",
    sets_now=True,
)  # fmt: skip
AWARE: Final = NextStep(
    title=N_("When were you sure that personal data was affected?"),
    text=N_(
        "Every clock counts from that moment. Roughly is good enough; you can correct it later."
    ),
    button=N_("Enter the time"),
    field="aware_at",
)
PLACES: Final = NextStep(
    title=N_("Where do the people live?"),
    text=N_("It decides which laws apply."),
    button=N_("Enter the places"),
    field="people_live_in",
)


def next_step(incident: Incident) -> NextStep | None:
    """The first thing that is still open, or None when nothing is asked for."""
    if incident.status in _OVER or incident.near_miss or incident.closed_at:
        return None
    if incident.contained_at is None:
        return CONTAIN
    if incident.aware_at is None:
        return AWARE
    return PLACES if not incident.people_live_in else None
