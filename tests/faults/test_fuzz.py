"""Damaged spreadsheets end with a message or a whole import (reliability.md E49)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import fuzz


def test_spreadsheets_when_damaged_at_random_then_none_is_a_traceback_a_hang_or_half_an_import(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    outcome = fuzz.run(tmp_path, count=2_000, seed=49)
    assert outcome.failures == []
    assert outcome.messages[""] > 500  # else too much was damaged to say anything of the import
    assert len(outcome.messages) > 5  # else too little
    assert outcome.imported > 30
    assert capfd.readouterr().err == ""  # a parser that panics says what it was reading


@pytest.mark.long
@pytest.mark.timeout(1_200)
def test_spreadsheets_when_ten_thousand_are_damaged_then_none_breaks_it(tmp_path: Path) -> None:
    assert fuzz.run(tmp_path, count=10_000, seed=1).failures == []
