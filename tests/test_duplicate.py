"""A copy of a record: what it is and what it is tied to, without what was done to the other one."""

from __future__ import annotations

from datetime import date

import pytest

from riskreg import editing
from riskreg.editing import duplicate
from riskreg.errors import Expected
from riskreg.records import KINDS, NEW_KINDS, Record, fields, stored
from riskreg.records.values import Instant
from riskreg.views import Register
from tests.builders import a_party, a_risk, add, an_asset, an_incident
from tests.conftest import NOW

DAY = date(2026, 11, 2)


def only(record: Record) -> frozenset[int]:
    return frozenset({record.id})


def copied(register: Register, record: Record, title: str = "A copy") -> Record:
    changed = register.apply(duplicate(register, record.id, title))
    return register.record(changed.new[-1])


def test_duplicate_when_a_task_was_done_then_its_copy_is_still_to_do(opened: Register) -> None:
    owner, risk = a_party(opened), a_risk(opened)
    task = add(
        opened, "task", "Change the locks", status="verified", owner=only(owner), due_on=DAY,
        done_on=DAY, done_by="K. Chan", outcome="New locks", verified_on=DAY, verified_by=only(owner),
        verification_method="Tried the old key", external_ref="JOB-7", description="All doors",
        tags=frozenset({"doors"}), risks=only(risk), repeat_every_months=12,
    )  # fmt: skip
    copy = copied(opened, task, "Change the locks (copy)")
    assert (copy.title, copy.get("status"), copy.get("due_on")) == (
        "Change the locks (copy)",
        "to_do",
        DAY,
    )
    assert (copy.get("owner"), copy.get("risks")) == (only(owner), only(risk))
    assert (copy.get("description"), copy.tags) == ("All doors", frozenset({"doors"}))
    assert copy.get("repeat_every_months") == 12
    for key in ("done_on", "done_by", "outcome", "verified_on", "verification_method"):
        assert not copy.get(key), key
    assert (copy.external_ref, copy.get("verified_by")) == ("", frozenset())
    assert opened.record(task.id) == task
    opened.undo()
    assert opened.verify().ok


def test_duplicate_when_others_declare_the_link_then_the_copy_is_tied_too(opened: Register) -> None:
    asset, other = an_asset(opened), a_risk(opened)
    risk = a_risk(opened, assets=only(asset))
    add(opened, "task", "Lock", risks=frozenset({risk.id, other.id}))
    incident = an_incident(opened, risks=only(risk))
    add(opened, "evidence", "Photo", risks=only(risk))
    copy = copied(opened, risk)
    assert opened.links(copy.id)["assets"] == only(asset)
    assert opened.links(copy.id)["tasks"] == opened.links(risk.id)["tasks"]
    assert opened.links(copy.id)["incidents"] == only(incident)
    assert opened.links(copy.id)["evidence_files"] == frozenset()
    assert len(opened.links(risk.id)["evidence_files"]) == 1


def test_duplicate_when_a_party_owns_things_then_they_stay_with_it(opened: Register) -> None:
    owner = a_party(opened, "K. Chan")
    risk = a_risk(opened, owner=only(owner))
    copy = copied(opened, owner)
    assert opened.links(owner.id)["owned_risks"] == only(risk)
    assert opened.links(copy.id)["owned_risks"] == frozenset()


def test_duplicate_when_an_incident_has_moments_then_the_copy_has_none(opened: Register) -> None:
    incident = an_incident(opened, aware_at=Instant.at(NOW), status="closed", notes="As told")
    copy = copied(opened, incident)
    moments = [key for key, what in stored(type(copy)).items() if isinstance(what, fields.Instant)]
    assert moments
    assert all(copy.get(key) is None for key in moments)
    assert (copy.get("status"), copy.notes) == ("reported", "As told")


@pytest.mark.parametrize("kind", NEW_KINDS)
def test_duplicate_when_of_any_kind_then_it_is_possible(opened: Register, kind: str) -> None:
    copy = copied(opened, add(opened, kind, "One"), "Another")
    assert (copy.kind, copy.title) == (kind, "Another")


def test_duplicate_when_every_register_has_one_or_it_is_a_file_then_it_is_refused(
    opened: Register,
) -> None:
    file = add(opened, "evidence", "Photo")
    for id in (opened.organisation().id, opened.find("C3"), file.id):
        with pytest.raises(Expected) as refused:
            duplicate(opened, id, "Another")
        assert refused.value.id == "cannot_add"


def test_fields_of_doing_when_named_then_they_are_there() -> None:
    known = {key for kind in KINDS.values() for key in stored(kind)}
    assert known >= editing._TO_COME | editing._DONE


def test_duplicate_when_of_an_incident_then_nothing_says_that_others_were_told_of_the_copy(
    opened: Register,
) -> None:
    incident = an_incident(
        opened, severity="high", police_ref="HK-77", insurer_ref="C-1", other_authorities="HKMA",
        public_statement="On our page", root_cause="No training", containment="Called back",
        narrative="A file went astray", people_live_in=frozenset({"hong_kong"}),
    )  # fmt: skip
    copy = copied(opened, incident)
    gone = ("severity", "police_ref", "insurer_ref", "other_authorities", "public_statement")
    assert [key for key in (*gone, "root_cause", "containment") if copy.get(key)] == []
    assert copy.get("narrative") == "A file went astray"
    assert copy.get("people_live_in") == frozenset({"hong_kong"})
