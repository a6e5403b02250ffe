"""Records and their links as they stand in the tables, fetched whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy import Row as SqlRow

from riskreg.records import KINDS, Record, every_link, fields, values
from riskreg.rules import own
from riskreg.storage import queries, schema

CHUNK: Final = 500
"""Ids in one question; also the rows of one write."""


def chunks(items: Iterable[int]) -> Iterator[list[int]]:
    """Ids in portions that one statement takes."""
    found = list(items)
    for start in range(0, len(found), CHUNK):
        yield found[start : start + CHUNK]


def utc(stored: str | None, zone: str = "UTC") -> values.Instant | None:
    """The instant of a system column."""
    return None if stored is None else values.Instant(schema.moment(stored), zone, "second")


Ties = dict[str, frozenset[int]]
NO_LINKS: Final[frozenset[int]] = frozenset()


def these(ids: Sequence[int]) -> str:
    """Ids as the one parameter of a statement (`queries.THESE`)."""
    return f"[{','.join(map(str, map(int, ids)))}]"


_OUT: Final = f"SELECT source, role, target FROM links WHERE source IN {queries.THESE}"
_BACK: Final = (
    "SELECT links.target, links.role, records.kind, links.source FROM links "
    f"JOIN records ON records.id = links.source WHERE links.target IN {queries.THESE}"
)


def ties_of(
    connection: Connection, ids: Sequence[int], *, out: bool = True, back: bool = True
) -> dict[int, Ties]:
    """The links of some records: by `role>` what they point to, by `role<kind` what points to them."""
    found: dict[int, dict[str, set[int]]] = {}
    if out:
        for source, role, target in connection.exec_driver_sql(_OUT, (these(ids),)).all():
            found.setdefault(source, {}).setdefault(f"{role}>", set()).add(target)
    if back:
        for target, role, kind, source in connection.exec_driver_sql(_BACK, (these(ids),)).all():
            found.setdefault(target, {}).setdefault(f"{role}<{kind}", set()).add(source)
    return {id: {key: frozenset(ends) for key, ends in by.items()} for id, by in found.items()}


def links_of(ties: Ties, kind: str) -> dict[str, frozenset[int]]:
    """The links of a record by field key, out of those that `ties_of` found."""
    return {
        key: ties.get(queries.tie_of(links), NO_LINKS)
        for key, links in every_link(KINDS[kind]).items()
    }


def read_records(
    connection: Connection, ids: Iterable[int], *, withdrawn: bool = False
) -> dict[int, Record]:
    """Records by id, with their declared links; those withdrawn only when asked for."""
    wanted = list(ids)
    found: dict[int, Record] = {}
    for chosen in chunks(wanted):
        asked = select(schema.records).where(schema.records.c.id.in_(chosen))
        heads = [row._asdict() for row in connection.execute(asked).all()]
        ties = ties_of(connection, chosen, back=False)
        for kind in {head["kind"] for head in heads}:
            members = {head["id"]: head for head in heads if head["kind"] == kind}
            own = _own(connection, kind, list(members))
            for id, head in members.items():
                if withdrawn or not head["withdrawn"]:
                    found[id] = _record(head, own.get(id), ties.get(id, {}))
    return {id: found[id] for id in wanted if id in found}


def own_records(connection: Connection) -> list[Record]:
    """The scales and choices that are the organisation's own, those in the bin too."""
    table = schema.records.c
    asked = select(table.id).where(table.kind.in_(sorted(own.KINDS)), table.withdrawn == 0)
    return list(read_records(connection, connection.execute(asked).scalars().all()).values())


def _own(connection: Connection, kind: str, ids: list[int]) -> dict[int, SqlRow[Any]]:
    table = schema.tables[kind]
    return {
        row[0]: row for row in connection.execute(select(table).where(table.c.id.in_(ids))).all()
    }


def _record(head: Mapping[str, Any], own: SqlRow[Any] | None, ties: Ties) -> Record:
    kind = KINDS[head["kind"]]
    given: dict[str, Any] = {
        "id": head["id"],
        "ref": head["ref"],
        "version": head["version"],
        "created_at": utc(head["created_at"]),
        "updated_at": utc(head["updated_at"]),
        "deleted_at": utc(head["deleted_at"]),
        "title": head["title"],
        "due_at": schema.from_stored(fields.Day(label=""), (head["due_at"],)),
    }
    if own is not None:
        at = 1
        for key, what, width in schema.own_columns(kind.kind):
            if schema.is_stored_as_it_is(what):
                given[key] = own[at]
            else:
                given[key] = schema.from_stored(what, own[at : at + width])
            at += width
    for key, links in every_link(kind).items():
        if not links.mirror:
            given[key] = ties.get(f"{links.role}>", frozenset())
    return kind(**given)
