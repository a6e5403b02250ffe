"""Rows of columns of pieces, and lists of rows that go on over pages with their heads repeated.

A list takes its rows from an iterator as pages need them, so that a report of 100,000 records does not hold them all as lines.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Self, cast

from reportlab.platypus import Flowable, FrameBreak

from riskreg.reports.ink import ink
from riskreg.reports.text import Piece, Sheet, is_gap

TALL = 150.0
"""Points: a row up to this height is never divided between pages."""
LEAST = 80.0
"""Points of a taller row that must fit before the end of a page."""
REST = 40.0
"""Points of a divided row that must be left for the next page, so that no line stands there alone."""
WHOLE = 300.0
"""Points: the last row of a report is not divided up to this height, so that the last page does not hold three lines of it."""
MOST_TIED = 300.0
"""Points of what follows a list that can be kept with its last row; with `WHOLE` and a heading they fit on one page."""
_FEW = 3
"""Rows of a page from which one may be taken away for the next page."""
_AIR = 8.0
"""Points of space between pieces, which is left out at the top of a page."""
_BELOW_HEAD = 2.0
"""Points between a head and the first row of a later page."""
HAIR = 0.5


class Column:
    """Pieces one below the other, `x` points from the left edge of the text."""

    __slots__ = ("pieces", "x")

    def __init__(self, x: float, pieces: Iterable[Piece]) -> None:
        self.x = x
        self.pieces = tuple(pieces)

    @property
    def height(self) -> float:
        """Of all its pieces, in points."""
        return sum(piece.height for piece in self.pieces)

    def split(self, space: float) -> tuple[Column, Column]:
        """What fits in a height, and the rest, which does not begin with the air between two lines."""
        count, used = 0, 0.0
        for piece in self.pieces:
            if used + piece.height > space:
                break
            used += piece.height
            count += 1
        count = self._unjoined(count)
        rest = list(self.pieces[count:])
        while count and rest and is_gap(rest[0]) and rest[0].height <= _AIR:
            del rest[0]
        return Column(self.x, self.pieces[:count]), Column(self.x, rest)

    def _unjoined(self, count: int) -> int:
        """The last place up to `count` where a page may end; `count` itself where there is none."""
        if count == len(self.pieces):
            return count
        places = (place for place in range(count, 0, -1) if not self.pieces[place].joined)
        return next(places, count)

    def draw(self, canvas: Sheet, left: float, top: float) -> None:
        """Draw the pieces from `top` down."""
        for piece in self.pieces:
            piece.draw(canvas, left + self.x, top)
            top -= piece.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Columns side by side.

    Attributes:
        columns: In the order in which they are read and copied; the first stands at the left.
        above: Space over it, in points; half of it lies over the hair line where there is one.
        below: Space under it, in points.
        is_ruled: A hair line over it.
        again: Replaces the first column, where that is all printed, of the part that goes on on the next page.
        bookmark: Its entry in the outline: level and title.
    """

    columns: tuple[Column, ...]
    above: float = 0
    below: float = 0
    is_ruled: bool = False
    again: Column | None = None
    bookmark: tuple[int, str] | None = None

    @property
    def height(self) -> float:
        """With the space around it, in points."""
        return self.above + self.below + max(column.height for column in self.columns)

    def split(self, space: float) -> tuple[Row, Row]:
        """What fits in a height, and the rest beside its repeated name."""
        parts = [column.split(space - self.above) for column in self.columns]
        rest = tuple(after for _, after in parts)
        if self.again and not rest[0].pieces:
            rest = (self.again, *rest[1:])
        return (
            replace(self, columns=tuple(before for before, _ in parts), below=0),
            replace(self, columns=rest, above=0, is_ruled=False, bookmark=None),
        )

    def draw(self, canvas: Sheet, left: float, top: float, width: float) -> None:
        """Draw it with its upper left corner there."""
        if self.bookmark:
            wanted, title = self.bookmark
            level = min(wanted, canvas.outline + 1)  # a record printed alone has no section over it
            canvas.bookmarks, canvas.outline = canvas.bookmarks + 1, level
            key = f"b{canvas.bookmarks}"
            canvas.bookmarkHorizontal(key, 0, top)
            canvas.addOutlineEntry(title, key, level, closed=level > 0)
        if self.is_ruled:
            canvas.setStrokeColor(ink().line)
            canvas.setLineWidth(HAIR)
            canvas.line(left, top - self.above / 2, left + width, top - self.above / 2)
        for column in self.columns:
            column.draw(canvas, left, top - self.above)


@dataclass(slots=True)
class _Feed:
    """Rows still to be placed: those looked at already, and those still to be made."""

    source: Iterator[Row]
    ready: deque[Row] = field(default_factory=deque)

    def peek(self, place: int) -> Row | None:
        """The row at a place from here, or None after the last."""
        while len(self.ready) <= place:
            row = next(self.source, None)
            if row is None:
                return None
            self.ready.append(row)
        return self.ready[place]


class Rows(Flowable):
    """A list of rows under a heading, which goes on over pages.

    Args:
        rows: Made when they are needed.
        heading: Rows that stand over the first one, on the same page as it.
        head: Rows that stand over the first row of each page.
        above: Space over it, in points, but not at the top of a page.
        is_tied: Short, and never without the last row before it on the same page: signatures belong to what is signed.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        heading: Sequence[Row] = (),
        head: Sequence[Row] = (),
        above: float = 0,
        is_tied: bool = False,
    ) -> None:
        super().__init__()
        self.spaceBefore = above
        self._feed = _Feed(iter(rows))
        self._over = (*heading, *head)
        self._head = tuple(head)
        self._after, self._is_end = 0.0, False
        self.is_tied = is_tied

    def tie(self, after: float) -> Self:
        """Nothing follows but a part so many points tall: it shares a page with the last row; 0 where nothing follows."""
        self._after, self._is_end = min(after, MOST_TIED), True
        return self

    def wrap(self, width: float, space: float) -> tuple[float, float]:
        """Its size, or more than `space` where it does not fit."""
        self.width = width
        used, place = sum(row.height for row in self._over), 0
        while used <= space and (row := self._feed.peek(place)) is not None:
            used += row.height
            place += 1
        self.height = used
        is_alone = used <= space < used + self._after  # all of it fits, but not what is tied to it
        return width, used + self._after if is_alone else used

    def split(self, width: float, space: float) -> list[Flowable]:
        """The rows that fit under the heading, and on the next page the list of those that do not; nothing where not one fits."""
        taken = self._take(space - sum(row.height for row in self._over))
        if not taken:
            return []
        rest = Rows((), head=self._head)
        rest._feed, rest._after, rest._is_end = self._feed, self._after, self._is_end
        if (row := self._feed.peek(0)) is not None:
            above = _BELOW_HEAD if self._head else 0
            self._feed.ready[0] = replace(row, above=above, is_ruled=False)
        return [Rows((*self._over, *taken), above=self.spaceBefore), FrameBreak(), rest]

    def _take(self, space: float) -> list[Row]:
        taken: list[Row] = []
        ready = self._feed.ready
        while (row := self._feed.peek(0)) is not None:
            is_last = self._feed.peek(1) is None
            if row.height + (self._after if is_last else 0) <= space:
                taken.append(ready.popleft())
                space -= row.height
                continue
            if row.height > (WHOLE if is_last and self._is_end else TALL) and space >= LEAST:
                part, ready[0] = row.split(min(space, row.height - REST))
                taken.append(part)
            elif is_last and len(taken) >= _FEW and taken[-1].height + row.height <= TALL:
                ready.appendleft(taken.pop())  # so that it does not stand alone on the next page
            break
        return taken

    def draw(self) -> None:
        """Draw all rows; only called where they fit."""
        top = self.height
        while (row := self._feed.peek(0)) is not None:
            self._over = (*self._over, self._feed.ready.popleft())
        for row in self._over:
            row.draw(cast("Sheet", self.canv), 0, top, self.width)
            top -= row.height


def ended(story: Sequence[Flowable]) -> list[Flowable]:
    """A story whose end does not stand alone: what is tied stays with the last row before it, and the last row stays whole."""
    lists = [each for each in story if isinstance(each, Rows)]
    for before, after in pairwise(lists):
        if after.is_tied:
            before.tie(after.wrap(0, MOST_TIED)[1] + after.spaceBefore)
    if lists and not lists[-1].is_tied:
        lists[-1].tie(0)
    return list(story)
