"""Derived fields: everything a kind declares as derived is answered, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from riskreg import catalogue
from riskreg.records import KINDS, Action, Risk, Step, derived
from riskreg.rules.derive import Given, derive

GIVEN = Given(vocabulary=catalogue.vocabulary(), title_of=lambda ref: f"Title of {ref}")


@pytest.mark.parametrize("name", KINDS)
def test_derive_when_asked_for_a_kind_then_it_answers_what_is_declared(name: str) -> None:
    assert derive(KINDS[name](), GIVEN).keys() == derived(KINDS[name]).keys()


def test_derive_when_a_risk_is_scored_then_every_stage_is_its_own() -> None:
    risk = Risk(
        inherent_likelihood=5, inherent_impact=4, residual_likelihood=3, residual_impact=3,
        target_likelihood=1, due_on=date(2026, 5, 1),
    )  # fmt: skip
    assert derive(risk, GIVEN) == {
        "inherent_score": 20,
        "inherent_level": "critical",
        "residual_score": 9,
        "residual_level": "moderate",
        "target_score": None,
        "target_level": None,
        "due_at": date(2026, 5, 1),
    }


@pytest.mark.parametrize("record", [Action(ref="C3"), Step(ref="C3.2")])
def test_derive_when_it_is_an_action_or_step_then_the_catalogue_gives_its_title(
    record: Action | Step,
) -> None:
    assert derive(record, GIVEN)["title"] == f"Title of {record.ref}"
