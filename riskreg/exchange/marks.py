"""Rows and columns of our own making that are no data: the example of a template, the reasons of an error report."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from riskreg.errors import N_
from riskreg.exchange.parsing import text
from riskreg.exchange.reader import Note, Sheet, Source, SourceRow
from riskreg.i18n import translators
from riskreg.records import SYSTEM
from riskreg.records.terms import folded

EXAMPLE: Final = N_("Example, not imported")
"""Stands in the column Ref of a template's example."""
REASON: Final = N_("Why it was not imported")
"""The heading of the column of reasons in an error report."""


def without(source: Source) -> Source:
    """The file without them."""
    return replace(source, sheets=tuple(map(_without, source.sheets)))


def _without(sheet: Sheet) -> Sheet:
    if any(folded(header) in _said(REASON) for header in sheet.headers):
        kept = ("" if folded(header) in _said(REASON) else header for header in sheet.headers)
        sheet = replace(sheet, headers=tuple(kept))
    place = next((at for at, header in enumerate(sheet.headers) if folded(header) in _refs()), None)
    if place is None:
        return sheet
    rows = [row for row in sheet.rows if not _is_example(row, place)]
    if len(rows) == len(sheet.rows):
        return sheet
    numbers = ", ".join(str(row.number) for row in sheet.rows if _is_example(row, place))
    note = Note(N_("Marked as an example and left out: row {rows}."), {"rows": numbers})
    return replace(sheet, rows=rows, notes=(*sheet.notes, note))


def _is_example(row: SourceRow, place: int) -> bool:
    return place < len(row.cells) and folded(text(row.cells[place])) in _said(EXAMPLE)


@cache
def _said(words: str) -> frozenset[str]:
    return frozenset({folded(words), *(folded(t.gettext(words)) for t in translators())})


@cache
def _refs() -> frozenset[str]:
    """What the column of refs is called."""
    labels = (t.gettext(SYSTEM["ref"].label) for t in translators())
    return frozenset({"ref", *map(folded, labels)})
