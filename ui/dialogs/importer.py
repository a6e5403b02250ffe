"""What the import dialog asks of the rooms that read files: what was found, which columns become what, a plan, and only then a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from riskreg.changes import Changed, ChangeSet, addition, edit
from riskreg.errors import Expected
from riskreg.exchange import (
    answers,
    beside,
    duplicates,
    error_report,
    guess,
    headers,
    importing,
    mapping,
    remarks,
)
from riskreg.exchange.headers import FACTS, Target
from riskreg.exchange.mapping import ColumnMap, keyed
from riskreg.exchange.reader import Note, Sheet, Source
from riskreg.exchange.staged import Staged
from riskreg.exchange.staging import stage
from riskreg.records import KINDS, ImportMapping
from riskreg.views import Reader, Register, View
from riskreg.work import COMPARING, READING, Work
from ui.context import Context
from ui.dialogs.columns import DROP, KEEP, Column
from ui.dialogs.import_lines import Teller, names_of
from ui.dialogs.import_shapes import (
    AS_MAPPED,
    Columns,
    Found,
    FoundSheet,
    Open,
    Plan,
    Wish,
    Written,
)
from ui.dialogs.preview import STATES, Line, State

_SAMPLES: Final = 3
_STEP: Final = 200
_ORDER: Final[Mapping[State, int]] = {
    "rejected": 0, "changed": 2, "new": 3, "unchanged": 4, "left_out": 5,
}  # fmt: skip
"""What needs somebody comes first; what may stand twice comes second."""


class Importer:
    """Reads files for the dialog. Each call runs on the thread of a job, one after the other."""

    def __init__(self, context: Context) -> None:
        self._t = context.t
        self._register: Register = context.register
        self._source: Source | None = None

    def find(self, path: Path, work: Work, written: Written | None = None) -> Found:
        """Look at a file; raises `Expected` where it cannot be read."""
        said = written or Written()
        how = ColumnMap(
            kind="",
            columns={},
            header_row=said.header_row,
            encoding=said.encoding,
            delimiter=said.delimiter,
        )
        source = self._source = importing.read(path, work, how)
        with self._register.reader() as reader:
            kept = _kept(reader)
            work.step(READING)
            before = remarks.imported_before(reader, source.sha256)
            sheets = [self._found(reader, source, sheet, kept, work) for sheet in source.sheets]
        return Found(
            path=path,
            sheets=sheets,
            notes=[importing.note_words(each, self._t) for each in (before, *source.notes) if each],
            is_own=source.is_own,
            encoding=source.encoding,
            delimiter=source.delimiter,
        )

    def columns(self, wish: Wish, work: Work) -> Columns:
        """The columns of the wished sheet and what each becomes."""
        with self._register.reader() as reader:
            sheet, map, guesses = self._mapped(reader, wish, work)
        shown = [
            _column(sheet, map, header, guesses.get(header))
            for header in dict.fromkeys(sheet.headers)
            if header
        ]
        keys = [str(target) for target in map.key]
        key = keys[0] if len(keys) == 1 else AS_MAPPED if keys else ""
        return Columns(kind=map.kind, columns=shown, key=key)

    def questions(self, wish: Wish, work: Work) -> Open:
        """What the columns leave open."""
        with self._register.reader() as reader:
            sheet, map, _ = self._mapped(reader, wish, work)
            edited = importing.edited(self._read(), wish.edits or {})
            sheet = next(each for each in edited.sheets if each.name == sheet.name)
            return Open(kind=map.kind, questions=answers.questions(reader, sheet, map, work))

    def plan(self, wish: Wish, work: Work) -> Plan:
        """Compare the file with the register."""
        with self._register.reader() as reader:
            source, plans = self._plan(reader, wish, work)
            staged = stage(reader, source, plans, work, reason=wish.reason)
            alike = duplicates.near(reader, staged, work) if not source.is_own else {}
            names = names_of(reader, staged)
            same = reader.records(alike.values())
            teller = Teller(self._t, reader, names, is_one=len(plans) == 1)
            lines: list[Line] = []
            for place, row in enumerate(staged.rows):
                if place % _STEP == 0:
                    work.step(COMPARING, place, len(staged.rows))
                lines += teller.lines(row, same.get(alike.get((row.sheet, row.number), 0)))
            lines += [teller.left_out(*place) for place in sorted(wish.left_out)]
        lines.sort(key=lambda line: 1 if line.alike else _ORDER[line.state])
        counts: dict[State, int] = {
            state: staged.count(state) for state in STATES if state != "left_out"
        }
        return Plan(
            counts={**counts, "left_out": len(wish.left_out)},
            lines=lines,
            doubtful=len(alike),
            staged=staged,
            source=source,
            plan=plans,
            reason=wish.reason,
            notes=[importing.note_words(each, self._t) for each in _new_notes(source, staged)],
        )

    def apply(self, plan: Plan, work: Work) -> Changed:
        """Make a plan so, in one change, after its mapping was kept for the next file with the same headings."""
        if plan.staged is None:
            raise LookupError("nothing was planned")
        if plan.text and plan.staged.changes.changes:
            self._keep(plan, work)
        return importing.apply(self._register, plan.staged, work)

    def report(self, plan: Plan, path: Path, work: Work) -> int:
        """Write the rejected rows to a workbook; answers how many."""
        if plan.staged is None or plan.source is None:
            raise LookupError("nothing was planned")
        return error_report.write(path, plan.source, plan.plan, plan.staged, self._t, work)

    def save_mapping(self, plan: Plan, path: Path) -> Path:
        """Write the mapping as a file for the command line; raises `Expected` ("cannot_write")."""
        try:
            path.write_text(plan.text, encoding="utf-8")
        except OSError as error:
            raise Expected("cannot_write", path=path.name, reason=error.strerror or "") from None
        return path

    def _read(self) -> Source:
        if self._source is None:
            raise LookupError("nothing was read")
        return self._source

    def _found(
        self,
        reader: Reader,
        source: Source,
        sheet: Sheet,
        kept: Sequence[ImportMapping],
        work: Work,
    ) -> FoundSheet:
        known = _fitting(kept, sheet)
        kind = known.for_kind if known else ""
        return FoundSheet(
            name=sheet.name,
            rows=len(sheet.rows),
            notes=[importing.note_words(note, self._t) for note in sheet.notes],
            header_row=sheet.header_row,
            kind=kind or guess.kind_of(sheet, reader.vocabulary, source.path.stem, work),
            known=known.id if known else 0,
            known_as=known.title if known else "",
        )

    def _mapped(
        self, reader: Reader, wish: Wish, work: Work
    ) -> tuple[Sheet, ColumnMap, Mapping[str, guess.Guess]]:
        """The sheet and its mapping as far as a person has said what its columns are."""
        map, guesses = self._base(reader, wish, work)
        source = self._read()
        ((sheet, map),) = importing.plan(source, kind=wish.kind, sheet=wish.sheet, map=map)
        return sheet, _chosen(map, wish), guesses

    def _base(
        self, reader: Reader, wish: Wish, work: Work
    ) -> tuple[ColumnMap, Mapping[str, guess.Guess]]:
        source = self._read()
        if isinstance(wish.mapping, Path):
            map = importing.load_map(reader, wish.mapping)
            if map.header_row or map.encoding or map.delimiter:
                self._source = importing.read(source.path, work, map)
            return map, {}
        if wish.mapping is not None:
            record = reader.record(wish.mapping)
            assert isinstance(record, ImportMapping)
            map = mapping.loads(record.text, reader.vocabulary, record.title)
            return replace(map, sheet=wish.sheet), {}
        ((sheet, _),) = importing.plan(source, kind=wish.kind, sheet=wish.sheet)[:1]
        map, guesses = guess.map_of(sheet, wish.kind, reader.vocabulary)
        said = wish.written
        return replace(
            map, encoding=said.encoding, delimiter=said.delimiter, header_row=said.header_row
        ), guesses

    def _plan(self, reader: Reader, wish: Wish, work: Work) -> tuple[Source, importing.Plan]:
        """The sheets with the mappings that a mapping file would give: what is staged can be replayed."""
        if self._read().is_own and not wish.kind:
            source = _without(importing.edited(self._read(), wish.edits or {}), wish.left_out)
            return source, importing.plan(source, sheet=wish.sheet)
        sheet, map, _ = self._mapped(reader, wish, work)
        whole = answers.answered(map, sheet, wish.given or {}, work)
        whole = mapping.loads(mapping.dumps(whole), reader.vocabulary, self._read().path.name)
        source = _without(importing.edited(self._read(), wish.edits or {}), wish.left_out)
        return source, importing.plan(source, sheet=sheet.name, map=whole)

    def _keep(self, plan: Plan, work: Work) -> None:
        """Keep the mapping as a record; one for the same headings is replaced."""
        source, (sheet, map) = plan.source, plan.plan[0]
        assert source is not None
        kept = {"for_kind": map.kind, "headers": _headings(sheet), "text": plan.text}
        with self._register.reader() as reader:
            known = _fitting([each for each in _kept(reader) if each.for_kind == map.kind], sheet)
        change = (
            edit(known, kept)
            if known
            else addition("mapping", {"title": source.path.name, **kept}, -1)
        )
        if change is not None:
            act = "edit" if known else "add"
            self._register.apply(ChangeSet(act=act, changes=(change,)), work)


def _new_notes(source: Source, staged: Staged) -> Iterator[Note]:
    """What only the comparison knows; the file's own notes stand on the first page."""
    said = [*source.notes, *(note for sheet in source.sheets for note in sheet.notes)]
    for note in staged.notes:
        if note not in said and note.text != remarks.BEFORE:
            yield note


def _kept(reader: Reader) -> list[ImportMapping]:
    """Mappings that were kept, the newest first."""
    view = View(kinds=("mapping",), sort=(("updated_at", True),))
    found = reader.records(reader.ids(view)).values()
    return [each for each in found if isinstance(each, ImportMapping)]


def _headings(sheet: Sheet) -> str:
    return "\n".join(dict.fromkeys(filter(None, sheet.headers)))


def _fitting(kept: Sequence[ImportMapping], sheet: Sheet) -> ImportMapping | None:
    """The newest mapping that was made for the same headings, in whatever order."""
    wanted = set(_headings(sheet).split("\n"))
    return next((each for each in kept if set(each.headers.split("\n")) == wanted), None)


def _without(source: Source, left_out: frozenset[tuple[str, int]]) -> Source:
    """The file without rows that shall not be imported."""
    if not left_out:
        return source
    sheets = tuple(
        replace(sheet, rows=[row for row in sheet.rows if (sheet.name, row.number) not in left_out])
        for sheet in source.sheets
    )
    return replace(source, sheets=sheets)


def _chosen(map: ColumnMap, wish: Wish) -> ColumnMap:
    """A mapping with what a person chose instead."""
    if wish.key != AS_MAPPED:
        map = replace(map, key=keyed(map.kind, (wish.key,)) if wish.key else ())
    if not wish.targets:
        return map
    is_kept = map.unmapped == "keep"
    columns = {
        header: _target(map.kind, name)
        for header, name in wish.targets.items()
        if name != DROP and not (is_kept and name == f"{KEEP}{header}")
    }
    dropped = frozenset(header for header, name in wish.targets.items() if name == DROP)
    return replace(map, columns=columns, left_out=dropped if is_kept else frozenset())


def _target(kind: str, name: str) -> Target:
    """What `str` made of a target, as a target again."""
    key, _, rest = name.partition(".")
    if key == FACTS:
        return Target(FACTS, name=rest)
    found = beside.named(KINDS[kind], name)
    key, _, rest = found.key.partition(".")
    parts: dict[str, headers.Part] = {"exact": "exact", "precision": "precision"}
    return Target(key, parts.get(rest, "value"), of=found.of)


def _column(sheet: Sheet, map: ColumnMap, header: str, found: guess.Guess | None) -> Column:
    samples = guess.texts(sheet, header)[:_SAMPLES]
    is_kept = map.unmapped == "keep" and header not in map.left_out
    kept = str(Target(FACTS, name=header)) if is_kept else DROP
    target = map.columns.get(header)
    why = found.why if found else ""
    sure = found.sure if found and found.target else ""
    return Column(header, samples, kept if target is None else str(target), why, sure)
