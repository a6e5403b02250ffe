"""What is chosen in a table, in a form that painting can ask two hundred times: ranges of rows and columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QItemSelection


class Range(NamedTuple):
    """A block of cells, its edges included."""

    top: int
    left: int
    bottom: int
    right: int


class Chosen:
    """The chosen ranges.

    Args:
        ranges: Blocks of cells; they may overlap.
        columns: How many columns there are that can be seen.
    """

    def __init__(self, ranges: Iterable[Range] = (), columns: int = 0) -> None:
        self.ranges = tuple(ranges)
        self._spans = _merged((each.top, each.bottom) for each in self.ranges)
        self._starts = [top for top, _ in self._spans]
        self._cells = tuple(each for each in self.ranges if not _is_whole(each, columns))
        if len(self.ranges) == 1 and self.ranges[0][:2] == self.ranges[0][2:]:
            self._cells = ()  # one cell: its row is chosen, the cell itself is the current one

    @classmethod
    def of(cls, selection: QItemSelection, columns: int) -> Chosen:
        """What Qt says is chosen. Asking it for every row takes seconds at 100,000; its ranges are few."""
        found = (selection.at(place) for place in range(selection.count()))
        blocks = (Range(each.top(), each.left(), each.bottom(), each.right()) for each in found)
        return cls((block for block in blocks if block.top >= 0), columns)

    @property
    def count(self) -> int:
        """How many rows have a chosen cell."""
        return sum(bottom - top + 1 for top, bottom in self._spans)

    @property
    def rows(self) -> list[int]:
        """Those rows from top to bottom."""
        return [row for top, bottom in self._spans for row in range(top, bottom + 1)]

    @property
    def columns(self) -> list[int]:
        """The columns that have a chosen cell, from left to right."""
        return sorted(
            {column for each in self.ranges for column in range(each.left, each.right + 1)}
        )

    def has_row(self, row: int) -> bool:
        """Some cell of the row is chosen."""
        place = bisect_right(self._starts, row) - 1
        return place >= 0 and row <= self._spans[place][1]

    def has_cell(self, row: int, column: int) -> bool:
        """The cell belongs to a range that does not take whole rows."""
        return any(
            each.top <= row <= each.bottom and each.left <= column <= each.right
            for each in self._cells
        )


def _is_whole(block: Range, columns: int) -> bool:
    return block.left == 0 and block.right >= columns - 1


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for top, bottom in sorted(spans):
        if found and top <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], bottom)
        else:
            found.append((top, bottom))
    return found
