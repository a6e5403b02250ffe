"""Entries of the journal and their changes, as values, and records with newer changes taken back."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select
from sqlalchemy import Row as SqlRow

from riskreg.records import KINDS, Record, declared_links
from riskreg.storage import journal, schema
from riskreg.storage.stored_records import chunks
from riskreg.views import Actor, Entry, EntryChange
from riskreg.work import QUIET, READING_HISTORY, Work

_STEP: Final = 50
"""Changes read, a few milliseconds, between two looks at whether to stop or to give way."""


def entry_of(row: SqlRow[Any], changes: Sequence[EntryChange]) -> Entry:
    """An entry as a value; the row ends with how many changes it has."""
    account, name = json.loads(row.actor)
    return Entry(
        seq=row.seq,
        at=schema.moment(row.at),
        actor=Actor(account, name),
        act=row.act,
        facts=json.loads(row.facts),
        undoes=row.undoes,
        changes=tuple(changes),
        count=row[-1],
    )


def newest() -> Select[Any]:
    """The question for all entries, the newest first, each with how many changes it has."""
    size = (
        select(func.count())
        .where(schema.change.c.seq == schema.journal.c.seq)
        .correlate(schema.journal)
        .scalar_subquery()
    )
    return select(schema.journal, size).order_by(schema.journal.c.seq.desc())


def about(connection: Connection, ids: Collection[int]) -> list[Entry]:
    """Entries that changed any of these records, newest first, with the changes of these alone."""
    found: dict[int, list[EntryChange]] = {}
    rows: dict[int, SqlRow[Any]] = {}
    table = schema.change.c
    for chosen in chunks(ids):
        asked = select(schema.change).where(table.record.in_(chosen)).order_by(table.record)
        refs = _refs(connection, chosen)
        for each in connection.execute(asked).all():
            row = journal.ChangeRow(*each)
            found.setdefault(row.seq, []).append(_entry_change(row, refs.get(row.record, "?")))
    for chosen in chunks(found):
        asked = newest().where(schema.journal.c.seq.in_(chosen))
        rows |= {row.seq: row for row in connection.execute(asked).all()}
    return [entry_of(rows[seq], found[seq]) for seq in sorted(rows, reverse=True)]


def once_linked(
    connection: Connection, ids: Collection[int], links: Mapping[str, str]
) -> dict[int, frozenset[int]]:
    """The records that point to each of these or ever did; `links` names by kind the field that points.

    What was never changed since it was made points where it always did: of that the history is not asked.
    The history is read once, whatever the number of records asked for.
    """
    records, change = schema.records.c, schema.change.c
    found: dict[int, set[int]] = {id: set() for id in ids}
    roles = {declared_links(KINDS[kind])[key].role for kind, key in links.items()}
    for chosen in chunks(found):
        pointing = select(schema.links.c.target, schema.links.c.source).where(
            schema.links.c.target.in_(chosen), schema.links.c.role.in_(sorted(roles))
        )
        for target, source in connection.execute(pointing).all():
            found[target].add(source)
    asked = (
        select(change.record, change.kind, change.plain)
        .join(schema.records, records.id == change.record)
        .where(records.kind.in_(sorted(links)), records.version > 1)
    )
    if len(found) == 1:
        asked = asked.where(func.instr(change.plain, str(*found)) > 0)
    for record, kind, plain in connection.execute(asked).all() if found else ():
        for side in filter(None, json.loads(plain).values()):
            for target in found.keys() & set(side.get(links[kind]) or ()):
                found[target].add(record)
    return {id: frozenset(each) for id, each in found.items()}


def with_words(connection: Connection, ids: Collection[int]) -> frozenset[int]:
    """Those of some records of which the journal still holds a personal payload, withdrawn ones too."""
    change = schema.change.c
    found: set[int] = set()
    for chosen in chunks(ids):
        asked = select(change.record).where(change.record.in_(chosen), change.personal.is_not(None))
        found |= set(connection.execute(asked.distinct()).scalars())
    return frozenset(found)


def _refs(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    table = schema.records.c
    rows = connection.execute(select(table.id, table.ref).where(table.id.in_(ids))).all()
    return {row[0]: row[1] for row in rows}


def _change_rows(
    connection: Connection, seqs: Sequence[int], id: int | None = None
) -> list[journal.ChangeRow]:
    """The stored changes of some entries, in order."""
    found: list[journal.ChangeRow] = []
    for chosen in chunks(seqs):
        asked = (
            select(schema.change)
            .where(schema.change.c.seq.in_(chosen))
            .order_by(schema.change.c.seq, schema.change.c.record)
        )
        if id is not None:
            asked = asked.where(schema.change.c.record == id)
        found += [journal.ChangeRow(*row) for row in connection.execute(asked).all()]
    return found


def changes_of(
    connection: Connection, seqs: Sequence[int], id: int | None, work: Work = QUIET
) -> dict[int, list[EntryChange]]:
    """The changes of some entries by entry, of one record where an id is given."""
    rows = _change_rows(connection, seqs, id)
    refs: dict[int, str] = {}
    for chosen in chunks({row.record for row in rows}):
        refs |= _refs(connection, chosen)
    found: dict[int, list[EntryChange]] = {}
    for place, row in enumerate(rows):
        if place % _STEP == 0:
            work.step(READING_HISTORY, place, len(rows))
        found.setdefault(row.seq, []).append(_entry_change(row, refs.get(row.record, "?")))
    return found


def _entry_change(row: journal.ChangeRow, ref: str) -> EntryChange:
    """A stored change with Python values."""
    before, after, is_erased = journal.payloads(row)
    return EntryChange(
        id=row.record,
        ref=ref,
        kind=row.kind,
        version=row.version,
        before=None if before is None else journal.decode(row.kind, before),
        after=None if after is None else journal.decode(row.kind, after),
        is_erased=is_erased,
    )


def newest_first(connection: Connection, ids: Sequence[int]) -> dict[int, list[EntryChange]]:
    """All changes of some records by record, newest first, without their refs."""
    asked = (
        select(schema.change)
        .where(schema.change.c.record.in_(ids))
        .order_by(schema.change.c.seq.desc())
    )
    found: dict[int, list[EntryChange]] = {}
    for row in connection.execute(asked).all():
        change = _entry_change(journal.ChangeRow(*row), "")
        found.setdefault(change.id, []).append(change)
    return found


def taken_back(record: Record, newer: Sequence[EntryChange], version: int) -> Record | None:
    """The record at an older version; None where it had none, was absent then, or was erased since."""
    if not 1 <= version <= record.version:
        return None
    past = record
    for change in newer:
        if change.version <= version:
            break
        if change.before is None or change.is_erased:
            return None
        past = past.having({key: value for key, value in change.before.items() if key != "ref"})
    return past.having({"version": version})
