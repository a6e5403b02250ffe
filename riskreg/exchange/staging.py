"""An import before it happens: what every row of a file would do, and the change set that does it.

Rows in = new + changed + unchanged + rejected. A row with anything that cannot be kept is rejected
whole, with the cell and the reason. In a workbook of this program an empty cell clears the field; in any
other file it leaves the field as it is. Named facts are merged by name and never removed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from riskreg.changes import Change, ChangeSet, addition, edit
from riskreg.errors import N_, Expected
from riskreg.exchange import headers, matching
from riskreg.exchange.headers import FACTS, VERSION, Target
from riskreg.exchange.mapping import ColumnMap
from riskreg.exchange.matching import KeyText
from riskreg.exchange.parsing import Parser, blank, text
from riskreg.exchange.reader import Cell, Note, Sheet, Source, SourceRow
from riskreg.records import KINDS, Record, check, every_field, fields, stored
from riskreg.records.check import shown
from riskreg.records.fields import Value
from riskreg.records.jsons import fact_pairs
from riskreg.records.values import Unfit
from riskreg.views import Reader, View
from riskreg.work import COMPARING, QUIET, Work

State: TypeAlias = Literal["new", "changed", "unchanged", "rejected"]
_STEP: Final = 50
_PORTION: Final = 1_000
AMBIGUOUS: Final = N_("several records fit: {refs}")
DOUBLED: Final = N_("rows {rows} of this file have the same key")
CONFLICT: Final = N_(
    "it was changed in the register since this file was made: {was} there, {wanted} here"
)
READ_ONLY: Final = N_("this column is only shown; change it at the record it belongs to")
NO_ADDING: Final = N_("records of this kind cannot be added")
NO_RECORD: Final = N_("there is no record {ref}")
NO_NAME: Final = N_("there is no {to} called “{name}”")
SEVERAL: Final = N_("several are called “{name}”")
STRANGE: Final = N_("the row is of another register, or of a later state of this one")
IN_BIN: Final = N_("the record is in the bin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Why a row is not imported: one cell, or the row where `column` is empty."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str
    """A msgid."""
    parameters: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedRow:
    """What one row would do.

    Attributes:
        record: The record it finds, where there is one.
        change: What happens to it.
    """

    sheet: str
    number: int
    kind: str
    state: State
    title: str
    record: Record | None = None
    change: Change | None = None
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A whole import, not yet made."""

    rows: tuple[StagedRow, ...]
    changes: ChangeSet
    notes: tuple[Note, ...] = ()

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """Every rejected cell or row, in the order of the file."""
        return tuple(rejection for row in self.rows for rejection in row.rejections)

    def count(self, state: State) -> int:
        """How many rows are so."""
        return sum(row.state == state for row in self.rows)


class _Bad(Exception):
    """A row that cannot be imported."""

    def __init__(
        self, column: int | None, value: Cell, reason: str, parameters: Mapping[str, str | int]
    ) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason, self.parameters = column, value, reason, parameters


def stage(
    reader: Reader, source: Source, plans: Sequence[tuple[Sheet, ColumnMap]], work: Work = QUIET
) -> Staged:
    """Compare the rows of some sheets with the register.

    Raises:
        Expected: Two columns have one name, so that it is not clear what is meant; or the workbook was
            made from another register.
        Cancelled: The user stopped it.
    """
    _refuse_other_register(reader, source)
    names = _NewNames()
    tables = [_Table(reader, source, sheet, map, names) for sheet, map in plans]
    staged: dict[_Table, list[StagedRow]] = {}
    free = -1
    for table in sorted(tables, key=lambda table: not table.names_parties):
        staged[table] = table.staged(work, first=free)
        free -= len(staged[table])
    rows = [row for table in tables for row in staged[table]]
    notes = [*source.notes, *(note for table in tables for note in table.notes())]
    counts = Counter(row.state for row in rows)
    facts = {"file": source.path.name, "sha256": source.sha256, "rows": str(len(rows))}
    facts |= {state: str(counts[state]) for state in ("new", "changed", "rejected")}
    made = [row.change for row in rows if row.change is not None]
    changes = (*names.needed(made), *made)
    return Staged(
        rows=tuple(rows),
        changes=ChangeSet(act="import", facts=facts, changes=changes),
        notes=tuple(notes),
    )


def _refuse_other_register(reader: Reader, source: Source) -> None:
    """Refs mean other records in another register: the row of its R-0001 must not change ours."""
    if source.is_own and source.made_from != reader.register_id:
        raise Expected("import_other_register", path=source.path.name)


class _NewNames:
    """Records that a file names and the register does not have yet: one new record a name."""

    FIRST: Final = -1_000_000_000

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], int] = {}
        self._changes: dict[int, Change] = {}

    def take(self, kind: str, name: str, id: int) -> None:
        """A row of the file makes the record of this name itself."""
        self._ids.setdefault((kind, _folded(name)), id)

    def id_of(self, kind: str, name: str) -> int:
        """The id under which a name is made."""
        known = kind, _folded(name)
        if known not in self._ids:
            id = self._ids[known] = self.FIRST - len(self._ids)
            self._changes[id] = addition(kind, {"title": name.strip()}, id)
        return self._ids[known]

    def needed(self, changes: Iterable[Change]) -> list[Change]:
        """The new records that these changes point to; a rejected row leaves none behind."""
        named: set[object] = set()
        for change in changes:
            for value in (change.after or {}).values():
                if isinstance(value, frozenset):
                    named |= value
        return [change for id, change in self._changes.items() if id in named]


@dataclass(slots=True)
class _Read:
    """A row read on its own, before it is compared with the register."""

    source: SourceRow
    values: dict[str, Value]
    links: dict[str, tuple[int, list[str]]]
    facts: dict[str, str]
    shown_only: dict[str, tuple[int, Value]]
    ref: str = ""
    version: int | None = None
    key: KeyText = ()
    bad: _Bad | None = None
    """The first cell that cannot be read; the others are read all the same, so that the key is known."""


class _Table:
    """One sheet under one mapping."""

    def __init__(
        self, reader: Reader, source: Source, sheet: Sheet, map: ColumnMap, names: _NewNames
    ) -> None:
        self._reader, self._sheet, self._map, self._names = reader, sheet, map, names
        self._is_own = source.is_own
        self._kind = KINDS[map.kind]
        self._fields = every_field(self._kind)
        zone = map.zone or reader.organisation().zone
        self._parser = Parser(
            map=map, vocabulary=reader.vocabulary, zone=zone, is_own=source.is_own
        )
        self._columns = self._targets(source)
        self._places = {target: place for place, target in self._columns.items()}
        self._glance = check.at_a_glance(self._kind, reader.vocabulary)

    def _targets(self, source: Source) -> dict[int, Target]:
        """What each column becomes; unmapped ones are facts, or left out."""
        found: dict[int, Target] = {}
        for place, header in enumerate(self._sheet.headers):
            target = self._map.columns.get(header)
            is_kept = self._map.unmapped == "keep" and header not in self._map.left_out
            if target is None and header and is_kept:
                target = Target(FACTS, name=header)
            if target is not None:
                found[place] = target
        seen = Counter(found.values())
        for place, target in found.items():
            if seen[target] > 1:
                raise Expected(
                    "import_two_columns", path=source.path.name, header=self._sheet.headers[place]
                )
        return found

    @property
    def names_parties(self) -> bool:
        """Its rows may be the owners that other sheets name, so it is staged before them."""
        return self._kind.kind == "party"

    def notes(self) -> Iterator[Note]:
        """What a person should know of the sheet and its mapping."""
        yield from self._sheet.notes
        mapped = self._map.columns
        others = [header for header in self._sheet.headers if header and header not in mapped]
        is_kept = self._map.unmapped == "keep"
        left_out = [header for header in others if not is_kept or header in self._map.left_out]
        kept = [header for header in others if header not in left_out]
        if kept:
            yield Note(N_("Kept as other facts: {columns}."), {"columns": ", ".join(kept)})
        if left_out:
            yield Note(N_("Left out: {columns}."), {"columns": ", ".join(left_out)})
        absent = [header for header in mapped if header not in self._sheet.headers]
        if absent:
            yield Note(
                N_("The mapping names columns that the file does not have: {columns}."),
                {"columns": ", ".join(absent)},
            )

    # rows

    def staged(self, work: Work, first: int) -> list[StagedRow]:
        """Every row of the sheet, new ones with ids from `first` downwards."""
        read: dict[int, _Read] = {}
        for place, row in enumerate(self._sheet.rows):
            if place % _STEP == 0:
                work.step(COMPARING, place, len(self._sheet.rows))
            read[row.number] = self._read(row)
        self._find(list(read.values()), work)
        found = []
        for place, row in enumerate(self._sheet.rows):
            if place % _STEP == 0:
                work.step(COMPARING, place, len(self._sheet.rows))
            found.append(self._outcome(row, read[row.number], first - place))
        return found

    def _read(self, row: SourceRow) -> _Read:
        found = _Read(row, dict(self._map.constants), {}, {}, {})
        for column, reason in row.bad.items():
            if column in self._columns or column >= len(self._sheet.headers):
                found.bad = _Bad(column, self._cell(row, column), reason, {})
                break
        for column, target in self._columns.items():
            try:
                self._take(found, column, target)
            except Unfit as unfit:
                cell = self._cell(row, column)
                found.bad = found.bad or _Bad(column, cell, unfit.reason, unfit.parameters)
        found.key = self._key(found)
        return found

    def _cell(self, row: SourceRow, column: int | None) -> Cell:
        return row.cells[column] if column is not None and column < len(row.cells) else None

    def _take(self, found: _Read, column: int, target: Target) -> None:
        row = found.source
        cell = row.cells[column] if column < len(row.cells) else None
        if target.key == FACTS:
            if not blank(cell):
                found.facts[target.name] = self._parser.fact(target.name, cell)
        elif target.key == "ref":
            found.ref = text(cell).strip().upper()
        elif target.key == VERSION:
            found.version = cell if isinstance(cell, int) else None
        elif target.key in self._fields and target.part == "value":
            self._take_field(found, column, target.key, self._fields[target.key])

    def _take_field(self, found: _Read, column: int, key: str, what: fields.FieldKind) -> None:
        cell = found.source.cells[column] if column < len(found.source.cells) else None
        if isinstance(what, fields.Links):
            found.links[key] = (column, self._names_in(key, cell))
        elif isinstance(what, fields.Derived):
            if self._is_own:
                found.shown_only[key] = (column, self._parser.value(key, what, cell))
        elif isinstance(what, fields.Count):
            found.values[key] = self._parser.counted(
                cell, self._beside(found.source, key, "precision")
            )
        elif isinstance(what, fields.Instant):
            found.values[key] = self._parser.instant(
                key, cell, self._beside(found.source, key, "exact")
            )
        else:
            found.values[key] = self._parser.value(key, what, cell)
        if blank(cell) and not self._is_own and found.values.get(key) == fields.empty(what):
            found.values.pop(key, None)

    def _beside(self, row: SourceRow, key: str, part: headers.Part) -> Cell:
        return self._cell(row, self._places.get(Target(key, part)))

    def _names_in(self, key: str, cell: Cell) -> list[str]:
        if blank(cell):
            return []
        given = text(cell)
        parts = self._parser.members(key, given)
        if key not in self._map.split and self._is_own:
            parts = [name for part in parts for name in _refs_in(part)]
        return self._parser.called(key, parts)

    def _key(self, found: _Read) -> KeyText:
        return tuple(self._key_text(found, target) for target in self._map.key)

    def _key_text(self, found: _Read, target: Target) -> str:
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

    # what the register has

    def _loaded(self, ids: Iterable[int], work: Work) -> dict[int, Record]:
        """Records in portions, between which the user may stop."""
        wanted, found = list(ids), dict[int, Record]()
        for start in range(0, len(wanted), _PORTION):
            work.step(COMPARING, start, len(wanted))
            found |= self._reader.records(wanted[start : start + _PORTION])
        return found

    def _find(self, rows: Sequence[_Read], work: Work) -> None:
        """Ask for everything that the rows name, all at once."""
        self._by_ref = matching.by_ref(
            self._reader, self._kind.kind, (row.ref for row in rows if row.ref)
        )
        self._records = self._loaded(self._by_ref.values(), work)
        keyed = [row.key for row in rows if any(row.key)]
        self._often = Counter(keyed)
        self._numbers: dict[KeyText, list[int]] = {}
        for row in rows:
            self._numbers.setdefault(row.key, []).append(row.source.number)
        is_by_ref = self._map.key == (Target("ref"),)
        self._by_key = (
            {}
            if is_by_ref or not self._map.key
            else matching.by_key(self._reader, self._kind, self._map.key, keyed)
        )
        self._called: dict[str, Mapping[str, tuple[int, ...]]] = {}
        wanted: dict[str, set[str]] = {}
        for row in rows:
            for key, (_, names) in row.links.items():
                wanted.setdefault(self._link(key).to, set()).update(names)
        for kind, texts in wanted.items():
            self._called[kind] = matching.named(self._reader, kind, texts)
        self._alike = self._like_keyless(rows, work)
        self._bases = self._older(rows)
        self._mirrors = self._mirrored(rows)

    def _like_keyless(self, rows: Sequence[_Read], work: Work) -> dict[str, list[Record]]:
        """Records called as the rows without a key are, so that the same file again makes no second ones."""
        titles = {_title(row.values) for row in rows if not row.ref and not any(row.key)} - {""}
        called = self._reader.called(self._kind.kind, titles) if titles else {}
        records = self._loaded((id for ids in called.values() for id in ids), work)
        found: dict[str, list[Record]] = {}
        for record in records.values():
            found.setdefault(_folded(record.title), []).append(record)
        return found

    def _link(self, key: str) -> fields.Links:
        what = self._fields[key]
        assert isinstance(what, fields.Links)
        return what

    def _mirrored(self, rows: Sequence[_Read]) -> Mapping[int, Mapping[str, Value]]:
        """What the register shows in the mirrored columns of the records that the rows name by ref."""
        keys = tuple(key for key in self._columns_of_links() if self._link(key).mirror)
        if not keys or not self._is_own:
            return {}
        view = View(kinds=(self._kind.kind,), columns=keys)
        found = self._reader.rows(view, list(self._records))
        return {row.id: dict(zip(keys, row.values, strict=True)) for row in found}

    def _columns_of_links(self) -> list[str]:
        return [
            target.key
            for target in self._columns.values()
            if isinstance(self._fields.get(target.key), fields.Links)
        ]

    def _older(self, rows: Sequence[_Read]) -> Mapping[int, Record]:
        """Records as they stood when the rows were written, where that is some changes ago."""
        versions = {}
        for row in rows:
            record = self._records.get(self._by_ref.get(row.ref, 0))
            if record is not None and row.version is not None and 1 <= row.version < record.version:
                versions[record.id] = row.version
        return self._reader.state(versions, versions) if versions else {}

    # what comes of a row

    def _outcome(self, row: SourceRow, read: _Read, id: int) -> StagedRow:
        record = None
        try:
            if read.bad is not None:
                raise read.bad
            record = self._match(read)
            change = self._change(read, record, id)
        except _Bad as bad:
            return self._rejected(row, record, bad)
        if record is None and change is not None and not any(read.key):
            record = self._already_there(change)
            change = None if record else change
        if change is not None and record is None and self.names_parties:
            self._names.take("party", _title(read.values), id)
        state: State = "unchanged" if change is None else "new" if record is None else "changed"
        title = str(read.values.get("title") or (record.title if record else ""))
        return StagedRow(
            sheet=self._sheet.name,
            number=row.number,
            kind=self._kind.kind,
            state=state,
            title=title,
            record=record,
            change=change,
        )

    def _already_there(self, change: Change) -> Record | None:
        """The record that says all that a row without a key says; each stands for one row."""
        wanted = dict(change.after or {})
        facts = dict(wanted.pop(FACTS, ()))  # type: ignore[arg-type]
        records = self._alike.get(_folded(_title(wanted)), [])
        for record in records:
            is_same = all(record.get(key) == value for key, value in wanted.items())
            if is_same and facts.items() <= dict(record.other_facts).items():
                records.remove(record)
                return record
        return None

    def _rejected(self, row: SourceRow, record: Record | None, bad: _Bad) -> StagedRow:
        headers_of = self._sheet.headers
        column = (
            headers_of[bad.column]
            if bad.column is not None and bad.column < len(headers_of)
            else ""
        )
        rejection = Rejection(
            sheet=self._sheet.name,
            row=row.number,
            column=column,
            value=shown(text(bad.value), 200),
            reason=bad.reason,
            parameters=bad.parameters,
        )
        title = text(self._cell(row, self._places.get(Target("title"))))
        return StagedRow(
            sheet=self._sheet.name,
            number=row.number,
            kind=self._kind.kind,
            state="rejected",
            title=shown(title, 200),
            record=record,
            rejections=(rejection,),
        )

    def _match(self, row: _Read) -> Record | None:
        """The record that a row means; None for a new one."""
        if row.ref:
            found = self._by_ref.get(row.ref)
            if found is None or found not in self._records:
                raise _Bad(self._places.get(Target("ref")), row.ref, NO_RECORD, {"ref": row.ref})
            if self._often[row.key] > 1:
                self._refuse_doubled(row)
            return self._records[found]
        if not any(row.key):
            return None
        if self._often[row.key] > 1:
            self._refuse_doubled(row)
        records = self._by_key.get(row.key, [])
        if len(records) > 1:
            raise _Bad(
                self._key_column(),
                " / ".join(row.key),
                AMBIGUOUS,
                {"refs": ", ".join(record.ref for record in records)},
            )
        return records[0] if records else None

    def _refuse_doubled(self, row: _Read) -> None:
        rows = ", ".join(map(str, self._numbers[row.key]))
        raise _Bad(self._key_column(), " / ".join(row.key), DOUBLED, {"rows": rows})

    def _key_column(self) -> int | None:
        return self._places.get(self._map.key[0]) if self._map.key else None

    def _change(self, row: _Read, record: Record | None, id: int) -> Change | None:
        wanted = dict(row.values)
        for key, (column, names) in row.links.items():
            ids = self._linked(key, column, names)
            if self._link(key).mirror:
                row.shown_only[key] = (column, ids)
            elif ids or self._is_own:
                wanted[key] = ids
        if record is None:
            return self._addition(row, wanted, id)
        self._refuse_shown(row, record)
        if row.facts:
            wanted[FACTS] = fact_pairs({**dict(record.other_facts), **row.facts}.items())
        return self._edit(row, record, wanted)

    def _linked(self, key: str, column: int, names: Sequence[str]) -> frozenset[int]:
        what, found = self._link(key), set()
        for name in names:
            ids = self._called[what.to].get(name, ())
            if len(ids) > 1:
                raise _Bad(column, name, SEVERAL, {"name": shown(name)})
            if ids:
                found.add(ids[0])
            elif (made := self._made(key, what, name)) is not None:
                found.add(made)
            elif self._policy(key, what) != "empty":
                raise _Bad(
                    column, name, NO_NAME, {"to": KINDS[what.to].singular, "name": shown(name)}
                )
        return frozenset(found)

    def _policy(self, key: str, what: fields.Links) -> str:
        return self._map.references.get(key, "create" if what.to == "party" else "reject")

    def _made(self, key: str, what: fields.Links, name: str) -> int | None:
        is_wanted = self._policy(key, what) == "create" and KINDS[what.to].numbering in (
            "plain",
            "yearly",
        )
        if not is_wanted or matching.looks_like_ref(name):
            return None
        return self._names.id_of(what.to, name)

    def _addition(self, row: _Read, wanted: dict[str, Value], id: int) -> Change | None:
        if self._kind.numbering in ("catalogue", "single"):
            raise _Bad(None, row.ref, NO_ADDING, {})
        if row.facts:
            wanted[FACTS] = fact_pairs([*dict(wanted.get(FACTS) or ()).items(), *row.facts.items()])  # type: ignore[arg-type]
        tidy = {key: check.tidy(stored(self._kind)[key], value) for key, value in wanted.items()}
        known = {
            key: value
            for key, value in tidy.items()
            if value != fields.empty(stored(self._kind)[key])
        }
        required = [
            key for key, what in stored(self._kind).items() if what.required and key not in known
        ]
        self._refuse_problems(self._kind(**known), [*known, *required])  # type: ignore[arg-type]
        return addition(self._kind.kind, known, id)

    def _edit(self, row: _Read, record: Record, wanted: Mapping[str, Value]) -> Change | None:
        base = self._base(row, record)
        changed: dict[str, Value] = {}
        for key, value in wanted.items():
            tidy = check.tidy(stored(self._kind)[key], value)
            if tidy == record.get(key) or (base is not record and tidy == base.get(key)):
                continue
            if base is not record and base.get(key) != record.get(key):
                self._refuse_conflict(key, record, tidy)
            changed[key] = tidy
        if changed and record.deleted_at is not None:
            raise _Bad(self._places.get(Target("ref")), record.ref, IN_BIN, {})
        self._refuse_problems(record.having(changed), changed)
        return edit(record, changed)

    def _base(self, row: _Read, record: Record) -> Record:
        """The record as the row's writer saw it."""
        if row.version is None or row.version == record.version or not self._is_own:
            return record
        base = self._bases.get(record.id)
        if base is None:
            raise _Bad(self._places.get(Target(VERSION)), str(row.version), STRANGE, {})
        return base

    def _refuse_conflict(self, key: str, record: Record, wanted: Value) -> None:
        what = stored(self._kind)[key]
        was, value = (
            shown(matching.text_of(what, record.get(key))),
            shown(matching.text_of(what, wanted)),
        )
        raise _Bad(self._places.get(Target(key)), value, CONFLICT, {"was": was, "wanted": value})

    def _refuse_shown(self, row: _Read, record: Record) -> None:
        """A column that is only shown may not say anything else than the register does."""
        if not self._is_own or (row.version is not None and row.version != record.version):
            return
        mirrors = self._mirrors.get(record.id, {})
        for key, (column, value) in row.shown_only.items():
            now = mirrors[key] if key in mirrors else record.get(key)
            if value != now and key != "title":
                raise _Bad(column, self._cell(row.source, column), READ_ONLY, {})

    def _refuse_problems(self, record: Record, keys: Sequence[str] | Mapping[str, Value]) -> None:
        doubtful = [key for key in keys if not self._glance[key](record.get(key))]
        for problem in check.problems(record, doubtful, self._reader.vocabulary):
            column = self._places.get(Target(problem.field))
            value = matching.text_of(stored(self._kind)[problem.field], record.get(problem.field))
            raise _Bad(column, value, problem.reason, problem.parameters or {})


def _title(values: Mapping[str, Value]) -> str:
    return str(values.get("title") or "")


def _folded(title: str) -> str:
    return title.strip().casefold()


def _refs_in(part: str) -> list[str]:
    """The refs of a cell of ours, `R-0001, R-0002`; any other text is one name."""
    names = [name.strip() for name in part.split(",")]
    return names if all(map(matching.looks_like_ref, names)) else [part]
