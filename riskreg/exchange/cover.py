"""The first sheet of a workbook: whose it is, when it was made, what it shows, what its code proves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any, Final, NamedTuple

from riskreg.dates import moment_words
from riskreg.errors import N_
from riskreg.exchange.cells import Cell, ref_order
from riskreg.exchange.sheets import SAMPLE, Book, Front, Sheet, colours, width_of
from riskreg.i18n import Translator
from riskreg.records import KINDS, fields, stored
from riskreg.views import Head, Reader, View, Where

NAME: Final = N_("Cover")
TITLE: Final = N_("Personal data register")
MADE: Final = N_("Made")
SHOWS: Final = N_("Shows")
CODE: Final = N_("Check code")
PROOF: Final = N_("What the code shows")
PROVES: Final = N_(
    "That the history up to entry {entry} is the one this workbook was made from. It does not show that the entries are true."
)
HEADINGS: Final = N_("Grey headings")
QUIET: Final = N_(
    "Their columns are worked out by the program or mirror another sheet; what is changed in them is not imported."
)
PROTECTION: Final = N_("Protection")
UNPROTECTED: Final = N_("This file is not encrypted.")

_COUNTED: Final = (
    N_("Records"), N_("In this file"), N_("First"), N_("Last"), N_("Open"), N_("Closed"), N_("In bin"),
)  # fmt: skip
_WIDTHS: Final = (30, 14, 14, 14, 14, 14, 14)
_LINE: Final = 15
"""Points of the height of a line."""


class Tally(NamedTuple):
    """What the register holds of a kind; numbers are None where a kind knows no open and closed.

    Attributes:
        kind: Its key.
        first: The lowest ref, in the bin or not; empty where there is none.
        last: The highest.
        open: Records that still call for attention.
        closed: The others.
        bin: Records in the bin.
    """

    kind: str
    first: str
    last: str
    open: int | None
    closed: int | None
    bin: int


def tally(reader: Reader, kind: str) -> Tally:
    """Count the records of a kind in the whole register."""
    refs: list[str] = []
    for is_bin in (False, True):
        view = View(kinds=(kind,), columns=("ref",), bin=is_bin)
        ids = reader.ids(view)
        refs += [str(row.values[0]) for row in reader.rows(view, sorted({*ids[:1], *ids[-1:]}))]
    refs.sort(key=ref_order)
    opened, closed = _opened(reader, kind)
    binned = reader.count(View(kinds=(kind,), bin=True))
    return Tally(kind, refs[0] if refs else "", refs[-1] if refs else "", opened, closed, binned)


def _opened(reader: Reader, kind: str) -> tuple[int | None, int | None]:
    """How many still call for attention and how many do not; a record without a status does."""
    status = stored(KINDS[kind]).get("status")
    if not isinstance(status, fields.Choice):
        return None, None
    terms = reader.vocabulary.terms_of(status.terms).terms
    closed = [Where("status", "=", term.key) for term in terms if term.open is False]
    done = sum(reader.count(View(kinds=(kind,), where=(each,))) for each in closed)
    return reader.count(View(kinds=(kind,))) - done, done


def write(
    book: Book, head: Head, zone: str, shows: str, rows: Mapping[str, int], tallies: Iterable[Tally]
) -> None:
    """Write the cover.

    Args:
        book: The workbook; the cover is its next sheet.
        head: Where the history stood.
        zone: The organisation's.
        shows: Which records are in it, in a sentence.
        rows: How many of each kind are in it.
        tallies: What the register holds.
    """
    front, t = book.front, book.front.t
    cover = _Cover(book, book.add(t.gettext(NAME)))
    cover.title(front)
    for label, text in _told(front, head, zone, shows):
        cover.line(t.gettext(label), text)
    cover.sheet.row(())
    cover.table([_counted(each, rows[each.kind], t) for each in tallies], t)


def _told(front: Front, head: Head, zone: str, shows: str) -> list[tuple[str, str]]:
    t = front.t
    return [
        (MADE, moment_words(front.made, zone, t)),
        (SHOWS, shows),
        (CODE, front.fingerprint),
        (PROOF, t.gettext(PROVES).format(entry=head.seq)),
        (HEADINGS, t.gettext(QUIET)),
        (PROTECTION, t.gettext(UNPROTECTED)),
    ]


def _counted(found: Tally, rows: int, t: Translator) -> tuple[Cell, ...]:
    name = t.kind_name(KINDS[found.kind])
    refs = (found.first or None, found.last or None)
    return (name, rows, *refs, found.open, found.closed, found.bin)


class _Cover:
    """Lines and a table, with hair lines below each."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.sheet = sheet
        ink = colours()
        below = {"bottom": 1, "bottom_color": ink["line"], "valign": "vcenter"}
        self._text = book.look(**below, text_wrap=True, font_color=ink["text"])
        self._label = book.look(**below, font_color=ink["muted"])
        self._number = book.look(**below, align="right")
        self._ref = book.look(**below, indent=1)
        self._name = book.look(font_color=ink["muted"], font_size=11)
        self._title = book.look(bold=True, font_size=18, font_color=ink["text"])
        self._sample = book.look(bold=True, font_size=14, font_color=ink["critical"])
        band = {
            "bold": True,
            "font_color": ink["on_accent"],
            "bg_color": ink["accent"],
            "valign": "vcenter",
        }
        self._head = {
            "name": book.look(**band),
            "right": book.look(**band, align="right"),
            "left": book.look(**band, indent=1),
        }
        for column, width in enumerate(_WIDTHS):
            sheet.raw.set_column(column, column, width)
        sheet.raw.hide_gridlines(2)
        sheet.raw.fit_to_pages(1, 0)

    def title(self, front: Front) -> None:
        """What it is and whose."""
        self._row((front.t.gettext(TITLE),), [self._title], 30)
        self._row((front.organisation,), [self._name], 18)
        if front.is_sample:
            self._row((SAMPLE,), [self._sample], 24)
        self.sheet.row(())

    def line(self, label: str, text: str) -> None:
        """A label, and a text over all other columns, as high as it needs."""
        number, across = len(self.sheet.sums), sum(_WIDTHS[1:])
        lines = sum(max(1, ceil(width_of(part) * 1.05 / across)) for part in text.split("\n"))
        self.sheet.raw.set_row(number, 4 + _LINE * lines)
        # before the row is written: merging marks the cells, and writes the first one empty
        self.sheet.raw.merge_range(number, 1, number, len(_WIDTHS) - 1, "", self._text)
        self.sheet.row((label, text), [self._label, self._text])

    def table(self, rows: Sequence[tuple[Cell, ...]], t: Translator) -> None:
        """The kinds and their counts; names and refs to the left, numbers to the right."""
        sides = ("name", "right", "left", "left", "right", "right", "right")
        looks = [self._number if side == "right" else self._ref for side in sides]
        self._row([t.gettext(text) for text in _COUNTED], [self._head[side] for side in sides], 20)
        for row in rows:
            for column in range(1, len(row)):
                self.sheet.raw.write_blank(len(self.sheet.sums), column, None, looks[column])
            self._row(row, [self._label, *looks[1:]], 19)

    def _row(self, cells: Sequence[Cell], looks: Sequence[Any], height: int) -> None:
        self.sheet.raw.set_row(len(self.sheet.sums), height)
        self.sheet.row(cells, looks)
