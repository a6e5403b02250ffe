"""What a local time without offset can mean in a zone: one moment, two where the clocks went back, none where they went forward.

For a time that does not exist the nearest that do are given, so that a person can choose
(reliability.md H3, H4); `records.values.local_readings` finds the moments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from riskreg.records.values import local_readings, zone_of


@dataclass(frozen=True, slots=True)
class Reading:
    """One moment that a local time can mean.

    Attributes:
        utc: The moment.
        offset: Of the zone at that moment from UTC.
    """

    utc: datetime
    offset: timedelta


@dataclass(frozen=True, slots=True)
class WallTime:
    """What a local time can mean.

    Attributes:
        kind: How often the clocks showed it.
        readings: Each moment, the earlier first; empty for `never`.
        before: For `never`, the last local time of the same precision before the gap.
        after: For `never`, the first moment after it.
    """

    kind: Literal["once", "twice", "never"]
    readings: tuple[Reading, ...]
    before: Reading | None = None
    after: Reading | None = None


def wall_time(wall: datetime, zone: str) -> WallTime:
    """What a local time can mean.

    Args:
        wall: Without a zone; with seconds other than 0 the nearest time before a gap is given to the
            second, else to the minute.
        zone: An IANA name.

    Raises:
        Unfit: There is no such zone.
    """
    place = zone_of(zone)
    readings = tuple(_reading(moment, place) for moment in local_readings(wall, zone))
    if readings:
        return WallTime("once" if len(readings) == 1 else "twice", readings)
    change = _change(wall, place)
    step = timedelta(seconds=1) if wall.second else timedelta(minutes=1)
    return WallTime("never", (), _reading(change - step, place), _reading(change, place))


def _reading(moment: datetime, place: ZoneInfo) -> Reading:
    return Reading(moment, moment.astimezone(place).utcoffset() or timedelta())


def _change(wall: datetime, place: ZoneInfo) -> datetime:
    """The moment at which the clocks skipped a local time, found to the second by halving.

    With the offset of before, the local time lies after the change; with that of after, before it.
    """
    late, early = (wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    old = _reading(early, place).offset
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if _reading(middle, place).offset == old:
            early = middle
        else:
            late = middle
    return late
