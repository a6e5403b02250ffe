"""Ways out where a register cannot be opened or saved: its backups, one of them opened beside it, a whole copy elsewhere.

What is damaged is never written over and never mended: it may be all there is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from riskreg import register, settings
from riskreg.errors import Expected
from riskreg.records.values import zone_of
from riskreg.storage import backup as copies
from riskreg.storage import known
from riskreg.storage.engine import failures
from riskreg.sync_folders import elsewhere
from riskreg.views import Backup, Register
from riskreg.work import CHECKING, QUIET, Work

ZONE: Final = "Asia/Hong_Kong"
"""Of the day in the name of a file, where the register itself cannot be asked."""


class Offered(NamedTuple):
    """A backup that may be opened.

    Attributes:
        backup: Where it is and what it holds.
        organisation: Whose register it is.
        is_whole: It was opened and checked just now; None where it was not, because a newer one is whole.
        is_sure: It is known to be of the register that is asked about.
    """

    backup: Backup
    organisation: str
    is_whole: bool | None
    is_sure: bool


def has_backups() -> bool:
    """Whether there is a backup of any register in the account's folder."""
    return any(_folders())


def backups_for(path: Path, work: Work = QUIET) -> list[Offered]:
    """The backups of a register that cannot be opened, the newest whole one first, those found damaged last.

    Where the file does not say any more which register it is, the backups of every register are listed.

    Args:
        path: The file; it need not be there.
        work: Progress; may cancel.
    """
    id = known.register_id(path) if path.is_file() else ""
    own = [folder for folder in _folders() if folder.name == id]
    found = [backup for folder in own or _folders() for backup in copies.found(folder)]
    found.sort(key=lambda backup: (backup.made_at, backup.seq), reverse=True)
    offered = list(_looked_at(found, bool(own), work))
    return sorted(offered, key=lambda each: each.is_whole is False)


def open_backup(backup: Path, path: Path, work: Work = QUIET) -> Path:
    """Put a backup beside a register that cannot be opened, under a name of its own; answers where it is.

    Where nothing can be written there, it goes into a folder of the account.

    Args:
        backup: As `backups_for` names it; it stays as it is.
        path: The register; it is not touched.
        work: Progress; may cancel.

    Raises:
        Expected: The backup is not whole ("bad_backup"), or it can be written nowhere.
        Cancelled: The user stopped it.
    """
    failed: Expected | None = None
    for folder in _places(path.parent):
        target = _free(folder, path, backup)
        try:
            with suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            register.restore(backup, target, work)
        except Expected as refused:
            if refused.id not in ("cannot_write", "disk_full", "no_room"):
                raise
            failed = failed or refused
        else:
            return target
    raise failed or Expected("cannot_write", path=path.name, reason="")


def save_copy(opened: Register, target: Path, work: Work = QUIET) -> Backup:
    """Write a whole, checked copy of an open register to a name that is free.

    It comes from what is open, so that a file that was moved or deleted meanwhile is saved too.

    Raises:
        Expected: The name is taken ("exists"), the copy cannot be written or does not check ("bad_backup").
        Cancelled: The user stopped it.
    """
    if target.exists():
        raise Expected("exists", path=target.name)
    folder = target.with_name(f".{target.name}.copying")
    try:
        made = opened.backup(folder, work)
        with failures(target):
            made.path.replace(target)
    finally:
        with suppress(OSError):
            folder.rmdir()
    return replace(made, path=target)


def _folders() -> list[Path]:
    """One folder of backups a register, by its id."""
    with suppress(OSError):
        return [each for each in settings.backup_folder().iterdir() if copies.found(each)]
    return []


def _looked_at(found: list[Backup], is_sure: bool, work: Work) -> Iterator[Offered]:
    """Check the newest until one is whole: that is the one most likely wanted, and each is checked again when it is opened."""
    is_one_whole = False
    for place, backup in enumerate(found):
        work.step(CHECKING, place, len(found))
        whole = None if is_one_whole else _is_whole(backup)
        is_one_whole = is_one_whole or bool(whole)
        yield Offered(backup, known.organisation(backup.path), whole, is_sure)


def _is_whole(backup: Backup) -> bool:
    try:
        return copies.checked(backup.path) == (backup.seq, backup.records)
    except Expected:
        return False


def _places(wished: Path) -> Iterator[Path]:
    if os.access(wished, os.W_OK):
        yield wished
    outside = elsewhere(settings.data_folder() / "registers")
    if outside != wished:
        yield outside


def _free(folder: Path, path: Path, backup: Path) -> Path:
    """`clinic backup 2026-11-20 1840.riskreg`, or the next name that is free."""
    made = next((each.made_at for each in copies.found(backup.parent) if each.path == backup), None)
    said = _moment(made) if made else ""
    names = (
        f"{path.stem} backup{said}{f' {number}' if number > 1 else ''}{register.SUFFIX}"
        for number in count(1)
    )
    return next(free for name in names if not (free := folder / name).exists())


def _moment(made: datetime) -> str:
    return f" {made.astimezone(zone_of(ZONE)):%Y-%m-%d %H%M}"
