"""From what a form holds to one change set: pure, so that saving can be read and tested without a window.

A mirrored link belongs to the record on its other side; changing it here edits those records, in the same change set. A name that is
not in the register yet becomes a new record there too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias, cast

from riskreg.changes import Change, ChangeSet, addition, edit
from riskreg.editing import mirror_changes
from riskreg.records import KINDS, Record, stored
from riskreg.records.fields import Fields, Value
from riskreg.views import Entry, Reader

Named: TypeAlias = Mapping[int, tuple[str, str]]
"""Records to make along the way: kind and title by negative id."""

NEW = -1
"""The id of the record that `added` makes, within its change set."""


def edited(
    reader: Reader, record: Record, values: Fields, shown: Fields, named: Named
) -> ChangeSet | None:  # fmt: skip
    """The change set that gives a record these values; None where it has them already.

    Args:
        reader: Reads the records on the other side of mirrored links.
        record: As the form was filled from it: its version is what the change starts from.
        values: What the form holds, declared fields and mirrored links.
        shown: The mirrored links as the form was filled with them.
        named: Records that do not exist yet.
    """
    own = edit(record, _declared(type(record), values))
    held = {key: cast("frozenset[int]", value) for key, value in shown.items()}
    others = mirror_changes(reader, type(record), record.id, values, held)
    changes = (*_made(named, values), *((own,) if own else ()), *others)
    return ChangeSet(act="edit", changes=changes, facts={"refs": record.ref}) if changes else None


def added(reader: Reader, kind: str, values: Fields, named: Named) -> ChangeSet:
    """The change set that makes a record with these values."""
    own = addition(kind, _declared(KINDS[kind], values), NEW)
    others = mirror_changes(reader, KINDS[kind], NEW, values, {})
    return ChangeSet(act="add", changes=(*_made(named, values), own, *others))


def taken_back(record: Record, entry: Entry, newer: Collection[str]) -> ChangeSet | None:
    """The change set that gives a record the values from before an earlier entry; None where nothing is left to take back.

    It is a new change like any other, and no undo: what others changed since stays.

    Args:
        record: As it stands.
        entry: The step; one that made, removed, binned or erased the record cannot be taken back so.
        newer: The fields that were changed since; they stay as they are.
    """
    own = stored(type(record))
    before: dict[str, Value] = {}
    for change in entry.changes:
        if change.id == record.id and change.before and change.after and not change.is_erased:
            before |= {
                key: value
                for key, value in change.before.items()
                if key in own and key not in newer and key in change.after
            }
    made = edit(record, before)
    facts = {"refs": record.ref}
    return ChangeSet(act="take_back", changes=(made,), facts=facts) if made else None


def _declared(kind: type[Record], values: Fields) -> Fields:
    return {key: value for key, value in values.items() if key in stored(kind)}


def _made(named: Named, values: Fields) -> tuple[Change, ...]:
    """The new records that some link of the form still names."""
    used = {id for value in values.values() if isinstance(value, frozenset) for id in value}
    return tuple(
        addition(kind, {"title": title}, id) for id, (kind, title) in named.items() if id in used
    )
