"""Answers to questions (`views.Reader`) from one connection; every answer is fetched whole before it returns."""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import NoResultFound

from riskreg.errors import N_, Expected
from riskreg.records import Organisation, Record, fields
from riskreg.records.fields import FieldKind, Value
from riskreg.records.terms import Vocabulary
from riskreg.rules import own
from riskreg.storage import blobs, journal, queries, schema
from riskreg.storage import stored_entries as entries
from riskreg.storage.engine import failures
from riskreg.storage.stored_records import (
    CHUNK,
    NO_LINKS,
    chunks,
    links_of,
    own_records,
    read_records,
    these,
    ties_of,
    utc,
)
from riskreg.views import Entry, Head, Name, Row, View
from riskreg.work import QUIET, Work


@contextmanager
def legible(path: Path) -> Iterator[None]:
    """Call it damage where what is stored cannot be read as what is declared; `verify` says what."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, NoResultFound):
        raise Expected("damaged", path=path.name, detail=N_("its content cannot be read")) from None


class StoredReader:
    """The questions of `views.Reader`, answered by SQL. Belongs to one thread at a time."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary, path: Path) -> None:
        self._engine = engine
        self._file = path
        self._vocabulary = vocabulary
        self._organisation: tuple[int, Organisation] | None = None

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        with failures(self._file), legible(self._file), self._engine.connect() as connection:
            yield connection

    @property
    def vocabulary(self) -> Vocabulary:
        """The lists of choices and the scale in force."""
        return self._vocabulary

    def read_vocabulary(self) -> None:
        """Lay the register's own choices and scale over those that ship."""
        with self._asking() as connection:
            self._vocabulary = own.overlaid(self._vocabulary.base, own_records(connection))

    @property
    def is_sample(self) -> bool:
        """The register is the sample made by `demo`."""
        return bool(self.organisation().is_sample)

    @property
    def zone(self) -> str:
        """The organisation's zone."""
        return self.organisation().zone or "UTC"

    @property
    def register_id(self) -> str:
        """The id of the register: the first entry says it."""
        asked = select(schema.journal.c.facts).where(schema.journal.c.seq == 1)
        with self._asking() as connection:
            return str(json.loads(connection.execute(asked).scalar_one())["register"])

    def organisation(self) -> Organisation:
        """The organisation; read again only when the history moved, and the known one while the file is busy."""
        try:
            with self._asking() as connection:
                seq = connection.execute(select(func.max(schema.journal.c.seq))).scalar() or 0
                if self._organisation is None or self._organisation[0] != seq:
                    asked = select(schema.records.c.id).where(
                        schema.records.c.kind == "organisation"
                    )
                    found = read_records(connection, [connection.execute(asked).scalar_one()])
                    self._organisation = (seq, cast("Organisation", next(iter(found.values()))))
        except Expected as error:
            if error.id != "busy" or self._organisation is None:
                raise
        return self._organisation[1]

    def ids(self, view: View) -> array[int]:
        """The ids that answer, in order."""
        asked = queries.ids(view, self._vocabulary).subquery()
        # one row with all ids: a row each would take the interpreter's lock a hundred thousand times
        whole = select(func.json_group_array(asked.c.id))
        with self._asking() as connection:
            return array("q", json.loads(connection.execute(whole).scalar_one()))

    def count(self, view: View) -> int:
        """How many answer."""
        asked = queries.ids(view, self._vocabulary).order_by(None)
        with self._asking() as connection:
            question = select(func.count()).select_from(asked.subquery())
            return int(connection.execute(question).scalar_one())

    def withdrawn(self, kind: str) -> int:
        """How many were withdrawn."""
        gone = (schema.records.c.kind == kind) & (schema.records.c.withdrawn == 1)
        with self._asking() as connection:
            question = select(func.count()).select_from(schema.records).where(gone)
            return int(connection.execute(question).scalar_one())

    def once_linked(
        self, ids: Collection[int], links: Mapping[str, str]
    ) -> Mapping[int, frozenset[int]]:
        """The records that point to each of these or ever did."""
        with self._asking() as connection:
            return entries.once_linked(connection, ids, links)

    def withdrawn_ids(self, kinds: Collection[str]) -> frozenset[int]:
        """The records of these kinds that were withdrawn."""
        table = schema.records.c
        asked = select(table.id).where(table.kind.in_(sorted(kinds)), table.withdrawn == 1)
        with self._asking() as connection:
            return frozenset(connection.execute(asked).scalars().all())

    def with_words(self, ids: Collection[int]) -> frozenset[int]:
        """Those of these records of which the history still holds words."""
        with self._asking() as connection:
            return entries.with_words(connection, ids)

    def tally(self, view: View, keys: Sequence[str]) -> Mapping[tuple[Value, ...], int]:
        """How many for each combination."""
        kinds = [queries.kind_of(view, key) for key in keys]
        with self._asking() as connection:
            found = connection.execute(queries.tally(view, keys, self._vocabulary)).all()
        return {
            tuple(_tallied(kind, value) for kind, value in zip(kinds, row[:-1], strict=True)): row[
                -1
            ]
            for row in found
        }

    def rows(self, view: View, ids: Sequence[int]) -> list[Row]:
        """Rows of these ids, in this order."""
        found: dict[int, Row] = {}
        zone = (
            self.zone if {"created_at", "updated_at", "deleted_at"} & set(view.columns) else "UTC"
        )
        asked = queries.rows(view.kinds, view.columns)
        with self._asking() as connection:
            for chosen in chunks(ids):
                ties = ties_of(connection, chosen, out=asked.has_links, back=asked.has_mirrors)
                for row in connection.exec_driver_sql(asked.sql, (these(chosen),)).all():
                    found[row[0]] = _row(row, asked.layout, ties.get(row[0], {}), zone)
        return [found[id] for id in ids if id in found]

    def record(self, id: int) -> Record:
        """One record."""
        found = self.records([id])
        if id not in found:
            raise Expected("no_record", ref=id)
        return found[id]

    def records(self, ids: Iterable[int]) -> dict[int, Record]:
        """Records by id."""
        with self._asking() as connection:
            return read_records(connection, ids)

    def links(self, id: int) -> Mapping[str, frozenset[int]]:
        """Links of a record by field key, declared and mirrored."""
        with self._asking() as connection:
            kind = connection.execute(
                select(schema.records.c.kind).where(schema.records.c.id == id)
            ).scalar()
            return {} if kind is None else links_of(ties_of(connection, [id]).get(id, {}), kind)

    def links_of(self, ids: Collection[int]) -> dict[int, Mapping[str, frozenset[int]]]:
        """Links of several records."""
        table = schema.records.c
        found: dict[int, Mapping[str, frozenset[int]]] = {}
        with self._asking() as connection:
            for chosen in chunks(ids):
                ties = ties_of(connection, chosen)
                asked = select(table.id, table.kind).where(table.id.in_(chosen))
                for id, kind in connection.execute(asked).all():
                    found[id] = links_of(ties.get(id, {}), kind)
        return found

    def names(self, ids: Iterable[int]) -> Mapping[int, Name]:
        """What records are called."""
        table = schema.records.c
        found: dict[int, Name] = {}
        with self._asking() as connection:
            for chosen in chunks(ids):
                asked = select(
                    table.id, table.kind, table.ref, table.title, table.deleted_at, table.withdrawn
                )
                for id, kind, ref, title, deleted, withdrawn in connection.execute(
                    asked.where(table.id.in_(chosen))
                ).all():
                    found[id] = Name(kind, ref, title, deleted is not None or bool(withdrawn))
        return found

    def find(self, ref: str) -> int:
        """The id of a ref."""
        asked = select(schema.records.c.id).where(
            schema.records.c.ref == ref.strip().upper(), schema.records.c.withdrawn == 0
        )
        with self._asking() as connection:
            found = connection.execute(asked).scalar()
        if found is None:
            raise Expected("no_record", ref=ref)
        return int(found)

    def called(self, kind: str, titles: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
        """Records by title."""
        table = schema.records.c
        wanted = {title: title.strip() for title in titles}
        known: dict[str, list[int]] = {}
        with self._asking() as connection:
            asked = select(table.id, table.title).where(
                table.kind == kind, table.withdrawn == 0, table.deleted_at.is_(None)
            )
            distinct = sorted(set(wanted.values()))
            if len(distinct) <= CHUNK and all(map(str.isascii, distinct)):
                # SQLite folds the case of ASCII alone
                asked = asked.where(table.title.collate("NOCASE").in_(distinct))
            for id, title in connection.execute(asked).all():
                known.setdefault(title.strip().casefold(), []).append(id)
        found = {title: known.get(tidy.casefold()) for title, tidy in wanted.items()}
        return {title: tuple(ids) for title, ids in found.items() if ids}

    def content(self, sha256: str) -> bytes:
        """The bytes of a file kept as evidence."""
        with self._asking() as connection:
            found = blobs.content(connection, sha256)
        if found is None:
            raise Expected("no_content")
        return found

    def head(self) -> Head:
        """Where the history stands."""
        asked = select(schema.journal).order_by(schema.journal.c.seq.desc()).limit(1)
        with self._asking() as connection:
            row = journal.EntryRow(*connection.execute(asked).one())
            return Head(row.seq, journal.fingerprint(row.seq, row.hash), schema.moment(row.at))

    def log(
        self,
        *,
        id: int | None = None,
        before: int | None = None,
        limit: int | None = None,
        full: bool = False,
    ) -> list[Entry]:
        """Entries, newest first."""
        table = schema.journal.c
        asked = entries.newest().limit(limit)
        if id is not None:
            asked = asked.where(
                table.seq.in_(select(schema.change.c.seq).where(schema.change.c.record == id))
            )
        if before is not None:
            asked = asked.where(table.seq < before)
        with self._asking() as connection:
            found = connection.execute(asked).all()
            changes = (
                entries.changes_of(connection, [row[0] for row in found], id)
                if full or id is not None
                else {}
            )
            return [entries.entry_of(row, changes.get(row[0], ())) for row in found]

    def about(self, ids: Collection[int]) -> list[Entry]:
        """Entries that changed any of these, newest first."""
        with self._asking() as connection:
            return entries.about(connection, ids)

    def noted(self, acts: Collection[str]) -> list[Entry]:
        """Entries of these acts, newest first."""
        asked = entries.newest().where(schema.journal.c.act.in_(sorted(acts)))
        with self._asking() as connection:
            return [entries.entry_of(row, ()) for row in connection.execute(asked).all()]

    def entry(self, seq: int, work: Work = QUIET) -> Entry:
        """One entry with its changes."""
        found = self.log(before=seq + 1, limit=1)
        if not found or found[0].seq != seq:
            raise Expected("no_moment", moment=seq)
        with self._asking() as connection:
            changes = entries.changes_of(connection, [seq], None, work).get(seq, ())
        return replace(found[0], changes=tuple(changes))

    def state(self, ids: Iterable[int], version: Mapping[int, int]) -> Mapping[int, Record]:
        """Records as they stood at older versions: the present state with the newer changes taken back."""
        present = self.records(ids)
        found: dict[int, Record] = {}
        with self._asking() as connection:
            for chosen in chunks(present):
                newer = entries.newest_first(connection, chosen)
                for id in chosen:
                    past = entries.taken_back(present[id], newer.get(id, []), version.get(id, 0))
                    if past is not None:
                        found[id] = past
        return found


def _tallied(kind: FieldKind, value: Any) -> Value:  # noqa: ANN401
    of = kind.of if isinstance(kind, fields.Derived) else kind
    return (
        schema.from_stored(of, (value,))
        if isinstance(of, fields.YesNo | fields.Day)
        else cast("Value", value)
    )


def _row(
    row: Sequence[Any],
    layout: Sequence[queries.Placed],
    ties: dict[str, frozenset[int]],
    zone: str,
) -> Row:
    found: list[Value] = []
    for key, kind, at, width, as_it_is, tie in layout:
        if as_it_is:
            found.append(row[at])
        elif tie:
            found.append(ties.get(tie, NO_LINKS))
        elif key in ("created_at", "updated_at", "deleted_at"):
            found.append(utc(row[at], zone))
        else:
            found.append(schema.from_stored(kind, row[at : at + width]))
    return Row(row[0], row[1], row[2], tuple(found))
