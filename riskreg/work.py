"""Progress and cancel: the one protocol that long calls take."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from riskreg.errors import N_


class Work(Protocol):
    """What a long call tells its caller, and asks of it. Called on the thread of the work."""

    def step(self, doing: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done and how far; `total` 0 means unknown.

        `doing` is a msgid. Raises `Cancelled` when the user asked to stop; a call that may no
        longer be stopped does not step.
        """


class Quiet:
    """Work that nobody watches and nobody cancels."""

    def step(self, doing: str, done: int = 0, total: int = 0) -> None:
        """Do nothing."""


QUIET = Quiet()


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold off Python's search for cyclic garbage while many records are made: they hold none, and it looks at each anew.

    A fifth of the time of 20,000 records otherwise. Does nothing where collection is off already.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


CHECKING = N_("Checking")
SAVING = N_("Saving")
READING = N_("Reading the file")
COMPARING = N_("Comparing with the register")
WRITING = N_("Writing the file")
DRAWING = N_("Drawing the pages")
COPYING = N_("Copying")
VERIFYING = N_("Checking the history")
READING_HISTORY = N_("Reading the history")
CLEANING = N_("Clearing removed text from the file")
