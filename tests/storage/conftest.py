"""Registers that programs of each format wrote."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.storage.make_format_fixture import FIXED, file_of


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A copy of the one of format 1, to be opened and changed."""
    return copy_of(1, tmp_path)


@pytest.fixture(params=FIXED)
def number(request: pytest.FixtureRequest) -> int:
    """Each format in turn."""
    return int(request.param)


@pytest.fixture
def earlier(number: int, tmp_path: Path) -> Path:
    """A copy of the one of that format, to be opened and changed."""
    return copy_of(number, tmp_path)


def copy_of(number: int, folder: Path) -> Path:
    path = folder / f"format-{number}.riskreg"
    path.write_bytes(gzip.decompress(file_of(number).read_bytes()))
    return path
