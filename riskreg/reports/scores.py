"""How the score of a risk went on paper: a small line of steps, and each change with who made it and by which scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from reportlab.lib.colors import white

from riskreg.dates import day_words
from riskreg.errors import N_
from riskreg.formats import listed
from riskreg.past_scores import ScoreHistory
from riskreg.records.values import zone_of
from riskreg.reports.figures import LEVELS, draw_mark
from riskreg.reports.ink import LEADING, SMALL, ink
from riskreg.reports.layout import Column, Row, Rows
from riskreg.reports.page import WIDTH, head_row, section_row
from riskreg.reports.rows import Speech
from riskreg.reports.tables import Cell, line
from riskreg.reports.text import Piece, Run, Sheet, text_width, words
from riskreg.rules.score_course import Course, Knot, course
from riskreg.rules.score_history import Move, Point, Way, moves
from riskreg.score_words import (
    ARROWS,
    STAGES,
    TITLE,
    WAYS,
    point_words,
    scale_words,
    trend_line,
    why_words,
)
from riskreg.views import Actor

WHEN: Final = N_("When, by whom")
STAGE: Final = N_("Stage")
BEFORE: Final = N_("Before")
NOW: Final = N_("Now")
BECAUSE: Final = N_("Because of")
SCALE: Final = N_("Scale")

_AT: Final = (0.0, 104.0, 192.0, 254.0, 318.0, 412.0)
"""Where the columns begin, in points."""
_TALL: Final = 62.0
"""Height of the field of the line, in points."""
_EDGE: Final = 9.0
_RIM: Final = 5.0
"""Points beside and over the line, in which a mark at its end has room."""
_MARK: Final = 7.0
_APART: Final = 4.0
"""Points between two numbers over the line."""


def score_rows(speech: Speech, found: ScoreHistory, now: datetime) -> Iterator[Rows]:
    """The section about the scores of a risk, newest change first; nothing where it never had one."""
    drawn = course(found.found, now)
    if drawn is None:
        return
    t = speech.t
    told = trend_line(found.trend, now, speech.zone, t)
    days = _day(speech, drawn.first), _day(speech, drawn.last)
    pieces = (
        *words(told, width=WIDTH, bold=True, after=2),
        *words(
            t.gettext(STAGES[drawn.stage]), width=WIDTH, size=SMALL, colour=ink().muted, after=3
        ),
        course_piece(drawn, days, WIDTH),
    )
    heading = section_row(t.gettext(TITLE))
    yield Rows([Row(columns=(Column(0, pieces),), below=2)], heading=[heading], above=14)
    labels = (WHEN, STAGE, BEFORE, NOW, BECAUSE, SCALE)
    heads = [(x, t.gettext(label)) for x, label in zip(_AT, labels, strict=True)]
    newest = list(moves(found.found))[::-1]
    lines = (
        line(_AT, _cells(speech, move), is_ruled=place > 0) for place, move in enumerate(newest)
    )
    yield Rows(lines, head=[head_row(*heads)], above=8)


def trend_pieces(way: Way, speech: Speech, width: float, indent: float) -> tuple[Piece, ...]:
    """Where a score goes, as an arrow and a word; nothing where that is not known."""
    if way == "unknown":
        return ()
    said = f"{ARROWS[way]} {speech.t.gettext(WAYS[way])}"
    return words(said, width=width, size=SMALL, colour=ink().muted, indent=indent)


def _cells(speech: Speech, move: Move) -> Sequence[Cell]:
    now, t = move.now, speech.t
    return (
        listed((_day(speech, now.at), _who(now.actor)), t),
        t.gettext(STAGES[now.stage]),
        _score(speech, move.was) if move.was else "",
        _score(speech, now),
        why_words(now, t),
        scale_words(now, t),
    )


def _score(speech: Speech, point: Point) -> Run:
    said = point_words(point, speech.t, speech.vocabulary)
    return Run(said, ink().level(point.level), bold=point.level is not None)


def _who(actor: Actor) -> str:
    return f"{actor.name} ({actor.account})" if actor.name else actor.account


def _day(speech: Speech, at: datetime) -> str:
    return day_words(at.astimezone(zone_of(speech.zone)).date(), speech.t)


# The line


def course_piece(drawn: Course, days: tuple[str, str], width: float) -> Piece:
    """A score through time as one piece: a line of steps before the levels of each time, with their shapes.

    Args:
        drawn: The course.
        days: What stands below its ends.
        width: Of all, in points.
    """
    below = SMALL * LEADING + 2

    def draw(canvas: Sheet, x: float, y: float) -> None:
        bottom = y - _TALL
        canvas.saveState()
        _zones(canvas, drawn, x, bottom, width)
        inner = _room(x, bottom, width)
        _steps(canvas, drawn, inner)
        canvas.restoreState()
        _marks(canvas, drawn.knots, inner)
        for label in (
            words(days[0], width=width, size=SMALL, colour=ink().muted),
            words(days[1], width=width, size=SMALL, colour=ink().muted, align="right"),
        ):
            label[0].draw(canvas, x, bottom - 2)

    return Piece(_TALL + below, draw)


def _zones(canvas: Sheet, drawn: Course, x: float, bottom: float, width: float) -> None:
    """The levels, out to the edges; a thin upright line where another scale begins."""
    room = _room(x, bottom, width)
    canvas.setStrokeColor(ink().muted)
    canvas.setLineWidth(0.5)
    canvas.setDash(1.5, 1.5)
    for zone in drawn.zones:
        left, low = _place(room, zone.left, zone.bottom)
        right, high = _place(room, zone.right, zone.top)
        left, right = left if zone.left > 0 else x, right if zone.right < 1 else x + width
        low = low if zone.bottom > 0 else bottom
        high = high if zone.top < 1 else bottom + _TALL
        canvas.setFillColor(ink().tint(zone.level))
        canvas.rect(left, low, right - left, high - low, stroke=0, fill=1)
        if zone.left > 0:
            canvas.line(left, low, left, high)
    canvas.setDash()


_Room = tuple[float, float, float]
"""Left, bottom and width of where the line runs."""


def _room(x: float, bottom: float, width: float) -> _Room:
    return x + _EDGE, bottom + _RIM, width - 2 * _EDGE


def _place(room: _Room, across: float, up: float) -> tuple[float, float]:
    return room[0] + across * room[2], room[1] + up * (_TALL - 2 * _RIM)


def _steps(canvas: Sheet, drawn: Course, room: _Room) -> None:
    canvas.setStrokeColor(ink().text)
    canvas.setLineWidth(1.1)
    ends = [(knot.across, knot.up) for knot in drawn.knots]
    for (across, up), (until, then) in pairwise((*ends, (1.0, None))):
        if up is None:
            continue
        turn = _place(room, until, up)
        canvas.line(*_place(room, across, up), *turn)
        if then is not None:
            canvas.line(*turn, *_place(room, until, then))


def _marks(canvas: Sheet, knots: Sequence[Knot], room: _Room) -> None:
    """A shape at each step, and its number over or under it where there is room for it."""
    taken = room[0] - _EDGE - _APART
    for knot in knots:
        if knot.up is None:
            continue
        x, y = _place(room, knot.across, knot.up)
        canvas.saveState()
        canvas.setFillColor(white)
        canvas.circle(x, y, _MARK * 0.72, stroke=0, fill=1)
        canvas.restoreState()
        draw_mark(canvas, LEVELS[knot.point.level], x, y, _MARK, ink().level(knot.point.level))
        taken = _number(canvas, knot, (x, y), room, taken)


def _number(canvas: Sheet, knot: Knot, at: tuple[float, float], room: _Room, taken: float) -> float:
    """Write a score where the line does not run; how far to the right the numbers reach now."""
    x, y = at
    text, tall = str(knot.point.score), SMALL * LEADING
    wide = text_width(text, SMALL)
    over, under = y + _MARK / 2 + 2 + tall, y - _MARK / 2 - 2
    floor = room[1] - _RIM
    fits = under - tall >= floor if knot.falls else over <= floor + _TALL
    top = under if knot.falls == fits else over
    left = x - wide / 2 if fits else x + _MARK / 2 + 2
    left = max(left, room[0] - _EDGE)
    if left < taken + _APART:
        return taken
    words(text, width=wide + 2, size=SMALL)[0].draw(canvas, left, top)
    return left + wide
