"""A streamed look at a sheet's XML for what the reader drops in silence.

python-calamine 0.9 gives nothing for a formula that was never calculated and text for an error, and says
nothing of hidden rows. It also makes room for every cell up to the last one, so the extent is checked
here first. A date of the false 29 February 1900 it reads as the 28th, one before 1900 as midnight.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO, Final
from xml.parsers.expat import ExpatError, ParserCreate

from defusedxml import ElementTree

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ODD_DAY: Final = re.compile(r"-.*|60(\..*)?")
"""Before 1900; or the 60th day of 1900, which Excel believes to be a 29 February."""


class Unsafe(ValueError):
    """The XML holds a document type or entity, which a workbook never needs."""


@dataclass(slots=True)
class Scan:
    """What was seen in one sheet; rows and columns count from 1.

    Attributes:
        hidden_columns: First and last of each group.
        empty_formulas: Cells with a formula that has no value.
        errors: Cells with an error such as #N/A.
        odd_days: Cells with a number that is no day of Excel's calendar, if it is meant as one.
        formulas: How many cells have a formula.
        ignored: Names of elements of which nothing is read.
    """

    rows: int = 0
    columns: int = 0
    hidden_rows: int = 0
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    empty_formulas: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)
    odd_days: set[tuple[int, int]] = field(default_factory=set)
    formulas: int = 0
    ignored: set[str] = field(default_factory=set)


IGNORED: Final = frozenset(
    {"dataValidations", "conditionalFormatting", "sheetProtection", "autoFilter"}
)
"""Elements of a sheet of which nothing is read."""


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """The name of a cell: 3, 28 is AB3."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """The path of each sheet's XML in the archive, by the sheet's name."""
    rels = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    found = {}
    for sheet in [*book.iter(f"{_MAIN}sheet"), *book.iter(f"{_STRICT}sheet")]:
        link = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        target = targets.get(link, "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        found[sheet.get("name", "")] = path
    return found


class _Watcher:
    """Follows one sheet's XML; called for every cell, so what it does there is spelt out at length."""

    def __init__(self) -> None:
        self.found = Scan()
        self._row = self._column = 0
        self._number = "0"
        self._has_formula = self._has_value = self._in_value = False
        self._kind = self._value = ""
        self._numbers: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "v":
            self._in_value = True
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self._has_formula = True
        elif name == "col":
            if _is_on(attributes.get("hidden")):
                first = int(attributes.get("min", 1))
                self.found.hidden_columns.append((first, int(attributes.get("max", first))))
        elif name in IGNORED:
            self.found.ignored.add(name)

    def text(self, text: str) -> None:
        """Text, of which only that of a value counts."""
        if self._in_value:
            self._has_value = True
            self._value = self._value or text

    def end(self, name: str) -> None:
        """An element ends."""
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "v":
            self._in_value = False
            self._has_value |= self._kind == "str"  # a formula may well give an empty text
        elif name == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        kind = self._kind
        if self._has_formula:
            self.found.formulas += 1
            if not self._has_value and kind != "e":
                self.found.empty_formulas.append((self._row, self._column))
        if kind == "e":
            self.found.errors.append((self._row, self._column))
        elif (
            self._value[:1] in ("-", "6")
            and (kind == "" or kind == "n")
            and _ODD_DAY.fullmatch(self._value)
        ):
            self.found.odd_days.add((self._row, self._column))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._number = str(self._row)
        self._column = 0
        if _is_on(attributes.get("hidden")):
            self.found.hidden_rows += 1

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r", "")
        column = self._numbers.get(address.removesuffix(self._number))  # letters met before
        if column is None:
            column = self._column_of(address)
        self._column = column
        self._has_formula = self._has_value = False
        self._kind, self._value = attributes.get("t", ""), ""
        found = self.found
        if self._row > found.rows:
            found.rows = self._row
        if column > found.columns:
            found.columns = column

    def _column_of(self, address: str) -> int:
        """The column of a cell by its address; without one it is the next."""
        match = _ADDRESS.fullmatch(address)
        if match is None:
            return self._column + 1
        letters, row = match.groups()
        self._row = int(row)  # the reader believes the cell, whatever its row says
        self._number = str(self._row)
        return self._numbers.setdefault(letters, column_number(letters))


def scan(source: IO[bytes], limits: tuple[int, int]) -> Scan:
    """Follow a sheet to its end, or until it exceeds (rows, columns); raises `Unsafe` or `ExpatError`."""
    watcher = _Watcher()
    parser = ParserCreate(namespace_separator=None)
    parser.buffer_text = True
    parser.StartElementHandler = watcher.start
    parser.CharacterDataHandler = watcher.text
    parser.EndElementHandler = watcher.end
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    while chunk := source.read(1 << 16):
        parser.Parse(chunk, False)
        if watcher.found.rows > limits[0] or watcher.found.columns > limits[1]:
            return watcher.found
    parser.Parse(b"", True)
    return watcher.found


def _is_on(flag: str | None) -> bool:
    return flag in ("1", "true")


def _refuse(*_: object) -> None:
    raise Unsafe


__all__ = ["ExpatError", "Scan", "Unsafe", "address", "column_number", "scan", "sheet_paths"]
