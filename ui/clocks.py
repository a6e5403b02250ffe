"""Clocks in words: how long ago the organisation became aware, counted up where no law sets hours."""

from __future__ import annotations

from typing import Final

from riskreg import clock
from riskreg.i18n import NN_, Translator
from riskreg.records.values import Instant

_DAYS_FROM_H: Final = 96
_SINCE_H: Final = NN_("{number} h since aware", "{number} h since aware")
_SINCE_DAYS: Final = NN_("{number} day since aware", "{number} days since aware")
_SENTENCE_H: Final = NN_(
    "{number} hour since you became aware. Hong Kong law sets no fixed limit; the PCPD recommends notifying as soon as practicable.",
    "{number} hours since you became aware. Hong Kong law sets no fixed limit; the PCPD recommends notifying as soon as practicable.",
)
_SENTENCE_DAYS: Final = NN_(
    "{number} day since you became aware. Hong Kong law sets no fixed limit; the PCPD recommends notifying as soon as practicable.",
    "{number} days since you became aware. Hong Kong law sets no fixed limit; the PCPD recommends notifying as soon as practicable.",
)


def hours_since(aware: Instant) -> int:
    """Whole hours since a moment; 0 where it is still to come."""
    return max(0, int((clock.now() - aware.utc).total_seconds() // 3600))


def since_aware(aware: Instant, t: Translator) -> str:
    """The clock of an incident in a few words: in hours, after four days in days."""
    return _worded(hours_since(aware), _SINCE_H, _SINCE_DAYS, t)


def sentence(aware: Instant, t: Translator) -> str:
    """The clock of an incident, and what law says about it.

    PCPD, Guidance on Data Breach Handling and Data Breach Notifications (30 June 2023).
    """
    return _worded(hours_since(aware), _SENTENCE_H, _SENTENCE_DAYS, t)


def _worded(hours: int, in_hours: tuple[str, str], in_days: tuple[str, str], t: Translator) -> str:
    if hours < _DAYS_FROM_H:
        return t.ngettext(*in_hours, hours).format(number=hours)
    return t.ngettext(*in_days, hours // 24).format(number=f"{hours // 24:,}")
