"""The days on which a record asks for something in the time to come, and what sort of thing each is.

The first is its next date (`due`); others follow where it comes again, or holds a later date besides.
A plan of the year is these days of all records: the oversight and review plan of the PCPD's guide on
privacy management programmes (domain 2.6).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, Literal, NamedTuple, TypeAlias, cast

from riskreg.errors import N_
from riskreg.records import Activity, Record
from riskreg.rules.due import add_months

Sort: TypeAlias = Literal[
    "review", "training", "drill", "activity", "filing", "contract", "acceptance", "evidence",
    "programme", "measure", "treatment", "task",
]  # fmt: skip

SORTS: Final[Mapping[Sort, str]] = {
    "review": N_("Reviews"),
    "training": N_("Training"),
    "drill": N_("Drills"),
    "activity": N_("Other activities"),
    "filing": N_("Filings"),
    "contract": N_("Ends of contracts"),
    "acceptance": N_("Ends of acceptances"),
    "evidence": N_("Evidence that ends"),
    "programme": N_("Policy actions and steps"),
    "measure": N_("Measures to put in place"),
    "treatment": N_("Treatments of risks"),
    "task": N_("Tasks"),
}
"""What each sort of thing is called, in the order of a list to choose from."""

AGAIN: Final = frozenset({"task", "activity"})
"""Kinds that are done again, where others are reviewed."""
REVIEWED: Final = frozenset({"next_review_on", ""})
"""Reasons that mean a review; of the kinds in `AGAIN` that it is done again."""

_REASONS: Final = (
    "filing_due_on", "accepted_until_on", "contract_until_on", "valid_until_on",
    "evidence_until_on", "next_review_on", "due_on", "planned_on",
)  # fmt: skip
"""Fields that can be the reason of a record's next date."""
_SORT_OF: Final[Mapping[str, Sort]] = {
    "filing_due_on": "filing",
    "contract_until_on": "contract",
    "accepted_until_on": "acceptance",
    "valid_until_on": "evidence",
    "evidence_until_on": "evidence",
}
_DUE_OF: Final[Mapping[str, Sort]] = {"risk": "treatment", "measure": "measure"}
_ACTIVITIES: Final[Mapping[str, Sort]] = {
    "training": "training",
    "drill": "drill",
    "review": "review",
    "access_review": "review",
}
_DONE: Final = frozenset({"in_place", "done", "verified"})


class Date(NamedTuple):
    """A day on which a record asks for something; `field` is the reason, "" where it was counted from the last time."""

    day: date
    field: str


def reason(record: Record) -> str:
    """The field that gave a record its next date; "" where it was counted from the last time."""
    return next((key for key in _REASONS if _get(record, key) == record.due_at), "")


def dates(record: Record, until: date, today: date) -> Iterator[Date]:
    """The days of a record up to `until`: its next date, later ones besides it, and each time it comes again.

    When a review or an activity that is late will be made up for nobody knows, so it does not come again.
    """
    if record.due_at is None or record.due_at > until:
        return
    first = Date(record.due_at, reason(record))
    given = {each.day: each for each in _besides(record, first.day, until)} | {first.day: first}
    for each in given.values():
        if each.day >= today and _recurs(record, each.field):
            for day in _again(each.day, _months(record), until):
                given = {day: Date(day, _again_field(record, each.field))} | given
    yield from sorted(given.values())


def sort(record: Record, field: str) -> Sort:
    """What sort of thing a record asks for by a reason (`Date.field`)."""
    if record.kind == "task":
        return "task"
    if isinstance(record, Activity):
        return _ACTIVITIES.get(record.activity_type or "", "activity")
    if field == "due_on":
        return _DUE_OF.get(record.kind, "programme")
    return _SORT_OF.get(field, "review")


def _besides(record: Record, first: date, until: date) -> Iterator[Date]:
    """Later dates that a record holds besides its next one, where they are in force."""
    status = _get(record, "status")
    is_meant = {
        "next_review_on": True,
        "evidence_until_on": status in _DONE,
        "accepted_until_on": status == "accepted",
        "filing_due_on": _get(record, "filed_on") is None,
    }
    for field, is_in_force in is_meant.items():
        day = _get(record, field)
        if is_in_force and isinstance(day, date) and first < day <= until:
            yield Date(day, field)


def _recurs(record: Record, field: str) -> bool:
    """Activities and tasks by their cadence, other records by that of their review."""
    return record.kind in AGAIN or field in REVIEWED


def _again_field(record: Record, field: str) -> str:
    return "" if record.kind in AGAIN else field


def _months(record: Record) -> int:
    """Months from one time to the next; 0 where it does not come again."""
    key = "repeat_every_months" if record.kind in AGAIN else "review_every_months"
    return cast("int | None", _get(record, key)) or 0


def _again(first: date, months: int, until: date) -> Iterator[date]:
    """The times after the first, counted from it so that the end of a month stays one."""
    number = months
    while months > 0 and (day := add_months(first, number)) <= until and day > first:
        yield day
        number += months


def _get(record: Record, key: str) -> object:
    """A field of a record; None where its kind has none of that name."""
    return getattr(record, key, None)
