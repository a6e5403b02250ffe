"""Verified copies: made page by page with SQLite's backup, opened, checked and counted before they get their name."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine

from riskreg.errors import Expected
from riskreg.settings import Keeping
from riskreg.storage import engine as engines
from riskreg.storage.engine import failures
from riskreg.views import Backup
from riskreg.work import COPYING, Work

LEAST: Final = 3
"""Backups of one register that always stay."""
RECENT: Final = timedelta(days=2)
RECENT_MOST: Final = 10
"""Those of the last two days stay, this many of them."""
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


def kept(moments: Sequence[datetime], keeping: Keeping) -> frozenset[int]:
    """Which of several backups stay: the newest of each day, week and month, and all of the last two days.

    Days, weeks and months in which nothing was backed up do not count, and the newest backup says what
    is recent, not the clock: so a register that rested for a year, or a clock that was wrong, costs
    nothing.

    Args:
        moments: When each was made, in any order, in UTC; a day is a day in UTC.
        keeping: How many days, weeks and months have one.

    Returns:
        Their places in `moments`; never fewer than `LEAST` where there are as many.
    """
    newest = sorted(range(len(moments)), key=lambda place: (moments[place], place), reverse=True)
    found = set(newest[:LEAST])
    recent = [place for place in newest if moments[newest[0]] - moments[place] <= RECENT]
    found.update(recent[:RECENT_MOST])
    for count, period in (
        (keeping.days, lambda at: at.date()),
        (keeping.weeks, lambda at: at.isocalendar()[:2]),
        (keeping.months, lambda at: (at.year, at.month)),
    ):
        found.update(_newest_of_each(newest, moments, period, count))
    return frozenset(found)


def _newest_of_each(
    newest: Sequence[int],
    moments: Sequence[datetime],
    period: Callable[[datetime], Any],
    count: int,
) -> Iterator[int]:
    """The first of each period, for the `count` last periods that have any."""
    seen: set[object] = set()
    for place in newest:
        which = period(moments[place])
        if which not in seen and len(seen) < count:
            seen.add(which)
            yield place


def thin(folder: Path, made: Backup, keeping: Keeping) -> None:
    """Remove what `kept` does not name, and what an interrupted backup left.

    The one just made stays in any case: the clock says nothing of age once it was wrong.
    """
    backups = found(folder)
    stay = kept([backup.made_at for backup in backups], keeping)
    for place, backup in enumerate(backups):
        if place not in stay and backup.path != made.path:
            backup.path.unlink(missing_ok=True)
    for left in folder.glob(".*.part"):
        left.unlink(missing_ok=True)
