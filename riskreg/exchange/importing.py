"""An import from the file to the journal: read, plan, stage, and only then apply. Command line and window make the same calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from riskreg.changes import Changed
from riskreg.errors import Expected
from riskreg.exchange import headers, mapping, reader
from riskreg.exchange.mapping import ColumnMap
from riskreg.exchange.reader import Note, Sheet, Source
from riskreg.exchange.staging import Rejection, Staged, stage
from riskreg.i18n import Translator
from riskreg.records import KINDS
from riskreg.views import Reader, Register
from riskreg.work import QUIET, Work

Plan = Sequence[tuple[Sheet, ColumnMap]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import did, or would do."""

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

    A mapping decides; else a workbook of this program says it itself; else `kind` is needed and the first
    visible sheet with rows is taken, or the one named.

    Raises:
        Expected: There is no such sheet, or it is not clear what the rows are.
    """
    if map is not None:
        chosen = _sheet(source, sheet or map.sheet)
        keys = mapping.keyed(map.kind, key) if key else map.key
        return [(chosen, replace(map, key=keys))]
    if source.is_own and not sheet:
        found = [
            (each, name)
            for each in source.sheets
            if (name := headers.kind_of_sheet(each.name)) and kind in ("", name)
        ]
        return [
            (each, mapping.automatic(name, each.headers, key)) for each, name in found if each.rows
        ]
    if not kind:
        raise Expected("import_which_kind", path=source.path.name, known=", ".join(KINDS))
    if kind not in KINDS:
        raise Expected("no_kind", kind=kind, known=", ".join(KINDS))
    chosen = _sheet(source, sheet)
    return [(chosen, mapping.automatic(kind, chosen.headers, key))]


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
    """Read a file; headers stand where the mapping says, else where they are found."""
    return reader.read(path, work, map.header_row if map else None)


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
    work: Work = QUIET,
) -> Report:
    """Import a file, or only say what importing it would do.

    Raises:
        Expected: The file, the mapping or the register does not allow it; nothing was changed.
        Cancelled: The user stopped it; nothing was changed.
    """
    if register.read_only and not dry_run:
        raise Expected("read_only", reason=register.read_only)
    how = load_map(register, map) if map else None
    if kind and kind not in KINDS:
        raise Expected("no_kind", kind=kind, known=", ".join(KINDS))
    source = read(path, work, how)
    staged = stage(register, source, plan(source, kind=kind, sheet=sheet, map=how, key=key), work)
    return Report(staged=staged, applied=None if dry_run else apply(register, staged, work))
