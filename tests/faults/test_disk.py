"""Full disks and folders that may not be written: three sentences, nothing changed, and work goes on."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from riskreg import register
from riskreg.errors import Expected
from riskreg.views import View
from tests.builders import a_risk
from tests.faults import disk

FULL = (
    "Not saved: the disk is full. The register is unchanged and your text is still here. "
    "Free some space on the disk and save again."
)
pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX ways to make a disk full")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    try:
        with disk.small_disk(folder, 600) as found:
            yield found
    except PermissionError:
        pytest.skip("only root can mount a small disk")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_save_when_the_disk_is_full_then_it_is_refused_and_works_after_freeing_space(
    small: Path,
) -> None:
    path = disk.a_register(small / "clinic.riskreg")
    found = register.open(path)
    filler = disk.fill(small)
    before, head = digest_of_copy(path), found.head()
    with pytest.raises(Expected) as raised:
        a_risk(found)
    assert str(raised.value) == FULL
    assert found.head() == head
    filler.unlink()
    assert digest_of_copy(path) == before
    assert a_risk(found).ref == "R-0001"
    assert found.verify().ok
    found.close()


def digest_of_copy(path: Path) -> str:
    """The file is open here: only another process may read it without dropping its locks."""
    import subprocess

    return subprocess.run(
        ["sha256sum", str(path)], capture_output=True, text=True, check=True
    ).stdout.split()[0]


def test_import_when_the_disk_gets_full_on_the_way_then_none_of_it_is_there(small: Path) -> None:
    path = disk.a_register(small / "clinic.riskreg")
    found = register.open(path)
    with pytest.raises(Expected) as raised:
        found.apply(disk.many_risks(2_000))
    assert str(raised.value) == FULL
    assert found.count(View(kinds=("risk",))) == 0
    a_risk(found)
    assert found.verify().ok
    found.close()
    again = register.open(path)
    assert again.verify().ok
    again.close()


def test_backup_when_its_disk_is_full_then_work_goes_on_and_nothing_half_is_left(
    small: Path, tmp_path: Path
) -> None:
    path = disk.a_register(tmp_path / "clinic.riskreg")
    found = register.open(path)
    disk.fill(small)
    with pytest.raises(Expected) as raised:
        found.backup(small / "backups")
    assert raised.value.id == "disk_full"
    assert [*small.rglob("*.riskreg"), *small.rglob("*.part")] == []
    a_risk(found)
    found.close()


def test_register_when_made_on_a_full_disk_then_no_file_is_left(small: Path) -> None:
    filler = disk.fill(small)
    with pytest.raises(Expected) as raised:
        register.create(small / "clinic.riskreg", name="X")
    assert str(raised.value) == FULL
    assert list(small.iterdir()) == [filler]


def test_register_when_opened_on_a_full_disk_then_it_can_be_read(small: Path) -> None:
    path = disk.a_register(small / "clinic.riskreg")
    for left in small.glob(".*"):
        left.unlink()
    filler = disk.fill(small)
    found = register.open(path)
    assert found.count(View(kinds=("party",))) == 1
    found.close()
    filler.unlink()
    again = register.open(path)
    assert again.read_only == ""
    a_risk(again)
    again.close()


def test_erase_when_the_disk_is_full_then_the_person_is_still_whole(small: Path) -> None:
    path = disk.a_register(small / "clinic.riskreg")
    found = register.open(path)
    person = found.find("P-0001")
    filler = disk.fill(small)
    with pytest.raises(Expected) as raised:
        found.erase(person, "asked")
    assert str(raised.value) == FULL
    assert found.record(person).title == "Wilhelmina"
    filler.unlink()
    found.erase(person, "asked")
    assert found.verify().ok
    found.close()
    assert b"Wilhelmina" not in path.read_bytes()


def test_restore_when_the_disk_is_full_then_the_register_stays_where_it_is(
    small: Path, tmp_path: Path
) -> None:
    path = disk.a_register(small / "clinic.riskreg")
    backup = Path(shutil.copyfile(path, tmp_path / "backup.riskreg"))
    before = digest(path)
    filler = disk.fill(small)
    with pytest.raises(Expected) as raised:
        register.restore(backup, path)
    assert raised.value.id == "disk_full"
    assert digest(path) == before
    names = {file.name for file in small.iterdir()} - {filler.name}
    assert names <= {path.name, f".{path.name}.lock"}


@pytest.mark.parametrize("command", ["edit", "import", "erase"])
def test_save_when_files_may_not_grow_then_it_is_a_sentence_and_nothing_changed(
    tmp_path: Path, command: str
) -> None:
    path = disk.a_register(tmp_path / "clinic.riskreg")
    size = path.stat().st_size
    before = digest(path)
    said = disk.child(command, path, limit=4096 if command == "edit" else size)
    if said == "ok":  # an erasure may find room within
        assert command == "erase"
    else:
        assert said.split(":")[0] in ("disk_full", "cannot_write")
        assert "Traceback" not in said
        assert digest(path) == before
    again = register.open(path)
    assert again.read_only == ""
    assert again.verify().ok
    again.close()


# what may not be written


@pytest.fixture
def others(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A folder that a user without rights can reach, with a register in it."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    folder = Path(tempfile.mkdtemp(prefix="riskreg-", dir="/tmp"))
    folder.chmod(0o755)
    home = folder / "home"
    home.mkdir()
    os.chown(home, disk.NOBODY, disk.NOBODY)
    monkeypatch.setenv("RISKREG_HOME", str(home))
    shared = folder / "shared"
    shared.mkdir()
    path = disk.a_register(shared / "clinic.riskreg")
    for left in shared.glob(".*"):
        left.unlink()
    os.chown(path, disk.NOBODY, disk.NOBODY)
    os.chown(shared, disk.NOBODY, disk.NOBODY)
    yield path
    shared.chmod(0o755)
    shutil.rmtree(folder)


def test_register_when_the_folder_is_read_only_then_it_opens_for_reading(others: Path) -> None:
    others.parent.chmod(0o555)
    before = digest(others)
    said = disk.child("read", others, user=disk.NOBODY)
    assert said == f"{register.NO_FOLDER}, verified"
    assert digest(others) == before
    assert [file.name for file in others.parent.iterdir()] == [others.name]


def test_register_when_the_file_is_read_only_then_it_opens_for_reading(others: Path) -> None:
    others.chmod(0o444)
    before = digest(others)
    assert disk.child("read", others, user=disk.NOBODY) == f"{register.NO_FOLDER}, verified"
    assert digest(others) == before


def test_register_when_it_may_not_be_written_then_a_change_says_why(others: Path) -> None:
    others.parent.chmod(0o555)
    assert disk.child("edit", others, user=disk.NOBODY) == (
        "read_only: The register is open read-only (the folder or file cannot be written). Nothing was changed. "
        "Close the other program or copy the register to a folder you can write to, then open it again."
    )


def test_register_when_it_may_not_be_read_then_it_says_why(others: Path) -> None:
    others.chmod(0o000)
    said = disk.child("read", others, user=disk.NOBODY)
    assert said == (
        "cannot_read: clinic.riskreg cannot be read (Permission denied). Nothing was changed. "
        "Check that the disk is connected and that you may read the file, then try again."
    )


@pytest.mark.parametrize("command", ["new", "restore"])
def test_register_when_its_folder_is_read_only_then_it_is_not_put_there(
    others: Path, command: str
) -> None:
    others.parent.chmod(0o555)
    target = others.with_name("new.riskreg") if command == "new" else others
    backup = Path(shutil.copyfile(others, others.parent.parent / "backup.riskreg"))
    backup.chmod(0o644)
    said = disk.child(command, target, backup, user=disk.NOBODY)
    assert said == (
        f"cannot_write: {target.name} cannot be written (Permission denied). What was there before is unchanged. "
        "Choose another folder, or close the program that uses the file, and try again."
    )


def test_backup_when_its_folder_may_not_be_written_then_it_says_so(others: Path) -> None:
    others.parent.parent.chmod(0o555)
    said = disk.child("backup", others, others.parent.parent / "stick", user=disk.NOBODY)
    others.parent.parent.chmod(0o755)
    assert said.startswith("cannot_write: stick cannot be written (Permission denied).")
