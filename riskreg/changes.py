"""Every change of the register as a value.

Typed, bulk-edited, pasted, imported, undone and restored changes are all `ChangeSet`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from riskreg.records import KINDS, Record, fields, stored
from riskreg.records.fields import Fields

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
NO_FILES: Final[Mapping[str, bytes]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to one record.

    Attributes:
        id: The record; negative for one that is new in this set (links in the set may name it so).
        kind: Its kind.
        version: The version this change was made from; 0 for a new record.
        before: The changed fields as they were; None where the record was absent (new or
            withdrawn).
        after: The same fields as they will be, Python values; None withdraws the record: it is gone
            but its id and ref stay used.
    """

    id: int
    kind: str
    version: int
    before: Fields | None
    after: Fields | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """Changes that happen together or not at all; why is a key with facts, never a sentence.

    Attributes:
        act: What was done: `add edit delete unbin link import undo redo ...`; the edge has words
            for each.
        facts: Parameters of the act as text (a file's name, its SHA-256, counts, refs).
        changes: One for each record at most.
        undoes: The journal entry this set is the inverse of.
        files: Content of new evidence by its SHA-256 in hex, kept in the same transaction.
    """

    act: str
    changes: tuple[Change, ...]
    facts: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    undoes: int | None = None
    files: Mapping[str, bytes] = field(default_factory=lambda: NO_FILES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a change set did.

    The journal entry, the records touched or derived anew, their kinds, and the ids of new ones.

    `seq` is 0 and all sets are empty where nothing differed. `new` maps the negative ids of the set
    to the ids given.
    """

    seq: int
    ids: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    new: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))


def addition(kind: str, values: Fields, id: int = -1) -> Change:
    """A new record with these fields."""
    return Change(id=id, kind=kind, version=0, before=None, after=values)


def edit(record: Record, values: Fields) -> Change | None:
    """The change that gives a record these values; None where it has them already."""
    before = {key: record.get(key) for key in values}
    differing = [key for key, value in values.items() if before[key] != value]
    if not differing:
        return None
    return Change(
        id=record.id,
        kind=record.kind,
        version=record.version,
        before={key: before[key] for key in differing},
        after={key: values[key] for key in differing},
    )


def one_each(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The same changes of known records, those of one record in one."""
    found: dict[int, Change] = {}
    for each in changes:
        first = found.setdefault(each.id, each)
        before = {**(first.before or {}), **(each.before or {})}
        after = {**(first.after or {}), **(each.after or {})}
        found[each.id] = replace(first, before=before, after=after)
    return tuple(found.values())


def inverse(change: Change, version: int) -> Change:
    """The change that takes this one back, for a record that stands at `version` now."""
    return replace(change, version=version, before=change.after, after=change.before)


def filled(kind: str, values: Fields) -> dict[str, fields.Value]:
    """All stored fields of a kind, those not given being empty."""
    return {key: values.get(key, fields.empty(what)) for key, what in stored(KINDS[kind]).items()}
