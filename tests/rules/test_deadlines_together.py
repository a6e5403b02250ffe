"""Clocks that start from other notices, hints, the order of many clocks, and any rule at any time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg import regimes_catalogue
from riskreg.records import Incident
from riskreg.records.values import CLOCKS_DIFFER, Instant
from riskreg.rules.deadlines import (
    Moments,
    clock,
    due_at,
    in_order,
    tightest,
    trigger_of,
)
from tests.rules.clock_builders import HOUR, aware, the_rule, utc


def test_form_when_either_notice_was_made_then_runs_from_the_first() -> None:
    """Cap. 653: the specified form within 48 hours of the notice, whichever that was (Code 7.3.6)."""
    rule = the_rule("ci_form")
    first = Instant.parse("2026-11-20T20:00[Asia/Hong_Kong]")
    later = Instant.parse("2026-11-21T20:00[Asia/Hong_Kong]")
    assert trigger_of(rule, Moments()) is None
    assert trigger_of(rule, Moments(notices={"ci_other": later})) == later
    assert trigger_of(rule, Moments(notices={"ci_serious": first, "ci_other": later})) == first
    assert due_at(rule, first) == utc("2026-11-22T12:00:00")


def test_malaysia_when_the_commissioner_was_told_then_people_within_seven_days() -> None:
    moments = Moments(
        discovered=Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]"),
        notices={"my_authority": Instant.parse("2026-11-22T09:00[Asia/Hong_Kong]")},
    )
    now = utc("2026-11-23")
    assert clock(the_rule("my_authority"), moments, now).state == "met"
    people = clock(the_rule("my_people"), moments, now)
    assert people.due_at == utc("2026-11-29T15:59:59")


@pytest.mark.parametrize(
    ("trigger", "hint"),
    [
        # Friday evening in Hong Kong: Monday and Tuesday are the two working days
        ("2026-11-20T18:40[Asia/Hong_Kong]", "2026-11-24T23:59:59+01:00"),
        # Tuesday: Wednesday and Thursday lie within the 72 hours
        ("2026-11-24T18:40[Asia/Hong_Kong]", None),
        # before Easter 2026: Tuesday and Wednesday after it
        ("2026-04-02T12:00[Europe/Brussels]", "2026-04-08T23:59:59+02:00"),
    ],
)
def test_eu_when_72_hours_hold_no_two_working_days_then_hints_and_stays(trigger, hint) -> None:
    moments = aware(trigger)
    found = clock(the_rule("eu_authority"), moments, moments.aware.utc)
    assert found.due_at == moments.aware.utc + 72 * HOUR
    shown = found.hint_at and Instant(found.hint_at, "Europe/Brussels", "second").local.isoformat()
    assert shown == hint
    assert clock(the_rule("uk_authority"), moments, moments.aware.utc).hint_at is None


def test_tightest_when_many_clocks_then_the_first_due_and_the_missed_before_all() -> None:
    """Misdirected payroll mail of Friday 18:40, people in four places (domain 3.3, 7)."""
    moments = Moments(
        discovered=Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]"),
        aware=Instant.parse("2026-11-20T19:00[Asia/Hong_Kong]"),
        notifiable=Instant.parse("2026-11-20T20:00[Asia/Hong_Kong]"),
    )
    keys = ("hk_pcpd", "eu_authority", "sg_authority", "cn_authority", "eu_details", "ci_serious")
    rules = [the_rule(key) for key in keys]

    def at(now: str, **notices: str) -> list[str]:
        given = replace(
            moments, notices={key: Instant.parse(text) for key, text in notices.items()}
        )
        found = [clock(rule, given, utc(now), applies=rule.key != "ci_serious") for rule in rules]
        first = tightest(found)
        assert first is None or first == in_order(found)[0]
        return [each.rule.key for each in in_order(found)]

    assert at("2026-11-21")[:2] == ["eu_authority", "sg_authority"]
    assert at("2026-11-25")[:2] == ["eu_authority", "sg_authority"]
    told = at("2026-11-21", eu_authority="2026-11-21T07:00[Asia/Hong_Kong]")
    assert told[0] == "sg_authority"
    assert told[1:4] == ["cn_authority", "hk_pcpd", "eu_details"]
    assert tightest([clock(the_rule("eu_authority"), Moments(), utc("2026-11-21"))]) is None


def test_moments_when_taken_from_an_incident_then_each_field_starts_its_own() -> None:
    texts = ("2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05", "2026-11-06")
    days = [Instant.parse(f"{text}[UTC]") for text in texts]
    incident = Incident(
        title="Mail",
        occurred_from_at=days[0],
        discovered_at=days[1],
        aware_at=days[2],
        processor_informed_at=days[3],
        notifiable_at=days[4],
        contained_at=days[5],
        closed_at=days[5],
    )
    found = Moments.of(incident)
    names = ("occurred_from", "discovered", "aware", "processor_informed", "notifiable")
    assert [getattr(found, name) for name in names] == days[:5]
    assert (found.contained, found.closed, found.notices) == (days[5], days[5], {})


@given(
    key=st.sampled_from([rule.key for rule in regimes_catalogue.rules()]),
    start=st.datetimes(min_value=datetime(1000, 1, 2), max_value=datetime(9998, 12, 1)),  # noqa: DTZ001
    passed=st.integers(min_value=-(10**6), max_value=10**7),
)
def test_clock_when_any_rule_at_any_time_then_agrees_with_itself(key, start, passed) -> None:
    """Every year that a record can hold; a share above 1 is missed, below it is not.

    What is said to go out later has started nothing yet.
    """
    rule = the_rule(key)
    first = Instant(start.replace(microsecond=0, tzinfo=UTC), "Asia/Hong_Kong", "second")
    moments = Moments(
        **{name: first for name in TRIGGERS}, notices=dict.fromkeys(rule.after, first)
    )
    found = clock(rule, moments, first.utc + timedelta(seconds=passed))
    if rule.trigger == "notice" and timedelta(seconds=-passed) > CLOCKS_DIFFER:
        assert (found.state, found.due_at) == ("waiting", None)
        return
    assert (found.due_at is None) == (rule.amount is None)
    assert found.state in ("running", "due_soon", "missed", "counting_up")
    if found.share is not None:
        assert (found.state == "missed") == (found.share > 1)
        assert (found.state == "running") == (found.share < Fraction(3, 4))


TRIGGERS = (
    "occurred_from",
    "discovered",
    "aware",
    "processor_aware",
    "processor_informed",
    "notifiable",
    "contained",
    "closed",
)
