"""The first sheet of a workbook: whose it is, when it was made, what it shows, what its code proves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any, Final, NamedTuple

from riskreg import __version__, catalogue
from riskreg.dates import day_words, moment_words
from riskreg.errors import N_
from riskreg.exchange.cells import Cell, ref_order
from riskreg.exchange.headers import sheet_name
from riskreg.exchange.lists import quoted
from riskreg.exchange.looks import colours, width_of
from riskreg.exchange.sheets import SAMPLE, Book, Front, Sheet
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
BY: Final = N_("{moment} by {name}")
PROGRAM: Final = N_("Program")
CATALOGUE: Final = N_("Policy catalogue")
READING: Final = N_("How to read it")
SEE_LEGEND: Final = N_("The sheet “{legend}” says what shapes, headings, refs and cells mean.")
REDACTED: Final = N_("Titles, free text and names are left out.")
PROTECTION: Final = N_("Protection")
UNPROTECTED: Final = N_("This file is not encrypted.")
OTHERS: Final = N_("Other sheets, which an import leaves aside")

_COUNTED: Final = (
    N_("Records"), N_("In this file"), N_("First ever"), N_("Last ever"), N_("Numbers given"), N_("Open"), N_("Closed"),
    N_("In bin"), N_("Withdrawn"), N_("Drills"),
)  # fmt: skip
_WIDTHS: Final = (30, 14, 14, 14, 12, 10, 10, 10, 12, 10)
_LINE: Final = 15
"""Points of the height of a line."""


class Tally(NamedTuple):
    """What the register holds of a kind; numbers are None where a kind knows no open and closed, or they are not told.

    Attributes:
        kind: Its key.
        first: The lowest ref, in the bin or not; empty where there is none.
        last: The highest.
        given: Numbers ever given: those open, closed, in the bin and withdrawn make them up.
        open: Records that still call for attention.
        closed: The others.
        bin: Records in the bin.
        withdrawn: Records whose creation was undone.
        drills: Incidents that were only practised, among the open and closed; None for other kinds.
    """

    kind: str
    first: str
    last: str
    given: int | None
    open: int | None
    closed: int | None
    bin: int | None
    withdrawn: int | None
    drills: int | None


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
    gone = reader.withdrawn(kind)
    ends = (refs[0], refs[-1]) if refs else ("", "")
    return Tally(
        kind=kind,
        first=ends[0],
        last=ends[1],
        given=reader.count(View(kinds=(kind,))) + binned + gone,
        open=opened,
        closed=closed,
        bin=binned,
        withdrawn=gone,
        drills=_drills(reader, kind),
    )


def untold(kind: str) -> Tally:
    """No counts: whoever gets the file is not told what else there is."""
    return Tally(kind, "", "", None, None, None, None, None, None)


def _drills(reader: Reader, kind: str) -> int | None:
    if "drill" not in stored(KINDS[kind]):
        return None
    return reader.count(View(kinds=(kind,), where=(Where("drill", "=", True),)))


def _opened(reader: Reader, kind: str) -> tuple[int | None, int | None]:
    """How many still call for attention and how many do not; a record without a status does."""
    status = stored(KINDS[kind]).get("status")
    if not isinstance(status, fields.Choice):
        return None, None
    terms = reader.vocabulary.terms_of(status.terms).terms
    closed = Where("status", "in", tuple(term.key for term in terms if term.open is False))
    done = reader.count(View(kinds=(kind,), where=(closed,)))
    return reader.count(View(kinds=(kind,))) - done, done


class Told(NamedTuple):
    """What the cover says besides counts.

    Attributes:
        head: Where the history stood.
        zone: The organisation's.
        shows: Which records are in it, in a sentence.
        by: Who made it, as the person gave it for this sitting; may be empty.
        legend: The name of the sheet that explains the others.
        also: The sheets that hold no records: the name of each, and what it shows.
        is_redacted: Titles, free text and names are left out.
        privileged: What is said of legally privileged records; may be empty.
    """

    head: Head
    zone: str
    shows: str
    by: str
    legend: str
    also: Sequence[tuple[str, str]] = ()
    is_redacted: bool = False
    privileged: str = ""


def write(
    book: Book, sheet: Sheet, told: Told, rows: Mapping[str, int], tallies: Iterable[Tally]
) -> None:
    """Write the cover.

    Args:
        book: The workbook.
        sheet: Its first sheet.
        told: What it says.
        rows: How many of each kind are in it.
        tallies: What the register holds.
    """
    front, t = book.front, book.front.t
    cover = _Cover(book, sheet)
    cover.title(front)
    for label, text in _told(front, told):
        cover.line(t.gettext(label), text)
    cover.sheet.row((), ())
    cover.table([(each.kind, _counted(each, rows[each.kind], t)) for each in tallies], t)
    if told.also:
        cover.others(t.gettext(OTHERS), told.also)


def _told(front: Front, told: Told) -> list[tuple[str, str]]:
    t = front.t
    moment = moment_words(front.made, told.zone, t)
    made = t.gettext(BY).format(moment=moment, name=told.by) if told.by else moment
    redacted = [t.gettext(REDACTED)] if told.is_redacted else []
    newest = max(action.since for action in catalogue.policy_actions())
    return [
        (MADE, made),
        (SHOWS, "\n".join(filter(None, [told.shows, *redacted, told.privileged]))),
        (PROGRAM, f"riskreg {__version__}"),
        (CATALOGUE, day_words(newest, t)),
        (CODE, front.fingerprint),
        (PROOF, t.gettext(PROVES).format(entry=told.head.seq)),
        (READING, t.gettext(SEE_LEGEND).format(legend=told.legend)),
        (PROTECTION, t.gettext(UNPROTECTED)),
    ]


def _counted(found: Tally, rows: int, t: Translator) -> tuple[Cell, ...]:
    name = t.kind_name(KINDS[found.kind])
    refs = (found.first or None, found.last or None)
    return (
        name, rows, *refs, found.given, found.open, found.closed, found.bin, found.withdrawn, found.drills
    )  # fmt: skip


class _Cover:
    """Lines and a table, with hair lines below each."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.sheet = sheet
        ink = colours()
        below = {"bottom": 1, "bottom_color": ink["line"], "valign": "vcenter"}
        self._text = book.look(**below, text_wrap=True, font_color=ink["text"])
        self._label = book.look(**below, font_color=ink["muted"])
        self._number = book.look(**below, align="right", indent=1)
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
            "right": book.look(**band, align="right", indent=1),
            "left": book.look(**band, indent=1),
        }
        self._kind = book.look(**below, font_color=ink["accent"], underline=1)
        sheet.set_widths(_WIDTHS)
        sheet.raw.hide_gridlines(2)
        sheet.raw.fit_to_pages(1, 0)

    def title(self, front: Front) -> None:
        """What it is and whose."""
        self.sheet.row((front.t.gettext(TITLE),), [self._title], 30)
        self.sheet.row((front.organisation,), [self._name], 18)
        if front.is_sample:
            self.sheet.row((SAMPLE,), [self._sample], 24)
        self.sheet.row((), ())

    def line(self, label: str, text: str, look: Any = None) -> None:  # noqa: ANN401
        """A label, and a text over all other columns, as high as it needs."""
        number, across = len(self.sheet.sums), sum(_WIDTHS[1:])
        lines = sum(max(1, ceil(width_of(part) * 1.05 / across)) for part in text.split("\n"))
        self.sheet.raw.join(number, 1, len(_WIDTHS) - 1)
        rest = [None] * (len(_WIDTHS) - 2)
        looks = [look or self._label, *[self._text] * (len(_WIDTHS) - 1)]
        self.sheet.row((label, text, *rest), looks, 4 + _LINE * lines)

    def table(self, rows: Sequence[tuple[str, tuple[Cell, ...]]], t: Translator) -> None:
        """The kinds and their counts, each leading to its sheet; names and refs to the left, numbers to the right."""
        sides = ("name", "right", "left", "left", *["right"] * 6)
        looks = [self._number if side == "right" else self._ref for side in sides]
        heads = [t.gettext(text) for text in _COUNTED]
        self.sheet.row(heads, [self._head[side] for side in sides], 20)
        for kind, row in rows:
            self.sheet.raw.link(len(self.sheet.sums), 0, f"{quoted(sheet_name(KINDS[kind], t))}!A1")
            self.sheet.row(row, [self._kind, *looks[1:]], 19)

    def others(self, title: str, sheets: Iterable[tuple[str, str]]) -> None:
        """Sheets without records: the name of each, which leads to it, and what it shows."""
        self.sheet.row((), ())
        self.sheet.row(
            (title, *[None] * (len(_WIDTHS) - 1)), [self._head["name"]] * len(_WIDTHS), 20
        )
        for name, said in sheets:
            self.sheet.raw.link(len(self.sheet.sums), 0, f"{quoted(name)}!A1")
            self.line(name, said, self._kind)
