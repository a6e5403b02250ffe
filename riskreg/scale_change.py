"""Putting another scale in force, as one change set: the scale's own record and what becomes of the scores there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, cast

from riskreg.catalogue import ready_scales
from riskreg.changes import Change, ChangeSet, addition, edit
from riskreg.records import Risk, ScoringScale
from riskreg.records.terms import Scale
from riskreg.rules import rescaling, scales
from riskreg.rules.rescaling import Mapped
from riskreg.views import Reader, View

_NEW: Final = -1
_OLD: Final = -2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What shall be in force.

    Attributes:
        scale: The scale.
        language: Of the titles that records of scales get.
        mapped: The steps that scores become which it lacks.
        keeps_old: The scores there are stay scored by the scale that is in force before.
    """

    scale: Scale
    language: str = "en"
    mapped: Mapped = field(default_factory=dict)
    keeps_old: bool = False


def offered(reader: Reader) -> tuple[Scale, ...]:
    """The scales that may be put in force: the one that is, the register's others, those that ship."""
    vocabulary = reader.vocabulary
    own = (vocabulary.scales[id] for id in sorted(vocabulary.scales))
    found = {scale.key: scale for scale in (vocabulary.scale, *own, *ready_scales())}
    return tuple(found.values())


def put_in_force(reader: Reader, wanted: Wanted) -> ChangeSet:
    """The change set that puts a scale in force: the one before stays, to be read; the program's own needs no record."""
    changes = [*_scales(reader, wanted)]
    if wanted.keeps_old:
        changes += _kept(reader, wanted)
    else:
        changes += rescaling.changes(_scored(reader), wanted.mapped)
    return ChangeSet(act="edit", changes=tuple(changes))


def risks_of(reader: Reader) -> list[Risk]:
    """Every risk of the register that is not in the bin."""
    ids = reader.ids(View(kinds=("risk",), sort=(("ref", False),)))
    return [cast("Risk", record) for record in reader.records(ids).values()]


def _scored(reader: Reader) -> list[Risk]:
    """Every risk, also those in the bin: what comes back from it has the level that it had."""
    found = reader.records(reader.ids(View(kinds=("risk",), bin=True, sort=(("ref", False),))))
    return [*risks_of(reader), *(cast("Risk", record) for record in found.values())]


def _records(reader: Reader) -> Iterator[ScoringScale]:
    for record in reader.records(reader.ids(View(kinds=("scale",)))).values():
        yield cast("ScoringScale", record)


def _scales(reader: Reader, wanted: Wanted) -> Iterator[Change]:
    record_id = _record_of(reader, wanted)
    for record in _records(reader):
        is_it, is_in_force = record.id == record_id, bool(record.is_default)
        change = edit(record, {"is_default": is_it}) if is_in_force != is_it else None
        yield from [change] if change else []
    if record_id == _NEW:
        yield addition("scale", _fields(wanted.scale, wanted.language, is_default=True), _NEW)


def _record_of(reader: Reader, wanted: Wanted) -> int:
    """The record that says what is wanted; 0 where none is needed, `_NEW` where one must be made."""
    scale, vocabulary = wanted.scale, reader.vocabulary
    if scale == vocabulary.base.scale:
        return 0
    title = scale.title.get(wanted.language)
    exact = (id for id, own in vocabulary.scales.items() if own == scale)
    alike = (
        id for id, own in vocabulary.scales.items() if _is_as(own, scale) and own.title.en == title
    )
    return next(chain(exact, alike), _NEW)


def _kept(reader: Reader, wanted: Wanted) -> Iterator[Change]:
    """The risks keep the scale in force until now; it gets a record where it is the program's own and has none."""
    old = reader.vocabulary.scale
    risks = _scored(reader)
    known = next((id for id, scale in reader.vocabulary.scales.items() if _is_as(scale, old)), _OLD)
    kept = rescaling.keeping(risks, known)
    if kept and known == _OLD:
        yield addition("scale", _fields(old, wanted.language, is_default=False), _OLD)
    yield from kept


def _is_as(scale: Scale, old: Scale) -> bool:
    """Whether a record's scale is the old one, or says all that it says."""
    is_same = scale.scores_like(old) and scale.dimensions == old.dimensions
    return scale == old or is_same


def _fields(scale: Scale, language: str, *, is_default: bool) -> dict[str, str | bool]:
    title = scale.title.get(language)
    return {"title": title, "text": scales.dumps(scale), "is_default": is_default}
