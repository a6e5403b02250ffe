"""What the history tells of an incident that its record no longer says: when its times and facts were changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from riskreg.records.incident import TRIGGERS
from riskreg.views import Entry, EntryChange

FACTS: Final = frozenset(
    {
        "data_types",
        "subject_categories",
        "people_count",
        "people_live_in",
        "has_vulnerable",
        "protection",
        "nature",
        "is_ongoing",
        "contained_at",
    }
)
"""What an assessment of the harm rests on."""


class TimeChange(NamedTuple):
    """A known time that was changed, or taken out: the key of its field, and when that was recorded (UTC)."""

    field: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The changes of one incident.

    Attributes:
        times: Those of times from which a clock can run, the oldest first.
        facts_at: When something that its assessment rests on was last changed, UTC; None for never.
    """

    times: tuple[TimeChange, ...] = ()
    facts_at: datetime | None = None


NOTHING: Final = Changes()


def changes(entries: Iterable[Entry]) -> dict[int, Changes]:
    """The changes of incidents by their ids, from the entries about them, newest first."""
    times: dict[int, list[TimeChange]] = defaultdict(list)
    facts: dict[int, datetime] = {}
    for entry in entries:
        for change in entry.changes:
            if change.kind != "incident" or change.before is None or change.after is None:
                continue
            times[change.id] += (TimeChange(key, entry.at) for key in _changed_times(change))
            if FACTS & change.after.keys():
                facts.setdefault(change.id, entry.at)
    ids = times.keys() | facts.keys()
    return {
        id: Changes(times=tuple(reversed(times.get(id, []))), facts_at=facts.get(id)) for id in ids
    }


def _changed_times(change: EntryChange) -> Iterator[str]:
    before, after = change.before or {}, change.after or {}
    return (key for key in TRIGGERS if key in after and before.get(key) is not None)
