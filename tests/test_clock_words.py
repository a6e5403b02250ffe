"""Clocks in words: what is whole is said, nothing is made up, and each says whose it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from riskreg import clock_words, regimes_catalogue
from riskreg.i18n import translator, translators
from riskreg.records.values import Instant
from riskreg.rules.deadlines import Moments, State, Waiver, clock
from riskreg.rules.regimes import CHOICES

AWARE = Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]")
EN = translator("en")


def rule(key: str):
    return next(each for each in regimes_catalogue.rules() if each.key == key)


def at(hours: float) -> datetime:
    return AWARE.utc + timedelta(hours=hours)


def eu(hours: float, *, sent: float | None = None):
    notices = {} if sent is None else {"eu_authority": Instant.at(at(sent))}
    return clock(rule("eu_authority"), Moments(aware=AWARE, notices=notices), at(hours))


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=95, minutes=59), "95 h"),
        (timedelta(hours=96), "4 d"),
        (timedelta(days=1200), "1,200 d"),
        (timedelta(seconds=-5), "0 min"),
    ],
)
def test_span_when_a_unit_is_not_over_then_it_is_not_counted(length: timedelta, said: str) -> None:
    assert clock_words.span(length, EN) == said


@pytest.mark.parametrize(
    ("hours", "said", "level"),
    [
        (26, "GDPR: due in 46 h", "moderate"),
        (53.9, "GDPR: due in 18 h", "moderate"),
        (54, "GDPR: due in 18 h", "high"),
        (71.5, "GDPR: due in 30 min", "high"),
        (72, "GDPR: due in 0 min", "high"),
        (72.01, "GDPR: late by 0 min", "critical"),
        (120, "GDPR: late by 48 h", "critical"),
        (72 + 96, "GDPR: late by 4 d", "critical"),
    ],
)
def test_named_when_hours_run_then_what_is_left_or_over_is_said(
    hours: float, said: str, level: str
) -> None:
    found = eu(hours)
    assert (clock_words.named(found, EN), clock_words.level(found)) == (said, level)


def test_named_when_no_hours_are_set_then_it_counts_up_and_has_no_level() -> None:
    found = clock(rule("hk_pcpd"), Moments(aware=AWARE), at(26.5))
    assert clock_words.named(found, EN) == "26 h since aware"
    assert clock_words.level(found) == ""
    assert "26 hours since you became aware. Hong Kong law sets no fixed limit" in (
        clock_words.sentence(found, "Asia/Hong_Kong", EN)
    )


def test_sentence_when_hours_run_then_the_deadline_stands_in_the_zone_asked_for() -> None:
    said = clock_words.sentence(eu(26), "Asia/Hong_Kong", EN)
    assert said == "46 hours left. It is due Mon 23 Nov 2026, 18:40 (Hong Kong)."
    assert "11:40 (Berlin)" in clock_words.sentence(eu(26), "Europe/Berlin", EN)


def test_sentence_when_it_is_over_then_how_late_and_when_it_was_due() -> None:
    said = clock_words.sentence(eu(73), "Asia/Hong_Kong", EN)
    assert said == "Late by 1 hour. It was due Mon 23 Nov 2026, 18:40 (Hong Kong)."


def test_short_when_sent_then_after_how_long_and_a_late_one_asks_for_its_reason() -> None:
    assert clock_words.short(eu(200, sent=19.5), EN) == "told after 19 h"
    late = eu(200, sent=80)
    assert clock_words.short(late, EN) == "told late, after 80 h"
    assert clock_words.level(late) == "high"


def test_due_words_when_days_are_counted_then_the_last_second_is_said() -> None:
    found = clock(rule("sg_authority"), Moments(notifiable=AWARE), at(1))
    assert found.due_at is not None
    assert "23:59:59 (Singapore)" in clock_words.due_words(found.due_at, "Asia/Singapore", EN)


def test_limit_when_hours_are_set_then_from_when_they_count() -> None:
    assert clock_words.limit(rule("eu_authority"), EN) == "within 72 hours after you became aware"
    assert "no hours are set" in clock_words.limit(rule("hk_pcpd"), EN)


def test_words_when_any_rule_is_told_in_any_language_then_nothing_fails() -> None:
    moments = Moments(aware=AWARE, discovered=AWARE, notifiable=AWARE, closed=AWARE)
    for t in translators():
        for each in regimes_catalogue.rules():
            for applies, waived in (
                (True, None),
                (True, Waiver(reason="r", by="b")),
                (False, None),
            ):
                found = clock(each, moments, at(26), applies=applies, waived=waived)
                assert clock_words.named(found, t)
                assert clock_words.sentence(found, "Asia/Hong_Kong", t)
            assert clock_words.limit(each, t)


def test_tables_when_a_state_or_basis_exists_then_it_has_a_word() -> None:
    assert set(clock_words.STATES) == set(State.__args__)
    assert set(clock_words.BASES) == set(CHOICES["basis"])


def test_since_aware_when_it_lies_ahead_then_nothing_is_counted() -> None:
    assert (
        clock_words.since_aware(AWARE, datetime(2026, 1, 1, tzinfo=UTC), EN) == "0 min since aware"
    )
