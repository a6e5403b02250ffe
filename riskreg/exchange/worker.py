"""The process that parses a spreadsheet: it can be killed, may use little memory, and hands over JSON, never pickles.

Messages, in order: for each sheet `{"sheet": ...}` and then its rows in portions `{"rows": [...]}`; at the
end `{"end": true}`, or `{"refused": id, ...}` with the id of an `Expected`.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import multiprocessing
import os
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from defusedxml import DefusedXmlException, ElementTree

from riskreg.exchange import encodings
from riskreg.exchange import scan as scans
from riskreg.exchange.guard import unguarded

MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 300
_MEMORY: Final = 1 << 30
_EXACT: Final = 1e15
"""Up to here a cell holds every whole number."""
_PORTION: Final = 500
_MARKUP: Final = ("<html", "<!doctype", "<table", "<?xml")

Send = Callable[[dict[str, Any]], None]


class Written(NamedTuple):
    """How a person says a CSV file is written; "" for what is to be found."""

    encoding: str = ""
    delimiter: str = ""


FOUND: Final = Written()


class Refusal(Exception):
    """Ends the reading with an id of `errors.SENTENCES` and its parameters."""

    def __init__(self, id: str, **parameters: str | int) -> None:
        super().__init__(id)
        self.message = {"refused": id, "parameters": parameters}


class Listener(Protocol):
    """Where messages go: one end of a pipe."""

    def send_bytes(self, buf: bytes) -> None:
        """Hand over one message."""


def run(path: str, form: str, connection: Connection, written: Written = FOUND) -> None:
    """Read a file and send what is in it; the target of the process."""
    confine()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        parse(path, form, connection, written)
    finally:
        connection.close()


def parse(path: str, form: str, listener: Listener, written: Written = FOUND) -> None:
    """Read a file and send what is in it, the last message being that it ended or was refused."""

    def send(message: dict[str, Any]) -> None:
        listener.send_bytes(
            json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
        )

    try:
        if form == "xlsx":
            _workbook(Path(path), send)
        else:
            _text(Path(path), send, written)
        send({"end": True})
    except Refusal as refusal:
        send(refusal.message)
    except DefusedXmlException:
        send({"refused": "import_unsafe", "parameters": {}})
    except (BrokenPipeError, ConnectionError):
        os._exit(1)  # nobody listens any more
    except BaseException:
        with contextlib.suppress(OSError):
            send({"refused": "import_damaged", "parameters": {}})


def _end_with_parent() -> None:
    """Nobody reads on when the program that asked was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def confine() -> None:
    """No file may ask for more than a gigabyte, or have a parser in trouble print what is in it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


# workbooks


def _workbook(path: Path, send: Send) -> None:
    import python_calamine as calamine

    with zipfile.ZipFile(path) as archive:
        places = scans.sheet_paths(archive)
        made_from = _made_from(archive)
        seen = {
            name: _scanned(archive, place)
            for name, place in places.items()
            if place in archive.namelist()
        }
    try:
        book = calamine.load_workbook(str(path))
    except calamine.PasswordError:
        raise Refusal("import_protected") from None
    send({"made_from": made_from})
    for number, meta in enumerate(book.sheets_metadata):
        if meta.typ == calamine.SheetTypeEnum.WorkSheet and meta.name in seen:
            _sheet(book.get_sheet_by_index(number), meta, seen[meta.name], send)


def _made_from(archive: zipfile.ZipFile) -> str:
    """The id of the register that a workbook of ours was made from; "" for any other workbook."""
    if "docProps/custom.xml" not in archive.namelist():
        return ""
    for mark in ElementTree.fromstring(archive.read("docProps/custom.xml")):
        if mark.get("name") == "riskreg":
            return "".join(mark.itertext()).strip()
    return ""


def _scanned(archive: zipfile.ZipFile, place: str) -> scans.Scan:
    with archive.open(place) as source:
        try:
            found = scans.scan(source, (MOST_ROWS + 1_000, MOST_COLUMNS))
        except scans.Unsafe:
            raise Refusal("import_unsafe") from None
    if found.rows > MOST_ROWS + 1_000:
        raise Refusal("import_too_many_rows", most=MOST_ROWS)
    if found.columns > MOST_COLUMNS:
        raise Refusal("import_too_many_columns", most=MOST_COLUMNS)
    return found


def _sheet(sheet: Any, meta: Any, seen: scans.Scan, send: Send) -> None:  # noqa: ANN401
    bad = {f"{row}/{column}": "formula" for row, column in seen.empty_formulas}
    bad |= {f"{row}/{column}": "error" for row, column in seen.errors}
    rows = sheet.to_python(skip_empty_area=True)
    first_row, first_column = sheet.start or (0, 0)
    odd = _odd(rows, first_row, first_column, seen)
    send(
        {
            "sheet": meta.name,
            "visible": str(meta.visible).endswith("Visible") and "Hidden" not in str(meta.visible),
            "bad": bad | odd,
            "hidden_rows": seen.hidden_rows,
            "hidden_columns": [_columns(first, last) for first, last in seen.hidden_columns],
            "merged": [_range(area) for area in sheet.merged_cell_ranges or ()],
            "formulas": seen.formulas - len(seen.empty_formulas),
            "ignored": sorted(seen.ignored),
            "long_numbers": _long_numbers(rows, first_row, first_column),
        }
    )
    for start in range(0, len(rows), _PORTION):
        portion = []
        for number, row in enumerate(rows[start : start + _PORTION], first_row + start + 1):
            portion.append([number, [None] * first_column + [_cell(cell) for cell in row]])
        send({"rows": portion})


def _odd(rows: Any, first_row: int, first_column: int, seen: scans.Scan) -> dict[str, str]:  # noqa: ANN401
    """Cells that are shown as a day or time and hold a number that is none."""
    found = {}
    for row, column in seen.odd_days:
        with contextlib.suppress(IndexError):
            value = rows[row - first_row - 1][column - first_column - 1]
            is_leap = isinstance(value, date) and (value.year, value.month) == (1900, 2)
            if is_leap or isinstance(value, time | timedelta):
                found[f"{row}/{column}"] = "no_day"
    return found


def _long_numbers(rows: Any, first_row: int, first_column: int) -> list[str]:  # noqa: ANN401
    """Numbers of more digits than Excel keeps, such as a card's typed without an apostrophe."""
    return [
        scans.address(number, column)
        for number, row in enumerate(rows, first_row + 1)
        for column, cell in enumerate(row, first_column + 1)
        if isinstance(cell, float) and abs(cell) >= _EXACT
    ]


def _columns(first: int, last: int) -> str:
    """The letters of a group of columns: C, or C:E."""
    letters = [scans.address(1, column)[:-1] for column in (first, min(last, MOST_COLUMNS))]
    return ":".join(dict.fromkeys(letters))


def _range(area: Any) -> str:  # noqa: ANN401
    (first_row, first_column), (last_row, last_column) = area
    return f"{scans.address(first_row + 1, first_column + 1)}:{scans.address(last_row + 1, last_column + 1)}"


def _cell(value: Any) -> Any:  # noqa: ANN401
    """A cell as JSON: text as it is, whole numbers as numbers, the rest as [sort, text]."""
    if value is None or value == "":
        return None
    if isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) <= _EXACT else ["n", repr(value)]
    if isinstance(value, datetime):
        return ["t", value.isoformat(timespec="seconds")]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, time | timedelta):
        return ["x", str(value)]
    return ["x", str(value)]


# text


def _text(path: Path, send: Send, written: Written) -> None:
    try:
        found = encodings.decoded(path.read_bytes(), written.encoding)
    except UnicodeDecodeError as error:
        name = encodings.shown(written.encoding or error.encoding)
        raise Refusal("import_other_encoding", encoding=name) from None
    if "\0" in found.text:
        raise Refusal("import_other", looks_like="binary")
    if found.text.lstrip()[:9].lower().startswith(_MARKUP):
        raise Refusal("import_other", looks_like="HTML/XML")
    if path.suffix.lower() == ".json":
        _objects(found.text, send)
        return
    delimiter = written.delimiter or encodings.delimiter_of(found.text)
    about = {"encoding": found.encoding, "is_sure": found.is_sure, "delimiter": delimiter}
    send({"sheet": "", "visible": True, "bad": {}, **about})
    csv.field_size_limit(1_000_000)
    portion: list[list[Any]] = []
    for number, row in _numbered(encodings.without_hint(found.text), delimiter):
        if number > MOST_ROWS + 1_000:
            raise Refusal("import_too_many_rows", most=MOST_ROWS)
        if len(row) > MOST_COLUMNS:
            raise Refusal("import_too_many_columns", most=MOST_COLUMNS)
        portion.append([number, [unguarded(cell) or None for cell in row]])
        if len(portion) == _PORTION:
            send({"rows": portion})
            portion = []
    send({"rows": portion})


def _objects(text: str, send: Send) -> None:
    """A list of objects as a table: their keys are the headings, in the order in which they are met."""
    try:
        given = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refusal("import_damaged") from None
    if not (isinstance(given, list) and given and all(isinstance(each, dict) for each in given)):
        raise Refusal("import_other", looks_like="JSON")
    keys = list(dict.fromkeys(key for each in given for key in each))
    if len(given) > MOST_ROWS:
        raise Refusal("import_too_many_rows", most=MOST_ROWS)
    if len(keys) > MOST_COLUMNS:
        raise Refusal("import_too_many_columns", most=MOST_COLUMNS)
    send({"sheet": "", "visible": True, "bad": {}})
    rows = [[1, keys]]
    rows += [[at, [_plain(each.get(key)) for key in keys]] for at, each in enumerate(given, 2)]
    for start in range(0, len(rows), _PORTION):
        send({"rows": rows[start : start + _PORTION]})


def _no_number(text: str) -> None:
    raise ValueError(text)


def _plain(value: Any) -> Any:  # noqa: ANN401
    """A value of JSON as a cell; what is no single value stays as its text."""
    if value is None or value == "":
        return None
    if isinstance(value, str | bool):
        return value
    if isinstance(value, int | float):
        return _cell(value) if abs(value) <= _EXACT else str(value)
    return json.dumps(value, ensure_ascii=False)


def _numbered(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line on which each ends, counted as records from 1."""
    try:
        yield from enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
        )
    except csv.Error:
        raise Refusal("import_damaged") from None
