"""Tables of short rows: a head that is repeated on each page, cells of plain text, a hair line between rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from riskreg.reports.ink import SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, head_row, section_row
from riskreg.reports.text import Run, words

Cell: TypeAlias = str | Run | tuple[Run, ...]
_APART = 8.0
"""Points between the columns."""


def table(
    title: str,
    heads: Sequence[tuple[float, str]],
    rows: Iterable[Sequence[Cell]],
    note: str = "",
    above: float = 16,
) -> Rows:
    """A table under a heading of its own.

    Args:
        title: Of the section.
        heads: Where each column begins, in points, and what it is called.
        rows: The cells of each row, one a column.
        note: Stands quietly at the right of the heading.
        above: Space over it, in points.
    """
    lines = _lines([x for x, _ in heads], rows)
    return Rows(lines, heading=[section_row(title, note)], head=[head_row(*heads)], above=above)


def _lines(at: Sequence[float], rows: Iterable[Sequence[Cell]]) -> Iterator[Row]:
    for place, cells in enumerate(rows):
        yield line(at, cells, is_ruled=place > 0)


def line(at: Sequence[float], cells: Sequence[Cell], is_ruled: bool = False) -> Row:
    """A row of cells, each broken into lines within its column.

    Args:
        at: Where each column begins, in points.
        cells: What stands in each.
        is_ruled: A hair line over it.
    """
    ends = [*at[1:], WIDTH + _APART]
    columns = tuple(
        Column(x, words(*_runs(cell), width=end - x - _APART, size=SMALL))
        for x, end, cell in zip(at, ends, cells, strict=True)
    )
    return Row(columns=columns, above=7 if is_ruled else 1, below=2.5, is_ruled=is_ruled)


def _runs(cell: Cell) -> Sequence[Run | str]:
    return [cell] if isinstance(cell, str | Run) else cell


def late(text: str) -> Run:
    """A cell that stands out: something is late or missing."""
    return Run(text, ink().high, bold=True)


def quiet(text: str) -> Run:
    """A cell that stands back."""
    return Run(text, ink().muted)
