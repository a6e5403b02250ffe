"""The one language-free form of a value.

Journal, `show --json`, `set`, `--filter` and mapping files share it.

Text is text; choices are keys; lists are sorted arrays; days, instants, counts and money are their
texts; links are arrays of record
ids here (the command line writes refs instead); named facts are an object. Empty is "", null, [] or
{}.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias, assert_never, cast

from riskreg.errors import N_
from riskreg.records import fields, values
from riskreg.records.fields import FieldKind, Value
from riskreg.records.values import Unfit

Json: TypeAlias = Any
"""What `json.loads` gives."""

_TRUE = frozenset({"true", "yes", "1"})
_FALSE = frozenset({"false", "no", "0"})


def to_json(kind: FieldKind, value: Value) -> Json:
    """A value of this kind as JSON: str, int, bool, None, list or dict; never a float."""
    match kind:
        case fields.Choices() | fields.Tags() | fields.Links():
            return sorted(cast("frozenset[str]", value))
        case fields.Facts():
            return dict(cast("fields.FactPairs", value))
        case fields.Day() | fields.Instant() | fields.Count() | fields.Money():
            return None if value is None else str(value)
        case fields.Derived():
            return to_json(kind.of, value)
        case (
            fields.Line()
            | fields.Prose()
            | fields.Choice()
            | fields.YesNo()
            | fields.Duration()
            | fields.Score()
        ):
            return value
        case _:
            assert_never(kind)


def from_json(kind: FieldKind, given: Json, zone: str = "") -> Value:
    """Read a value.

    A list may also be text `a,b`, a number or truth value also text; null and "" are empty.

    Args:
        kind: The kind of the field.
        given: What `json.loads` gave, or text.
        zone: For instants that name none.

    Raises:
        Unfit: It is no value of this kind. Whether a choice is in its list, and a score on its
        scale, is asked at the door.
    """
    if given is None or given == "":
        return fields.empty(kind)
    match kind:
        case fields.Line():
            return one_line(_text(given))
        case fields.Prose():
            return paragraphs(_text(given))
        case fields.Choice():
            return _text(given).strip()
        case fields.Choices() | fields.Tags():
            return frozenset(_list(given))
        case fields.Links():
            return frozenset(_whole(item) for item in _list(given))
        case fields.Facts():
            return _facts(given)
        case fields.YesNo():
            return _truth(given)
        case fields.Count():
            return values.Count.parse(str(given))
        case fields.Money():
            return values.Money.parse(_text(given))
        case fields.Day():
            return _day(_text(given))
        case fields.Instant():
            return values.Instant.parse(_text(given), zone)
        case fields.Duration() | fields.Score():
            return _whole(given)
        case fields.Derived():
            return from_json(kind.of, given, zone)
        case _:
            assert_never(kind)


def one_line(text: str) -> str:
    """Text without outer white space and with spaces for line breaks."""
    return " ".join(paragraphs(text).split("\n")).strip() if _has_breaks(text) else text.strip()


def paragraphs(text: str) -> str:
    """Text whose lines end with LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _has_breaks(text: str) -> bool:
    return "\n" in text or "\r" in text


def fact_pairs(pairs: Iterable[tuple[str, str]]) -> fields.FactPairs:
    """Named facts in their one order, names in one line, those without a value left out.

    A later pair of one name wins.
    """
    tidy = {one_line(name): paragraphs(value) for name, value in pairs if value}
    return tuple(sorted(tidy.items()))


def _text(given: Json) -> str:
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise Unfit(N_("text is expected"))
    return str(given)


def _list(given: Json) -> list[Json]:
    if isinstance(given, str):
        return [part for item in given.split(",") if (part := item.strip())]
    if isinstance(given, list):
        return [item.strip() if isinstance(item, str) else item for item in given if item != ""]
    raise Unfit(N_("a list is expected"))


def _facts(given: Json) -> fields.FactPairs:
    if isinstance(given, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in given):
        given = dict(given)
    if not isinstance(given, Mapping):
        raise Unfit(N_("named values are expected"))
    return fact_pairs(
        (str(name), _text(value)) for name, value in given.items() if value is not None
    )


def _truth(given: Json) -> bool:
    if isinstance(given, bool):
        return given
    word = str(given).strip().casefold()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise Unfit(N_("yes or no is expected"))


def _day(text: str) -> date:
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        return date.fromisoformat(plain)
    except ValueError:
        values.refuse_no_day(plain)
        raise Unfit(N_("a day is written 2026-11-24")) from None


def _whole(given: Json) -> int:
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    text = str(given).strip()
    if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 16:
        return int(text)
    raise Unfit(N_("a whole number is expected"))
