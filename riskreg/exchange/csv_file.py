"""The records of one kind as a CSV file, for programs that take nothing else.

UTF-8 with a byte order mark, so that Excel sees Chinese; CRLF and quotes as in RFC 4180; a guard before what a
spreadsheet would run. It has the columns of the workbook's sheet, and an import reads it. It is written beside
its target, read back and compared cell by cell, then put in its place.
"""

from __future__ import annotations

import codecs
import csv
import io
from array import array
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Final

from riskreg import placing, privileged
from riskreg.errors import N_, Expected
from riskreg.exchange import headers
from riskreg.exchange.cells import Cell, refs_cell
from riskreg.exchange.guard import guarded, unguarded
from riskreg.exchange.readback import summed
from riskreg.exchange.tables import PAGE, Rows, facts_of, layout
from riskreg.exchange.workbook import TRIES, Exported, Moved
from riskreg.i18n import Translator
from riskreg.records import KINDS
from riskreg.views import Reader, View
from riskreg.work import CHECKING, QUIET, WRITING, Work, uncollected

LOSES: Final = N_(
    "A CSV file has no drop-downs, links, colours or pages, and an emptied cell clears nothing when it is imported again."
)
CHANGED: Final = N_(
    "Excel changes what looks like a number or a date when it opens such a file: 00123 becomes 123."
)
GUARDED: Final = N_(
    "A text that begins like a formula has an apostrophe before it, so that no program runs it; an import takes it off."
)
TOLD: Final = (LOSES, CHANGED, GUARDED)
"""What a person should know before a CSV file is made."""

_BETWEEN: Final = "; "
"""Stands between the refs of a cell: an import of any CSV file parts lists there, so a tag with one comes back as two."""
_MOST: Final = 1_000_000
"""Characters in a cell that are read back; more than the door lets in."""


def export(
    reader: Reader,
    view: View,
    target: Path,
    t: Translator,
    *,
    is_redacted: bool = False,
    work: Work = QUIET,
) -> Exported:
    """Write a CSV file.

    Args:
        reader: The register, as it stands or stood; only this thread may use it meanwhile.
        view: One kind: which records and in which order. All fields are written.
        target: The file, ending in .csv; what is there is replaced when the new one is whole.
        t: The language of headers and choices.
        is_redacted: Leave out titles, free text and names: what is not declared to be plain.
        work: Progress; may cancel.

    Raises:
        Expected: The name does not fit ("not_a_csv"), the file cannot be written ("cannot_write", "no_room"),
            or the register changed all the time ("busy").
        Cancelled: The user stopped it.
    """
    if target.suffix.lower() != ".csv":
        raise Expected("not_a_csv", path=target.name)
    for _ in range(TRIES):
        written = _Written(reader, view, t, is_redacted, work)
        try:
            placing.place(target, written.write, written.check, work)
        except Moved:
            continue
        left = privileged.left_out(reader, [view])
        return Exported(target, {view.kinds[0]: written.records}, written.head.fingerprint, left)
    raise Expected("busy")


class _Written:
    """One file of what the register says at one moment: written, then compared."""

    def __init__(
        self, reader: Reader, view: View, t: Translator, is_redacted: bool, work: Work
    ) -> None:
        self._reader, self._view, self._t, self._work = reader, view, t, work
        self._is_redacted = is_redacted
        self._sums = array("q")
        self.head = reader.head()
        self.records = 0

    def write(self, file: BinaryIO) -> None:
        """Write all of it."""
        file.write(codecs.BOM_UTF8)
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(text)
        with uncollected():
            for row in self._rows():
                self._sums.append(summed(row))
                writer.writerow(list(map(guarded, row)))
        text.detach()
        if self._reader.head().seq != self.head.seq:
            raise Moved

    def check(self, file: BinaryIO) -> bool:
        """Whether it says what was written, once the guard is taken off."""
        file.seek(0)
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        most, number, total = csv.field_size_limit(_MOST), 0, len(self._sums)
        try:
            for number, row in enumerate(csv.reader(text, strict=True), start=1):
                if number > total or summed(map(unguarded, row)) != self._sums[number - 1]:
                    return False
                if number % PAGE == 0:
                    self._work.step(CHECKING, number, total)
        except (csv.Error, UnicodeDecodeError):
            return False
        finally:
            csv.field_size_limit(most)
            text.detach()
        return number == total

    def _rows(self) -> Iterator[list[str]]:
        """The headers, then each record, as texts."""
        reader, kind = self._reader, KINDS[self._view.kinds[0]]
        ids = reader.ids(self._view)
        self.records = len(ids)
        facts = () if self._is_redacted else facts_of(reader, self._view, ids, self._work)
        laid = layout(kind, facts, self._is_redacted)
        yield [headers.header(kind, each.target, self._t) for each in laid.columns]
        rows = Rows(reader, self._view, laid, self._t)
        for start in range(0, len(ids), PAGE):
            self._work.step(WRITING, start, len(ids))
            for row in rows.page(ids[start : start + PAGE]):
                cells = rows.cells(row)
                for place, column, _ in rows.links:
                    refs = refs_cell(rows.ends(row.values[place])) or ""
                    cells[column] = refs.replace(", ", _BETWEEN)
                yield list(map(_text, cells))


def _text(cell: Cell) -> str:
    """A cell as text: days and times as ISO."""
    match cell:
        case None:
            return ""
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
