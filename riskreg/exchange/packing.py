"""How XlsxWriter is made fast, exact and clean: whole rows as XML, nothing under a name on the disk.

XlsxWriter 3.3.1 writes each cell by half a dozen calls and keeps rows and parts in named temporary files,
which a killed program leaves behind with all that the register holds. Here a row is one text, rows wait in
files without a name, and each part goes straight into the archive. What it writes is the same.
"""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, BinaryIO, Final, NamedTuple, TypeAlias, cast
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.packager import Packager
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from riskreg.exchange.guard import SIGNS
from riskreg.work import WRITING, Work

Cell: TypeAlias = str | int | date | datetime | None

MOST_ROWS: Final = 1_048_576
MOST_LINKS: Final = 65_530
"""Hyperlinks that Excel takes on one sheet."""
MOST_UNITS: Final = 32_767
"""UTF-16 units in a cell."""

_SPECIAL: Final = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_ESCAPES: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What XML cannot hold."""
_EPOCH: Final = 693_594
"""The day before Excel's first, as `date.toordinal` counts."""
_MADE: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every part in the archive, so that the same register gives the same bytes."""
_CHUNK: Final = 1 << 18


class Styles(NamedTuple):
    """How the cells of a column look, by what they hold; attributes of the cell, ready to write."""

    text: str
    quoted: str
    number: str
    day: str
    moment: str


class Link(NamedTuple):
    """A hyperlink inside the workbook.

    Attributes:
        cell: Where it is: `C5`.
        place: Where it leads: `'Data we hold'!A17`.
        tip: What is shown beside the pointer, in the language of the workbook.
    """

    cell: str
    place: str
    tip: str


def escaped(text: str) -> str:
    """Text as XML, with what XML cannot hold as Excel writes it: `_x0001_`.

    And every `_x0041_` that a person typed as `_x005F_x0041_`; XlsxWriter misses the second of two that
    share an underscore.
    """
    if _SPECIAL.search(text) is None:
        return text
    text = _ESCAPES.sub("_x005F_", text)
    text = _CONTROLS.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Page(Worksheet):  # type: ignore[misc]
    """A worksheet that is written by rows, from the top."""

    letters: tuple[str, ...] = tuple(xl_col_to_name(column) for column in range(400))

    def _initialize(self, init_data: dict[str, Any]) -> None:
        super()._initialize({**init_data, "constant_memory": False})
        self.constant_memory = init_data["constant_memory"]
        rows = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `let_go`)
        self.row_data_fh = io.TextIOWrapper(cast("BinaryIO", rows), encoding="utf-8", newline="\n")
        self.fh = self.row_data_fh
        self.links: list[Link] = []
        self._widest = 0

    def put_row(
        self,
        number: int,
        cells: Sequence[Cell],
        styles: Sequence[Styles],
        row_style: str,
        is_bare: bool = False,
    ) -> list[object]:
        """Write a row and return what a reader will find in it.

        Args:
            number: From 0; below all that were written.
            cells: From the first column on.
            styles: One for each.
            row_style: Attributes of the row.
            is_bare: The row has no look of its own, so that empty cells are written for theirs.

        Raises:
            ValueError: It does not fit.
        """
        if number >= MOST_ROWS or len(cells) > len(self.letters):
            raise ValueError(number)
        row = str(number + 1)
        xml = [f'<row r="{row}"{row_style}>']
        found: list[object] = []
        for cell, style, letter in zip(cells, styles, self.letters, strict=False):
            if cell is None or cell == "":
                found.append("")
                if is_bare and style.text:
                    xml.append(f'<c r="{letter}{row}"{style.text}/>')
            elif cell.__class__ is str:
                xml.append(_text(cell, letter + row, style))
                found.append(cell)
            elif cell.__class__ is int:
                xml.append(f'<c r="{letter}{row}"{style.number}><v>{cell}</v></c>')
                found.append(cell)
            else:
                xml.append(_dated(cast("date", cell), letter + row, style))
                found.append(as_read(cell))
        xml.append("</row>")
        self.row_data_fh.write("".join(xml))
        self._note_extent(number, len(cells))
        return found

    def _note_extent(self, number: int, width: int) -> None:
        """What XlsxWriter's own methods would have kept of the row."""
        self.previous_row = number
        self.dim_rowmin, self.dim_colmin = 0, 0
        self.dim_rowmax = number
        self._widest = max(self._widest, width - 1)
        self.dim_colmax = self._widest

    def join(self, row: int, first: int, last: int) -> None:
        """Merge cells of a row that was written, or will be."""
        self.merge.append([row, first, row, last])

    def link(self, row: int, column: int, place: str, tip: str = "") -> None:
        """Let a cell lead to another; what exceeds Excel's measure stays text."""
        if len(self.links) < MOST_LINKS:
            self.links.append(Link(f"{self.letters[column]}{row + 1}", place, tip))

    def _write_hyperlinks(self) -> None:
        if not self.links:
            return
        self._xml_start_tag("hyperlinks")
        for cell, place, tip in self.links:
            said = f" tooltip={quoteattr(tip)}" if tip else ""
            self.fh.write(f'<hyperlink ref="{cell}" location={quoteattr(place)}{said}/>')
        self._xml_end_tag("hyperlinks")

    def assemble(self, target: BinaryIO, work: Work) -> None:
        """Write the whole sheet into the archive; may be cancelled between the pieces."""
        self._work, self._target = work, target
        self.fh = io.TextIOWrapper(target, encoding="utf-8", newline="\n")
        self._assemble_xml_file()
        self.fh.flush()
        self.fh.detach()

    def _write_optimized_sheet_data(self) -> None:
        """Copy the rows as they are."""
        self._xml_start_tag("sheetData")
        self.fh.flush()
        self.row_data_fh.flush()
        rows = self.row_data_fh.buffer
        rows.seek(0)
        while piece := rows.read(_CHUNK):
            self._target.write(piece)
            self._work.step(WRITING)
        self._xml_end_tag("sheetData")
        self.let_go()

    def let_go(self) -> None:
        """Close what the rows waited in, which is gone then."""
        self.row_data_fh.close()
        self.row_data_fh_closed = True


def _text(cell: str, where: str, style: Styles) -> str:
    if len(cell) * 2 > MOST_UNITS and len(cell.encode("utf-16-le")) // 2 > MOST_UNITS:
        raise ValueError(where)
    look = style.quoted if cell[0] in SIGNS else style.text
    space = ' xml:space="preserve"' if cell[0].isspace() or cell[-1].isspace() else ""
    return f'<c r="{where}"{look} t="inlineStr"><is><t{space}>{escaped(cell)}</t></is></c>'


def _dated(cell: date, where: str, style: Styles) -> str:
    days: float = cell.toordinal() - _EPOCH
    if isinstance(cell, datetime):
        seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
        return f'<c r="{where}"{style.moment}><v>{days + seconds / 86_400!r}</v></c>'
    return f'<c r="{where}"{style.day}><v>{days}</v></c>'


def as_read(cell: object) -> object:
    """A cell as it is compared: a day and its midnight are one, nothing is an empty text."""
    if cell.__class__ is str or cell.__class__ is float:
        return cell  # nearly all of them
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime.combine(cell, time())
    return "" if cell is None else cell


class _Packer(Packager):  # type: ignore[misc]
    """Leaves the sheets out: they go into the archive by themselves."""

    def _write_worksheet_files(self) -> None:
        for sheet in self.workbook.worksheets():
            sheet._write_single_row()  # what XlsxWriter's own methods still hold


class Packed(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook whose parts go into the archive without a stop on the disk.

    Args:
        file: Where it goes.
        work: Asked between the pieces.
    """

    def __init__(self, file: BinaryIO, work: Work) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        super().__init__(file, options)
        self._work = work

    def close(self) -> None:
        """Write it; a failure of the disk is an `OSError` here."""
        self._store_workbook()
        self.fileclosed = True

    def _store_workbook(self) -> None:
        """As XlsxWriter does it, without temporary files."""
        self.worksheets_objs[0].selected = self.worksheets_objs[0].active = 1
        self._prepare_sst_string_data()
        self._prepare_vml()
        self._prepare_defined_names()
        self._prepare_drawings()
        self._prepare_tables()
        self._prepare_metadata()
        packer = _Packer()
        packer._add_workbook(self)
        packer._set_in_memory(True)
        with ZipFile(self.filename, "w", ZIP_DEFLATED) as archive:
            for part, name, _ in packer._create_package():
                self._add(archive, name, part.getvalue().encode("utf-8"))
            for number, sheet in enumerate(self.worksheets(), 1):
                info = _info(f"xl/worksheets/sheet{number}.xml")
                with archive.open(info, "w", force_zip64=True) as target:
                    sheet.assemble(cast("BinaryIO", target), self._work)

    def _add(self, archive: ZipFile, name: str, content: bytes) -> None:
        archive.writestr(_info(name), content)

    def let_go(self) -> None:
        """Close the files of a workbook that will not be finished."""
        self.fileclosed = True
        for sheet in self.worksheets():
            with contextlib.suppress(OSError):
                sheet.let_go()


def _info(name: str) -> ZipInfo:
    found = ZipInfo(name, _MADE)
    found.compress_type = ZIP_DEFLATED
    return found
