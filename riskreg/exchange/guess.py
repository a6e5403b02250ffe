"""What the columns of a strange sheet may be: proposals with a reason and how sure they are, for a person to look at.

Nothing here is applied by itself. Columns become fields by key, by label in any language, by other words for
it, by near spelling, and by their values. `answers` proposes what the values mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Final, Literal, NamedTuple, TypeAlias

from rapidfuzz import fuzz, process

from riskreg.errors import N_
from riskreg.exchange import headers, meaning, orders, register_33_5, synonyms
from riskreg.exchange.headers import FACTS, VERSION, Target
from riskreg.exchange.mapping import ColumnMap
from riskreg.exchange.parsing import blank, text
from riskreg.exchange.reader import Cell, Sheet
from riskreg.i18n import Translator, translators
from riskreg.records import (
    IMPORTED_KINDS,
    KINDS,
    REGISTER_KINDS,
    Record,
    every_field,
    fields,
    stored,
)
from riskreg.records.fields import FieldKind
from riskreg.records.terms import Vocabulary
from riskreg.work import QUIET, READING, Work

Sure: TypeAlias = Literal["certain", "likely", "perhaps"]

IS_LABEL: Final = N_("the heading is the name of the field")
IS_SYNONYM: Final = N_("another word for the field")
IS_LAYOUT: Final = N_("a sheet of a known make")
IS_NEAR: Final = N_("spelt nearly like the field")
IS_LISTED: Final = N_("its values are in the list of the field")
IS_SCORED: Final = N_("its values are steps of the scale")
IS_DATED: Final = N_("its values are dates, and only this field is one")
UNKNOWN: Final = N_("no field fits")

_ORDER: Final[tuple[Sure, ...]] = ("certain", "likely", "perhaps")
_NEAR: Final = 86
"""Of 100, how alike two headings must be."""
_MOST: Final = 2_000
"""Rows whose values are looked at for a column."""


class Guess(NamedTuple):
    """What a column may become: None where no field fits; `why` is a msgid."""

    target: Target | None
    why: str = UNKNOWN
    sure: Sure = "perhaps"


def map_of(sheet: Sheet, kind: str, vocabulary: Vocabulary) -> tuple[ColumnMap, dict[str, Guess]]:
    """The mapping that is proposed for a sheet, and why each column becomes what it does."""
    if (known := register_33_5.map_of(sheet)) is not None and kind == known.kind:
        sure = {
            header: Guess(target, IS_LAYOUT, "certain") for header, target in known.columns.items()
        }
        return known, sure
    found = columns(sheet, kind, vocabulary)
    mapped = {header: guess.target for header, guess in found.items() if guess.target}
    keys = [key for key in ("ref", "external_ref") if Target(key) in mapped.values()]
    key = tuple(Target(key) for key in keys[:1])
    return ColumnMap(
        kind=kind, columns=mapped, sheet=sheet.name, key=_unique(sheet, mapped, key)
    ), found


def _unique(
    sheet: Sheet, mapped: Mapping[str, Target], key: tuple[Target, ...]
) -> tuple[Target, ...]:
    """The key, unless two rows share it: then it finds no record."""
    for header, target in mapped.items():
        if target in key:
            texts = [text(cell).strip() for cell in cells(sheet, header) if not blank(cell)]
            return key if len(set(texts)) == len(texts) else ()
    return key


def kind_of(sheet: Sheet, vocabulary: Vocabulary, file: str = "", work: Work = QUIET) -> str:
    """The kind that the rows of a sheet most likely are; "" where no kind stands out.

    Args:
        sheet: The sheet.
        vocabulary: The lists of choices.
        file: The name of the file without its ending, which may say it.
        work: May cancel.
    """
    if (known := register_33_5.map_of(sheet)) is not None:
        return known.kind
    named = headers.kind_of_sheet(sheet.name)
    if named in REGISTER_KINDS:
        return named
    if called := synonyms.sheets().get(synonyms.plain(sheet.name)):
        return called
    words = synonyms.plain(file).split()
    said = {synonyms.sheets()[word] for word in words if word in synonyms.sheets()}
    if len(said) == 1:
        return said.pop()
    scores = {}
    for kind in IMPORTED_KINDS:
        work.step(READING)
        scores[kind] = _fit(sheet, kind, vocabulary)
    best = max(scores, key=lambda kind: scores[kind])
    rest = max(score for kind, score in scores.items() if kind != best)
    return best if scores[best] > rest else ""


def _fit(sheet: Sheet, kind: str, vocabulary: Vocabulary) -> float:
    """How well the columns fit a kind: fields that other kinds have too say less."""
    worth = {"certain": 1.0, "likely": 0.8, "perhaps": 0.3}
    total = 0.0
    for guess in columns(sheet, kind, vocabulary).values():
        if guess.target and guess.target.key not in ("other_facts", "version"):
            total += worth[guess.sure] * (0.4 if guess.target.key in _common() else 1)
    return total


@cache
def _common() -> frozenset[str]:
    return frozenset({"ref", *stored(Record)})


def columns(sheet: Sheet, kind: str, vocabulary: Vocabulary) -> dict[str, Guess]:
    """A guess for each heading; no two become the same."""
    names = [header for header in dict.fromkeys(sheet.headers) if header]
    known = synonyms.layout(kind, frozenset(names))
    layout = {header: Target(key) for header, key in known.items()}
    found = {header: _by_name(sheet, KINDS[kind], header, layout) for header in names}
    taken: set[Target] = set()
    for header in sorted(names, key=lambda header: _ORDER.index(found[header].sure)):
        guess = found[header]
        if guess.target in taken or (
            guess.target and not _plausible(sheet, kind, header, guess, vocabulary)
        ):
            found[header] = Guess(None)
        elif guess.target:
            taken.add(guess.target)
    for header, guess in _by_values(sheet, kind, vocabulary, found, taken):
        found[header] = guess
    return found


def cells(sheet: Sheet, header: str) -> Iterator[Cell]:
    """The cells under a heading, from the top."""
    place = sheet.headers.index(header)
    return (row.cells[place] for row in sheet.rows if place < len(row.cells))


def texts(sheet: Sheet, header: str) -> list[str]:
    """The different texts under a heading in the first rows, which are enough to know it by."""
    filled = (text(cell).strip() for cell in islice(cells(sheet, header), _MOST) if not blank(cell))
    return list(dict.fromkeys(filled))


# By name


def _by_name(sheet: Sheet, kind: type[Record], header: str, layout: Mapping[str, Target]) -> Guess:
    if header in layout:
        return Guess(layout[header], IS_LAYOUT, "certain")
    target = headers.target_of(kind, header)
    if target is not None and _fillable(kind, target):
        if target.key == "ref" and not _are_refs(kind, texts(sheet, header)):
            return Guess(Target("external_ref"), IS_SYNONYM, "likely")
        return Guess(target, IS_LABEL, "certain")
    plain = synonyms.plain(header)
    key = synonyms.columns(kind.kind).get(plain)
    if key and _fillable(kind, Target(key)):
        return Guess(Target(key), IS_SYNONYM, "likely")
    return _near(kind, plain)


def _fillable(kind: type[Record], target: Target) -> bool:
    """A person may fill this field from a file."""
    if target.key in (FACTS, VERSION, "ref"):
        return target.key != VERSION
    what = every_field(kind).get(target.key)
    is_shown = isinstance(what, fields.Links) and what.mirror
    return what is not None and not isinstance(what, fields.Derived) and not is_shown


def _are_refs(kind: type[Record], given: Sequence[str]) -> bool:
    pattern = rf"{kind.prefix}-[\d-]+" if kind.prefix else r"[A-E]\d+(\.\d+)?"
    return bool(given) and all(re.fullmatch(pattern, each, re.IGNORECASE) for each in given)


def _near(kind: type[Record], plain: str) -> Guess:
    if len(plain) < 4 or not plain.isascii():
        return Guess(None)
    known = _spellings(kind.kind)
    best = process.extractOne(plain, known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    if best is None:
        return Guess(None)
    return Guess(Target(known[best[0]]), IS_NEAR, "perhaps")


@cache
def _spellings(kind: str) -> Mapping[str, str]:
    """Every plain name of every field that can be filled."""
    found = dict(synonyms.columns(kind))
    for key in stored(KINDS[kind]):
        found |= {synonyms.plain(key): key}
        found |= {synonyms.plain(t.label(KINDS[kind], key)): key for t in translators()}
    return {
        name: key
        for name, key in found.items()
        if key != FACTS and _fillable(KINDS[kind], Target(key))
    }


# By values


def _plausible(sheet: Sheet, kind: str, header: str, guess: Guess, vocabulary: Vocabulary) -> bool:
    """Whether the values may be of that field; a heading that is its name decides alone."""
    what = every_field(KINDS[kind]).get(guess.target.key) if guess.target else None
    found = [each for each in islice(cells(sheet, header), _MOST) if not blank(each)]
    if guess.why == IS_LABEL or not found or guess.target is None:
        return True
    match what:
        case fields.Day() | fields.Instant():
            return any(not isinstance(cell, str | int) or orders.days(text(cell)) for cell in found)
        case fields.Count():
            return any(isinstance(cell, int) or orders.numbers(text(cell)) for cell in found)
        case fields.Choice():
            return any(_is_known(what, each, vocabulary) for each in texts(sheet, header)[:50])
        case fields.Score():
            return len(set(map(text, found))) <= 12
        case _:
            return True


def _is_known(what: fields.Choice, given: str, vocabulary: Vocabulary) -> bool:
    found = vocabulary.terms_of(what.terms).find(given)
    return bool(found or meaning.meant(what, given, vocabulary)[0])


def _by_values(
    sheet: Sheet,
    kind: str,
    vocabulary: Vocabulary,
    found: Mapping[str, Guess],
    taken: set[Target],
) -> Iterator[tuple[str, Guess]]:
    """Guesses for the columns that no name explains."""
    free = {
        key: what
        for key, what in stored(KINDS[kind]).items()
        if Target(key) not in taken and _fillable(KINDS[kind], Target(key))
    }
    for header in [header for header, guess in found.items() if guess.target is None]:
        key, why = _valued(texts(sheet, header), free, vocabulary)
        if key:
            del free[key]
            yield header, Guess(Target(key), why, "perhaps")


def _valued(
    given: Sequence[str], free: Mapping[str, FieldKind], vocabulary: Vocabulary
) -> tuple[str, str]:
    if not given:
        return "", ""
    listed = [
        key
        for key, what in free.items()
        if isinstance(what, fields.Choice)
        and len(given) > 1
        and all(vocabulary.terms_of(what.terms).find(each) for each in given)
    ]
    if len(listed) == 1:
        return listed[0], IS_LISTED
    if len(given) > 2 and all(each in ("1", "2", "3", "4", "5") for each in given):
        scored = [key for key in ("residual_likelihood", "residual_impact") if key in free]
        return (scored[0], IS_SCORED) if scored else ("", "")
    dated = [key for key, what in free.items() if isinstance(what, fields.Day | fields.Instant)]
    if len(dated) == 1 and all(orders.days(each) for each in given):
        return dated[0], IS_DATED
    return "", ""


def explained(
    guesses: Mapping[str, Guess], words: Mapping[Sure, str], t: Translator
) -> Iterator[str]:
    """Each guess on a line, for the head of a mapping file."""
    for header, guess in guesses.items():
        target = str(guess.target) if guess.target else "-"
        why = t.gettext(guess.why)
        sure = f" ({t.gettext(words[guess.sure])})" if guess.target else ""
        yield f"{header} = {target}: {why}{sure}"
