"""What a spreadsheet holds, as values: sheets with headers and rows, and what was noticed on the way.

The file is parsed by `worker` in a process of its own, which is killed when it takes too long, when the user
cancels and when this process ends.
"""

from __future__ import annotations

import json
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from riskreg import clock
from riskreg.errors import N_, Expected
from riskreg.exchange import encodings, preflight, worker
from riskreg.exchange.scan import address
from riskreg.records.check import shown
from riskreg.records.jsons import one_line
from riskreg.work import QUIET, READING, Work

LIMIT_S: Final = 60
_POLL_S: Final = 0.05
_LOOKED_AT: Final = 25
"""Rows in which the headers are looked for."""

Cell: TypeAlias = str | int | Decimal | bool | date | datetime | None


class Note(NamedTuple):
    """Something a person should know about what was read: a msgid and what it names."""

    text: str
    parameters: Mapping[str, str | int]


class SourceRow(NamedTuple):
    """One row of a sheet: its number from 1, its cells, and msgids for cells that cannot be used, by column from 0."""

    number: int
    cells: tuple[Cell, ...]
    bad: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet, or the one table of a CSV file (its name is empty).

    Attributes:
        header_row: The row of the headers, from 1.
        headers: One for each column; empty where a column has none.
        rows: The rows below, without those that are empty.
        above: Texts of the rows above the headers, which are not read.
    """

    name: str
    is_visible: bool = True
    header_row: int = 1
    headers: tuple[str, ...] = ()
    rows: Sequence[SourceRow] = ()
    above: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def doubled(self) -> tuple[str, ...]:
        """Headers that several columns have."""
        return tuple(
            name for name, count in Counter(filter(None, self.headers)).items() if count > 1
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that was read.

    Attributes:
        made_from: The id of the register from which this program wrote the workbook; "" for any other file.
        encoding: Of a CSV file: how its text is written, by Python's name (`encodings.shown` has people's).
        delimiter: Of a CSV file: the sign between its cells.
        is_sure: No other encoding would do as well.
    """

    path: Path
    sha256: str
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()
    made_from: str = ""
    encoding: str = ""
    delimiter: str = ""
    is_sure: bool = True

    @property
    def is_own(self) -> bool:
        """It is a workbook that this program wrote."""
        return bool(self.made_from)


FORMULA: Final = N_("a formula that was never calculated; open the file in Excel and save it")
ERROR: Final = N_("an error value such as #N/A")
NO_DAY: Final = N_("a number that is no day, such as Excel's 29 February 1900")
TOO_LONG: Final = N_("the row has more cells than there are headings, so they may be out of place")
_BAD: Final = {"formula": FORMULA, "error": ERROR, "no_day": NO_DAY}


def read(
    path: Path,
    work: Work = QUIET,
    header_row: int | None = None,
    limit_s: float = LIMIT_S,
    *,
    encoding: str = "",
    delimiter: str = "",
) -> Source:
    """Read a workbook or CSV file.

    Args:
        path: The file; it is only read.
        work: Asked for a cancel every 50 ms.
        header_row: Where the headers stand, from 1; None to look for them.
        limit_s: Seconds after which the parser is killed.
        encoding: Of a CSV file, by Python's name; "" to look for it.
        delimiter: Of a CSV file; "" to look for it.

    Raises:
        Expected: The file is none, not safe, damaged or too large, or parsing took too long.
        Cancelled: The user stopped it.
    """
    work.step(READING)
    checked = preflight.check(path)
    raw = parsed(checked, work, limit_s, worker.Written(encoding, delimiter))
    return assembled(checked, raw, header_row)


def assembled(checked: preflight.Checked, raw: Raw, header_row: int | None = None) -> Source:
    """A source of what the parser handed over; raises `Expected` ("import_no_rows")."""
    sheets = tuple(
        sheet for found in raw.tables if (sheet := _sheet(found, header_row)).rows or sheet.headers
    )
    if not any(sheet.rows for sheet in sheets):
        raise Expected("import_no_rows", path=checked.path.name)
    about = raw.tables[0].about
    return Source(
        path=checked.path,
        sha256=checked.sha256,
        sheets=sheets,
        notes=() if raw.made_from else tuple(_left_out(checked, raw.tables)),
        made_from=raw.made_from,
        encoding=about.get("encoding", ""),
        delimiter=about.get("delimiter", ""),
        is_sure=about.get("is_sure", True),
    )


_ELEMENTS: Final = {
    "dataValidations": N_("drop-down lists and limits of cells"),
    "conditionalFormatting": N_("conditional formats"),
    "sheetProtection": N_("the protection of sheets"),
    "autoFilter": N_("filters (rows they hide are read)"),
}


def _left_out(checked: preflight.Checked, tables: Sequence[_Table]) -> Iterator[Note]:
    """What a file holds besides cells, each once."""
    elements = {name for table in tables for name in table.about.get("ignored", ())}
    parts = [*checked.ignored, *(what for name, what in _ELEMENTS.items() if name in elements)]
    for what in parts:
        yield Note(N_("Not read: {what}."), {"what": what})


@dataclass(slots=True)
class _Table:
    """A sheet as the parser hands it over."""

    about: dict[str, Any]
    rows: list[list[Any]] = field(default_factory=list)


@dataclass(slots=True)
class Raw:
    """What the parser hands over, before headers are looked for."""

    tables: list[_Table] = field(default_factory=list)
    made_from: str = ""


def parsed(
    checked: preflight.Checked, work: Work, limit_s: float, written: worker.Written = worker.FOUND
) -> Raw:
    """Have a process of its own parse the file; it is gone when this returns."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=worker.run,
        args=(str(checked.path.absolute()), checked.form, theirs, written),
        daemon=True,
    )
    process.start()
    theirs.close()
    try:
        return received(ours, checked, work, limit_s)
    except EOFError:
        raise Expected("import_damaged", path=checked.path.name) from None
    finally:
        process.kill()
        process.join()
        ours.close()


def received(ours: Connection, checked: preflight.Checked, work: Work, limit_s: float) -> Raw:
    """Take the messages of one file from the parser."""
    since, found, count = clock.stopwatch(), Raw(), 0
    while True:
        work.step(READING, count)
        if since() > limit_s:
            raise Expected("import_slow", path=checked.path.name, seconds=int(limit_s))
        if not ours.poll(_POLL_S):
            continue
        message = json.loads(ours.recv_bytes())
        if "rows" in message:
            found.tables[-1].rows += message["rows"]
            count += len(message["rows"])
        elif "sheet" in message:
            found.tables.append(_Table(message))
        elif "made_from" in message:
            found.made_from = message["made_from"]
        elif "refused" in message:
            raise Expected(message["refused"], path=checked.path.name, **message["parameters"])
        else:
            return found


_SORTS: Final[Mapping[str, Callable[[str], Cell]]] = {
    "n": Decimal,
    "d": date.fromisoformat,
    "t": datetime.fromisoformat,
    "x": str,
}


def _cells(given: list[Any]) -> tuple[Cell, ...]:
    """The cells of a row; text and whole numbers come as they are, the rest as [sort, text]."""
    return tuple([_SORTS[cell[0]](cell[1]) if type(cell) is list else cell for cell in given])


def _sheet(raw: _Table, wanted: int | None) -> Sheet:
    rows = {number: _cells(cells) for number, cells in raw.rows}
    header_row = wanted or _header_row(rows)
    headers = tuple(_text(cell) for cell in rows.get(header_row, ()))
    while headers and not headers[-1]:
        headers = headers[:-1]
    most = len(headers) if raw.about.get("encoding") else None
    below = [
        _row(number, cells, raw.about["bad"], most)
        for number, cells in rows.items()
        if number > header_row
    ]
    kept = [row for row in below if row.bad or not all(map(_is_blank, row.cells))]
    above = tuple(_above(rows, header_row))
    return Sheet(
        name=raw.about["sheet"],
        is_visible=raw.about["visible"],
        header_row=header_row,
        headers=headers,
        rows=kept,
        above=above,
        notes=tuple(_notes(raw.about, header_row, headers, above)),
    )


def _above(rows: Mapping[int, tuple[Cell, ...]], header_row: int) -> Iterator[str]:
    """The texts of the rows above the headers: titles and remarks."""
    for number in sorted(number for number in rows if number < header_row):
        if words := " ".join(text for cell in rows[number] if (text := _text(cell))):
            yield words


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _row(
    number: int, cells: tuple[Cell, ...], bad: Mapping[str, str], most: int | None
) -> SourceRow:
    """A row; in a CSV file cells beyond the `most` headers mean that the others are out of place."""
    if most is not None and not all(map(_is_blank, cells[most:])):
        return SourceRow(number, cells, {most: TOO_LONG})
    if not bad:
        return SourceRow(number, cells)
    found = {
        column: _BAD[bad[f"{number}/{column + 1}"]]
        for column in range(len(cells) + 1)
        if f"{number}/{column + 1}" in bad
    }
    return SourceRow(number, cells, found)


def _text(cell: Cell) -> str:
    return "" if cell is None else one_line(str(cell))


def _header_row(rows: Mapping[int, tuple[Cell, ...]]) -> int:
    """The first row that is all text, nearly as wide as the table, and has rows below it; else the first row."""
    first = sorted(rows)[:_LOOKED_AT]
    filled = {number: [cell for cell in rows[number] if not _is_blank(cell)] for number in first}
    width = max((len(cells) for cells in filled.values()), default=0)
    for place, number in enumerate(first[:-1] or first):
        cells = filled[number]
        is_text = cells and all(isinstance(cell, str) for cell in cells)
        if (
            is_text
            and len(cells) >= max(1, 0.6 * width)
            and any(filled[later] for later in first[place + 1 :] or first)
        ):
            return number
    return first[0] if first else 1


def _notes(
    about: Mapping[str, Any], header_row: int, headers: Sequence[str], above: Sequence[str]
) -> Iterator[Note]:
    """What a person should know of a sheet, the important first."""
    yield Note(N_("The headings are in row {row}."), {"row": header_row})
    if above:
        yield Note(
            N_("Not read, above the headings: {text}."), {"text": shown(" / ".join(above), 120)}
        )
    if about.get("encoding"):
        yield _written(about)
    if not about.get("is_sure", True):
        yield Note(N_("Another encoding is possible; look at the words below."), {})
    if not about["visible"]:
        yield Note(N_("The sheet is hidden."), {})
    if about.get("hidden_rows"):
        yield Note(N_("Hidden rows are included: {count}."), {"count": about["hidden_rows"]})
    for text, key in _GROUPS.items():
        if about.get(key):
            yield Note(text, {"cells": _few(about[key])})
    if about.get("formulas"):
        text = N_("Of cells with formulas the calculated values are used: {count}.")
        yield Note(text, {"count": about["formulas"]})
    if about["bad"]:
        places = sorted(tuple(map(int, place.split("/"))) for place in about["bad"])
        cells = [address(row, column) for row, column in places]
        text = N_("Cells that cannot be used ({count}): {cells}.")
        yield Note(text, {"count": len(cells), "cells": _few(cells)})
    if nameless := sum(not header for header in headers):
        yield Note(
            N_("Columns without a heading, which are not read: {count}."), {"count": nameless}
        )


_GROUPS: Final = {
    N_("Hidden columns are included: {cells}."): "hidden_columns",
    N_("Merged cells count for their first cell only: {cells}."): "merged",
    N_("Numbers of more than 15 digits, which Excel does not keep; compare them with the original: {cells}."): "long_numbers",
}  # fmt: skip


def _written(about: Mapping[str, Any]) -> Note:
    """How a CSV file is written."""
    delimiter = {"\t": "Tab"}.get(about["delimiter"], about["delimiter"])
    parameters = {"encoding": encodings.shown(about["encoding"]), "delimiter": delimiter}
    return Note(N_("Read as {encoding}, cells separated by “{delimiter}”."), parameters)


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
