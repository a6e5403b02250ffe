"""Killed while a large file is taken in: the row and all its bytes, or nothing."""

from __future__ import annotations

from pathlib import Path

from tests.faults.kill_attach import run


def test_attach_when_killed_at_any_moment_then_row_and_bytes_or_nothing(tmp_path: Path) -> None:
    counts = run(tmp_path, times=6, seed=1)
    assert sum(counts.values()) == 6
