"""A register whose bytes changed says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import flips


def test_register_when_one_bit_flips_then_every_change_of_content_is_named_or_refused(
    tmp_path: Path,
) -> None:
    counts, missed = flips.run(tmp_path, flips=40, seed=7)
    assert missed == []
    assert counts["content"] > 5  # else the flips hit nothing and this test says nothing


@pytest.mark.long
@pytest.mark.timeout(600)
def test_register_when_five_hundred_bits_flip_then_none_is_missed(tmp_path: Path) -> None:
    counts, missed = flips.run(tmp_path, flips=500, seed=1)
    assert missed == []
    assert counts["content"] >= 200
