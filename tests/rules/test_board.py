"""The board of one incident: misdirected payroll mail of a Friday evening, people in four places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from riskreg import regimes_catalogue
from riskreg.records.values import Instant
from riskreg.rules.board import Row, Said, board
from riskreg.rules.deadlines import Moments, Waiver
from riskreg.rules.regimes import Facts
from tests.rules.clock_builders import the_rule, utc

RULES = regimes_catalogue.rules()
PLACES = frozenset({"hong_kong", "eu_eea", "singapore", "mainland_china"})
FACTS = Facts(
    people_live_in=PLACES,
    role="controller",
    established_in=frozenset({"hong_kong"}),
    offers_to=PLACES,
    ci_operator="no",
    mechanisms=frozenset(),
    on=date(2026, 11, 20),
)
MOMENTS = Moments(
    discovered=Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]"),
    aware=Instant.parse("2026-11-20T19:00[Asia/Hong_Kong]"),
)
FRIDAY = utc("2026-11-20T11:20:00")


def states(rows: tuple[Row, ...]) -> dict[str, str]:
    return {row.rule.key: row.clock.state for row in rows}


def test_board_when_friday_evening_then_hours_first_and_hong_kong_counts_up() -> None:
    rows = board(RULES, FACTS, MOMENTS, FRIDAY)
    assert [row.rule.key for row in rows[:2]] == ["eu_authority", "sg_assess"]
    assert states(rows) == {
        "eu_authority": "running",
        "sg_assess": "running",
        "hk_pcpd": "counting_up",
        "hk_people": "counting_up",
        "eu_people": "counting_up",
        "cn_authority": "counting_up",
        "cn_people": "counting_up",
        "eu_details": "waiting",
        "sg_authority": "waiting",
        "sg_people": "waiting",
    }


def test_board_when_a_notice_is_said_to_go_out_later_then_nothing_follows_it_before() -> None:
    later = Instant.parse("2026-12-05T09:00[Asia/Hong_Kong]")
    planned = replace(MOMENTS, notices={"eu_authority": later, "hkma": later})
    assert states(board(RULES, FACTS, planned, FRIDAY)) == states(
        board(RULES, FACTS, MOMENTS, FRIDAY)
    )
    found = states(board(RULES, FACTS, planned, later.utc))
    assert (found["eu_details"], found["hkma"]) == ("counting_up", "met")


def test_board_when_assessed_then_singapore_runs() -> None:
    assessed = replace(MOMENTS, notifiable=Instant.parse("2026-11-20T22:00[Asia/Hong_Kong]"))
    rows = board(RULES, FACTS, assessed, FRIDAY)
    assert [row.rule.key for row in rows[:2]] == ["eu_authority", "sg_authority"]


def test_board_when_a_fact_is_not_known_then_its_rules_run_and_say_so() -> None:
    rows = board(RULES, replace(FACTS, offers_to=None), MOMENTS, FRIDAY)
    first = rows[0]
    assert (first.rule.key, first.clock.state) == ("eu_authority", "running")
    assert (first.verdict.applies, first.verdict.missing) == ("ask", {"reach"})


def test_board_when_people_decided_then_their_word_counts() -> None:
    said = {
        "eu_authority": Said(applies=False),
        "hk_pcpd": Said(waived=Waiver(reason="no real risk of harm", by="Director")),
        "hkma": Said(applies=True),
    }
    found = states(board(RULES, FACTS, MOMENTS, FRIDAY, said))
    assert found["eu_authority"] == "not_applicable"
    assert found["hk_pcpd"] == "waived"
    assert found["hkma"] == "counting_up"


def test_board_when_notice_was_sent_then_it_stays_though_facts_change() -> None:
    sent = replace(
        MOMENTS, notices={"eu_authority": Instant.parse("2026-11-24T09:00[Asia/Hong_Kong]")}
    )
    only_here = replace(FACTS, people_live_in=frozenset({"hong_kong"}))
    rows = board(RULES, only_here, sent, utc("2026-11-25"))
    late = {row.rule.key: row.clock for row in rows}["eu_authority"]
    assert (late.state, late.needs_reason) == ("met_late", True)
    said = {"eu_authority": Said(late_reason="the line was cut")}
    rows = board(RULES, only_here, sent, utc("2026-11-25"), said)
    assert not {row.rule.key: row.clock for row in rows}["eu_authority"].needs_reason


def test_board_when_a_rule_changed_since_then_a_decision_keeps_its_own() -> None:
    """Domain 3.3, 8: 72 hours when it was decided, 96 in the version that came into force since."""
    old = the_rule("eu_authority")
    new = replace(old, version=2, amount=96)
    rules = (*RULES, new)
    assert board(rules, FACTS, MOMENTS, FRIDAY)[0].rule == new
    kept = board(rules, FACTS, MOMENTS, FRIDAY, {"eu_authority": Said(made_by=old)})
    assert kept[0].rule == old
    gone = tuple(rule for rule in RULES if rule.key != "eu_authority")
    assert board(gone, FACTS, MOMENTS, FRIDAY, {"eu_authority": Said(made_by=old)})[0].rule == old


def test_board_when_nothing_is_known_then_only_hong_kong_waits() -> None:
    empty = replace(FACTS, people_live_in=frozenset(), offers_to=None)
    assert states(board(RULES, empty, Moments(), FRIDAY)) == {
        "hk_pcpd": "waiting",
        "hk_people": "waiting",
    }


def test_board_when_the_incident_is_over_then_what_may_follow_in_phases_is_not_waited_for() -> None:
    sent = replace(MOMENTS, notices={"eu_authority": Instant.parse("2026-11-21T10:00[UTC]")})
    key, later = "eu_details", utc("2026-12-25")
    assert states(board(RULES, FACTS, sent, later))[key] == "counting_up"
    over = board(RULES, FACTS, sent, later, stage="over")
    found = next(row.clock for row in over if row.rule.key == key)
    assert (found.state, found.notes) == ("not_applicable", ("incident_over",))
    wanted = {key: Said(applies=True)}
    assert states(board(RULES, FACTS, sent, later, wanted, stage="over"))[key] == "counting_up"
    told = replace(sent, notices={**sent.notices, key: Instant.parse("2026-11-25T10:00[UTC]")})
    assert states(board(RULES, FACTS, told, later, stage="over"))[key] == "met"
    assert states(over)["hk_pcpd"] == states(board(RULES, FACTS, sent, later))["hk_pcpd"]
