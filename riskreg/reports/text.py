"""Text on a page: plain runs, broken into lines, each line a piece of known height that draws itself.

There is no markup anywhere: what a record holds is drawn letter by letter as it stands, so `</para>`
or `<img src="file:...">` is only text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, zip_longest
from typing import Final, Literal, NamedTuple, TypeAlias

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from riskreg.reports import fonts
from riskreg.reports.breaking import lines
from riskreg.reports.ink import BODY, LEADING, ink

Align: TypeAlias = Literal["left", "right", "centre"]
_ASCENT: Final = 0.88
"""Of Register Sans, as a part of the size."""
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Variation selectors: they leave no mark on paper."""


class Sheet(Canvas):
    """A canvas that counts.

    Attributes:
        lacking: Characters that the fonts lack; they are drawn as a box and copied as themselves.
        bookmarks: Entries of the outline.
        outline: The level of the last of them; -1 before the first.
    """

    _doc: object  # reportlab's; its stubs leave both out
    _code: list[str]
    lacking = 0
    bookmarks = 0
    outline = -1

    def show(self, x: float, y: float, text: str, size: float, colour: Color, bold: bool) -> None:
        """Draw a text in one line.

        `drawString` of reportlab 5.1.0 writes each number and character by a loop of Python, half of the time of a report; this writes
        the same operators (ISO 32000-1, 9.4) at once. It can go when reportlab is as quick.
        """
        code = [_painted(colour), f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        for name, codes in fonts.shown(text, bold, self._doc):
            code.append(f"{name} {size:g} Tf ({codes}) Tj")
        code.append("ET")
        self._code.append(" ".join(code))


class Piece(NamedTuple):
    """Something of a known height that draws itself.

    Attributes:
        height: In points.
        draw: Given the canvas and the top left corner.
        joined: No page ends before it, where that can be.
    """

    height: float
    draw: Callable[[Sheet, float, float], None]
    joined: bool = False


class Run(NamedTuple):
    """Text of one look."""

    text: str
    colour: Color | None = None
    """None: that of ordinary text."""
    bold: bool = False


class _Line(NamedTuple):
    runs: tuple[Run, ...]
    width: float


def words(
    *runs: Run | str,
    width: float,
    size: float = BODY,
    align: Align = "left",
    colour: Color | None = None,
    bold: bool = False,
    indent: float = 0,
    after: float = 0,
) -> tuple[Piece, ...]:
    """Text as pieces, one a line.

    Args:
        runs: What to set; a text alone gets `colour` and `bold`.
        width: Of the column, in points.
        size: Of the type, in points.
        align: Of each line in the column.
        colour: None for that of ordinary text.
        bold: The heavy weight.
        indent: Space left of every line, in points.
        after: Space below the last line, in points.
    """
    given = [Run(run, colour, bold) if isinstance(run, str) else run for run in runs]
    found = [
        _piece(line, width - indent, size, align, indent)
        for line in broken(given, size, width - indent)
    ]
    return (*found, gap(after)) if after and found else tuple(found)


def gap(height: float) -> Piece:
    """Empty space."""
    return Piece(height, _nothing)


def is_gap(piece: Piece) -> bool:
    """Whether it is only empty space."""
    return piece.draw is _nothing


def _nothing(_canvas: Sheet, _x: float, _y: float) -> None:
    """Draw nothing."""


def text_width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is in one line, in points."""
    return sum(map(fonts.advances(bold).__getitem__, text)) * size


def broken(runs: Iterable[Run], size: float, limit: float) -> Iterator[_Line]:
    """Runs as lines no wider than `limit`; a line feed starts a new one, an empty line stays."""
    for paragraph in _paragraphs(runs):
        text = "".join(run.text for run in paragraph)
        if not text.strip():
            yield _Line((), 0)
            continue
        widths = list(
            chain.from_iterable(
                map(fonts.advances(run.bold).__getitem__, run.text) for run in paragraph
            )
        )
        for start, end in lines(text, widths, limit / size):
            kept = start + len(text[start:end].rstrip(" "))
            if kept > start:
                yield _Line(tuple(_cut(paragraph, start, kept)), sum(widths[start:kept]) * size)


def _paragraphs(runs: Iterable[Run]) -> Iterator[list[Run]]:
    paragraph: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        paragraph.append(run._replace(text=_drawn(first)))
        for text in others:
            yield paragraph
            paragraph = [run._replace(text=_drawn(text))]
    yield paragraph


def _drawn(text: str) -> str:
    if text.isprintable() and not _SELECTORS.search(text):
        return text
    return "".join(
        char for char in text.replace("\t", "    ") if char == " " or fonts.is_drawn(char)
    )


def _cut(runs: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    """The part of the runs between two places of their whole text."""
    if len(runs) == 1:
        text, colour, bold = runs[0]
        yield Run(text[start:end], colour, bold)
        return
    here = 0
    for run in runs:
        text = run.text[max(start - here, 0) : max(end - here, 0)]
        if text:
            yield run._replace(text=text)
        here += len(run.text)


def _piece(line: _Line, width: float, size: float, align: Align, indent: float) -> Piece:
    free = {"left": 0.0, "right": width - line.width, "centre": (width - line.width) / 2}[align]
    height = size * LEADING

    def draw(canvas: Sheet, x: float, y: float) -> None:
        baseline = y - (height - size) / 2 - _ASCENT * size
        draw_runs(canvas, x + indent + free, baseline, line.runs, size)

    return Piece(height, draw)


def draw_runs(canvas: Sheet, x: float, baseline: float, runs: Sequence[Run], size: float) -> None:
    """Draw runs in one line from `x` on."""
    for place, run in enumerate(runs):
        if place:
            x += text_width(runs[place - 1].text, size, runs[place - 1].bold)
        canvas.lacking += fonts.boxed(run.text, run.bold)
        canvas.show(x, baseline, run.text, size, run.colour or ink().text, run.bold)


@cache
def _painted(colour: Color) -> str:
    """The operator that gives text this colour."""
    return " ".join(f"{part:.4g}" for part in colour.rgb()) + " rg"


def together(pieces: Sequence[Piece], most: int = 6) -> tuple[Piece, ...]:
    """Lines that one page holds, unless there are more than `most`."""
    if len(pieces) > most:
        return tuple(pieces)
    return tuple(piece._replace(joined=place > 0) for place, piece in enumerate(pieces))


def abreast(*columns: tuple[float, Sequence[Piece]]) -> tuple[Piece, ...]:
    """Columns of lines as one column: the first lines side by side, then the second ones, and so on."""
    rows = zip_longest(*(pieces for _, pieces in columns))
    return tuple(
        beside(*((x, piece) for (x, _), piece in zip(columns, row, strict=True) if piece))
        for row in rows
    )


def beside(*pieces: tuple[float, Piece]) -> Piece:
    """Pieces in one line, each that many points from the left."""

    def draw(canvas: Sheet, x: float, y: float) -> None:
        for across, piece in pieces:
            piece.draw(canvas, x + across, y)

    return Piece(
        max(piece.height for _, piece in pieces), draw, any(piece.joined for _, piece in pieces)
    )
