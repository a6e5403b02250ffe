"""The register that version 1 of the format wrote."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.storage.make_format_fixture import FILE


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A copy of the file, to be opened and changed."""
    path = tmp_path / "format-1.riskreg"
    path.write_bytes(gzip.decompress(FILE.read_bytes()))
    return path
