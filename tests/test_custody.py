"""The custody of evidence: every event of a piece, read from the journal of a real register."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from riskreg import clock, evidence
from riskreg.custody import Event, custodies, custody
from riskreg.editing import from_bin, to_bin
from riskreg.evidence import Taken, attachment, save, sha256_of
from riskreg.evidence_export import beside
from riskreg.views import Register
from tests.builders import a_risk, add, an_incident, change
from tests.conftest import NOW
from tests.storage import standalone_custody, standalone_verifier

SHA = sha256_of(b"From: a")


@pytest.fixture
def piece(opened: Register) -> int:
    taken = Taken("mail.eml", b"From: a", SHA)
    return opened.apply(attachment(opened, taken, an_incident(opened).id)).new[-1]


def whats(store: Register, id: int) -> list[str]:
    return [each.what for each in custody(store, id)]


def last(store: Register, id: int) -> Event:
    return custody(store, id)[-1]


def test_piece_when_taken_in_then_file_checksum_account_and_what_it_shows_are_told(
    opened: Register, piece: int
) -> None:
    taken, linked = custody(opened, piece)
    assert (taken.what, taken.words, taken.sha256, taken.at) == ("taken_in", "mail.eml", SHA, NOW)
    assert taken.actor.account
    assert linked.what == "linked"
    assert linked.others == opened.record(piece).incidents


def test_piece_when_edited_then_fields_links_and_status_are_events_of_their_own(
    opened: Register, piece: int
) -> None:
    risk = a_risk(opened).id
    with clock.fixed(NOW + timedelta(minutes=1)):
        change(
            opened, opened.record(piece), description="Headers of the mail", status="returned",
            risks=frozenset({risk}), incidents=frozenset(),
        )  # fmt: skip
    found = {each.what: each for each in custody(opened, piece)[2:]}
    assert set(found) == {"linked", "unlinked", "status", "edited"}
    assert found["linked"].others == {risk}
    assert found["status"].words == "returned"
    assert found["edited"].fields == ("description",)
    assert all(each.at == NOW + timedelta(minutes=1) for each in found.values())


def test_piece_when_a_newer_one_takes_its_place_then_it_says_which(
    opened: Register, piece: int
) -> None:
    taken = Taken("mail2.eml", b"From: b", sha256_of(b"From: b"))
    newer = opened.apply(attachment(opened, taken, piece)).new[-1]
    found = [each for each in custody(opened, piece) if each.what == "replaced"]
    assert [each.others for each in found] == [{newer}]
    assert custody(opened, newer)[0].sha256 == sha256_of(b"From: b")
    assert "replaced" not in whats(opened, newer)


def test_piece_when_copies_leave_then_each_way_out_is_told(
    opened: Register, piece: int, tmp_path: Path
) -> None:
    other = opened.apply(attachment(opened, Taken("b.txt", b"b", sha256_of(b"b")))).new[-1]
    save(opened, piece, tmp_path / "copy.eml")
    assert last(opened, piece).what == "exported"
    assert "exported" not in whats(opened, other)
    with beside(opened, tmp_path / "all") as left:
        assert len(left) == 2
    assert whats(opened, piece).count("exported") == 2
    assert whats(opened, other).count("exported") == 1


def test_piece_when_all_is_verified_then_it_was_checked_only_while_it_was_there(
    opened: Register, piece: int
) -> None:
    opened.verify()
    late = opened.apply(attachment(opened, Taken("b.txt", b"b", sha256_of(b"b")))).new[-1]
    assert (last(opened, piece).what, last(opened, piece).words) == ("verified", "0")
    assert "verified" not in whats(opened, late)


def test_hold_when_set_and_lifted_then_name_and_reason_are_told(
    opened: Register, piece: int
) -> None:
    change(opened, opened.record(piece), hold_reason="Claim in court", hold_by="Counsel")
    change(opened, opened.record(piece), hold_reason="", hold_by="")
    held, released = custody(opened, piece)[-2:]
    assert (held.what, held.words, held.by) == ("held", "Claim in court", "Counsel")
    assert (released.what, released.words) == ("released", "Claim in court")


def test_piece_when_binned_returned_undone_and_redone_then_each_is_told(
    opened: Register, piece: int
) -> None:
    opened.apply(to_bin(opened, [piece]))
    opened.apply(from_bin(opened, [piece]))
    for act in (opened.undo, opened.undo, opened.undo, opened.redo):
        act()
    assert whats(opened, piece)[2:] == [
        "binned", "unbinned", "binned", "unbinned", "withdrawn", "restored", "linked",
    ]  # fmt: skip


def test_piece_when_erased_then_why_is_told_and_its_name_is_gone(
    opened: Register, piece: int
) -> None:
    opened.erase(piece, "No longer needed")
    assert (last(opened, piece).what, last(opened, piece).words) == ("erased", "No longer needed")
    assert not any("mail.eml" in str(each) for each in custody(opened, piece))
    opened.verify()
    assert last(opened, piece).what == "erased"


def test_custody_when_read_by_a_stranger_then_the_same_entries_with_the_same_checksums(
    opened: Register, piece: int, path: Path, tmp_path: Path
) -> None:
    """Without the program: what is stored alone proves it (reliability.md G10)."""
    with clock.fixed(NOW + timedelta(minutes=1)):
        change(opened, opened.record(piece), description="Headers", hold_reason="x", hold_by="y")
    save(opened, piece, tmp_path / "copy.eml")
    entries, state = standalone_custody.custody(path, "F-0001")
    assert state == "whole"
    ours = {
        (each.seq, f"{each.at:%Y-%m-%dT%H:%M:%SZ}", each.sha256) for each in custody(opened, piece)
    }
    assert {(seq, at, sha256) for seq, at, _, sha256 in entries} == ours
    assert standalone_verifier.verify(path)[1] == []


def test_custody_when_a_stored_byte_was_turned_then_the_stranger_says_so(
    opened: Register, piece: int, path: Path
) -> None:
    assert piece
    opened.close()
    with contextlib.closing(driver.connect(path)) as db:
        db.execute("UPDATE blob SET content = ?", (b"From: b",))
        db.commit()
    assert standalone_custody.custody(path, "F-0001")[1] == "differs"


def test_custodies_when_several_are_asked_for_then_each_has_its_own(
    opened: Register, piece: int
) -> None:
    other = add(opened, "evidence", "Letter on paper").id
    found = custodies(opened, [piece, other])
    assert [each.evidence for each in found[piece]] == [piece, piece]
    assert [(each.what, each.sha256) for each in found[other]] == [("taken_in", "")]
    assert evidence.evidence(opened, other).title == "Letter on paper"
