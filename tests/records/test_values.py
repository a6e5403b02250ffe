"""Instants, counts and money: one text each, that means one value."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from riskreg.records import values
from riskreg.records.values import Count, Instant, Money, Unfit
from tests import strategies

HK = "Asia/Hong_Kong"


@pytest.mark.parametrize(
    ("text", "utc", "precision", "shown"),
    [
        ("2026-11-24T18:40", (2026, 11, 24, 10, 40), "minute", "2026-11-24T18:40+08:00[Asia/Hong_Kong]"),
        ("2026-11-24 18:40", (2026, 11, 24, 10, 40), "minute", "2026-11-24T18:40+08:00[Asia/Hong_Kong]"),
        ("2026-11-24T18:40:05", (2026, 11, 24, 10, 40, 5), "second", "2026-11-24T18:40:05+08:00[Asia/Hong_Kong]"),
        ("2026-11-24T10:40Z", (2026, 11, 24, 10, 40), "minute", "2026-11-24T18:40+08:00[Asia/Hong_Kong]"),
        ("2026-11-24", (2026, 11, 23, 16), "day", "2026-11-24[Asia/Hong_Kong]"),
        ("2026-11", (2026, 10, 31, 16), "month", "2026-11[Asia/Hong_Kong]"),
        (" 2026-11-24 ", (2026, 11, 23, 16), "day", "2026-11-24[Asia/Hong_Kong]"),
    ],
)  # fmt: skip
def test_instant_when_read_then_it_keeps_moment_and_precision(
    text: str, utc: tuple[int, ...], precision: str, shown: str
) -> None:
    found = Instant.parse(text, HK)
    assert (found.utc, found.precision) == (datetime(*utc, tzinfo=UTC), precision)  # type: ignore[misc,arg-type]
    assert str(found) == shown


def test_instant_when_the_text_names_a_zone_then_that_one_counts() -> None:
    assert Instant.parse("2026-11-24T18:40[Europe/London]", HK).zone == "Europe/London"


@pytest.mark.parametrize(
    ("text", "zone", "reason"),
    [
        ("24.11.2026", HK, "a moment is written"),
        ("2026-11-24T18", HK, "a moment is written"),
        ("3/4/2026", HK, "a moment is written"),
        ("15/03/26", HK, "a moment is written"),
        ("31/02/2026", HK, "there is no such day or time"),
        ("13/13/2026", HK, "there is no such day or time"),
        ("2026-02-30", HK, "there is no such day or time"),
        ("2026-13-01", HK, "there is no such day or time"),
        ("2026-11-24T24:00", HK, "there is no such day or time"),
        ("2026-06-30T23:59:60", HK, "there is no such day or time"),
        ("0202-11-24", HK, "there is no such day or time"),
        ("0001-01-01", HK, "there is no such day or time"),
        ("9999-12-31T23:59", "America/New_York", "there is no such day or time"),
        ("2026-11-24T18:40", "", "the time zone is missing"),
        ("2026-11-24T18:40[Mars/Base]", HK, "there is no time zone Mars/Base"),
        ("2026-11-24T18:40", "../etc/passwd", "there is no time zone"),
        ("2026-03-29T01:30", "Europe/London", "this local time does not exist"),
        ("2026-10-25T01:30", "Europe/London", "happened twice: write 2026-10-25T01:30+01:00 or 2026-10-25T01:30+00:00"),
        ("2026-11-24T18:40+09:00", HK, "the offset +09:00 is not one of Asia/Hong_Kong"),
        ("2026-11-24T18:40+99:00", HK, "there is no such offset"),
    ],
)  # fmt: skip
def test_instant_when_the_text_is_no_moment_then_the_reason_is_said(
    text: str, zone: str, reason: str
) -> None:
    with pytest.raises(Unfit, match=reason.replace("+", r"\+").replace("/", "/")):
        Instant.parse(text, zone)


@pytest.mark.parametrize(
    ("offset", "utc"), [("+01:00", (2026, 10, 25, 0, 30)), ("+00:00", (2026, 10, 25, 1, 30))]
)
def test_instant_when_the_hour_happened_twice_then_the_offset_says_which(
    offset: str, utc: tuple[int, ...]
) -> None:
    found = Instant.parse(f"2026-10-25T01:30{offset}", "Europe/London")
    assert found.utc == datetime(*utc, tzinfo=UTC)  # type: ignore[misc,arg-type]
    assert Instant.parse(str(found)) == found


def test_instant_when_midnight_does_not_exist_then_the_day_begins_at_the_first_moment() -> None:
    # Santiago put its clocks forward at midnight: 6 September 2026 began at 01:00
    assert values.start_of_day(date(2026, 9, 6), "America/Santiago") == datetime(
        2026, 9, 6, 4, tzinfo=UTC
    )


def test_instant_when_the_zone_had_odd_seconds_then_its_text_is_still_read() -> None:
    # Hong Kong stood at +07:36:42 until 1904
    found = Instant.parse("1900-05-01T10:00", HK)
    assert Instant.parse(str(found)) == found


@given(strategies.instants())
def test_instant_when_written_and_read_then_it_is_the_same(instant: Instant) -> None:
    assert Instant.parse(str(instant)) == instant


@pytest.mark.parametrize(
    ("text", "number", "precision"),
    [
        ("150", 150, "exact"),
        ("~150", 150, "approximate"),
        ("~ 150", 150, "approximate"),
        ("0", 0, "exact"),
        ("?", None, "undeterminable"),
        ("tbd", None, "to_be_determined"),
    ],
)
def test_count_when_read_then_number_and_precision(
    text: str, number: int | None, precision: str
) -> None:
    found = Count.parse(text)
    assert (found.number, found.precision) == (number, precision)


@pytest.mark.parametrize("text", ["-1", "1.5", "1,000", "~", "", "??", "１５", "about 3", "9" * 17])
def test_count_when_the_text_is_none_then_it_is_refused(text: str) -> None:
    with pytest.raises(Unfit):
        Count.parse(text)


def test_count_when_number_and_precision_disagree_then_it_is_refused() -> None:
    for number, precision in ((None, "exact"), (3, "undeterminable"), (-1, "exact"), (3, "rough")):
        with pytest.raises(Unfit):
            Count.of(number, precision)  # type: ignore[arg-type]


@given(strategies.counts)
def test_count_when_written_and_read_then_it_is_the_same(count: Count) -> None:
    assert Count.parse(str(count)) == count


@pytest.mark.parametrize(
    ("text", "minor"),
    [("HKD 18000.00", 1_800_000), ("HKD -0.05", -5), ("USD 7", 700), (" HKD 1.00 ", 100)],
)
def test_money_when_read_then_cents(text: str, minor: int) -> None:
    assert Money.parse(text).minor == minor


@pytest.mark.parametrize("text", ["18000", "HKD 1.5", "hkd 1", "HKD 1.000", "HKD", "HKD 1e3", "$5"])
def test_money_when_the_text_is_none_then_it_is_refused(text: str) -> None:
    with pytest.raises(Unfit):
        Money.parse(text)


@given(strategies.monies)
def test_money_when_written_and_read_then_it_is_the_same(money: Money) -> None:
    assert Money.parse(str(money)) == money
