"""Erasing an incident: what belongs to it is named, and goes with it where it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskreg.errors import Expected
from riskreg.records.values import Instant
from riskreg.views import Register
from tests.builders import a_risk, add, an_incident, change
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
    assert opened.erase(id, "asked", with_parts=True).parts == ()
    assert opened.record(log.id).title == "Log"
