"""What the plan of the year shows: what is late, then twelve months from the current one, each with what falls into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from riskreg.coming import Item, year
from riskreg.i18n import Translator
from riskreg.rules.coming import SORTS, Sort
from riskreg.rules.due import add_months
from riskreg.views import Reader
from riskreg.work import Work

MONTHS: Final = 12


class Plan(NamedTuple):
    """All dates of a year.

    Attributes:
        today: The day it begins, where the organisation is.
        items: What is late and what comes, the earliest first.
    """

    today: date
    items: Sequence[Item]


class Wanted(NamedTuple):
    """What of the plan is shown.

    Attributes:
        sort: Only this sort; "" for all.
        owner: Only what this party answers for; 0 for what nobody does, None for all.
    """

    sort: Sort | str = ""
    owner: int | None = None


class Month(NamedTuple):
    """A part of the plan: its first day, None for what is late; and what falls into it."""

    first: date | None
    items: Sequence[Item]


def gather(reader: Reader, t: Translator, today: date, work: Work) -> Plan:
    """Ask for all dates, on the thread of a job.

    Args:
        reader: The register; only this thread may use it meanwhile.
        t: The language of the window.
        today: The day where the organisation is.
        work: Progress; may cancel.

    Raises:
        Cancelled: Nobody wants the answer any more.
    """
    until = add_months(today.replace(day=1), MONTHS) - timedelta(days=1)
    return Plan(today, year(reader, t, today, until, work))


def months(plan: Plan, wanted: Wanted) -> list[Month]:
    """What is late, where anything is, and every month, empty ones too."""
    start = plan.today.replace(day=1)
    firsts = [add_months(start, number) for number in range(MONTHS)]
    late: list[Item] = []
    by_month: dict[tuple[int, int], list[Item]] = {(each.year, each.month): [] for each in firsts}
    for item in plan.items:
        if fits(item, wanted):
            place = by_month[item.day.year, item.day.month] if item.day >= plan.today else late
            place.append(item)
    found = [Month(each, by_month[each.year, each.month]) for each in firsts]
    return [Month(None, late), *found] if late else found


def fits(item: Item, wanted: Wanted) -> bool:
    """Whether something belongs to what is wanted."""
    if wanted.sort and item.sort != wanted.sort:
        return False
    if wanted.owner == 0:
        return item.is_ownable and not item.owners
    return wanted.owner is None or wanted.owner in item.owners


def sorts(items: Iterable[Item]) -> list[Sort]:
    """The sorts of things there are, in their usual order."""
    known = {item.sort for item in items}
    return [sort for sort in SORTS if sort in known]


def owners(items: Iterable[Item]) -> list[int]:
    """The parties that answer for anything; 0 first where something that should be answered for is not."""
    known: set[int] = set()
    is_unowned = False
    for item in items:
        known |= item.owners
        is_unowned = is_unowned or (item.is_ownable and not item.owners)
    return [*([0] if is_unowned else []), *sorted(known)]
