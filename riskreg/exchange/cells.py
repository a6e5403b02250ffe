"""Values as the cells of a sheet: one function over the kinds of field, which the import reads back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final, TypeAlias, assert_never, cast

from riskreg.exchange.headers import parts
from riskreg.formats import NO, NO_NAMES, YES
from riskreg.i18n import Language, translator
from riskreg.records import fields, values
from riskreg.records.fields import FieldKind, Value
from riskreg.records.terms import Terms, Vocabulary
from riskreg.views import Name

Cell: TypeAlias = str | int | date | datetime | None
"""None is an empty cell; a day is a `date`, a time a `datetime` without a zone."""

PRECISIONS: Final = "count_precision"
"""The list whose labels stand in the second column of a count."""

_FIRST_DAY: Final = date(1900, 3, 1)
"""Excel counts days from 1900 and believes in a 29 February of that year."""


def cells_of(
    kind: FieldKind,
    value: Value,
    language: Language,
    vocabulary: Vocabulary,
    names: Mapping[int, Name] = NO_NAMES,
) -> tuple[Cell, ...]:
    """One cell for each of `headers.parts(kind)`; named facts have columns of their own and are not asked for here.

    Args:
        kind: The kind of the field.
        value: A value of it.
        language: Of the labels of choices.
        vocabulary: The lists of choices.
        names: What linked records are called; one that is not named has no place in the cell.
    """
    if value is None or value == "":
        return (None,) * len(parts(kind))
    match kind:
        case fields.Line() | fields.Prose():
            return (cast("str", value),)
        case fields.Choice():
            return (vocabulary.terms_of(kind.terms).label(cast("str", value), language),)
        case fields.Choices():
            labels = _labels(
                vocabulary.terms_of(kind.terms), cast("frozenset[str]", value), language
            )
            return (_joined(labels, "\n"),)
        case fields.YesNo():
            return (translator(language).gettext(YES if value else NO),)
        case fields.Count():
            count = cast("values.Count", value)
            return count.number, vocabulary.terms_of(PRECISIONS).label(count.precision, language)
        case fields.Money():
            return (str(value),)
        case fields.Day():
            return (_day(cast("date", value)),)
        case fields.Instant():
            instant = cast("values.Instant", value)
            return _moment(instant), str(instant)
        case fields.Duration() | fields.Score():
            return (cast("int", value),)
        case fields.Tags():
            return (_joined(sorted(cast("frozenset[str]", value)), "\n"),)
        case fields.Links():
            refs = (names[id].ref for id in cast("frozenset[int]", value) if id in names)
            return (_joined(sorted(refs, key=ref_order), ", "),)
        case fields.Facts():
            raise ValueError("named facts have a column each")
        case fields.Derived():
            return cells_of(kind.of, value, language, vocabulary, names)
        case _:
            assert_never(kind)


def ref_order(ref: str) -> tuple[tuple[int, str], ...]:
    """Refs by their numbers: `R-9` before `R-10`, `C3.2` before `C3.10`."""
    return tuple(
        (int(part), "") if part.isdigit() else (-1, part)
        for part in re.findall(r"[0-9]+|[^0-9]+", ref)
    )


def _labels(terms: Terms, keys: frozenset[str], language: Language) -> Iterable[str]:
    for key in sorted(keys, key=lambda key: (terms.order(key), key)):
        yield terms.label(key, language)


def _joined(texts: Iterable[str], mark: str) -> str | None:
    return mark.join(texts) or None


def _day(day: date) -> Cell:
    """The day; as ISO text where Excel's calendar does not reach."""
    return day if day >= _FIRST_DAY else day.isoformat()


def _moment(value: values.Instant) -> Cell:
    """What the clocks of its zone showed; the first day of a month, a day as such."""
    local = value.local.replace(tzinfo=None)
    if value.precision in ("month", "day"):
        return _day(local.date())
    return local if local.date() >= _FIRST_DAY else local.isoformat(sep=" ")
