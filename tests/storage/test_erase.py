"""Erasing a person: gone from every byte of the file, and the history still verifies."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from riskreg import register
from riskreg.records import Party, stored, values
from riskreg.storage import store
from riskreg.storage.store import Store
from riskreg.views import Register, View
from tests.builders import a_party, an_asset, change
from tests.conftest import NOW
from tests.storage.many import many

NAME = "Wilhelmina Featherstonehaugh"
CHINESE = "歐陽震華"


def a_person(opened: Register) -> Party:
    person = a_party(
        opened, NAME, email="wilhelmina@featherstonehaugh.example", phone="+852 2345 6789",
        notes=f"{NAME} 即 {CHINESE}\n" * 40, tags=frozenset({"featherstonehaugh"}),
        other_facts=(("HKID of Featherstonehaugh", "Z683365(5)"),),
    )  # fmt: skip
    found = change(opened, person, notes=f"{CHINESE}: moved, {NAME} wrote")
    assert isinstance(found, Party)
    return found


def bytes_of(path: Path) -> bytes:
    return b"".join(
        file.read_bytes() for file in path.parent.iterdir() if file.name.startswith(path.stem)
    )


def traces(content: bytes) -> list[str]:
    words = ("wilhelmina", "featherstonehaugh", "2345 6789", "z683365")
    lower = content.lower()
    found = [word for word in words if word.encode() in lower]
    spread = " ".join(CHINESE)
    return found + [word for word in (CHINESE, spread) if word.encode() in content]


def fill(opened: Register) -> None:
    """Enough other records that pages and index segments are shared, split and merged."""
    for _ in range(15):
        many(opened, "risk", 10, "Risk {} 外洩", cause="A letter went astray. " * 10)


def test_erase_when_done_then_no_byte_of_the_file_holds_the_person(opened: Register) -> None:
    fill(opened)
    person = a_person(opened)
    fill(opened)
    path = opened.path
    erased = opened.erase(person.id, "asked by the person, case 7")
    assert (erased.ref, erased.entries) == ("P-0001", 2)
    assert opened.verify().ok
    opened.close()
    assert traces(path.read_bytes()) == []


def test_erase_when_the_program_dies_before_the_file_is_packed_then_the_person_is_gone_already(
    opened: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(opened)
    person = a_person(opened)
    monkeypatch.setattr(Store, "_clean", lambda self: None)
    opened.erase(person.id, "asked")
    assert traces(bytes_of(opened.path)) == []


def test_erase_when_the_file_cannot_be_packed_then_it_is_no_failure(
    opened: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_person(opened)

    class Full:
        def execute(self, sql: str) -> None:
            raise driver.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(store, "raw", lambda engine: Full())
        opened.erase(person.id, "asked")
    assert opened.record(person.id).title == ""


def test_erase_when_done_then_links_choices_and_the_ref_stay(opened: Register) -> None:
    person = a_party(opened, NAME, party_type="person")
    asset = an_asset(opened, owner=frozenset({person.id}))
    opened.erase(person.id, "asked")
    left = opened.record(person.id)
    assert isinstance(left, Party)
    assert (left.ref, left.party_type, left.version) == ("P-0001", "person", 2)
    assert opened.links(person.id)["owned_assets"] == {asset.id}
    personal = [key for key, what in stored(Party).items() if not what.plain]
    assert all(not left.get(key) for key in personal)
    assert list(opened.ids(View(kinds=("party",), words="wilhelmina"))) == []


def test_erase_when_the_past_is_asked_for_then_it_shows_nothing_either(opened: Register) -> None:
    person = a_person(opened)
    seq = opened.head().seq
    opened.erase(person.id, "asked")
    then = opened.as_of(seq).record(person.id)
    assert (then.title, then.notes, then.tags, then.other_facts) == ("", "", frozenset(), ())
    assert opened.state([person.id], {person.id: 1}) == {}
    for entry in opened.log(id=person.id):
        assert NAME not in str(entry)
    assert [entry.changes[0].is_erased for entry in opened.log(id=person.id)] == [False, True, True]


def test_erase_when_done_then_the_record_can_be_used_again(opened: Register) -> None:
    person = a_person(opened)
    opened.erase(person.id, "asked")
    kept = change(opened, opened.record(person.id), phone="+852 1111 1111")
    assert kept.get("phone") == "+852 1111 1111"
    named = change(opened, kept, title="Former contact")
    assert opened.verify().ok
    path = opened.path
    opened.close()
    again = register.open(path)
    assert again.record(person.id).title == named.title
    assert again.verify().ok
    again.undo()
    assert again.record(person.id).title == ""
    again.close()


def test_erase_when_done_twice_then_what_came_between_goes_too(opened: Register) -> None:
    person = a_person(opened)
    opened.erase(person.id, "asked")
    change(opened, opened.record(person.id), notes=f"{CHINESE} came back")
    assert opened.erase(person.id, "asked again").entries == 1
    assert opened.verify().ok
    assert traces(bytes_of(opened.path)) == []


def test_erase_when_copies_went_out_then_they_are_listed(opened: Register) -> None:
    person = a_person(opened)
    made = opened.backup()
    opened.note("export", {"file": "people.xlsx"})
    opened.note("report", {"file": "risks.pdf"})
    erased = opened.erase(person.id, "asked")
    assert erased.backups == (made,)
    assert [entry.facts["file"] for entry in erased.exports] == ["risks.pdf", "people.xlsx"]


def test_erase_when_the_reason_is_given_then_the_entry_has_it_and_no_content(
    opened: Register,
) -> None:
    person = a_person(opened)
    opened.erase(person.id, "request of 3 May")
    entry = opened.log(limit=1)[0]
    assert (entry.act, entry.facts) == ("erase", {"refs": "P-0001", "reason": "request of 3 May"})


def test_erase_when_a_record_is_in_the_bin_then_it_works_too(opened: Register) -> None:
    person = change(opened, a_person(opened), deleted_at=values.Instant.at(NOW))
    opened.erase(person.id, "asked")
    assert opened.record(person.id).deleted_at == values.Instant.at(NOW)
    assert opened.verify().ok
