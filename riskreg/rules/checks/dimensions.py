"""Checks of impact by dimension: what the dimensions add up to, and where a loss in money belongs (domain 4.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from riskreg.errors import N_
from riskreg.records import Risk
from riskreg.rules import dimensions
from riskreg.rules.checks.base import SCORING, Check, Hit, check
from riskreg.rules.checks.snapshot import Snapshot


@check(
    Risk,
    "warning",
    field="residual_impact",
    sentence=N_("The residual impact is {impact}, below the worst of its dimensions, {worst}."),
    source=SCORING,
)
def impact_below_a_dimension(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """The worst dimension counts; an impact above it may have a reason that no dimension tells."""
    worst, impact = dimensions.worst(risk), risk.residual_impact
    if worst is not None and impact is not None and impact < worst:
        facts = {"impact": impact, "worst": worst}
        yield Hit(facts=facts, repair={"residual_impact": worst})


@check(
    Risk,
    "warning",
    field="residual_impact",
    sentence=N_("Its impact is told by dimension, the worst being {worst}, but not as a whole."),
    source=SCORING,
)
def impact_only_by_dimension(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """Without the residual impact it has no score."""
    worst = dimensions.worst(risk)
    if worst is not None and risk.residual_impact is None:
        yield Hit(facts={"worst": worst}, repair={"residual_impact": worst})


@check(
    Risk,
    "warning",
    field="impact_money",
    sentence=N_("The loss expected falls in step {step} of its scale, the financial impact is {impact}."),
    source=SCORING,
)  # fmt: skip
def loss_in_another_band(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """The bands of money say which step a loss is."""
    step = dimensions.loss_step(risk, around.vocabulary.scale_by(risk.scored_by))
    if step is not None and risk.impact_money not in (None, step):
        facts = {"step": step, "impact": risk.impact_money or 0}
        yield Hit(facts=facts, repair={"impact_money": step})


@check(
    Risk,
    "hint",
    field="expected_loss",
    sentence=N_("The loss is in {currency}; the money bands of its scale are in {other}."),
    source=SCORING,
)
def loss_without_band(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """No rate is guessed: somebody states the loss in the currency of the bands, or sets the step by hand."""
    money = around.vocabulary.scale_by(risk.scored_by).dimension("money")
    if risk.expected_loss is None or money is None or not money.up_to:
        return
    if risk.expected_loss.currency != money.currency:
        facts = {"currency": risk.expected_loss.currency, "other": money.currency}
        yield Hit(facts=facts)


CHECKS: Final[tuple[Check, ...]] = (
    impact_below_a_dimension,
    impact_only_by_dimension,
    loss_in_another_band,
    loss_without_band,
)
"""In the order in which they are asked."""
