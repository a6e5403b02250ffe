"""Verified copies: made page by page with SQLite's backup, opened, checked and counted before they get their name."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine

from riskreg.errors import Expected
from riskreg.storage import engine as engines
from riskreg.storage.engine import failures
from riskreg.views import Backup
from riskreg.work import COPYING, Work

KEPT: Final = 10
"""Backups of one register that stay; the oldest go."""
_PAGES: Final = 2_000
_NAME: Final = re.compile(
    r"(?P<at>\d{8}T\d{6}Z)(?:-\d+)?-entry(?P<seq>\d+)-records(?P<records>\d+)\.riskreg"
)


def make(engine: Engine, folder: Path, at: datetime, work: Work) -> Backup:
    """Copy the register behind a reader's engine into a folder; raises `Expected` ("bad_backup", "disk_full", ...)."""
    with failures(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = folder / f".{at:%Y%m%dT%H%M%S}-{os.getpid()}.part"
    try:
        copy(engine, part, work)
        seq, records = checked(part)
        target = _free(folder, at, seq, records)
        with failures(target):
            part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Backup(path=target, made_at=at, seq=seq, records=records, size=target.stat().st_size)


def copy(engine: Engine, target: Path, work: Work) -> None:
    """Copy a whole register into a new file, synced to the disk."""
    with failures(target.parent):
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = driver.connect(engines.uri(target, "rw"), uri=True, isolation_level=None)
        try:
            engines.copied(engine, connection, _PAGES, _progress(work))
        finally:
            connection.close()
        with target.open("rb+") as file:
            os.fsync(file.fileno())


def _progress(work: Work) -> Any:  # noqa: ANN401
    def tell(_status: int, remaining: int, total: int) -> None:
        work.step(COPYING, total - remaining, total)

    return tell


def checked(path: Path) -> tuple[int, int]:
    """Open a copy, check every page, and count: the last entry and the records; raises `Expected` ("bad_backup")."""
    try:
        connection = engines.connect(path, "read")
        try:
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            seq = connection.execute("SELECT max(seq) FROM journal").fetchone()[0]
            records = connection.execute(
                "SELECT count(*) FROM records WHERE withdrawn = 0"
            ).fetchone()[0]
        finally:
            connection.close()
    except driver.Error:
        raise Expected("bad_backup", detail="SQLite") from None
    if answer != "ok" or seq is None:
        raise Expected("bad_backup", detail="SQLite")
    return seq, records


def _free(folder: Path, at: datetime, seq: int, records: int) -> Path:
    """A name that no other backup has, telling when, which entry and how many records."""
    extra = 0
    while True:
        serial = f"-{extra}" if extra else ""
        target = folder / f"{at:%Y%m%dT%H%M%SZ}{serial}-entry{seq}-records{records}.riskreg"
        if not target.exists():
            return target
        extra += 1


def found(folder: Path) -> list[Backup]:
    """The backups of a folder, newest first, from their names."""
    backups = []
    for path in folder.glob("*.riskreg") if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match:
            made = datetime.strptime(match["at"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            size = path.stat().st_size
            backups.append(
                Backup(
                    path=path,
                    made_at=made,
                    seq=int(match["seq"]),
                    records=int(match["records"]),
                    size=size,
                )
            )
    return sorted(
        backups, key=lambda backup: (backup.made_at, backup.seq, backup.path.name), reverse=True
    )


def thin(folder: Path, made: Backup) -> None:
    """Keep the one just made and the newest others, `KEPT` in all, and remove what an interrupted one left.

    The entry's number says nothing of age once an older state was restored, the clock nothing once it
    was wrong; the one just made stays in any case.
    """
    others = [backup for backup in found(folder) if backup.path != made.path]
    for backup in others[KEPT - 1 :]:
        backup.path.unlink(missing_ok=True)
    for left in folder.glob(".*.part"):
        left.unlink(missing_ok=True)
