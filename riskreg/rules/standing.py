"""In which order what was said of a breach stands: the last decision on a rule, the newest assessment, notices as they went out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from riskreg.records import Notice, Record
from riskreg.records.values import CLOCKS_DIFFER, Instant, start_of_day
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


def has_come(moment: Instant, now: datetime) -> bool:
    """Whether something said of a moment can have been done: what lies ahead was planned, or is a slip of the hand."""
    return moment.utc <= now + CLOCKS_DIFFER


def went_out(notice: Notice, now: datetime) -> bool:
    """Whether a notice was sent, a withdrawal as well; one that is said to go out later was not. `now` has a zone."""
    return notice.sent_at is not None and has_come(notice.sent_at, now)


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
