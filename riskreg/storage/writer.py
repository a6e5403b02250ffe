"""Writing records and their journal entry inside one transaction; rows go in portions, so that a reader never waits long."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Table, func, select

from riskreg.planning import Planned
from riskreg.records import KINDS, Record, declared_links, fields
from riskreg.records.base import per_kind
from riskreg.records.fields import FieldKind, Value
from riskreg.storage import journal, schema, search
from riskreg.storage.stored_records import CHUNK
from riskreg.views import Actor
from riskreg.work import QUIET, SAVING, Work


def _insert(table: Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" for _ in table.columns)})'


def _update(table: Table) -> str:
    names = ", ".join(f'"{column.name}" = ?' for column in table.columns if column.name != "id")
    return f'UPDATE "{table.name}" SET {names} WHERE "id" = ?'


_INSERT: Final = {table.name: _insert(table) for table in schema.metadata.tables.values()}
_UPDATE: Final = {table.name: _update(table) for table in schema.metadata.tables.values()}


def portions(connection: Connection, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Execute a statement for many rows, `CHUNK` at a time."""
    found = list(rows)
    for start in range(0, len(found), CHUNK):
        connection.exec_driver_sql(statement, found[start : start + CHUNK])


def head_row(record: Record, at: str) -> tuple[Any, ...]:
    """A row of `records`."""
    created, deleted = record.created_at, record.deleted_at
    return (
        record.id,
        record.kind,
        record.ref,
        schema.number_of(record.kind, record.ref),
        record.title,
        record.version,
        _text(created.utc) if created else at,
        at,
        _text(deleted.utc) if deleted else None,
        0,
        record.due_at.isoformat() if record.due_at else None,
    )


def _text(moment: Any) -> str:  # noqa: ANN401
    return str(moment.strftime("%Y-%m-%dT%H:%M:%SZ"))


@per_kind
def _layout(kind: type[Record]) -> tuple[tuple[str, FieldKind, Value, tuple[Any, ...], bool], ...]:
    """The fields in the table of a kind.

    Each with its empty value, how that is stored, and whether a value is stored as it is.
    """
    found = []
    for key, what, _ in schema.own_columns(kind.kind):
        empty = fields.empty(what)
        as_it_is = schema.is_stored_as_it_is(what)
        found.append((key, what, empty, schema.to_stored(what, empty), as_it_is))
    return tuple(found)


def own_row(record: Record) -> tuple[Any, ...]:
    """A row of the table of its kind."""
    found: list[Any] = [record.id]
    for key, what, empty, stored_empty, as_it_is in _layout(type(record)):
        value = getattr(record, key)
        if as_it_is:
            found.append(value)
        else:
            found += stored_empty if value == empty else schema.to_stored(what, value)
    return tuple(found)


def link_rows(record: Record) -> set[tuple[int, str, int]]:
    """The rows of `links` that a record owns."""
    return {
        (record.id, what.role, target)
        for key, what in declared_links(type(record)).items()
        for target in getattr(record, key)
    }


def search_words(record: Record, catalogue: Callable[[str], str]) -> str:
    """What the index holds of a record."""
    return search.words_of(record, catalogue)


def write(
    connection: Connection,
    planned: Sequence[Planned],
    at: str,
    catalogue: Callable[[str], str],
    work: Work,
) -> None:
    """Write records, links and index; the transaction is the caller's."""
    for start in range(0, len(planned), _STEP):
        work.step(SAVING, start, len(planned))
        _write(connection, planned[start : start + _STEP], at, catalogue)


_STEP: Final = 100
"""Records made into rows, some milliseconds, between two looks at whether to stop or to give way."""


def _write(
    connection: Connection, planned: Sequence[Planned], at: str, catalogue: Callable[[str], str]
) -> None:
    fresh = [item.record for item in planned if item.record and not item.is_known]
    known = [item.record for item in planned if item.record and item.is_known]
    portions(connection, _INSERT["records"], (head_row(record, at) for record in fresh))
    portions(connection, _UPDATE["records"], (_moved(head_row(record, at)) for record in known))
    for kind in KINDS:
        absent = [
            item.record
            for item in planned
            if item.record and item.record.kind == kind and item.was is None
        ]
        present = [
            item.record for item in planned if item.record and item.record.kind == kind and item.was
        ]
        portions(connection, _INSERT[kind], map(own_row, absent))
        portions(connection, _UPDATE[kind], (_moved(own_row(record)) for record in present))
    _withdraw(connection, [item for item in planned if item.record is None], at)
    _link(connection, planned)
    _index(connection, planned, catalogue)


def _moved(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The id goes last, where UPDATE wants it."""
    return (*row[1:], row[0])


def _withdraw(connection: Connection, planned: Sequence[Planned], at: str) -> None:
    for item in planned:
        connection.exec_driver_sql(
            "UPDATE records SET title = '', version = ?, updated_at = ?, deleted_at = NULL, withdrawn = 1, due_at = NULL WHERE id = ?",
            (item.version, at, item.change.id),
        )
        connection.exec_driver_sql(
            f'DELETE FROM "{item.change.kind}" WHERE id = ?', (item.change.id,)
        )


def _link(connection: Connection, planned: Sequence[Planned]) -> None:
    gone: list[tuple[int, str, int]] = []
    come: list[tuple[int, str, int]] = []
    for item in planned:
        before = link_rows(item.was) if item.was else set()
        after = link_rows(item.record) if item.record else set()
        gone += sorted(before - after)
        come += sorted(after - before)
    portions(connection, "DELETE FROM links WHERE source = ? AND role = ? AND target = ?", gone)
    portions(connection, _INSERT["links"], come)


def _index(
    connection: Connection, planned: Sequence[Planned], catalogue: Callable[[str], str]
) -> None:
    gone, come = [], []
    for item in planned:
        before = search_words(item.was, catalogue) if item.was else None
        after = search_words(item.record, catalogue) if item.record else None
        if before != after:
            gone += [(item.change.id,)] if before is not None else []
            come += [(item.change.id, after)] if after is not None else []
    portions(connection, "DELETE FROM search WHERE rowid = ?", gone)
    portions(connection, "INSERT INTO search (rowid, words) VALUES (?, ?)", come)


def reindex(
    connection: Connection, records: Iterable[Record], catalogue: Callable[[str], str]
) -> None:
    """Put the words of records of the catalogue into the index anew: a newer one may say other things."""
    chosen = [record for record in records if record.numbering == "catalogue"]
    portions(connection, "DELETE FROM search WHERE rowid = ?", ((record.id,) for record in chosen))
    words = ((record.id, search_words(record, catalogue)) for record in chosen)
    portions(connection, "INSERT INTO search (rowid, words) VALUES (?, ?)", words)


def keep_files(connection: Connection, files: Mapping[str, bytes]) -> None:
    """Keep content by its SHA-256; what is there already stays as it is."""
    for sha256, content in files.items():
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO blob (sha256, size, content) VALUES (?, ?, ?)",
            (sha256, len(content), content),
        )


def next_id(connection: Connection) -> int:
    """The first id that was never given."""
    return int(connection.execute(select(func.max(schema.records.c.id))).scalar() or 0) + 1


class Refs:
    """Gives out the refs of new records: never one that was used before."""

    def __init__(self, connection: Connection, year: int) -> None:
        self._connection = connection
        self._year = year
        self._last: dict[str, int] = {}

    def next(self, kind: str) -> str:
        """The next ref of a kind that is numbered."""
        declared = KINDS[kind]
        number = self._last.get(kind)
        if number is None:
            number = self._highest(kind)
        self._last[kind] = number + 1
        if declared.numbering == "single":
            return declared.prefix
        if declared.numbering == "yearly":
            return f"{declared.prefix}-{self._year}-{number + 1:03}"
        return f"{declared.prefix}-{number + 1:04}"

    def _highest(self, kind: str) -> int:
        column = schema.records.c.number
        asked = select(func.max(column)).where(schema.records.c.kind == kind)
        if KINDS[kind].numbering == "yearly":
            first = self._year * 1_000_000
            asked = asked.where(column.between(first, first + 999_999))
            return int(self._connection.execute(asked).scalar() or first) - first
        return int(self._connection.execute(asked).scalar() or 0)


def append(
    connection: Connection,
    *,
    register: str,
    at: str,
    actor: Actor,
    act: str,
    facts: Mapping[str, str],
    undoes: int | None = None,
    planned: Sequence[Planned] = (),
    work: Work = QUIET,
) -> journal.EntryRow:
    """Append one chained entry with its changes."""
    last = connection.execute(
        select(schema.journal.c.seq, schema.journal.c.hash)
        .order_by(schema.journal.c.seq.desc())
        .limit(1)
    ).first()
    seq, prev = (last[0] + 1, last[1]) if last else (1, journal.START)
    rows = sorted(_change_rows(seq, planned, work), key=lambda row: row.record)
    entry = journal.EntryRow(
        seq, at, schema.compact(list(actor)), act, schema.compact(dict(facts)), undoes, prev, b""
    )
    entry = entry._replace(hash=journal.entry_hash(register, entry, rows))
    connection.exec_driver_sql(_INSERT["journal"], tuple(entry))
    portions(connection, _INSERT["change"], (tuple(row) for row in rows))
    return entry


def _change_rows(seq: int, planned: Sequence[Planned], work: Work) -> Iterator[journal.ChangeRow]:
    size = journal.SALTS
    for start in range(0, len(planned), _STEP):
        work.step(SAVING, start, len(planned))
        # in one go: each call lets go of the interpreter so briefly that a window that waits for it starves
        salts = os.urandom(size * _STEP)
        for place, item in enumerate(planned[start : start + _STEP]):
            salt = salts[size * place : size * (place + 1)]
            yield journal.change_row(seq, item.change, item.version, salt)


def rewrite(connection: Connection, records: Sequence[Record]) -> None:
    """Write the derived fields of records anew; neither their versions nor their moments change."""
    heads = (
        _moved(head_row(each, _text(each.updated_at.utc) if each.updated_at else ""))
        for each in records
    )
    portions(connection, _UPDATE["records"], heads)
    for kind in sorted({each.kind for each in records}):
        rows = (_moved(own_row(each)) for each in records if each.kind == kind)
        portions(connection, _UPDATE[kind], rows)


def changes_of(connection: Connection, id: int) -> list[journal.ChangeRow]:
    """Every stored change of a record, oldest first."""
    asked = select(schema.change).where(schema.change.c.record == id).order_by(schema.change.c.seq)
    return [journal.ChangeRow(*row) for row in connection.execute(asked).all()]


def forget(connection: Connection, id: int) -> int:
    """Remove every personal payload of a record and its salt; how many changes held one."""
    held = "record = ? AND personal IS NOT NULL"
    count = connection.exec_driver_sql(
        f"SELECT count(*) FROM change WHERE {held}", (id,)
    ).scalar_one()
    connection.exec_driver_sql(
        f"UPDATE change SET personal = NULL, personal_salt = NULL WHERE {held}",
        (id,),
    )
    return int(count)


def forget_words(connection: Connection) -> None:
    """Rewrite the index without the words that were removed from it; until then they stay in the file."""
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('optimize')")


def fill(
    connection: Connection, records: Sequence[tuple[Record, str]], catalogue: Callable[[str], str]
) -> None:
    """Put whole records with the moments of their last change into empty tables (a register in memory)."""
    portions(connection, _INSERT["records"], (head_row(record, at) for record, at in records))
    for kind in KINDS:
        portions(
            connection,
            _INSERT[kind],
            (own_row(record) for record, _ in records if record.kind == kind),
        )
    portions(
        connection,
        _INSERT["links"],
        sorted({row for record, _ in records for row in link_rows(record)}),
    )
    portions(
        connection,
        "INSERT INTO search (rowid, words) VALUES (?, ?)",
        ((record.id, search_words(record, catalogue)) for record, _ in records),
    )


def fill_withdrawn(connection: Connection, heads: Iterable[tuple[Any, ...]]) -> None:
    """Put what is left of withdrawn records into tables in memory: their numbers stay used."""
    portions(connection, _INSERT["records"], heads)


def copy_journal(
    connection: Connection,
    entries: Sequence[journal.EntryRow],
    changes: Sequence[journal.ChangeRow],
) -> None:
    """Put entries and changes into empty tables (a register in memory)."""
    portions(connection, _INSERT["journal"], map(tuple, entries))
    portions(connection, _INSERT["change"], map(tuple, changes))
