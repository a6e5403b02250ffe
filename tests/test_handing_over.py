"""Handing over: what is open goes to the successor in one step, what is closed keeps who did it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from riskreg import editing, handing_over, reports
from riskreg.errors import Expected
from riskreg.exchange.cover import tally
from riskreg.i18n import translator
from riskreg.records import KINDS, REGISTER_KINDS, Record, declared_links
from riskreg.rules.statistics import open_records, overdue
from riskreg.views import Register
from tests.builders import a_party, a_risk, add, an_asset, change
from tests.conftest import NOW
from tests.reports import pages

DECIDED: Final = {
    "organisation.officer", "incident.owner", "risk.owner", "risk.accepted_by", "asset.owner", "asset.custodian",
    "processing.owner", "transfer.owner", "transfer.exporter", "transfer.recipient", "measure.owner", "task.owner",
    "task.verified_by", "action.owner", "activity.owner", "incident.lead", "incident.contact",
    "organisation.representative", "own_rule.party", "notice.to_party",
}  # fmt: skip
"""Links to one party of which somebody decided whether they go over: those in `STAYS` do not."""


def only(record: Record) -> frozenset[int]:
    return frozenset({record.id})


def moved(register: Register, giver: Record) -> set[tuple[str, str]]:
    return {(move.record.ref, move.field) for move in handing_over.moves(register, giver.id)}


def test_links_to_one_party_when_a_field_is_new_then_somebody_decided_whether_it_goes_over() -> (
    None
):
    found = {
        f"{kind}.{key}"
        for kind in REGISTER_KINDS
        for key, what in declared_links(KINDS[kind]).items()
        if what.to == "party" and what.one
    }
    assert found <= DECIDED


def test_hand_over_when_done_then_what_is_open_moves_and_what_is_closed_stays(
    opened: Register,
) -> None:
    old, new = a_party(opened, "K. Chan"), a_party(opened, "S. Wong")
    closed = a_risk(opened, "Old", owner=only(old), status="closed")
    risk = a_risk(opened, "Mail", owner=only(old), accepted_by=only(old), status="accepted")
    asset = an_asset(opened, "Payroll", owner=only(old), custodian=only(old))
    disposed = an_asset(opened, "Tapes", custodian=only(old), status="disposed")
    task = add(opened, "task", "Lock", owner=only(new), verified_by=only(old), status="done")
    over = add(opened, "task", "Key", owner=only(old), verified_by=only(old), status="verified")
    action = change(opened, opened.record(opened.find("C3")), owner=only(old), status="in_place")
    organisation = change(opened, opened.organisation(), officer=only(old))
    before = opened.head().seq
    assert moved(opened, old) == {
        (organisation.ref, "officer"), (risk.ref, "owner"), (asset.ref, "owner"), (asset.ref, "custodian"),
        (task.ref, "verified_by"), ("C3", "owner"),
    }  # fmt: skip
    changed = opened.apply(handing_over.hand_over(opened, old.id, new.id))
    assert opened.head().seq == before + 1
    (entry,) = opened.log(limit=1)
    assert (entry.act, entry.facts["refs"]) == ("hand_over", f"{old.ref} {new.ref}")
    assert {asset.id, risk.id, task.id, action.id, organisation.id} <= changed.ids
    links = opened.links(new.id)
    assert links["owned_assets"] == links["kept_assets"] == only(asset)
    assert (links["owned_risks"], links["officer_of"]) == (only(risk), only(organisation))
    left = opened.links(old.id)
    assert (left["owned_risks"], left["accepted_risks"]) == (only(closed), only(risk))
    assert (left["kept_assets"], left["owned_assets"]) == (only(disposed), frozenset())
    assert (left["owned_tasks"], left["verified_tasks"]) == (only(over), only(over))
    assert moved(opened, old) == set()
    opened.undo()
    assert opened.links(old.id)["owned_assets"] == only(asset)
    assert opened.verify().ok


def test_hand_over_when_a_record_is_in_the_bin_then_it_stays(opened: Register) -> None:
    old, new = a_party(opened, "K. Chan"), a_party(opened, "S. Wong")
    risk = a_risk(opened, owner=only(old))
    opened.apply(editing.to_bin(opened, [risk.id]))
    assert handing_over.hand_over(opened, old.id, new.id).changes == ()
    assert opened.apply(handing_over.hand_over(opened, old.id, new.id)).seq == 0


def test_hand_over_when_the_last_day_is_given_then_it_is_noted_in_the_same_step(
    opened: Register,
) -> None:
    old, new = a_party(opened, "K. Chan"), a_party(opened, "S. Wong")
    a_risk(opened, owner=only(old))
    opened.apply(handing_over.hand_over(opened, old.id, new.id, date(2026, 11, 30)))
    assert opened.record(old.id).get("until_on") == date(2026, 11, 30)
    opened.undo()
    assert opened.record(old.id).get("until_on") is None
    assert opened.links(old.id)["owned_risks"]


def test_hand_over_when_it_cannot_be_then_it_is_refused(opened: Register) -> None:
    old, new, risk = a_party(opened, "K. Chan"), a_party(opened, "S. Wong"), a_risk(opened)
    opened.apply(editing.to_bin(opened, [new.id]))
    for giver, taker, id in (
        (old.id, old.id, "handover_same"),
        (old.id, new.id, "handover_gone"),
        (old.id, risk.id, "handover_who"),
        (risk.id, old.id, "handover_who"),
    ):
        with pytest.raises(Expected) as refused:
            handing_over.hand_over(opened, giver, taker)
        assert refused.value.id == id
    assert handing_over.hand_over(opened, new.id, old.id).changes == ()  # who is gone can give


def test_measure_when_in_place_then_it_is_not_open_but_goes_over_and_is_reviewed(
    opened: Register, tmp_path: Path
) -> None:
    old = a_party(opened, "K. Chan")
    review = date(2026, 10, 1)
    built = add(
        opened, "measure", "Locks", owner=only(old), status="in_place", next_review_on=review
    )
    planned = add(opened, "measure", "Alarm", owner=only(old), status="agreed")
    add(opened, "measure", "Keys", owner=only(old), status="retired")
    view = open_records("measure", opened.vocabulary)
    assert list(opened.ids(view)) == [planned.id]
    assert moved(opened, old) == {(built.ref, "owner"), (planned.ref, "owner")}
    assert opened.ids(overdue(NOW.date()))[0] == built.id
    reports.make(opened, "measures", tmp_path / "a.pdf", translator("en"))
    assert "overduesince1Oct2026" in pages.body(tmp_path / "a.pdf")
    reports.make(opened, "handover", tmp_path / "b.pdf", translator("en"), ref=old.ref)
    said = pages.body(tmp_path / "b.pdf")
    opened_part, promised = said.split("Promised,withadate")
    assert ("Alarm" in opened_part, "Locks" in opened_part, "Locks" in promised) == (
        True,
        False,
        True,
    )
    counted = tally(opened, "measure")
    assert (counted.open, counted.closed) == (1, 2)
