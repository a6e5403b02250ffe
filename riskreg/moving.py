"""Moves a closed register to another folder, such as out of one that is kept the same on several computers."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from riskreg.errors import Expected


def move_register(path: Path, folder: Path) -> Path:
    """Copy a register, read the copy back, and only then take the old file away; answers where it is now.

    The register must be closed. Until the copy is whole and compared, the old file is the register.

    Raises:
        Expected: A file of that name is there already ("exists"), a folder cannot be written or the copy differs ("cannot_write").
    """
    target = folder / path.name
    if target.exists():
        raise Expected("exists", path=str(target))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(path, target)
        _take_away(path, target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Expected("cannot_write", path=str(error.filename or target), reason=reason) from None
    return target


def _copy(path: Path, target: Path) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as copy, path.open("rb") as source:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        if _digest(part) != _digest(path):
            raise OSError(0, "the copy differs", str(target))
        shutil.copystat(path, part)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _take_away(path: Path, target: Path) -> None:
    """Two files of one register would part: where the old one stays, the new one goes."""
    try:
        path.unlink()
    except OSError:
        target.unlink(missing_ok=True)
        raise
    for ending in ("lock", "holder"):
        with suppress(OSError):
            path.with_name(f".{path.name}.{ending}").unlink(missing_ok=True)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
