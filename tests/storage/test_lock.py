"""One editor at a time, and a lock that does not outlive its holder."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from riskreg import register
from riskreg.errors import Expected
from riskreg.storage.lock import EditorLock
from riskreg.views import Register
from tests.builders import a_risk

HOLD = """
import sys
from pathlib import Path
from riskreg import register
store = register.open(Path(sys.argv[1]))
print(store.read_only or "editing", flush=True)
sys.stdin.readline()
store.close()
"""


@contextmanager
def another_editor(path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2], env={"RISKREG_HOME": str(path.parent), "LOGNAME": "a.smith", "PATH": "/usr/bin:/bin"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "editing"
        yield process
        if process.poll() is None:
            process.kill()


def test_register_when_someone_edits_it_then_it_says_who_and_reading_is_possible(
    opened: Register,
) -> None:
    a_risk(opened)
    opened.close()
    with another_editor(opened.path) as process:
        with pytest.raises(Expected) as raised:
            register.open(opened.path)
        message = str(raised.value)
        assert message.startswith("The register is open by a.smith on ")
        assert message.endswith(
            "Nothing was changed. Close it there first, or open it read-only here."
        )
        reader = register.open(opened.path, read_only=True)
        assert reader.verify().ok
        reader.close()
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        process.wait(20)
    register.open(opened.path).close()


def test_register_when_its_editor_was_killed_then_the_lock_is_free_without_a_question(
    opened: Register,
) -> None:
    opened.close()
    with another_editor(opened.path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    again = register.open(opened.path)
    assert again.read_only == ""
    a_risk(again)
    again.close()


def test_register_when_opened_twice_in_one_process_then_the_second_is_refused(
    opened: Register,
) -> None:
    with pytest.raises(Expected) as raised:
        register.open(opened.path)
    assert raised.value.id == "in_use"
    a_risk(opened)


def test_lock_when_the_holder_cannot_be_noted_then_it_is_held_by_nobody(path: Path) -> None:
    lock = EditorLock(path)
    path.with_name(f".{path.name}.holder").mkdir()
    with pytest.raises(OSError, match="directory"):
        lock.take()
    path.with_name(f".{path.name}.holder").rmdir()
    other = EditorLock(path)
    other.take()
    other.let_go()


@pytest.mark.parametrize("content", ["", "no json", "[]", "{}", '{"name": {"a": 1}}', "\x00"])
def test_lock_when_the_note_of_its_holder_is_unreadable_then_it_says_it_does_not_know(
    path: Path, content: str
) -> None:
    lock, other = EditorLock(path), EditorLock(path)
    lock.take()
    path.with_name(f".{path.name}.holder").write_text(content)
    with pytest.raises(Expected) as raised:
        other.take()
    assert raised.value.id == "in_use"
    lock.let_go()
    assert not path.with_name(f".{path.name}.holder").exists()


def test_register_when_opening_fails_then_the_lock_is_free_again(path: Path) -> None:
    path.write_bytes(b"%PDF")
    with pytest.raises(Expected):
        register.open(path)
    path.unlink()
    register.create(path, name="X").close()
