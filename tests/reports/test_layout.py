"""How lists of rows go on over pages."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from riskreg.reports.layout import Column, Row, Rows, ended
from riskreg.reports.text import Piece, Sheet, gap

WIDTH = 400.0


def _row(tall: float) -> Row:
    """A row of lines of ten points."""
    return Row(columns=(Column(0, [Piece(10, lambda *_: None)] * round(tall / 10)),))


def _parts(heights: Sequence[float], space: float, after: float = 0) -> list[float]:
    """How tall the two parts are where a list meets the end of a page; `after` points follow it."""
    story: list[Flowable] = [Rows([_row(tall) for tall in heights])]
    if after:
        story.append(Rows([_row(after)], is_tied=True))
    first = ended(story)[0]
    if first.wrap(WIDTH, space)[1] <= space:
        return [first.height]
    return [part.wrap(WIDTH, 10_000)[1] for part in first.split(WIDTH, space)[::2]]


@pytest.mark.parametrize(
    ("heights", "space", "expected"),
    [
        ([20] * 10, 200, [200]),
        ([20] * 10, 190, [160, 40]),  # not one row alone
        ([20] * 10, 150, [140, 60]),
        ([20, 20], 30, [20, 20]),  # too few to take one away
        ([100, 100, 100, 100], 350, [300, 100]),  # a record of its own
        ([20, 250], 200, [20, 250]),  # the last record stays whole
        ([20, 400], 200, [200, 220]),
    ],
)
def test_rows_when_a_page_ends_near_their_end_then_nothing_small_is_left_alone(
    heights: list[float], space: float, expected: list[float]
) -> None:
    assert _parts(heights, space) == expected


@pytest.mark.parametrize(
    ("heights", "space", "after", "expected"),
    [
        ([100, 100], 400, 200, [200]),
        ([100, 100], 300, 200, [100, 100]),
        ([20] * 10, 250, 200, [160, 40]),
        ([100], 200, 200, []),  # all of it goes to the next page
        ([400], 450, 200, [360, 40]),
    ],
)
def test_rows_when_signatures_follow_then_the_last_row_is_on_their_page(
    heights: list[float], space: float, after: float, expected: list[float]
) -> None:
    assert _parts(heights, space, after) == expected


def test_column_when_it_goes_on_then_its_rest_begins_with_a_line() -> None:
    line, air = Piece(10, lambda *_: None), gap(5)
    column = Column(0, [line, line, air, line, air, line])
    first, rest = column.split(22)
    assert first.pieces == (line, line)
    assert rest.pieces == (line, air, line)
    lower = Column(0, [gap(60), line])
    assert lower.split(30)[1].pieces == (gap(60), line)


def test_rows_when_others_follow_then_a_tall_last_one_may_be_divided() -> None:
    first = Rows([_row(20), _row(250)])
    ended([first, Rows([_row(20)])])
    assert [part.wrap(WIDTH, 10_000)[1] for part in first.split(WIDTH, 200)[::2]] == [200, 70]


def test_rows_when_one_is_taken_away_for_the_next_page_then_it_goes_there() -> None:
    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=(WIDTH, 220))
    frame = Frame(0, 0, WIDTH, 220, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    document.addPageTemplates(PageTemplate("all", [frame]))
    placed: list[int] = []
    rows = [
        Row(columns=(Column(0, [Piece(20, lambda *_: placed.append(document.page))]),))
        for _ in range(11)
    ]
    document.build(ended([Rows(rows, head=[_row(10)])]), canvasmaker=Sheet)
    assert placed == [1] * 9 + [2] * 2
