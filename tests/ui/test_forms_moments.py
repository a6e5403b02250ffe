"""Times as people type them on a Friday evening."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ui.forms.moments import day_text, moment_text

NOW = datetime(2026, 11, 20, 18, 40)  # noqa: DTZ001 - a wall clock


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14:30", "2026-11-20T14:30"),
        ("9:05", "2026-11-20T09:05"),
        ("14.30", "2026-11-20T14:30"),
        ("2:30 pm", "2026-11-20T14:30"),
        ("12am", "2026-11-20T00:00"),
        ("23:50", "2026-11-19T23:50"),
        ("now", "2026-11-20T18:40"),
        ("現在", "2026-11-20T18:40"),
        ("yesterday 18:00", "2026-11-19T18:00"),
        ("Yesterday, 18:00", "2026-11-19T18:00"),
        ("昨日 18:00", "2026-11-19T18:00"),
        ("昨日18:00", "2026-11-19T18:00"),
        ("today", "2026-11-20"),
        ("2026-11-20", "2026-11-20"),
        ("2026-1-5 9:00", "2026-01-05T09:00"),
        ("2026-11-20 18:40", "2026-11-20T18:40"),
        ("２０２６-11-20　18：40", "2026-11-20T18:40"),
        ("2026-11", "2026-11"),
        ("2026-11-24T18:40+08:00[Asia/Hong_Kong]", "2026-11-24T18:40+08:00[Asia/Hong_Kong]"),
        ("25:00", "25:00"),
        ("13 pm", "13 pm"),
        ("soon", "soon"),
    ],
)
def test_moment_text_when_typed_in_a_hurry_then_has_its_day(typed: str, read: str) -> None:
    assert moment_text(typed, NOW) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("yesterday", "2026-11-19"),
        ("今日", "2026-11-20"),
        ("2026-1-5", "2026-01-05"),
        ("31/12", "31/12"),
        ("", ""),
    ],
)
def test_day_text_when_a_word_or_short_date_then_is_a_date(typed: str, read: str) -> None:
    assert day_text(typed, date(2026, 11, 20)) == read
