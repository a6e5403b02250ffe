"""The worst dimension of a risk and the step of a loss, against cases worked out by hand (domain.md 4.4)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg import catalogue
from riskreg.records import Risk
from riskreg.records.terms import Dimension
from riskreg.records.values import Money
from riskreg.rules.dimensions import KEYS, amounts, following, loss_step, steps, worst

DEFAULT = catalogue.vocabulary().scale
BANDS = (10_000, 100_000, 500_000, 2_000_000)
SCALE = replace(DEFAULT, dimensions=(Dimension(key="money", currency="HKD", up_to=BANDS),))
STEP = st.none() | st.integers(1, 5)


def hkd(amount: int) -> Money:
    return Money(amount * 100, "HKD")


def test_fields_when_asked_then_each_of_the_five_dimensions_has_one() -> None:
    assert list(KEYS) == ["people", "legal", "money", "operations", "reputation"]


@given(st.lists(STEP, min_size=5, max_size=5))
def test_worst_when_some_are_given_then_it_is_their_largest(given_: list[int | None]) -> None:
    risk = Risk(**dict(zip(KEYS.values(), given_, strict=True)))  # type: ignore[arg-type]
    known = [step for step in given_ if step is not None]
    assert worst(risk) == (max(known) if known else None)


@pytest.mark.parametrize(
    ("loss", "step"),
    [(hkd(0), 1), (hkd(10_000), 1), (Money(1_000_001, "HKD"), 2), (hkd(2_000_000), 4),
     (hkd(2_000_001), 5), (Money(100, "USD"), None), (None, None)],
)  # fmt: skip
def test_loss_when_given_then_it_falls_in_a_band_of_its_currency(
    loss: Money | None, step: int | None
) -> None:
    assert loss_step(Risk(expected_loss=loss), SCALE) == step
    assert loss_step(Risk(expected_loss=loss), DEFAULT) is None


def test_amounts_when_asked_then_bands_follow_each_other_and_the_ends_are_open() -> None:
    assert amounts(SCALE, 1) == (None, 10_000)
    assert amounts(SCALE, 2) == (10_000, 100_000)
    assert amounts(SCALE, 5) == (2_000_000, None)
    assert (amounts(SCALE, 6), amounts(DEFAULT, 1)) == (None, None)


def test_steps_when_a_scale_says_nothing_then_only_people_have_the_anchors_of_the_steps() -> None:
    assert steps(SCALE, "people") == SCALE.impact
    assert [step.anchor.en for step in steps(SCALE, "legal")] == [""] * 5
    assert steps(DEFAULT, "legal")[4].anchor.en == "Prosecution, or claims by many people"
    assert steps(DEFAULT, "legal")[4].label == DEFAULT.impact[4].label


@pytest.mark.parametrize(
    ("was", "typed", "found"),
    [
        ({}, {"impact_legal": 3}, {"residual_impact": 3}),
        ({"residual_impact": 3, "impact_legal": 3}, {"impact_people": 5}, {"residual_impact": 5}),
        ({"residual_impact": 4, "impact_legal": 3}, {"impact_people": 5}, {}),
        ({"residual_impact": 3, "impact_legal": 3}, {"impact_people": 2}, {}),
        ({"residual_impact": 3, "impact_legal": 3}, {"impact_legal": None}, {}),
        ({}, {"impact_legal": 3, "residual_impact": 2}, {}),
        ({}, {"expected_loss": hkd(50_000)}, {"impact_money": 2, "residual_impact": 2}),
        (
            {"expected_loss": hkd(1), "impact_money": 1, "impact_legal": 3, "residual_impact": 3},
            {"expected_loss": hkd(600_000)},
            {"impact_money": 4, "residual_impact": 4},
        ),
        ({"expected_loss": hkd(1), "impact_money": 3}, {"expected_loss": hkd(600_000)}, {}),
        ({}, {"expected_loss": Money(100, "USD")}, {}),
        ({}, {"title": "Only a title"}, {}),
    ],
)  # fmt: skip
def test_following_when_something_is_typed_then_what_was_not_set_otherwise_follows(
    was: dict[str, object], typed: dict[str, object], found: dict[str, object]
) -> None:
    before = Risk(**was)  # type: ignore[arg-type]
    assert following(before, before.having(typed), SCALE) == found  # type: ignore[arg-type]


@given(st.lists(STEP, min_size=6, max_size=6), st.lists(STEP, min_size=6, max_size=6))
def test_following_when_followed_then_nothing_more_follows(
    was: list[int | None], typed: list[int | None]
) -> None:
    keys = (*KEYS.values(), "residual_impact")
    before, after = (
        Risk(**dict(zip(keys, values, strict=True)))  # type: ignore[arg-type]
        for values in (was, typed)
    )
    led = after.having(following(before, after, SCALE))
    assert following(after, led, SCALE) == {}
    if worst(before) is None and after.residual_impact is None:
        assert led.residual_impact == worst(led)
