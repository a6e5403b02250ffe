"""One sample register for all, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.e2e.program import Program


@pytest.fixture(scope="session")
def sample_made(tmp_path_factory) -> Path:
    """The register that `demo` makes."""
    folder = tmp_path_factory.mktemp("demo")
    path = folder / "sample.riskreg"
    assert Program(folder / "home").said("demo", path) == f"{path}\n"
    return path


@pytest.fixture
def run(tmp_path) -> Program:
    """The program with folders of its own."""
    return Program(tmp_path / "home")


@pytest.fixture
def sample(sample_made, tmp_path) -> Path:
    """A copy of the sample register."""
    return Path(shutil.copy(sample_made, tmp_path / "sample.riskreg"))
