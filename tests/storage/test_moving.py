"""A register is moved whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskreg import register
from riskreg.errors import Cancelled, Expected
from riskreg.storage import moving
from riskreg.views import Register
from tests.builders import a_risk


class Stops:
    """Cancels at the first step of what it is told."""

    def step(self, doing: str, done: int = 0, total: int = 0) -> None:
        raise Cancelled


def test_move_when_closed_then_it_is_whole_elsewhere_and_nothing_is_left_behind(
    opened: Register, tmp_path: Path
) -> None:
    a_risk(opened)
    opened.close()
    head, path = opened_head(opened.path), opened.path
    target = register.move(path, tmp_path / "elsewhere" / "deep")
    assert target == tmp_path / "elsewhere" / "deep" / path.name
    assert list(path.parent.glob(f"*{path.name}*")) == []
    assert opened_head(target) == head
    assert [each.name for each in target.parent.iterdir()] == [path.name]


def opened_head(path: Path) -> str:
    found = register.open(path, read_only=True)
    checked = found.verify()
    found.close()
    assert checked.findings == ()
    return checked.fingerprint


def test_move_when_it_is_open_then_it_is_refused_and_stays(
    opened: Register, tmp_path: Path
) -> None:
    with pytest.raises(Expected) as refused:
        register.move(opened.path, tmp_path / "elsewhere")
    assert refused.value.id == "in_use"
    assert opened.path.exists()
    assert not (tmp_path / "elsewhere").exists()


def test_move_when_a_file_of_that_name_is_there_then_neither_is_touched(
    opened: Register, tmp_path: Path
) -> None:
    opened.close()
    other = tmp_path / "elsewhere" / opened.path.name
    other.parent.mkdir()
    other.write_bytes(b"another")
    with pytest.raises(Expected) as refused:
        register.move(opened.path, other.parent)
    assert refused.value.id == "exists"
    assert other.read_bytes() == b"another"
    assert opened.path.exists()


def test_move_when_cancelled_then_it_stays_and_no_half_copy_is_left(
    opened: Register, tmp_path: Path
) -> None:
    opened.close()
    with pytest.raises(Cancelled):
        register.move(opened.path, tmp_path / "elsewhere", Stops())
    assert opened.path.exists()
    assert list((tmp_path / "elsewhere").iterdir()) == []
    register.open(opened.path).close()


def test_move_when_the_copy_differs_then_the_register_is_not_removed(
    opened: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.close()
    whole = moving.copies.copy

    def spoiled(engine: object, target: Path, work: object) -> None:
        whole(engine, target, work)  # type: ignore[arg-type]
        data = bytearray(target.read_bytes())
        data[-1] ^= 1
        target.write_bytes(data)

    monkeypatch.setattr(moving.copies, "copy", spoiled)
    with pytest.raises(Expected):
        register.move(opened.path, tmp_path / "elsewhere")
    assert opened.path.exists()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_move_when_the_old_file_cannot_go_then_there_is_no_second_register(
    opened: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.close()
    path, unlink = opened.path, Path.unlink

    def held(self: Path, missing_ok: bool = False) -> None:
        if self == path:
            raise PermissionError(13, "used by another program", str(self))
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    with pytest.raises(Expected) as refused:
        register.move(path, tmp_path / "elsewhere")
    assert refused.value.id == "cannot_write"
    assert path.exists()
    assert list((tmp_path / "elsewhere").iterdir()) == []
