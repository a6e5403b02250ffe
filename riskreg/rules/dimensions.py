"""What an impact falls on: the worst dimension of a risk, and the step that a loss in money falls in.

Impact is looked at by dimension and the worst of them counts (domain.md 4.4). The bands of money are
the organisation's own, kept in its scale.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from riskreg.records import Risk, fields, stored
from riskreg.records.fields import Value
from riskreg.records.terms import Scale, Step, Text

KEYS: Final = {
    what.dimension: key
    for key, what in stored(Risk).items()
    if isinstance(what, fields.Score) and what.dimension
}
"""The field of a risk by the dimension it tells of."""
MONEY: Final = KEYS["money"]
IMPACT: Final = "residual_impact"
"""What the dimensions add up to: they tell of the impact with today's controls."""
LOSS: Final = "expected_loss"


class Amounts(NamedTuple):
    """A band of money, in whole units: above `above` and up to `up_to`; None where it is open."""

    above: int | None
    up_to: int | None


def worst(risk: Risk) -> int | None:
    """The worst dimension; None where none is given."""
    given = (risk.get(key) for key in KEYS.values())
    return max((step for step in given if isinstance(step, int)), default=None)


def loss_step(risk: Risk, scale: Scale) -> int | None:
    """The step that the expected loss falls in; None without a loss, or without bands in its currency."""
    money = scale.dimension("money")
    return money.step_of(risk.expected_loss) if money else None


def steps(scale: Scale, dimension: str) -> tuple[Step, ...]:
    """The steps of impact with what each means for a dimension.

    Where a scale says nothing of it, an anchor is empty; but for people, of whom the anchors of the
    steps themselves speak (domain.md 4.2, 4.4).
    """
    said = scale.dimension(dimension)
    if said and said.anchors:
        pairs = zip(scale.impact, said.anchors, strict=True)
        return tuple(replace(step, anchor=anchor) for step, anchor in pairs)
    if dimension in ("", "people"):
        return scale.impact
    return tuple(replace(step, anchor=Text(en="")) for step in scale.impact)


def amounts(scale: Scale, step: int) -> Amounts | None:
    """The band of money of a step; None where the scale has no bands, or no such step."""
    money = scale.dimension("money")
    if money is None or not money.up_to or not 1 <= step <= len(money.up_to) + 1:
        return None
    ends = (None, *money.up_to, None)
    return Amounts(ends[step - 1], ends[step])


def following(was: Risk, now: Risk, scale: Scale) -> dict[str, Value]:
    """What else changes when a loss or a dimension does: the step of money, and the residual impact.

    A value follows only where it was empty or said the same as what it follows did before; one that
    somebody set otherwise stays, and a check speaks.

    Args:
        was: The risk before.
        now: The risk with what was typed.
        scale: What it is scored by.
    """
    found: dict[str, Value] = {}
    step = loss_step(now, scale)
    if step is not None and now.expected_loss != was.expected_loss:
        found |= _led(MONEY, step, loss_step(was, scale), now)
    after = now.having(found)
    top = worst(after)
    if top is not None and top != worst(was):
        found |= _led(IMPACT, top, worst(was), now)
    return found


def _led(key: str, value: int, was: int | None, now: Risk) -> dict[str, Value]:
    """The field with its new value, where it may follow and does not say so already."""
    is_free = now.get(key) is None or now.get(key) == was
    return {key: value} if is_free and now.get(key) != value else {}
