"""What somebody who takes over has to know, on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from riskreg import reports
from riskreg.catalogue import policy_actions
from riskreg.errors import Expected
from riskreg.i18n import Language, translator
from riskreg.rules.statistics import open_records
from riskreg.views import Register, View, Where
from tests.builders import a_party, a_risk, add, an_asset, an_incident, change
from tests.reports import pages

EN = translator("en")


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_handover_when_the_sample_is_printed_then_open_records_calls_and_evidence_are_there(
    sampled: Register, target: Path, language: Language
) -> None:
    t = translator(language)
    reports.make(sampled, "handover", target, t)
    text = pages.body(target)
    for kind in ("incident", "risk", "task", "measure", "transfer", "activity"):
        view = open_records(kind, sampled.vocabulary)
        refs = [record.ref for record in sampled.records(sampled.ids(view)).values()]
        assert refs
        assert [ref for ref in refs if ref not in text] == []
    told = View(kinds=("evidence",), where=(Where("is_privileged", "!=", True),))
    files = sampled.records(sampled.ids(told)).values()
    assert all(pages.bare(str(record.get("file_name"))) in text for record in files)
    assert "+85221020000" in text
    for name in ("Handed over by", "Taken over by", "Signature", "Chop", "Date"):
        assert pages.bare(t.gettext(name)) in text


def test_handover_when_one_person_leaves_then_only_what_they_look_after_is_handed_over(
    opened: Register, target: Path
) -> None:
    leaver, stays = a_party(opened, "R. Lee"), a_party(opened, "M. Ho")
    mine, theirs = ({"owner": frozenset({who.id})} for who in (leaver, stays))
    a_risk(opened, "Mine open", **mine)
    a_risk(opened, "Mine closed", status="closed", **mine)
    a_risk(opened, "Of another", **theirs)
    an_asset(opened, "My list", **mine)
    add(opened, "task", "My promise", due_on=date(2026, 12, 1), **mine)
    add(opened, "task", "Far promise", due_on=date(2027, 12, 1), status="done", **mine)
    add(opened, "task", "Other promise", due_on=date(2026, 12, 1), **theirs)
    change(opened, opened.record(opened.find("C3")), owner=frozenset({leaver.id}))
    made = reports.make(opened, "handover", target, EN, ref=leaver.ref)
    text = pages.body(target)
    assert made.pages <= 3
    assert "R.Lee" in text
    for shown in ("Mineopen", "Mylist", "Mypromise", "C3"):
        assert shown in text, shown
    for left in ("Mineclosed", "Ofanother", "Otherpromise"):
        assert left not in text, left
    with pytest.raises(Expected):
        reports.make(opened, "handover", target, EN, ref="R-0001")


def test_handover_when_a_supplier_left_or_has_no_number_then_it_is_left_out_or_marked(
    opened: Register, target: Path
) -> None:
    a_party(opened, "Gone Ltd", party_type="processor", phone="1", until_on=date(2026, 1, 1))
    a_party(opened, "Mute Ltd", party_type="processor", notice_hours=24,
            contract_until_on=date(2027, 5, 31))  # fmt: skip
    a_party(opened, "Insurer Ltd", party_type="insurer", phone_24h="999", policy_number="POL-1")
    reports.make(opened, "handover", target, EN)
    text = pages.body(target)
    assert "GoneLtd" not in text
    assert "MuteLtd" in text
    assert "nonumber" in text
    assert "until31May2027" in text
    assert "musttelluswithin24hours" in text
    assert "Phone,dayandnight:999" in text
    assert "POL-1" in text


def test_handover_when_evidence_is_only_told_then_it_is_listed_with_where_and_until_when(
    opened: Register, target: Path
) -> None:
    an_incident(opened)
    add(opened, "measure", "Locks", status="in_place", evidence_text="Key book, safe",
        evidence_until_on=date(2026, 11, 1))  # fmt: skip
    add(opened, "measure", "Bare", status="retired")
    reports.make(opened, "handover", target, EN)
    text = pages.body(target)
    part = text[text.index("Wheretheevidenceis") :]
    assert "M-0001LocksKeybook,safe1Nov2026" in part
    assert "M-0002" not in part


def test_handover_when_nobody_owns_the_policy_actions_then_they_are_handed_over_too(
    opened: Register, target: Path
) -> None:
    reports.make(opened, "handover", target, EN)
    text = pages.body(target)
    asked = [action for action in policy_actions() if action.stance != "watch"]
    assert [action.key for action in asked if pages.bare(action.title.en) not in text] == []
