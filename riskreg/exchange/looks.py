"""How a workbook looks: the colours of the light theme, formats of cells, widths of columns."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from math import ceil
from typing import Final

from riskreg.catalogue import resources_folder
from riskreg.exchange.packing import Cell

BODY: Final = 10
"""Points of the text."""

LINE: Final = 14.5
"""Points of the height of a line: what Chinese needs; a Latin one is a little lower."""
_TALLEST: Final = 409.0
"""Points of the highest row."""
_BROADEST: Final = 116
"""Characters of a column that takes a page by itself, beside ref and title."""
_FEW: Final = 2
"""Lines of a text that is not printed, so that paper is not left empty."""
_RAGGED: Final = 4
"""Characters that the end of a line leaves empty, where the next word does not fit."""
_NARROW: Final = 24
"""Characters of a column in which the ends of lines differ by more than that."""
_SMALLER: Final = BODY / 11
"""The text beside the digits by which a program measures columns, which are those of its own font at 11 points."""

SHAPES: Final[Mapping[str, tuple[str, str]]] = {
    "very_low": ("▬", "▭"),
    "low": ("●", "○"),
    "moderate": ("◆", "◇"),
    "high": ("▲", "△"),
    "critical": ("■", "□"),
}
"""The shape of each level, full and hollow, as in the window and on paper."""
NO_SHAPE: Final = ("◌", "◌")


@cache
def colours() -> Mapping[str, str]:
    """The colours of the light theme by what they mean: window, paper and workbook are one family."""
    text = (resources_folder() / "themes" / "light.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(text)["color"]
    return found


def tint(level: str | None) -> str:
    """The light colour behind a level; that of the window where there is none."""
    return colours().get(f"{level}_tint", colours()["window"])


def ink(level: str | None) -> str:
    """The colour of a level's shape and word."""
    return colours().get(level or "", colours()["muted"])


def looks() -> Mapping[str, dict[str, object]]:
    """Formats by name, as XlsxWriter takes them."""
    ink = colours()
    header = {
        "bold": True,
        "text_wrap": True,
        "border": 1,
        "border_color": ink["line"],
        "valign": "vcenter",
    }
    below: dict[str, object] = {"bottom": 1, "bottom_color": ink["line"]}
    return {
        "text": {**below, "text_wrap": True},
        "quoted": {**below, "text_wrap": True, "quote_prefix": True},
        "number": {**below, "align": "right", "indent": 1},
        "level": {**below, "align": "left", "indent": 1},
        "day": {**below, "num_format": "yyyy-mm-dd", "align": "left"},
        "moment": {**below, "num_format": "yyyy-mm-dd hh:mm", "align": "left"},
        "link": {**below, "text_wrap": True, "font_color": ink["accent"], "underline": 1},
        "header": {**header, "font_color": ink["on_accent"], "bg_color": ink["accent"]},
        "quiet": {**header, "font_color": ink["muted"], "bg_color": ink["window"]},
    }


def width(cell: Cell) -> int:
    """Characters of a column's width that a cell needs."""
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


def least_width(header: str) -> int:
    """Below which a header would break inside a word, or a date into two lines."""
    return min(max(map(width_of, header.split() or [""])) + 4, 20)


def height_of(cells: Sequence[Cell], widths: Sequence[int], whole: int) -> float:
    """Points that a row needs; 0 for one line.

    LibreOffice 7 does not find it by itself when it opens a workbook.

    Args:
        cells: From the first column on.
        widths: Of the columns, in characters.
        whole: Columns that show all of their text; the others may end after two lines.
    """
    most = 1
    for column, cell in enumerate(cells):
        if column >= whole and most >= _FEW:
            break
        if cell.__class__ is str and (len(cell) * 2 > widths[column] or "\n" in cell):
            lines = lines_of(cell, widths[column])
            most = max(most, lines if column < whole else min(lines, _FEW))
    return 0 if most == 1 else min(most * LINE + 2, _TALLEST)


def roomy(texts: Iterable[str], wide: int) -> int:
    """The width of a column in which no text is higher than a row can be, as far as a page has room for it."""
    for text in texts:
        while wide < _BROADEST and lines_of(text, wide) * LINE > _TALLEST - 2:
            wide = min(wide + 12, _BROADEST)
    return wide


def lines_of(text: str, wide: int) -> int:
    """Lines that a text takes in a column; it breaks between words."""
    room = max(wide - 1, 1)
    if "\n" not in text:
        return _lines(text, room)
    return sum(_lines(part, room) for part in text.split("\n"))


def _lines(text: str, room: int) -> int:
    run = _run(text)
    if run <= room:
        return 1
    return ceil(run * (1 + _RAGGED / room) / room) if room > _NARROW else _broken(text, room)


def _broken(text: str, room: int) -> int:
    """Lines in a narrow column, where a word or two fill a line: broken as programs do it."""
    lines, filled, space = 1, 0.0, _RUNS[" "]
    for word in text.split(" "):
        wide = _run(word)
        if filled and filled + wide > room:
            lines, filled = lines + 1, 0.0
        more = max(0, ceil((filled + wide) / room) - 1)
        lines, filled = lines + more, filled + wide + space - more * room
    return lines


def _run(text: str) -> float:
    return sum(map(_RUNS.__getitem__, text))


def header_height(text: str, wide: int) -> float:
    """Points that a header needs."""
    return 4 + LINE * lines_of(text, wide - 2)


def header_width(text: str) -> int:
    """A header may take two lines, and the filter's button stands beside it."""
    longest = max(map(width_of, text.split() or [""]))
    return min(max(longest, ceil(width_of(text) / 2)) + 4, 30)


def width_of(text: str) -> int:
    """How many characters of a column's width a line takes: a Chinese one takes two."""
    if text.isascii():
        return len(text)
    return sum(map(_WIDTHS.__getitem__, text))


class _Widths(dict[str, int]):
    """How many characters of a column's width each character takes; found when first asked for."""

    def __missing__(self, char: str) -> int:
        """Ask the tables of Unicode once."""
        found = self[char] = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        return found


_WIDTHS: Final = _Widths()


class _Runs(dict[str, float]):
    """How much of a line each character takes, a digit of the column's width being 1; the text is a little smaller.

    As in Calibri, Arial and Noto Sans; whatever is not known counts as broad as the broadest.
    """

    def __missing__(self, char: str) -> float:
        """Find it once."""
        if unicodedata.east_asian_width(char) in "WFA":
            found = 2.0
        elif char in "iljtfrI.,:;'|!()[]- ":
            found = 0.65
        elif (char.islower() and char not in "mw") or char.isdigit():
            found = 1.05
        elif char.isupper() and char not in "MW":
            found = 1.25
        else:
            found = 1.7
        self[char] = found * _SMALLER
        return self[char]


_RUNS: Final = _Runs()
