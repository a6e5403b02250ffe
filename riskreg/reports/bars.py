"""Numbers as bars, one a line: what it is, how many, and how much that is beside the greatest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from riskreg.formats import number_words
from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, section_row
from riskreg.reports.text import Piece, Sheet, words

_NAME: Final = 190.0
_NUMBER: Final = 34.0
_TALL: Final = 7.0
"""Height of a bar, in points."""
_LEAST: Final = 5
"""The number that a whole bar stands for at least: ones and twos alone would look like a great deal."""


def bar_rows(title: str, lines: Sequence[tuple[str, int]], note: str = "") -> Rows:
    """A section of bars.

    Args:
        title: Of the section.
        lines: What each is called, and how many.
        note: Stands quietly at the right of the heading.
    """
    most = max(_LEAST, *(number for _, number in lines))
    rows = [_row(name, number, most) for name, number in lines]
    return Rows(rows, heading=[section_row(title, note)], above=16)


def _row(name: str, number: int, most: int) -> Row:
    at = _NAME + _NUMBER + 8
    colour = None if number else ink().muted
    return Row(
        columns=(
            Column(0, words(name, width=_NAME - 8, size=SMALL, colour=colour)),
            Column(
                _NAME,
                words(
                    number_words(number), width=_NUMBER, size=SMALL, align="right", colour=colour
                ),
            ),
            Column(at, (_bar(number, most, WIDTH - at),)),
        ),
        above=1.5,
        below=1,
    )


def _bar(number: int, most: int, width: float) -> Piece:
    """As long as its part of the greatest; nothing for none."""
    height = words("0", width=20, size=SMALL)[0].height
    long = width * number / most

    def draw(canvas: Sheet, x: float, y: float) -> None:
        if long:
            canvas.setFillColor(ink().accent)
            middle = y - height / 2
            canvas.roundRect(x, middle - _TALL / 2, max(long, 2), _TALL, 1.2, stroke=0, fill=1)

    return Piece(height, draw)
