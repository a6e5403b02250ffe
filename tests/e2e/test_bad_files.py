"""Files that are no register, and folders that cannot be written: three sentences, nothing changed."""

from __future__ import annotations

import os
import shutil
import struct
import sys
from pathlib import Path

import pytest

from riskreg import register
from tests.e2e.program import Program, digest


def text_file(path: Path, sample: Path) -> None:
    path.write_text("Date,What\n2026-01-01,Lost stick\n" * 100)


def pdf(path: Path, sample: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + b"\0" * 5000)


def zero_bytes(path: Path, sample: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path, sample: Path) -> None:
    content = sample.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def cut_in_the_header(path: Path, sample: Path) -> None:
    path.write_bytes(sample.read_bytes()[:60])


def newer(path: Path, sample: Path) -> None:
    content = bytearray(sample.read_bytes())
    content[60:64] = struct.pack(">I", 9_999)  # user_version
    path.write_bytes(content)


def another_program(path: Path, sample: Path) -> None:
    content = bytearray(sample.read_bytes())
    content[68:72] = b"\0\0\0\0"  # application_id
    path.write_bytes(content)


def folder(path: Path, sample: Path) -> None:
    path.mkdir()


def nothing(path: Path, sample: Path) -> None:
    return


BAD = {
    text_file: "not a register",
    pdf: "PDF",
    zero_bytes: "0 bytes",
    truncated: "damaged",
    cut_in_the_header: "bad.riskreg",
    newer: "9999",
    another_program: "not a register",
    folder: "not an ordinary file",
    nothing: "no file",
}


@pytest.mark.parametrize("bad", BAD, ids=lambda made: made.__name__)
def test_register_when_it_is_none_is_refused_by_reading_and_changing_commands(
    run, sample_made, tmp_path, bad
):
    path = tmp_path / "bad.riskreg"
    bad(path, sample_made)
    before = digest(path) if path.is_file() else None
    for command in (["list", path, "risk", "--json"], ["set", path, "R-0001", "notes=x"]):
        assert BAD[bad] in run.refused(*command)
    assert (digest(path) if path.is_file() else None) == before
    left = {other.name for other in tmp_path.iterdir()} - {"home", "bad.riskreg"}
    assert left <= {".bad.riskreg.lock"}


def test_register_when_somebody_has_it_open_can_be_read_but_not_changed(run, sample, monkeypatch):
    monkeypatch.setenv("RISKREG_HOME", str(run.home))
    opened = register.open(sample)
    try:
        before = digest(sample)
        assert "open by" in run.refused("set", sample, "R-0001", "notes=x")
        assert run.json("show", sample, "R-0001")["ref"] == "R-0001"
        assert run.json("verify", sample)["ok"] is True
        assert digest(sample) == before
    finally:
        opened.close()
    run.said("set", sample, "R-0001", "notes=x")


@pytest.fixture
def locked(sample_made, tmp_path):
    """A folder that may be read but not written, and the program for an account to which that applies."""
    if sys.platform == "win32":
        pytest.skip("folders have no such permission there")
    folder = tmp_path / "archive"
    folder.mkdir()
    shutil.copy(sample_made, folder / "sample.riskreg")
    (folder / "sample.riskreg").chmod(0o444)
    folder.chmod(0o555)
    before = () if os.geteuid() else ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    yield Program(tmp_path / "home", before), folder
    folder.chmod(0o755)


def test_folder_when_it_cannot_be_written_is_read_and_nothing_more(locked):
    run, folder = locked
    path = folder / "sample.riskreg"
    before = digest(path)
    assert run.json("show", path, "R-0001")["ref"] == "R-0001"
    assert run.json("verify", path)["ok"] is True
    assert "read-only" in run.refused("set", path, "R-0001", "notes=x")
    assert "read-only" in run.refused("undo", path)
    run.refused("new", folder / "new.riskreg", "--name", "x")
    run.refused("demo", folder / "demo.riskreg")
    assert digest(path) == before
    assert [other.name for other in folder.iterdir()] == ["sample.riskreg"]
