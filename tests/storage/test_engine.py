"""Connections: every setting read back, and what the environment does as sentences."""

from __future__ import annotations

import errno
import threading
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from riskreg import register
from riskreg.changes import ChangeSet, addition
from riskreg.errors import Expected
from riskreg.storage import engine
from riskreg.views import Register, View
from tests.builders import a_risk, change
from tests.storage.many import many

EVERYWHERE = {
    "trusted_schema": 0, "cell_size_check": 1, "temp_store": 2, "foreign_keys": 1, "secure_delete": 1,
}  # fmt: skip


def settings(connection: Any) -> dict[str, Any]:
    names = (*EVERYWHERE, "synchronous", "journal_mode", "query_only", "cache_spill", "busy_timeout", "application_id", "user_version")  # fmt: skip
    return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names}


def test_writer_when_connected_then_every_setting_is_in_force(opened: Register) -> None:
    found = settings(engine.connect(opened.path, "write"))
    assert found == EVERYWHERE | {
        "synchronous": 3, "journal_mode": "delete", "query_only": 0, "cache_spill": 0, "busy_timeout": 10_000,
        "application_id": 0x52524547, "user_version": engine.FORMAT,
    }  # fmt: skip


def test_reader_when_connected_then_it_can_change_nothing(opened: Register) -> None:
    connection = engine.connect(opened.path, "read")
    assert settings(connection) | {"synchronous": 0, "cache_spill": 0} == EVERYWHERE | {
        "synchronous": 0, "journal_mode": "delete", "query_only": 1, "cache_spill": 0, "busy_timeout": 3_000,
        "application_id": 0x52524547, "user_version": engine.FORMAT,
    }  # fmt: skip
    with pytest.raises(driver.OperationalError, match="readonly"):
        connection.execute("DELETE FROM links")


def test_connection_when_a_setting_is_not_taken_then_it_is_a_failure(opened: Register) -> None:
    connection = engine.connect(opened.path, "read")
    with pytest.raises(RuntimeError, match="did not take page_size"):
        engine._set(connection, "page_size", 123)


def test_connection_when_the_file_is_absent_then_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(Expected), engine.failures(tmp_path / "gone"):
        engine.connect(tmp_path / "gone.riskreg", "write")
    assert list(tmp_path.iterdir()) == []


def test_sqlite_when_asked_then_it_is_one_without_the_known_faults() -> None:
    assert driver.sqlite_version_info >= (3, 51, 3)


@pytest.mark.parametrize(
    ("number", "id"),
    [(5, "busy"), (6, "busy"), (11, "damaged"), (13, "disk_full"), (26, "not_a_register"), (8, "cannot_write"),
     (1032, "moved"), (10, "cannot_write"), (778, "cannot_write"), (14, "cannot_write"), (267, "damaged")],
)  # fmt: skip
def test_failure_when_sqlite_names_it_then_it_is_said_in_our_words(number: int, id: str) -> None:
    class Failed(driver.OperationalError):
        sqlite_errorcode = number
        sqlite_errorname = "SQLITE_X"

    with pytest.raises(Expected) as raised, engine.failures(Path("clinic.riskreg")):
        raise Failed("x")
    assert raised.value.id == id
    assert all(raised.value.message())


def test_failure_when_it_is_a_bug_then_it_passes_through() -> None:
    class Failed(driver.OperationalError):
        sqlite_errorcode = 1

    with pytest.raises(Failed), engine.failures():
        raise Failed("no such table")
    with pytest.raises(ZeroDivisionError), engine.failures():
        raise ZeroDivisionError


def test_failure_when_the_system_says_no_space_then_the_disk_is_full() -> None:
    with pytest.raises(Expected) as raised, engine.failures(Path("x")):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert raised.value.id == "disk_full"


def test_error_when_a_statement_fails_then_its_text_holds_no_values(opened: Register) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    reader = engine.reader(opened.path)
    with pytest.raises(DBAPIError) as raised, reader.connect() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE x = :name"), {"name": "Jane Doe"})
    assert "Jane Doe" not in str(raised.value)
    engine.raw(reader).close()


# others at the file


def test_write_when_another_program_holds_the_file_then_it_is_busy_and_afterwards_it_works(
    opened: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engine._WAIT_MS, "write", 50)
    path = opened.path
    opened.close()
    mine = register.open(path)
    other = driver.connect(str(path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Expected) as raised:
        a_risk(mine)
    assert str(raised.value).startswith("Another program keeps the register file busy.")
    other.execute("ROLLBACK")
    other.close()
    assert a_risk(mine).ref == "R-0001"
    assert mine.verify().ok
    mine.close()


def test_write_when_another_program_reads_then_it_waits_or_says_so(
    opened: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engine._WAIT_MS, "write", 50)
    path = opened.path
    opened.close()
    mine = register.open(path)
    other = driver.connect(str(path), isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM records").fetchone()
    with pytest.raises(Expected) as raised:
        a_risk(mine)
    assert raised.value.id == "busy"
    other.execute("ROLLBACK")
    a_risk(mine)
    assert mine.verify().ok
    mine.close()


def test_writes_when_two_threads_make_them_then_each_has_its_turn(opened: Register) -> None:
    failed: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(15):
                changes = (addition("risk", {"title": f"{name} {number}"}),)
                opened.apply(ChangeSet(act="add", changes=changes))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert opened.count(View(kinds=("risk",))) == 30
    assert opened.verify().ok


def test_reader_of_a_job_when_a_write_is_not_finished_then_it_sees_the_state_before(
    opened: Register,
) -> None:
    many(opened, "risk", 50)
    seen: list[int] = []

    class Watching:
        def step(self, doing: str, done: int = 0, total: int = 0) -> None:
            with opened.reader() as mine:
                seen.append(mine.count(View(kinds=("risk",))))

    changes = tuple(addition("risk", {"title": f"{n}"}, -1 - n) for n in range(1_200))
    opened.apply(ChangeSet(act="import", changes=changes), Watching())
    assert len(seen) > 4
    assert set(seen) == {50}
    assert opened.count(View(kinds=("risk",))) == 1_250


# the file goes away while it is open


@pytest.mark.parametrize("how", ["deleted", "renamed", "replaced"])
def test_write_when_the_file_was_moved_or_replaced_then_it_is_refused_and_nothing_is_made(
    opened: Register, how: str, tmp_path: Path
) -> None:
    risk, path = a_risk(opened), opened.path
    other = tmp_path / "other.riskreg"
    other.write_bytes(b"the other version")
    {
        "deleted": path.unlink,
        "renamed": lambda: path.rename(tmp_path / "elsewhere.riskreg"),
        "replaced": lambda: other.replace(path),
    }[how]()
    with pytest.raises(Expected) as raised:
        change(opened, risk, cause="x")
    assert str(raised.value) == (
        "The register file was moved, replaced or deleted by another program. Your last change was not saved; "
        "everything before it is in the moved file. Save a copy elsewhere, then look for the file where it was moved."
    )
    if how == "replaced":
        assert path.read_bytes() == b"the other version"
    else:
        assert not path.exists()
    made = opened.backup(tmp_path / "copy")
    copy = register.open(made.path, read_only=True)
    assert copy.record(risk.id) == risk
    copy.close()
    assert opened.as_of(2).record(risk.id) == risk
    with pytest.raises(Expected) as raised, opened.reader():
        pass
    assert raised.value.id == "moved"
    opened.close()


def test_write_when_the_file_is_swapped_in_the_middle_then_sqlite_refuses_it(
    opened: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from riskreg.storage.store import Store

    risk, path = a_risk(opened), opened.path
    really = Store._still_there

    def look(self: Store) -> None:
        really(self)
        path.unlink()  # just after we looked

    monkeypatch.setattr(Store, "_still_there", look)
    with pytest.raises(Expected) as raised:
        change(opened, risk, cause="x")
    assert raised.value.id == "moved"
    assert not path.exists()
