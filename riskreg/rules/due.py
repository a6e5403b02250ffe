"""The next date of a record: what "To do" sorts by. Stored as a date; "overdue" is computed when it is shown."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date

from riskreg.records import Action, Asset, Incident, Organisation, Party, Record, Risk, Step


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter.

    Within the last year that a date can have, where it would be later than that.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(year, MAXYEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due(record: Record) -> date | None:
    """The earliest date on which this record asks for something; None where it asks for nothing."""
    match record:
        case Risk():
            return (
                None
                if record.status == "closed"
                else _earliest(record.due_on, record.next_review_on)
            )
        case Asset():
            return None if record.status == "disposed" else record.next_review_on
        case Action():
            return _action_due(record)
        case Incident() | Step() | Party() | Organisation():
            return None
        case _ if record.auxiliary:
            return None
        case _:
            raise TypeError(record.kind)


def _action_due(action: Action) -> date | None:
    if action.applies == "no" or action.status == "not_applicable":
        return None
    review = None
    if action.last_review_on is not None and action.review_every_months:
        review = add_months(action.last_review_on, action.review_every_months)
    is_done = action.status in ("in_place", "verified")
    return _earliest(None if is_done else action.due_on, review)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
