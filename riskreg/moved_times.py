"""Times that clocks run from and that a change would move: which, what that does to deadlines, and the reason with it.

A time that was known may change only with a reason in the same step (`records.lasting`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

from riskreg.cases import Case
from riskreg.changes import Change, ChangeSet
from riskreg.i18n import NN_
from riskreg.records.base import Record
from riskreg.records.fields import Fields
from riskreg.records.incident import TRIGGERS
from riskreg.rules.regimes import Rule
from riskreg.views import Reader

REASON: Final = "trigger_reason"
MANY: Final = NN_(
    "Times that clocks run from change in {number} incident.",
    "Times that clocks run from change in {number} incidents.",
)


class Shift(NamedTuple):
    """What a change does to one deadline; None where there is none."""

    rule: Rule
    before: datetime | None
    after: datetime | None


def moved(change: Change) -> tuple[str, ...]:
    """The known times of an incident that a change moves."""
    before, after = change.before or {}, change.after or {}
    if change.kind != "incident" or not before:
        return ()
    return tuple(
        key
        for key in TRIGGERS
        if key in after and before.get(key) is not None and after[key] != before[key]
    )


def unexplained(changes: ChangeSet) -> tuple[Change, ...]:
    """The changes that move a known time and do not say why; undo and its like return to what has been and need not."""
    if changes.undoes is not None:
        return ()
    return tuple(
        change
        for change in changes.changes
        if moved(change) and not str((change.after or {}).get(REASON) or "").strip()
    )


def explained(changes: ChangeSet, reason: str, reader: Reader) -> ChangeSet:
    """The same changes, those that move a time with the reason; one that was given before says the new times too."""
    wanting = {change.id for change in unexplained(changes)}
    made = tuple(
        _with(change, reason, reader) if change.id in wanting else change
        for change in changes.changes
    )
    return replace(changes, changes=made)


def shifts(case: Case, after: Fields, now: datetime) -> Iterator[Shift]:
    """The deadlines that a change of an incident's times moves, the most urgent first."""
    moved_to = replace(case, incident=case.incident.having(after))
    before = {row.rule.key: row.clock.due_at for row in case.board(now)}
    for row in moved_to.board(now):
        if row.clock.due_at != before.get(row.rule.key):
            yield Shift(row.rule, before.get(row.rule.key), row.clock.due_at)


def reason_for(record: Record, after: Fields, times: Sequence[str], reason: str) -> str:
    """The reason as it is kept; one that was given before says the new times too, or those that are taken away.

    So it differs from the one before.

    Args:
        record: As it is.
        after: What changes.
        times: The keys of the times that move.
        reason: As it was given.
    """
    said = reason.strip()
    if said != record.get(REASON):
        return said
    return f"{said}\n{', '.join(str(after[key] or record.get(key)) for key in times)}"


def _with(change: Change, reason: str, reader: Reader) -> Change:
    record, after = reader.record(change.id), change.after or {}
    said = reason_for(record, after, moved(change), reason)
    return replace(
        change,
        before={**(change.before or {}), REASON: record.get(REASON)},
        after={**after, REASON: said},
    )
