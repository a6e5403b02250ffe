"""One editor at a time: a lock file beside the register, freed by the system after a crash, and who holds it."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import platform
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from riskreg import clock
from riskreg.errors import Expected


def account() -> str:
    """The account of this computer, not verified."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _myself() -> dict[str, str | int]:
    return {
        "name": account(),
        "computer": platform.node(),
        "since": clock.now().isoformat(timespec="minutes"),
        "process": os.getpid(),
    }


class EditorLock:
    """The right to edit one register. The lock is a file `.NAME.lock`; `.NAME.holder` tells others who has it."""

    def __init__(self, path: Path) -> None:
        self._holder = path.with_name(f".{path.name}.holder")
        self._lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=0)

    def take(self) -> None:
        """Take the lock; raises `Expected` ("in_use", naming the holder) or OSError in a read-only folder."""
        try:
            self._lock.acquire()
        except Timeout:
            raise Expected("in_use", **self.holder()) from None
        try:
            self._holder.write_text(json.dumps(_myself()), encoding="utf-8")
        except OSError:
            with contextlib.suppress(OSError):
                self._holder.unlink(missing_ok=True)
            self._lock.release()
            raise

    def holder(self) -> dict[str, str | int]:
        """Who has the lock, as far as it is known."""
        known: Any = None
        with contextlib.suppress(OSError, ValueError):
            known = json.loads(self._holder.read_text(encoding="utf-8"))
        if not isinstance(known, dict):
            known = {}
        return {key: str(known.get(key, "?")) for key in ("name", "computer", "since")}

    def let_go(self) -> None:
        """Give the lock back."""
        if self._lock.is_locked:
            self._holder.unlink(missing_ok=True)
            self._lock.release()
