"""The log helps whoever mends the program and tells nobody what is in a register."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from riskreg import clock, log
from riskreg.errors import Expected

SECRET = "陳大文 HKID A123456(7)"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("RISKREG_HOME", str(tmp_path))
    return tmp_path


def written() -> str:
    path = log.log_file()
    return path.read_text(encoding="utf-8") if path.exists() else ""


def fail(message: str) -> None:
    raise KeyError(message)


def caught(message: str) -> BaseException:
    try:
        fail(message)
    except KeyError as error:
        return error
    raise AssertionError


def test_event_when_written_is_one_line_with_time_code_and_numbers():
    with clock.fixed(datetime(2026, 11, 24, 16, 30, tzinfo=UTC)):
        log.event("import.applied", new=798, seconds=1.25)
    assert written() == "2026-11-24T16:30:00Z import.applied new=798 seconds=1.25\n"


def test_event_when_the_code_holds_a_line_break_stays_one_line():
    log.event("a\nb\r\x1b[2J c")
    assert written().count("\n") == 1
    assert "\x1b" not in written()


def test_failure_when_an_exception_quotes_a_value_writes_type_and_place_but_not_the_value():
    log.failure(caught(SECRET))
    assert "builtins.KeyError" in written()
    assert "tests/test_log.py:" in written()
    assert "陳" not in written()
    assert "A123456" not in written()


def test_failure_when_one_exception_caused_another_names_both():
    try:
        try:
            fail(SECRET)
        except KeyError as error:
            raise RuntimeError(SECRET) from error
    except RuntimeError as error:
        log.failure(error)
    assert "builtins.RuntimeError" in written()
    assert "builtins.KeyError" in written()
    assert "A123456" not in written()


def test_failure_when_it_is_one_of_ours_names_its_id_but_not_its_parameters():
    log.failure(Expected("not_found", path=SECRET))
    assert "Expected:not_found" in written()
    assert "A123456" not in written()


def test_failure_when_written_names_no_folder_of_the_person(tmp_path):
    place = tmp_path / "Kitty Chan"
    place.mkdir()
    (place / "script.py").write_text("def go():\n    raise ValueError\n")
    code = compile((place / "script.py").read_text(), str(place / "script.py"), "exec")
    names: dict = {}
    exec(code, names)
    try:
        names["go"]()
    except ValueError as error:
        log.failure(error)
    assert "script.py:2:go" in written()
    assert "Kitty" not in written()


def test_excepthook_when_nobody_caught_an_exception_writes_it():
    error = caught(SECRET)
    log.excepthook(type(error), error, error.__traceback__)
    assert "builtins.KeyError" in written()
    assert "A123456" not in written()


def test_excepthook_when_the_user_pressed_ctrl_c_writes_nothing(capsys):
    log.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert written() == ""


def test_log_when_its_folder_cannot_be_made_is_silent(home):
    (home / "data").write_text("in the way")
    log.event("still.running")
    assert (home / "data").read_text() == "in the way"


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be renamed there")
def test_log_when_it_grows_starts_a_new_file_and_keeps_two(monkeypatch):
    monkeypatch.setattr(log, "_SIZE", 2_000)
    for number in range(500):
        log.event("tick", number=number)
    names = sorted(path.name for path in log.log_file().parent.iterdir())
    assert names == ["riskreg.log", "riskreg.log.1", "riskreg.log.2"]
    assert written().endswith("number=499\n")


CRASH = """
import faulthandler
from riskreg import log
def inner(): faulthandler._sigsegv()
log.catch_crashes()
inner()
"""


def test_crash_when_below_python_then_the_next_start_writes_its_places_once() -> None:
    kept = log.log_file().with_name("crash.txt")
    ended = subprocess.run([sys.executable, "-c", CRASH], check=False, capture_output=True)
    assert ended.returncode != 0
    assert "Segmentation fault" in kept.read_text()
    start = [sys.executable, "-c", "from riskreg import log; log.catch_crashes()"]
    for _ in range(2):
        subprocess.run(start, check=True)
    assert written().count("crash at ") == 1
    assert ":4:inner <" in written()
    assert kept.read_text() == ""
