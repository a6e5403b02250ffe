"""Sheets as XlsxWriter writes them: text byte for byte, real dates, a look for screen and paper.

Each row is remembered as one number, so that the finished file can be compared with what was handed over
without keeping it in memory a second time.
"""

from __future__ import annotations

import re
import tempfile
import tomllib
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, TypeAlias

import python_calamine
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from riskreg.catalogue import resources_folder
from riskreg.errors import N_, Expected
from riskreg.exchange.cells import Cell
from riskreg.i18n import Translator
from riskreg.work import CHECKING, Work

Look: TypeAlias = Literal["text", "number", "day", "moment", "header", "quiet"]

SAMPLE: Final = "SAMPLE 樣本"
"""On every sheet made from the sample; in both languages, because whoever finds the page may read either."""

MARK: Final = "riskreg"
"""The document property by which an import knows a workbook of this program and its register."""

CONFIDENTIAL: Final = N_("Confidential")
PAGE_OF: Final = N_("Page {page} of {pages}")

BODY: Final = 10
"""Points of the text."""
_READABLE: Final = 7
"""Points below which nobody reads a printed page."""
_NARROWEST, _WIDEST, _MEASURED = 8, 60, 200
_PAPER: Final = 785.0
"""Points of an A4 page across, without its edges."""
_CHARACTER, _EDGE = 5.25, 3.75
"""Points of one character of a column's width, and what Excel adds to each column."""
_SIDE: Final = 0.4
"""Inches of the left and right edge."""
_ESCAPES: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What XML cannot hold."""
_GUARDED: Final = tuple("=+-@\t\r＝＋－＠﹢﹣−")
"""What a spreadsheet might take for the beginning of a formula, half and full width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What a workbook says about itself on every printed page.

    Attributes:
        register: The id of the register, by which an import knows it again.
        organisation: Whose register it is.
        fingerprint: Of the history it was made from.
        is_sample: Made from the sample register.
        made: When, UTC.
        t: Its language.
    """

    register: str
    organisation: str
    fingerprint: str
    is_sample: bool
    made: datetime
    t: Translator


class _Sheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose text comes back as it was, mended for XlsxWriter 3.3.1."""

    @staticmethod
    def _escape_control_characters(data: str) -> str:
        """As Excel does: XlsxWriter misses the second of two escapes that share an underscore (`_x0041_x0042_`)."""
        escaped = _ESCAPES.sub("_x005F_", data)
        return _CONTROLS.sub(lambda found: f"_x{ord(found[0]):04X}_", escaped)

    def _xml_rich_inline_string(self, string: str, attributes: list[tuple[str, object]]) -> None:
        """Text that begins with `<r>` and ends with `</r>` is text: XlsxWriter would write it as markup."""
        self._xml_inline_string(string, string != string.strip(), attributes)


@dataclass(slots=True)
class Sheet:
    """One sheet, written row by row from the top.

    Attributes:
        name: As on its tab.
        raw: XlsxWriter's, for what only a cover needs.
        sums: One number for each row that was written.
        widths: What the first rows need in each column, in characters.
    """

    name: str
    raw: Any
    looks: Mapping[str, Any]
    sums: array[int] = field(default_factory=lambda: array("q"))
    widths: list[int] = field(default_factory=list)

    def row(self, cells: Sequence[Cell], looks: Sequence[Any] | None = None) -> None:
        """Write the next row.

        Args:
            cells: From the first column on.
            looks: XlsxWriter formats for them; None gives each what its type asks for.

        Raises:
            Expected: It does not fit into a sheet ("workbook_full").
        """
        number = len(self.sums)
        if looks is None:
            self.raw.set_row(number, None, self.looks["text"])  # the hair line under empty cells
        for column, cell in enumerate(cells):
            if cell is not None:
                look = looks[column] if looks else self._look(cell)
                if self._write(number, column, cell, look):
                    raise Expected("workbook_full", sheet=self.name)
        self.sums.append(_sum(cells))
        if number <= _MEASURED:
            self._measure(cells, is_header=number == 0)

    def _look(self, cell: Cell) -> Any:  # noqa: ANN401
        match cell:
            case str():
                return self.looks["quoted" if cell.startswith(_GUARDED) else "text"]
            case datetime():
                return self.looks["moment"]
            case date():
                return self.looks["day"]
            case _:
                return self.looks["number"]

    def _write(self, row: int, column: int, cell: Cell, look: Any) -> int:  # noqa: ANN401
        match cell:
            case str():
                found: int = self.raw.write_string(row, column, cell, look)
            case date():
                found = self.raw.write_datetime(row, column, cell, look)
            case _:
                found = self.raw.write_number(row, column, cell, look)
        return found

    def _measure(self, cells: Sequence[Cell], is_header: bool) -> None:
        self.widths += [_NARROWEST] * (len(cells) - len(self.widths))
        for column, cell in enumerate(cells):
            needed = _header_width(str(cell)) if is_header else _width(cell)
            self.widths[column] = min(_WIDEST, max(self.widths[column], needed))

    def finish_table(self, repeated: int, printed: int) -> None:
        """Headers that stay, a filter, widths, and how it prints.

        Args:
            repeated: Columns that a second page across begins with.
            printed: Columns that print; the others are for the program.
        """
        last = max(len(self.sums) - 1, 0)
        self.raw.freeze_panes(1, 1)
        self.raw.autofilter(0, 0, last, len(self.widths) - 1)
        for column, width in enumerate(self.widths):
            self.raw.set_column(column, column, width)
        self.raw.repeat_rows(0)
        self.raw.print_area(0, 0, last, printed - 1)
        scale = _PAPER / sum(width * _CHARACTER + _EDGE for width in self.widths[:printed])
        if scale * BODY >= _READABLE:
            self.raw.fit_to_pages(1, 0)
        else:
            self.raw.set_print_scale(ceil(100 * _READABLE / BODY))
            self.raw.repeat_columns(0, repeated - 1)


class Book:
    """A workbook while it is written; `whole` opens one.

    Args:
        file: Where it goes.
        folder: A private folder for XlsxWriter's temporary files, which hold what the register holds.
        front: What it says about itself.
    """

    def __init__(self, file: BinaryIO, folder: Path, front: Front) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(folder),
        }
        self.raw = xlsxwriter.Workbook(file, options)
        self.front = front
        self.sheets: list[Sheet] = []
        self.looks = {key: self.look(**look) for key, look in _looks().items()}
        self.raw.use_zip64()
        self.raw.set_properties({"title": front.organisation[:250], "created": front.made})
        self.raw.set_custom_property(MARK, front.register, "text")

    def look(self, **told: object) -> Any:  # noqa: ANN401
        """An XlsxWriter format."""
        return self.raw.add_format({"font_size": BODY, "valign": "top", **told})

    def add(self, name: str) -> Sheet:
        """The next sheet, ready to print."""
        raw = self.raw.add_worksheet(name, _Sheet)
        raw.set_landscape()
        raw.set_paper(9)  # A4
        raw.set_margins(left=_SIDE, right=_SIDE, top=0.75, bottom=0.6)
        raw.set_header(_header(self.front))
        raw.set_footer(_footer(self.front, name))
        sheet = Sheet(name, raw, self.looks)
        self.sheets.append(sheet)
        return sheet

    def let_go(self) -> None:
        """Close the temporary files of a workbook that will not be finished."""
        for sheet in self.sheets:
            sheet.raw.row_data_fh.close()


@contextmanager
def whole(file: BinaryIO, front: Front) -> Iterator[Book]:
    """A workbook that is in `file` when the block ends without an error."""
    with ExitStack() as after:
        folder = after.enter_context(tempfile.TemporaryDirectory(prefix="riskreg-"))
        book = Book(file, Path(folder), front)
        try:
            yield book
            book.raw.close()
        except BaseException:
            book.let_go()
            raise


def check(path: Path, sheets: Iterable[Sheet], work: Work) -> bool:
    """Whether a reader finds in each cell what was handed to the writer."""
    with python_calamine.load_workbook(str(path)) as book:
        return all(_is_same(book.get_sheet_by_name(sheet.name), sheet, work) for sheet in sheets)


def _is_same(found: python_calamine.CalamineSheet, sheet: Sheet, work: Work) -> bool:
    number = 0
    work.step(CHECKING, number, len(sheet.sums))
    for number, row in enumerate(found.iter_rows(), start=1):
        if number > len(sheet.sums) or _sum(row) != sheet.sums[number - 1]:
            return False
        if number % _MEASURED == 0:
            work.step(CHECKING, number, len(sheet.sums))
    return number == len(sheet.sums)


def _sum(cells: Iterable[object]) -> int:
    """One number for what a row says; the same for what is read back, where whole numbers and midnights look otherwise."""
    plain = [_plain(cell) for cell in cells]
    while plain and plain[-1] is None:
        plain.pop()
    return hash(tuple(plain))


def _plain(cell: object) -> object:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime.combine(cell, time())
    return None if cell == "" else cell


# How it looks


@cache
def colours() -> Mapping[str, str]:
    """The colours of the light theme by what they mean: window, paper and workbook are one family."""
    text = (resources_folder() / "themes" / "light.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(text)["color"]
    return found


def _looks() -> Mapping[str, dict[str, object]]:
    ink = colours()
    header = {"bold": True, "text_wrap": True, "border": 1, "border_color": ink["line"]}
    below: dict[str, object] = {"bottom": 1, "bottom_color": ink["line"]}
    return {
        "text": {**below, "text_wrap": True},
        "quoted": {**below, "text_wrap": True, "quote_prefix": True},
        "number": below,
        "day": {**below, "num_format": "yyyy-mm-dd", "align": "left"},
        "moment": {**below, "num_format": "yyyy-mm-dd hh:mm", "align": "left"},
        "header": {**header, "font_color": ink["on_accent"], "bg_color": ink["accent"]},
        "quiet": {**header, "font_color": ink["muted"], "bg_color": ink["window"]},
    }


def _header(front: Front) -> str:
    """A space after each size: Excel takes digits that follow it for part of it."""
    middle = f"&C&10 &B{SAMPLE}" if front.is_sample else ""
    confidential = _printed(front.t.gettext(CONFIDENTIAL))
    return f"&L&9 {_printed(front.organisation)}{middle}&R&9 {confidential}"


def _footer(front: Front, name: str) -> str:
    page = _printed(front.t.gettext(PAGE_OF)).format(page="&P", pages="&N")
    return f"&L&8 {front.fingerprint}&C&8 {_printed(name)}&R&8 {page}"


def _printed(text: str) -> str:
    """Text in a page header, which holds 255 characters in all."""
    return " ".join(text.split())[:80].replace("&", "&&")


def _width(cell: Cell) -> int:
    match cell:
        case str():
            return max(map(width_of, cell[:2000].split("\n"))) + 2
        case datetime():
            return 17
        case date():
            return 12
        case None:
            return 0
        case _:
            return len(str(cell)) + 2


def _header_width(text: str) -> int:
    """A header may take two lines, and the filter's button stands beside it."""
    longest = max(map(width_of, text.split() or [""]))
    return min(max(longest, ceil(width_of(text) / 2)) + 4, 30)


def width_of(text: str) -> int:
    """How many characters of a column's width a line takes: a Chinese one takes two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
