"""A report that is one page and stays one: it says less of each thing until all of it fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, cast

from reportlab.platypus import Flowable

from riskreg.reports.ink import BODY
from riskreg.reports.layout import Row
from riskreg.reports.text import Piece, Sheet, words

SPARE: Final = 18.0
"""Points left free under the foot, for the line that says how many characters no font has."""
_MORE: Final = "…"


class OnePage(Flowable):
    """Rows that fill what is left of a page, and a foot at its end.

    Args:
        versions: Make the rows, from the fullest to the shortest; the first that fits is drawn, else the last.
        foot: Stands at the end of the page.
    """

    def __init__(self, versions: Sequence[Callable[[], Sequence[Row]]], foot: Row) -> None:
        super().__init__()
        self._versions = versions
        self._foot = foot
        self._rows: Sequence[Row] = ()

    def wrap(self, width: float, space: float) -> tuple[float, float]:
        """All the space there is, but for what a line below it may need."""
        self.width = width
        self.height = space - SPARE
        room = self.height - self._foot.height
        for make in self._versions:
            self._rows = make()
            if sum(row.height for row in self._rows) <= room:
                break
        return width, self.height

    def draw(self) -> None:
        """Draw the rows from above and the foot below them."""
        canvas, top = cast("Sheet", self.canv), self.height
        for row in self._rows:
            row.draw(canvas, 0, top, self.width)
            top -= row.height
        self._foot.draw(canvas, 0, min(top, self._foot.height), self.width)


def cut(text: str, *, width: float, size: float = BODY, bold: bool = False, lines: int = 1) -> str:
    """A text that fits in so many lines, as one paragraph; what does not fit ends with `…`: the record holds all of it."""
    text = " ".join(text.split())
    if _lines(text, width, size, bold) <= lines:
        return text
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if _lines(text[:middle].rstrip() + _MORE, width, size, bold) <= lines:
            least = middle
        else:
            most = middle - 1
    return text[:least].rstrip() + _MORE


def _lines(text: str, width: float, size: float, bold: bool) -> int:
    pieces: tuple[Piece, ...] = words(text, width=width, size=size, bold=bold)
    return len(pieces)
