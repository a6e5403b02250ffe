"""The rows of a sheet on their own, read as a mapping says, before they are compared with the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from riskreg.breach_register import KEPT
from riskreg.errors import N_, Expected
from riskreg.exchange import headers, matching
from riskreg.exchange.headers import FACTS, VERSION, Target
from riskreg.exchange.mapping import ColumnMap
from riskreg.exchange.matching import KeyText
from riskreg.exchange.parsing import Parser, blank, text
from riskreg.exchange.reader import Cell, Note, Sheet, Source, SourceRow
from riskreg.records import KINDS, every_field, fields, stored
from riskreg.records.fields import Value
from riskreg.records.terms import Scale, Vocabulary, folded
from riskreg.records.values import Unfit
from riskreg.views import Reader

_ONE_CELL: Final = (
    fields.Line, fields.Prose, fields.Choice, fields.Choices, fields.YesNo, fields.Money, fields.Day, fields.Duration,
    fields.Score, fields.Tags,
)  # fmt: skip
"""Fields that one column says alone."""
_OWN_WORDS: Final = (fields.Line, fields.Prose)
_MOST_KNOWN: Final = 5_000
AS_IT_CAME: Final = N_(
    "Texts of the register of breaches that our fields would word otherwise are kept beside them."
)
ZONE: Final = N_("Times that name no zone are read as those of {zone}.")


class Bad(Exception):
    """A row that cannot be imported."""

    def __init__(
        self, column: int | None, value: Cell, reason: str, parameters: Mapping[str, str | int]
    ) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason, self.parameters = column, value, reason, parameters


@dataclass(slots=True)
class Read:
    """A row read on its own, before it is compared with the register."""

    source: SourceRow
    values: dict[str, Value]
    links: dict[str, tuple[int, list[str]]]
    facts: dict[str, str]
    shown_only: dict[str, tuple[int, Value]]
    ref: str = ""
    version: int | None = None
    key: KeyText = ()
    moves_time: bool = False
    """It changes a known time that clocks run from, and does not say why itself; known once it was compared."""
    bad: Bad | None = None
    """The first cell that cannot be read; the others are read all the same, so that the key is known."""

    @property
    def meant(self) -> KeyText:
        """What finds its record: the ref where it names one, else the key; two rows that have it mean one record."""
        return ("ref", self.ref) if self.ref else self.key


class SheetReader:
    """One sheet under one mapping.

    Raises:
        Expected: Two columns become the same ("import_two_columns").
    """

    def __init__(self, reader: Reader, source: Source, sheet: Sheet, map: ColumnMap) -> None:
        self._reader, self._sheet, self._map = reader, sheet, map
        self._is_own = source.is_own
        self._kind = KINDS[map.kind]
        self._fields = every_field(self._kind)
        own = stored(self._kind)
        self._constants = {key: value for key, value in map.constants.items() if key in own}
        zone = map.zone or reader.organisation().zone
        self._parser = Parser(
            map=map, vocabulary=reader.vocabulary, zone=zone, is_own=source.is_own
        )
        self._known: dict[str, dict[str, Value]] = {}
        self._names_known: dict[tuple[str, str], list[str]] = {}
        self._scales = _by_name(reader.vocabulary)
        self._columns = self._targets(source)
        self._places = {target: place for place, target in self._columns.items()}
        self._takers = [
            (place, take)
            for place, target in self._columns.items()
            if (take := self._taker(target))
        ]

    def _targets(self, source: Source) -> dict[int, Target]:
        """What each column becomes; unmapped ones are facts, or left out."""
        found: dict[int, Target] = {}
        for place, header in enumerate(self._sheet.headers):
            target = self._map.columns.get(header)
            is_kept = self._map.unmapped == "keep" and header not in self._map.left_out
            if target is None and header and is_kept:
                target = Target(FACTS, name=header)
            if target is not None and not target.of:
                found[place] = target
        seen = Counter(found.values())
        for place, target in found.items():
            if seen[target] > 1:
                raise Expected(
                    "import_two_columns", path=source.path.name, header=self._sheet.headers[place]
                )
        return found

    def notes(self) -> Iterator[Note]:
        """What a person should know of the sheet and its mapping."""
        yield from self._sheet.notes
        mapped = self._map.columns
        others = [header for header in self._sheet.headers if header and header not in mapped]
        is_kept = self._map.unmapped == "keep"
        left_out = [header for header in others if not is_kept or header in self._map.left_out]
        kept = [header for header in others if header not in left_out]
        named = [header for header in kept if not header.startswith(KEPT)]
        if named:
            yield Note(N_("Kept as other facts: {columns}."), {"columns": ", ".join(named)})
        if len(named) < len(kept):
            yield Note(AS_IT_CAME, {})
        if left_out:
            yield Note(N_("Left out: {columns}."), {"columns": ", ".join(left_out)})
        absent = [header for header in mapped if header not in self._sheet.headers]
        if any(self._is_timed(target) for target in self._columns.values()):
            yield Note(ZONE, {"zone": self._parser.zone})
        if absent:
            yield Note(
                N_("The mapping names columns that the file does not have: {columns}."),
                {"columns": ", ".join(absent)},
            )

    def _is_timed(self, target: Target) -> bool:
        """Times of day in it may name no zone; in our own workbook the exact text beside them does."""
        return not self._is_own and isinstance(self._fields.get(target.key), fields.Instant)

    def read_row(self, row: SourceRow) -> Read:
        """A row with its values, and the first cell that cannot be read."""
        found = Read(row, dict(self._constants), {}, {}, {})
        for column, reason in row.bad.items():
            if column in self._columns or column >= len(self._sheet.headers):
                found.bad = Bad(column, self._cell(row, column), reason, {})
                break
        for column, take in self._takers:
            try:
                take(found, column)
            except Unfit as unfit:
                cell = self._cell(row, column)
                found.bad = found.bad or Bad(column, cell, unfit.reason, unfit.parameters)
        found.key = self._key(found)
        return found

    def _cell(self, row: SourceRow, column: int | None) -> Cell:
        return row.cells[column] if column is not None and column < len(row.cells) else None

    def _taker(self, target: Target) -> Callable[[Read, int], None] | None:
        """How the cells of a column are taken, settled once for all its rows; None where they say nothing alone."""
        what = self._fields.get(target.key)
        if target.key == FACTS:
            return partial(self._take_fact, target.name)
        if target.key == "ref":
            return self._take_ref
        if target.key == VERSION:
            return self._take_version
        if what is None or target.part != "value":
            return None
        if isinstance(what, fields.Links):
            return partial(self._take_names, target.key)
        if isinstance(what, fields.Derived):
            return partial(self._take_shown, target.key, what) if self._is_own else None
        if isinstance(what, fields.Score):
            return partial(self._take_score, target.key, what)
        if isinstance(what, _ONE_CELL):
            return partial(self._take_cell, target.key, what)
        return partial(self._take_two, target.key, what)

    def _take_fact(self, name: str, found: Read, column: int) -> None:
        cell = self._cell(found.source, column)
        if not blank(cell):
            found.facts[name] = self._parser.fact(name, cell)

    def _take_ref(self, found: Read, column: int) -> None:
        found.ref = text(self._cell(found.source, column)).strip().upper()

    def _take_version(self, found: Read, column: int) -> None:
        cell = self._cell(found.source, column)
        found.version = cell if isinstance(cell, int) else None

    def _take_names(self, key: str, found: Read, column: int) -> None:
        found.links[key] = (column, self._names_in(key, self._cell(found.source, column)))

    def _take_shown(self, key: str, what: fields.FieldKind, found: Read, column: int) -> None:
        value = self._parser.value(key, what, self._cell(found.source, column))
        found.shown_only[key] = (column, value)

    def _take_cell(self, key: str, what: fields.FieldKind, found: Read, column: int) -> None:
        cells = found.source.cells
        cell = cells[column] if column < len(cells) else None
        if not self._is_own and blank(cell):
            found.values.pop(key, None)
        else:
            found.values[key] = self._value(key, what, cell)

    def _take_score(self, key: str, what: fields.Score, found: Read, column: int) -> None:
        own = self._own_step(found.source, what, self._cell(found.source, column))
        if own is None:
            self._take_cell(key, what, found, column)
        else:
            found.values[key] = own

    def _take_two(self, key: str, what: fields.FieldKind, found: Read, column: int) -> None:
        """A count or an instant, of which another column may say how exactly it is known."""
        cell = self._cell(found.source, column)
        if isinstance(what, fields.Count):
            precision = self._beside(found.source, key, "precision")
            found.values[key] = self._parser.counted(cell, precision)
        elif isinstance(what, fields.Instant):
            exact = self._beside(found.source, key, "exact")
            found.values[key] = self._parser.instant(key, cell, exact)
        is_empty = found.values.get(key) == fields.empty(what)
        if is_empty and not self._is_own and blank(cell):
            found.values.pop(key, None)

    def _own_step(self, row: SourceRow, what: fields.Score, cell: Cell) -> int | None:
        """The step that a word is on the scale that the row names; None where it names none, or the word is none of its."""
        if type(cell) is not str:
            return None
        named = self._cell(row, self._places.get(Target("scored_by")))
        scale = None if blank(named) else self._scales.get(folded(text(named)))
        if scale is None:
            return None
        axis = scale.likelihood if what.axis == "likelihood" else scale.impact
        word = folded(cell)
        fits = (
            step.value
            for step in axis
            for label in map(folded, filter(None, step.label))
            if word in (label, f"{step.value} {label}")
        )
        return next(fits, None)

    def _value(self, key: str, what: fields.FieldKind, cell: Cell) -> Value:
        """The value of a cell; what a column says again and again is read once."""
        if type(cell) is not str or isinstance(what, _OWN_WORDS):
            return self._parser.value(key, what, cell)
        known = self._known.setdefault(key, {})
        if cell not in known:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            known[cell] = self._parser.value(key, what, cell)
        return known[cell]

    def _beside(self, row: SourceRow, key: str, part: headers.Part) -> Cell:
        return self._cell(row, self._places.get(Target(key, part)))

    def _names_in(self, key: str, cell: Cell) -> list[str]:
        if blank(cell):
            return []
        given = text(cell)
        if (key, given) not in self._names_known:
            self._names_known[key, given] = self._split(key, given)
        return self._names_known[key, given]

    def _split(self, key: str, given: str) -> list[str]:
        """The names in a cell of links."""
        parts = self._parser.members(key, given)
        if key not in self._map.split and self._is_own:
            parts = [name for part in parts for name in _refs_in(part)]
        return self._parser.called(key, parts)

    def _key(self, found: Read) -> KeyText:
        return tuple(self._key_text(found, target) for target in self._map.key)

    def _key_text(self, found: Read, target: Target) -> str:
        if target.key == FACTS:
            return found.facts.get(target.name, "")
        if target.key == "ref":
            return found.ref
        what = stored(self._kind).get(target.key)
        return (
            ""
            if what is None
            else matching.text_of(what, found.values.get(target.key, fields.empty(what)))
        )


def _by_name(vocabulary: Vocabulary) -> Mapping[str, Scale]:
    """The register's own scales by what a cell may call them: ref, title, or both."""
    found: dict[str, Scale] = {}
    for scale in vocabulary.scales.values():
        for name in (scale.key, scale.title.en, f"{scale.key} {scale.title.en}"):
            found.setdefault(folded(name), scale)
    return found


def _refs_in(part: str) -> list[str]:
    """The refs of a cell of ours, `R-0001, R-0002`; any other text is one name."""
    names = [name.strip() for name in part.split(",")]
    return names if all(map(matching.looks_like_ref, names)) else [part]
