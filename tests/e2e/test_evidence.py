"""`evidence` as a script calls it, on the sample and on real files."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from tests.e2e.program import digest

CONTENT = b"%PDF-1.7 the minutes \x00\xff of the drill\n" * 100


@pytest.fixture
def minutes(tmp_path) -> Path:
    path = tmp_path / "Minutes 會議.pdf"
    path.write_bytes(CONTENT)
    return path


def spoil(register: Path, sha256: str) -> None:
    connection = driver.connect(str(register))
    connection.execute(
        "UPDATE blob SET content = CAST(x'2A' || substr(content, 2) AS BLOB) WHERE sha256 = ?",
        (sha256,),
    )
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("kind", "field"),
    [("risk", "risks"), ("incident", "incidents"), ("action", "actions"), ("step", "steps"),
     ("party", "parties"), ("task", "tasks"), ("measure", "measures"), ("asset", "assets")],
)  # fmt: skip
def test_evidence_when_added_is_tied_to_the_record_whatever_its_kind(run, sample, minutes, kind, field):  # fmt: skip
    ref = run.state("list", sample, kind, "--limit", 1)[0]["ref"]
    made = run.json("evidence", sample, "add", ref, minutes)
    assert made[field] == [ref]
    assert made["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    assert (made["title"], made["file_name"]) == ("Minutes 會議.pdf", "Minutes 會議.pdf")
    entry = run.state("log", sample, "--ref", made["ref"])[0]
    assert (entry["act"], entry["facts"]["refs"]) == ("attach", ref)
    assert "Minutes" not in str(entry["facts"]), "what erasing cannot reach"


def test_evidence_when_saved_comes_out_as_it_went_in_and_is_noted(run, sample, minutes, tmp_path):
    made = run.json("evidence", sample, "add", "R-0001", minutes, "--title", "Drill")
    assert made["title"] == "Drill"
    out = tmp_path / "out.pdf"
    assert "matches" in run.said("evidence", sample, "save", made["ref"], out)
    assert out.read_bytes() == CONTENT
    assert "exists" in run.refused("evidence", sample, "save", made["ref"], out)
    out.write_bytes(b"other")
    run.said("evidence", sample, "save", made["ref"], out, "--force")
    assert out.read_bytes() == CONTENT
    entry = run.state("log", sample, "--limit", 1)[0]
    assert (entry["act"], entry["facts"]["evidence"]) == ("export", made["ref"])
    assert f"Copy of {made['ref']}" in run.quickly("log", sample, "--limit", 1)
    folder = tmp_path / "folder"
    folder.mkdir()
    run.said("evidence", sample, "save", made["ref"], folder)
    assert [path.name for path in folder.iterdir()] == ["Minutes 會議.pdf"]


def test_evidence_when_a_byte_is_flipped_says_so_and_still_saves_it(run, sample, minutes, tmp_path):
    made = run.json("evidence", sample, "add", "R-0001", minutes)
    assert run.json("evidence", sample, "verify")[-1]["state"] == "whole"
    spoil(sample, made["sha256"])
    assert "does not match its recorded SHA-256" in run.said("evidence", sample, "verify", status=1)
    assert run.json("evidence", sample, "verify", status=1)[-1]["state"] == "differs"
    said = run.said("verify", sample, status=1)
    assert f"The file of {made['ref']} does not match its recorded SHA-256." in said
    out = tmp_path / "out.pdf"
    said = run.said("evidence", sample, "save", made["ref"], out, status=1)
    assert "does not match" in said
    assert out.read_bytes() == b"*" + CONTENT[1:]


def test_evidence_when_a_newer_version_is_added_replaces_the_older_and_takes_over_its_ties(run, sample, minutes):  # fmt: skip
    first = run.json("evidence", sample, "add", "R-0001", minutes, "--title", "Drill")
    minutes.write_bytes(CONTENT + b"corrected")
    second = run.json("evidence", sample, "add", first["ref"], minutes)
    assert (second["replaces"], second["risks"], second["title"]) == ([first["ref"]], ["R-0001"], "Drill")  # fmt: skip


def test_evidence_when_it_cannot_be_taken_in_leaves_the_register_as_it_is(run, sample, minutes, tmp_path):  # fmt: skip
    before = run.state("list", sample, "evidence")
    assert "no file" in run.refused("evidence", sample, "add", "R-0001", tmp_path / "absent.pdf")
    assert "ordinary" in run.refused("evidence", sample, "add", "R-0001", tmp_path)
    assert "no record" in run.refused("evidence", sample, "add", "R-9999", minutes)
    organisation = run.state("list", sample, "organisation")[0]["ref"]
    assert "No file can be attached" in run.refused("evidence", sample, "add", organisation, minutes)  # fmt: skip
    assert "not a piece" in run.refused("evidence", sample, "save", "R-0001", tmp_path / "out")
    run.refused("evidence", sample, "add", "R-0001")
    run.refused("evidence", sample, "verify", "R-0001")
    run.refused("evidence", sample, "burn")
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(50_000_001)
    assert "50000001" in run.refused("evidence", sample, "add", "R-0001", large)
    assert run.state("list", sample, "evidence") == before


def test_evidence_when_unreadable_leaves_the_register_as_it_is(run, sample, minutes):
    if os.geteuid() == 0:
        pytest.skip("this account reads everything")
    minutes.chmod(0)
    before = digest(sample)
    assert "cannot be read" in run.refused("evidence", sample, "add", "R-0001", minutes)
    assert digest(sample) == before
    minutes.chmod(stat.S_IRUSR)


def test_evidence_of_the_sample_is_whole_and_each_piece_comes_out(run, sample, tmp_path):
    found = run.json("evidence", sample, "verify")
    assert len(found) >= 6
    assert {each["state"] for each in found} == {"whole"}
    for each in found:
        out = tmp_path / each["ref"]
        run.quickly("evidence", sample, "save", each["ref"], out)
        assert digest(out) == each["sha256"]


def test_export_when_asked_for_the_files_writes_them_beside_with_a_list_that_can_be_checked(run, sample, tmp_path):  # fmt: skip
    found = run.state("evidence", sample, "verify")
    out, folder = tmp_path / "out.xlsx", tmp_path / "files"
    run.quickly("export", sample, out)
    assert not folder.exists(), "files do not go out unless asked"
    said = run.said("export", sample, out, "--with-evidence", folder, "--with-privileged")
    assert f"{len(found)} files of evidence were written." in said
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == len(found) + 1
    assert {digest(path) for path in folder.iterdir()} >= {each["sha256"] for each in found}
    checked = subprocess.run(
        ["sha256sum", "--check", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert "is not empty" in run.refused("export", sample, out, "--with-evidence", folder)
    entry = run.state("log", sample, "--limit", 1)[0]
    assert entry["facts"]["file"] == "files"
    assert entry["facts"]["rows"] == str(len(found))
    assert entry["facts"]["evidence"].split() == sorted(each["ref"] for each in found)


def test_export_when_a_file_is_spoilt_marks_it_and_ends_with_1(run, sample, tmp_path):
    [first, *_] = run.state("evidence", sample, "verify")
    spoil(sample, first["sha256"])
    folder = tmp_path / "files"
    asked = ("export", sample, tmp_path / "out.xlsx", "--kind", "evidence", "--with-evidence")
    found = run.json(*asked, folder, status=1)
    assert [each["ref"] for each in found["files"] if not each["matches"]] == [first["ref"]]
    assert "does not match" in run.said(*asked, tmp_path / "again", status=1)
    checked = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"],
        cwd=folder, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert checked.stdout.count("FAILED") == 1
    assert checked.stdout.startswith(first["ref"])


def test_export_when_names_are_left_out_or_evidence_is_not_asked_for_writes_no_files(run, sample, tmp_path):  # fmt: skip
    for more in (("--redacted",), ("--kind", "risk")):
        out = tmp_path / "out.xlsx"
        run.refused("export", sample, out, *more, "--with-evidence", tmp_path / "files")
        assert not out.exists()
    assert not (tmp_path / "files").exists()


def test_evidence_when_its_name_is_odd_goes_out_under_a_safe_one_inside_the_folder(run, sample, tmp_path):  # fmt: skip
    folder = tmp_path / "in"
    folder.mkdir()
    odd = [
        "CON.txt",
        "a.pdf.exe",
        "x\u202efdp.exe",
        "x" * 250 + ".pdf",
        "a.pdf.",
        "..\\..\\x",
        "C:\\x",
    ]
    for name in odd:
        (folder / name).write_bytes(name.encode())
        made = run.state("evidence", sample, "add", "R-0001", folder / name)
        assert made["file_name"] == name
    run.quickly("export", sample, tmp_path / "o.xlsx", "--with-evidence", tmp_path / "files")
    names = [path.name.partition(" ")[2] for path in (tmp_path / "files").iterdir()]
    assert {"_CON.txt", "a.pdf.exe", "xfdp.exe", "a.pdf", "x"} <= set(names)
    others = {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")}
    assert others == {"files", "home", "in", "o.xlsx", "sample.riskreg"}
