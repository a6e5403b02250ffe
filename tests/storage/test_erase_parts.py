"""Erasing an incident: what belongs to it is named, and goes with it where it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection

from riskreg import evidence
from riskreg.editing import to_bin
from riskreg.errors import Expected
from riskreg.records.fields import Value
from riskreg.records.values import Instant
from riskreg.storage import writer
from riskreg.views import Register
from tests.builders import a_risk, add, an_incident, change
from tests.storage import standalone_verifier as stranger
from tests.storage.test_erase import NAME, fill, traces

AT = Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]")


def a_story(opened: Register) -> int:
    """An incident whose every part names the person."""
    id = an_incident(opened, NAME, narrative=NAME).id
    own = {"incident": frozenset({id})}
    add(opened, "assessment", NAME, reasoning=NAME, **own)
    change(opened, add(opened, "decision", NAME, reason=NAME, **own), reason=f"{NAME} wrote")
    add(opened, "notice", NAME, text=f"Dear {NAME}", addressee=NAME, sent_at=AT, **own)
    add(opened, "entry", NAME, result=NAME, **own)
    add(opened, "evidence", NAME, file_name=f"{NAME}.pdf", incidents=frozenset({id}))
    return id


def test_erase_when_an_incident_goes_alone_then_its_parts_are_named(opened: Register) -> None:
    found = opened.erase(a_story(opened), "asked by the person")
    assert found.left == ("AS-0001", "D-0001", "E-0001", "F-0001", "N-0001")
    assert found.parts == ()


def test_erase_when_the_parts_go_with_it_then_no_byte_of_the_file_holds_the_person(
    opened: Register,
) -> None:
    fill(opened)
    id = a_story(opened)
    fill(opened)
    found = opened.erase(id, "asked by the person", with_parts=True)
    assert (len(found.parts), found.left) == (5, ())
    assert opened.erase(id, "again").left == ()
    assert opened.verify().ok
    path: Path = opened.path
    opened.close()
    assert traces(path.read_bytes()) == []


def test_erase_when_a_part_is_held_then_nothing_goes(opened: Register) -> None:
    id = a_story(opened)
    change(opened, opened.record(opened.find("N-0001")), hold_reason="A claim", hold_by="K. Chan")
    before = opened.head()
    with pytest.raises(Expected) as refused:
        opened.erase(id, "asked", with_parts=True)
    assert (refused.value.id, refused.value.parameters["ref"]) == ("on_hold", "N-0001")
    assert opened.head() == before


def test_erase_when_a_file_shows_something_else_too_then_it_stays(opened: Register) -> None:
    id = an_incident(opened).id
    log = add(
        opened, "evidence", "Log", incidents=frozenset({id}), risks=frozenset({a_risk(opened).id})
    )
    found = opened.erase(id, "asked", with_parts=True)
    assert (found.parts, found.left) == ((), ("F-0001",))
    assert opened.record(log.id).title == "Log"


def undone(opened: Register, kind: str, **values: Value) -> None:
    """A record that was added, and the adding undone."""
    add(opened, kind, NAME, **values)
    opened.undo()


def gone_everywhere(opened: Register) -> None:
    """No byte is left, and both verifiers are content; the stranger knows the links of the first format alone."""
    assert opened.verify().ok
    path: Path = opened.path
    opened.close()
    assert traces(path.read_bytes()) == []
    assert [each for each in stranger.verify(path)[1] if each[0] != "link_extra"] == []


def test_erase_when_parts_were_undone_then_they_go_too(opened: Register) -> None:
    fill(opened)
    id = an_incident(opened, NAME).id
    own = {"incident": frozenset({id})}
    undone(opened, "assessment", reasoning=NAME, **own)
    undone(opened, "decision", reason=NAME, **own)
    undone(opened, "notice", text=f"Dear {NAME}", **own)
    undone(opened, "entry", result=NAME, **own)
    undone(opened, "evidence", file_name=f"{NAME}.pdf", incidents=frozenset({id}))
    found = opened.erase(id, "asked by the person", with_parts=True)
    assert found.parts == ("AS-0001", "D-0001", "E-0001", "F-0001", "N-0001")
    assert opened.find(opened.record(id).ref) == id
    assert opened.withdrawn("entry") == 1
    gone_everywhere(opened)


def test_erase_when_parts_are_in_the_bin_or_were_parted_then_they_go_too(opened: Register) -> None:
    id = an_incident(opened, NAME).id
    own = frozenset({id})
    binned = add(opened, "entry", NAME, result=NAME, incident=own)
    opened.apply(to_bin(opened, [binned.id]))
    change(opened, add(opened, "entry", NAME, incident=own), incident=frozenset())
    change(opened, add(opened, "evidence", NAME, incidents=own), incidents=frozenset())
    found = opened.erase(id, "asked by the person", with_parts=True)
    assert found.parts == ("E-0001", "E-0002", "F-0001")
    gone_everywhere(opened)


def test_erase_when_a_file_shows_a_part_alone_then_it_goes_too(opened: Register) -> None:
    id = an_incident(opened, NAME).id
    call = add(opened, "entry", NAME, incident=frozenset({id}))
    add(opened, "evidence", NAME, entries=frozenset({call.id}))
    found = opened.erase(id, "asked by the person", with_parts=True)
    assert found.parts == ("E-0001", "F-0001")
    gone_everywhere(opened)


def test_erase_when_a_part_is_another_incidents_now_then_it_stays_and_is_named(
    opened: Register,
) -> None:
    id, other = an_incident(opened).id, an_incident(opened).id
    moved = add(opened, "entry", "Rang the bank", incident=frozenset({id}))
    change(opened, moved, incident=frozenset({other}))
    found = opened.erase(id, "asked", with_parts=True)
    assert (found.parts, found.left) == ((), ("E-0001",))
    assert opened.record(moved.id).title == "Rang the bank"


def test_erase_when_a_file_was_undone_then_its_content_goes_too(
    opened: Register, tmp_path: Path
) -> None:
    id = an_incident(opened).id
    paper = tmp_path / "letter.txt"
    paper.write_text(f"Dear {NAME}", encoding="utf-8")
    opened.apply(evidence.attachment(opened, evidence.take(paper), id))
    opened.undo()
    opened.erase(id, "asked by the person", with_parts=True)
    gone_everywhere(opened)


def test_erase_when_parts_go_then_each_has_its_entry_in_one_step(opened: Register) -> None:
    id = a_story(opened)
    before = opened.head().seq
    opened.erase(id, "asked", with_parts=True)
    made = opened.log(limit=opened.head().seq - before, full=True)
    assert [entry.act for entry in made] == ["erase"] * 6
    assert [len(entry.changes) for entry in made] == [1] * 6
    assert {entry.at for entry in made} == {made[0].at}


def test_erase_when_it_fails_half_way_then_nothing_went_and_undo_still_knows(
    opened: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = a_story(opened)
    before, undoable = opened.head(), opened.undoable()
    forget, done = writer.forget, []

    def failing(connection: Connection, record: int) -> int:
        done.append(record)
        if len(done) == 3:
            raise Expected("disk_full")
        return forget(connection, record)

    with monkeypatch.context() as patched:
        patched.setattr(writer, "forget", failing)
        with pytest.raises(Expected, match="disk"):
            opened.erase(id, "asked", with_parts=True)
    assert (opened.head(), opened.undoable()) == (before, undoable)
    assert opened.record(opened.find("E-0001")).title == NAME
    assert opened.verify().ok
