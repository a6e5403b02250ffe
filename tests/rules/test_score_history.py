"""How scores went: every change is a point with the level of its time, and nothing else is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg import catalogue
from riskreg.records.fields import Value
from riskreg.records.terms import Band, Scale
from riskreg.rules.past_scales import NAMELESS, PastScales
from riskreg.rules.scales import dumps
from riskreg.rules.score_history import STAGES, YEAR, Point, moves, points, trend
from riskreg.views import Actor, Entry, EntryChange

SHIPPED = catalogue.vocabulary().scale
STRICT = replace(
    SHIPPED,
    bands=(Band(level="low", lowest=1, highest=2), Band(level="critical", lowest=3, highest=25)),
)
START = datetime(2025, 1, 1, tzinfo=UTC)
RISK, SCALE, OTHER = 7, 3, 4


def entry(seq: int, *changes: EntryChange, days: int | None = None) -> Entry:
    at = START + timedelta(days=seq if days is None else days)
    return Entry(seq=seq, at=at, actor=Actor("root"), act="edit", facts={}, changes=changes)


def of_risk(after: dict[str, Value] | None, before: dict[str, Value] | None = None) -> EntryChange:
    return EntryChange(id=RISK, ref="R-0001", kind="risk", version=1, before=before, after=after)


def of_scale(
    after: dict[str, Value] | None, id: int = SCALE, *, is_new: bool = True
) -> EntryChange:
    before: dict[str, Value] | None = None if is_new else {}
    return EntryChange(id=id, ref=f"SC-{id}", kind="scale", version=1, before=before, after=after)


def ours(scale: Scale, title: str = "Ours", *, is_default: bool = True) -> dict[str, Value]:
    return {"title": title, "text": dumps(scale), "is_default": is_default}


def residual(likelihood: int | None, impact: int | None) -> dict[str, Value]:
    return {"residual_likelihood": likelihood, "residual_impact": impact}


def told(found: Sequence[Point]) -> list[tuple[int, object, object, object]]:
    return [(point.seq, point.pair, point.score, point.level) for point in found]


def test_points_when_scores_change_then_each_change_is_one_and_other_edits_are_none() -> None:
    entries = [
        entry(5, of_risk(residual(2, 2), {})),
        entry(2, of_risk({"title": "x", **residual(4, 3), "target_likelihood": 1})),
        entry(3, of_risk({"title": "y"}, {"title": "x"})),
        entry(4, of_risk({"target_impact": 2}, {})),
        entry(6, of_risk(residual(None, 2), {})),
    ]
    found = points(RISK, entries, PastScales((), SHIPPED))
    assert told(found) == [
        (2, (4, 3), 12, "high"),
        (4, (1, 2), 2, "low"),
        (5, (2, 2), 4, "low"),
        (6, None, None, None),
    ]
    assert [move.was.seq if move.was else None for move in moves(found)] == [None, None, 2, 5]


def test_points_when_only_the_scale_changes_then_one_says_so_with_the_level_of_each_time() -> None:
    scales = PastScales(
        [
            entry(3, of_scale(ours(STRICT))),
            entry(4, of_scale({"title": "Other words"}, is_new=False)),
            entry(5, of_scale({"is_default": False}, is_new=False)),
        ],
        SHIPPED,
    )
    found = points(RISK, [entry(2, of_risk(residual(2, 2)))], scales)
    assert told(found) == [(2, (2, 2), 4, "low"), (3, (2, 2), 4, "critical"), (5, (2, 2), 4, "low")]
    assert [point.is_rescaled for point in found] == [False, True, True]
    assert [point.scale.title.en for point in found if point.scale][1] == "Ours"


def test_points_when_the_risk_names_a_scale_then_that_one_counts_unless_it_is_in_the_bin() -> None:
    scales = PastScales(
        [
            entry(2, of_scale(ours(STRICT, is_default=False))),
            entry(6, of_scale({"deleted_at": "2026-01-01"}, is_new=False)),
        ],
        SHIPPED,
    )
    risk = [
        entry(3, of_risk(residual(2, 2))),
        entry(4, of_risk({"scored_by": frozenset({SCALE})}, {"scored_by": frozenset()})),
    ]
    found = points(RISK, risk, scales)
    assert told(found) == [(3, (2, 2), 4, "low"), (4, (2, 2), 4, "critical"), (6, (2, 2), 4, "low")]


def test_points_when_the_text_of_a_scale_was_erased_then_the_numbers_stand_alone() -> None:
    scales = PastScales([entry(2, of_scale({"is_default": True}))], SHIPPED)
    found = points(RISK, [entry(3, of_risk(residual(2, 2)))], scales)
    assert told(found) == [(3, (2, 2), None, None)]
    assert scales.at(1) == SHIPPED
    assert scales.at(2) is None
    sides = scales.sides(catalogue.vocabulary(), 2, frozenset(), frozenset())
    assert (sides.before.scale, sides.after.scale) == (SHIPPED, NAMELESS)


def test_points_when_the_risk_was_withdrawn_and_came_back_then_nothing_is_told_twice() -> None:
    full = residual(4, 3)
    entries = [entry(2, of_risk(full)), entry(3, of_risk(None, full)), entry(4, of_risk(full))]
    assert told(points(RISK, entries, PastScales((), SHIPPED))) == [(2, (4, 3), 12, "high")]


steps = st.one_of(st.none(), st.integers(1, 5))
edits = st.dictionaries(
    st.sampled_from([f"{stage}_{axis}" for stage in STAGES for axis in ("likelihood", "impact")]),
    steps,
)


@given(st.lists(st.one_of(edits, st.sampled_from([SHIPPED, STRICT, None])), max_size=12))
def test_points_of_any_history_say_what_a_replay_says(steps_taken: list[object]) -> None:
    """After each entry the newest point of a stage is the score that the fields and the scale of that moment make."""
    risk, scale, is_in_force = [entry(1, of_risk({}))], [entry(2, of_scale(ours(STRICT)))], True
    moments: list[tuple[int, dict[str, Value], Scale]] = []
    state: dict[str, Value] = {}
    now: Scale = STRICT
    for seq, taken in enumerate(steps_taken, start=3):
        if isinstance(taken, dict):
            risk.append(entry(seq, of_risk(taken, {})))
            state = {**state, **taken}
        else:
            is_in_force = taken is not None
            given_: dict[str, Value] = {"is_default": is_in_force}
            if isinstance(taken, Scale):
                given_ |= ours(taken)
            scale.append(entry(seq, of_scale(given_, is_new=False)))
            now = taken if isinstance(taken, Scale) else SHIPPED
        moments.append((seq, dict(state), now))
    found = points(RISK, risk, PastScales(scale, SHIPPED))
    for seq, fields, then in moments:
        for stage in STAGES:
            own = [point for point in found if point.stage == stage and point.seq <= seq]
            pair = fields.get(f"{stage}_likelihood"), fields.get(f"{stage}_impact")
            if None in pair:
                assert not own or own[-1].pair is None
                continue
            made = then.points(*pair)  # type: ignore[arg-type]
            band = then.band(made)
            assert own[-1].pair == pair
            assert (own[-1].score, own[-1].level) == (made, band.level if band else None)
    for move in moves(found):
        assert move.was is None or move.was.pair != move.now.pair or move.now.is_rescaled


NOW = START + timedelta(days=1000)


def history(*taken: tuple[int, tuple[int, int] | None]) -> list[Entry]:
    """A risk that had these pairs from these days before `NOW` on."""
    return [
        entry(place, of_risk(residual(*(pair or (None, None)))), days=1000 - ago)
        for place, (ago, pair) in enumerate(taken, start=2)
    ]


@pytest.mark.parametrize(
    ("taken", "way"),
    [
        ([(700, (2, 2)), (100, (3, 3))], "rising"),
        ([(700, (5, 5)), (500, (2, 2)), (100, (3, 3))], "rising"),
        ([(700, (3, 3)), (200, (5, 5)), (100, (3, 3))], "steady"),
        ([(700, (3, 3)), (400, (5, 5))], "steady"),
        ([(200, (5, 5)), (100, (3, 3))], "falling"),
        ([(200, (5, 5))], "unknown"),
        ([(700, (3, 3)), (100, None)], "unknown"),
        ([], "unknown"),
    ],
)
def test_trend_of_a_year(taken: list[tuple[int, tuple[int, int] | None]], way: str) -> None:
    assert trend(points(RISK, history(*taken), PastScales((), SHIPPED)), NOW).way == way


def test_trend_when_only_the_bands_change_then_it_is_steady() -> None:
    scales = PastScales([entry(9, of_scale(ours(STRICT)), days=950)], SHIPPED)
    found = points(RISK, history((700, (2, 2))), scales)
    assert found[-1].level == "critical"
    assert trend(found, NOW).way == "steady"


def test_trend_when_the_new_scale_has_other_steps_then_older_scores_do_not_count() -> None:
    small = replace(
        SHIPPED,
        likelihood=SHIPPED.likelihood[:3],
        impact=SHIPPED.impact[:3],
        dimensions=(),
        bands=(Band(level="low", lowest=1, highest=4), Band(level="high", lowest=5, highest=9)),
    )
    scales = PastScales([entry(3, of_scale(ours(small)), days=900)], SHIPPED)
    risk = [entry(2, of_risk(residual(2, 2)), days=100)]
    found = points(RISK, risk, scales)
    assert trend(found, NOW).way == "unknown"
    risk.append(entry(4, of_risk(residual(3, 2)), days=950))
    assert trend(points(RISK, risk, scales), NOW).way == "rising"
    later = entry(4, of_risk(residual(3, 2)), days=950 + YEAR.days)
    later_trend = trend(points(RISK, [risk[0], later], scales), later.at + timedelta(days=1))
    assert later_trend.since is not None
    assert later_trend.since.seq == 3
