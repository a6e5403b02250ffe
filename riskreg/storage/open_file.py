"""One open register file: its two connections, and what its journal says of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, exists, func, select

from riskreg.errors import Expected
from riskreg.records import values
from riskreg.records.terms import Vocabulary
from riskreg.rules import own
from riskreg.storage import engine as engines
from riskreg.storage import guard, journal, schema
from riskreg.storage.engine import failures, raw
from riskreg.storage.reader import StoredReader
from riskreg.storage.stored_records import own_records, read_records
from riskreg.views import Entry
from riskreg.work import QUIET, Work

Words = Callable[[str], str]
"""All words of a ref of the catalogue, for the search."""


class OpenFile:
    """An open register file: its writer, where it may be written, and a reader."""

    def __init__(
        self,
        path: Path,
        *,
        is_writable: bool,
        words: Words,
        register: str = "",
        wait_ms: int | None = None,
    ) -> None:
        if (found := guard.check_header(path)) < engines.FORMAT:
            raise Expected("older_register", path=path.name, found=found, known=engines.FORMAT)
        self.path = path
        self.words = words
        self._identity = guard.identity(path)
        self._writing: Engine | None = None
        with failures(path):
            if is_writable:
                self._writing = engines.writer(path)
            self.reading = engines.reader(path, wait_ms)
        guard.hold(self._identity)
        try:
            guard.check_parts(path, self.reading)
            self._register = register or self._first_fact("register")
            self.history = journal.History(self._steps())
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        for engine in (self._writing, self.reading):
            if engine is not None:
                with suppress(driver.Error):
                    raw(engine).close()
        guard.release(self._identity)

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A short read on the writer's connection where there is one, so that any thread of the door may ask."""
        with failures(self.path), (self._writing or self.reading).connect() as connection:
            yield connection

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        if self._writing is None:
            raise Expected("read_only", reason="")
        self._still_there()
        try:
            with failures(self.path), self._writing.begin() as connection:
                yield connection
        except Expected as refused:
            if refused.id == "cannot_write":
                self._still_there()  # the driver does not say that it was moved meanwhile
            raise

    def _still_there(self) -> None:
        """Refuse to write into a file that was moved or replaced meanwhile."""
        try:
            found = self.path.stat()
        except OSError:
            raise Expected("moved") from None
        if (found.st_dev, found.st_ino) != self._identity:
            raise Expected("moved")

    @contextmanager
    def another_reader(self, wait_ms: int | None = None) -> Iterator[Engine]:
        """A reader's engine for another thread; raises `Expected` ("moved") where it would be of another file."""
        self._still_there()
        with failures(self.path):
            engine = engines.reader(self.path, wait_ms)
        try:
            yield engine
        finally:
            raw(engine).close()

    @contextmanager
    def copying(self) -> Iterator[Engine]:
        """A reader of its own; where the file was moved, the connection that still holds it.

        What lies at its name now is not this register.
        """
        with ExitStack() as stack:
            try:
                engine = stack.enter_context(self.another_reader())
            except Expected as refused:
                if refused.id != "moved":
                    raise
                engine = self._writing or self.reading
            yield engine

    # what the journal says

    def _first_fact(self, key: str) -> str:
        with self.asking() as connection:
            facts = connection.execute(
                select(schema.journal.c.facts).where(schema.journal.c.seq == 1)
            ).scalar()
        try:
            return str(json.loads(facts or "")[key])
        except (ValueError, KeyError, TypeError):
            raise Expected("damaged", path=self.path.name, detail="journal") from None

    def register_id(self) -> str:
        """The id of this register, for ever."""
        return self._register

    def rules_version(self) -> int:
        """The version of the rules that computed the derived fields."""
        table = schema.journal.c
        asked = (
            select(table.facts)
            .where(table.act.in_(("create", "rules")))
            .order_by(table.seq.desc())
            .limit(1)
        )
        with self.asking() as connection:
            return int(json.loads(connection.execute(asked).scalar_one()).get("rules", 0))

    def _steps(self) -> list[journal.Step]:
        table = schema.journal.c
        has_changes = exists().where(schema.change.c.seq == table.seq)
        asked = select(table.seq, table.act, table.undoes, has_changes).order_by(table.seq)
        with self.asking() as connection:
            return [
                journal.Step(row[0], row[1], row[2], bool(row[3]))
                for row in connection.execute(asked).all()
            ]

    def last_change(self) -> int:
        """The newest entry that changed records."""
        with self.asking() as connection:
            return int(connection.execute(select(func.max(schema.change.c.seq))).scalar() or 0)

    def restored_at(self) -> datetime | None:
        """When an older state was put in this register's place last; None where it never was."""
        table = schema.journal.c
        asked = select(func.max(table.at)).where(table.act == "restore")
        with self.asking() as connection:
            found = connection.execute(asked).scalar()
        return None if found is None else schema.moment(found)

    def log(self) -> list[Entry]:
        """All entries without their changes, newest first."""
        return self._reader().log()

    def entry(self, seq: int, work: Work = QUIET) -> Entry:
        """One entry with its changes."""
        return self._reader().entry(seq, work)

    def _reader(self) -> StoredReader:
        return StoredReader(
            self._writing or self.reading, Vocabulary.__new__(Vocabulary), self.path
        )

    def entry_upto(self, *, text: str, seq: int | None = None, at: datetime | None = None) -> int:
        """The last entry up to a number or moment; raises `Expected` ("no_moment")."""
        table = schema.journal.c
        asked = select(func.max(table.seq))
        if at is not None:
            asked = asked.where(table.at <= at.strftime("%Y-%m-%dT%H:%M:%SZ"))
        if seq is not None:
            asked = asked.where(table.seq == seq)
        with self.asking() as connection:
            found = connection.execute(asked).scalar()
        if found is None:
            raise Expected("no_moment", moment=text)
        return int(found)

    def ref(self, id: int) -> str:
        """The ref of a record that is there; raises `Expected` ("no_record")."""
        asked = select(schema.records.c.ref).where(
            schema.records.c.id == id, schema.records.c.withdrawn == 0
        )
        with self.asking() as connection:
            found = connection.execute(asked).scalar()
        if found is None:
            raise Expected("no_record", ref=id)
        return str(found)

    def versions(self, ids: Iterable[int]) -> dict[int, int]:
        """The present versions of records, withdrawn ones too."""
        with self.asking() as connection:
            found = read_records(connection, list(ids), withdrawn=True)
        return {id: record.version for id, record in found.items()}

    def vocabulary(self, shipped: Vocabulary) -> Vocabulary:
        """The choices and the scale in force, after what was written last."""
        with self.asking() as connection:
            return own.overlaid(shipped, own_records(connection))

    def organisation_zone(self) -> str:
        """The organisation's zone, UTC before there is one."""
        with self.asking() as connection:
            return (
                connection.execute(select(schema.tables["organisation"].c.zone)).scalar() or "UTC"
            )


def stamp(moment: values.Instant) -> str:
    """The moment as the journal writes it: UTC, to the second."""
    return moment.utc.strftime("%Y-%m-%dT%H:%M:%SZ")
