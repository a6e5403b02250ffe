"""Scores and levels against the matrix of domain.md 4.4."""

from __future__ import annotations

import pytest

from riskreg import catalogue
from riskreg.rules.scoring import level, score

SCALE = catalogue.vocabulary().scale

# rows: likelihood 1 to 5; columns: impact 1 to 5; worked out by hand from the bands 1-4, 5-9, 10-14, 15-25
MATRIX = (
    "low low low low moderate",
    "low low moderate moderate high",
    "low moderate moderate high critical",
    "low moderate high critical critical",
    "moderate high critical critical critical",
)


@pytest.mark.parametrize("likelihood", range(1, 6))
@pytest.mark.parametrize("impact", range(1, 6))
def test_level_when_likelihood_and_impact_are_known_then_the_matrix_says_it(
    likelihood: int, impact: int
) -> None:
    points = score(likelihood, impact, SCALE)
    assert points == likelihood * impact
    assert level(points, SCALE) == MATRIX[likelihood - 1].split()[impact - 1]


@pytest.mark.parametrize(("likelihood", "impact"), [(None, 3), (3, None), (None, None)])
def test_score_when_one_side_is_not_known_then_there_is_none(
    likelihood: int | None, impact: int | None
) -> None:
    assert score(likelihood, impact, SCALE) is None
    assert level(None, SCALE) is None


@pytest.mark.parametrize("points", [0, 26, -3])
def test_level_when_no_band_holds_the_score_then_there_is_none(points: int) -> None:
    assert level(points, SCALE) is None
