"""One open register file: its two connections, its history, and every write as one transaction.

`riskreg.register` is the only caller; it decides what may happen, this file makes it happen.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, exists, func, select

from riskreg import planning
from riskreg.changes import Change, Changed, ChangeSet
from riskreg.errors import N_, Expected, Problem, Refused
from riskreg.planning import Planned
from riskreg.records import KINDS, Record, fields, stored, values
from riskreg.records.base import derived
from riskreg.records.evidence import Evidence
from riskreg.records.terms import Vocabulary
from riskreg.rules import own
from riskreg.rules.derive import Given, derive
from riskreg.settings import Keeping
from riskreg.storage import backup as copies
from riskreg.storage import blobs, copying, drafts, guard, journal, migrate, schema, verify, writer
from riskreg.storage import engine as engines
from riskreg.storage.engine import failures, raw
from riskreg.storage.present import StoredPresent
from riskreg.storage.reader import StoredReader as StoredReader
from riskreg.storage.reader import legible, own_records, read_records
from riskreg.views import Actor, Backup, Draft, Entry, Finding, Verification
from riskreg.work import CHECKING, CLEANING, QUIET, SAVING, VERIFYING, Work

Words = Callable[[str], str]
HEAVY: Final = 16_000_000
"""Bytes of files kept as evidence from which on a copy in memory is made without them."""
_FEW: Final = 8
"""Up to so many refs are named in an entry's facts."""


def resolved(path: Path) -> Path:
    """The file behind a path, links followed; raises `Expected` where there is none."""
    guard.identity(path)
    return path.resolve()


def backups(folder: Path) -> list[Backup]:
    """The verified backups in a folder, newest first."""
    return copies.found(folder)


def create(path: Path, register: str, fill: Callable[[Store], Any], words: Words) -> None:
    """Make a register beside its name, fill it, and give it its name only when it is whole."""
    part = path.with_name(f".{path.name}.part")
    with failures(path):
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            engine = engines.writer(part)
            try:
                with engine.begin() as connection:
                    migrate.upgrade(connection)
            finally:
                raw(engine).close()
            store = Store(part, is_writable=True, words=words, register=register)
            try:
                fill(store)
            finally:
                store.close()
            _name(part, path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _name(part: Path, path: Path) -> None:
    """Give a finished file its name, never over another file."""
    if os.name != "posix":
        part.rename(path)  # refuses an existing target there
        return
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise Expected("exists", path=path.name) from None
    except OSError:
        # no hard links here, as on a memory stick: take the name first, then put the file there
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        part.replace(path)


def fingerprint_of(path: Path) -> str:
    """The fingerprint of a register that is not open, "" where it cannot be read."""
    with suppress(Expected, driver.Error):
        guard.check_header(path)
        connection = engines.connect(path, "write")  # an interrupted write is taken back by this
        try:
            row = connection.execute(
                "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"
            ).fetchone()
        finally:
            connection.close()
        return journal.fingerprint(*row) if row else ""
    return ""


def put_in_place(backup: Path, path: Path, at: datetime, work: Work) -> Path | None:
    """Copy a checked backup beside a register, move the register aside, and give the copy its name."""
    guard.check_header(backup)
    copies.checked(backup)
    part = path.with_name(f".{path.name}.restoring")
    with failures(path):
        part.unlink(missing_ok=True)
        engine = engines.reader(backup)
        try:
            copies.copy(engine, part, work)
            copies.checked(part)
            aside = _move_aside(path, at) if path.exists() else None
            part.replace(path)
        finally:
            raw(engine).close()
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return aside


def _move_aside(path: Path, at: datetime) -> Path:
    """Move a register out of the way, with the journal of an interrupted write, which belongs to it alone.

    Left behind, that journal would be played into whatever comes in the register's place.
    """
    name = f"{path.stem} before restore {at:%Y-%m-%d %H%M%S}"
    tries = (path.with_name(f"{name}{extra}{path.suffix}") for extra in _serials())
    aside = next(free for free in tries if not free.exists())
    hot = _hot_journal(path)
    if hot.exists():
        hot.replace(_hot_journal(aside))
    path.replace(aside)
    return aside


def _serials() -> Iterator[str]:
    yield ""
    yield from (f" {serial}" for serial in count(2))


def _hot_journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


class Store:
    """An open register file. Writing is the door's matter: one call at a time."""

    def __init__(
        self,
        path: Path,
        *,
        is_writable: bool,
        words: Words,
        register: str = "",
        wait_ms: int | None = None,
    ) -> None:
        guard.check_header(path)
        self.path = path
        self._words = words
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
    def _asking(self) -> Iterator[Connection]:
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

    # what the journal says

    def _first_fact(self, key: str) -> str:
        with self._asking() as connection:
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
        with self._asking() as connection:
            return int(json.loads(connection.execute(asked).scalar_one()).get("rules", 0))

    def _steps(self) -> list[journal.Step]:
        table = schema.journal.c
        has_changes = exists().where(schema.change.c.seq == table.seq)
        asked = select(table.seq, table.act, table.undoes, has_changes).order_by(table.seq)
        with self._asking() as connection:
            return [
                journal.Step(row[0], row[1], row[2], bool(row[3]))
                for row in connection.execute(asked).all()
            ]

    def last_change(self) -> int:
        """The newest entry that changed records."""
        with self._asking() as connection:
            return int(connection.execute(select(func.max(schema.change.c.seq))).scalar() or 0)

    def restored_at(self) -> datetime | None:
        """When an older state was put in this register's place last; None where it never was."""
        table = schema.journal.c
        asked = select(func.max(table.at)).where(table.act == "restore")
        with self._asking() as connection:
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
        with self._asking() as connection:
            found = connection.execute(asked).scalar()
        if found is None:
            raise Expected("no_moment", moment=text)
        return int(found)

    def ref(self, id: int) -> str:
        """The ref of a record that is there; raises `Expected` ("no_record")."""
        asked = select(schema.records.c.ref).where(
            schema.records.c.id == id, schema.records.c.withdrawn == 0
        )
        with self._asking() as connection:
            found = connection.execute(asked).scalar()
        if found is None:
            raise Expected("no_record", ref=id)
        return str(found)

    def versions(self, ids: Iterable[int]) -> dict[int, int]:
        """The present versions of records, withdrawn ones too."""
        with self._asking() as connection:
            found = read_records(connection, list(ids), withdrawn=True)
        return {id: record.version for id, record in found.items()}

    def vocabulary(self, shipped: Vocabulary) -> Vocabulary:
        """The choices and the scale in force, after what was written last."""
        with self._asking() as connection:
            return own.overlaid(shipped, own_records(connection))

    def organisation_zone(self) -> str:
        """The organisation's zone, UTC before there is one."""
        with self._asking() as connection:
            return (
                connection.execute(select(schema.tables["organisation"].c.zone)).scalar() or "UTC"
            )

    # writing

    def write(
        self,
        changes: ChangeSet,
        moment: values.Instant,
        actor: Actor,
        rules: planning.Rules,
        work: Work = QUIET,
        year: int | None = None,
    ) -> Changed:
        """Check a change set, write it and append its entry; nothing where nothing differs."""
        work.step(CHECKING)
        at = stamp(moment)
        with self._changing() as connection:
            rules = self._rules_then(connection, changes, rules)
            present = StoredPresent(connection, year or moment.utc.year)
            planned, new = planning.plan(
                changes.changes, present, rules, work, is_return=changes.undoes is not None
            )
            if not planned:
                return Changed(seq=0)
            if changes.undoes is None and (wrong := tuple(blobs.problems(connection, planned))):
                raise Refused(wrong)
            writer.write(connection, planned, at, self._words, work)
            writer.keep_files(connection, changes.files)
            again = self._stale(connection, planned)
            self._derive(connection, again, rules.given)
            entry = writer.append(
                connection,
                register=self._register,
                at=at,
                actor=actor,
                act=changes.act,
                facts=_named(changes, planned),
                undoes=changes.undoes,
                planned=planned,
                work=work,
            )
            work.step(SAVING, len(planned), len(planned))
        self.history.add(journal.Step(entry.seq, entry.act, entry.undoes, True))
        ids = frozenset(item.change.id for item in planned) | {record.id for record in again}
        return Changed(seq=entry.seq, ids=ids, kinds=_kinds(planned), new=new)

    def _rules_then(
        self, connection: Connection, changes: ChangeSet, rules: planning.Rules
    ) -> planning.Rules:
        """The rules as they will be, where a change set touches choices or the scale.

        Everything in it is held against the new ones: scores that were mapped to the new scale too.
        """
        touching = tuple(change for change in changes.changes if change.kind in own.KINDS)
        if not touching:
            return rules
        present = StoredPresent(connection, rules.at.utc.year)
        known = {record.id: record for record in own_records(connection)}
        found = {**known, **planning.resulting(touching, present, rules)}
        records = [record for record in found.values() if record is not None]
        several = own.several_in_force(records)
        if several and changes.undoes is None:
            raise Refused(tuple(_one_scale(record) for record in several))
        vocabulary = own.overlaid(rules.vocabulary.base, records)
        given = replace(rules.given, vocabulary=vocabulary)
        return planning.Rules(vocabulary=vocabulary, given=given, at=rules.at)

    def _stale(self, connection: Connection, planned: list[Planned]) -> list[Record]:
        """Records whose derived fields read a kind that was touched, besides the touched ones."""
        touched, done = _kinds(planned), {item.change.id for item in planned}
        kinds = [
            name
            for name, kind in KINDS.items()
            if any(touched & {*what.reads} for what in derived(kind).values())
        ]
        asked = select(schema.records.c.id).where(
            schema.records.c.kind.in_(kinds), schema.records.c.withdrawn == 0
        )
        ids = (
            [id for id in connection.execute(asked).scalars().all() if id not in done]
            if kinds
            else []
        )
        return list(read_records(connection, ids).values())

    def _derive(self, connection: Connection, records: Iterable[Record], given: Given) -> None:
        """Compute derived fields anew, outside the journal."""
        pairs = ((record, record.having(derive(record, given))) for record in records)
        writer.rewrite(connection, [fresh for record, fresh in pairs if fresh != record])

    def derive_again(
        self, act: str, facts: Mapping[str, str], moment: values.Instant, actor: Actor, given: Given
    ) -> None:
        """Compute every derived field and the catalogue's words anew, and say so in the journal."""
        with self._changing() as connection:
            ids = (
                connection.execute(
                    select(schema.records.c.id).where(schema.records.c.withdrawn == 0)
                )
                .scalars()
                .all()
            )
            self._derive(connection, read_records(connection, list(ids)).values(), given)
            writer.reindex(connection, read_records(connection, list(ids)).values(), self._words)
            self._append(connection, act, facts, moment, actor)

    def _append(
        self,
        connection: Connection,
        act: str,
        facts: Mapping[str, str],
        moment: values.Instant,
        actor: Actor,
        planned: tuple[Planned, ...] = (),
    ) -> None:
        entry = writer.append(
            connection,
            register=self._register,
            at=stamp(moment),
            actor=actor,
            act=act,
            facts=facts,
            planned=planned,
        )
        self.history.add(journal.Step(entry.seq, act, None, bool(planned)))

    def note(
        self, act: str, facts: Mapping[str, str], moment: values.Instant, actor: Actor
    ) -> None:
        """Append an entry without changes."""
        with self._changing() as connection:
            self._append(connection, act, facts, moment, actor)

    def keep_draft(self, key: str, moment: values.Instant, content: Mapping[str, Any]) -> None:
        """Keep a draft; the history knows nothing of it."""
        with self._changing() as connection:
            drafts.keep(connection, key, stamp(moment), content)

    def drop_draft(self, key: str) -> None:
        """Forget a draft."""
        with self._changing() as connection:
            drafts.drop(connection, key)

    def drafts(self) -> list[Draft]:
        """What was being typed, newest first."""
        with self._asking() as connection:
            return drafts.every(connection)

    def erase(
        self,
        id: int,
        facts: Mapping[str, str],
        moment: values.Instant,
        actor: Actor,
        given: Given,
        work: Work,
    ) -> int:
        """Remove every personal payload of a record from journal, tables, index and free pages; how many entries it touched."""
        work.step(CLEANING, 0, 2)
        with self._changing() as connection:
            record = read_records(connection, [id])[id]
            keys = journal.personal_keys(writer.changes_of(connection, id))
            empty = {
                key: fields.empty(what) for key, what in stored(type(record)).items() if key in keys
            }
            blank = record.having({**empty, "version": record.version + 1, "updated_at": moment})
            blank = blank.having(derive(blank, given))
            change = Change(id=id, kind=record.kind, version=record.version, before={}, after={})
            planned = Planned(
                change=change, record=blank, was=record, version=blank.version, is_known=True
            )
            writer.write(connection, [planned], stamp(moment), self._words, QUIET)
            touched = writer.forget(connection, id)
            if isinstance(record, Evidence):
                blobs.drop(connection, id, record.sha256)
            drafts.drop_all(connection)  # what was being typed may say it again
            writer.forget_words(connection)
            self._append(connection, "erase", facts, moment, actor, (planned,))
        work.step(CLEANING, 1, 2)
        self._clean()
        return touched

    def _clean(self) -> None:
        """Drop every free page from the file.

        They hold nothing any more (`secure_delete`), so that want of space is no failure.
        """
        if self._writing is not None:
            with suppress(driver.Error):
                raw(self._writing).execute("VACUUM")

    # copies

    def backup(
        self, folder: Path, at: datetime, work: Work, keeping: Keeping | None = None
    ) -> Backup:
        """Make a verified copy; with `keeping`, which is for our own folder, older ones are thinned."""
        with self._for_copying() as engine:
            made = copies.make(engine, folder, at, work)
        if keeping:
            copies.thin(folder, made, keeping)
        return made

    def _snapshot(self) -> Engine:
        """A copy in memory, without the content of evidence where that is large."""
        with self._for_copying() as engine, failures(self.path):
            if not self._is_heavy(engine):
                return engines.snapshot(engine)
            return copying.without(engine, "blob")

    def _is_heavy(self, engine: Engine) -> bool:
        try:
            return blobs.size(engine) >= HEAVY
        except driver.DatabaseError:
            return False  # damaged: copied as it is, so that what is wrong can be named

    def _checkable(self, work: Work) -> tuple[Engine, list[Finding]]:
        """A copy to verify, and what SQLite finds in the file itself where the copy is not made of its pages."""
        with self._for_copying() as engine, failures(self.path):
            is_heavy = self._is_heavy(engine)
            pages = list(verify.pages(engine, work)) if is_heavy else []
        try:
            return self._snapshot(), pages
        except Expected as refused:
            if refused.id != "damaged":
                raise
            return engines.memory(), pages  # in which nothing can be read

    @contextmanager
    def _for_copying(self) -> Iterator[Engine]:
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

    def verify(self, fingerprint: str, given: Given, work: Work) -> Verification:
        """Check a copy in memory."""
        work.step(VERIFYING)
        copy, pages = self._checkable(work)
        try:
            content, found = verify.examine(copy, given, self._words, work)
            found = pages + found
            named = verify.files(content) if content else {}
        finally:
            raw(copy).close()
        found += self._length()
        with self._for_copying() as engine, failures(self.path):
            found += blobs.findings(engine, named, work)
        entries = content.entries if content else []
        found += verify.known(entries, fingerprint) if fingerprint else []
        return Verification(
            entries=len(entries),
            records=content.records if content else 0,
            fingerprint=verify.fingerprint_of(entries[-1]) if entries else "",
            findings=tuple(found),
        )

    def _length(self) -> list[Finding]:
        """Bytes after the last page are no part of the register and must not pass unseen."""
        with self._asking() as connection:
            page, pages = (
                int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
                for name in ("page_size", "page_count")
            )
        extra = self.path.stat().st_size - page * pages
        return [Finding(id="database_wrong", facts={"detail": f"{extra} bytes"})] if extra else []

    def as_of(self, seq: int, given: Given, vocabulary: Vocabulary) -> StoredReader:
        """The register as it stood after an entry, in memory."""
        with legible(self.path):
            past = self._past(seq, given)
        reader = StoredReader(past, vocabulary, self.path)
        reader.read_vocabulary()
        return reader

    def _past(self, seq: int, given: Given) -> Engine:
        copy = self._snapshot()
        content = verify.Content(copy)
        raw(copy).close()
        entries = [entry for entry in content.entries if entry.seq <= seq]
        changes = [row for row in content.changes if row.seq <= seq]
        states = journal.replay(entries, changes)
        past = engines.memory()
        with past.begin() as connection:
            guard.create_tables(connection)
            found = verify.records_of(states, given)
            records = [(record, states[id].updated_at) for id, record in found.items()]
            writer.fill(connection, records, self._words)
            gone = (
                verify.head_of(id, each, None) for id, each in states.items() if id not in found
            )
            writer.fill_withdrawn(connection, gone)
            writer.copy_journal(connection, entries, changes)
        return past


def stamp(moment: values.Instant) -> str:
    """The moment as the journal writes it: UTC, to the second."""
    return moment.utc.strftime("%Y-%m-%dT%H:%M:%SZ")


def _one_scale(record: Record) -> Problem:
    """A scale that would be in force beside another."""
    reason = N_("one scale is in force at a time; take the other out of force in the same step")
    return Problem(kind="scale", field="is_default", reason=reason, ref=record.ref, id=record.id)


def _kinds(planned: Iterable[Planned]) -> frozenset[str]:
    return frozenset(item.change.kind for item in planned)


def _named(changes: ChangeSet, planned: list[Planned]) -> dict[str, str]:
    """The facts, with how many records changed and, where they are few, which; and what content came with them."""
    known = {"count": str(len(planned)), **changes.facts}
    if changes.files:
        known["content"] = " ".join(sorted(changes.files))
    if len(planned) <= _FEW and "refs" not in known:
        refs = [
            item.record.ref if item.record else item.was.ref if item.was else "" for item in planned
        ]
        known["refs"] = " ".join(refs)
    return known


__all__ = [
    "Store",
    "StoredReader",
    "backups",
    "create",
    "failures",
    "fingerprint_of",
    "put_in_place",
    "resolved",
]
