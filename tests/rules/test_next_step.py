"""The next thing to do about an incident, in the order that matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from riskreg import regimes_catalogue
from riskreg.records import Decision, Incident
from riskreg.records.values import Count, Instant
from riskreg.rules.board import board
from riskreg.rules.deadlines import Moments
from riskreg.rules.next_step import next_step, undecided
from riskreg.rules.regimes import Facts

AWARE = Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]")
NOW = AWARE.utc + timedelta(hours=1)
KNOWN = Incident(
    status="assessing",
    contained_at=AWARE,
    discovered_at=AWARE,
    aware_at=AWARE,
    people_live_in=frozenset({"hong_kong", "eu_eea"}),
    our_role="controller",
    people_count=Count(150),
)


def rows(incident: Incident = KNOWN, **notices: Instant):
    return board_at(incident, NOW, **notices)


def board_at(incident: Incident, now, **notices: Instant):
    facts = Facts(
        people_live_in=incident.people_live_in,
        role=incident.our_role,
        established_in=frozenset({"hong_kong"}),
        offers_to=frozenset({"eu_eea", "singapore"}),
        sector="other",
        ci_operator="no",
        mechanisms=frozenset(),
        on=AWARE.local.date(),
    )
    return board(regimes_catalogue.rules(), facts, Moments.of(incident, notices), now)


def step(
    incident: Incident = KNOWN, standing=None, *, is_assessed: bool = True, now=NOW, **notices
):
    found = rows(incident, **notices)
    return next_step(incident, found, standing or {}, is_assessed=is_assessed, now=now)


def said(answer: str, again: Instant | None = None) -> Decision:
    return Decision(answer=answer, decide_again_at=again, reason="r", decided_by="K. Chan")


def everything(answer: str, **fields) -> dict[str, Decision]:
    return {row.rule.key: replace(said(answer), **fields) for row in rows()}


@pytest.mark.parametrize(
    ("lacks", "key"),
    [
        ({"contained_at": None, "aware_at": None}, "contain"),
        ({"aware_at": None, "people_live_in": frozenset()}, "when"),
        ({"discovered_at": None}, "when"),
        ({"people_live_in": frozenset(), "our_role": None}, "places"),
        ({"our_role": None, "people_count": None}, "role"),
        ({"people_count": None}, "people"),
    ],
)
def test_next_step_when_several_facts_lack_then_the_one_that_matters_first(lacks, key) -> None:
    assert step(replace(KNOWN, **lacks), is_assessed=False).key == key


def test_next_step_when_the_facts_are_known_then_it_is_assessed_then_the_tightest_is_decided() -> (
    None
):
    assert step(is_assessed=False).key == "assess"
    found = step()
    assert (found.key, found.rule.key) == ("decide", "eu_authority")


def test_next_step_when_decided_yes_then_tell_before_anything_else_is_decided() -> None:
    found = step(standing={"eu_authority": said("yes")})
    assert (found.key, found.rule.key) == ("notify", "eu_authority")
    found = step(standing={"eu_authority": said("yes")}, eu_authority=AWARE)
    assert (found.key, found.rule.key) == ("decide", "eu_people")


def test_next_step_when_not_yet_is_over_then_decide_again_comes_before_all() -> None:
    monday = Instant.parse("2026-11-23T10:00[Asia/Hong_Kong]")
    standing = {**everything("yes"), "hk_pcpd": said("not_yet", monday)}
    assert step(standing=standing, now=monday.utc - timedelta(seconds=1)).key == "notify"
    found = step(standing=standing, now=monday.utc)
    assert (found.key, found.rule.key, found.at) == ("decide_again", "hk_pcpd", monday)


def test_next_step_when_all_are_put_off_then_it_waits_for_the_first_of_them() -> None:
    monday = Instant.parse("2026-11-23T10:00[Asia/Hong_Kong]")
    tuesday = Instant.parse("2026-11-24T10:00[Asia/Hong_Kong]")
    standing = everything("not_yet", decide_again_at=tuesday)
    standing["hk_people"] = said("not_yet", monday)
    found = step(standing=standing)
    assert (found.key, found.rule.key, found.at) == ("wait", "hk_people", monday)


def test_next_step_when_nothing_is_open_then_review_then_close() -> None:
    facts = {row.rule.key: AWARE for row in rows()}
    assert step(**facts, standing=everything("yes")).key == "review"
    reviewed = replace(KNOWN, reviewed_on=AWARE.local.date())
    assert step(reviewed, standing=everything("yes"), **facts).key == "close"


def test_next_step_when_it_is_over_then_only_the_review_is_asked_for() -> None:
    closed = replace(KNOWN, status="closed")
    assert step(closed).key == "review"
    assert step(replace(closed, reviewed_on=AWARE.local.date())) is None
    assert step(replace(KNOWN, near_miss=True, contained_at=None)) is None
    assert step(replace(KNOWN, status="not_a_breach", contained_at=None)) is None


@pytest.mark.parametrize("found", [{"near_miss": True}, {"status": "not_a_breach"}])
def test_next_step_when_somebody_is_told_of_no_breach_all_the_same_then_to_tell_them(found) -> None:
    incident = replace(KNOWN, contained_at=None, **found)
    asked = step(incident, {"eu_authority": said("yes"), "hk_pcpd": said("not_yet")})
    assert asked is not None
    assert (asked.key, asked.rule and asked.rule.key) == ("notify", "eu_authority")
    assert step(incident, {"eu_authority": said("no")}) is None
    closed = replace(incident, near_miss=True, status="closed")
    assert step(closed, {"eu_authority": said("yes")}) is None


def test_undecided_when_the_finding_starts_the_clock_then_it_is_asked_for() -> None:
    singapore = replace(KNOWN, people_live_in=frozenset({"singapore"}))
    found = {row.rule.key: row.clock.state for row in undecided(rows(singapore), ())}
    assert found["sg_authority"] == "waiting"


def test_undecided_when_a_notice_may_be_followed_in_phases_then_that_is_no_decision() -> None:
    found = {row.rule.key for row in undecided(rows(eu_authority=AWARE), ())}
    assert "eu_details" not in found
    assert "eu_people" in found


def test_undecided_when_voluntary_or_our_own_task_then_nobody_has_to_decide() -> None:
    found = {row.rule.key for row in undecided(rows(), ())}
    assert "hk_pcpd" in found
    assert not {"police", "hkcert", "sg_assess", "hk_pdpo_mandatory"} & found


def test_next_step_when_a_time_is_nearly_over_then_it_does_not_wait_for_the_breach_to_be_contained() -> (
    None
):
    """A breach that goes on for days is told of while it goes on."""
    going_on = replace(KNOWN, contained_at=None, people_count=None)
    late = AWARE.utc + timedelta(hours=60)

    def then(now=late, *, is_assessed: bool = True, **standing):
        found = board_at(going_on, now)
        return next_step(going_on, found, standing, is_assessed=is_assessed, now=now)

    assert then(NOW).key == "contain"
    assert then(is_assessed=False).key == "assess"
    assert (then().key, then().rule.key) == ("decide", "eu_authority")
    yes = then(is_assessed=False, eu_authority=said("yes"))
    assert (yes.key, yes.rule.key) == ("notify", "eu_authority")
    assert then(eu_authority=said("no")).key == "contain"
    monday = Instant(late + timedelta(hours=2), "Asia/Hong_Kong")
    assert then(eu_authority=said("not_yet", monday)).key == "contain"


def test_next_step_when_opened_again_then_it_goes_on_though_it_says_when_it_was_closed() -> None:
    closed = replace(KNOWN, closed_at=AWARE)
    assert step(closed).key == "decide"
    assert step(replace(closed, status="closed")).key == "review"
    assert step(replace(closed, status=None)).key == "review"
