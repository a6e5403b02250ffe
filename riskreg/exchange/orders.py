"""Whether day or month comes first in a column, and whether a comma or a point stands before decimals: found, or asked, never guessed.

One text says little: 03/04/2026 is two days. A column says more: where 25/12/2026 stands in it, the day comes
first. Where every order fits all of it, only a person knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias, TypeVar
from unicodedata import normalize

from riskreg.errors import N_
from riskreg.records.values import Precision
from riskreg.typed_dates import month_number

Option: TypeAlias = Literal[
    "day first", "month first", "year first", "decimal point", "decimal comma"
]

DAY_FIRST: Final[Option] = N_("day first")  # type: ignore[assignment]
MONTH_FIRST: Final[Option] = N_("month first")  # type: ignore[assignment]
YEAR_FIRST: Final[Option] = N_("year first")  # type: ignore[assignment]
POINT: Final[Option] = N_("decimal point")  # type: ignore[assignment]
COMMA: Final[Option] = N_("decimal comma")  # type: ignore[assignment]
ORDERS: Final = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)
SIGNS: Final = (POINT, COMMA)

_T = TypeVar("_T")


class Decision(NamedTuple):
    """What the texts of a column say of how they are meant.

    Attributes:
        chosen: The option that all of them fit, or that it makes no difference; None where it must be asked.
        options: Those that can be asked for; empty where nothing depends on it.
        example: A text that shows the choice, or one that calls for the question.
        open: The texts that wait for an answer.
    """

    chosen: Option | None
    options: tuple[Option, ...] = ()
    example: str = ""
    open: frozenset[str] = frozenset()


def decide(texts: Iterable[str], readings: Callable[[str], Mapping[Option, _T]]) -> Decision:
    """Which option fits every text that is read at all.

    Where no option fits all of them, a text that only one fits still says what it means; the others wait.
    """
    read = ((text, readings(text)) for text in sorted(set(texts)))
    depending = {text: found for text, found in read if found and not _is_plain(found)}
    if not depending:
        return Decision(None)
    fits = set(SIGNS + ORDERS).intersection(*depending.values())
    seen = fits or {option for found in depending.values() for option in found}
    options = tuple(option for option in (*ORDERS, *SIGNS) if option in seen)
    if len(fits) == 1:
        telling = min(depending, key=lambda text: len(depending[text]))
        return Decision(options[0], options, telling)
    still = [
        text
        for text, found in depending.items()
        if len({found[option] for option in fits or found}) > 1
    ]
    if not still:
        return Decision(options[0] if fits else None)
    return Decision(None, options, still[0], frozenset(still))


def _is_plain(found: Mapping[Option, object]) -> bool:
    """It says the same whatever the option."""
    every = SIGNS if found.keys() <= set(SIGNS) else ORDERS
    return len(found) == len(every) and len(set(found.values())) == 1


# Days


class Written(NamedTuple):
    """A day or moment as a text says it, on the clocks of its zone, and how exactly."""

    at: datetime
    precision: Precision


_TIME: Final = r"(?:(?:\s*[T,]\s*|\s+)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.0+)?)?\s*(?P<half>[ap]\.?m\.?)?)?"
_NUMBERS: Final = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})" + _TIME, re.IGNORECASE)
_CHINESE: Final = re.compile(
    r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?" + _TIME, re.IGNORECASE
)
_DAY_MONTH: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s-]*([^\W\d_]{3,})\.?[\s,-]*(\d{4})" + _TIME, re.IGNORECASE
)
_MONTH_DAY: Final = re.compile(
    r"([^\W\d_]{3,})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?(?:\s*,\s*|[\s-]+)(\d{4})" + _TIME,
    re.IGNORECASE,
)
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)" + _TIME, re.IGNORECASE)


@lru_cache(maxsize=65_536)
def days(text: str) -> Mapping[Option, Written]:
    """The days or moments that a text may mean, by the order it is read in; none where it is not so written.

    Two digits of a year are of this century up to 68, as in POSIX; where the year has but two, it may come first.
    """
    tidy = normalize("NFKC", text).strip()
    if match := _NUMBERS.fullmatch(tidy):
        return dict(_by_order(match))
    for pattern, places in ((_CHINESE, (1, 2, 3)), (_COMPACT, (1, 2, 3))):
        if match := pattern.fullmatch(tidy):
            return _each(_written(match, *(int(match[place]) for place in places)))
    for pattern, year, month, day in ((_DAY_MONTH, 3, 2, 1), (_MONTH_DAY, 3, 1, 2)):
        if (match := pattern.fullmatch(tidy)) and (number := month_number(match[month])):
            return _each(_written(match, int(match[year]), number, int(match[day])))
    return {}


def _by_order(match: re.Match[str]) -> Iterator[tuple[Option, Written]]:
    first, second, third = match[1], match[3], match[4]
    if len(first) == 4:
        yield from _each(_written(match, int(first), int(second), int(third))).items()
        return
    if len(first) == 3 or len(third) not in (2, 4):
        return
    found: list[tuple[Option, tuple[int, int, int]]] = [
        (DAY_FIRST, (_year(third), int(second), int(first))),
        (MONTH_FIRST, (_year(third), int(first), int(second))),
    ]
    if len(third) == 2 == len(first):
        found.append((YEAR_FIRST, (_year(first), int(second), int(third))))
    for option, numbers in found:
        if written := _written(match, *numbers):
            yield option, written


def _year(digits: str) -> int:
    number = int(digits)
    return number if len(digits) == 4 else number + (2000 if number < 69 else 1900)


def _each(written: Written | None) -> Mapping[Option, Written]:
    """The same whatever comes first."""
    return dict.fromkeys(ORDERS, written) if written else {}


def _written(match: re.Match[str], year: int, month: int, day: int) -> Written | None:
    """The day and time; None where there is none such."""
    hour, half = int(match["hour"] or 0), (match["half"] or "")[:1].lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        at = datetime(year, month, day, hour, int(match["minute"] or 0), int(match["second"] or 0))  # noqa: DTZ001 (wall time)
    except ValueError:
        return None
    if match["hour"] is None:
        return Written(at, "day")
    return Written(at, "second" if at.second else "minute")


# Numbers

_GROUPED: Final = {
    POINT: re.compile(r"\d{1,3}(?:[,' ]\d{3})+|\d+"),
    COMMA: re.compile(r"\d{1,3}(?:[.' ]\d{3})+|\d+"),
}


@lru_cache(maxsize=65_536)
def numbers(text: str) -> Mapping[Option, str]:
    """The whole numbers that a text may mean, as digits with their sign; none where it is not a number."""
    tidy = normalize("NFKC", text).strip()
    sign = tidy[:1] if tidy[:1] in ("~", "+", "-") else ""
    found: dict[Option, str] = {}
    for option, mark in ((POINT, "."), (COMMA, ",")):
        whole, _, rest = tidy[len(sign) :].strip().partition(mark)
        if _GROUPED[option].fullmatch(whole) and not rest.strip("0"):
            digits = re.sub("[^0-9]", "", whole)
            found[option] = ("" if sign == "+" else sign) + digits
    return found
