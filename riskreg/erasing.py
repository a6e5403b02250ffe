"""What goes with an incident when its words are erased: each part of it tells its story again, in its own words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from riskreg.errors import N_
from riskreg.moments import KINDS_TOLD
from riskreg.records import Evidence, Record, declared_links
from riskreg.records.fields import Value
from riskreg.views import Reader

SHARED: Final = N_("Part of something else too, these keep their words: {refs}.")


class Part(NamedTuple):
    """What is, or ever was, part of an incident, and has words somewhere in the register or its history.

    Attributes:
        id: The record, which may be in the bin or withdrawn by an undo.
        kind: Its kind.
        ref: Its ref.
        is_shared: It is part of something else too, or now, and keeps its words.
    """

    id: int
    kind: str
    ref: str
    is_shared: bool


def parts(reader: Reader, id: int) -> tuple[Part, ...]:
    """What belongs to a record or ever did, by kind and ref; also what is in the bin and what was undone.

    Of an incident its assessments, decisions, notices and entries, and the evidence that shows it or one of
    these; other records have no parts.
    """
    if reader.record(id).kind != "incident":
        return ()
    linked = reader.once_linked([id], KINDS_TOLD)[id]
    here = reader.records(linked)
    kept = {each for each, record in here.items() if _targets(record) - {id}}
    own = {each for each in linked - kept if not isinstance(here.get(each), Evidence)}
    showing = frozenset(_showing(reader, own))
    here |= reader.records(showing)
    reached = reader.with_words(linked | showing)
    names = reader.names(reached)
    found = (
        Part(each, names[each].kind, names[each].ref, _is_shared(here.get(each), {id, *own}))
        for each in reached
    )
    return tuple(sorted(found, key=lambda each: (each.kind, each.id)))


def _showing(reader: Reader, ids: Collection[int]) -> Iterator[int]:
    """The evidence that shows any of these parts, or did."""
    fields: Mapping[str, str] = {
        what.to: key for key, what in declared_links(Evidence).items() if what.to in KINDS_TOLD
    }
    by_kind: dict[str, list[int]] = {}
    for id, name in reader.names(ids).items():
        by_kind.setdefault(name.kind, []).append(id)
    for kind in by_kind.keys() & fields.keys() - {"evidence"}:
        for found in reader.once_linked(by_kind[kind], {"evidence": fields[kind]}).values():
            yield from found


def _is_shared(record: Record | None, own: Collection[int]) -> bool:
    """Whether a record that is there belongs to something besides these."""
    return record is not None and not _targets(record) <= frozenset(own)


def _targets(record: Record) -> frozenset[Value]:
    """What a record is part of: its incident, and of a piece of evidence all that it shows something of."""
    keys = {KINDS_TOLD[record.kind]}
    if isinstance(record, Evidence):
        keys = declared_links(Evidence).keys() - {"replaces"}
    found: set[Value] = set()
    for key in keys:
        links = record.get(key)
        found |= links if isinstance(links, frozenset) else set()
    return frozenset(found)
