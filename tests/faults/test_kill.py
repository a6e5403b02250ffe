"""A killed program leaves all of a change set or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import kill


def test_import_when_killed_then_all_or_nothing_and_the_register_opens(tmp_path: Path) -> None:
    assert kill.run(tmp_path, times=3, seed=3).total() == 3


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_import_when_killed_fifty_times_then_all_or_nothing(tmp_path: Path) -> None:
    assert kill.run(tmp_path, times=50, seed=1).total() == 50
