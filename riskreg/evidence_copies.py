"""Temporary copies of evidence, for other programs to show: private, read-only, removed when the sitting ends.

What a killed program left is removed when the next one starts. A copy that was edited is never taken in by
itself: `changed` tells of it, so that the person can be asked.
"""

from __future__ import annotations

import hashlib
import shutil
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from riskreg import settings
from riskreg.errors import Expected
from riskreg.evidence import Held, may_be_opened, put, safe_name
from riskreg.records import Evidence

_LOCK: Final = ".lock"


@dataclass(slots=True, eq=False)
class Copy:
    """One copy: where it is, of which piece of evidence, and what it is known to hold."""

    path: Path
    id: int
    ref: str
    sha256: str
    _seen: tuple[int, int] = field(default=(0, 0))

    def has_changed(self) -> bool:
        """Whether it holds something else than is known; it is read only where its size or time is new."""
        try:
            found = self.path.stat()
            now = (found.st_mtime_ns, found.st_size)
            if now == self._seen:
                return False
            is_new = hashlib.sha256(self.path.read_bytes()).hexdigest() != self.sha256
        except OSError:
            return False  # gone, or being written: asked again next time
        if not is_new:
            self._seen = now
        return is_new

    def let_be(self) -> None:
        """What it holds now was seen and is not wanted."""
        with suppress(OSError):
            found = self.path.stat()
            self._seen = (found.st_mtime_ns, found.st_size)


class Copies:
    """The copies of one sitting, in a folder that only this account may enter and that is locked while it is in use.

    Args:
        home: Where the folders of all sittings are; those that nobody uses are removed.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder: Path | None = None
        self._lock: FileLock | None = None
        self._made: list[Copy] = []
        clear(home)

    def make(self, record: Evidence, held: Held) -> Copy:
        """Write a copy for another program to open.

        Raises:
            Expected: A file of its type may only be saved ("only_saved"), or it cannot be written.
        """
        if not may_be_opened(record.file_name):
            raise Expected("only_saved")
        try:
            folder = Path(tempfile.mkdtemp(dir=self._own_folder()))
        except OSError as error:
            raise Expected(
                "cannot_write", path=self._home.name, reason=error.strerror or ""
            ) from None
        path = folder / safe_name(record.file_name)
        put(path, held.content)
        path.chmod(stat.S_IRUSR)
        made = Copy(path, record.id, record.ref, hashlib.sha256(held.content).hexdigest())
        self._made.append(made)
        return made

    def changed(self) -> list[Copy]:
        """Copies that were edited since they were made, or since they were let be."""
        return [copy for copy in self._made if copy.has_changed()]

    def close(self) -> None:
        """Remove all copies; one that another program keeps busy goes at the next start."""
        self._made.clear()
        if self._lock:
            self._lock.release()
        self._lock, self._folder = None, None
        clear(self._home)

    def _own_folder(self) -> Path:
        if self._folder is None:
            self._home.mkdir(parents=True, exist_ok=True, mode=stat.S_IRWXU)
            self._home.chmod(stat.S_IRWXU)
            folder = Path(tempfile.mkdtemp(dir=self._home))  # for this account alone
            self._lock = FileLock(folder / _LOCK, timeout=0)
            self._lock.acquire()
            self._folder = folder
        return self._folder


def clear(home: Path) -> None:
    """Remove the folders of sittings that have ended, however they did."""
    for folder in home.iterdir() if home.is_dir() else ():
        lock = FileLock(folder / _LOCK, timeout=0)
        try:
            lock.acquire()
        except (Timeout, OSError):
            continue  # another window is using it
        lock.release()
        for path in folder.rglob("*"):
            with suppress(OSError):
                path.chmod(stat.S_IRWXU)  # Windows removes no read-only file
        shutil.rmtree(folder, ignore_errors=True)


def of_account() -> Copies:
    """The copies of this sitting of this account."""
    return _of(settings.data_folder() / "copies")


@cache
def _of(home: Path) -> Copies:
    return Copies(home)
