"""Content of evidence in the file: with its row or not at all, once, found when it is spoilt, gone when it is erased."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from riskreg import evidence, register
from riskreg.errors import Expected, Refused
from riskreg.records import Evidence
from riskreg.storage import examined
from riskreg.views import Register
from tests.builders import a_risk

CONTENT = b"minutes of the meeting on the stolen laptop " * 2_000


def attached(opened: Register, to: int | None = None, content: bytes = CONTENT, name: str = "minutes.pdf") -> Evidence:  # fmt: skip
    taken = evidence.Taken(name, content, evidence.sha256_of(content))
    made = opened.apply(evidence.attachment(opened, taken, to))
    return evidence.evidence(opened, made.new[-1])


def blobs(path: Path) -> list[str]:
    with driver.connect(str(path)) as connection:
        found = [row[0] for row in connection.execute("SELECT sha256 FROM blob ORDER BY sha256")]
    connection.close()
    return found


def spoil(path: Path, statement: str) -> None:
    connection = driver.connect(str(path))
    connection.execute(statement)
    connection.commit()
    connection.close()


def found_in(path: Path) -> list[tuple[str, str]]:
    opened = register.open(path)
    try:
        return [(finding.id, finding.ref) for finding in opened.verify().findings]
    finally:
        opened.close()


def test_content_when_kept_then_read_back_and_named_by_its_entry(opened: Register) -> None:
    risk = a_risk(opened)
    kept = attached(opened, risk.id)
    assert opened.content(kept.sha256) == CONTENT
    assert kept.risks == frozenset({risk.id})
    entry = opened.log(limit=1)[0]
    assert (entry.act, entry.facts["content"], entry.facts["refs"]) == ("attach", kept.sha256, risk.ref)  # fmt: skip
    assert opened.verify().ok


def test_content_when_refused_then_neither_row_nor_bytes(opened: Register) -> None:
    taken = evidence.Taken("a\x00b.pdf", CONTENT, evidence.sha256_of(CONTENT))
    with pytest.raises(Refused):
        opened.apply(evidence.attachment(opened, taken))
    path = opened.path
    opened.close()
    assert blobs(path) == []


def test_content_when_the_same_twice_then_kept_once_and_for_the_other_when_one_is_erased(opened: Register) -> None:  # fmt: skip
    first, second = attached(opened), attached(opened, name="copy.pdf")
    assert first.id != second.id
    opened.erase(first.id, "asked")
    assert opened.content(second.sha256) == CONTENT
    assert opened.verify().ok
    opened.erase(second.id, "asked")
    with pytest.raises(Expected, match="holds no file"):
        opened.content(second.sha256)
    assert opened.verify().ok
    path = opened.path
    opened.close()
    assert blobs(path) == []
    assert b"stolen laptop" not in path.read_bytes()


def test_content_when_its_addition_is_undone_then_kept_for_the_redo(opened: Register) -> None:
    kept = attached(opened)
    opened.undo()
    assert opened.verify().ok, "content that nothing names is no fault"
    opened.redo()
    assert opened.content(kept.sha256) == CONTENT
    assert opened.verify().ok


def test_content_when_in_the_bin_then_still_wanted(opened: Register) -> None:
    from riskreg.editing import to_bin

    kept = attached(opened)
    opened.apply(to_bin(opened, [kept.id]))
    path = opened.path
    opened.close()
    spoil(path, "DELETE FROM blob")
    assert found_in(path) == [("file_missing", kept.ref)]


SPOILT = {
    "a byte": ("UPDATE blob SET content = CAST(substr(content, 1, 9) || x'00' || substr(content, 11) AS BLOB)", "file_differs"),
    "cut": ("UPDATE blob SET content = CAST(substr(content, 1, 9) AS BLOB)", "file_differs"),
    "the size": ("UPDATE blob SET size = size + 1", "file_differs"),
    "text": ("UPDATE blob SET content = CAST(content AS TEXT)", "file_differs"),
    "gone": ("DELETE FROM blob", "file_missing"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
@pytest.mark.parametrize("least", [examined.HEAVY, 0])
def test_verify_when_content_is_spoilt_then_named(
    opened: Register, monkeypatch: pytest.MonkeyPatch, what: str, least: int
) -> None:
    monkeypatch.setattr(examined, "HEAVY", least)
    kept, path = attached(opened), opened.path
    attached(opened, content=b"")
    opened.close()
    statement, sort = SPOILT[what]
    spoil(path, f"{statement} WHERE sha256 = '{kept.sha256}'")
    assert found_in(path) == [(sort, kept.ref)]
    again = register.open(path)
    if what in ("a byte", "cut"):
        assert not evidence.held(again, kept).is_whole
    again.close()


def test_verify_when_a_file_was_never_here_then_no_fault(opened: Register) -> None:
    from tests.builders import add

    add(opened, "evidence", "From a workbook", sha256="0" * 64)
    assert opened.verify().ok
    assert [each.state for each in evidence.examined(opened)] == ["elsewhere"]


def test_as_of_when_there_is_content_then_the_records_without_it(opened: Register) -> None:
    kept = attached(opened)
    past = opened.as_of(opened.head().seq)
    assert past.find(kept.ref) == kept.id
    with pytest.raises(Expected, match="holds no file"):
        past.content(kept.sha256)


def test_backup_when_there_is_content_then_in_it(opened: Register) -> None:
    kept = attached(opened)
    made = opened.backup()
    copy = register.open(made.path, read_only=True)
    assert copy.content(kept.sha256) == CONTENT
    copy.close()


def test_edit_when_it_would_name_another_file_then_refused_until_undo(opened: Register) -> None:
    from riskreg.editing import set_fields

    kept = attached(opened)
    for given in ({"sha256": "0" * 64}, {"file_size": "1"}, {"file_name": "other.pdf"}):
        with pytest.raises(Refused, match="newer version"):
            opened.apply(set_fields(opened, kept.id, given))
    opened.apply(set_fields(opened, kept.id, {"description": "what it shows"}))
    opened.undo()
    opened.undo()
    opened.redo()
    assert opened.verify().ok
