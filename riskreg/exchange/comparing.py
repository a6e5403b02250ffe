"""What the rows of a sheet would do to the register: each is new, changes a record, changes nothing, or is rejected with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from riskreg import moved_times
from riskreg.changes import Change, addition, edit
from riskreg.errors import N_
from riskreg.exchange import matching
from riskreg.exchange.headers import FACTS, VERSION, Target
from riskreg.exchange.keyless import Alike
from riskreg.exchange.mapping import ColumnMap
from riskreg.exchange.matching import KeyText
from riskreg.exchange.new_names import NewNames
from riskreg.exchange.parsing import text
from riskreg.exchange.reader import Sheet, Source, SourceRow
from riskreg.exchange.rows import Bad, Read, SheetReader
from riskreg.exchange.staged import Rejection, StagedRow, State
from riskreg.records import KINDS, Record, check, fields, lasting, stored
from riskreg.records.check import shown
from riskreg.records.fields import Value
from riskreg.records.jsons import fact_pairs
from riskreg.views import Reader, View
from riskreg.work import COMPARING, Work

_STEP: Final = 50
_PORTION: Final = 1_000
AMBIGUOUS: Final = N_("several records fit: {refs}")
UNFILLED: Final = N_("“{to}” is required, and no column of this file fills it")
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
WHY_MOVED: Final = N_(
    "clocks run from this time: say why such times change, once for all rows or here under “Why a time was changed”"
)


class Table(SheetReader):
    """One sheet beside the register.

    Args:
        reason: Why known times change that clocks run from, for rows that do not say it; "" where nobody said.
    """

    def __init__(
        self,
        reader: Reader,
        source: Source,
        sheet: Sheet,
        map: ColumnMap,
        names: NewNames,
        reason: str = "",
    ) -> None:
        super().__init__(reader, source, sheet, map)
        self._names, self._reason = names, reason.strip()
        self._stored = stored(self._kind)
        self._empty = {key: fields.empty(what) for key, what in self._stored.items()}
        self._required = [key for key, what in self._stored.items() if what.required]
        self._glance = check.at_a_glance(self._kind, reader.vocabulary)

    @property
    def sheet(self) -> Sheet:
        """What it compares."""
        return self._sheet

    @property
    def map(self) -> ColumnMap:
        """How its rows are read."""
        return self._map

    @property
    def names_parties(self) -> bool:
        """Its rows may be the owners that other sheets name, so it is staged before them."""
        return self._kind.kind == "party"

    def staged(self, work: Work, first: int) -> list[StagedRow]:
        """Every row of the sheet, new ones with ids from `first` downwards."""
        read: dict[int, Read] = {}
        for place, row in enumerate(self._sheet.rows):
            if place % _STEP == 0:
                work.step(COMPARING, place, len(self._sheet.rows))
            read[row.number] = self.read_row(row)
        self._find(list(read.values()), work)
        found = []
        for place, row in enumerate(self._sheet.rows):
            if place % _STEP == 0:
                work.step(COMPARING, place, len(self._sheet.rows))
            found.append(self._outcome(row, read[row.number], first - place))
        return found

    # what the register has

    def _loaded(self, ids: Iterable[int], work: Work) -> dict[int, Record]:
        """Records in portions, between which the user may stop."""
        wanted, found = list(ids), dict[int, Record]()
        for start in range(0, len(wanted), _PORTION):
            work.step(COMPARING, start, len(wanted))
            found |= self._reader.records(wanted[start : start + _PORTION])
        return found

    def _find(self, rows: Sequence[Read], work: Work) -> None:
        """Ask for everything that the rows name, kind by kind; between questions the user may stop."""
        self._by_ref = matching.by_ref(
            self._reader, self._kind.kind, (row.ref for row in rows if row.ref)
        )
        self._records = self._loaded(self._by_ref.values(), work)
        keyed = [row.key for row in rows if any(row.key)]
        self._often = Counter(row.meant for row in rows if any(row.meant))
        self._numbers: dict[KeyText, list[int]] = {}
        for row in rows:
            self._numbers.setdefault(row.meant, []).append(row.source.number)
        is_by_ref = self._map.key == (Target("ref"),)
        work.step(COMPARING, len(rows), len(rows))
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
            work.step(COMPARING, len(rows), len(rows))
            self._called[kind] = matching.named(self._reader, kind, texts)
        work.step(COMPARING, len(rows), len(rows))
        self._alike = self._like_keyless(rows, work)
        work.step(COMPARING, len(rows), len(rows))
        self._bases = self._older(rows)
        self._mirrors = self._mirrored(rows)

    def _like_keyless(self, rows: Sequence[Read], work: Work) -> Alike:
        """Records called as the rows without a key are."""
        titles = {_title(row.values) for row in rows if not row.ref and not any(row.key)} - {""}
        called = self._reader.called(self._kind.kind, titles) if titles else {}
        return Alike(self._loaded((id for ids in called.values() for id in ids), work).values())

    def _link(self, key: str) -> fields.Links:
        what = self._fields[key]
        assert isinstance(what, fields.Links)
        return what

    def _mirrored(self, rows: Sequence[Read]) -> Mapping[int, Mapping[str, Value]]:
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

    def _older(self, rows: Sequence[Read]) -> Mapping[int, Record]:
        """Records as they stood when the rows were written, where that is some changes ago."""
        versions = {}
        for row in rows:
            record = self._records.get(self._by_ref.get(row.ref, 0))
            if record is not None and row.version is not None and 1 <= row.version < record.version:
                versions[record.id] = row.version
        return self._reader.state(versions, versions) if versions else {}

    # what comes of a row

    def _outcome(self, row: SourceRow, read: Read, id: int) -> StagedRow:
        record = None
        try:
            if read.bad is not None:
                raise read.bad
            record = self._match(read)
            change = self._change(read, record, id)
        except Bad as bad:
            return replace(self._rejected(row, record, bad), moves_time=read.moves_time)
        if record is None and change is not None and not any(read.key):
            record = self._alike.take(change.after or {})
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
            moves_time=read.moves_time,
        )

    def _rejected(self, row: SourceRow, record: Record | None, bad: Bad) -> StagedRow:
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

    def _match(self, row: Read) -> Record | None:
        """The record that a row means; None for a new one."""
        if row.ref:
            found = self._by_ref.get(row.ref)
            if found is None or found not in self._records:
                raise Bad(self._places.get(Target("ref")), row.ref, NO_RECORD, {"ref": row.ref})
            if self._often[row.meant] > 1:
                self._refuse_doubled(row)
            return self._records[found]
        if not any(row.key):
            return None
        if self._often[row.meant] > 1:
            self._refuse_doubled(row)
        records = self._by_key.get(row.key, [])
        if len(records) > 1:
            raise Bad(
                self._key_column(),
                " / ".join(row.key),
                AMBIGUOUS,
                {"refs": ", ".join(record.ref for record in records)},
            )
        return records[0] if records else None

    def _refuse_doubled(self, row: Read) -> None:
        rows = ", ".join(map(str, self._numbers[row.meant]))
        raise Bad(self._key_column(), " / ".join(row.key) or row.ref, DOUBLED, {"rows": rows})

    def _key_column(self) -> int | None:
        return self._places.get(self._map.key[0]) if self._map.key else None

    def _change(self, row: Read, record: Record | None, id: int) -> Change | None:
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
        wanted = {key: value for key, value in wanted.items() if key not in self._map.new_only}
        if row.facts:
            wanted[FACTS] = fact_pairs({**dict(record.other_facts), **row.facts}.items())
        return self._edit(row, record, wanted)

    def _linked(self, key: str, column: int, names: Sequence[str]) -> frozenset[int]:
        what, found = self._link(key), set()
        for name in names:
            ids = self._called[what.to].get(name, ())
            if len(ids) > 1:
                raise Bad(column, name, SEVERAL, {"name": shown(name)})
            if ids:
                found.add(ids[0])
            elif (made := self._made(key, what, name)) is not None:
                found.add(made)
            elif self._policy(key, what) != "empty":
                raise Bad(
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

    def _addition(self, row: Read, wanted: dict[str, Value], id: int) -> Change | None:
        if self._kind.numbering in ("catalogue", "single"):
            raise Bad(None, row.ref, NO_ADDING, {})
        if row.facts:
            wanted[FACTS] = fact_pairs([*dict(wanted.get(FACTS) or ()).items(), *row.facts.items()])  # type: ignore[arg-type]
        known = {
            key: tidy
            for key, value in wanted.items()
            if (tidy := check.tidy(self._stored[key], value)) != self._empty[key]
        }
        required = [key for key in self._required if key not in known]
        self._refuse_problems(self._kind(**known), [*known, *required])  # type: ignore[arg-type]
        return addition(self._kind.kind, known, id)

    def _edit(self, row: Read, record: Record, wanted: Mapping[str, Value]) -> Change | None:
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
            raise Bad(self._places.get(Target("ref")), record.ref, IN_BIN, {})
        self._explain(row, record, changed)
        self._refuse_problems(record.having(changed), changed)
        for key, why in lasting.problems(record, record.having(changed), changed):
            value = matching.text_of(stored(self._kind)[key], changed.get(key, record.get(key)))
            why = WHY_MOVED if why == lasting.UNEXPLAINED else why
            raise Bad(self._places.get(Target(key)), value, why, {})
        return edit(record, changed)

    def _explain(self, row: Read, record: Record, changed: dict[str, Value]) -> None:
        """A row that moves a known time without saying why takes the reason that was given for all."""
        times = lasting.unexplained(record, record.having(changed), changed)
        row.moves_time = bool(times)
        if times and self._reason:
            found = moved_times.reason_for(record, changed, times, self._reason)
            key = moved_times.REASON
            changed[key] = check.tidy(self._stored[key], found)

    def _base(self, row: Read, record: Record) -> Record:
        """The record as the row's writer saw it."""
        if row.version is None or row.version == record.version or not self._is_own:
            return record
        base = self._bases.get(record.id)
        if base is None:
            raise Bad(self._places.get(Target(VERSION)), str(row.version), STRANGE, {})
        return base

    def _refuse_conflict(self, key: str, record: Record, wanted: Value) -> None:
        what = stored(self._kind)[key]
        was, value = (
            shown(matching.text_of(what, record.get(key))),
            shown(matching.text_of(what, wanted)),
        )
        raise Bad(self._places.get(Target(key)), value, CONFLICT, {"was": was, "wanted": value})

    def _refuse_shown(self, row: Read, record: Record) -> None:
        """A column that is only shown may not say anything else than the register does."""
        if not self._is_own or (row.version is not None and row.version != record.version):
            return
        mirrors = self._mirrors.get(record.id, {})
        for key, (column, value) in row.shown_only.items():
            now = mirrors[key] if key in mirrors else record.get(key)
            if value != now and key != "title":
                raise Bad(column, self._cell(row.source, column), READ_ONLY, {})

    def _refuse_problems(self, record: Record, keys: Sequence[str] | Mapping[str, Value]) -> None:
        doubtful = [key for key in keys if not self._glance[key](record.get(key))]
        for problem in check.problems(record, doubtful, self._reader.vocabulary):
            column = self._places.get(Target(problem.field))
            what = stored(self._kind)[problem.field]
            if column is None and what.required and not record.get(problem.field):
                raise Bad(None, "", UNFILLED, {"to": what.label})
            value = matching.text_of(what, record.get(problem.field))
            raise Bad(column, value, problem.reason, problem.parameters or {})


def _title(values: Mapping[str, Value]) -> str:
    return str(values.get("title") or "")
