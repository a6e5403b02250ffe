"""Edits, backups and erasures survive a kill at any moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import kill_more


@pytest.mark.parametrize("what", ["edit", "backup", "erase"])
def test_work_when_killed_then_what_was_acknowledged_is_there_and_nothing_half(
    tmp_path: Path, what: str
) -> None:
    assert kill_more.run(what, tmp_path, times=3, seed=5, risks=100).total() == 3


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("what", ["edit", "backup", "erase"])
def test_work_when_killed_a_hundred_times_then_what_was_acknowledged_is_there_and_nothing_half(
    tmp_path: Path, what: str
) -> None:
    assert kill_more.run(what, tmp_path, times=100, seed=1).total() == 100
