"""Reads days and times as people type them in a hurry, into the text that the register stores.

`14:30`, `yesterday 18:00`, `now` and `昨日 18:00` become a full local time; anything else is handed on unchanged, so that whoever
reads moments for good (`riskreg.formats`) answers for it. Pure: the present is passed in.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Final

_DAYS_BACK: Final = {
    "today": 0,
    "今日": 0,
    "今天": 0,
    "yesterday": 1,
    "昨日": 1,
    "昨天": 1,
    "前日": 2,
    "前天": 2,
}
_NOW: Final = frozenset({"now", "現在", "现在", "而家"})
_TIME: Final = re.compile(r"(\d{1,2})[:.](\d\d)\s*(am|pm)?|(\d{1,2})\s*(am|pm)")
_DAY_FIRST: Final = re.compile(r"(?P<day>\d{4}-\d{1,2}-\d{1,2}|[^\d\s]+)\s*(?P<time>\d.*)?")
_NOON: Final = 12
_HOURS: Final = 24


def moment_text(text: str, now: datetime) -> str:
    """What was typed for an instant, with the day written out where it was left out or named in words.

    A time alone is the last one that has passed: at 00:30, `23:50` is yesterday's.

    Args:
        text: As typed; full-width figures are fine.
        now: The present on the clocks of the organisation.
    """
    typed = _folded(text)
    if typed in _NOW:
        return f"{now:%Y-%m-%dT%H:%M}"
    if time := _time(typed):
        past = time <= f"{now:%H:%M}"
        return f"{now.date() - timedelta(days=not past)}T{time}"
    return _with_day(typed, now.date()) or text.strip()


def day_text(text: str, today: date) -> str:
    """What was typed for a day, with words such as `yesterday` written out as a date."""
    typed = _folded(text)
    if typed in _DAYS_BACK:
        return str(today - timedelta(days=_DAYS_BACK[typed]))
    return _iso_day(typed) or text.strip()


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _time(typed: str) -> str | None:
    match = _TIME.fullmatch(typed)
    if match is None:
        return None
    hour, minute = int(match[1] or match[4]), int(match[2] or 0)
    if half := match[3] or match[5]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return f"{hour:02}:{minute:02}" if hour < _HOURS and minute < 60 else None  # noqa: PLR2004


def _with_day(typed: str, today: date) -> str | None:
    match = _DAY_FIRST.fullmatch(typed.replace("t", " ") if typed[:1].isdigit() else typed)
    if match is None:
        return None
    word = match["day"].rstrip(",")
    day = str(today - timedelta(days=_DAYS_BACK[word])) if word in _DAYS_BACK else _iso_day(word)
    if day is None or not match["time"]:
        return day
    time = _time(match["time"].strip())
    return f"{day}T{time}" if time else None


def _iso_day(typed: str) -> str | None:
    parts = typed.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):  # noqa: PLR2004
        return None
    year, month, day = parts
    return f"{year}-{int(month):02}-{int(day):02}" if len(year) == 4 else None  # noqa: PLR2004
