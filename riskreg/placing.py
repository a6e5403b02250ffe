"""A file that takes its place only when it is whole: killed, cancelled or failed at any moment, what was there stays.

Where the system allows it (Linux), the new file has no name while it is written, so that a killed program
leaves nothing behind. Elsewhere it has the target's name with a dot before and `.part` after it, and the
next file for that place replaces it.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final, cast

from riskreg.errors import N_, Expected
from riskreg.work import SAVING, Work

DIFFERS: Final = N_("it does not read back as it was written")

_NAMELESS: Final = getattr(os, "O_TMPFILE", 0)
_UNABLE: Final = (errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL, errno.ENOSYS)


def place(
    target: Path,
    write: Callable[[BinaryIO], None],
    check: Callable[[BinaryIO], bool],
    work: Work,
) -> None:
    """Write a file beside its place, make sure of it, and put it there.

    Args:
        target: Its place; what is there is replaced.
        write: Writes all of it.
        check: Reads it back from the disk and compares.
        work: May cancel until the file is put in its place.

    Raises:
        Expected: It cannot be written, or does not read back ("cannot_write", "no_room").
        Cancelled: The user stopped it.
    """
    try:
        _place(target, write, check, work)
    except OSError as error:
        raise failure(target, error) from error


def failure(target: Path, error: OSError) -> Expected:
    """Why a file could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Expected("no_room", path=target.name)
    return Expected("cannot_write", path=target.name, reason=error.strerror or "")


def _place(
    target: Path,
    write: Callable[[BinaryIO], None],
    check: Callable[[BinaryIO], bool],
    work: Work,
) -> None:
    _refuse_locked(target)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with _open(part) as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
            if not check(file):
                raise Expected("cannot_write", path=target.name, reason=DIFFERS)
            work.step(SAVING)
            _give_name(file, part)
        part.replace(target)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _refuse_locked(target: Path) -> None:
    """Find out before the work whether the file may be replaced: a read-only one, or one that Excel has open."""
    if target.exists():
        with target.open("r+b"):
            pass


def _open(part: Path) -> BinaryIO:
    """A file without a name in the same folder, or with a name where the system or the disk has no such thing."""
    if _NAMELESS:
        try:
            found = os.open(part.parent, _NAMELESS | os.O_RDWR, 0o600)
        except OSError as error:
            if error.errno not in _UNABLE or not part.parent.is_dir():
                raise
        else:
            return cast("BinaryIO", os.fdopen(found, "w+b"))
    return cast("BinaryIO", part.open("w+b"))


def _give_name(file: BinaryIO, part: Path) -> None:
    """Let a file without a name have one; it is whole and on the disk by now."""
    if not part.exists():
        handle = file.fileno()
        # the folder's handle means nothing here, but without one CPython 3.11 does not follow the link
        os.link(f"/proc/self/fd/{handle}", part, src_dir_fd=handle, follow_symlinks=True)


def _sync_folder(folder: Path) -> None:
    """Put the folder's entry on the disk; Windows has no such call and does it by itself."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        found = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(found)
        finally:
            os.close(found)
