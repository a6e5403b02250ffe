"""What every test stands on: a still clock, an account of its own, and the real registers where they are at hand."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault(
    "OPENPYXL_LXML", "False"
)  # as the program sets it, before anything imports it

import pytest
from hypothesis import settings

import main
from riskreg import clock, drawer, register
from riskreg.views import Register

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
drawer.draw_with(main.draw_svg)
settings.register_profile("without a stopwatch", deadline=None)  # the first example fills caches
settings.load_profile("without a stopwatch")

NOW = datetime(2026, 11, 20, 10, 40, tzinfo=UTC)
"""Friday, 18:40 in Hong Kong."""

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def account_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """No test touches the settings, logs or backups of whoever runs it."""
    home = tmp_path_factory.mktemp("account")
    monkeypatch.setenv("RISKREG_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def still_clock() -> Iterator[datetime]:
    with clock.fixed(NOW):
        yield NOW


@pytest.fixture
def shared_data() -> Path:
    """The folder of registers that other people made; skips in a clone that stands alone."""
    if not SHARED.is_dir():
        pytest.skip("the shared registers are not at hand")
    return SHARED


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clinic.riskreg"


@pytest.fixture(scope="session")
def new_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new register that no test opens: it is copied, which is quicker than making one."""
    folder = tmp_path_factory.mktemp("new")
    with pytest.MonkeyPatch.context() as patch, clock.fixed(NOW):
        patch.setenv("RISKREG_HOME", str(folder / "account"))
        register.create(folder / "new.riskreg", name="Harbour Clinic Ltd 海港診所").close()
    return folder / "new.riskreg"


@pytest.fixture
def opened(path: Path, new_register: Path) -> Iterator[Register]:
    """A new register of a clinic in Hong Kong, open for editing."""
    shutil.copy(new_register, path)  # with its mode: only its owner may read it
    found = register.open(path)
    yield found
    found.close()
