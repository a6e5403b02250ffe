"""Whether a record can be kept.

Every problem of the fields that change, so that an old error never stops another edit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeAlias, cast

from riskreg.errors import N_, Problem
from riskreg.records import fields, values
from riskreg.records.base import Record, stored
from riskreg.records.fields import TEXT_LIMIT, FieldKind, Value
from riskreg.records.jsons import fact_pairs, one_line, paragraphs
from riskreg.records.terms import Scale, Vocabulary

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What neither a workbook nor a journal can hold.

Control characters but tab and line feed, lone surrogates, non-characters.
"""

_ZONES: Final = frozenset({("organisation", "zone")})
"""Lines that name a time zone: an unknown one would make every moment of the register unreadable."""


def tidy(kind: FieldKind, value: Value) -> Value:
    """A value in the one form that is stored.

    Lines trimmed, lines of prose ended by LF, facts sorted; white space alone is nothing, as in a cell.
    """
    match kind:
        case fields.Line():
            return one_line(cast("str", value))
        case fields.Prose():
            text = paragraphs(cast("str", value))
            return "" if text.isspace() else text
        case fields.Facts():
            pairs = cast("fields.FactPairs", value)
            return fact_pairs((name, text) for name, text in pairs if not text.isspace())
        case fields.Tags():
            return frozenset(one_line(tag) for tag in cast("frozenset[str]", value)) - {""}
        case _:
            return value


Sure: TypeAlias = Callable[[Value], bool]
"""Whether a value is fine at a glance; False means that it must be looked at."""


def at_a_glance(kind: type[Record], vocabulary: Vocabulary) -> Mapping[str, Sure]:
    """For each stored field of a kind a quick test that passes nearly every value that is fine."""
    return {
        key: _never if (kind.kind, key) in _ZONES else _sure(what, vocabulary)
        for key, what in stored(kind).items()
    }


def _never(value: Value) -> bool:
    return False


def _sure(kind: FieldKind, vocabulary: Vocabulary) -> Sure:
    match kind:
        case fields.Line() | fields.Prose():
            return _is_plain_text
        case fields.Choice():
            return frozenset(vocabulary.terms_of(kind.terms).offered).__contains__
        case fields.Score():
            scales = (vocabulary.scale, *vocabulary.scales.values())
            return frozenset.intersection(*(_steps(kind, scale) for scale in scales)).__contains__
        case fields.Day() | fields.YesNo():
            return lambda value: value is not None
        case _:
            return _never


def problems(record: Record, changed: Iterable[str], vocabulary: Vocabulary) -> Iterator[Problem]:
    """What is wrong with these fields of a record, one problem for each value."""
    declared = stored(type(record))
    vocabulary = vocabulary.scored_by(getattr(record, "scored_by", ()))
    for key in changed:
        value = record.get(key)
        is_zone = bool(value) and (record.kind, key) in _ZONES
        found = _zone(str(value)) if is_zone else _reasons(declared[key], value, vocabulary)
        for reason, parameters in found:
            yield Problem(
                kind=record.kind,
                field=key,
                reason=reason,
                ref=record.ref,
                id=record.id,
                parameters=parameters,
            )


def _is_plain_text(value: Value) -> bool:
    """Short enough and all printable, which is seen at once."""
    return type(value) is str and 0 < len(value) <= TEXT_LIMIT // 2 and value.isprintable()


_Reason = tuple[str, dict[str, str | int]]


def _reasons(kind: FieldKind, value: Value, vocabulary: Vocabulary) -> Iterator[_Reason]:
    if value == fields.empty(kind):
        if kind.required:
            yield N_("it is required"), {}
        return
    match kind:
        case fields.Line() | fields.Prose():
            yield from _text(cast("str", value))
        case fields.Tags():
            yield from _text(",".join(cast("frozenset[str]", value)))
        case fields.Facts():
            for name, fact in cast("fields.FactPairs", value):
                yield from _text(name)
                yield from _text(fact)
        case fields.Choice() | fields.Choices():
            yield from _choice(kind.terms, value, vocabulary)
        case fields.Score():
            yield from _score(kind, cast("int", value), vocabulary)
        case fields.Duration():
            if not 0 <= cast("int", value) <= 10_000:
                yield N_("it is a whole number from 0 to 10000"), {}
        case fields.Instant():
            yield from _zone(cast("values.Instant", value).zone)
        case fields.Links():
            if kind.one and len(cast("frozenset[int]", value)) > 1:
                yield N_("only one can be linked"), {}
        case _:
            return


def _text(text: str) -> Iterator[_Reason]:
    if found := _FORBIDDEN.search(text):
        yield (
            N_("it holds a control character (U+{code}) at position {position}"),
            {
                "code": f"{ord(found[0]):04X}",
                "position": found.start() + 1,
            },
        )
    elif len(text) * 2 > TEXT_LIMIT and (units := len(text.encode("utf-16-le")) // 2) > TEXT_LIMIT:
        yield (
            N_("it has {units} characters; one field holds {limit}"),
            {"units": units, "limit": TEXT_LIMIT},
        )


def _choice(name: str, value: Value, vocabulary: Vocabulary) -> Iterator[_Reason]:
    known = vocabulary.terms_of(name).offered
    for key in sorted({value} if isinstance(value, str) else cast("frozenset[str]", value)):
        if key not in known:
            yield N_("“{value}” is not in the list"), {"value": shown(key)}


def _steps(kind: fields.Score, scale: Scale) -> frozenset[int]:
    axis = scale.likelihood if kind.axis == "likelihood" else scale.impact
    return frozenset(step.value for step in axis)


def _score(kind: fields.Score, value: int, vocabulary: Vocabulary) -> Iterator[_Reason]:
    steps = _steps(kind, vocabulary.scale)
    if value not in steps:
        yield (
            N_("it is a step of the scale, {lowest} to {highest}"),
            {"lowest": min(steps), "highest": max(steps)},
        )


def _zone(name: str) -> Iterator[_Reason]:
    try:
        values.zone_of(name)
    except values.Unfit as unfit:
        yield unfit.reason, unfit.parameters


def shown(text: str, limit: int = 40) -> str:
    """Text as it may stand in a message: one line, no control characters, cut with an ellipsis."""
    clean = "".join(
        char if unicodedata.category(char) not in ("Cc", "Cf", "Cs") else "·" for char in text
    )
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"
