"""Temporary copies: private, read-only, gone afterwards, and never taken back in by themselves."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from riskreg.errors import Expected
from riskreg.evidence import Held
from riskreg.evidence_copies import Copies
from riskreg.records import Evidence

HELD = Held(b"the minutes", True)


def a_record(name: str = "Minutes.pdf") -> Evidence:
    return Evidence(id=7, ref="F-0001", title="Minutes", file_name=name)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_copy_when_made_then_private_read_only_and_under_a_safe_name(tmp_path: Path) -> None:
    copies = Copies(tmp_path / "copies")
    made = copies.make(a_record("../../Minutes\u202e.pdf"), HELD)
    assert made.path.read_bytes() == HELD.content
    assert made.path.name == "Minutes.pdf"
    assert made.path.is_relative_to(tmp_path / "copies")
    assert mode(made.path) == 0o400
    for folder in (made.path.parent, made.path.parent.parent, tmp_path / "copies"):
        assert mode(folder) == 0o700
    assert copies.changed() == []
    copies.close()
    assert list((tmp_path / "copies").iterdir()) == []


@pytest.mark.parametrize("name", ["a.exe", "a.lnk", "a.html", "a.docm", "a.js", "a.pdf.exe"])
def test_copy_when_the_type_can_do_something_then_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Expected, match="can do something"):
        Copies(tmp_path / "copies").make(a_record(name), HELD)
    assert not (tmp_path / "copies").exists()


def test_copies_when_the_program_was_killed_then_removed_at_the_next_start(tmp_path: Path) -> None:
    home = tmp_path / "copies"
    script = (
        "import pathlib, sys, time; from tests.test_evidence_copies import *;"
        "copies = Copies(pathlib.Path(sys.argv[1]));"
        "print(copies.make(a_record(), HELD).path, flush=True); time.sleep(30)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(home)], stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[1],
    ) as process:  # fmt: skip
        assert process.stdout is not None
        left = Path(process.stdout.readline().strip())
        Copies(home)
        assert left.exists(), "another window is using it"
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert left.exists()
    Copies(home)
    assert list(home.iterdir()) == []


def test_copy_when_edited_then_told_until_it_is_let_be(tmp_path: Path) -> None:
    copies = Copies(tmp_path / "copies")
    made, other = copies.make(a_record(), HELD), copies.make(a_record(), HELD)
    made.path.chmod(0o600)
    made.path.write_bytes(b"the minutes, edited")
    assert copies.changed() == [made]
    made.let_be()
    assert copies.changed() == []
    made.path.write_bytes(b"the minutes, edited once more")
    assert copies.changed() == [made]
    made.path.write_bytes(HELD.content)
    assert copies.changed() == [], "as it was"
    other.path.unlink()
    assert copies.changed() == []
    copies.close()
