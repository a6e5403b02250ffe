"""How files are taken in and named."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from riskreg import evidence, register
from riskreg.errors import Expected
from riskreg.evidence import (
    MOST,
    Taken,
    attachment,
    may_be_opened,
    name_as_text,
    name_shown,
    safe_name,
    take,
)
from riskreg.work import QUIET
from tests.builders import add, an_incident


def a_file(folder: Path, content: bytes = b"x", name: str = "a.pdf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


NAMES = {
    "../../x": "x",
    "..\\..\\x.pdf": "x.pdf",
    "C:\\x": "x",
    "C:x.pdf": "C_x.pdf",
    "/etc/passwd": "passwd",
    "CON.txt": "_CON.txt",
    "con": "_con",
    "COM1.tar.gz": "_COM1.tar.gz",
    "console.txt": "console.txt",
    "a.pdf.exe": "a.pdf.exe",
    "x\u202efdp.exe": "xfdp.exe",
    "a\x00b.pdf": "ab.pdf",
    "a\nb.pdf": "ab.pdf",
    "a.pdf.": "a.pdf",
    "a.pdf . . ": "a.pdf",
    ".": "file",
    "..": "file",
    "": "file",
    " ": "file",
    'a<b>c:"d|e?f*.pdf': "a_b_c__d_e_f_.pdf",
    "會議記錄.pdf": "會議記錄.pdf",
    "\udcff.pdf": "pdf",
    "-rf.pdf": "-rf.pdf",
}


@pytest.mark.parametrize("name", NAMES)
def test_safe_name_when_the_name_is_odd_then_one_harmless_part(name: str, tmp_path: Path) -> None:
    safe = safe_name(name)
    assert safe == NAMES[name]
    evidence.put(tmp_path / safe, b"content", QUIET)
    assert [path.name for path in tmp_path.iterdir()] == [safe], "outside the folder, or not there"


@pytest.mark.parametrize("name", ["x" * 300 + ".pdf", "會" * 300 + ".pdf", "x." + "y" * 300, "." * 300 + "x"])  # fmt: skip
def test_safe_name_when_too_long_then_cut_before_its_ending(name: str, tmp_path: Path) -> None:
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= evidence.MOST_NAME
    assert safe.endswith(".pdf") == name.endswith(".pdf")
    evidence.put(tmp_path / safe, b"content", QUIET)


def test_name_as_text_when_odd_then_kept_but_for_what_no_text_can_hold() -> None:
    kept = "x\u202efdp.exe", "../../x", "CON.txt", "a.pdf.", "y" * 300
    assert tuple(map(name_as_text, kept)) == kept
    assert name_as_text("a\x00b\nc\udcff") == "a\ufffdb\ufffdc\ufffd"


def test_name_shown_when_a_part_would_be_turned_then_named() -> None:
    assert name_shown("x\u202efdp.exe") == "x⟨202E⟩fdp.exe"
    assert name_shown("會議.pdf") == "會議.pdf"


@pytest.mark.parametrize(
    "name",
    ["a.exe", "a.lnk", "a.html", "a.htm", "a.docm", "a.xlsm", "a.js", "a.vbs", "a.iso", "a.svg", "a.url",
     "a.pdf.exe", "a.exe.", "a.EXE", "x\u202efdp.exe", "a", "", "a.zip", "a.hta", "a.ps1", "a.sh", "a.desktop",
     "a.pdf\u202e.exe", "a.docx:b.exe"],
)  # fmt: skip
def test_may_be_opened_when_the_type_can_do_something_then_not(name: str) -> None:
    assert not may_be_opened(name)


@pytest.mark.parametrize("name", ["a.pdf", "a.PDF", "會議.docx", "a.exe.pdf", "a.png", "a.txt"])
def test_may_be_opened_when_the_type_does_nothing_then_yes(name: str) -> None:
    assert may_be_opened(name)


@pytest.mark.parametrize("size", [0, 1, 999, 1_000])
def test_take_when_up_to_the_limit_then_all_of_it(tmp_path: Path, size: int) -> None:
    content = bytes(range(256)) * 4
    taken = take(a_file(tmp_path, content[:size]), most=1_000)
    assert taken == ("a.pdf", content[:size], hashlib.sha256(content[:size]).hexdigest())


def test_take_when_one_above_the_limit_then_refused_with_its_size(tmp_path: Path) -> None:
    with pytest.raises(Expected) as refused:
        take(a_file(tmp_path, b"x" * 1_001), most=1_000)
    assert refused.value.id == "evidence_too_large"
    assert refused.value.parameters["size"] == 1_001
    assert MOST == 50_000_000


class Meddler:
    """Does something to the file between the two readings, or in the middle of the first."""

    def __init__(self, at: int, does) -> None:
        self._left, self._does = at, does

    def step(self, doing: str, done: int = 0, total: int = 0) -> None:
        self._left -= 1
        if not self._left:
            self._does()


@pytest.mark.parametrize("at", [1, 2, 3])
def test_take_when_the_file_changes_while_it_is_read_then_refused(tmp_path: Path, at: int) -> None:
    path = a_file(tmp_path, b"a" * 3_000_000)

    def change() -> None:
        with path.open("r+b") as file:
            file.write(b"b")

    with pytest.raises(Expected) as refused:
        take(path, Meddler(at, change))
    assert refused.value.id == "evidence_changed"


@pytest.mark.parametrize(("at", "change"), [(3, b""), (5, b"a" * 3_000_001)])
def test_take_when_the_file_shrinks_or_grows_then_refused(
    tmp_path: Path, at: int, change: bytes
) -> None:
    path = a_file(tmp_path, b"a" * 3_000_000)
    with pytest.raises(Expected) as refused:
        take(path, Meddler(at, lambda: path.write_bytes(change)))
    assert refused.value.id == "evidence_changed"


def test_take_when_the_file_vanishes_then_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path, b"a" * 3_000_000)
    with pytest.raises(Expected) as refused:
        take(path, Meddler(3, path.unlink))
    assert refused.value.id == "not_found"


def test_take_when_there_is_no_such_file_or_it_is_a_folder_then_refused(tmp_path: Path) -> None:
    for path, id in ((tmp_path / "absent", "not_found"), (tmp_path, "evidence_not_a_file")):
        with pytest.raises(Expected) as refused:
            take(path)
        assert refused.value.id == id


def test_attachment_when_it_is_proof_of_a_notice_then_it_belongs_to_the_incident_too(
    tmp_path: Path,
) -> None:
    opened = register.create(tmp_path / "clinic.riskreg", name="Clinic")
    incident = an_incident(opened)
    notice = add(opened, "notice", incident=frozenset({incident.id}))
    content = b"Received"
    taken = Taken("receipt.txt", content, hashlib.sha256(content).hexdigest())
    id = opened.apply(attachment(opened, taken, notice.id)).new[-1]
    found = opened.record(id)
    assert (found.notices, found.incidents) == ({notice.id}, {incident.id})
    opened.close()
