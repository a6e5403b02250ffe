"""A register changes its folder whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from riskreg import register
from riskreg.errors import Expected
from riskreg.moving import move_register


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    path = tmp_path / "OneDrive" / "clinic.riskreg"
    path.parent.mkdir()
    register.create(path, name="Harbour Clinic Ltd").close()
    return path


def test_move_when_the_folder_is_new_then_the_register_is_there_whole_and_nowhere_else(
    closed: Path, tmp_path: Path
) -> None:
    before, mode = closed.read_bytes(), closed.stat().st_mode
    moved = move_register(closed, tmp_path / "Registers")
    assert moved == tmp_path / "Registers" / "clinic.riskreg"
    assert (moved.read_bytes(), moved.stat().st_mode) == (before, mode)
    assert list(closed.parent.iterdir()) == []
    found = register.open(moved)
    assert found.organisation().title == "Harbour Clinic Ltd"
    found.close()


def test_move_when_the_name_is_taken_then_neither_file_is_touched(
    closed: Path, tmp_path: Path
) -> None:
    before = closed.read_bytes()
    other = tmp_path / "clinic.riskreg"
    other.write_text("another")
    with pytest.raises(Expected) as refused:
        move_register(closed, tmp_path)
    assert refused.value.id == "exists"
    assert (closed.read_bytes(), other.read_text()) == (before, "another")


def test_move_when_the_disk_fails_half_way_then_the_old_file_stays_and_nothing_is_left_over(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = closed.read_bytes()

    def fail(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Expected) as refused:
        move_register(closed, tmp_path / "Registers")
    assert refused.value.id == "cannot_write"
    assert closed.read_bytes() == before
    assert list((tmp_path / "Registers").iterdir()) == []


def test_move_when_the_old_file_cannot_go_then_there_is_no_second_register(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def held(self: Path, missing_ok: bool = False) -> None:
        if self == closed:
            raise PermissionError(13, "used by another program", str(self))
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    with pytest.raises(Expected) as refused:
        move_register(closed, tmp_path / "Registers")
    assert refused.value.id == "cannot_write"
    assert closed.exists()
    assert list((tmp_path / "Registers").iterdir()) == []
