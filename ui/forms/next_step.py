"""What to do next about an incident: one sentence and one button, in the order that matters at 18:40 on a Friday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from riskreg.errors import N_
from riskreg.records import Incident, values

_OVER: Final = frozenset({"closed", "not_a_breach"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One thing to do.

    Attributes:
        title: A msgid.
        text: A msgid; may name {hours}.
        button: A msgid.
        field: The instant that the button answers with the present moment, or asks for.
        sets_now: The button stores the present moment; otherwise it leads to the field.
        hours: Since the organisation became aware; None where that is not known.
    """

    title: str
    text: str
    button: str
    field: str
    sets_now: bool = False
    hours: int | None = None


_CONTAIN: Final = N_("Contain it first; details can wait.")
_CONTAIN_HOW: Final = N_(
    "Stop it spreading: call it back, change passwords, take the page down, ask the recipient to delete it."
)
_CLOCK: Final = N_(
    "{hours} hours since you became aware. Hong Kong law sets no fixed limit; the PCPD recommends notifying as soon as practicable."
)


def next_step(incident: Incident, now: datetime) -> NextStep | None:
    """The first thing that is still open, or None when nothing is asked for."""
    if incident.status in _OVER or incident.near_miss or incident.closed_at:
        return None
    hours = _hours_since(incident.aware_at, now)
    if incident.contained_at is None:
        text = _CONTAIN_HOW if hours is None else _CLOCK
        button = N_("It is contained")
        return NextStep(
            title=_CONTAIN, text=text, button=button, field="contained_at", sets_now=True, hours=hours
        )  # fmt: skip
    if incident.aware_at is None:
        return NextStep(
            title=N_("When were you reasonably certain that personal data was affected?"),
            text=N_("Every clock counts from that moment. About right is good enough; you can correct it."),
            button=N_("Enter the time"),
            field="aware_at",
        )  # fmt: skip
    if not incident.people_live_in:
        return NextStep(
            title=N_("Where do the people live?"),
            text=N_("It decides which laws apply.") if hours is None else _CLOCK,
            button=N_("Enter the places"),
            field="people_live_in",
            hours=hours,
        )
    return None


def _hours_since(instant: values.Instant | None, now: datetime) -> int | None:
    """Whole hours; None where the moment is not known or known to the day only."""
    if instant is None or instant.precision in ("day", "month"):
        return None
    return max(0, int((now - instant.utc).total_seconds() // 3600))
