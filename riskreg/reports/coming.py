"""What has a date, whatever it is called elsewhere: reviews, tasks, filings, contracts, evidence that ends, drills, training."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple, cast

from riskreg.errors import N_
from riskreg.formats import listed
from riskreg.records import LISTED_KINDS, Activity, Record, Step, declared
from riskreg.reports.asked import Asked
from riskreg.reports.rows import all_records, programme_title
from riskreg.rules.due import add_months
from riskreg.views import View, Where

AGAIN: Final = N_("Again")
REVIEW: Final = N_("Next review")
TREATMENT: Final = N_("Treatment due")

_REASONS: Final = (
    "filing_due_on", "accepted_until_on", "contract_until_on", "valid_until_on",
    "evidence_until_on", "next_review_on", "due_on", "planned_on",
)  # fmt: skip
"""Fields that can be the reason of a record's next date."""
_BESIDES: Final = ("next_review_on", "evidence_until_on")
"""Fields that ask for something besides the next date: of what is in place or done."""
_REVIEWED: Final = frozenset({"next_review_on", ""})
_AGAIN: Final = frozenset({"task", "activity"})


class Item(NamedTuple):
    """Something that is to be done on a day.

    Attributes:
        day: When.
        what: What it is about, in words.
        kind: Of the record.
        id: Likewise.
        ref: Likewise.
        title: Likewise, in the language of the page.
        owner: Who answers for it, by name; "" where nobody does.
        owners: The ids of those.
        is_ownable: Somebody should answer for a record of this kind.
        is_review: The record is looked at again.
        is_planned: It belongs into the plan of a year: no task, no treatment of a risk.
    """

    day: date
    what: str
    kind: str
    id: int
    ref: str
    title: str
    owner: str
    owners: frozenset[int]
    is_ownable: bool
    is_review: bool
    is_planned: bool


def coming(asked: Asked, until: date | None = None) -> list[Item]:
    """The next date of every record that has one, the earliest first.

    Args:
        asked: What was asked for.
        until: The last day that counts; None for all.
    """
    return [_item(asked, record, _due(record), owners)
            for record, owners in _dated(asked, until)]  # fmt: skip


def year(asked: Asked, until: date) -> list[Item]:
    """All dates from the past to `until`, the earliest first: also second dates of a record, and reviews that come again."""
    found: list[Item] = []
    for record, owners in _dated(asked, until):
        first = _due(record)
        days = {first: reason(record)}
        days |= {day: reason(record) for day in _again(record, until, asked.today)}
        days |= dict(_besides(record, until))
        found += [_item(asked, record, day, owners, key) for day, key in days.items()]
    return sorted(found, key=lambda item: (item.day, item.ref))


def _due(record: Record) -> date:
    """The next date of a record that has one."""
    return cast("date", record.due_at)


def reason(record: Record) -> str:
    """The field that gave a record its next date; "" where it was counted from the last time."""
    return next((key for key in _REASONS if _get(record, key) == record.due_at), "")


def _get(record: Record, key: str) -> object:
    """A field of a record; None where its kind has none of that name."""
    return getattr(record, key, None)


def _dated(asked: Asked, until: date | None) -> Iterator[tuple[Record, frozenset[int]]]:
    """Records with a next date, and who answers for each."""
    where = Where("due_at", "<=", until) if until else Where("due_at", "empty", False)
    view = View(kinds=LISTED_KINDS, where=(where,), sort=(("due_at", False),))
    for record in all_records(asked.reader, view, asked.work):
        yield record, _owners(asked, record)


def _item(
    asked: Asked, record: Record, day: date, owners: frozenset[int], key: str | None = None
) -> Item:
    names = asked.reader.names(owners) if owners else {}
    why = reason(record) if key is None else key
    return Item(
        day=day,
        what=_what(asked, record, why),
        kind=record.kind,
        id=record.id,
        ref=record.ref,
        title=programme_title(record.ref, asked.t.language) or record.title,
        owner=listed((names[id].title for id in sorted(owners) if id in names), asked.t),
        owners=owners,
        is_ownable=isinstance(record, Step) or "owner" in declared(type(record)),
        is_review=why in _REVIEWED and record.kind not in _AGAIN,
        is_planned=record.kind != "task" and (record.kind, why) != ("risk", "due_on"),
    )


def _what(asked: Asked, record: Record, key: str) -> str:
    t = asked.t
    if isinstance(record, Activity) and key in ("planned_on", "valid_until_on", ""):
        terms = asked.reader.vocabulary.terms_of("activity_type")
        kind = terms.label(record.activity_type, t.language) if record.activity_type else ""
        return kind or t.kind_name(record.kind, plural=False)
    if key == "due_on" and record.kind == "risk":
        return t.gettext(TREATMENT)
    if key == "due_on" and record.kind in ("task", "action", "step"):
        return t.kind_name(record.kind, plural=False)
    if key:
        return t.label(record.kind, key)
    return t.gettext(AGAIN if record.kind in _AGAIN else REVIEW)


def _owners(asked: Asked, record: Record) -> frozenset[int]:
    """Who answers for a record; for a step, who does for its policy action."""
    if isinstance(record, Step):
        actions = asked.reader.records(record.action).values()
        return frozenset(id for action in actions for id in _owned(action))
    return _owned(record)


def _owned(record: Record) -> frozenset[int]:
    return cast("frozenset[int]", _get(record, "owner") or frozenset())


def _again(record: Record, until: date, today: date) -> Iterator[date]:
    """The times after the next one, by the record's cadence; of what is late nobody knows when it will be done."""
    first = _due(record)
    months = _get(record, "review_every_months")
    if reason(record) not in _REVIEWED or not isinstance(months, int) or first < today:
        return
    day = add_months(first, months)
    while months > 0 and first < day <= until:
        yield day
        first, day = day, add_months(day, months)


def _besides(record: Record, until: date) -> Iterator[tuple[date, str]]:
    """Later dates that the record holds besides its next one."""
    is_done = _get(record, "status") in ("in_place", "done", "verified")
    for key in _BESIDES:
        day = _get(record, key)
        is_meant = key == "next_review_on" or is_done
        if is_meant and isinstance(day, date) and _due(record) < day <= until:
            yield day, key
