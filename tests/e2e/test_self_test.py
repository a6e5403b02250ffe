"""`--self-test`: the program tried out on itself, from the source and from a copy in which something is missing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.program import ROOT, Program


def tried(main: Path, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**Program(home).environment(), "QT_QPA_PLATFORM": "offscreen", **more}
    command = [sys.executable, str(main), "--self-test"]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, check=False, timeout=110
    )


def test_self_test_when_all_is_there_then_each_step_is_timed_and_the_account_is_left_alone(
    tmp_path: Path,
) -> None:
    ran = tried(ROOT / "main.py", tmp_path / "home")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    passed = re.findall(r"^PASS  (.+) \(\d+\.\d\d s\)", ran.stdout, re.MULTILINE)
    assert passed == [
        "weigh the program",
        "start the command line",
        "load every part",
        "speak three languages",
        "tell the time",
        "count working days",
        "make a register",
        "import a file",
        "export a workbook and read it back",
        "print a report",
        "write a notice and a form",
        "verify",
        "open the window and close it",
    ]
    assert "FAIL" not in ran.stdout
    assert list(tmp_path.iterdir()) == []


def test_self_test_when_a_font_is_missing_then_the_step_is_named_and_it_ends_with_1(
    tmp_path: Path,
) -> None:
    for folder in ("riskreg", "ui", "resources"):
        without = shutil.ignore_patterns("__pycache__", "RegisterSans-Regular.ttf")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=without)
    shutil.copy(ROOT / "main.py", tmp_path)
    ran = tried(tmp_path / "main.py", tmp_path / "home")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    last = ran.stdout.splitlines()[-1]
    assert last.startswith("FAIL  print a report: ")
    assert "RegisterSans-Regular.ttf" in last
    assert not (tmp_path / "home").exists()


def test_self_test_when_a_library_of_the_window_is_missing_then_it_is_named_without_a_traceback(
    tmp_path: Path,
) -> None:
    lacking = tmp_path / "PySide6" / "__init__.py"
    lacking.parent.mkdir()
    lacking.write_text("raise ImportError('libGL.so.1: cannot open shared object file')\n")
    ran = tried(ROOT / "main.py", tmp_path / "home", PYTHONPATH=str(tmp_path))
    assert ran.returncode == 1
    assert ran.stderr == ""
    assert ran.stdout == "FAIL  load the program: libGL.so.1: cannot open shared object file\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes the streams")
def test_command_when_there_is_nowhere_to_print_as_in_a_window_program_then_it_does_its_work(
    tmp_path: Path,
) -> None:
    run = Program(tmp_path / "home", before=("sh", "-c", 'exec "$@" >&- 2>&-', "sh"))
    assert run("new", tmp_path / "t.riskreg", "--name", "Test").returncode == 0
    assert run("verify", tmp_path / "t.riskreg").returncode == 0
    assert run("show", tmp_path / "t.riskreg", "R-9999").returncode == 2
