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

from riskreg.records.base import Record
from riskreg.records.fields import (
    N_,
    choice,
    day,
    derived_choice,
    derived_score,
    links,
    prose,
    score,
)

SCORES = N_("How likely, how bad")
TREATMENT = N_("Treatment")
STORY = N_("What could happen")
TIES = N_("Ties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Record):
    """One risk to personal data."""

    kind: ClassVar[str] = "risk"
    prefix: ClassVar[str] = "R"
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
    treatment: str | None = choice(N_("Treatment"), "risk_treatment", section=TREATMENT)
    treatment_text: str = prose(N_("What will be done"), section=TREATMENT)
    due_on: date | None = day(N_("Due"), section=TREATMENT)
    next_review_on: date | None = day(N_("Next review"), section=TREATMENT)
    assets: frozenset[int] = links(
        N_("Data threatened"), "threatens", "asset", "risks", N_("Risks"), section=TIES
    )
