"""Files that are no register, or no longer one: the exact message, and not a byte changed."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from riskreg import register
from riskreg.errors import Expected
from riskreg.storage import guard
from riskreg.views import Register, View
from tests.builders import a_risk
from tests.storage.hot import journal_of, make_hot
from tests.storage.many import many

NOT_OPENED = "It was not opened and not changed."
CHOOSE = "Choose a file that this program made, or import this one into a register."
KEEP = "Keep the damaged file, and restore the newest backup into a new file."


@pytest.fixture
def closed(opened: Register) -> Path:
    a_risk(opened)
    opened.close()
    return opened.path


def refusal(path: Path, *, read_only: bool = False) -> str:
    """What is said when a file is opened; not a byte of it may change, and no other file may appear."""
    before, names = digest(path), sorted(path.parent.iterdir())
    with pytest.raises(Expected) as raised:
        register.open(path, read_only=read_only)
    assert digest(path) == before
    left = {file.name for file in path.parent.iterdir()} - {file.name for file in names}
    assert left <= {f".{path.name}.lock"}
    return str(raised.value)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


@pytest.mark.parametrize(
    ("content", "looks_like"),
    [
        (b"PK\x03\x04" + bytes(200), "a workbook or zip archive"),
        (b"%PDF-1.7\n" + bytes(200), "a PDF"),
        (b"\xd0\xcf\x11\xe0" + bytes(200), "an old Office file"),
        (b"\x89PNG" + bytes(200), "a picture"),
        ("title,status\n" * 20, "text"),
        ("x", "text"),
        (random.Random(4).randbytes(4096), "encrypted, or of another program"),
        (b"SQLite format 3\0" + bytes(400), "a database of another program"),
    ],
)
def test_file_when_it_is_no_register_then_it_says_what_it_looks_like(
    path: Path, content: bytes | str, looks_like: str
) -> None:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    assert refusal(path) == f"clinic.riskreg is not a register ({looks_like}). It was not opened and not changed. {CHOOSE}"  # fmt: skip


def test_file_when_it_is_a_database_of_another_program_then_it_is_refused(path: Path) -> None:
    connection = driver.connect(str(path))
    connection.execute("CREATE TABLE records (id INTEGER)")
    connection.close()
    assert "is not a register (a database of another program)" in refusal(path)


def test_file_when_it_is_empty_then_it_says_so_and_not_a_new_register(path: Path) -> None:
    path.touch()
    assert refusal(path) == (
        "clinic.riskreg is empty (0 bytes); a sync tool or a full disk can cause this. Nothing was changed. "
        "Restore the newest backup into a new file."
    )


def test_file_when_it_is_absent_then_none_is_made(path: Path) -> None:
    assert refusal(path) == (
        "There is no file clinic.riskreg. Nothing was created. Check the name and the folder."
    )
    assert list(path.parent.iterdir()) == []


def test_file_when_a_newer_program_made_it_then_it_is_refused(closed: Path) -> None:
    with closed.open("rb+") as file:
        file.seek(60)
        file.write((99).to_bytes(4, "big"))
    assert refusal(closed) == (
        "clinic.riskreg was made by a newer version of this program (format 99, this program reads up to 2). "
        f"{NOT_OPENED} Install the newer version and open it there."
    )
    assert refusal(closed, read_only=True)


@pytest.mark.parametrize("left", [lambda size: 50, lambda size: 4096, lambda size: size // 2, lambda size: size - 1])  # fmt: skip
def test_file_when_it_is_cut_off_then_it_is_damaged(
    closed: Path, left: Callable[[int], int]
) -> None:
    os.truncate(closed, left(closed.stat().st_size))
    assert (
        refusal(closed) == f"clinic.riskreg is damaged (it is cut off). It was not changed. {KEEP}"
    )


@pytest.mark.parametrize("extra", [b"x", b"garbage" * 1_000, bytes(4096)])
def test_file_when_something_hangs_on_its_end_then_verify_names_it(
    closed: Path, extra: bytes
) -> None:
    with closed.open("ab") as file:
        file.write(extra)
    found = register.open(closed, read_only=True)
    [finding] = found.verify().findings
    found.close()
    assert (finding.id, finding.facts) == ("database_wrong", {"detail": f"{len(extra)} bytes"})


@pytest.mark.parametrize(
    ("sql", "part"),
    [
        ("CREATE TRIGGER tr AFTER UPDATE ON risk BEGIN DELETE FROM change; END", "trigger tr"),
        ("CREATE VIEW spy AS SELECT * FROM risk", "view spy"),
        ("CREATE TABLE extra (id INTEGER)", "table extra"),
        ("CREATE INDEX slow ON risk (cause)", "index slow"),
        ("CREATE VIRTUAL TABLE other USING fts5(words)", "table other"),
        ("DROP INDEX ix_records_title", "index ix_records_title"),
        ("DROP TABLE links", "table links"),
        ("ALTER TABLE risk ADD COLUMN colour TEXT", "table risk"),
        ("CREATE TRIGGER alembic_version_tr AFTER DELETE ON alembic_version BEGIN DELETE FROM change; END", "trigger alembic_version_tr"),
    ],
)  # fmt: skip
def test_file_when_its_schema_holds_more_or_less_then_the_part_is_named(
    closed: Path, sql: str, part: str
) -> None:
    run(closed, sql)
    message = refusal(closed)
    assert message.startswith("clinic.riskreg contains parts that this program did not create (")
    assert part in message
    assert message.endswith(f"{NOT_OPENED} Ask whoever gave you the file, or restore a backup.")


def run(path: Path, *statements: str) -> None:
    connection = driver.connect(str(path), isolation_level=None)
    for sql in statements:
        connection.execute(sql)
    connection.close()


def test_file_when_a_column_was_given_another_type_then_it_is_refused(closed: Path) -> None:
    run(
        closed, "PRAGMA writable_schema = 1",
        "UPDATE sqlite_schema SET sql = replace(sql, 'cause TEXT', 'cause BLOB') WHERE name = 'risk'",
    )  # fmt: skip
    assert "(table risk)" in refusal(closed)


def test_file_when_rows_point_nowhere_then_verify_names_them(closed: Path) -> None:
    run(closed, "PRAGMA foreign_keys = 0", "INSERT INTO links VALUES (77777, 'owner', 88888)")
    found = register.open(closed, read_only=True)
    findings = {finding.id for finding in found.verify().findings}
    found.close()
    assert "link_extra" in findings


def test_file_when_a_page_is_damaged_then_it_is_refused(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    root = page_of(closed, "risk")
    content[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    closed.write_bytes(content)
    assert refusal(closed) == f"clinic.riskreg is damaged (SQLite). It was not changed. {KEEP}"


def page_of(path: Path, table: str) -> int:
    connection = driver.connect(str(path))
    try:
        asked = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        return int(connection.execute(asked, (table,)).fetchone()[0])
    finally:
        connection.close()


def test_file_when_its_journal_has_no_first_entry_then_it_is_damaged(closed: Path) -> None:
    run(closed, "PRAGMA foreign_keys = 0", "DELETE FROM change", "DELETE FROM journal")
    assert refusal(closed) == f"clinic.riskreg is damaged (journal). It was not changed. {KEEP}"


@pytest.mark.skipif(os.name != "posix", reason="POSIX files")
@pytest.mark.parametrize("make", [lambda path: path.mkdir(), os.mkfifo, lambda path: path.symlink_to("/dev/zero")])  # fmt: skip
def test_file_when_it_is_a_folder_pipe_or_device_then_it_is_refused_at_once(
    path: Path, make: Callable[[Path], None]
) -> None:
    make(path)
    with pytest.raises(Expected) as raised:
        register.open(path)
    assert str(raised.value).startswith("clinic.riskreg is not an ordinary file.")


def test_file_when_it_is_a_dangling_link_then_it_is_absent(path: Path) -> None:
    path.symlink_to(path.with_name("gone"))
    with pytest.raises(Expected) as raised:
        register.open(path)
    assert raised.value.id == "not_found"


def test_file_when_opened_through_a_link_then_it_is_the_same_register_and_lock(
    closed: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.riskreg"
    link.symlink_to(closed)
    through = register.open(link)
    assert through.path == closed.resolve()
    with pytest.raises(Expected) as raised:
        register.open(closed)
    assert raised.value.id == "in_use"
    a_risk(through)
    through.close()
    assert link.is_symlink()


@pytest.mark.parametrize(
    "name", ["a b.riskreg", "50% ? #1.riskreg", "外洩登記 🗂.riskreg", "x" * 230 + ".riskreg", "a&mode=ro.riskreg", "-dash.riskreg"]
)  # fmt: skip
def test_file_when_its_name_holds_any_character_then_it_opens(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    register.create(path, name="X").close()
    found = register.open(path)
    a_risk(found)
    found.close()
    assert path.exists()
    assert {file.name for file in tmp_path.iterdir()} <= {name, f".{name}.lock"}


def test_file_when_it_is_sparse_and_huge_then_it_is_read_at_once(closed: Path) -> None:
    os.truncate(closed, 5 * 2**30)
    found = register.open(closed, read_only=True)
    assert found.count(View(kinds=("risk",))) == 1
    found.close()


# journals left by an interrupted write


@pytest.mark.parametrize("read_only", [False, True])
def test_register_when_a_write_was_interrupted_then_it_is_taken_back_at_opening(
    closed: Path, read_only: bool
) -> None:
    make_hot(closed)
    found = register.open(closed, read_only=read_only)
    assert found.verify().ok
    assert found.record(found.find("R-0001")).title == "Mail goes astray"
    found.close()


def test_register_when_the_journal_of_an_interrupted_write_is_lost_then_it_is_refused_or_named(
    closed: Path,
) -> None:
    make_hot(closed)
    journal_of(closed).unlink()
    try:
        found = register.open(closed, read_only=True)
    except Expected:
        return
    assert not found.verify().ok
    found.close()


def test_register_when_the_journal_is_of_another_file_then_nothing_passes_unseen(
    closed: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.riskreg"
    found = register.create(other, name="Other")
    many(found, "risk", 60, "Foreign {}")
    found.close()
    make_hot(other)
    shutil.copyfile(journal_of(other), journal_of(closed))
    try:
        found = register.open(closed)
    except Expected:
        return
    verified = found.verify()
    foreign = found.count(View(kinds=("risk",), words="foreign"))
    found.close()
    assert not verified.ok or not foreign


# only SQLite opens the file while it is open


def test_guard_when_one_of_two_openings_is_closed_then_it_still_knows_the_other(
    opened: Register,
) -> None:
    second = register.open(opened.path, read_only=True)
    second.close()
    assert guard._open_here[guard.identity(opened.path)] == 1


WATCH = """
import sys
from pathlib import Path
from riskreg import register
from riskreg.changes import ChangeSet, addition
from riskreg.views import View
path = Path(sys.argv[1])
register.open(path).close()
seen = []
watching = False
def hook(event, arguments):
    if watching and event == "open" and str(path) == str(arguments[0]):
        seen.append(arguments)
sys.addaudithook(hook)
store = register.open(path)
watching = True
changed = store.apply(ChangeSet(act="add", changes=(addition("risk", {"title": "x"}),)))
second = register.open(path, read_only=True)
second.verify()
second.close()
register.open(path, read_only=True).close()
try:
    register.open(path)
except Exception:
    pass
store.undo(); store.redo(); store.verify(); store.backup(); store.as_of(1)
store.ids(View(kinds=("risk",), words="x"))
with store.reader() as mine:
    mine.head()
store.erase(changed.new[-1], "x")
store.close()
watching = False
assert "PySide6" not in sys.modules and "sqlite3" not in sys.modules, "a second SQLite"
print(len(seen), seen[:3])
"""


def child(script: str, *arguments: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True,
        cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_register_when_open_then_our_own_code_never_opens_its_file(closed: Path) -> None:
    assert child(WATCH, str(closed)) == "0 []"


MAPS = """
import sys
from pathlib import Path
from riskreg import register
store = register.open(Path(sys.argv[1]))
import riskreg.cli
from PySide6 import QtWidgets, QtSvg, QtPrintSupport
import ui.window
files = {line.split()[-1] for line in open("/proc/self/maps") if "/" in line}
print(sorted(Path(file).parent.name for file in files if "sqlite" in Path(file).name.lower()))
store.close()
"""


@pytest.mark.skipif(
    not Path("/proc/self/maps").exists(), reason="Linux shows what a process loaded"
)
def test_process_when_window_and_register_are_loaded_then_there_is_one_sqlite(closed: Path) -> None:
    loaded = child(MAPS, str(closed))
    assert loaded == "['sqlcipher3']"
