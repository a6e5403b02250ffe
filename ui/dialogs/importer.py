"""What the import dialog asks of the rooms that read files: what was found, which columns become what, a plan, and only then a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, cast

from riskreg.changes import Change, Changed
from riskreg.errors import N_
from riskreg.exchange import importing
from riskreg.exchange.headers import FACTS, Target
from riskreg.exchange.mapping import ColumnMap, keyed
from riskreg.exchange.reader import Sheet, Source
from riskreg.exchange.staging import Staged, StagedRow, stage
from riskreg.formats import format_value
from riskreg.records import KINDS, every_field, fields
from riskreg.records.fields import FactPairs, FieldKind, Value
from riskreg.views import Name, Reader, Register
from riskreg.work import QUIET, Work
from ui.context import Context
from ui.dialogs.columns import DROP, Column
from ui.dialogs.preview import STATES, Line, State

AS_MAPPED: Final = "*"
"""Existing records are found as the mapping says."""
_SAMPLES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSheet:
    """A sheet of a file, or the one table of a CSV file, whose name is empty."""

    name: str
    rows: int
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a file holds; `notes` are in words.

    `is_own` means a workbook that this program wrote: its sheets say what they are.
    """

    path: Path
    sheets: Sequence[FoundSheet]
    notes: Sequence[str] = ()
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a file shall be read.

    Attributes:
        sheet: The sheet; empty for the only one, or for all of an own workbook.
        kind: The kind of record its rows are; empty for an own workbook.
        mapping: A TOML file with a mapping; None for the automatic one.
        targets: What each column becomes, where a person chose; empty for what the mapping says.
        key: The field that finds an existing record; empty where every row is new.
    """

    sheet: str = ""
    kind: str = ""
    mapping: Path | None = None
    targets: Mapping[str, str]
    key: str = AS_MAPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of one sheet, the kind its rows are, and the field that finds an existing record (`AS_MAPPED` for several)."""

    kind: str
    columns: Sequence[Column]
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do; nothing has changed yet."""

    counts: Mapping[State, int]
    lines: Sequence[Line]


class Importer:
    """Reads files for the dialog. Each call runs on the thread of a job, one after the other."""

    def __init__(self, context: Context) -> None:
        self._t = context.t
        self._register: Register = context.register
        self._source: Source | None = None
        self._staged: Staged | None = None

    def find(self, path: Path, work: Work) -> Found:
        """Look at a file; raises `Expected` where it cannot be read."""
        source = self._source = importing.read(path, work)
        sheets = tuple(
            FoundSheet(
                name=sheet.name,
                rows=len(sheet.rows),
                notes=[importing.note_words(note, self._t) for note in sheet.notes],
            )
            for sheet in source.sheets
        )
        notes = [importing.note_words(note, self._t) for note in source.notes]
        return Found(path=path, sheets=sheets, notes=notes, is_own=source.is_own)

    def columns(self, wish: Wish) -> Columns:
        """The columns of the wished sheet and what each becomes."""
        with self._register.reader() as reader:
            ((sheet, map),) = self._plan(reader, wish, QUIET)
        found = [_column(sheet, map, place) for place in range(len(sheet.headers))]
        keys = [str(target) for target in map.key]
        key = keys[0] if len(keys) == 1 else AS_MAPPED if keys else ""
        shown = [column for column in found if column.header]
        return Columns(kind=map.kind, columns=shown, key=key)

    def plan(self, wish: Wish, work: Work) -> Plan:
        """Compare the file with the register."""
        with self._register.reader() as reader:
            plans = self._plan(reader, wish, work)
            staged = self._staged = stage(reader, self._read(), plans, work)
            names = _names(reader, staged)
            teller = _Teller(self, reader, names, is_one=len(plans) == 1)
            lines = [line for row in staged.rows for line in teller.lines(row)]
        return Plan(counts={state: staged.count(state) for state in STATES}, lines=lines)

    def apply(self, work: Work) -> Changed:
        """Make the last plan so, in one change."""
        if self._staged is None:
            raise LookupError("nothing was planned")
        return importing.apply(self._register, self._staged, work)

    def _read(self) -> Source:
        if self._source is None:
            raise LookupError("nothing was read")
        return self._source

    def _plan(self, reader: Reader, wish: Wish, work: Work) -> importing.Plan:
        map = importing.load_map(reader, wish.mapping) if wish.mapping else None
        source = self._read()
        if (
            map
            and map.header_row
            and all(map.header_row != each.header_row for each in source.sheets)
        ):
            source = self._source = importing.read(source.path, work, map)
        plans = importing.plan(source, kind=wish.kind, sheet=wish.sheet, map=map)
        return [(sheet, _chosen(map, wish)) for sheet, map in plans]


def _chosen(map: ColumnMap, wish: Wish) -> ColumnMap:
    """A mapping with what a person chose instead."""
    if wish.key != AS_MAPPED:
        map = replace(map, key=keyed(map.kind, (wish.key,)) if wish.key else ())
    if not wish.targets:
        return map
    columns = {header: _target(name) for header, name in wish.targets.items() if name != DROP}
    return replace(map, columns=columns, unmapped="drop")


def _target(name: str) -> Target:
    """What `str` made of a target, as a target again."""
    key, _, rest = name.partition(".")
    if key == FACTS:
        return Target(FACTS, name=rest)
    return Target(
        key, "exact" if rest == "exact" else "precision" if rest == "precision" else "value"
    )


def _column(sheet: Sheet, map: ColumnMap, place: int) -> Column:
    header = sheet.headers[place]
    cells = (row.cells[place] for row in sheet.rows if place < len(row.cells))
    filled = (str(cell) for cell in cells if cell not in (None, ""))
    samples = [text for text, _ in zip(filled, range(_SAMPLES), strict=False)]
    kept = str(Target(FACTS, name=header)) if map.unmapped == "keep" else DROP
    target = map.columns.get(header)
    return Column(header, samples, kept if target is None else str(target))


def _names(reader: Reader, staged: Staged) -> dict[int, Name]:
    """What linked records are called, those that the import makes too."""
    changes = staged.changes.changes
    ids = {id for change in changes for id in _linked(change)}
    made = {
        change.id: Name(change.kind, "", str((change.after or {}).get("title", "")))
        for change in changes
        if change.before is None
    }
    return {**made, **reader.names(id for id in ids if id > 0)}


def _linked(change: Change) -> Iterator[int]:
    known = every_field(KINDS[change.kind])
    for side in (change.before or {}, change.after or {}):
        for key, value in side.items():
            if isinstance(known.get(key), fields.Links):
                yield from cast("frozenset[int]", value)


class _Teller:
    """Tells what rows would do."""

    def __init__(
        self, importer: Importer, reader: Reader, names: Mapping[int, Name], *, is_one: bool
    ) -> None:
        self._t = importer._t
        self._vocabulary = reader.vocabulary
        self._names = names
        self._is_one = is_one

    def lines(self, row: StagedRow) -> Iterator[Line]:
        """One line for a new or unchanged row, one for each changed field or rejected cell."""
        place = str(row.number) if self._is_one else f"{row.sheet} {row.number}"
        ref = row.record.ref if row.record else ""
        record = f"{ref} {row.title}".strip()
        if row.state == "rejected":
            for each in row.rejections:
                reason = importing.reason(each, self._t)
                yield Line(
                    place=place, state="rejected", record=record,
                    field=each.column, new=each.value, reason=reason,
                )  # fmt: skip
        elif row.state == "changed" and row.change is not None:
            for label, old, new in self._differences(row.change):
                yield Line(
                    place=place, state="changed", record=record, field=label, old=old, new=new
                )
        else:
            yield Line(place=place, state=row.state, record=record)

    def _differences(self, change: Change) -> Iterator[tuple[str, str, str]]:
        kind = KINDS[change.kind]
        before, after = change.before or {}, change.after or {}
        for key, value in after.items():
            what, label = every_field(kind)[key], self._t.label(kind, key)
            if isinstance(what, fields.Facts):
                named = self._t.gettext(N_("{label}: {text}"))
                pairs = _facts(cast("FactPairs", before[key]), cast("FactPairs", value))
                for name, old, new in pairs:
                    yield named.format(label=label, text=name), old, new
            else:
                yield label, self._words(what, before[key]), self._words(what, value)

    def _words(self, what: FieldKind, value: Value) -> str:
        return format_value(what, value, self._t, self._vocabulary, self._names)


def _facts(before: FactPairs, after: FactPairs) -> Iterator[tuple[str, str, str]]:
    was = dict(before)
    for name, value in after:
        if was.get(name) != value:
            yield name, was.get(name, ""), value
