"""From what a form holds to one change set: pure, so that saving can be read and tested without a window.

A mirrored link belongs to the record on its other side; changing it here edits those records, in the same change set. A name that is
not in the register yet becomes a new party there too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias, cast

from riskreg.changes import Change, ChangeSet, addition, edit
from riskreg.records import KINDS, Record, every_link, mirrored, stored
from riskreg.records.fields import Fields, Value

Ids: TypeAlias = frozenset[int]
ReadRecord: TypeAlias = Callable[[int], Record]


def edited(
    record: Record, values: Fields, shown: Fields, named: Mapping[int, tuple[str, str]], read: ReadRecord
) -> ChangeSet | None:  # fmt: skip
    """The change set that gives a record these values; None where nothing differs.

    Args:
        record: As the form was filled from it.
        values: What the form holds now, declared fields and mirrored links.
        shown: The mirrored links as the form showed them.
        named: Records to make along the way: negative id to kind and title.
        read: Reads another record, for the mirrored links.
    """
    own = {key: value for key, value in values.items() if key in stored(type(record))}
    first = edit(record, own)
    others = _mirrors(type(record), record.id, values, shown, read)
    changes = (*_made(named, values), *((first,) if first else ()), *others)
    return ChangeSet(act="edit", changes=changes) if changes else None


def added(
    kind: str, values: Fields, named: Mapping[int, tuple[str, str]], read: ReadRecord
) -> ChangeSet:
    """The change set that makes a record with these values; the record is -1 in it."""
    own = {key: value for key, value in values.items() if key in stored(KINDS[kind])}
    others = _mirrors(KINDS[kind], -1, values, {}, read)
    return ChangeSet(act="add", changes=(*_made(named, values), addition(kind, own), *others))


def _made(named: Mapping[int, tuple[str, str]], values: Fields) -> tuple[Change, ...]:
    """The new records that some link of the form still names."""
    used = {id for value in values.values() if isinstance(value, frozenset) for id in value}
    return tuple(
        addition(kind, {"title": title}, id)
        for id, (kind, title) in sorted(named.items(), reverse=True)
        if id in used
    )


def _mirrors(
    kind: type[Record], id: int, values: Fields, shown: Fields, read: ReadRecord
) -> tuple[Change, ...]:  # fmt: skip
    """Edits of the records on the other side, one for each; a record may be named by several mirrored links."""
    wanted: dict[int, dict[str, Value]] = {}
    records: dict[int, Record] = {}
    for key, links in mirrored(kind).items():
        if key not in values:
            continue
        now, was = cast("Ids", values[key]), cast("Ids", shown.get(key, frozenset()))
        for other in sorted(now ^ was):
            record = records.setdefault(other, read(other))
            held = cast("Ids", record.get(links.back))
            one = every_link(type(record))[links.back].one
            joined = frozenset({id}) if one else held | {id}
            wanted.setdefault(other, {})[links.back] = joined if other in now else held - {id}
    edits = (edit(records[other], fields) for other, fields in wanted.items())
    return tuple(change for change in edits if change)
