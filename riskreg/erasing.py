"""What goes with an incident when its words are erased: each part of it tells its story again, in its own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from riskreg.errors import Expected
from riskreg.records import Evidence, Record, declared_links
from riskreg.records.fields import Value
from riskreg.views import Reader

_PARTS: Final = ("assessments", "decisions", "notices", "entries", "evidence_files")
"""The links of an incident to what is part of it."""


def parts(reader: Reader, id: int) -> tuple[Record, ...]:
    """What belongs to a record and still has words of its own, by ref; also what is in the bin.

    Of an incident its assessments, decisions, notices and entries, and the evidence that shows something of
    nothing else; other records have no parts. What was withdrawn by an undo is not among them.
    """
    if reader.record(id).kind != "incident":
        return ()
    links = reader.links(id)
    found = reader.records({each for key in _PARTS for each in links.get(key, ())})
    own = {id, *(each for each, record in found.items() if not isinstance(record, Evidence))}
    here = (each for each in found.values() if each.title and _targets(each) <= own)
    return tuple(sorted(here, key=lambda each: (each.kind, each.id)))


def refuse_held(records: Iterable[Record]) -> None:
    """Refuse before anything is erased; raises `Expected` ("on_hold") of the first that is held."""
    for each in records:
        if each.hold_reason:
            raise Expected("on_hold", ref=each.ref, by=each.hold_by, reason=each.hold_reason)


def _targets(record: Record) -> frozenset[Value]:
    """What a piece of evidence shows something of; nothing for other kinds, which are of one incident alone."""
    if not isinstance(record, Evidence):
        return frozenset()
    found: set[Value] = set()
    for key in declared_links(Evidence).keys() - {"replaces"}:
        links = record.get(key)
        found |= links if isinstance(links, frozenset) else set()
    return frozenset(found)
