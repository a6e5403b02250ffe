"""In which order what was said of a breach stands: the last decision on a rule, the newest assessment, notices as they went out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from riskreg.records import Record
from riskreg.records.values import Instant, start_of_day
from riskreg.rules.due import add_months

R = TypeVar("R", bound=Record)

MADE: Final = frozenset({"made_at", "decided_at"})
"""Moments whose absence means long ago: an imported decision does not beat one that says when it was made.

A notice without a moment was not sent yet, an entry without one has its place after those that have.
"""
_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)


def in_order(records: Iterable[R], when: str = "") -> tuple[R, ...]:
    """By the moment in a field, the earliest first, and then in the order they were recorded.

    A moment known to the day or month counts as its end: what is said of a day stands after what is said
    of an hour of it.
    """
    unknown = _FIRST if when in MADE else _LAST

    def order(record: R) -> tuple[datetime, int]:
        moment = record.get(when) if when else None
        return (ends(moment) if isinstance(moment, Instant) else unknown, record.id)

    return tuple(sorted(records, key=order))


def ends(moment: Instant) -> datetime:
    """The end of the month, day, minute or second that is stated, in UTC: what comes after it surely comes later."""
    match moment.precision:
        case "month":
            return start_of_day(add_months(moment.local.date(), 1), moment.zone)
        case "day":
            return start_of_day(moment.local.date() + timedelta(days=1), moment.zone)
        case "minute":
            return moment.utc + timedelta(minutes=1)
        case "second":
            return moment.utc + timedelta(seconds=1)
