"""Copies: whole or not listed, thinned and never below three, and a restore that loses nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from riskreg import clock, register, settings
from riskreg.changes import ChangeSet, addition
from riskreg.errors import Expected
from riskreg.storage import backup as copies
from riskreg.storage import engine
from riskreg.views import Register, View
from riskreg.work import QUIET
from tests.builders import a_risk, change
from tests.conftest import NOW
from tests.storage.hot import journal_of, make_hot
from tests.storage.many import many


def folder_of(opened: Register) -> Path:
    return settings.backup_folder() / str(opened.entry(1).facts["register"])


def later(**by: float) -> clock.datetime:
    return NOW + timedelta(**by)


def test_backup_when_made_then_it_is_a_whole_register_and_noted(opened: Register) -> None:
    a_risk(opened)
    made = opened.backup()
    assert (made.seq, made.size) == (2, made.path.stat().st_size)
    assert opened.backups() == [made]
    note = opened.log(limit=1)[0]
    assert (note.act, note.facts["file"], note.count) == ("backup", made.path.name, 0)
    with register_of(made.path) as copy:
        assert copy.verify().ok
        assert copy.count(View(kinds=("risk",))) == 1
        assert copy.head().seq == 2


class register_of:  # noqa: N801
    def __init__(self, path: Path) -> None:
        self.found = register.open(path, read_only=True)

    def __enter__(self) -> Register:
        return self.found

    def __exit__(self, *_: object) -> None:
        self.found.close()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_files_when_made_then_only_their_owner_can_read_them(opened: Register) -> None:
    made = opened.backup()
    assert opened.path.stat().st_mode & 0o777 == 0o600
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert made.path.parent.stat().st_mode & 0o777 == 0o700


def test_backup_when_two_fall_in_one_second_then_both_are_kept(opened: Register) -> None:
    a_risk(opened)
    assert opened.backup().path != opened.backup().path
    assert len(opened.backups()) == 2


def test_backup_when_a_folder_is_given_then_it_goes_there_and_nothing_is_thinned(
    opened: Register, tmp_path: Path
) -> None:
    for _ in range(12):
        made = opened.backup(tmp_path / "stick")
    assert made.path.parent == tmp_path / "stick"
    assert len(list((tmp_path / "stick").iterdir())) == 12
    assert opened.backups() == []


def test_backups_when_one_is_made_each_hour_then_the_newest_and_one_a_day_stay(
    opened: Register,
) -> None:
    for number in range(12):
        with clock.fixed(later(minutes=60 * number)):
            a_risk(opened)
            opened.backup()
    found = opened.backups()
    assert [backup.made_at for backup in found[:10]] == [
        later(minutes=60 * number) for number in range(11, 1, -1)
    ]
    assert len(found) == 10  # the two that went are of a day that has a newer one


def test_backups_when_few_shall_stay_then_the_setting_of_this_computer_counts(
    opened: Register,
) -> None:
    settings.save(settings.Settings(keeping="few"))
    for number in range(40):
        with clock.fixed(later(minutes=24 * 60 * number)):
            opened.backup()
    days = [(later(minutes=24 * 60 * 39) - made.made_at).days for made in opened.backups()]
    assert days == [0, 1, 2, 29]  # three days, which are of two weeks, and the month before


def test_close_when_no_backup_is_wanted_then_none_is_made(opened: Register) -> None:
    settings.save(settings.Settings(backup_on_close=False))
    a_risk(opened)
    opened.close()
    assert opened.backups() == []


def test_backups_when_something_else_lies_in_the_folder_then_it_is_not_listed(
    opened: Register,
) -> None:
    made = opened.backup()
    (made.path.parent / "holiday.riskreg").write_bytes(b"x")
    (made.path.parent / ".20261120T104000-99.part").write_bytes(b"half a copy")
    assert [backup.path for backup in opened.backups()] == [made.path]
    opened.backup()
    assert not list(made.path.parent.glob(".*.part"))
    assert (made.path.parent / "holiday.riskreg").exists()


def test_close_when_something_changed_then_a_backup_is_made_and_otherwise_not(
    opened: Register,
) -> None:
    path = opened.path
    opened.close()
    assert opened.backups() == []  # a register as it was made is no change
    for change_something, wanted in ((True, 1), (False, 1), (True, 2)):
        again = register.open(path)
        if change_something:
            a_risk(again)
        else:
            again.note("export", {"file": "x.xlsx"})
        again.close()
        assert len(again.backups()) == wanted


def test_close_when_the_backup_fails_then_it_closes_all_the_same(
    opened: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_risk(opened)

    def fail(*_: object, **__: object) -> None:
        raise Expected("disk_full")

    monkeypatch.setattr(copies, "make", fail)
    opened.close()
    register.open(opened.path).close()


def test_backup_when_the_register_is_damaged_then_it_is_not_kept_and_the_old_ones_stay(
    opened: Register,
) -> None:
    many(opened, "risk", 400)
    opened.backup()
    path = opened.path
    opened.close()
    damaged = bytearray(path.read_bytes())
    page = 4096 * 40
    damaged[page : page + 4096] = b"\xa5" * 4096
    path.write_bytes(damaged)
    known = list(folder_listing(opened))
    with pytest.raises(Expected) as raised:
        copies.make(engine.reader(path), known[0].parent, NOW, QUIET)
    assert raised.value.id == "bad_backup"
    assert list(folder_listing(opened)) == known


def folder_listing(opened: Register) -> list[Path]:
    return sorted(backup.path.parent / backup.path.name for backup in opened.backups())


def test_backup_when_someone_writes_meanwhile_then_it_is_of_one_moment(opened: Register) -> None:
    many(opened, "risk", 200)
    done = threading.Event()
    failed: list[BaseException] = []

    def write() -> None:
        try:
            number = 0
            while not done.is_set():
                a_risk_quietly(opened, number)
                number += 1
        except BaseException as error:
            failed.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [opened.backup() for _ in range(3)]
    finally:
        done.set()
        writer.join()
    assert not failed
    for backup in made:
        with register_of(backup.path) as copy:
            assert copy.head().seq == backup.seq
            assert copy.verify().ok


def a_risk_quietly(opened: Register, number: int) -> None:
    opened.apply(ChangeSet(act="add", changes=(addition("risk", {"title": f"{number}"}),)))


# restoring


def test_restore_when_done_then_the_register_is_as_it_was_and_the_other_lies_beside(
    opened: Register,
) -> None:
    risk = a_risk(opened, cause="one")
    made = opened.backup()
    change(opened, risk, cause="two")
    path = opened.path
    opened.close()
    with register_of(path) as found:
        left = found.head().fingerprint
    aside = register.restore(made.path, path)
    assert aside is not None
    with register_of(aside) as other:
        assert other.record(risk.id).get("cause") == "two"
    again = register.open(path)
    assert again.record(risk.id).get("cause") == "one"
    entry = again.log(limit=1)[0]
    assert (entry.act, entry.facts) == ("restore", {"file": made.path.name, "left": left})
    assert again.verify().ok
    [finding] = again.verify(left).findings
    assert (finding.id, finding.where) == ("left_at_restore", str(entry.seq))
    assert again.undoable() is None
    again.close()


def test_restore_when_there_is_no_register_then_it_is_put_there(
    opened: Register, tmp_path: Path
) -> None:
    a_risk(opened)
    made = opened.backup()
    opened.close()
    target = tmp_path / "elsewhere.riskreg"
    assert register.restore(made.path, target) is None
    with register_of(target) as found:
        assert found.count(View(kinds=("risk",))) == 1
        assert found.log(limit=1)[0].facts["left"] == ""


def test_restore_when_the_register_is_open_then_it_is_refused(opened: Register) -> None:
    made = opened.backup()
    with pytest.raises(Expected) as raised:
        register.restore(made.path, opened.path)
    assert raised.value.id == "in_use"
    a_risk(opened)


def test_restore_when_the_backup_is_damaged_then_nothing_is_moved(
    opened: Register, tmp_path: Path
) -> None:
    a_risk(opened)
    made = opened.backup()
    path = opened.path
    opened.close()
    before = hashlib.sha256(path.read_bytes()).digest()
    broken = tmp_path / "broken.riskreg"
    for content in (made.path.read_bytes()[:-5000], b"", b"PK\x03\x04" * 50):
        broken.write_bytes(content)
        with pytest.raises(Expected):
            register.restore(broken, path)
        assert hashlib.sha256(path.read_bytes()).digest() == before
        assert not list(path.parent.glob("*before restore*"))
        assert not list(path.parent.glob(".*.restoring"))


def test_restore_when_done_twice_in_one_second_then_no_file_is_lost(opened: Register) -> None:
    a_risk(opened)
    made = opened.backup()
    path = opened.path
    opened.close()
    first = register.restore(made.path, path)
    second = register.restore(made.path, path)
    assert first is not None
    assert second is not None
    assert first != second
    assert first.exists()
    assert second.exists()


def test_restore_when_the_register_has_a_hot_journal_then_it_does_not_spoil_the_restored_one(
    opened: Register,
) -> None:
    risk = a_risk(opened, cause="one")
    made = opened.backup()
    change(opened, risk, cause="two")
    path = opened.path
    opened.close()
    make_hot(path)
    aside = register.restore(made.path, path)
    assert not journal_of(path).exists()
    with register_of(path) as found:
        assert found.record(risk.id).get("cause") == "one"
        assert found.verify().ok
    assert aside is not None
    with register_of(aside) as other:
        assert other.record(risk.id).get("cause") == "two"
        assert other.verify().ok


def test_restore_when_the_register_is_beyond_reading_then_it_is_kept_with_its_journal(
    opened: Register,
) -> None:
    a_risk(opened)
    made = opened.backup()
    path = opened.path
    opened.close()
    make_hot(path)
    path.write_bytes(b"\x00" * 3)
    aside = register.restore(made.path, path)
    assert aside is not None
    assert aside.read_bytes() == b"\x00" * 3
    assert journal_of(aside).exists()
    with register_of(path) as found:
        assert found.verify().ok


def test_backups_when_an_older_state_was_restored_then_new_ones_are_made_and_stay(
    opened: Register,
) -> None:
    made = opened.backup()
    for number in range(11):
        with clock.fixed(later(minutes=number + 1)):
            a_risk(opened)
            opened.backup()
    path, folder = opened.path, folder_of(opened)
    keep = shutil.copyfile(made.path, folder.parent / "old.riskreg") if made.path.exists() else None
    oldest = keep or opened.backups()[-1].path
    opened.close()
    with clock.fixed(later(hours=1)):
        register.restore(oldest, path)
        again = register.open(path)
    with clock.fixed(later(hours=2)):
        a_risk(again)
        again.close()
    newest = again.backups()[0]
    assert newest.made_at == later(hours=2)
    with register_of(newest.path) as copy:
        assert "restore" in {entry.act for entry in copy.log()}


def test_backups_when_the_clock_was_far_ahead_once_then_a_new_one_still_stays(
    opened: Register,
) -> None:
    for number in range(10):
        with clock.fixed(later(days=30_000, minutes=number)):
            a_risk(opened)
            opened.backup()
    a_risk(opened)
    made = opened.backup()
    assert made.path.exists()
    a_risk(opened)
    opened.close()
    assert any(backup.seq > made.seq for backup in opened.backups())
