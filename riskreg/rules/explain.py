"""Why a risk has its level: the figures that made it, as values; the words are found at the edge.

Likelihood and impact make a score, and a band of the organisation's scale gives the level (`scoring`,
domain.md 4.4). The level that is shown is the residual one, with the controls in place today; the
inherent one, before any control, where no residual was scored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from riskreg.records import Record
from riskreg.records.terms import Scale, Step
from riskreg.rules.scoring import score

Stage = Literal["residual", "inherent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What made a level.

    Attributes:
        stage: With the controls of today, or before any.
        likelihood: The step of its scale that was chosen.
        impact: Likewise.
        points: Their score: the product, or what the scale's table says.
        level: The key of the level.
        lowest: The smallest score of that level.
        highest: The largest.
        scale: What gave the level.
    """

    stage: Stage
    likelihood: Step
    impact: Step
    points: int
    level: str
    lowest: int
    highest: int
    scale: Scale


def why(record: Record, scale: Scale) -> Reason | None:
    """Why a record has the level that is shown for it; None where it has none, or the scale does not give it."""
    stages: tuple[Stage, ...] = ("residual", "inherent")
    return next((found for stage in stages if (found := _of(record, scale, stage))), None)


def _of(record: Record, scale: Scale, stage: Stage) -> Reason | None:
    values = [cast("int | None", getattr(record, f"{stage}_{axis}", None)) for axis in _AXES]
    steps = [
        next((step for step in axis if step.value == value), None)
        for axis, value in zip((scale.likelihood, scale.impact), values, strict=True)
    ]
    likelihood, impact = steps
    points = score(values[0], values[1], scale)
    band = scale.band(points)
    if points is None or likelihood is None or impact is None or band is None:
        return None
    return Reason(
        stage=stage, likelihood=likelihood, impact=impact, points=points, scale=scale,
        level=band.level, lowest=band.lowest, highest=band.highest,
    )  # fmt: skip


_AXES = ("likelihood", "impact")
