"""A risk.

What could happen to personal data, how bad it is before and after measures, and what is done about
it.

Scores are likelihood times impact on the organisation's scale (`rules.scoring`); inherent is before
any control, residual with the
controls in place today, target after the planned treatment (ISO 31000; treatment options of ISO/IEC
27005).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records import values
from riskreg.records.base import Record
from riskreg.records.declaring import (
    choice,
    day,
    derived_choice,
    derived_score,
    duration,
    links,
    money,
    prose,
    score,
)

SCORES = N_("How likely, how bad")
DIMENSIONS = N_("Impact in detail")
TREATMENT = N_("Treatment")
STORY = N_("What could happen")
ACCEPTANCE = N_("Acceptance")
REVIEW = N_("Review")
TIES = N_("Ties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Record):
    """One risk to personal data."""

    kind: ClassVar[str] = "risk"
    prefix: ClassVar[str] = "R"
    icon: ClassVar[str] = "shield-alert"
    singular: ClassVar[str] = N_("Risk")
    plural: ClassVar[str] = N_("Risks")

    category: str | None = choice(N_("Category"), "risk_category", short=True)
    status: str | None = choice(N_("Status"), "risk_status", short=True)
    owner: frozenset[int] = links(
        N_("Owner"), "owner", "party", "owned_risks", N_("Risks owned"), one=True, short=True
    )
    cause: str = prose(N_("Cause"), section=STORY, help=N_("Why it could happen."))
    event: str = prose(N_("Event"), section=STORY, help=N_("What would happen to the data."))
    consequence: str = prose(
        N_("Consequence"), section=STORY, help=N_("What that would mean for the people.")
    )
    threats: str = prose(N_("Threats"), section=STORY, help=N_("Who or what could bring it about."))
    vulnerabilities: str = prose(N_("Weaknesses"), section=STORY, help=N_("What makes it easier."))
    controls: str = prose(
        N_("Controls today"), section=STORY, help=N_("What already keeps it in check.")
    )
    inherent_likelihood: int | None = score(
        N_("Inherent likelihood"), "likelihood", section=SCORES, help=N_("Before any control.")
    )
    inherent_impact: int | None = score(N_("Inherent impact"), "impact", section=SCORES)
    inherent_score: int | None = derived_score(N_("Inherent score"), section=SCORES)
    inherent_level: str | None = derived_choice(N_("Inherent level"), "level", section=SCORES)
    residual_likelihood: int | None = score(
        N_("Residual likelihood"),
        "likelihood",
        section=SCORES,
        short=True,
        help=N_("With today's controls."),
    )
    residual_impact: int | None = score(N_("Residual impact"), "impact", section=SCORES, short=True)
    residual_score: int | None = derived_score(N_("Residual score"), section=SCORES)
    residual_level: str | None = derived_choice(
        N_("Residual level"), "level", section=SCORES, short=True
    )
    target_likelihood: int | None = score(
        N_("Target likelihood"),
        "likelihood",
        section=SCORES,
        help=N_("After the planned treatment."),
    )
    target_impact: int | None = score(N_("Target impact"), "impact", section=SCORES)
    target_score: int | None = derived_score(N_("Target score"), section=SCORES)
    target_level: str | None = derived_choice(N_("Target level"), "level", section=SCORES)
    target_on: date | None = day(N_("Target reached by"), section=SCORES)
    scored_by: frozenset[int] = links(
        N_("Scored by"),
        "scored_by",
        "scale",
        "scored_risks",
        N_("Risks scored by it"),
        one=True,
        section=SCORES,
        help=N_("Empty: the scale in force."),
    )
    impact_people: int | None = score(
        N_("On the people"),
        "impact",
        dimension="people",
        section=DIMENSIONS,
        help=N_("With today's controls; the worst of the five is the residual impact."),
    )
    impact_legal: int | None = score(N_("Legal"), "impact", dimension="legal", section=DIMENSIONS)
    impact_money: int | None = score(
        N_("Financial"), "impact", dimension="money", section=DIMENSIONS
    )
    impact_operations: int | None = score(
        N_("On the work"), "impact", dimension="operations", section=DIMENSIONS
    )
    impact_reputation: int | None = score(
        N_("On reputation"), "impact", dimension="reputation", section=DIMENSIONS
    )
    expected_loss: values.Money | None = money(
        N_("Loss if it happens"),
        section=DIMENSIONS,
        help=N_("It falls in one of the money bands of the scale."),
    )
    treatment: str | None = choice(N_("Treatment"), "risk_treatment", section=TREATMENT)
    treatment_option: str | None = choice(
        N_("In detail"),
        "risk_treatment_option",
        section=TREATMENT,
        help=N_("The seven options of ISO 31000."),
    )
    treatment_text: str = prose(N_("What will be done"), section=TREATMENT)
    due_on: date | None = day(N_("Due"), section=TREATMENT)
    treatment_cost: values.Money | None = money(N_("Cost"), section=TREATMENT)
    accepted_by: frozenset[int] = links(
        N_("Accepted by"),
        "accepted_by",
        "party",
        "accepted_risks",
        N_("Risks accepted"),
        one=True,
        section=ACCEPTANCE,
    )
    accepted_on: date | None = day(N_("Accepted on"), section=ACCEPTANCE)
    accepted_until_on: date | None = day(
        N_("Accepted until"), section=ACCEPTANCE, help=N_("On that day it is decided again.")
    )
    acceptance_reason: str = prose(N_("Why it is accepted"), section=ACCEPTANCE)
    last_review_on: date | None = day(N_("Last review"), section=REVIEW)
    next_review_on: date | None = day(N_("Next review"), section=REVIEW)
    review_every_months: int | None = duration(
        N_("Review every (months)"), "months", section=REVIEW
    )
    assets: frozenset[int] = links(
        N_("Data threatened"), "threatens", "asset", "risks", N_("Risks"), section=TIES
    )
