"""A register as a workbook, brought into another register: every record and link is there again, under a ref of its own.

The program refuses a workbook of another register, whose refs mean other records, and says what to do:
take out Ref and Version. That is what is done here, once for the records and once for their links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from riskreg.exchange import importing, mapping, outgoing
from riskreg.exchange.headers import VERSION, Target, kind_of_sheet
from riskreg.exchange.reader import Cell, Sheet, Source
from riskreg.exchange.staging import stage
from riskreg.i18n import translator
from riskreg.records import KINDS, LISTED_KINDS, NEW_KINDS, declared_links, stored
from riskreg.views import Register

Refs: TypeAlias = Mapping[str, str]
_REF = re.compile(r"[A-Z]+-[0-9-]+")


def carry(register: Register, path: Path, other: Register) -> dict[str, str]:
    """Bring what is not in the bin into a new register; the new refs by the old ones.

    Args:
        register: Where the records are.
        path: The workbook that is made.
        other: A new register.
    """
    made = outgoing.export_register(register, LISTED_KINDS, path, translator("en"))
    source = replace(importing.read(made.path), made_from=other.register_id)
    source = replace(source, sheets=tuple(filter(kind_of, source.sheets)))
    refs: dict[str, str] = {}
    _bring(other, _records(source), source, refs)
    _bring(other, _links(source, refs), source, {})
    return refs


def kind_of(sheet: Sheet) -> str:
    """The kind of a sheet's records; "" where it holds none."""
    return (kind_of_sheet(sheet.name) or "") if sheet.rows else ""


def _bring(other: Register, changed: Source, source: Source, refs: dict[str, str]) -> None:
    """Import; where rows are new, note the ref that each was given."""
    staged = stage(other, changed, importing.plan(changed))
    assert staged.rejections == ()
    applied = importing.apply(other, staged)
    old = {
        (sheet.name, row.number): str(row.cells[sheet.headers.index("Ref")])
        for sheet in source.sheets
        for row in sheet.rows
    }
    for row in staged.rows:
        if row.state == "new" and row.change is not None:
            refs[old[row.sheet, row.number]] = other.record(applied.new[row.change.id]).ref


def _records(source: Source) -> Source:
    """The fields of all records; the refs of those that are new in the other register are left out."""

    def cell(kind: str, target: Target, given: Cell) -> Cell:
        return None if target.key == "ref" and kind in NEW_KINDS else given

    return _changed(source, lambda kind, key: key not in declared_links(KINDS[kind]), cell)


def _links(source: Source, refs: Refs) -> Source:
    """The links of all records, in the refs of the other register; those that lead into the bin are left out."""

    def cell(kind: str, target: Target, given: Cell) -> Cell:
        if target.key == "ref":
            return refs.get(str(given), given)
        named = re.split(r"[,;]\s*", str(given)) if given else []
        known = [refs.get(ref, ref) for ref in named if ref in refs or not _REF.fullmatch(ref)]
        return ", ".join(known) or None

    return _changed(source, lambda kind, key: key in declared_links(KINDS[kind]), cell)


def _changed(
    source: Source,
    is_wanted: Callable[[str, str], bool],
    cell: Callable[[str, Target, Cell], Cell],
) -> Source:
    """The workbook with some of its columns, each cell as it shall be; what is only shown is left out."""
    return replace(source, sheets=tuple(_sheet(each, is_wanted, cell) for each in source.sheets))


def _sheet(
    sheet: Sheet,
    is_wanted: Callable[[str, str], bool],
    cell: Callable[[str, Target, Cell], Cell],
) -> Sheet:
    kind = kind_of(sheet)
    targets = mapping.automatic(kind, sheet.headers).columns
    own = stored(KINDS[kind])
    places = {
        place: target
        for place, header in enumerate(sheet.headers)
        if (target := targets.get(header)) is not None and target.key != VERSION
        if target.key == "ref" or (is_wanted(kind, target.key) and _is_stored(target, own))
    }
    rows = [
        row._replace(
            cells=tuple(
                cell(kind, target, row.cells[place] if place < len(row.cells) else None)
                for place, target in places.items()
            )
        )
        for row in sheet.rows
    ]
    return replace(sheet, headers=tuple(sheet.headers[place] for place in places), rows=rows)


def _is_stored(target: Target, own: Mapping[str, object]) -> bool:
    return target.key in own or bool(target.name)
