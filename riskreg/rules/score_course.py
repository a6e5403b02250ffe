"""The course of a score as numbers between 0 and 1, which a screen or a page draws as a line of steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from riskreg.records.terms import Scale
from riskreg.rules.score_history import Point, Stage


class Knot(NamedTuple):
    """Where the line changes.

    Attributes:
        across: When: 0 at the left end of the line, 1 at the right.
        up: The score as a part of the highest of its scale; None where there is none from here on.
        point: What stands there.
        falls: The line comes down to it: what is written here stands below, else above.
    """

    across: float
    up: float | None
    point: Point
    falls: bool = False


class Zone(NamedTuple):
    """The scores of one level for as long as one scale counted; all from 0 to 1."""

    left: float
    right: float
    bottom: float
    top: float
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is drawn.

    Attributes:
        stage: Whose scores: the residual ones, or the inherent ones where there are no others.
        knots: From the left; the line goes on from the last one to the right end.
        zones: What lies behind the line.
        first: When it begins, UTC.
        last: When it ends, UTC.
    """

    stage: Stage
    knots: tuple[Knot, ...]
    zones: tuple[Zone, ...]
    first: datetime
    last: datetime


def course(found: Sequence[Point], now: datetime) -> Course | None:
    """The course of the score that is shown for a risk, until `now`; None where it never had one."""
    stages: tuple[Stage, ...] = ("residual", "inherent")
    for stage in stages:
        own = [point for point in found if point.stage == stage]
        if own:
            first, last = own[0].at, max(now, own[-1].at)
            knots = tuple(_knots(own, first, last))
            return Course(
                stage=stage, knots=knots, zones=tuple(_zones(knots)), first=first, last=last
            )
    return None


def _knots(own: Sequence[Point], first: datetime, last: datetime) -> Iterator[Knot]:
    before: float | None = None
    for point in own:
        up = _up(point)
        falls = before is not None and up is not None and up < before
        yield Knot(_part(point.at, first, last), up, point, falls)
        before = up


def _part(at: datetime, first: datetime, last: datetime) -> float:
    whole = (last - first).total_seconds()
    return (at - first).total_seconds() / whole if whole else 0.0


def _up(point: Point) -> float | None:
    """The middle of the score's own strip, so that the lowest does not lie on the ground."""
    if point.score is None or point.scale is None:
        return None
    return (point.score - 0.5) / _highest(point.scale)


def _highest(scale: Scale) -> int:
    return max((band.highest for band in scale.bands), default=1)


def _zones(knots: Sequence[Knot]) -> Iterator[Zone]:
    """The bands of each scale, from where it begins to count to where the next one does."""
    runs = [(scale, list(run)) for scale, run in groupby(knots, lambda knot: knot.point.scale)]
    for place, (scale, run) in enumerate(runs):
        right = runs[place + 1][1][0].across if place + 1 < len(runs) else 1.0
        for band in scale.bands if scale else ():
            highest = _highest(scale) if scale else 1
            yield Zone(
                left=run[0].across, right=right, level=band.level,
                bottom=(band.lowest - 1) / highest, top=band.highest / highest,
            )  # fmt: skip
