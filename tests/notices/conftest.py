"""All of it is told afterwards: what is sent has a moment that has come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from riskreg import clock


@pytest.fixture(autouse=True)
def afterwards(still_clock: datetime) -> Iterator[None]:
    with clock.fixed(datetime(2026, 12, 31, tzinfo=UTC)):
        yield
