"""The records of a kind as rows of a sheet, and what each column of it is."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, NamedTuple, cast

from riskreg import catalogue
from riskreg.exchange import headers, levels
from riskreg.exchange.cells import Cell, Encoder, encoder, is_nothing, linked, refs_cell
from riskreg.exchange.headers import FACTS, VERSION, Target
from riskreg.exchange.lists import Lists
from riskreg.exchange.sheets import Book, Sheet
from riskreg.exchange.ties import Ties
from riskreg.i18n import Language, Translator
from riskreg.records import SYSTEM, Record, columns, fields
from riskreg.records.fields import FactPairs, FieldKind, Value
from riskreg.views import Name, Reader, Row, View
from riskreg.work import WRITING, Work

PAGE: Final = 250
"""Records that are asked for at once."""

_MOST: Final[Mapping[type[object], int]] = {
    fields.Prose: 56,
    fields.Line: 36,
    fields.Links: 22,
    fields.Tags: 22,
    fields.Choices: 24,
    fields.Facts: 30,
}
"""The greatest widths, in characters: what is longer goes on in the next line."""
_TITLE: Final = 36
"""Of the title, with which each page across begins."""


class Column(NamedTuple):
    """A column of a sheet.

    Attributes:
        target: What it holds.
        what: The kind of its field.
        is_quiet: An import leaves it alone.
    """

    target: Target
    what: FieldKind
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a kind, in the order of the sheet.

    Ref and title, then the fields of the short form, which print; then all other fields, named facts, and
    what is for the program: exact texts of instants, when the record was kept, its version.

    Attributes:
        kind: What the records are.
        columns: All of them.
        printed: How many of them print.
        keys: What to ask of each record, named facts last.
    """

    kind: type[Record]
    columns: tuple[Column, ...]
    printed: int
    keys: tuple[str, ...]


def layout(
    kind: type[Record],
    facts: Sequence[str],
    is_redacted: bool = False,
    inside: Collection[str] | None = None,
) -> Layout:
    """The columns of a kind.

    Args:
        kind: What the records are.
        facts: The names of their other facts, a column each.
        is_redacted: Only what may be read by anybody: no title, no free text, no fact.
        inside: Only links to these kinds; None for all.
    """
    known = {
        key: what
        for key, what in headers.known(kind).items()
        if (not is_redacted or what.plain or key in SYSTEM) and _is_inside(what, inside)
    }
    own = {key: what for key, what in known.items() if key not in SYSTEM or key == "ref"}
    short = [key for key, what in own.items() if key in ("ref", "title") or what.short]
    rest = [key for key in own if key not in short]
    told = [each for key in short for each in _targets(key, own[key])]
    printed = len(told)
    told += [each for key in rest for each in _targets(key, own[key])]
    told += [Target(FACTS, name=name) for name in facts if not is_redacted]
    told += [Target(key, "exact") for key, what in own.items() if "exact" in headers.parts(what)]
    told += [
        Target(key, part)
        for key in ("created_at", "updated_at")
        for part in headers.parts(known[key])
    ]
    told.append(Target(VERSION))
    found = (_column(kind, target) for target in told)
    keys = (*known, FACTS) if not is_redacted else tuple(known)
    return Layout(kind, tuple(found), printed, keys)


def _is_inside(what: FieldKind, inside: Collection[str] | None) -> bool:
    return inside is None or not isinstance(what, fields.Links) or what.to in inside


def _targets(key: str, what: FieldKind) -> Iterator[Target]:
    """The columns that a field has among the others: its exact text stands further on."""
    yield from (Target(key, part) for part in headers.parts(what) if part != "exact")


def _column(kind: type[Record], target: Target) -> Column:
    what = columns(kind).get(target.key) or fields.Score(label="", axis="score")
    is_mirror = isinstance(what, fields.Links) and what.mirror
    is_derived = isinstance(what, fields.Derived)
    is_quiet = is_mirror or is_derived or target.key in (VERSION, *SYSTEM)
    return Column(target, what, is_quiet)


def facts_of(reader: Reader, view: View, ids: Sequence[int], work: Work) -> tuple[str, ...]:
    """The names of all other facts in these records; may be cancelled between pages of them."""
    names: set[str] = set()
    slim = replace(view, columns=(FACTS,))
    for start in range(0, len(ids), PAGE):
        work.step(WRITING)
        for row in reader.rows(slim, ids[start : start + PAGE]):
            names.update(name for name, _ in cast("FactPairs", row.values[0]))
    return tuple(sorted(names))


@cache
def programme_titles(language: Language) -> Mapping[str, str]:
    """What policy actions and steps are called, by ref."""
    found = {}
    for action in catalogue.policy_actions():
        found[action.key] = action.title.get(language)
        found |= {step.key: step.text.get(language) for step in action.steps}
    return found


class Rows:
    """Rows of a kind as lists of cells; workbook and CSV file ask alike.

    Args:
        reader: Who is asked.
        view: Which records.
        layout: The columns.
        t: The language.
        inside: Of other records than these nothing is told but the ref; None for no bounds.
    """

    def __init__(
        self,
        reader: Reader,
        view: View,
        layout: Layout,
        t: Translator,
        inside: Container[int] | None = None,
    ) -> None:
        self._inside = inside
        self.layout, self._reader, self._t = layout, reader, t
        self._view = replace(view, columns=layout.keys)
        self.names: dict[int, Name] = {}
        places = {column.target: place for place, column in enumerate(layout.columns)}
        self._width = len(layout.columns)
        self._facts = {each.name: place for each, place in places.items() if each.key == FACTS}
        self.links: list[tuple[int, int, str]] = []
        """The place of each field of links among the values, its column, its key."""
        self._plan: list[tuple[int, Encoder, tuple[int, ...]]] = []
        for number, key in enumerate(layout.keys):
            what = columns(layout.kind)[key]
            if isinstance(what, fields.Links):
                self.links.append((number, places[Target(key)], key))
            elif key != FACTS:
                encode = encoder(what, t.language, reader.vocabulary, self.names.get)
                where = tuple(places[Target(key, part)] for part in headers.parts(what))
                self._plan.append((number, encode, where))
        self._ref = layout.keys.index("ref")
        self._title = layout.keys.index("title") if "title" in layout.keys else None
        self._titles = (
            programme_titles(t.language) if layout.kind.numbering == "catalogue" else {}
        )  # in the language of the file, not of the register

    def page(self, ids: Sequence[int]) -> list[Row]:
        """These records; what they are linked to is named in `names`."""
        rows = self._reader.rows(self._view, ids)
        wanted: set[int] = set()
        for place, _, _ in self.links:
            wanted.update(*(cast("frozenset[int]", row.values[place]) for row in rows))
        self.names.clear()
        self.names.update(self._reader.names(wanted))
        if self._inside is not None:
            for id in wanted & self.names.keys():
                if id not in self._inside:
                    self.names[id] = self.names[id]._replace(title="")
        return rows

    def ref_and_title(self, row: Row) -> tuple[str, str]:
        """What a record is called."""
        ref = str(row.values[self._ref])
        title = "" if self._title is None else str(row.values[self._title])
        return ref, self._titles.get(ref, title)

    def cells(self, row: Row) -> list[Cell]:
        """The cells of a record, without those of its links."""
        cells: list[Cell] = [None] * self._width
        values = row.values
        for number, encode, places in self._plan:
            value = values[number]
            if not is_nothing(value):
                for place, cell in zip(places, encode(value), strict=True):
                    cells[place] = cell
        if self._titles and self._title is not None:
            cells[self._plan_place()] = self.ref_and_title(row)[1] or None
        if self._facts:
            for name, fact in cast("FactPairs", values[-1]):
                cells[self._facts[name]] = fact
        cells[-1] = row.version
        return cells

    def _plan_place(self) -> int:
        return next(places[0] for number, _, places in self._plan if number == self._title)

    def ends(self, value: Value) -> list[tuple[int, Name]]:
        """The records that a field of links names, in the order of their refs."""
        return linked(cast("frozenset[int]", value), self.names.get)


def _text_look(what: FieldKind) -> str:
    """The name of the look that the texts of a column have."""
    if isinstance(what, fields.Links):
        return "link"
    return "level" if levels.is_level(what) else "text"


class Table:
    """A sheet of records with drop-downs, levels and hyperlinks.

    Args:
        book: The workbook.
        sheet: The sheet.
        rows: The records.
        ties: The sheet of links.
    """

    def __init__(self, book: Book, sheet: Sheet, rows: Rows, ties: Ties) -> None:
        self._book, self._sheet, self._rows, self._ties = book, sheet, rows, ties
        kind = rows.layout.kind
        self._labels = {key: book.front.t.label(kind, key) for _, _, key in rows.links}
        self._is_begun = False

    def write(self, ids: Sequence[int]) -> None:
        """Write these records."""
        found = self._rows.page(ids)
        if not self._is_begun:
            self._begin(found)
        for row in found:
            cells = self._rows.cells(row)
            called = self._rows.ref_and_title(row)
            for place, column, key in self._rows.links:
                if value := row.values[place]:
                    ends = self._rows.ends(value)
                    cells[column] = refs_cell(ends)
                    self._tie(row.id, called, key, column, ends)
            self._sheet.row(cells)

    def _begin(self, samples: Sequence[Row]) -> None:
        """Write the headers; the widths are found by some records."""
        self._is_begun = True
        layout, looks, t = self._rows.layout, self._book.looks, self._book.front.t
        heads = [headers.header(layout.kind, each.target, t) for each in layout.columns]
        most = [
            _TITLE if each.target.key == "title" else _MOST.get(type(each.what), 30)
            for each in layout.columns
        ]
        self._sheet.begin(
            heads,
            [looks["quiet" if each.is_quiet else "header"] for each in layout.columns],
            map(self._rows.cells, samples),
            most,
            layout.printed,
        )
        self._sheet.columns = tuple(
            self._book.styles(text=_text_look(each.what)) for each in layout.columns
        )

    def _tie(
        self,
        id: int,
        called: tuple[str, str],
        key: str,
        column: int,
        ends: Sequence[tuple[int, Name]],
    ) -> None:
        """Write the links of a record that it declares itself, and let their cell lead somewhere."""
        what = cast("fields.Links", columns(self._rows.layout.kind)[key])
        first = self._ties.next_row
        if not what.mirror:
            for end in ends:
                self._ties.add((id, *called), self._labels[key], end)
        place = next(filter(None, (self._ties.places.of(end) for end, _ in ends)), "")
        if len(ends) > 1 and not what.mirror:
            place = self._ties.rows_from(first)
        if place:
            self._sheet.raw.link(len(self._sheet.sums), column, place)

    def finish(self, lists: Lists) -> None:
        """Give it drop-downs, levels, widths and pages."""
        if not self._is_begun:
            self._begin(())
        kind = self._rows.layout.kind
        for place, (target, what, is_quiet) in enumerate(self._rows.layout.columns):
            if not is_quiet:
                lists.offer(self._sheet, place, kind, target, what)
            if levels.is_level(what) and target.part == "value":
                terms = lists.vocabulary.terms_of(levels.TERMS)
                levels.mark(self._book, self._sheet, place, terms)
        has_title = self._rows.layout.columns[1].target.key == "title"
        self._sheet.finish_table(2 if has_title else 1, self._rows.layout.printed)
