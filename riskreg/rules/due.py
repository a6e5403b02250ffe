"""The next date of a record: what "To do" sorts by. Stored as a date; "overdue" is computed when it is shown."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import MAXYEAR, date, timedelta
from typing import Final, NamedTuple

from riskreg.errors import N_
from riskreg.records import (
    Action,
    Activity,
    Assessment,
    Asset,
    Decision,
    Entry,
    Evidence,
    Incident,
    Measure,
    Notice,
    Organisation,
    OwnRule,
    Party,
    Processing,
    Record,
    Risk,
    Step,
    Task,
    Transfer,
)
from riskreg.records.values import Instant
from riskreg.rules.showing import is_current


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
            return _risk_due(record)
        case Asset():
            return None if record.status == "disposed" else _review(record)
        case Action():
            return _action_due(record)
        case Step():
            return _step_due(record)
        case Party():
            return _contract_due(record)
        case Measure():
            return _measure_due(record)
        case Task():
            return _task_due(record)
        case Processing():
            return None if record.status == "ended" else _review(record)
        case Transfer():
            return _transfer_due(record)
        case Activity():
            return _activity_due(record)
        case Evidence():
            return _evidence_due(record)
        case Decision():
            waits = record.answer == "not_yet" and record.decided_again_at is None
            return _day_of(record.decide_again_at) if waits else None
        case Notice():
            return _day_of(record.next_due_at if record.sent_at else record.planned_at)
        case Incident() | Organisation() | Assessment() | Entry() | OwnRule():
            return None
        case _ if record.auxiliary:
            return None
        case _:
            raise TypeError(record.kind)


def _review(record: Risk | Asset | Measure | Processing | Transfer) -> date | None:
    """The day that was set for the next review; where none was, the last one and the months between."""
    return record.next_review_on or _recurring(record.last_review_on, record.review_every_months)


def _recurring(last: date | None, months: int | None) -> date | None:
    return add_months(last, months) if last is not None and months else None


def _day_of(moment: Instant | None) -> date | None:
    """The day of a moment in the zone it was stated in."""
    return None if moment is None else moment.local.date()


def _risk_due(risk: Risk) -> date | None:
    """Treatment, review and the end of an acceptance (domain 4.4)."""
    if risk.status == "closed":
        return None
    ends = risk.accepted_until_on if risk.status == "accepted" else None
    return _earliest(risk.due_on, _review(risk), ends)


def _contract_due(party: Party) -> date | None:
    """The end of a contract, unless the party was gone before it."""
    ends, gone = party.contract_until_on, party.until_on
    return None if ends and gone and gone < ends else ends


def _evidence_due(evidence: Evidence) -> date | None:
    """The last day it is good, while it is relied on: neither replaced, nor given back, nor destroyed."""
    return evidence.valid_until_on if is_current(evidence) else None


def _step_due(step: Step) -> date | None:
    """While it is open, its own date; once it is done, the day until which its evidence is good."""
    match step.status:
        case "done":
            return step.evidence_until_on
        case "not_applicable":
            return None
        case _:
            return step.due_on


def _measure_due(measure: Measure) -> date | None:
    """When it shall be in place; once it is, its review and the end of what shows that it works."""
    match measure.status:
        case "retired":
            return None
        case "in_place":
            return _earliest(_review(measure), measure.evidence_until_on)
        case _:
            return _earliest(measure.due_on, _review(measure))


def _task_due(task: Task) -> date | None:
    """Its day while it is open; once a recurring one is done, the next time."""
    match task.status:
        case "cancelled":
            return None
        case "done" | "verified":
            return _recurring(task.done_on, task.repeat_every_months)
        case _:
            return task.due_on


def _transfer_due(transfer: Transfer) -> date | None:
    """Filing while it is owed, and review (domain 2.8)."""
    if transfer.status == "ended":
        return None
    owed = transfer.filed_on is None and transfer.filing_due_on
    return _earliest(owed or None, _review(transfer))


def _activity_due(activity: Activity) -> date | None:
    """Its planned day; once done, the day until which it is good, or the next by its cadence."""
    match activity.status:
        case "cancelled":
            return None
        case "done":
            return activity.valid_until_on or _recurring(
                activity.done_on, activity.repeat_every_months
            )
        case _:
            return activity.planned_on


def _action_due(action: Action) -> date | None:
    if action.applies == "no" or action.status == "not_applicable":
        return None
    review = _recurring(action.last_review_on, action.review_every_months)
    is_done = action.status in ("in_place", "verified")
    return _earliest(None if is_done else action.due_on, review)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


class Span(NamedTuple):
    """A part of what is to be done, by its date.

    Attributes:
        key: How it is called here.
        label: Its name, a msgid.
        until: Its last day; None for the last part, which has no end.
    """

    key: str
    label: str
    until: date | None


WEEK_DAYS: Final = 7
MONTH_DAYS: Final = 30


def spans(today: date) -> Sequence[Span]:
    """What is to be done, from the most pressing on; each part begins after the last day of the one before it.

    They roll with the day instead of following the calendar: on a Friday the days that matter are those to come.
    """
    return (
        Span("overdue", N_("Overdue"), today - timedelta(days=1)),
        Span("today", N_("Today"), today),
        Span("week", N_("In the next seven days"), today + timedelta(days=WEEK_DAYS)),
        Span("month", N_("In the next thirty days"), today + timedelta(days=MONTH_DAYS)),
        Span("later", N_("Later"), None),
    )
