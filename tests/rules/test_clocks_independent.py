"""Deadlines and local times against a second computation, over all zones and around every clock change.

The normal run takes a sample; `-m long` takes 100,000 instants and every change from 2020 to 2035.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest

from riskreg import regimes_catalogue
from riskreg.records.values import Instant
from riskreg.rules.deadlines import Moments, clock, due_at
from riskreg.rules.regimes import Rule
from riskreg.rules.wall_times import wall_time
from tests.rules import independent_clocks as again

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST = int((datetime(2020, 1, 1, tzinfo=UTC) - EPOCH).total_seconds())
LAST = int((datetime(2036, 1, 1, tzinfo=UTC) - EPOCH).total_seconds())
ZONES = sorted(available_timezones() - {"localtime", "Factory"})
SAMPLE = (
    "Europe/London",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "America/Havana",
    "Africa/Casablanca",
    "Asia/Gaza",
)
COUNTS = (("hours", 1), ("hours", 72), ("calendar_days", 3), ("calendar_days", 30))


def at(second: int) -> datetime:
    return EPOCH + timedelta(seconds=second)


def seconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(seconds=1)


def a_rule(unit: str, amount: int, zone: str) -> Rule:
    pattern = next(rule for rule in regimes_catalogue.rules() if rule.key == "my_authority")
    return replace(pattern, trigger="aware", unit=unit, amount=amount, zone=zone, calendar=None)


def check(rule: Rule, trigger: int, stated_in: str, offset: int, sent_after: int | None) -> None:
    """One clock both ways; `offset` is from the deadline to now."""
    instant = Instant(at(trigger), stated_in, "second")
    last = again.due(rule.unit, rule.amount or 0, rule.zone, trigger)
    sent = None if sent_after is None else last + sent_after
    now = max(last + offset, trigger, sent or 0)
    notices = {} if sent is None else {rule.key: Instant(at(sent), "UTC", "second")}
    found = clock(rule, Moments(aware=instant, notices=notices), at(now))
    assert found.due_at is not None
    assert seconds(found.due_at) == last, (rule.unit, rule.amount, rule.zone, trigger)
    assert found.state == again.state(trigger, last, now, sent), (rule.zone, trigger, now, sent)


def compare_random(number: int) -> None:
    chosen = random.Random(20261129)
    for _ in range(number):
        zone, stated_in = chosen.choice(ZONES), chosen.choice(ZONES)
        unit, amount = chosen.choice(COUNTS)
        sent = chosen.choice((None, None, 0, 1, -1, chosen.randint(-DAYS, DAYS)))
        offset = chosen.choice((0, 1, -1, chosen.randint(-DAYS, DAYS)))
        check(a_rule(unit, amount, zone), chosen.randrange(FIRST, LAST), stated_in, offset, sent)


DAYS = 3 * again.DAY


def around(zone: str) -> Iterator[int]:
    """The seconds next to each change, and half an hour, a day and three days to either side."""
    for change in again.changes(zone, FIRST, LAST):
        for distance in (0, 1, 1_799, 1_800, 3_599, 3_600, again.DAY, DAYS, DAYS + 1):
            yield change - distance
            yield change + distance


def compare_changes(zone: str) -> int:
    rules = [a_rule(unit, amount, zone) for unit, amount in COUNTS]
    instants = tuple(around(zone))
    for second in instants:
        for rule in rules:
            instant = Instant(at(second), zone, "second")
            due = due_at(rule, instant)
            assert due is not None
            assert seconds(due) == again.due(rule.unit, rule.amount or 0, zone, second), second
        compare_wall(zone, second)
    return len(instants)


def compare_wall(zone: str, second: int) -> None:
    """The wall times that the change may have skipped, shown once or shown twice."""
    for shown in (second + again.ahead(zone, second), second + again.ahead(zone, second - 1)):
        found = wall_time(at(shown).replace(tzinfo=None), zone)
        assert [seconds(each.utc) for each in found.readings] == again.readings(zone, shown)
        if found.kind == "never":
            assert found.before is not None
            assert found.after is not None
            after = seconds(found.after.utc)
            assert again.ahead(zone, after) != again.ahead(zone, after - 1)
            assert after - seconds(found.before.utc) == (1 if shown % 60 else 60)


def test_clocks_when_computed_twice_over_all_zones_then_agree() -> None:
    compare_random(2_000)


@pytest.mark.parametrize("zone", SAMPLE)
def test_clocks_when_around_every_change_of_some_zones_then_agree(zone: str) -> None:
    assert compare_changes(zone) > 0


@pytest.mark.long
def test_clocks_when_100000_instants_then_agree() -> None:
    compare_random(100_000)


@pytest.mark.long
@pytest.mark.timeout(3_600)
def test_clocks_when_around_every_change_of_all_zones_then_agree() -> None:
    numbers = {zone: compare_changes(zone) for zone in ZONES}
    changing = {zone: number for zone, number in numbers.items() if number}
    print(f"{len(changing)} of {len(ZONES)} zones change; {sum(changing.values())} instants")
    assert len(changing) > 100
