"""The sheet of links: every link of the records in a workbook once, with both ends to follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from riskreg.errors import N_
from riskreg.exchange.lists import quoted
from riskreg.exchange.packing import MOST_ROWS
from riskreg.exchange.sheets import Book, Sheet
from riskreg.views import Name

NAME: Final = N_("Links")
HEADERS: Final = (N_("From"), N_("Title"), N_("Link"), N_("To"), N_("Title"))
NOT_ALL: Final = N_("A sheet holds no more; every link is in the columns of its record.")

_WIDTHS: Final = (14, 46, 30, 14, 46)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the records of a workbook stand.

    Attributes:
        rows: Sheet and row, from 0, of each record by its id.
    """

    rows: Mapping[int, tuple[str, int]]

    def of(self, id: int) -> str:
        """Where a record stands, as a hyperlink names it; empty where it is not in the workbook."""
        found = self.rows.get(id)
        return f"{quoted(found[0])}!A{found[1] + 1}" if found else ""


@dataclass(slots=True)
class Ties:
    """The sheet while it is filled, in the order in which the records are written.

    Attributes:
        book: The workbook.
        sheet: The sheet.
        places: Where the records stand.
        has_titles: What records are called is in the workbook.
    """

    book: Book
    sheet: Sheet
    places: Places
    has_titles: bool = True

    def __post_init__(self) -> None:
        looks, gettext = self.book.looks, self.book.front.t.gettext
        self.sheet.widths = list(_WIDTHS)
        self.sheet.begin([gettext(text) for text in HEADERS], [looks["quiet"]] * len(HEADERS))
        ref, text = self.book.styles(text="link"), self.book.styles()
        self.sheet.columns = (ref, text, text, ref, text)

    @property
    def next_row(self) -> int:
        """Where the next link will stand, from 0."""
        return len(self.sheet.sums)

    def add(self, source: tuple[int, str, str], label: str, target: tuple[int, Name]) -> None:
        """Write a link: from a record (its id, ref and title), what it is, to another."""
        row = self.next_row
        if row >= MOST_ROWS - 1:
            if row == MOST_ROWS - 1:
                self.sheet.row((self.book.front.t.gettext(NOT_ALL),))
            return
        id, ref, title = source
        other, name = target
        titles = (title, name.title) if self.has_titles else (None, None)
        self.sheet.row((ref, titles[0], label, name.ref, titles[1]))
        for column, end in ((0, id), (3, other)):
            if place := self.places.of(end):
                self.sheet.raw.link(row, column, place)

    def rows_from(self, first: int) -> str:
        """The rows from one up to the last that was written, as a hyperlink names them."""
        return f"{quoted(self.sheet.name)}!A{first + 1}:E{self.next_row}"

    def finish(self) -> None:
        """Headers that stay, a filter, and how it prints."""
        self.sheet.finish_table(repeated=1, printed=len(HEADERS))
