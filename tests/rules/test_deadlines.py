"""Clocks of single rules, worked out by hand: cases H1 to H19 of reliability.md that are a rule's, and every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg import regimes_catalogue
from riskreg.records import Incident
from riskreg.records.values import Instant, Unfit
from riskreg.rules.deadlines import (
    Clock,
    Moments,
    Waiver,
    clock,
    due_at,
    in_order,
    tightest,
    trigger_of,
)
from riskreg.rules.regimes import Rule

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def the_rule(key: str) -> Rule:
    return next(rule for rule in regimes_catalogue.rules() if rule.key == key)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def aware(text: str) -> Moments:
    return Moments(aware=Instant.parse(text))


def sent(key: str, moments: Moments, at: Instant) -> Moments:
    return replace(moments, notices={**moments.notices, key: at})


def local_due(key: str, trigger: str, zone: str = "") -> str:
    start = Instant.parse(trigger)
    due = due_at(the_rule(key), start)
    assert due is not None
    return Instant(due, zone or start.zone, "second").local.isoformat()


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
        assessed_at=days[4],
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
    """Every year that a record can hold; a share above 1 is missed, below it is not."""
    rule = the_rule(key)
    first = Instant(start.replace(microsecond=0, tzinfo=UTC), "Asia/Hong_Kong", "second")
    moments = Moments(
        **{name: first for name in TRIGGERS}, notices=dict.fromkeys(rule.after, first)
    )
    found = clock(rule, moments, first.utc + timedelta(seconds=passed))
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
