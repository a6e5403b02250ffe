"""From the cell of a spreadsheet to the value of a field. Nothing is guessed: what is not plain is `Unfit`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final, assert_never

from riskreg.errors import N_
from riskreg.exchange import orders
from riskreg.exchange.headers import FACTS, Target
from riskreg.exchange.mapping import ANYTHING, ColumnMap, Meaning
from riskreg.exchange.reader import Cell
from riskreg.formats import parse_count
from riskreg.i18n import LANGUAGES, translator
from riskreg.records import fields, values
from riskreg.records.check import shown
from riskreg.records.fields import FieldKind, Value
from riskreg.records.jsons import from_json, one_line, paragraphs
from riskreg.records.terms import Vocabulary, folded
from riskreg.records.values import Unfit

NOT_LISTED: Final = N_("“{value}” is not in the list")
_MEANT: Final = (fields.Score, fields.YesNo, fields.Duration)
ONLY_A_TIME: Final = N_("a spreadsheet shows this day where there is only a time")
_ZERO_DAYS: Final = (date(1899, 12, 30), date(1899, 12, 31), date(1904, 1, 1))
"""The days from which LibreOffice, Excel and old Excel on the Mac count."""
_EXAMPLE: Final = datetime(2026, 11, 24, 18, 40)  # noqa: DTZ001 (wall time)
_LIST_SIGNS: Final = ("\n", ";")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """Reads cells as one mapping says.

    Attributes:
        zone: For times that name none.
        is_own: The cells are of a workbook that this program wrote.
    """

    map: ColumnMap
    vocabulary: Vocabulary
    zone: str
    is_own: bool = False

    def value(self, key: str, what: FieldKind, cell: Cell) -> Value:
        """The value of a field from its main cell; links are not for this. Raises `Unfit`."""
        if blank(cell):
            return fields.empty(what)
        if isinstance(what, _MEANT):
            meaning = self._meaning(key, text(cell))
            if meaning is not None:
                return None if meaning == "" else meaning
        match what:
            case fields.Line():
                return one_line(text(cell))
            case fields.Prose():
                return paragraphs(text(cell))
            case fields.Choice():
                return self._choice(key, what, text(cell))
            case fields.Choices():
                members = self.members(key, text(cell))
                return frozenset(
                    choice
                    for member in members
                    if (choice := self._choice(key, what, member)) is not None
                )
            case fields.Tags():
                return frozenset(self._tags(key, text(cell)))
            case fields.YesNo():
                return _truth(cell)
            case fields.Count():
                return self._count(cell)
            case fields.Money():
                return values.Money.parse(text(cell))
            case fields.Day():
                return self._day(Target(key), cell)
            case fields.Instant():
                return self._instant(key, cell)
            case fields.Duration() | fields.Score():
                return self._whole(cell)
            case fields.Derived():
                return self.value(key, what.of, cell)
            case fields.Links() | fields.Facts():
                raise TypeError(key)
            case _:
                assert_never(what)

    def members(self, key: str, given: str) -> list[str]:
        """The members of a list in one cell: by the mapping's sign, else one on a line or apart by semicolons."""
        signs = (self.map.split[key],) if key in self.map.split else _LIST_SIGNS
        found = [given]
        for sign in signs:
            found = [part for each in found for part in each.split(sign)]
        return [tidy for part in found if (tidy := one_line(part))]

    def _tags(self, key: str, given: str) -> list[str]:
        """Our own workbook has one tag on a line, and a tag may hold a semicolon."""
        if self.is_own and key not in self.map.split:
            return [tag for line in given.split("\n") if (tag := one_line(line))]
        return self.members(key, given)

    def fact(self, name: str, cell: Cell) -> str:
        """A named fact; a format in the mapping makes a day or time of it, written as ISO."""
        target = Target(FACTS, name=name)
        if target in self.map.formats and isinstance(cell, str):
            found = self._formatted(target, cell)
            return found.date().isoformat() if found.time() == time() else _iso(found, "T")
        if isinstance(cell, datetime) and cell.time() == time():
            return cell.date().isoformat()
        return paragraphs(text(cell))

    def counted(self, number: Cell, precision: Cell) -> Value:
        """A count from its two cells; a number without a precision is exact, a text may say both."""
        count = None if blank(number) else self._count(number)
        if blank(precision):
            return count
        key = self.vocabulary.terms_of("count_precision").find(text(precision))
        if key is None:
            raise Unfit(NOT_LISTED, value=shown(text(precision)))
        if key in ("undeterminable", "to_be_determined"):
            return values.Count.of(count.number if count else None, key)  # type: ignore[arg-type]
        return None if count is None else values.Count.of(count.number, key)  # type: ignore[arg-type]

    def instant(self, key: str, cell: Cell, exact: Cell) -> Value:
        """An instant from its date cell and its exact text; a date cell that no longer fits the text wins."""
        if blank(exact):
            return None if blank(cell) else self._instant(key, cell)
        known = values.Instant.parse(text(exact), self.zone)
        if blank(cell):
            return None
        return (
            known
            if _fits(known, cell)
            else Parser(map=self.map, vocabulary=self.vocabulary, zone=known.zone)._instant(
                key, cell
            )
        )

    def _choice(self, key: str, what: fields.Choice | fields.Choices, given: str) -> str | None:
        meanings = self.map.meanings.get(key, {})
        meaning = self._meaning(key, given)
        if meaning is not None:
            return str(meaning) or None
        found = self.vocabulary.terms_of(what.terms).find(given)
        if found is not None:
            return found
        if ANYTHING in meanings:
            return str(meanings[ANYTHING]) or None
        raise Unfit(NOT_LISTED, value=shown(given))

    def _meaning(self, key: str, given: str) -> Meaning | None:
        """What the mapping says that a text means; None where it says nothing of it."""
        return self.map.meanings.get(key, {}).get(given.strip())

    def called(self, key: str, names: Sequence[str]) -> list[str]:
        """Names in a column of links, as the register knows them."""
        known = ((name, self._meaning(key, name)) for name in names)
        meant = (name if meaning is None else str(meaning) for name, meaning in known)
        return [name for name in dict.fromkeys(meant) if name]

    def _number(self, given: str) -> str:
        """A number as text with a point before the decimals and nothing between thousands."""
        thousands = "." if self.map.decimal == "," else ","
        if not self.map.decimal and _may_be_thousands(given):
            return given.strip()  # 1.000 is one or a thousand: refused until somebody says
        whole, _, rest = given.strip().partition(self.map.decimal or ".")
        if thousands in whole:
            if not re.fullmatch(rf"[~+-]?\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+", whole):
                return (
                    given.strip()
                )  # what stands between the digits is not clear: refused, not guessed
            whole = whole.replace(thousands, "")
        return f"{whole}.{rest}" if rest.strip("0") else whole

    def _whole(self, cell: Cell) -> int:
        if isinstance(cell, int) and not isinstance(cell, bool):
            return cell
        given = str(cell) if isinstance(cell, Decimal) else self._number(text(cell))
        found = from_json(fields.Score(label="", axis="score"), given)
        assert isinstance(found, int)
        return found

    def _count(self, cell: Cell) -> values.Count:
        if isinstance(cell, int) and not isinstance(cell, bool):
            return values.Count.of(cell, "exact")
        given = str(cell) if isinstance(cell, Decimal) else self._number(text(cell))
        return parse_count(given, self.vocabulary)

    def _formatted(self, target: Target, given: str) -> datetime:
        for form in self.map.formats.get(target, ()):
            try:
                return datetime.strptime(given.strip(), form)  # noqa: DTZ007 (wall time; its zone comes after)
            except ValueError:
                continue
        values.refuse_no_day(given)
        raise Unfit(N_("it is not written like {example}"), example=self._examples(target))

    def _examples(self, target: Target) -> str:
        """A day in each format that a mapping gives."""
        shown = (_EXAMPLE.strftime(form) for form in self.map.formats[target])
        return " / ".join(dict.fromkeys(shown))

    def _day(self, target: Target, cell: Cell) -> date:
        if isinstance(cell, datetime):
            found: Value = cell.date()
        elif isinstance(cell, date):
            found = cell
        elif target in self.map.formats:
            found = self._formatted(target, text(cell)).date()
        else:
            found = from_json(fields.Day(label=""), text(cell))
        assert isinstance(found, date)
        return self._real(found)

    def _real(self, day: date) -> date:
        """A day that is not what spreadsheets show for a time alone; our own workbook may well say that day."""
        if day in _ZERO_DAYS and not self.is_own:
            raise Unfit(ONLY_A_TIME)
        return day

    def _instant(self, key: str, cell: Cell) -> values.Instant:
        precision = self.map.precision.get(key)
        if isinstance(cell, date):
            self._real(cell.date() if isinstance(cell, datetime) else cell)
        if isinstance(cell, datetime):
            return at(cell, self.zone, precision or "minute")
        if isinstance(cell, date):
            return at(datetime.combine(cell, time()), self.zone, precision or "day")
        if Target(key) in self.map.formats:
            wall = self._formatted(Target(key), text(cell))
            return at(wall, self.zone, precision or "minute")
        found = values.Instant.parse(text(cell), self.zone)
        self._real(found.local.date())
        return at(found.local.replace(tzinfo=None), found.zone, precision) if precision else found


def at(wall: datetime, zone: str, precision: values.Precision) -> values.Instant:
    """The instant of a wall time in a zone; raises `Unfit` where it happened twice or never."""
    if precision in ("day", "month"):
        first = wall.date() if precision == "day" else wall.date().replace(day=1)
        return values.Instant(values.start_of_day(first, zone), zone, precision)
    if precision == "minute" and wall.second:
        precision = "second"
    form = "%Y-%m-%dT%H:%M:%S" if precision == "second" else "%Y-%m-%dT%H:%M"
    return values.Instant.parse(wall.strftime(form), zone)


def _fits(known: values.Instant, cell: Cell) -> bool:
    """Whether a date cell still says what the exact text beside it says, as far as a cell can."""
    local = known.local.replace(tzinfo=None)
    if isinstance(cell, datetime):
        return abs((cell - local).total_seconds()) < 1
    is_whole = known.precision in ("day", "month") or local.time() == time()
    if isinstance(cell, date):
        return cell == local.date() and is_whole  # the reader gives midnight as a day
    if isinstance(cell, str):  # before 1900 a cell of ours holds text
        return cell == (local.date().isoformat() if is_whole else local.isoformat(sep=" "))
    return False


def _may_be_thousands(given: str) -> bool:
    """A point stands in it where elsewhere it would part thousands."""
    return "." in given and len(set(orders.numbers(given).values())) > 1


def blank(cell: Cell) -> bool:
    """Nothing, or white space."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text(cell: Cell) -> str:
    """A cell as text: numbers and dates in their plain form."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"  # as a spreadsheet shows it
        case datetime():
            return _iso(cell, " ")
        case date():
            return cell.isoformat()
        case int() | Decimal() | str():
            return str(cell)
        case _:
            assert_never(cell)


def _iso(moment: datetime, sign: str) -> str:
    """A wall time as ISO text, with seconds where it has some."""
    return moment.isoformat(sep=sign, timespec="seconds" if moment.second else "minutes")


def _truth(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    words = folded(text(cell))
    for answer, spellings in ((True, _words("Yes")), (False, _words("No"))):
        if words in spellings:
            return answer
    found = from_json(fields.YesNo(label=""), words)
    assert isinstance(found, bool)
    return found


def _words(english: str) -> Sequence[str]:
    return [
        folded(english),
        *(folded(translator(language).gettext(english)) for language in LANGUAGES),
    ]
