"""How records become rows of a page: every field that is filled, in words, in the order of the declaration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from reportlab.lib.colors import Color

from riskreg import catalogue, kept_words
from riskreg.errors import N_
from riskreg.formats import format_value, link_name, listed
from riskreg.i18n import Translator
from riskreg.records import KINDS, Record, columns, fields
from riskreg.records.fields import Value
from riskreg.records.terms import Vocabulary
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column
from riskreg.reports.text import Piece, Run, Sheet, beside, gap, together, words
from riskreg.views import Name, Reader, Row, View
from riskreg.work import QUIET, Work

CHUNK = 500
"""Rows asked for at a time."""
CONTINUED = N_("continued")
GATHERING = N_("Reading the register")
NAMED = N_("{field}: {value}")
_UNIT = re.compile(r"\s*[(（][^()（）]*[)）]$")
LABEL = 108.0
"""Width of the column of labels, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What turns values into words: the language, the lists of choices, the names of linked records, the organisation's zone."""

    t: Translator
    vocabulary: Vocabulary
    names: Mapping[int, Name]
    zone: str

    def value(self, kind: str, key: str, value: Value) -> str:
        """The value of a column in words; "" where it is empty."""
        what = columns(KINDS[kind])[key]
        if isinstance(what, fields.Links):
            return self.links(value if isinstance(value, frozenset) else frozenset())
        if isinstance(what, fields.Facts):
            facts = cast("fields.FactPairs", value or ())
            return "\n".join(named(name, fact, self.t) for name, fact in facts)
        words = format_value(what, value, self.t, self.vocabulary, self.names, self.zone)
        return kept_words.told(kind, key, words, self.t)

    def scored_by(self, ids: Value) -> Speech:
        """The same for a record that names the scale it is scored by."""
        known = cast("frozenset[int]", ids) if isinstance(ids, frozenset) else frozenset()
        return replace(self, vocabulary=self.vocabulary.scored_by(known))

    def links(self, ids: Iterable[object]) -> str:
        """Linked records by ref and title."""
        found = sorted(
            (self._named(id) for id in ids if isinstance(id, int) and id in self.names),
            key=lambda name: (name.kind, name.ref),
        )
        return listed((link_name(name, self.t) for name in found), self.t, ";")

    def _named(self, id: int) -> Name:
        """What a record is called; a policy action or step in the language of the page, not as it is stored."""
        name = self.names[id]
        return name._replace(title=programme_title(name.ref, self.t.language) or name.title)

    def titles(self, ids: Iterable[int]) -> str:
        """Linked records by title alone, such as owners."""
        return listed((self.names[id].title for id in sorted(ids) if id in self.names), self.t)


@cache
def label_of(t: Translator, kind: str, key: str) -> str:
    """What a column is called on a page.

    Of a length of time without its unit, which stands beside the number, unless another column is called so.
    """
    label, known = t.label(kind, key), columns(KINDS[kind])
    if not isinstance(known.get(key), fields.Duration):
        return label
    bare = _UNIT.sub("", label)
    return label if bare in (t.label(kind, other) for other in known) else bare


def named(name: str, value: str, t: Translator) -> str:
    """A value after its name, with the colon of the language."""
    return t.gettext(NAMED).format(field=name, value=value)


def programme_title(ref: str, language: str) -> str:
    """The catalogue's text of a policy action or step; "" where the ref is of another record."""
    for action in catalogue.policy_actions():
        if ref == action.key:
            return action.title.get(language)
        for step in action.steps:
            if ref == step.key:
                return step.text.get(language)
    return ""


def all_rows(reader: Reader, view: View, ids: Sequence[int], work: Work = QUIET) -> list[Row]:
    """Every row of a view, asked for in short questions, between which it can be stopped."""
    found: list[Row] = []
    for start in range(0, len(ids), CHUNK):
        work.step(GATHERING, start, len(ids))
        found += reader.rows(view, ids[start : start + CHUNK])
    return found


def all_records(reader: Reader, view: View, work: Work = QUIET) -> Iterator[Record]:
    """Every record of a view in its order, asked for in short questions, between which it can be stopped."""
    ids = reader.ids(view)
    for start in range(0, len(ids), CHUNK):
        work.step(GATHERING, start, len(ids))
        part = ids[start : start + CHUNK]
        found = reader.records(part)
        yield from (found[id] for id in part if id in found)


def all_names(reader: Reader, rows: Iterable[Row]) -> dict[int, Name]:
    """What every record that these rows link to is called."""
    ids = sorted({id for row in rows for id in _linked(row)})
    found: dict[int, Name] = {}
    for start in range(0, len(ids), CHUNK):
        found.update(reader.names(ids[start : start + CHUNK]))
    return found


def _linked(row: Row) -> Iterator[int]:
    for value in row.values:
        if isinstance(value, frozenset):
            yield from (item for item in value if isinstance(item, int))


def continued(ref: str, width: float, t: Translator) -> Column:
    """What stands left of the part of a record that goes on on the next page."""
    name = words(Run(ref, ink().muted, True), width=width)
    return Column(
        0, (*name, *words(t.gettext(CONTINUED), width=width, size=SMALL, colour=ink().muted))
    )


def told(
    label: str, value: str, width: float, colour: Color | None = None, bold: bool = False
) -> tuple[Piece, ...]:
    """A quiet label and its value beside it; nothing where the value is empty."""
    if not value.strip():
        return ()
    lines = words(value, width=width - LABEL, size=SMALL, colour=colour, bold=bold)
    return together((*labelled(label, lines), gap(2)))


def labelled(label: str, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces beside a quiet label. It is drawn whole before them, so that copied text does not mix the two."""
    name = words(label, width=LABEL - 8, size=SMALL, colour=ink().muted)
    beside_it = [beside((LABEL, piece)) for piece in pieces]
    beside_it += [gap(line.height) for line in name[len(pieces) :]]
    first = beside_it[0]

    def draw(canvas: Sheet, x: float, y: float) -> None:
        at = y
        for line in name:
            line.draw(canvas, x, at)
            at -= line.height
        first.draw(canvas, x, y)

    begun = together([Piece(first.height, draw), *beside_it[1 : len(name)]])
    return (*begun, *beside_it[len(name) :])


def aside(pieces: Sequence[Piece], other: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces, and the space that a taller column beside them takes."""
    missing = sum(piece.height for piece in other) - sum(piece.height for piece in pieces)
    return (*pieces, gap(missing)) if missing > 0 else tuple(pieces)
