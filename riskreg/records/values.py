"""Values that the standard library lacks.

An instant with its zone and precision, a count with its precision, an amount of money.

Each is frozen, compares by content and has one text, which journal, command line, mapping files and
workbook share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from riskreg.errors import N_


class Unfit(ValueError):
    """A text or number that is no value of its field.

    `reason` is a msgid, `parameters` what it names.
    """

    def __init__(self, reason: str, **parameters: str | int) -> None:
        super().__init__(reason.format(**parameters))
        self.reason = reason
        self.parameters = parameters


Precision = Literal["month", "day", "minute", "second"]
CountPrecision = Literal["exact", "approximate", "undeterminable", "to_be_determined"]

CLOCKS_DIFFER: Final = timedelta(hours=1)
"""By how much the clock of this computer may be behind another one: what is said to be later than that has not come."""

_YEARS: Final = range(1000, 9999)
"""Years of which every moment has four digits in every zone; others are slips of the hand (0202)."""

_INSTANT: Final = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)"
    r"(?:-(?P<day>\d\d)(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?P<offset>Z|[+-]\d\d:\d\d(?::\d\d)?)?)?)?"
    r"(?:\[(?P<zone>[A-Za-z0-9_+\-/]+)\])?"
)


def zone_of(name: str) -> ZoneInfo:
    """The IANA zone of that name; raises `Unfit` where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unfit(N_("there is no time zone {zone}"), zone=name) from None


@dataclass(frozen=True, slots=True)
class Instant:
    """A point in time as well as it is known.

    Attributes:
        utc: The start of the stated month, day, minute or second, in UTC.
        zone: The IANA zone in which it was stated.
        precision: How exactly it is known.
    """

    utc: datetime
    zone: str
    precision: Precision = "minute"

    @property
    def local(self) -> datetime:
        """The same moment on the clocks of its zone."""
        return self.utc.astimezone(zone_of(self.zone))

    @classmethod
    def at(cls, moment: datetime, zone: str = "UTC") -> Instant:
        """A moment to the second, as the register notes its own times."""
        return cls(moment.astimezone(UTC).replace(microsecond=0), zone, "second")

    def __str__(self) -> str:
        """RFC 9557, shortened to its precision.

        `2026-11-24T18:40+08:00[Asia/Hong_Kong]`, `2026-11-24[...]`, `2026-11[...]`.
        """
        local = self.local
        if self.precision == "month":
            return f"{local:%Y-%m}[{self.zone}]"
        if self.precision == "day":
            return f"{local:%Y-%m-%d}[{self.zone}]"
        return f"{local.isoformat(timespec=f'{self.precision}s')}[{self.zone}]"

    @classmethod
    def parse(cls, text: str, zone: str = "") -> Instant:
        """Read RFC 9557 or ISO 8601; `zone` is used where the text names none.

        Raises:
            Unfit: It is no such text, no such day, the zone is missing or unknown, the local time
            happens twice or never and no
                offset says which, or the offset is not one of that zone.
        """
        match = _INSTANT.fullmatch(text.strip())
        if match is None:
            refuse_no_day(text)
            raise Unfit(N_("a moment is written 2026-11-24T18:40, 2026-11-24 or 2026-11"))
        name = match["zone"] or zone
        if not name:
            raise Unfit(N_("the time zone is missing"))
        return _instant(match, name)


def _instant(match: re.Match[str], name: str) -> Instant:
    number = [int(match[part] or default) for part, default in _PARTS]
    try:
        year, month, day, hour, minute, second = number
        if year not in _YEARS:
            raise ValueError
        wall = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 (wall time)
    except ValueError:
        raise Unfit(NO_SUCH_DAY) from None
    precision: Precision = "month"
    if match["day"]:
        precision = "second" if match["second"] else "minute" if match["hour"] else "day"
    if precision in ("month", "day"):
        return Instant(start_of_day(wall.date(), name), name, precision)
    return Instant(_moment(wall, name, match["offset"]), name, precision)


NO_SUCH_DAY: Final = N_("there is no such day or time")

_NUMBERS: Final = re.compile(r"(?=\d{4}|.*\d{4}$)(\d{4}|\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{1,2})")
"""Three numbers, one of them a whole year."""

_PARTS: Final = (
    ("year", 0), ("month", 1), ("day", 1), ("hour", 0), ("minute", 0), ("second", 0),
)  # fmt: skip


def refuse_no_day(text: str) -> None:
    """Refuse a text of three numbers that is a day in no order: how a day is written is not what is wrong with it."""
    found = _NUMBERS.fullmatch(text.strip())
    if found is None:
        return
    first, second, third = (int(part) for part in found.groups())
    orders = ((first, second, third), (third, second, first), (third, first, second))
    if not any(_is_day(*order) for order in orders):
        raise Unfit(NO_SUCH_DAY)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day).year in _YEARS
    except ValueError:
        return False


def start_of_day(day: date, zone: str) -> datetime:
    """The first moment of a day in a zone, in UTC; where midnight is skipped, the first that exists."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone_of(zone))
    return midnight.astimezone(UTC)


def _moment(wall: datetime, name: str, offset: str | None) -> datetime:
    zone = zone_of(name)
    if offset == "Z":
        return wall.replace(tzinfo=UTC)
    if offset is not None:
        return _checked_offset(wall, zone, offset)
    readings = local_readings(wall, name)
    if not readings:
        raise Unfit(N_("this local time does not exist: the clocks were put forward"))
    if len(readings) > 1:
        first, second = (_with_offset(each, zone) for each in readings)
        raise Unfit(
            N_("that local time happened twice: write {first} or {second}"),
            first=first,
            second=second,
        )
    return readings[0]


def local_readings(wall: datetime, name: str) -> tuple[datetime, ...]:
    """The UTC moments that a local time without offset can mean.

    None, one or two, earliest first.
    """
    zone = zone_of(name)
    found = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return tuple(
        sorted(moment for moment in found if moment.astimezone(zone).replace(tzinfo=None) == wall)
    )


def _checked_offset(wall: datetime, zone: ZoneInfo, offset: str) -> datetime:
    hours, minutes, seconds = (int(part) for part in f"{offset[1:]}:00".split(":")[:3])
    delta = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    delta *= -1 if offset[0] == "-" else 1
    try:
        moment = wall.replace(tzinfo=timezone(delta)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unfit(N_("there is no such offset")) from None
    if moment.astimezone(zone).utcoffset() != delta:
        raise Unfit(
            N_("the offset {offset} is not one of {zone} at that time"),
            offset=offset,
            zone=zone.key,
        )
    return moment


def _with_offset(moment: datetime, zone: ZoneInfo) -> str:
    precise = "seconds" if moment.second else "minutes"
    return moment.astimezone(zone).isoformat(timespec=precise)


@dataclass(frozen=True, slots=True)
class Count:
    """How many, as well as it is known.

    `number` is None where it cannot be determined or is still to be.

    As text: `150`, `~150` (approximate), `?` (cannot be determined), `tbd` (to be determined).
    """

    number: int | None
    precision: CountPrecision = "exact"

    def __str__(self) -> str:
        sign = {"exact": "", "approximate": "~", "undeterminable": "?", "to_be_determined": "tbd"}[
            self.precision
        ]
        return sign if self.number is None else f"{sign}{self.number}"

    @classmethod
    def of(cls, number: int | None, precision: CountPrecision) -> Count:
        """A count whose number and precision agree, from 0 to 10**15; raises `Unfit` otherwise."""
        if precision not in get_args(CountPrecision):
            raise Unfit(N_("a count is 150, ~150, ? or tbd"))
        if (number is None) != (precision in ("undeterminable", "to_be_determined")):
            raise Unfit(
                N_("a count has a number unless it cannot be determined or is to be determined")
            )
        if number is not None and not 0 <= number <= 10**15:
            raise Unfit(N_("a count is a whole number from 0"))
        return cls(number, precision)

    @classmethod
    def parse(cls, text: str) -> Count:
        """Read the text of a count; raises `Unfit`."""
        text = text.strip()
        if text in ("?", "tbd"):
            return cls(None, "undeterminable" if text == "?" else "to_be_determined")
        digits = text.removeprefix("~").strip()
        if not (digits.isascii() and digits.isdigit()):
            raise Unfit(N_("a count is 150, ~150, ? or tbd"))
        return cls.of(int(digits[:20]), "approximate" if text.startswith("~") else "exact")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the smallest unit of its currency (cents), and the currency's ISO 4217 code.

    As text: `HKD 18000.00`.
    """

    minor: int
    currency: str

    def __str__(self) -> str:
        sign = "-" if self.minor < 0 else ""
        return f"{self.currency} {sign}{abs(self.minor) // 100}.{abs(self.minor) % 100:02}"

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read `HKD 18000.00`; raises `Unfit`."""
        match = re.fullmatch(r"([A-Z]{3}) (-?)(\d{1,13})(?:\.(\d\d))?", text.strip())
        if match is None:
            raise Unfit(N_("an amount is written HKD 18000.00"))
        minor = int(match[3]) * 100 + int(match[4] or 0)
        return cls(-minor if match[2] else minor, match[1])
