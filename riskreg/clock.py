"""The only place that asks for the time. Tests set it; nothing else calls `datetime.now`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from riskreg.errors import Expected
from riskreg.records.values import CLOCKS_DIFFER, Instant, zone_of

_fixed: datetime | None = None


def now() -> datetime:
    """The present moment in UTC, to the microsecond.

    The environment variable `RISKREG_NOW` (an ISO moment with offset) fixes it for a whole process,
    so that the program itself can
    be driven to a given day.
    """
    if _fixed is not None:
        return _fixed
    given = os.environ.get("RISKREG_NOW")
    return datetime.fromisoformat(given).astimezone(UTC) if given else datetime.now(UTC)


def today(zone: str) -> date:
    """The day it is now in a zone, by its name; raises `Unfit` where there is none of that name."""
    return now().astimezone(zone_of(zone)).date()


def refuse_ahead(at: Instant, moment: datetime | None = None) -> None:
    """Refuse to say that something was done at a moment that has not come yet: a slip of the hand would last.

    Args:
        at: When it is said to have been done; of a day or month its start counts.
        moment: The present one, with a zone; None for what the clock says.

    Raises:
        Expected: It lies ahead ("not_come_yet").
    """
    if at.utc > (moment or now()) + CLOCKS_DIFFER:
        raise Expected("not_come_yet", moment=f"{at.local:%Y-%m-%d %H:%M}")


def stopwatch() -> Callable[[], float]:
    """A function that answers the seconds since this call, untouched by changes of the clock."""
    start = time.monotonic()
    return lambda: time.monotonic() - start


@contextmanager
def fixed(moment: datetime) -> Iterator[None]:
    """Let the clock stand still at a moment with a zone (for tests and screenshots)."""
    global _fixed
    before, _fixed = _fixed, moment.astimezone(UTC)
    try:
        yield
    finally:
        _fixed = before
