"""The line of a score: where it turns and what lies behind it, as parts of the whole."""

from __future__ import annotations

from datetime import timedelta

import pytest

from riskreg.rules.past_scales import PastScales
from riskreg.rules.score_course import course
from riskreg.rules.score_history import points
from tests.rules.test_score_history import (
    NOW,
    RISK,
    SHIPPED,
    START,
    STRICT,
    entry,
    history,
    of_risk,
    of_scale,
    ours,
)


def test_course_when_scores_change_then_knots_lie_by_time_and_score_and_say_where_the_line_falls() -> (
    None
):
    found = points(
        RISK, history((1000, (5, 5)), (500, (3, 3)), (250, None)), PastScales((), SHIPPED)
    )
    drawn = course(found, NOW)
    assert drawn is not None
    assert (drawn.stage, drawn.first, drawn.last) == ("residual", START, NOW)
    assert [knot.across for knot in drawn.knots] == [0, 0.5, 0.75]
    assert [knot.up for knot in drawn.knots] == [24.5 / 25, 8.5 / 25, None]
    assert [knot.falls for knot in drawn.knots] == [False, True, False]
    assert [(zone.level, zone.bottom, zone.top) for zone in drawn.zones] == [
        ("low", 0, 4 / 25),
        ("moderate", 4 / 25, 9 / 25),
        ("high", 9 / 25, 14 / 25),
        ("critical", 14 / 25, 1),
    ]


def test_course_when_the_scale_changes_then_its_bands_begin_where_it_does() -> None:
    scales = PastScales([entry(9, of_scale(ours(STRICT)), days=500)], SHIPPED)
    drawn = course(points(RISK, history((1000, (2, 2))), scales), NOW)
    assert drawn is not None
    spans = {(zone.left, zone.right) for zone in drawn.zones}
    assert spans == {(0, 0.5), (0.5, 1)}
    assert [zone.level for zone in drawn.zones if zone.left] == ["low", "critical"]


def test_course_when_only_the_inherent_score_is_known_then_that_one_is_drawn() -> None:
    first = entry(2, of_risk({"inherent_likelihood": 2, "inherent_impact": 3}))
    found = points(RISK, [first], PastScales((), SHIPPED))
    drawn = course(found, first.at)
    assert drawn is not None
    assert drawn.stage == "inherent"
    assert drawn.knots[0].across == 0, "all of it in one moment"
    assert course((), NOW) is None


@pytest.mark.parametrize("days", [0, -10])
def test_course_when_the_clock_is_behind_then_the_line_ends_at_the_newest_score(days: int) -> None:
    found = points(RISK, history((100, (2, 2)), (50, (3, 3))), PastScales((), SHIPPED))
    drawn = course(found, START + timedelta(days=950 + days))
    assert drawn is not None
    assert drawn.last == found[-1].at
    assert drawn.knots[-1].across == 1
