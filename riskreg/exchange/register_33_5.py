"""The register of article 33(5) as a file: CSV and JSON in the shape of the EDPB's example (domain.md 5.2), out and in again.

CSV is UTF-8 with a byte order mark, every cell in quotes, lines apart by CRLF, none after the last; JSON is a list of objects, two spaces deep.
A file that comes in is unfolded first: a column that says two things becomes two, what carries a letter becomes
the key of our list, and a text that our fields would word otherwise is kept beside them as it came.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import BinaryIO, Final

from riskreg import catalogue, placing, privileged
from riskreg.breach_reading import CAUSE, under
from riskreg.breach_register import COLUMNS, Column, lines
from riskreg.errors import Expected
from riskreg.exchange.guard import guarded
from riskreg.exchange.headers import FACTS, Target
from riskreg.exchange.mapping import ColumnMap
from riskreg.exchange.parsing import text
from riskreg.exchange.reader import Cell, Sheet, Source, SourceRow
from riskreg.exchange.workbook import TRIES, Exported
from riskreg.i18n import Translator
from riskreg.records import Incident
from riskreg.rules.counting import breaches
from riskreg.views import Reader, View
from riskreg.work import QUIET, WRITING, Work

KIND: Final = Incident.kind
_CONSTANTS: Final[Mapping[str, str]] = {
    "decision:authority.recipient": "authority",
    "decision:people.regime": "gdpr",
    "decision:people.recipient": "individuals",
    "decision:people.rule_key": "eu_people",
}
_TITLE: Final = "circumstances_cause"
"""The column whose first sentence a new record is called by; without any, its reference."""
_LONGEST: Final = 100
VERBATIM: Final = frozenset({"reference", "data_categories", "reasoned_basis", "measures"})
"""Columns whose text is that of our field."""


# Out


def export(reader: Reader, target: Path, t: Translator, work: Work = QUIET) -> Exported:
    """Write the register of breaches.

    Args:
        reader: The register, as it stands or stood; only this thread may use it meanwhile.
        target: The file, ending in .csv or .json; what is there is replaced when the new one is whole.
        t: The language of choices; the headings are those of the example.
        work: May cancel until the file is in its place.

    Raises:
        Expected: The name does not fit ("not_a_breach_register"), the file cannot be written ("cannot_write",
            "no_room"), or the register changed all the time ("busy").
        Cancelled: The user stopped it.
    """
    write = _FORMS.get(target.suffix.lower())
    if write is None:
        raise Expected("not_a_breach_register", path=target.name)
    for _ in range(TRIES):
        work.step(WRITING)
        head, told = reader.head(), lines(reader, t)
        if reader.head().seq == head.seq:
            _place(target, write(told), work)
            view = View(kinds=(KIND,), where=breaches(reader.vocabulary))
            left = privileged.left_out(reader, [view])
            return Exported(target, {KIND: len(told)}, head.fingerprint, left)
    raise Expected("busy")


def _place(target: Path, content: bytes, work: Work) -> None:
    placing.place(
        target, lambda file: _fill(file, content), lambda file: _says(file, content), work
    )


def as_csv(told: Sequence[Mapping[str, str]]) -> bytes:
    """Lines as CSV."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerows([guarded(each[column.key]) for column in COLUMNS] for each in told)
    return codecs.BOM_UTF8 + file.getvalue().removesuffix("\r\n").encode()


def as_json(told: Sequence[Mapping[str, str]]) -> bytes:
    """Lines as JSON."""
    found = [{column.key: each[column.key] for column in COLUMNS} for each in told]
    return json.dumps(found, ensure_ascii=False, indent=2).encode()


_FORMS: Final[Mapping[str, Callable[[Sequence[Mapping[str, str]]], bytes]]] = {
    ".csv": as_csv,
    ".json": as_json,
}


def _fill(file: BinaryIO, content: bytes) -> None:
    file.write(content)


def _says(file: BinaryIO, content: bytes) -> bool:
    file.seek(0)
    return file.read() == content


# In


def unfolded(source: Source) -> Source:
    """A file with each sheet that is such a register unfolded; any other stays as it is."""
    if source.is_own or not any(map(_columns_of, source.sheets)):
        return source
    return replace(source, sheets=tuple(map(_unfolded, source.sheets)))


def map_of(sheet: Sheet) -> ColumnMap | None:
    """How an unfolded register becomes incidents with their assessments and decisions; None for any other sheet."""
    known = _targets()
    if not is_unfolded(sheet):
        return None
    columns = {header: known[header] for header in sheet.headers if header in known}
    return ColumnMap(
        kind=KIND,
        columns=columns,
        sheet=sheet.name,
        key=(Target("external_ref"),),
        constants=dict(_CONSTANTS),
        new_only=frozenset({"title"}),
    )


def is_unfolded(sheet: Sheet) -> bool:
    """Whether a sheet is such a register, unfolded."""
    return set(sheet.headers) >= {header for column in COLUMNS for header in headers_of(column)}


def _columns_of(sheet: Sheet) -> tuple[int, ...]:
    """The place of each column; empty where it is no such register. Headings or keys, in any order."""
    for names in ([each.heading for each in COLUMNS], [each.key for each in COLUMNS]):
        if set(names) <= set(sheet.headers):
            return tuple(sheet.headers.index(name) for name in names)
    return ()


def headers_of(column: Column) -> tuple[str, ...]:
    """What the parts of a column are called once it is unfolded; nothing where our fields have no place for it."""
    rest = (f"{column.heading} ({name})" for name in column.fields[1:])
    return (column.heading, *rest) if column.fields else ()


def _title() -> str:
    heading = next(column.heading for column in COLUMNS if column.key == _TITLE)
    return f"{heading} (title)"


@cache
def _targets() -> Mapping[str, Target]:
    """What each column of an unfolded register becomes."""
    found = {_title(): Target("title")}
    for column in COLUMNS:
        for header, name in zip(headers_of(column), column.fields, strict=True):
            of, _, key = name.rpartition(".")
            found[header] = Target(key, of=of)
        found[column.kept_as] = Target(FACTS, name=column.kept_as)
    return found


def _unfolded(sheet: Sheet) -> Sheet:
    places = _columns_of(sheet)
    if not places:
        return sheet
    rest = [at for at, header in enumerate(sheet.headers) if header and at not in places]
    told = [_cells(row, places) for row in sheet.rows]
    filled = {header for cells in told for header, cell in cells.items() if cell is not None}
    kept = {column.kept_as for column in COLUMNS}
    ours = [header for header in _targets() if header not in kept or header in filled]
    headers = (*ours, *(sheet.headers[at] for at in rest))
    moved = {place: ours.index(column.heading) for column, place in zip(COLUMNS, places, strict=True)
             if column.heading in ours}  # fmt: skip
    moved |= {at: headers.index(sheet.headers[at]) for at in rest}
    rows = [
        SourceRow(
            row.number,
            (*(cells.get(header) for header in ours), *(_cell(row, at) for at in rest)),
            {moved.get(at, len(headers)): why for at, why in row.bad.items()},
        )
        for row, cells in zip(sheet.rows, told, strict=True)
    ]
    return replace(sheet, headers=headers, rows=rows)


def _cells(row: SourceRow, places: Sequence[int]) -> dict[str, Cell]:
    """The cells of a row by what they become."""
    cells: dict[str, Cell] = {}
    for column, place in zip(COLUMNS, places, strict=True):
        cells |= dict(_parts(column, text(_cell(row, place))))
    if not cells.get(_title()):
        cells[_title()] = cells[COLUMNS[0].heading]
    of = {name: header for column in COLUMNS
          for header, name in zip(headers_of(column), column.fields, strict=True)}  # fmt: skip
    regime, rule = of["decision:authority.regime"], of["decision:authority.rule_key"]
    if cells[of["decision:authority.reason"]] and not cells[regime]:
        cells[regime], cells[rule] = under("")  # reasons alone are reasons under the GDPR
    return cells


def _cell(row: SourceRow, at: int) -> Cell:
    return row.cells[at] if at < len(row.cells) else None


def _parts(column: Column, given: str) -> Iterator[tuple[str, Cell]]:
    """A cell as cells of our fields, and as it came where these would word it otherwise."""
    read = column.read(given, catalogue.vocabulary())
    for header, said in zip(headers_of(column), read, strict=True):
        yield header, said or None
    if column.key == _TITLE:
        yield _title(), _called(given.partition(CAUSE)[0]) or None
    is_said = column.key in VERBATIM and read[0] == given
    if given and not is_said:
        yield column.kept_as, given


def _called(told: str) -> str:
    """The first sentence, shortened between words."""
    first = told.strip().partition("\n")[0].strip()
    for mark in (". ", "。"):
        first = first.partition(mark)[0]
    first = first.removesuffix(".")
    if len(first) <= _LONGEST:
        return first
    return first[: first.rfind(" ", 0, _LONGEST) if " " in first[:_LONGEST] else _LONGEST] + "…"
