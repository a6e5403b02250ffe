"""Days and moments as people type them, in English and Chinese, read into exact values; what cannot be read in one way is asked.

A time alone is the last such time; a local time that the clocks showed twice, or skipped, is one of `meanings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final, NamedTuple

from riskreg import clock
from riskreg.dates import folded, locale_of, zone_named
from riskreg.errors import N_
from riskreg.i18n import Language, Translator, translators
from riskreg.records.values import Instant, Unfit, local_readings, zone_of

_NEAR_DAYS: Final = {N_("yesterday"): -1, N_("today"): 0, N_("tomorrow"): 1}


class _Written(NamedTuple):
    """A date that was read; `day` is 0 where only the month was given."""

    year: int
    month: int
    day: int

    def iso(self) -> str:
        day = f"-{self.day:02}" if self.day else ""
        return f"{self.year:04}-{self.month:02}{day}"


_ENDING: Final = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]$")
_TIME: Final = re.compile(
    r"(?P<before>[ap]m|上午|下午|早上|凌晨|晚上)?\s*"
    r"(?<!\d)(?P<hour>\d{1,2})(?:\s*[:時时點点]\s*(?P<minute>\d\d)分?(?::(?P<second>\d\d))?|\s*(?P<oclock>[時时點点])整?)?\s*"
    r"(?P<after>[ap]m)?\s*(?:(?:utc|gmt)?(?P<offset>[+-]\d\d:\d\d|z|utc))?(?!\S)"
)
_LOCAL: Final = re.compile(r"(?P<wall>\d{4}-\d\d-\d\dT\d\d:\d\d(?P<second>:\d\d)?)\[(?P<zone>.+)\]")
_YEAR_FIRST: Final = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)")
_CHINESE: Final = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(?:(\d{1,2})\s*[日號号])?")
_NUMBERS: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_MONTH_NUMBER: Final = re.compile(r"(\d{1,2})/(\d{4})")
_DAY_NAME: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]?([a-z]+)\.?,?[ -]?(\d{4})")
_NAME_DAY: Final = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MONTH_NAME: Final = re.compile(r"([a-z]+)\.?[ -](\d{4})")
_WEEKDAY: Final = re.compile(
    r"^(?P<english>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +"
    r"|\s*\(?(?:(?<=\()|星期|週|周|禮拜|礼拜)(?P<chinese>[一二三四五六日天])\)?$"
)
_ISO_MARK: Final = re.compile(r"(?<=\d)t$")
"""What is left of `2026-11-20T18:40` when the time is taken away."""
_ENGLISH_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE_DAYS: Final = "一二三四五六日天"


def read_day(text: str, t: Translator, zone: str) -> date:
    """A day as it was typed: `2026-11-20`, `20 Nov 2026`, `20/11/2026`, `2026年11月20日`, `today`.

    Args:
        text: What was typed.
        t: Whose language decides whether a day may come first in numbers.
        zone: Where "today" is.

    Raises:
        Unfit: It is no day, there is no such day, or it is not clear which number is the day.
    """
    written = _read_date(folded(text), t, zone)
    if not written.day:
        raise Unfit(N_("a day is written 20 Nov 2026 or 2026-11-20"))
    return date(*written)


def read_instant(text: str, t: Translator, zone: str) -> Instant:
    """A moment as it was typed: a day and a time, the last such time, a day, or a month; a city or zone may follow in brackets.

    Raises:
        Unfit: It cannot be read, or there is no such day, time or zone.
    """
    rest = folded(text)
    if rest in _now_words():
        return Instant(clock.now().replace(second=0, microsecond=0), zone_of(zone).key)
    return Instant.parse(_stated(rest, t, zone))


def meanings(text: str, t: Translator, zone: str) -> tuple[Instant, ...]:
    """What can be meant by a local time that the clocks showed twice, or never; nothing where it is clear, or cannot be read.

    Of one that they skipped, the moments it would have been before and after they were put forward. The earlier one comes first.
    """
    try:
        return _readings_of(_stated(folded(text), t, zone))
    except Unfit:
        return ()


def _stated(rest: str, t: Translator, zone: str) -> str:
    """What was typed, as the text that `Instant.parse` reads; raises `Unfit`."""
    found = _ENDING.search(rest)
    if found and found[1] not in _CHINESE_DAYS:
        zone = zone_named(found[1], t)
        rest = rest[: found.start()]
    day, time = _split(rest)
    if time and not day:
        return _last(time, zone)
    written = _read_date(day, t, zone) if day else _near(0, zone)
    if time and not written.day:
        raise Unfit(N_("a time needs a day, such as 20 Nov 2026, 18:40"))
    return f"{written.iso()}{time}[{zone}]"


def _last(time: str, zone: str) -> str:
    """A time alone is the last such time that is not in the future: what is logged has happened."""
    today = f"{_near(0, zone).iso()}{time}[{zone}]"
    readings = _readings_of(today) or (Instant.parse(today),)
    if readings[0].utc <= clock.now():
        return today
    return f"{_near(-1, zone).iso()}{time}[{zone}]"


def _readings_of(stated: str) -> tuple[Instant, ...]:
    """The moments that a local time without offset can mean, where that is not exactly one."""
    found = _LOCAL.fullmatch(stated)
    if found is None:
        return ()
    zone = found["zone"]
    try:
        wall = datetime.fromisoformat(found["wall"])
        readings = local_readings(wall, zone)
        if not readings:
            skipped = (wall.replace(tzinfo=zone_of(zone), fold=fold) for fold in (0, 1))
            readings = tuple(sorted(each.astimezone(UTC) for each in skipped))
    except (ValueError, OverflowError):
        return ()  # no such day or time: reading it will say so
    if len(readings) == 1:
        return ()
    return tuple(
        Instant(each, zone, "second" if found["second"] else "minute") for each in readings
    )


def _split(text: str) -> tuple[str, str]:
    """The part that names the day and, as ISO 8601, the time; either may be empty."""
    for found in _TIME.finditer(text):
        if found["minute"] or found["oclock"] or found["before"] or found["after"]:
            rest = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,")
            return _ISO_MARK.sub("", rest), _iso_time(found)
    return text.strip(" ,"), ""


def _iso_time(found: re.Match[str]) -> str:
    hour = int(found["hour"])
    half = found["before"] or found["after"]
    if (half and not 1 <= hour <= 12) or (half == "晚上" and not 6 <= hour <= 11):
        raise Unfit(N_("there is no such day or time"))
    if half:
        hour = hour % 12 + (0 if half in ("am", "上午", "早上", "凌晨") else 12)
    second = f":{found['second']}" if found["second"] else ""
    offset = (found["offset"] or "").upper().replace("UTC", "Z")
    return f"T{hour:02}:{found['minute'] or '00'}{second}{offset}"


def _read_date(text: str, t: Translator, zone: str) -> _Written:
    text = text.strip()
    days = _near_days().get(text)
    if days is not None:
        return _near(days, zone)
    weekday = _WEEKDAY.search(text)
    if weekday:
        text = (text[: weekday.start()] + text[weekday.end() :]).strip()
    written = next(filter(None, _readings(text, t)), None)
    if written is None:
        raise Unfit(N_("a day is written 20 Nov 2026 or 2026-11-20"))
    _check(written, weekday)
    return written


def _readings(text: str, t: Translator) -> Iterator[_Written | None]:
    if found := _YEAR_FIRST.fullmatch(text):
        yield _Written(int(found[1]), int(found[3]), int(found[4] or 0))
    if found := _CHINESE.fullmatch(text):
        yield _Written(int(found[1]), int(found[2]), int(found[3] or 0))
    if found := _DAY_NAME.fullmatch(text):
        yield _named(found[2], int(found[1]), int(found[3]))
    if found := _NAME_DAY.fullmatch(text):
        yield _named(found[1], int(found[2]), int(found[3]))
    if found := _MONTH_NAME.fullmatch(text):
        yield _named(found[1], 0, int(found[2]))
    if found := _MONTH_NUMBER.fullmatch(text):
        yield _Written(int(found[2]), int(found[1]), 0)
    if found := _NUMBERS.fullmatch(text):
        yield _by_order(int(found[1]), int(found[3]), int(found[4]), t)


def _named(name: str, day: int, year: int) -> _Written | None:
    month = _month_names().get(name)
    return _Written(year, month, day) if month else None


def _by_order(first: int, second: int, year: int, t: Translator) -> _Written:
    """Day first where that is the manner of the language; elsewhere only what can be read in one way."""
    if first > 12 or first == second or _is_day_first(t.language):
        return _Written(year, second, first)
    raise Unfit(N_("it is not clear which number is the day: write 2026-11-20"))


@cache
def _is_day_first(language: Language) -> bool:
    return str(locale_of(language).date_formats["short"].pattern).startswith("d")


def month_number(name: str) -> int | None:
    """The month of an English name, short or long; None where it is none."""
    return _month_names().get(folded(name))


@cache
def _month_names() -> dict[str, int]:
    months = locale_of("en").months["format"]
    names = {
        str(months[width][number]).casefold(): number
        for width in ("wide", "abbreviated")
        for number in range(1, 13)
    }
    return {**names, **{name[:3]: number for name, number in names.items()}}


@cache
def _now_words() -> frozenset[str]:
    return frozenset(t.gettext(N_("now")) for t in translators())


@cache
def _near_days() -> dict[str, int]:
    words = {t.gettext(word): days for t in translators() for word, days in _NEAR_DAYS.items()}
    return {"今日": 0, "昨日": -1, "明日": 1, "今天": 0, "昨天": -1, "明天": 1, **words}


def _near(days: int, zone: str) -> _Written:
    there = clock.today(zone) + timedelta(days=days)
    return _Written(there.year, there.month, there.day)


def _check(written: _Written, weekday: re.Match[str] | None) -> None:
    """That there is such a day, and that it is the weekday it was said to be."""
    try:
        day = datetime(written.year, written.month, written.day or 1, tzinfo=UTC)
    except ValueError:
        raise Unfit(N_("there is no such day or time")) from None
    if weekday and written.day and day.weekday() != _weekday_number(weekday):
        raise Unfit(N_("that day is another day of the week"))


def _weekday_number(found: re.Match[str]) -> int:
    if found["english"]:
        return _ENGLISH_DAYS.index(found["english"])
    return min(_CHINESE_DAYS.index(found["chinese"]), 6)
