"""What many changes of one record come to: its fields before the first and after the last, those left out that came back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from riskreg.records.fields import Fields, Value
from riskreg.views import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """What happened to one record between two moments.

    Attributes:
        id: The record.
        ref: What people call it.
        kind: Its kind.
        before: The fields that differ, as they were; empty for a new record.
        after: The same fields as they are; empty for one that was withdrawn.
        is_new: It was not there before.
        is_gone: It was withdrawn.
    """

    id: int
    ref: str
    kind: str
    before: Fields
    after: Fields
    is_new: bool = False
    is_gone: bool = False

    @property
    def is_binned(self) -> bool:
        """It went into the bin and is still there."""
        return self.after.get("deleted_at") is not None


@dataclass(slots=True)
class _Seen:
    ref: str
    kind: str
    before: dict[str, Value] | None
    after: dict[str, Value] | None


def net_changes(entries: Iterable[Entry]) -> tuple[Net, ...]:
    """What entries come to, one for each record that is not as it was, in the order in which they were met.

    Args:
        entries: With their changes, oldest first.
    """
    seen: dict[int, _Seen] = {}
    for entry in entries:
        for change in entry.changes:
            found = seen.get(change.id)
            if found is None:
                before = None if change.before is None else dict(change.before)
                seen[change.id] = found = _Seen(change.ref, change.kind, before, {})
            elif found.before is not None:
                found.before = {**(change.before or {}), **found.before}
            was = found.after or {}
            found.after = None if change.after is None else {**was, **change.after}
    return tuple(filter(None, (_net(id, found) for id, found in seen.items())))


def _net(id: int, seen: _Seen) -> Net | None:
    before, after = seen.before, seen.after
    if before is None and after is None:
        return None
    old, new = before or {}, after or {}
    keys = [
        key for key in {**old, **new} if before is None or after is None or old[key] != new[key]
    ]
    if not keys:
        return None
    return Net(
        id=id,
        ref=seen.ref,
        kind=seen.kind,
        before={key: old[key] for key in keys if key in old},
        after={key: new[key] for key in keys if key in new},
        is_new=before is None,
        is_gone=after is None,
    )
