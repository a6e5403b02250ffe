"""Whether a risk rose or fell is said by one scale, and only of two scores that can be compared."""

from __future__ import annotations

import pytest

from riskreg.catalogue import ready_scales, vocabulary
from riskreg.records.terms import Scale
from riskreg.rules.moved import Pair, Way, way

FIVE = vocabulary().scale
THREE = next(scale for scale in ready_scales() if scale.key == "simple_3x3")


@pytest.mark.parametrize(
    ("before", "after", "then", "expected"),
    [
        (Pair(2, 2), Pair(3, 2), FIVE, "rose"),
        (Pair(3, 2), Pair(2, 2), FIVE, "fell"),
        (Pair(3, 2), Pair(2, 3), FIVE, None),
        (None, Pair(1, 1), FIVE, "new"),
        (Pair(1, 1), None, FIVE, "over"),
        (Pair(None, None), Pair(4, 4), FIVE, None),
        (Pair(4, 4), Pair(None, 4), FIVE, None),
        (Pair(2, 2), Pair(3, 2), THREE, None),
    ],
)
def test_way_when_two_moments_are_compared_then_it_is_said_by_the_scale_of_now(
    before: Pair | None, after: Pair | None, then: Scale, expected: Way | None
) -> None:
    assert way(before, after, then, FIVE) == expected
