"""An import from the file to the journal: read, plan, stage, and only then apply. Command line and window make the same calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from riskreg.changes import Changed
from riskreg.errors import Expected
from riskreg.exchange import answers, guess, headers, mapping, marks, reader, register_33_5
from riskreg.exchange.mapping import ColumnMap
from riskreg.exchange.reader import Cell, Note, Sheet, Source
from riskreg.exchange.staged import Rejection, Staged
from riskreg.exchange.staging import stage
from riskreg.i18n import Translator
from riskreg.records import KINDS, REGISTER_KINDS
from riskreg.views import Reader, Register
from riskreg.work import QUIET, Work

Plan: TypeAlias = Sequence[tuple[Sheet, ColumnMap]]
Edits: TypeAlias = Mapping[tuple[str, int, str], str]
"""What a person typed in the place of cells: by sheet, row and heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import did, or would do."""

    source: Source
    plan: Plan
    staged: Staged
    applied: Changed | None = None

    def as_json(self, t: Translator) -> dict[str, Any]:
        """Counts and rejections for a script; reasons in the language of `t`."""
        counts = {
            state: self.staged.count(state) for state in ("new", "changed", "unchanged", "rejected")
        }
        return {
            **counts,
            "rejections": [rejection_json(each, t) for each in self.staged.rejections],
        }


def rejection_json(rejection: Rejection, t: Translator) -> dict[str, Any]:
    """A rejection for a script."""
    return {
        "sheet": rejection.sheet,
        "row": rejection.row,
        "column": rejection.column,
        "value": rejection.value,
        "reason": reason(rejection, t),
    }


def reason(rejection: Rejection, t: Translator) -> str:
    """Why, in the language of `t`."""
    named = {
        key: t.gettext(value) if isinstance(value, str) and key == "to" else value
        for key, value in rejection.parameters.items()
    }
    return t.gettext(rejection.reason).format(**named)


def note_words(note: Note, t: Translator) -> str:
    """A note in the language of `t`."""
    named = {
        key: t.gettext(value) if key == "what" and isinstance(value, str) else value
        for key, value in note.parameters.items()
    }
    return t.gettext(note.text).format(**named)


def plan(
    source: Source,
    *,
    kind: str = "",
    sheet: str = "",
    map: ColumnMap | None = None,
    key: Sequence[str] = (),
) -> Plan:
    """Which sheets are read, and how.

    A mapping decides; else a register of article 33(5) or a workbook of this program says it itself; else `kind` is needed and the first
    visible sheet with rows is taken, or the one named.

    Raises:
        Expected: There is no such sheet, or it is not clear what the rows are.
    """
    if map is not None:
        chosen = _sheet(source, sheet or map.sheet)
        keys = mapping.keyed(map.kind, key) if key else map.key
        return [(chosen, replace(map, key=keys))]
    if kind in ("", register_33_5.KIND) and not source.is_own:
        chosen = _sheet(source, sheet)
        if (known := register_33_5.map_of(chosen)) is not None:
            return [
                (chosen, replace(known, key=mapping.keyed(known.kind, key) if key else known.key))
            ]
    if source.is_own and not sheet:
        found = [(each, name) for each, name in _named(source) if kind in ("", name)]
        return [(each, mapping.automatic(name, each.headers, key)) for each, name in found]
    if not kind and not sheet and (named := _named(source)):
        return [(each, mapping.automatic(name, each.headers, key)) for each, name in named]
    if not kind and any(headers.kind_of_sheet(each.name) for each in source.sheets):
        raise Expected("import_no_rows", path=source.path.name)
    if not kind:
        raise Expected("import_which_kind", path=source.path.name, known=", ".join(REGISTER_KINDS))
    if kind not in KINDS:
        raise Expected("no_kind", kind=kind, known=", ".join(REGISTER_KINDS))
    chosen = _sheet(source, sheet)
    return [(chosen, mapping.automatic(kind, chosen.headers, key))]


def _named(source: Source) -> list[tuple[Sheet, str]]:
    """The sheets with rows that are called after a kind, as in our workbooks and templates."""
    named = ((sheet, headers.kind_of_sheet(sheet.name)) for sheet in source.sheets if sheet.rows)
    return [(sheet, name) for sheet, name in named if name]


def _sheet(source: Source, name: str) -> Sheet:
    if name:
        for sheet in source.sheets:
            if sheet.name.casefold() == name.strip().casefold():
                return sheet
        if not (len(source.sheets) == 1 and not source.sheets[0].name):
            known = ", ".join(sheet.name for sheet in source.sheets)
            raise Expected("import_no_sheet", path=source.path.name, sheet=name, known=known)
    visible = [sheet for sheet in source.sheets if sheet.rows and sheet.is_visible]
    return (visible or [sheet for sheet in source.sheets if sheet.rows])[0]


def load_map(store: Reader, path: Path) -> ColumnMap:
    """Read a mapping file for a register's lists of choices."""
    return mapping.load(path, store.vocabulary)


def read(path: Path, work: Work = QUIET, map: ColumnMap | None = None) -> Source:
    """Read a file; headers stand where the mapping says, else where they are found.

    Rows and columns that this program marked as no data (`marks`) are left out; a register of article 33(5) is
    unfolded.
    """
    how = map or ColumnMap(kind="", columns={})
    found = marks.without(
        reader.read(path, work, how.header_row, encoding=how.encoding, delimiter=how.delimiter)
    )
    if not any(sheet.rows for sheet in found.sheets):
        raise Expected("import_no_rows", path=path.name)
    return register_33_5.unfolded(found)


def edited(source: Source, edits: Edits) -> Source:
    """The file as it would be with other texts in some cells; the file itself stays as it is."""
    return replace(source, sheets=tuple(_edited(sheet, edits) for sheet in source.sheets))


def _edited(sheet: Sheet, edits: Edits) -> Sheet:
    wanted: dict[int, dict[int, str]] = {}
    for (name, number, header), typed in edits.items():
        if name == sheet.name and header in sheet.headers:
            wanted.setdefault(number, {})[sheet.headers.index(header)] = typed
    rows = [_with(row, wanted[row.number]) if row.number in wanted else row for row in sheet.rows]
    return replace(sheet, rows=rows) if wanted else sheet


def _with(row: reader.SourceRow, typed: Mapping[int, str]) -> reader.SourceRow:
    cells: list[Cell] = list(row.cells) + [None] * (max(typed) + 1 - len(row.cells))
    for place, text in typed.items():
        cells[place] = text or None
    bad = {place: why for place, why in row.bad.items() if place not in typed}
    return row._replace(cells=tuple(cells), bad=bad)


def suggest(
    register: Reader, source: Source, *, kind: str = "", sheet: str = ""
) -> tuple[ColumnMap, Mapping[str, guess.Guess]]:
    """The mapping that fits a file best, with every answer that is proposed, and why each column becomes what it does.

    Raises:
        Expected: There is no such sheet or kind, or it is not clear what the rows are.
    """
    chosen = _sheet(source, sheet)
    kind = kind or guess.kind_of(chosen, register.vocabulary, source.path.stem)
    if not kind:
        raise Expected("import_which_kind", path=source.path.name, known=", ".join(REGISTER_KINDS))
    if kind not in KINDS:
        raise Expected("no_kind", kind=kind, known=", ".join(REGISTER_KINDS))
    map, guesses = guess.map_of(chosen, kind, register.vocabulary)
    open = answers.questions(register, chosen, map)
    return answers.answered(map, chosen, {each: each.proposed for each in open}), guesses


def apply(register: Register, staged: Staged, work: Work = QUIET) -> Changed:
    """Make what was staged, as one change set, after a verified backup; nothing where nothing would change."""
    if not staged.changes.changes:
        return Changed(seq=0)
    register.backup(work=work)
    return register.apply(staged.changes, work)


def import_file(
    register: Register,
    path: Path,
    *,
    kind: str = "",
    sheet: str = "",
    map: Path | None = None,
    key: Sequence[str] = (),
    dry_run: bool = False,
    reason: str = "",
    before: Callable[[Report], object] | None = None,
    work: Work = QUIET,
) -> Report:
    """Import a file, or only say what importing it would do; `before` is told what, and may still refuse it.

    `reason` is why known times change that clocks run from, for rows that do not say it themselves.

    Raises:
        Expected: The file, the mapping or the register does not allow it; nothing was changed.
        Cancelled: The user stopped it; nothing was changed.
    """
    if register.read_only and not dry_run:
        raise Expected("read_only", reason=register.read_only)
    how = load_map(register, map) if map else None
    if kind and kind not in KINDS:
        raise Expected("no_kind", kind=kind, known=", ".join(REGISTER_KINDS))
    source = read(path, work, how)
    plans = plan(source, kind=kind, sheet=sheet, map=how, key=key)
    staged = stage(register, source, plans, work, reason=reason)
    report = Report(source=source, plan=plans, staged=staged)
    if before:
        before(report)
    return report if dry_run else replace(report, applied=apply(register, staged, work))
