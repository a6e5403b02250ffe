"""Values as the cells of a sheet: one function over the kinds of field, which the import reads back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, TypeAlias, assert_never, cast

from riskreg.exchange.headers import parts
from riskreg.exchange.packing import MOST_UNITS
from riskreg.exchange.packing import Cell as Cell
from riskreg.formats import NO, YES
from riskreg.i18n import Language, translator
from riskreg.records import fields, values
from riskreg.records.fields import FieldKind, Value
from riskreg.records.terms import Terms, Vocabulary
from riskreg.views import Name

Encoder: TypeAlias = Callable[[Value], tuple[Cell, ...]]
"""From a value that is not empty to one cell for each of `headers.parts`."""

PRECISIONS: Final = "count_precision"
"""The list whose labels stand in the second column of a count."""

MORE: Final = "…"
"""Stands after the last ref of a cell that cannot hold them all; the sheet of links has each."""

_FIRST_DAY: Final = date(1900, 3, 1)
"""Excel counts days from 1900 and believes in a 29 February of that year."""


def encoder(
    kind: FieldKind,
    language: Language,
    vocabulary: Vocabulary,
    name: Callable[[int], Name | None],
) -> Encoder:
    """How the values of a field become cells; named facts have columns of their own and are not asked for here.

    Args:
        kind: The kind of the field.
        language: Of the labels of choices.
        vocabulary: The lists of choices.
        name: What a linked record is called; one without a name has no place in the cell.
    """
    match kind:
        case fields.Line() | fields.Prose() | fields.Duration() | fields.Score():
            return lambda value: (cast("str | int", value),)
        case fields.Choice():
            labels = _labels(vocabulary.terms_of(kind.terms), language)
            return lambda value: (labels.get(cast("str", value), cast("str", value)),)
        case fields.Choices():
            return _several(vocabulary.terms_of(kind.terms), language)
        case fields.YesNo():
            t = translator(language)
            said = {True: (t.gettext(YES),), False: (t.gettext(NO),)}
            return lambda value: said[cast("bool", value)]
        case fields.Count():
            return _counted(_labels(vocabulary.terms_of(PRECISIONS), language))
        case fields.Money():
            return lambda value: (str(value),)
        case fields.Day():
            return lambda value: (day_cell(cast("date", value)),)
        case fields.Instant():
            return lambda value: _moment(cast("values.Instant", value))
        case fields.Tags():
            return lambda value: (_joined(sorted(cast("frozenset[str]", value)), "\n"),)
        case fields.Links():
            return lambda value: (refs_cell(linked(cast("frozenset[int]", value), name)),)
        case fields.Derived():
            return encoder(kind.of, language, vocabulary, name)
        case fields.Facts():
            raise ValueError("named facts have a column each")
        case _:
            assert_never(kind)


def nothing(kind: FieldKind) -> tuple[Cell, ...]:
    """The cells of an empty value."""
    return (None,) * len(parts(kind))


def is_nothing(value: Value) -> bool:
    """Whether a value is written as empty cells."""
    return value is None or value == "" or (value.__class__ is frozenset and not value)


def linked(ids: Iterable[int], name: Callable[[int], Name | None]) -> list[tuple[int, Name]]:
    """The records that are linked and can be named, in the order of their refs."""
    found = [(id, known) for id in ids if (known := name(id)) is not None]
    return found if len(found) < 2 else sorted(found, key=lambda each: ref_order(each[1].ref))


def refs_cell(records: Sequence[tuple[int, Name]]) -> str | None:
    """Refs in one cell: as many as it holds."""
    text = ", ".join(name.ref for _, name in records)
    if len(text) <= MOST_UNITS:
        return text or None
    whole = text[: MOST_UNITS - len(MORE) - 2]
    return f"{whole[: whole.rindex(',')]}, {MORE}"


def clipped(text: str) -> str:
    """As much of a text as a cell holds."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= MOST_UNITS * 2:
        return text
    return units[: (MOST_UNITS - len(MORE)) * 2].decode("utf-16-le", "ignore") + MORE


@lru_cache(maxsize=65_536)
def ref_order(ref: str) -> tuple[tuple[int, str], ...]:
    """Refs by their numbers: `R-9` before `R-10`, `C3.2` before `C3.10`."""
    return tuple(
        (int(part), "") if part.isdigit() else (-1, part)
        for part in re.findall(r"[0-9]+|[^0-9]+", ref)
    )


def _labels(terms: Terms, language: Language) -> dict[str, str]:
    return {key: terms.label(key, language) for key in terms.keys}


def _several(terms: Terms, language: Language) -> Encoder:
    def encode(value: Value) -> tuple[Cell, ...]:
        keys = sorted(cast("frozenset[str]", value), key=lambda key: (terms.order(key), key))
        return (_joined((terms.label(key, language) for key in keys), "\n"),)

    return encode


def _counted(labels: dict[str, str]) -> Encoder:
    def encode(value: Value) -> tuple[Cell, ...]:
        count = cast("values.Count", value)
        return count.number, labels.get(count.precision, count.precision)

    return encode


def _joined(texts: Iterable[str], mark: str) -> str | None:
    return mark.join(texts) or None


def day_cell(day: date | None) -> Cell:
    """The day; as ISO text where Excel's calendar does not reach."""
    return day.isoformat() if day is not None and day < _FIRST_DAY else day


@lru_cache(maxsize=4_096)
def _moment(value: values.Instant) -> tuple[Cell, ...]:
    """What the clocks of its zone showed (of a month its first day, of a day the day), and the exact text."""
    local = value.local.replace(tzinfo=None)
    if value.precision in ("month", "day"):
        return day_cell(local.date()), str(value)
    return local if local.date() >= _FIRST_DAY else local.isoformat(sep=" "), str(value)
