"""What every command works with: what was typed, the language, the register while it is open."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from riskreg import clock
from riskreg.errors import Expected
from riskreg.i18n import Translator
from riskreg.views import Reader, Register
from riskreg.work import Work


class Progress:
    """Tells on a terminal how far long work is; silent where nobody watches."""

    def __init__(self, t: Translator) -> None:
        self._t = t
        self._is_watched = sys.stderr.isatty()
        self._elapsed = clock.stopwatch()
        self._told = 0.0
        self._width = 0

    def step(self, doing: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done, at most five times a second, from the first second on."""
        now = self._elapsed()
        if not self._is_watched or now < 1 or now - self._told < 0.2:
            return
        self._told = now
        share = f" {done * 100 // total}%" if total else ""
        self._write(f"{self._t.gettext(doing)}{share} …")

    def end(self) -> None:
        """Clear the line."""
        if self._width:
            self._write("")

    def _write(self, text: str) -> None:
        print(f"\r{text.ljust(self._width)}\r{text}", end="", file=sys.stderr, flush=True)
        self._width = len(text)


@dataclass(frozen=True, slots=True)
class Session:
    """One command: what was typed and how to answer."""

    args: argparse.Namespace
    t: Translator
    progress: Progress = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "progress", Progress(self.t))

    @property
    def work(self) -> Work:
        """Who is told of progress."""
        return self.progress

    @contextmanager
    def reading(self) -> Iterator[Register]:
        """The register, open for reading; whoever has it open for changes is not disturbed."""
        with self._open(read_only=True) as register:
            yield register

    @contextmanager
    def writing(self) -> Iterator[Register]:
        """The register, open for changes."""
        with self._open(read_only=False) as register:
            yield register

    @contextmanager
    def noting(self) -> Iterator[Register]:
        """The register, for something its journal notes.

        Where somebody else has it open, it is open for reading and nothing is noted.
        """
        with self._open(read_only=False, or_reading=True) as register:
            yield register

    @contextmanager
    def asked(self) -> Iterator[Reader]:
        """The register as it stands, or as it stood at the moment that `--as-of` names."""
        with self.reading() as register:
            moment = self.args.as_of
            yield register.as_of(register.moment(moment)) if moment else register

    @contextmanager
    def _open(self, *, read_only: bool, or_reading: bool = False) -> Iterator[Register]:
        register = _opened(self.args.register, read_only=read_only, or_reading=or_reading)
        try:
            yield register
        finally:
            register.close(self.work)
            self.progress.end()


def _opened(path: Path, *, read_only: bool, or_reading: bool) -> Register:
    from riskreg import register

    try:
        return register.open(path, read_only=read_only)
    except Expected as error:
        if not or_reading or error.id != "in_use":
            raise
        return register.open(path, read_only=True)
