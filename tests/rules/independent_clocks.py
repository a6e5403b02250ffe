"""Deadlines computed a second time, from domain.md 3.3 alone, in whole seconds since 1970.

Nothing of `riskreg` is imported. `zoneinfo` is asked for one thing: how many seconds a zone is ahead of
UTC at a second. All else is integers, so that a slip in `datetime` arithmetic cannot be on both sides.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = 86_400
HOUR = 3_600
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=1 << 16)
def ahead(zone: str, second: int) -> int:
    """Seconds that a zone is ahead of UTC."""
    offset = (_EPOCH + timedelta(seconds=second)).astimezone(ZoneInfo(zone)).utcoffset()
    return offset.days * DAY + offset.seconds


def local_day(zone: str, second: int) -> int:
    """The number of the calendar day that clocks in the zone show, counted from 1 January 1970."""
    return (second + ahead(zone, second)) // DAY


def first_second(zone: str, day: int) -> int:
    """The first second of a calendar day, by halving between one that is before it and one that is not."""
    before, reached = day * DAY - 2 * DAY, day * DAY + 2 * DAY
    while reached - before > 1:
        middle = (before + reached) // 2
        if local_day(zone, middle) >= day:
            reached = middle
        else:
            before = middle
    return reached


def due(unit: str, amount: int, zone: str, trigger: int) -> int:
    """The last second that is in time."""
    if unit == "hours":
        return trigger + amount * HOUR
    return first_second(zone, local_day(zone, trigger) + amount + 1) - 1


def state(trigger: int, last: int, now: int, sent: int | None) -> str:
    """Where it stands: exactly at the deadline is in time, one second later is late; 75 % used is soon."""
    if sent is not None:
        return "met" if sent <= last else "met_late"
    if now > last:
        return "missed"
    return "due_soon" if 4 * (now - trigger) >= 3 * (last - trigger) else "running"


def changes(zone: str, first: int, last: int) -> list[int]:
    """Every second in a span from which the clocks of a zone are set otherwise than the second before."""
    found = []
    for start in range(first, last, 7 * DAY):
        end = start + 7 * DAY
        if ahead(zone, start) != ahead(zone, end):
            found.extend(_changes_within(zone, start, end))
    return found


def _changes_within(zone: str, start: int, end: int) -> list[int]:
    if end - start == 1:
        return [end] if ahead(zone, start) != ahead(zone, end) else []
    middle = (start + end) // 2
    halves = ((start, middle), (middle, end))
    return [
        change
        for low, high in halves
        if ahead(zone, low) != ahead(zone, high)
        for change in _changes_within(zone, low, high)
    ]


def readings(zone: str, wall: int) -> list[int]:
    """The seconds at which clocks in a zone show a wall time (itself in seconds, as if it were UTC)."""
    offsets = {ahead(zone, wall + delta) for delta in range(-2 * DAY, 2 * DAY + 1, HOUR)}
    return sorted(wall - offset for offset in offsets if ahead(zone, wall - offset) == offset)
