"""Sheets of a workbook: text byte for byte, real dates, a look for screen and paper.

Each row is remembered as one number, so that the finished file can be compared with what was handed over
without keeping it in memory a second time.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import repeat
from typing import Any, BinaryIO, Final

from riskreg.errors import N_, Expected
from riskreg.exchange import paper
from riskreg.exchange.looks import (
    BODY,
    header_height,
    header_width,
    height_of,
    least_width,
    looks,
    roomy,
    width,
)
from riskreg.exchange.packing import Cell, Packed, Page, Styles
from riskreg.exchange.readback import summed
from riskreg.i18n import Translator
from riskreg.work import QUIET, Work

SAMPLE: Final = "SAMPLE 樣本"
"""On every sheet made from the sample; in both languages, because whoever finds the page may read either."""

MARK: Final = "riskreg"
"""The document property by which an import knows a workbook of this program and its register."""

CONFIDENTIAL: Final = N_("Confidential")
PAGE_OF: Final = N_("Page {page} of {pages}")

_NARROWEST, _WIDEST, _MEASURED = 8, 48, 200


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


@dataclass(slots=True)
class Sheet:
    """One sheet, written row by row from the top.

    Attributes:
        name: As on its tab.
        raw: XlsxWriter's.
        usual: How cells look where nothing is said.
        row_style: Attributes of such rows, for their empty cells.
        columns: How the cells of each column look, where they differ from the usual.
        sums: One number for each row that was written.
        widths: Of the columns, in characters: what the first rows need, or as `begin` found them.
        empty: Columns in which no row has anything yet; followed where `begin` was called.
    """

    name: str
    raw: Page
    usual: Styles
    row_style: str
    columns: Sequence[Styles] = ()
    sums: array[int] = field(default_factory=lambda: array("q"))
    widths: list[int] = field(default_factory=list)
    empty: set[int] = field(default_factory=set)
    _is_begun: bool = False
    _printed: int = 0

    def begin(
        self,
        headers: Sequence[str],
        looks: Sequence[Any],
        samples: Iterable[Sequence[Cell]] = (),
        most: Sequence[int] = (),
        printed: int = 0,
    ) -> None:
        """Write the headers of a table; rows that come after them are as high as they need.

        Columns that do not print make a row two lines high at most, so that paper is not left empty.

        Args:
            headers: One for each column.
            looks: XlsxWriter formats for them.
            samples: Rows by which the widths are found.
            most: The greatest width of each column, in characters.
            printed: Columns that print; 0 for all.
        """
        known = list(samples)
        self._measure(headers, is_header=True)
        for cells in known:
            self._measure(cells, is_header=False)
        if most:
            least = map(least_width, headers)
            bounds = zip(self.widths, most, least, strict=True)
            self.widths = [max(min(wide, cap), low) for wide, cap, low in bounds]
        for column in range(printed):
            texts = (cell for cells in known if isinstance(cell := cells[column], str))
            self.widths[column] = roomy(texts, self.widths[column])
        self._is_begun = True
        self._printed = printed or len(headers)
        self.row(headers, looks, max(map(header_height, headers, self.widths)))
        self.empty = set(range(len(headers)))

    def row(
        self, cells: Sequence[Cell], looks: Sequence[Any] | None = None, height: float = 0
    ) -> None:
        """Write the next row.

        Args:
            cells: From the first column on.
            looks: XlsxWriter formats for them, which empty ones show too; None gives each what its
                column or type asks for.
            height: In points; 0 for what the cells need, where `begin` knows the widths, else as the
                program that opens the file will have it.

        Raises:
            Expected: It does not fit into a sheet ("workbook_full").
        """
        number = len(self.sums)
        if self._is_begun:
            height = height or height_of(cells, self.widths, self._printed)
            self.empty = {column for column in self.empty if cells[column] is None}
        tall = f' ht="{height}" customHeight="1"' if height else ""
        try:
            if looks is None:
                styles = self.columns or [self.usual] * len(cells)
                found = self.raw.put_row(number, cells, styles, self.row_style + tall)
            else:
                styles = [always(look) for look in looks]
                found = self.raw.put_row(number, cells, styles, tall, is_bare=True)
        except ValueError:
            raise Expected("workbook_full", sheet=self.name) from None
        self.sums.append(summed(found))
        if number <= _MEASURED and not self._is_begun:
            self._measure(cells, is_header=number == 0)

    def _measure(self, cells: Sequence[Cell], is_header: bool) -> None:
        self.widths += [_NARROWEST] * (len(cells) - len(self.widths))
        for column, cell in enumerate(cells):
            needed = header_width(str(cell)) if is_header else width(cell)
            self.widths[column] = min(_WIDEST, max(self.widths[column], needed))

    def finish_table(self, repeated: int, printed: int) -> None:
        """Headers that stay, a filter, widths, and how it prints; columns without anything are folded away.

        Args:
            repeated: Columns that each further page across begins with.
            printed: Columns that print; the others are for the program.
        """
        last = max(len(self.sums) - 1, 0)
        folded = self.empty if last else set()
        self.raw.freeze_panes(1, min(repeated, 2))
        self.raw.autofilter(0, 0, last, len(self.widths) - 1)
        self.set_widths(self.widths, folded)
        self.raw.repeat_rows(0)
        self.raw.print_area(0, 0, last, printed - 1)
        shown = [0 if place in folded else wide for place, wide in enumerate(self.widths[:printed])]
        paper.lay_out(self.raw, shown, repeated)

    def set_widths(self, widths: Sequence[int], folded: Container[int] = ()) -> None:
        """How wide the columns are, in characters; folded ones open by the sign above them."""
        for column, wide in enumerate(widths):
            how = {"level": 1, "hidden": True} if column in folded else {}
            if column not in folded and column - 1 in folded:
                how = {"collapsed": True}
            self.raw.set_column(column, column, wide, None, how)


def always(look: Any) -> Styles:  # noqa: ANN401
    """One look, whatever a cell holds."""
    return Styles(*repeat(style(look), 5))


def style(look: Any) -> str:  # noqa: ANN401
    """The attribute by which a cell names its XlsxWriter format; None has none."""
    return f' s="{look._get_xf_index()}"' if look is not None else ""


class Book:
    """A workbook while it is written; `whole` opens one.

    Args:
        file: Where it goes.
        front: What it says about itself.
        work: Asked while it is put together.
    """

    def __init__(self, file: BinaryIO, front: Front, work: Work = QUIET) -> None:
        self.raw = Packed(file, work)
        self.front = front
        self.sheets: list[Sheet] = []
        self.looks: Mapping[str, Any] = {key: self.look(**look) for key, look in looks().items()}
        self.raw.use_zip64()
        self.raw.set_properties({"title": front.organisation[:250], "created": front.made})
        self.raw.set_custom_property(MARK, front.register, "text")

    def look(self, **told: object) -> Any:  # noqa: ANN401
        """An XlsxWriter format."""
        return self.raw.add_format({"font_size": BODY, "valign": "top", **told})

    def styles(self, **instead: str) -> Styles:
        """How cells of a column look: the usual, with other looks by name for some of what they hold."""
        kinds = Styles._fields
        return Styles(*(style(self.looks[instead.get(kind, kind)]) for kind in kinds))

    def add(self, name: str) -> Sheet:
        """The next sheet, ready to print."""
        front, gettext = self.front, self.front.t.gettext
        raw = self.raw.add_worksheet(name, Page)
        middle = SAMPLE if front.is_sample else ""
        above = paper.header(front.organisation, middle, gettext(CONFIDENTIAL))
        paper.set_up(raw, above, paper.footer(front.fingerprint, name, gettext(PAGE_OF)))
        below = f'{style(self.looks["text"])} customFormat="1"'
        sheet = Sheet(name, raw, self.styles(), below)
        self.sheets.append(sheet)
        return sheet


@contextmanager
def whole(file: BinaryIO, front: Front, work: Work = QUIET) -> Iterator[Book]:
    """A workbook that is in `file` when the block ends without an error."""
    book = Book(file, front, work)
    try:
        yield book
        book.raw.close()
    finally:
        book.raw.let_go()
