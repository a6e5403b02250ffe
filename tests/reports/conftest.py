"""The sample register, made once, and a file to print into."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from riskreg import register, sample
from riskreg.views import Register


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    before = os.environ.get("RISKREG_HOME")
    os.environ["RISKREG_HOME"] = str(home)
    path = home / "sample.riskreg"
    try:
        sample.make(path)
    finally:
        if before is None:
            del os.environ["RISKREG_HOME"]
        else:
            os.environ["RISKREG_HOME"] = before
    return path


@pytest.fixture
def sampled(sample_path: Path) -> Iterator[Register]:
    found = register.open(sample_path, read_only=True)
    yield found
    found.close()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out.pdf"
