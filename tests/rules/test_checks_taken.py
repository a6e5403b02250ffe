"""The checks on a real register, and repairs through the door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from riskreg import clock
from riskreg.changes import ChangeSet, edit
from riskreg.checking import checked, sentence
from riskreg.errors import Stale
from riskreg.i18n import translator
from riskreg.records import Risk, Step
from riskreg.records.values import Instant
from riskreg.rules.checks import Finding, repair, taken
from riskreg.views import Register
from tests.builders import a_party, a_risk, an_asset, an_incident, change
from tests.conftest import NOW
from tests.ui.desk import add

TODAY = NOW.date()


def findings(register: Register, key: str) -> list[Finding]:
    return [each for each in checked(register, TODAY).findings if each.check.key == key]


def bin_it(register: Register, id: int) -> None:
    made = edit(register.record(id), {"deleted_at": Instant.at(clock.now())})
    assert made is not None
    register.apply(ChangeSet(act="delete", changes=(made,)))


def test_taken_when_read_then_records_are_those_of_the_register_with_their_links(
    opened: Register,
) -> None:
    asset, owner = an_asset(opened), a_party(opened)
    risk = a_risk(opened, assets=frozenset({asset.id}), owner=frozenset({owner.id}))
    binned = an_asset(opened, "Gone")
    bin_it(opened, binned.id)
    around = taken(opened, (), TODAY)
    assert isinstance(around.records[risk.id], Risk)
    stored = opened.records(around.records)
    for id, record in around.records.items():
        assert record.having({"created_at": None, "updated_at": None}) == stored[id].having(
            {"created_at": None, "updated_at": None}
        )
    assert binned.id not in around.records
    assert around.pointing(asset, Risk, "assets") == [around.records[risk.id]]


def test_repair_when_a_link_leads_into_the_bin_then_the_door_takes_it_away_and_undo_brings_it_back(
    opened: Register,
) -> None:
    kept, gone = an_asset(opened, "Kept"), an_asset(opened, "Gone")
    risk = a_risk(opened, assets=frozenset({kept.id, gone.id}))
    bin_it(opened, gone.id)
    (finding,) = findings(opened, "link_into_the_bin")
    assert (finding.id, finding.field) == (risk.id, "assets")
    assert "A-0002" in sentence(finding, translator("en"), opened.vocabulary)
    changes = repair(finding)
    assert changes is not None
    opened.apply(changes)
    assert opened.record(risk.id).get("assets") == frozenset({kept.id})
    assert findings(opened, "link_into_the_bin") == []
    opened.undo()
    assert len(findings(opened, "link_into_the_bin")) == 1


def test_repair_when_the_record_changed_since_then_the_door_refuses_it(opened: Register) -> None:
    step = opened.record(opened.find("C3.1"))
    assert isinstance(step, Step)
    step = change(opened, step, done_on=TODAY, status="open")
    (finding,) = findings(opened, "step_done_but_open")
    change(opened, step, status="not_applicable")
    changes = repair(finding)
    assert changes is not None
    with pytest.raises(Stale):
        opened.apply(changes)


def test_repair_when_an_import_only_linked_the_newer_file_then_the_older_one_is_replaced(
    opened: Register,
) -> None:
    older = add(opened, "evidence", {"title": "Policy 1", "status": "current"})
    add(opened, "evidence", {"title": "Policy 2", "replaces": ["F-0001"]})
    (finding,) = findings(opened, "replaced_still_current")
    assert (finding.id, finding.field) == (older, "status")
    assert "F-0002 is its newer version" in sentence(finding, translator("en"), opened.vocabulary)
    changes = repair(finding)
    assert changes is not None
    opened.apply(changes)
    assert opened.record(older).get("status") == "replaced"
    assert findings(opened, "replaced_still_current") == []


def test_scored_at_when_the_journal_is_asked_then_other_edits_and_undo_do_not_count_as_scoring(
    opened: Register,
) -> None:
    risk = a_risk(opened, likelihood=2, impact=2)
    came = Instant.at(NOW + timedelta(days=2))
    an_incident(opened, risks=frozenset({risk.id}), discovered_at=came)

    def scored() -> datetime | None:
        return taken(opened, (), TODAY).scored_at[risk.id]

    with clock.fixed(NOW + timedelta(days=3)):
        change(opened, opened.record(risk.id), notes="We talked about it.")
        assert scored() == NOW.replace(microsecond=0)
        change(opened, opened.record(risk.id), residual_impact=3)
    with clock.fixed(NOW + timedelta(days=4)):
        change(opened, opened.record(risk.id), notes="Again.")
    assert scored() == NOW + timedelta(days=3)
    assert scored() > came.utc.astimezone(UTC)


def test_scored_at_when_a_risk_was_never_scored_then_there_is_no_moment(opened: Register) -> None:
    risk = a_risk(opened, likelihood=None, impact=None)
    an_incident(opened, risks=frozenset({risk.id}), discovered_at=Instant.at(NOW))
    assert taken(opened, (), TODAY).scored_at == {risk.id: None}
