"""Ways out of a register that cannot be opened or saved: on real files, and on a real full disk where the system lets us."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from riskreg import clock, register, rescue
from riskreg.errors import Expected
from riskreg.views import Register, View
from tests.builders import a_risk
from tests.conftest import NOW
from tests.faults import disk


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def backed_up(path: Path, times: int = 2) -> list[Path]:
    """A register with a risk more in each of its backups; the newest first."""
    found, made = register.create(path, name="Harbour Clinic Ltd"), []
    for number in range(times):
        a_risk(found, title=f"Risk {number}")
        with clock.fixed(NOW.replace(hour=number + 1)):
            made.append(found.backup().path)
    found.close()
    return made[::-1]


def cut(path: Path) -> Path:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 3 // 4])
    return path


def blank(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def test_backups_when_the_register_is_damaged_then_its_own_are_offered_newest_first(
    path: Path, tmp_path: Path
) -> None:
    made = backed_up(path)
    backed_up(tmp_path / "other.riskreg")
    before = digest(cut(path))
    offered = rescue.backups_for(path)
    assert [each.backup.path for each in offered] == made
    assert [(each.is_whole, each.is_sure) for each in offered] == [(True, True), (None, True)]
    assert offered[0].organisation == "Harbour Clinic Ltd"
    assert digest(path) == before


def test_backups_when_the_newest_is_damaged_too_then_it_stands_last_and_is_named(
    path: Path,
) -> None:
    newest, older = backed_up(path)
    cut(newest)
    cut(path)
    offered = rescue.backups_for(path)
    assert [(each.backup.path, each.is_whole) for each in offered] == [
        (older, True),
        (newest, False),
    ]


def test_backups_when_the_file_says_nothing_any_more_then_those_of_every_register_are_offered(
    path: Path, tmp_path: Path
) -> None:
    made = backed_up(path) + backed_up(tmp_path / "other.riskreg")
    blank(path)
    offered = rescue.backups_for(path)
    assert {each.backup.path for each in offered} == set(made)
    assert not any(each.is_sure for each in offered)
    assert rescue.has_backups()


@pytest.mark.parametrize("spoil", [cut, blank])
def test_backup_when_opened_then_it_lies_beside_the_damaged_file_and_neither_is_touched(
    path: Path, spoil: object
) -> None:
    newest, _ = backed_up(path)
    before = digest(spoil(path)), digest(newest)  # type: ignore[operator]
    target = rescue.open_backup(newest, path)
    again = rescue.open_backup(newest, path)
    assert (digest(path), digest(newest)) == before
    assert target.name == "clinic backup 2026-11-20 1040.riskreg"
    assert again.name == "clinic backup 2026-11-20 1040 2.riskreg"
    found = register.open(target)
    assert found.count(View(kinds=("risk",))) == 2
    assert found.verify().ok
    assert found.read_only == ""
    found.close()


def test_backup_when_it_is_damaged_then_it_is_refused_and_nothing_is_left(path: Path) -> None:
    newest, _ = backed_up(path)
    cut(newest)
    before = set(path.parent.iterdir())
    with pytest.raises(Expected) as raised:
        rescue.open_backup(newest, path)
    assert raised.value.id in ("bad_backup", "damaged")
    assert set(path.parent.iterdir()) == before


def test_copy_when_saved_then_it_is_whole_and_the_register_goes_on(
    opened: Register, tmp_path: Path
) -> None:
    a_risk(opened)
    target = tmp_path / "elsewhere" / "copy.riskreg"
    target.parent.mkdir()
    made = rescue.save_copy(opened, target)
    assert made.path == target
    assert [each.name for each in target.parent.iterdir()] == ["copy.riskreg"]
    a_risk(opened)
    found = register.open(target)
    assert found.count(View(kinds=("risk",))) == 1
    assert found.verify().ok
    found.close()
    with pytest.raises(Expected) as raised:
        rescue.save_copy(opened, target)
    assert raised.value.id == "exists"


def test_copy_when_the_register_was_deleted_by_another_program_then_it_is_saved_all_the_same(
    opened: Register, tmp_path: Path
) -> None:
    a_risk(opened)
    opened.path.unlink()
    rescue.save_copy(opened, tmp_path / "copy.riskreg")
    found = register.open(tmp_path / "copy.riskreg")
    assert found.count(View(kinds=("risk",))) == 1
    assert found.verify().ok
    found.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 900 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    try:
        with disk.small_disk(folder, 900) as found:
            yield found
    except PermissionError:
        pytest.skip("only root can mount a small disk")


@pytest.mark.skipif(os.name != "posix", reason="POSIX ways to make a disk full")
def test_copy_when_the_disk_of_the_register_is_full_then_it_goes_to_another(
    small: Path, tmp_path: Path
) -> None:
    found = register.create(small / "clinic.riskreg", name="X")
    a_risk(found)
    disk.fill(small)
    with pytest.raises(Expected):
        a_risk(found)
    rescue.save_copy(found, tmp_path / "copy.riskreg")
    found.close()
    copy = register.open(tmp_path / "copy.riskreg")
    assert copy.count(View(kinds=("risk",))) == 1
    assert copy.verify().ok
    copy.close()


@pytest.mark.skipif(os.name != "posix", reason="POSIX ways to make a disk full")
def test_backup_when_there_is_no_room_beside_the_damaged_file_then_it_goes_into_the_account(
    small: Path, account_of_its_own: Path
) -> None:
    path = small / "clinic.riskreg"
    newest, _ = backed_up(path)
    cut(path)
    disk.fill(small)
    target = rescue.open_backup(newest, path)
    assert account_of_its_own in target.parents
    found = register.open(target)
    assert found.verify().ok
    found.close()
