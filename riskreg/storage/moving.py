"""A register put into another folder: copied, read back and compared, and only then removed where it was."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from riskreg.errors import Expected
from riskreg.storage import backup as copies
from riskreg.storage import engine as engines
from riskreg.storage import guard
from riskreg.storage.engine import failures, raw
from riskreg.storage.lock import EditorLock
from riskreg.storage.whole import fingerprint_of
from riskreg.work import CHECKING, Work

_CHUNK: Final = 1 << 20
_OWN_BYTES: Final = ((24, 28), (40, 44), (92, 100))
"""Bytes of the header that SQLite counts in each file for itself: changes, schema changes, by which version."""


def move(path: Path, target: Path, work: Work) -> None:
    """Move a register that is not open to a name that is free; raises `Expected` and then leaves it where it was."""
    guard.check_header(path)
    if target.exists():
        raise Expected("exists", path=target.name)
    lock = EditorLock(path)
    with failures(path):
        lock.take()
    try:
        fingerprint_of(path)  # an interrupted write is taken back by this
        _copy(path, target, work)
        with failures(path):
            _take_away(path, target)
    finally:
        lock.let_go()
        with suppress(OSError):
            path.with_name(f".{path.name}.lock").unlink(missing_ok=True)


def _take_away(path: Path, target: Path) -> None:
    """Two files of one register would part: where the old one stays, the new one goes."""
    try:
        path.unlink()
    except OSError:
        target.unlink(missing_ok=True)
        raise


def _copy(path: Path, target: Path, work: Work) -> None:
    part = target.with_name(f".{target.name}.moving")
    with failures(target):
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.unlink(missing_ok=True)
    try:
        engine = engines.reader(path)
        try:
            copies.copy(engine, part, work)
        finally:
            raw(engine).close()
        copies.checked(part)
        _compare(path, part, work)
        with failures(target):
            part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _compare(path: Path, copy: Path, work: Work) -> None:
    """Read both files and hold them against each other; raises `Expected` ("bad_backup")."""
    size, place = path.stat().st_size, 0
    with failures(path), path.open("rb") as one, copy.open("rb") as other:
        while mine := one.read(_CHUNK):
            work.step(CHECKING, place, size)
            theirs = other.read(_CHUNK)
            if place == 0:
                mine, theirs = _without_own(mine), _without_own(theirs)
            if mine != theirs:
                raise Expected("bad_backup", detail="SQLite")
            place += len(mine)
        if other.read(1):
            raise Expected("bad_backup", detail="SQLite")


def _without_own(head: bytes) -> bytes:
    found = bytearray(head)
    for start, end in _OWN_BYTES:
        found[start:end] = bytes(end - start)
    return bytes(found)
