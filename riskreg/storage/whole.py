"""A register as a file among others: made, found, put in the place of another, moved aside."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import SQLAlchemyError

from riskreg.errors import Expected
from riskreg.storage import backup as copies
from riskreg.storage import engine as engines
from riskreg.storage import guard, journal, migrate, writer
from riskreg.storage.engine import failures, raw
from riskreg.storage.open_file import Words
from riskreg.storage.store import Store
from riskreg.views import Actor
from riskreg.work import Work


def resolved(path: Path) -> Path:
    """The file behind a path, links followed; raises `Expected` where there is none."""
    guard.identity(path)
    return path.resolve()


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


def bring_up_to_date(
    path: Path, folder: Callable[[str], Path], moment: datetime, actor: Actor, work: Work
) -> None:
    """Bring a register of an older format up to this one, after a verified copy; a step that fails leaves it as it was.

    Args:
        path: The file, which nobody has open.
        folder: Where the backups of a register are, by its id.
        moment: When, for the journal.
        actor: Who.
        work: Progress.

    Raises:
        Expected: It is no register, holds foreign parts, no copy could be made, a step failed ("not_upgraded").
    """
    found = guard.check_header(path)
    if found == engines.FORMAT:
        return
    engine = engines.writer(path)
    try:
        guard.check_parts(path, engine, found)
        with engine.connect() as connection:
            facts = connection.exec_driver_sql("SELECT facts FROM journal WHERE seq = 1").scalar()
        register = str(json.loads(facts or "{}")["register"])
        backup = copies.make(engine, folder(register), moment, work)
        told = {"found": str(found), "format": str(engines.FORMAT), "backup": backup.path.name}
        try:
            with engine.begin() as connection:
                migrate.upgrade(connection)
                writer.append(
                    connection, register=register, at=f"{moment:%Y-%m-%dT%H:%M:%SZ}", actor=actor,
                    act="migrate", facts=told,
                )  # fmt: skip
        except (driver.Error, SQLAlchemyError) as error:
            detail = type(error).__name__
            raise Expected(
                "not_upgraded", path=path.name, detail=detail, backup=backup.path.name
            ) from None
    finally:
        raw(engine).close()


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
