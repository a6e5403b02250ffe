"""Clocks of single rules, worked out by hand: cases H1 to H19 of reliability.md that are a rule's, and every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from riskreg.records.values import Instant, Unfit
from riskreg.rules.deadlines import (
    Clock,
    Moments,
    Waiver,
    clock,
    due_at,
)
from tests.rules.clock_builders import HOUR, SECOND, aware, local_due, sent, the_rule, utc


@pytest.mark.parametrize(
    ("trigger", "due"),
    [
        # H1, H2: 72 real hours over a change of clocks
        ("2026-03-27T10:00[Europe/London]", "2026-03-30T11:00:00+01:00"),
        ("2026-10-23T10:00[Europe/London]", "2026-10-26T09:00:00+00:00"),
        # H3: the first and the second 02:30
        ("2026-10-25T02:30+02:00[Europe/Berlin]", "2026-10-28T01:30:00+01:00"),
        ("2026-10-25T02:30+01:00[Europe/Berlin]", "2026-10-28T02:30:00+01:00"),
        # H5: half an hour, a quarter of an hour, a day that was left out
        ("2026-04-04T12:00[Australia/Lord_Howe]", "2026-04-07T11:30:00+10:30"),
        ("2026-11-20T18:40[Asia/Kathmandu]", "2026-11-23T18:40:00+05:45"),
        ("2011-12-29T12:00[Pacific/Apia]", "2012-01-02T12:00:00+14:00"),
        # H6, H7: leap day, end of year
        ("2028-02-27T09:00[Asia/Hong_Kong]", "2028-03-01T09:00:00+08:00"),
        ("2026-02-27T09:00[Asia/Hong_Kong]", "2026-03-02T09:00:00+08:00"),
        ("2026-12-30T23:59[Asia/Hong_Kong]", "2027-01-02T23:59:00+08:00"),
    ],
)
def test_72_hours_when_clocks_or_calendar_change_then_are_real_hours(trigger, due) -> None:
    assert local_due("eu_authority", trigger) == due
    start = Instant.parse(trigger)
    assert due_at(the_rule("eu_authority"), start) - start.utc == timedelta(seconds=259_200)


@pytest.mark.parametrize(
    ("assessed", "due"),
    [
        # Friday in Singapore: Saturday, Sunday, Monday
        ("2026-11-20T18:40[Asia/Hong_Kong]", "2026-11-23T23:59:59+08:00"),
        ("2026-11-20T00:00[Asia/Singapore]", "2026-11-23T23:59:59+08:00"),
        ("2026-11-20T23:59:59[Asia/Singapore]", "2026-11-23T23:59:59+08:00"),
        # it is already Saturday there when it is Friday in London
        ("2026-11-20T16:00[Europe/London]", "2026-11-24T23:59:59+08:00"),
        ("2026-12-30T09:00[Asia/Singapore]", "2027-01-02T23:59:59+08:00"),
    ],
)
def test_singapore_when_assessed_then_third_day_after_ends_there(assessed, due) -> None:
    assert local_due("sg_authority", assessed, "Asia/Singapore") == due


def test_singapore_when_sent_within_last_second_of_third_day_then_in_time() -> None:
    rule = the_rule("sg_authority")
    moments = Moments(notifiable=Instant.parse("2026-11-20T18:40[Asia/Singapore]"))
    last = utc("2026-11-23T15:59:59.999999")
    for moment, state in ((last, "met"), (last + timedelta(microseconds=1), "met_late")):
        given = sent(rule.key, moments, Instant(moment, "UTC", "second"))
        assert clock(rule, given, moment).state == state


@pytest.mark.parametrize(
    ("calendar", "zone", "amount", "trigger", "due"),
    [
        # Hong Kong: the National Day, then Saturday and Sunday
        ("hong_kong", "Asia/Hong_Kong", 2, "2026-09-30T18:00", "2026-10-05T23:59:59+08:00"),
        # the Mainland: a week of holidays, of which Saturday 10 October 2026 is made up
        ("mainland", "Asia/Shanghai", 2, "2026-09-30T18:00", "2026-10-09T23:59:59+08:00"),
        ("mainland", "Asia/Shanghai", 1, "2026-10-09T18:00", "2026-10-10T23:59:59+08:00"),
        # the EU: Good Friday and Easter Monday 2026
        ("eu", "Europe/Brussels", 1, "2026-04-02T18:00", "2026-04-07T23:59:59+02:00"),
        # the United States: Thanksgiving 2026
        ("usa", "America/New_York", 1, "2026-11-25T12:00", "2026-11-27T23:59:59-05:00"),
    ],
)
def test_working_days_when_holidays_lie_between_then_they_are_not_counted(
    calendar, zone, amount, trigger, due
) -> None:
    rule = replace(
        the_rule("hk_own_target"), calendar=calendar, zone=zone, amount=amount, trigger="aware"
    )
    found = due_at(rule, Instant.parse(trigger, zone))
    assert Instant(found, zone, "second").local.isoformat() == due


def test_working_days_when_beyond_the_announced_year_then_says_so() -> None:
    rule = replace(the_rule("hk_own_target"), calendar="mainland", zone="Asia/Shanghai")
    known = clock(rule, aware("2026-11-20T09:00[Asia/Shanghai]"), utc("2026-11-20T09:00:00"))
    beyond = clock(rule, aware("2031-11-20T09:00[Asia/Shanghai]"), utc("2031-11-20T09:00:00"))
    assert "calendar_ended" not in known.notes
    assert "calendar_ended" in beyond.notes


def test_deadline_when_sent_exactly_then_in_time_and_one_second_later_late() -> None:
    """H17: at +72:00:00, and a second after; late asks for a reason (GDPR article 33(1))."""
    rule = the_rule("eu_authority")
    moments = aware("2026-11-20T18:40[Asia/Hong_Kong]")
    due = utc("2026-11-23T10:40:00")
    exact = clock(rule, sent(rule.key, moments, Instant.at(due)), due + HOUR)
    assert (exact.state, exact.share, exact.needs_reason) == ("met", 1, False)
    late = sent(rule.key, moments, Instant.at(due + SECOND))
    assert clock(rule, late, due + HOUR).state == "met_late"
    assert clock(rule, late, due + HOUR).needs_reason
    assert not clock(rule, late, due + HOUR, late_reason="the line was cut").needs_reason
    assert clock(rule, late, due + HOUR, late_reason=" ").needs_reason


def test_clock_when_time_passes_then_goes_through_its_states() -> None:
    """H8, H10: from stored instants and the time now alone, whatever the computer did between."""
    rule = the_rule("eu_authority")
    moments = aware("2026-11-20T18:40[Asia/Hong_Kong]")
    start = utc("2026-11-20T10:40:00")
    states = {
        timedelta(0): "running",
        54 * HOUR - SECOND: "running",
        54 * HOUR: "due_soon",
        72 * HOUR: "due_soon",
        72 * HOUR + SECOND: "missed",
        53 * HOUR: "running",
    }
    for passed, state in states.items():
        found = clock(rule, moments, start + passed)
        assert (found.state, found.elapsed) == (state, passed)
    assert clock(rule, moments, start + 54 * HOUR).share == Fraction(3, 4)


def test_hong_kong_when_aware_then_counts_up_and_is_never_missed() -> None:
    rule = the_rule("hk_pcpd")
    moments = aware("2026-11-20T18:40[Asia/Hong_Kong]")
    found = clock(rule, moments, utc("2026-11-21T12:40:00"))
    assert (found.state, found.elapsed, found.due_at, found.share) == (
        "counting_up",
        26 * HOUR,
        None,
        None,
    )
    assert clock(rule, moments, utc("2036-11-21T12:40:00")).state == "counting_up"
    told = sent(rule.key, moments, Instant.parse("2026-11-22T09:00[Asia/Hong_Kong]"))
    assert clock(rule, told, utc("2026-12-21T12:40:00")).state == "met"


def test_mainland_when_at_once_then_counts_up() -> None:
    found = clock(the_rule("cn_authority"), aware("2026-11-20[Asia/Hong_Kong]"), utc("2026-11-21"))
    assert found.state == "counting_up"
    assert found.due_at is None


def test_clock_when_nothing_started_it_then_waits() -> None:
    now = utc("2026-11-21")
    assert clock(the_rule("eu_authority"), Moments(), now) == Clock(
        rule=the_rule("eu_authority"), state="waiting"
    )
    assert clock(the_rule("sg_authority"), aware("2026-11-20[UTC]"), now).state == "waiting"


def test_clock_when_it_does_not_apply_then_says_nothing_else() -> None:
    rule = the_rule("eu_authority")
    found = clock(rule, aware("2026-11-20[UTC]"), utc("2026-12-21"), applies=False)
    assert found == Clock(rule=rule, state="not_applicable")


def test_waiver_when_nothing_was_sent_then_waived_and_without_name_refused() -> None:
    rule = the_rule("eu_authority")
    moments = aware("2026-11-20T18:40[Asia/Hong_Kong]")
    waiver = Waiver(reason="the data was encrypted", by="Director")
    now = utc("2026-12-21")
    assert clock(rule, moments, now, waived=waiver).state == "waived"
    assert clock(rule, Moments(), now, waived=waiver).state == "waived"
    told = sent(rule.key, moments, Instant.parse("2026-11-22T09:00[Asia/Hong_Kong]"))
    assert clock(rule, told, now, waived=waiver).state == "met"
    for reason, by in (("", "Director"), ("encrypted", "  ")):
        with pytest.raises(ValueError, match="a reason and a name"):
            Waiver(reason=reason, by=by)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026-11-20[Asia/Hong_Kong]", "2026-11-23T00:00:00+08:00"),
        ("2026-11[Asia/Hong_Kong]", "2026-11-04T00:00:00+08:00"),
    ],
)
def test_aware_when_known_to_day_or_month_then_counts_from_its_start_and_says_so(text, due) -> None:
    found = clock(the_rule("eu_authority"), aware(text), utc("2026-11-20T12:00:00"))
    assert local_due("eu_authority", text) == due
    assert found.said_to_the_day
    assert not clock(
        the_rule("eu_authority"), aware("2026-11-20T00:00[Asia/Hong_Kong]"), utc("2026-11-20")
    ).said_to_the_day


@pytest.mark.parametrize(
    ("text", "state", "doubtful"),
    [
        # the deadline is 23 November 18:40
        ("2026-11-22[Asia/Hong_Kong]", "met", False),
        ("2026-11-23[Asia/Hong_Kong]", "met", True),
        ("2026-11-24[Asia/Hong_Kong]", "met_late", False),
        ("2026-11[Asia/Hong_Kong]", "met", True),
    ],
)
def test_notice_when_known_to_the_day_then_doubt_is_said(text, state, doubtful) -> None:
    rule = the_rule("eu_authority")
    moments = aware("2026-11-20T18:40[Asia/Hong_Kong]")
    found = clock(rule, sent(rule.key, moments, Instant.parse(text)), utc("2026-12-01"))
    assert (found.state, found.doubtful) == (state, doubtful)
    assert "sent_to_the_day" in found.notes


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("2026-11-20T13:00[UTC]", "trigger_ahead"),
        ("2016-11-18T12:00[UTC]", "trigger_long_ago"),
        ("0202-11-19T12:00[UTC]", None),
    ],
)
def test_aware_when_in_the_future_or_ten_years_ago_then_noted(text, note) -> None:
    """H16; a year such as 0202 is refused before any clock."""
    if note is None:
        with pytest.raises(Unfit):
            Instant.parse(text)
        return
    found = clock(the_rule("eu_authority"), aware(text), utc("2026-11-20T12:00:00"))
    assert found.notes == (note,)


def test_notice_when_before_awareness_then_in_time_and_noted() -> None:
    rule = the_rule("eu_authority")
    moments = aware("2026-11-20T18:40[Asia/Hong_Kong]")
    early = sent(rule.key, moments, Instant.parse("2026-11-20T17:40[Asia/Hong_Kong]"))
    found = clock(rule, early, utc("2026-11-21"))
    assert (found.state, found.share, found.notes) == ("met", 0, ("sent_before_trigger",))
    assert found.elapsed == -HOUR


def test_deadline_when_told_in_another_zone_then_is_the_same_instant() -> None:
    """H11, H12, H14: the zone says where it was stated, not when it is due."""
    there = Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]")
    for zone in ("Europe/Berlin", "America/New_York", "UTC"):
        elsewhere = Instant(there.utc, zone)
        for key in ("eu_authority", "sg_authority"):
            assert due_at(the_rule(key), elsewhere) == due_at(the_rule(key), there)


def test_aware_when_changed_then_both_deadlines_can_be_shown() -> None:
    """H15."""
    rule = the_rule("eu_authority")
    now = utc("2026-11-22")
    old = clock(rule, aware("2026-11-20T18:40[Asia/Hong_Kong]"), now)
    new = clock(rule, aware("2026-11-21T09:00[Asia/Hong_Kong]"), now)
    assert old.due_at is not None
    assert new.due_at is not None
    assert new.due_at - old.due_at == timedelta(hours=14, minutes=20)


@pytest.mark.parametrize("text", ["2016-12-31T23:59:60Z[UTC]", "2026-11-20T18:40:30.5[UTC]"])
def test_aware_when_leap_second_or_fraction_then_refused_without_a_crash(text) -> None:
    """H18."""
    with pytest.raises(Unfit):
        Instant.parse(text)


def test_clock_when_its_notice_is_said_to_go_out_later_then_nothing_is_met_until_then() -> None:
    """What is planned was typed as sent, or the clocks are asked about a moment before."""
    rule = the_rule("eu_authority")
    moments = aware("2026-11-20T18:40[Asia/Hong_Kong]")
    tomorrow = utc("2026-11-22T10:00:00")
    planned = sent(rule.key, moments, Instant.at(tomorrow))
    assert clock(rule, planned, tomorrow - 2 * HOUR).state == "running"
    assert clock(rule, planned, tomorrow).state == "met"
    never = sent(rule.key, moments, Instant.at(utc("2062-11-22T10:00:00")))
    assert clock(rule, never, utc("2026-12-01T00:00:00")).state == "missed"
