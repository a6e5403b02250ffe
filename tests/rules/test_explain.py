"""Why a risk has its level, against domain.md 4.4 worked out by hand."""

from __future__ import annotations

import pytest

from riskreg.catalogue import ready_scales, vocabulary
from riskreg.records import Incident, Risk
from riskreg.rules.explain import why


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"residual_likelihood": 3, "residual_impact": 4}, ("residual", 12, "high", 10, 14)),
        ({"inherent_likelihood": 5, "inherent_impact": 3}, ("inherent", 15, "critical", 15, 25)),
        (
            {"inherent_likelihood": 5, "inherent_impact": 5, "residual_likelihood": 1, "residual_impact": 4},
            ("residual", 4, "low", 1, 4),
        ),
        (
            {"residual_likelihood": 5, "inherent_likelihood": 2, "inherent_impact": 4},
            ("inherent", 8, "moderate", 5, 9),
        ),
    ],
)  # fmt: skip
def test_why_when_scored_then_it_names_figures_and_band(
    given: dict[str, int], expected: tuple[object, ...]
) -> None:
    found = why(Risk(**given), vocabulary().scale)
    assert found is not None
    assert (found.stage, found.points, found.level, found.lowest, found.highest) == expected
    assert found.likelihood.value * found.impact.value == found.points


def test_why_when_nothing_is_scored_or_the_scale_lacks_the_step_then_there_is_no_reason() -> None:
    assert why(Risk(residual_likelihood=3), vocabulary().scale) is None
    assert why(Risk(residual_likelihood=9, residual_impact=1), vocabulary().scale) is None
    assert why(Incident(), vocabulary().scale) is None


def test_why_when_a_table_gives_the_level_then_the_reason_names_that_scale() -> None:
    nist = next(scale for scale in ready_scales() if scale.key == "nist_800_30")
    found = why(Risk(residual_likelihood=5, residual_impact=4), nist)
    assert found is not None
    assert (found.level, found.points, found.scale.title.en) == (
        "high", 4, "5 × 5: NIST SP 800-30, Table I-2",
    )  # fmt: skip
