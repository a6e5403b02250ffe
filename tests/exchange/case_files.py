"""The files of section E of the fault table, made one by one: what may go wrong with a spreadsheet before a register sees it."""

from __future__ import annotations

import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import xlsxwriter

from tests.exchange.files import archive, sheet_xml, text_row, workbook

Make: TypeAlias = Callable[[Path], Path]
"""Makes a file in a folder."""

PLAIN = sheet_xml(text_row(1, "Title", "Notes"), text_row(2, "Mail goes astray", "x"))


def text_file(name: str, content: str | bytes) -> Make:
    """A file of text, in UTF-8 unless it is given in bytes."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def rows(*lines: str) -> Make:
    """A CSV file called rows.csv."""
    return text_file("rows.csv", "".join(f"{line}\n" for line in lines))


def cells(*lines: list[object], **options: object) -> Make:
    """A workbook called book.xlsx, with options of XlsxWriter; a list as a cell is a number and its format."""

    def make(folder: Path) -> Path:
        path = folder / "book.xlsx"
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, **options}) as book:
            page = book.add_worksheet()
            for number, line in enumerate(lines):
                for place, value in enumerate(line):
                    if isinstance(value, tuple):
                        page.write(
                            number, place, value[0], book.add_format({"num_format": value[1]})
                        )
                    elif isinstance(value, str):
                        page.write_string(number, place, value)
                    else:
                        page.write(number, place, value)
        return path

    return make


def with_sheet(change: Callable[[xlsxwriter.Workbook, object], None]) -> Make:
    """A workbook of two rows with something more on its sheet."""

    def make(folder: Path) -> Path:
        path = folder / "book.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            page = book.add_worksheet()
            for number, line in enumerate(
                (["Title", "Notes"], ["Mail goes astray", "x"], ["Fire", "y"])
            ):
                page.write_row(number, 0, line)
            change(book, page)
        return path

    return make


def parts(
    sheet: str = PLAIN, extra: dict[str, bytes] | None = None, name: str = "book.xlsx"
) -> Make:
    """A workbook from the XML of its sheet, with more parts."""
    return lambda folder: archive(folder / name, sheet, extra)


def cell_row(xml: str, *headers: str) -> Make:
    """A workbook with headers and one row in XML."""
    return parts(sheet_xml(text_row(1, *headers), f'<row r="2">{xml}</row>'))


def lying_size(folder: Path) -> Path:
    """Its directory says that the sheet is small."""
    big = sheet_xml(text_row(1, "Title"), *(text_row(at, "x" * 900) for at in range(2, 3_000)))
    path = archive(folder / "book.xlsx", big)
    content = bytearray(path.read_bytes())
    name = b"xl/worksheets/sheet1.xml"
    at = content.rindex(name) - 46
    content[at + 24 : at + 28] = struct.pack("<I", 1_000)  # the size unpacked, in the directory
    path.write_bytes(bytes(content))
    return path


def overlapping(folder: Path) -> Path:
    """Two entries of its directory are the same bytes."""
    path = archive(
        folder / "book.xlsx",
        PLAIN,
        {"xl/media/1.bin": bytes(1_000), "xl/media/2.bin": bytes(1_000)},
    )
    content = bytearray(path.read_bytes())
    first, second = (content.rindex(f"xl/media/{number}.bin".encode()) - 46 for number in (1, 2))
    content[second + 42 : second + 46] = content[first + 42 : first + 46]  # where it begins
    path.write_bytes(bytes(content))
    return path


def doubled_sheet(folder: Path) -> Path:
    """Two parts have the name of the sheet."""
    path = archive(folder / "book.xlsx", PLAIN)
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as target:
        warnings.simplefilter("ignore")
        target.writestr("xl/worksheets/sheet1.xml", sheet_xml(text_row(1, "Other")))
    return path


def renamed(name: str, make: Make) -> Make:
    """A file under another name."""
    return lambda folder: make(folder).rename(folder / name)


def cut(share: int) -> Make:
    """The first so many tenths of a workbook."""

    def make(folder: Path) -> Path:
        path = workbook(folder / "book.xlsx", ["Title"], ["Mail goes astray"])
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) * share // 10])
        return path

    return make


def strict(folder: Path) -> Path:
    """A workbook as Excel writes it as Strict Open XML."""
    old, new = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
    pairs = {
        f"{old}spreadsheetml/2006/main": f"{new}spreadsheetml/main",
        f"{old}officeDocument/2006/relationships": f"{new}officeDocument/relationships",
    }
    path = archive(folder / "book.xlsx", PLAIN)
    with zipfile.ZipFile(path) as source:
        told = {name: source.read(name).decode() for name in source.namelist()}
    with zipfile.ZipFile(path, "w") as target:
        for name, text in told.items():
            for was, now in pairs.items():
                text = text.replace(was, now)
            target.writestr(name, text)
    return path


def by_openpyxl(folder: Path) -> Path:
    """A workbook as Google's and many other exports write it: shared or inline text, no cached looks."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["Title", "Notes"], ["Mail goes astray", "x"]):
        sheet.append(line)
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def with_everything(book: xlsxwriter.Workbook, page: object) -> None:
    """What a sheet holds besides cells."""
    assert isinstance(page, xlsxwriter.worksheet.Worksheet)
    page.data_validation("A2", {"validate": "list", "source": ["a", "b"]})
    page.write_comment("A2", "look here")
    page.add_table("A1:B3", {"columns": [{"header": "Title"}, {"header": "Notes"}]})
    look = {"type": "cell", "criteria": ">", "value": 1, "format": book.add_format({"bold": 1})}
    page.conditional_format("A2", look)
    page.protect()
