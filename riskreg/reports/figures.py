"""Drawings: the marks of levels, standings and steps, the heat map, the ring. All are read by shape, so they survive a grey printer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from reportlab.lib.colors import Color, white

from riskreg.records.terms import Scale
from riskreg.reports.ink import BODY, LEADING, PAGE, SECTION, SMALL, ink
from riskreg.reports.text import Piece, Run, Sheet, abreast, text_width, words
from riskreg.rules.statistics import Cell, HeatMap

Shape: TypeAlias = Literal[
    "circle", "diamond", "triangle", "square",
    "full", "half", "ring", "dash", "dot",
    "box", "ticked", "alert",
]  # fmt: skip

LEVELS: Final[Mapping[str | None, Shape]] = {
    "very_low": "dash",
    "low": "circle",
    "moderate": "diamond",
    "high": "triangle",
    "critical": "square",
    None: "ring",
}
"""The shape of each level; a risk without one has an empty circle."""

STANDINGS: Final[Mapping[str, Shape]] = {
    "in_place": "full",
    "under_way": "half",
    "not_started": "ring",
    "not_applicable": "dash",
    "context": "dot",
}

STEPS: Final[Mapping[str | None, Shape]] = {
    "done": "ticked",
    "open": "box",
    "not_applicable": "dash",
    None: "box",
}

_CAP: Final = 0.37
"""Where the middle of a capital is above the baseline, as a part of the size."""


def marked(
    shape: Shape,
    colour: Color,
    *runs: Run | str,
    width: float,
    size: float = BODY,
    bold: bool = False,
    text: Color | None = None,
    after: float = 0,
) -> tuple[Piece, ...]:
    """Text with a mark before its first line; the other lines begin below the text, not below the mark."""
    indent = size * 1.45
    lines = words(*runs, width=width, size=size, bold=bold, colour=text, indent=indent, after=after)
    if not lines:
        return ()
    first = lines[0]

    def draw(canvas: Sheet, x: float, y: float) -> None:
        first.draw(canvas, x, y)
        middle = y - (first.height - size) / 2 - 0.88 * size + _CAP * size
        draw_mark(canvas, shape, x + size * 0.5, middle, size * 0.86, colour)

    return (Piece(first.height, draw), *lines[1:])


def draw_mark(
    canvas: Sheet,
    shape: Shape,
    x: float,
    y: float,
    size: float,
    colour: Color,
    hollow: bool = False,
) -> None:
    """Draw a mark round a middle.

    Args:
        canvas: Where.
        shape: What.
        x: Its middle.
        y: Its middle.
        size: Its height, in points.
        colour: Of line and ground.
        hollow: Only its outline.
    """
    canvas.saveState()
    canvas.setFillColor(white if hollow else colour)
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(size * 0.11)
    _DRAW[shape](canvas, x, y, size / 2, int(not hollow))
    canvas.restoreState()


def _circle(canvas: Sheet, x: float, y: float, half: float, fill: int) -> None:
    canvas.circle(x, y, half * 0.86, stroke=1 - fill, fill=fill)


def _polygon(*points: tuple[float, float]) -> Callable[[Sheet, float, float, float, int], None]:
    def draw(canvas: Sheet, x: float, y: float, half: float, fill: int) -> None:
        path = canvas.beginPath()
        path.moveTo(x + points[0][0] * half, y + points[0][1] * half)
        for across, up in points[1:]:
            path.lineTo(x + across * half, y + up * half)
        path.close()
        canvas.drawPath(path, stroke=1 - fill, fill=fill)

    return draw


def _ring(canvas: Sheet, x: float, y: float, half: float, fill: int) -> None:
    canvas.circle(x, y, half * 0.8, stroke=1, fill=0)


def _half(canvas: Sheet, x: float, y: float, half: float, fill: int) -> None:
    _ring(canvas, x, y, half, fill)
    radius = half * 0.8
    canvas.wedge(x - radius, y - radius, x + radius, y + radius, 90, 180, stroke=0, fill=1)


def _tick(canvas: Sheet, x: float, y: float, half: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x - half * 0.45, y)
    path.lineTo(x - half * 0.1, y - half * 0.38)
    path.lineTo(x + half * 0.5, y + half * 0.4)
    canvas.setLineWidth(half * 0.28)
    canvas.drawPath(path, stroke=1, fill=0)


def _full(canvas: Sheet, x: float, y: float, half: float, fill: int) -> None:
    canvas.circle(x, y, half * 0.95, stroke=0, fill=1)
    canvas.setStrokeColor(white)
    _tick(canvas, x, y, half)


def _dash(canvas: Sheet, x: float, y: float, half: float, fill: int) -> None:
    canvas.setLineWidth(half * 0.3)
    canvas.line(x - half * 0.7, y, x + half * 0.7, y)


def _dot(canvas: Sheet, x: float, y: float, half: float, fill: int) -> None:
    canvas.circle(x, y, half * 0.38, stroke=0, fill=1)


def _box(canvas: Sheet, x: float, y: float, half: float, fill: int) -> None:
    side = half * 1.7
    canvas.rect(x - side / 2, y - side / 2, side, side, stroke=1, fill=0)


def _ticked(canvas: Sheet, x: float, y: float, half: float, fill: int) -> None:
    _box(canvas, x, y, half, fill)
    _tick(canvas, x, y, half)


def _alert(canvas: Sheet, x: float, y: float, half: float, fill: int) -> None:
    """A triangle with a bar in it, which no level has."""
    _DRAW["triangle"](canvas, x, y, half, 0)
    canvas.line(x, y + half * 0.25, x, y - half * 0.35)


_DRAW: Final[Mapping[Shape, Callable[[Sheet, float, float, float, int], None]]] = {
    "circle": _circle,
    "diamond": _polygon((0, 1), (1, 0), (0, -1), (-1, 0)),
    "triangle": _polygon((0, 0.85), (1, -0.85), (-1, -0.85)),
    "square": _polygon((-0.82, 0.82), (0.82, 0.82), (0.82, -0.82), (-0.82, -0.82)),
    "full": _full,
    "half": _half,
    "ring": _ring,
    "dash": _dash,
    "dot": _dot,
    "box": _box,
    "ticked": _ticked,
    "alert": _alert,
}


# Heat map

_CELL_HEIGHT: Final = 29.0
_BETWEEN: Final = 2.5
_FILLED: Final = 0.95
"""Size of a number in a low cell, as a part of its height: its digits, which are 0.7 of it, keep off the edge."""
_LABELS: Final = 74.0
"""Width of the labels of the upright axis, in points."""


class Axes(NamedTuple):
    """What the two axes are called in the language of the page."""

    likelihood: str
    impact: str


def heat_map_piece(
    values: HeatMap,
    scale: Scale,
    axes: Axes | None,
    language: str,
    width: float,
    tall: float = _CELL_HEIGHT,
) -> Piece:
    """The heat map as one piece: cells with counts, level by shape and tint, steps of the scale along both axes.

    Args:
        values: What stands in the cells.
        scale: Names the steps.
        axes: Names the axes; None where the heading does.
        language: Of the steps.
        width: Of all, in points.
        tall: Height of a cell, in points.
    """
    across = (width - _LABELS) / len(scale.impact)
    head = SMALL * LEADING + 3 if axes else 0
    below = [
        words(step.label.get(language), width=across - 4, size=SMALL, align="centre", colour=ink().muted)
        for step in scale.impact
    ]  # fmt: skip
    body = tall * len(values.rows)
    foot = 3 + max(sum(piece.height for piece in label) for label in below)
    foot += SMALL * LEADING + 3 if axes else 0
    labels = {step.value: step.label.get(language) for step in scale.likelihood}

    def draw(canvas: Sheet, x: float, y: float) -> None:
        if axes:
            _axis_names(canvas, x, y, y - head - body - foot, width, axes)
        for place, row in enumerate(values.rows):
            top = y - head - place * tall
            _row_label(canvas, labels[row[0].likelihood], x, top, tall)
            for step, cell in enumerate(row):
                _cell(canvas, cell, x + _LABELS + step * across, top, across, tall)
        for step, label in enumerate(below):
            at = y - head - body - 3
            for piece in label:
                piece.draw(canvas, x + _LABELS + step * across + 2, at)
                at -= piece.height

    return Piece(head + body + foot, draw)


def _axis_names(
    canvas: Sheet, x: float, top: float, bottom: float, width: float, axes: Axes
) -> None:
    name = words(axes.likelihood, width=_LABELS - 8, size=SMALL, align="right", bold=True)[0]
    name.draw(canvas, x, top)
    impact = words(axes.impact, width=width - _LABELS, size=SMALL, align="centre", bold=True)[0]
    impact.draw(canvas, x + _LABELS, bottom + SMALL * LEADING)


def _row_label(canvas: Sheet, label: str, x: float, top: float, tall: float) -> None:
    lines = words(label, width=_LABELS - 8, size=SMALL, align="right", colour=ink().muted)
    at = top - (tall - sum(line.height for line in lines)) / 2
    for line in lines:
        line.draw(canvas, x, at)
        at -= line.height


def _cell(canvas: Sheet, cell: Cell, left: float, top: float, width: float, tall: float) -> None:
    colour = ink().level(cell.level)
    canvas.setFillColor(ink().tint(cell.level))
    canvas.roundRect(
        left + _BETWEEN / 2, top - tall + _BETWEEN / 2,
        width - _BETWEEN, tall - _BETWEEN, 3, stroke=0, fill=1,
    )  # fmt: skip
    shape = LEVELS.get(cell.level, "ring")
    is_empty = cell.number == 0
    middle, size = min(9, tall / 2), min(SECTION, (tall - _BETWEEN) * _FILLED)
    mark = 4.6 if is_empty else 6
    draw_mark(canvas, shape, left + width - 9, top - middle, mark, colour, is_empty)
    if not is_empty:
        number = words(
            f"{cell.number:,}", width=width, size=size, align="centre", bold=True, colour=colour
        )[0]
        number.draw(canvas, left, top - (tall - number.height) / 2)


# Numbers


def number_strip(figures: Sequence[tuple[str, str]], width: float) -> tuple[Piece, ...]:
    """Numbers side by side, each large over what it counts."""
    each = width / len(figures)
    cells = [
        (
            each * place,
            (
                *words(number, width=each - 8, size=PAGE, bold=True),
                *words(label, width=each - 8, size=SMALL, colour=ink().muted),
            ),
        )
        for place, (number, label) in enumerate(figures)
    ]
    return abreast(*cells)


# Ring


class Part(NamedTuple):
    """A part of a ring: how much, its colour, and how thick it is drawn (1 is full), which tells it apart in grey."""

    number: int
    colour: Color
    thickness: float


def ring_piece(parts: Sequence[Part], middle: str, diameter: float = 84) -> Piece:
    """Parts of a whole as a ring with a text in the middle; an empty one where there is nothing."""
    whole = sum(part.number for part in parts)

    def draw(canvas: Sheet, x: float, y: float) -> None:
        centre, radius = (x + diameter / 2, y - diameter / 2), diameter / 2 - 7
        start = 90.0
        for part in parts:
            if part.number:
                sweep = -360 * part.number / whole
                _arc(canvas, centre, radius, start, sweep, part)
                start += sweep
        if not whole:
            _arc(canvas, centre, radius, 90, -360, Part(1, ink().muted, 0.14))
        size = PAGE if text_width(middle, PAGE, True) < diameter * 0.6 else SECTION
        text = words(middle, width=diameter, size=size, align="centre", bold=True)[0]
        text.draw(canvas, x, y - (diameter - text.height) / 2)

    return Piece(diameter, draw)


def _arc(
    canvas: Sheet,
    centre: tuple[float, float],
    radius: float,
    start: float,
    sweep: float,
    part: Part,
) -> None:
    """One part, with a small space at both ends unless it is all."""
    space = 0 if abs(sweep) >= 360 else 1.5
    path = canvas.beginPath()
    x, y = centre
    box = (x - radius, y - radius, x + radius, y + radius)
    path.arc(*box, start - space, sweep + 2 * space)  # type: ignore[arg-type] # stubs 5.0: degrees are floats
    canvas.saveState()
    canvas.setStrokeColor(part.colour)
    canvas.setLineWidth(11 * part.thickness)
    canvas.setLineCap(0)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()
