"""Next dates that follow from the incident a decision or a notice is part of: which to look at again, and what they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, select

from riskreg.planning import Planned
from riskreg.records import Decision, Record, declared_links
from riskreg.records.terms import Vocabulary
from riskreg.rules import waiting
from riskreg.storage import schema
from riskreg.storage.stored_records import chunks, read_records

_ROLES: Final = tuple(declared_links(kind)["incident"].role for kind in waiting.PARTS)
_KINDS: Final = tuple(kind.kind for kind in waiting.PARTS)


def touched(connection: Connection, planned: Iterable[Planned]) -> list[Record]:
    """The decisions and notices whose next date what was written may have moved: they, and those beside them."""
    parts: set[int] = set()
    incidents: set[int] = set()
    for item in planned:
        sides = [each for each in (item.was, item.record) if each is not None]
        if item.change.kind in _KINDS:
            parts |= {each.id for each in sides}
            incidents |= {
                id for each in sides if isinstance(each, Decision) for id in each.incident
            }
        elif item.change.kind == "incident" and item.is_known and _decides(item):
            incidents.add(item.change.id)
    return list(read_records(connection, parts | _parts_of(connection, incidents)).values())


def followed(
    connection: Connection, records: Sequence[Record], vocabulary: Vocabulary
) -> list[Record]:
    """The same records, without the next date where what they belong to asks for nothing any more."""
    asked = [each for each in records if isinstance(each, waiting.PARTS) and each.due_at]
    if not asked:
        return list(records)
    incidents = {id for each in asked for id in each.incident}
    around = read_records(connection, incidents | _parts_of(connection, incidents))
    found = waiting.settled({**around, **{each.id: each for each in records}}.values(), vocabulary)
    settled = {each.id: each for each in found}
    return [settled.get(each.id, each) for each in records]


def _decides(item: Planned) -> bool:
    """Whether an incident came, went, or changed in what these dates follow from."""
    if item.was is None or item.record is None:
        return True
    return not waiting.DECIDES.isdisjoint(item.change.after or {})


def _parts_of(connection: Connection, incidents: Collection[int]) -> set[int]:
    """The decisions and notices of some incidents."""
    links = schema.links.c
    found: set[int] = set()
    for chosen in chunks(incidents):
        asked = select(links.source).where(links.target.in_(chosen), links.role.in_(_ROLES))
        found |= set(connection.execute(asked).scalars())
    return found
