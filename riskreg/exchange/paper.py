"""How a sheet prints: A4 across, headers repeated, never smaller than people can read.

A table that is too wide for one page goes on over several, each of which begins with the columns by which
a row is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from riskreg.exchange.looks import BODY

_READABLE: Final = 7.5
"""Points below which nobody reads a printed page."""
_SCALE: Final = _READABLE / BODY
_PAPER: Final = 785.0
"""Points of an A4 page across, without its edges."""
_SPARE: Final = 0.88
"""Of a page that is filled: programs measure a column a little differently."""
_CHARACTER, _EDGE = 5.25, 3.75
"""Points of one character of a column's width, and what Excel adds to each column."""
_SIDE: Final = 0.4
"""Inches of the left and right edge."""


def set_up(raw: Any, header: str, footer: str) -> None:  # noqa: ANN401
    """A4 across, with these lines above and below."""
    raw.set_landscape()
    raw.set_paper(9)
    raw.set_margins(left=_SIDE, right=_SIDE, top=0.75, bottom=0.6)
    raw.set_header(header)
    raw.set_footer(footer)


def lay_out(raw: Any, widths: Sequence[int], repeated: int) -> None:  # noqa: ANN401
    """Fit the columns on pages.

    Args:
        raw: XlsxWriter's sheet.
        widths: Of the columns that print, in characters.
        repeated: Columns that each page across begins with.
    """
    points = [width * _CHARACTER + _EDGE for width in widths]
    if sum(points) * _SCALE <= _PAPER:
        raw.fit_to_pages(1, 0)
        return
    raw.set_print_scale(round(_SCALE * 100))
    raw.repeat_columns(0, repeated - 1)
    raw.set_v_pagebreaks(_breaks(points, repeated))


def _breaks(points: Sequence[float], repeated: int) -> list[int]:
    """The columns that begin a page; those of the first page come after the repeated ones.

    As few pages as the room allows, and these as evenly filled as can be: a program without Excel's font
    takes a wider one, and what is not filled to the edge still fits then.
    """
    room = _PAPER / _SCALE * _SPARE - sum(points[:repeated])
    own = points[repeated:]
    pages = len(_filled(own, room)) + 1
    for wanted in sorted(
        {sum(own[i:j]) for i in range(len(own)) for j in range(i + 1, len(own) + 1)}
    ):
        if wanted >= max(own) and len(found := _filled(own, wanted)) < pages:
            return [repeated + place for place in found]
    return []


def _filled(points: Sequence[float], room: float) -> list[int]:
    """Where a new page begins when each takes as much as there is room for; a column is never parted."""
    found, filled = [], 0.0
    for place, wide in enumerate(points):
        if filled and filled + wide > room:
            found.append(place)
            filled = 0.0
        filled += wide
    return found


def header(organisation: str, middle: str, right: str) -> str:
    """A space after each size: Excel takes digits that follow it for part of it."""
    between = f"&C&10 &B{middle}" if middle else ""
    return f"&L&9 {_printed(organisation)}{between}&R&9 {_printed(right)}"


def footer(fingerprint: str, name: str, page: str) -> str:
    """The code, the sheet and `page`, in which `{page}` and `{pages}` stand for the numbers."""
    numbers = _printed(page).format(page="&P", pages="&N")
    return f"&L&8 {fingerprint}&C&8 {_printed(name)}&R&8 {numbers}"


def _printed(text: str) -> str:
    """Text in a page header, which holds 255 characters in all."""
    return " ".join(text.split())[:80].replace("&", "&&")
