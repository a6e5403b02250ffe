"""The incident register on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskreg import reports
from riskreg.case_words import DRILL
from riskreg.errors import Expected
from riskreg.i18n import Language, translator
from riskreg.records.values import Count, Instant
from riskreg.views import Register, View
from tests.builders import a_risk, an_asset, an_incident
from tests.reports import pages
from tests.reports.a_breach import a_breach

EN = translator("en")
ZONE = "Asia/Hong_Kong"


@pytest.mark.parametrize("language", ["en", "zh_Hant", "zh_Hans"])
def test_incident_register_when_the_sample_is_printed_then_every_incident_with_its_story_is_there(
    sampled: Register, target: Path, language: Language
) -> None:
    t = translator(language)
    made = reports.make(sampled, "incident-register", target, t)
    text = pages.body(target)
    found = sampled.records(sampled.ids(View(kinds=("incident",))))
    assert len(found) == 18
    for record in found.values():
        assert record.ref in text
        assert pages.bare(record.title) in text
        assert pages.bare(str(record.get("narrative")))[:60] in text
        status = sampled.vocabulary.terms_of("incident_status")
        assert pages.bare(status.label(str(record.get("status")), language)) in text
    assert pages.bare(t.gettext("Where the people live")) in text
    assert 6 <= made.pages <= 22
    assert made.lacking == 0


def test_incident_register_when_incidents_differ_then_each_stands_under_what_it_is(
    opened: Register, target: Path
) -> None:
    an_incident(opened, "Mail gone astray", status="assessing")
    an_incident(opened, "Old letter", status="closed")
    an_incident(opened, "Caught in time", near_miss=True)
    an_incident(opened, "Friday exercise", drill=True, near_miss=True)
    an_incident(opened, "Nobody said its status")
    reports.make(opened, "incident-register", target, EN)
    text = pages.body(target)
    wanted = [
        "Open2incidents", "Nobodysaid", "Mailgone", "Closed1incident", "Oldletter",
        "Nearmisses1incident", "Caught", "Drills1incident", "Fridayexercise",
    ]  # fmt: skip
    assert sorted(wanted, key=text.index) == wanted


def test_incident_register_when_moments_are_known_then_each_keeps_its_precision_and_place(
    opened: Register, target: Path
) -> None:
    an_incident(
        opened,
        occurred_from_at=Instant.parse("2026-11", ZONE),
        discovered_at=Instant.parse("2026-11-18T23:35+01:00[Europe/Berlin]", ZONE),
        aware_at=Instant.parse("2026-11-19T09:15", ZONE),
        people_count=Count(310, "approximate"),
        assets=frozenset({an_asset(opened, "Booking").id}),
        risks=frozenset({a_risk(opened, "Supplier changes a page").id}),
    )
    reports.make(opened, "incident-register", target, EN)
    lines = pages.lines(target)
    text = pages.body(target)
    for said in ("Nov 2026", "Wed 18 Nov 2026,", "23:35 (Berlin)", "09:15 (Hong Kong)"):
        assert pages.bare(said) in text
    assert "Contained" in " ".join(lines)
    assert "about 310" in " ".join(lines)
    assert pages.bare("A-0001 Booking") in text
    assert pages.bare("R-0001 Supplier changes a page") in text


def test_incident_register_when_one_is_asked_for_then_only_that_one_is_printed(
    sampled: Register, target: Path
) -> None:
    made = reports.make(sampled, "incident-register", target, EN, ref="i-2026-014")
    text = "".join(pages.texts(target))
    assert "One record: I-2026-014." in text
    assert "Patient list visible" not in text
    assert made.pages <= 2
    with pytest.raises(Expected) as failed:
        reports.make(sampled, "incident-register", target, EN, ref="R-0001")
    assert failed.value.id == "no_record"


def test_incident_register_when_nobody_gave_a_status_then_it_says_so(
    opened: Register, target: Path
) -> None:
    an_incident(opened, "Found on the stairs")
    reports.make(opened, "incident-register", target, EN)
    assert "not said" in pages.texts(target)[0]


def test_incident_register_when_decisions_were_made_then_each_stands_with_its_reason_and_notice(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    a_breach(opened, tmp_path)
    reports.make(opened, "incident-register", target, EN)
    text = pages.body(target)
    for said in (
        "High", "GDPR: Notice to the authority: Not yet", "Wait for the processor's logs.",
        "PCPD: Notice to the PCPD (recommended): Yes", "Sent: Fri 20 Nov 2026, 22:40",
        "Clock Decide again Mon 10:00",
    ):  # fmt: skip
        assert pages.bare(said) in text, said


def test_incident_register_when_one_is_a_drill_then_it_says_so_and_alone_on_every_page(
    opened: Register, target: Path, tmp_path: Path
) -> None:
    drill = a_breach(opened, tmp_path, drill=True)
    an_incident(opened, "In earnest")
    reports.make(opened, "incident-register", target, EN)
    assert pages.body(target).count(pages.bare(DRILL)) == 1
    reports.make(opened, "incident-register", target, EN, ref=drill.ref)
    texts = pages.texts(target)
    assert [DRILL in text for text in texts] == [True] * len(texts)
