"""Moments as lists say them."""

from __future__ import annotations

from riskreg.dates import here_words
from riskreg.i18n import translator
from riskreg.records.values import Instant


def test_here_when_a_moment_is_said_in_a_list_then_no_zone_and_no_more_than_is_known() -> None:
    english, chinese = translator("en"), translator("zh_Hant")
    at = Instant.parse("2026-11-20T11:40", "Europe/Brussels")
    assert here_words(at, "Asia/Hong_Kong", english) == "20 Nov 2026 18:40"
    assert here_words(at, "Asia/Hong_Kong", chinese) == "2026年11月20日 18:40"
    day = Instant.parse("2026-11-20", "Asia/Hong_Kong")
    assert here_words(day, "Asia/Hong_Kong", english) == "20 Nov 2026"
    month = Instant.parse("2026-11", "Asia/Hong_Kong")
    assert here_words(month, "Asia/Hong_Kong", chinese) == "2026年11月"
    twice = Instant.parse("2026-10-25T00:30Z", "UTC")
    assert here_words(twice, "Europe/Brussels", english) == "25 Oct 2026 02:30 UTC+02:00"
