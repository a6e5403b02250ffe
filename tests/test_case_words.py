"""What the row of an incident says of its clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from riskreg import case_words, regimes_catalogue
from riskreg.cases import Case
from riskreg.i18n import translator
from riskreg.records import Decision, Incident, Notice, Organisation
from riskreg.records.values import Instant

AWARE = Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]")
EN = translator("en")
INCIDENT = Incident(
    id=1,
    status="assessing",
    aware_at=AWARE,
    people_live_in=frozenset({"hong_kong"}),
    our_role="controller",
)


def a_case(decisions=(), notices=(), **fields) -> Case:
    return Case(
        incident=replace(INCIDENT, **fields),
        organisation=Organisation(zone="Asia/Hong_Kong", offers_to=frozenset({"eu_eea"})),
        decisions=tuple(decisions),
        notices=tuple(notices),
        rules=regimes_catalogue.rules(),
    )


def said(hours: float, case: Case) -> tuple[str, str]:
    found = case_words.told(case, at(hours), EN)
    return found.text, found.level


def at(hours: float) -> datetime:
    return AWARE.utc + timedelta(hours=hours)


def decision(key: str, answer: str, again: str = "") -> Decision:
    return Decision(
        rule_key=key,
        answer=answer,
        reason="Too early",
        decided_by="Boss",
        decide_again_at=Instant.parse(again) if again else None,
    )


def test_told_when_only_hong_kong_then_it_counts_up() -> None:
    assert said(26, a_case()) == ("26 h since aware", "")


def test_told_when_the_eu_runs_too_then_its_clock_is_the_tightest() -> None:
    both = a_case(people_live_in=frozenset({"hong_kong", "eu_eea"}))
    assert said(26, both) == ("GDPR: due in 46 h", "moderate")
    assert said(80, both) == ("GDPR: late by 8 h", "critical")


def test_told_when_put_off_then_when_it_is_decided_again_unless_another_presses() -> None:
    put_off = decision("hk_pcpd", "not_yet", "2026-11-23T10:00[Asia/Hong_Kong]")
    assert said(1, a_case([put_off])) == ("Decide again Mon 10:00", "moderate")
    assert said(64, a_case([put_off])) == ("Decide again now", "high")
    both = frozenset({"hong_kong", "eu_eea"})
    assert said(60, a_case([put_off], people_live_in=both))[0] == "Decide again Mon 10:00"
    late = decision("hk_pcpd", "not_yet", "2026-11-24T10:00[Asia/Hong_Kong]")
    assert said(60, a_case([late], people_live_in=both))[0] == "GDPR: due in 12 h"
    assert said(1, a_case([late], people_live_in=both))[0] == "GDPR: due in 71 h"


def test_told_when_its_time_ran_out_while_it_was_put_off_then_it_is_late_until_it_is_decided_again() -> (
    None
):
    both = frozenset({"hong_kong", "eu_eea"})
    put_off = decision("eu_authority", "not_yet", "2026-11-25T10:00[Asia/Hong_Kong]")
    case = a_case([put_off], people_live_in=both)
    assert said(71, case) == ("GDPR: due in 1 h", "high")
    assert said(80, case) == ("GDPR: late by 8 h", "critical")
    assert said(112, case) == ("Decide again now", "high")
    for hours, rank in ((71, 1), (80, 0), (112, 1)):
        found = case_words.urgency(case, at(hours))
        assert found is not None
        assert found.rank == rank, hours


def test_told_when_all_are_decided_against_then_so() -> None:
    every = [decision(key, "no") for key in ("hk_pcpd", "hk_people", "hkcert", "police")]
    assert said(26, a_case(every, status="closed")) == ("Decided: not told", "")


@pytest.mark.parametrize("found", [{"near_miss": True}, {"status": "not_a_breach"}])
def test_told_when_it_is_no_breach_then_only_what_was_decided_all_the_same_presses(found) -> None:
    followed = a_case(
        [decision("eu_authority", "yes")], people_live_in=frozenset({"eu_eea"}), **found
    )
    assert said(71, followed)[0].startswith("GDPR")
    assert said(73, followed)[1] == "critical"
    pressing = case_words.urgency(followed, at(71))
    assert pressing is not None
    assert (pressing.rank, pressing.since) == (1, at(72).timestamp())
    unknown = replace(followed, incident=replace(followed.incident, aware_at=None))
    quiet = [
        unknown,
        replace(followed, incident=replace(followed.incident, near_miss=True, status="closed")),
        replace(followed, decisions=(decision("eu_authority", "not_yet"),)),
        replace(
            followed,
            notices=(Notice(rule_key="eu_authority", phase="first", sent_at=AWARE),),
        ),
    ]
    for each in quiet:
        assert case_words.told(each, at(73), EN).is_quiet
        assert case_words.urgency(each, at(73)) is None


def test_told_when_closed_then_after_how_long_somebody_was_told() -> None:
    sent = Notice(rule_key="hk_pcpd", phase="first", sent_at=Instant.at(at(19.2)))
    assert said(200, a_case(notices=[sent], status="closed")) == ("Told after 19 h", "")


def test_told_when_a_clock_began_with_the_finding_then_the_time_since_aware_is_told() -> None:
    both = frozenset({"eu_eea", "singapore"})
    eu, singapore = (
        Notice(rule_key=key, phase="first", sent_at=Instant.at(at(hours)))
        for key, hours in (("eu_authority", 63), ("sg_authority", 63.1))
    )
    found = a_case(
        notices=[singapore, eu],
        status="closed",
        people_live_in=both,
        notifiable_at=Instant.at(at(63)),
    )
    found = replace(found, organisation=replace(found.organisation, offers_to=both))
    assert said(200, found) == ("Told after 63 h", "")


@pytest.mark.parametrize(
    ("decisions", "fields", "told"),
    [
        ((), {}, ("Closed, not decided", "moderate")),
        ((), {"aware_at": None}, ("Closed", "")),
        (
            (("hk_pcpd", "yes"), ("hk_people", "not_applicable")),
            {},
            ("Closed, not sent", "moderate"),
        ),
        ((("hk_pcpd", "not_applicable"), ("hk_people", "not_applicable")), {}, ("Closed", "")),
    ],
)
def test_told_when_closed_and_nobody_was_told_then_it_has_words_all_the_same(
    decisions: tuple[tuple[str, str], ...], fields: dict[str, object], told: tuple[str, str]
) -> None:
    made = [decision(key, answer) for key, answer in decisions]
    assert said(200, a_case(made, status="closed", **fields)) == told


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"near_miss": True}, "Near miss"),
        ({"status": "not_a_breach"}, "Not a breach"),
        ({"aware_at": None}, "Aware since when?"),
    ],
)
def test_told_when_no_clock_can_run_then_why(fields, text) -> None:
    assert said(26, a_case(**fields))[0] == text


def test_told_when_it_is_not_known_where_people_live_then_it_counts_up_all_the_same() -> None:
    assert said(26, a_case(people_live_in=frozenset())) == ("26 h since aware", "")


def test_running_when_a_fact_is_not_known_then_the_rule_speaks_for_no_incident() -> None:
    case = a_case()
    rows = case.board(at(26))
    assert any(row.rule.key == "ci_serious" and row.clock.state == "missed" for row in rows)
    found = [each.rule.key for each in case_words.running(case, rows)]
    assert found == ["hk_pcpd", "hk_people"]
    asked = a_case([decision("ci_serious", "yes")])
    assert case_words.running(asked, asked.board(at(26)))[0].rule.key == "ci_serious"


def test_urgency_when_put_off_or_told_then_it_follows_what_is_said() -> None:
    europe = frozenset({"hong_kong", "eu_eea"})
    late = case_words.urgency(a_case(people_live_in=europe), at(80))
    assert late == case_words.Urgency(False, 0, at(72).timestamp())
    assert case_words.urgency(a_case(people_live_in=europe, drill=True), at(80)) > late
    again = Instant.parse("2026-11-27T10:00[Asia/Hong_Kong]")
    put_off = [decision("eu_authority", "not_yet", str(again))]
    waiting = a_case(put_off, people_live_in=europe)
    assert case_words.urgency(waiting, at(80)) == late
    found = case_words.urgency(waiting, again.utc)
    assert found == case_words.Urgency(False, 1, again.utc.timestamp())
    assert case_words.urgency(a_case(), at(26)) == case_words.Urgency(
        False, 3, AWARE.utc.timestamp()
    )
    assert case_words.urgency(a_case(aware_at=None), at(26)).rank == 2
    every = [decision(key, "no") for key in ("hk_pcpd", "hk_people", "hkcert", "police")]
    quiet = (a_case(every), a_case(near_miss=True), a_case(status="closed"))
    assert [case_words.urgency(each, at(26)) for each in quiet] == [None] * 3
