"""A measure.

One control that keeps personal data safe: what it is, whether it is in place, whether it works and
what shows it (the PCPD's seven areas of data security: domain 2.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records.base import Record
from riskreg.records.declaring import choice, day, duration, line, links, prose

WHAT = N_("What it is")
WORKS = N_("Does it work")
REVIEW = N_("Review")
TIES = N_("Ties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Record):
    """One control, planned or in place."""

    kind: ClassVar[str] = "measure"
    prefix: ClassVar[str] = "M"
    icon: ClassVar[str] = "lock"
    singular: ClassVar[str] = N_("Measure")
    plural: ClassVar[str] = N_("Measures")

    area: str | None = choice(N_("Area"), "measure_area", short=True)
    status: str | None = choice(N_("Status"), "measure_status", short=True)
    owner: frozenset[int] = links(
        N_("Owner"), "owner", "party", "owned_measures", N_("Measures owned"), one=True, short=True
    )
    due_on: date | None = day(N_("In place by"), short=True)
    description: str = prose(N_("Description"), section=WHAT)
    function: str | None = choice(
        N_("What it does"), "measure_function", section=WHAT, help=N_("When it comes into play.")
    )
    source: str = line(
        N_("Where it comes from"), section=WHAT, help=N_("The guidance or standard that asks it.")
    )
    effectiveness: str | None = choice(N_("Effectiveness"), "effectiveness", section=WORKS)
    tested_on: date | None = day(N_("Tested on"), section=WORKS)
    evidence_wanted: str = prose(
        N_("Evidence wanted"), section=WORKS, help=N_("What would show an auditor that it works.")
    )
    evidence_text: str = prose(
        N_("Evidence"), section=WORKS, help=N_("What shows that it works, and where it is kept.")
    )
    evidence_until_on: date | None = day(N_("Evidence good until"), section=WORKS)
    last_review_on: date | None = day(N_("Last review"), section=REVIEW)
    next_review_on: date | None = day(N_("Next review"), section=REVIEW)
    review_every_months: int | None = duration(
        N_("Review every (months)"), "months", section=REVIEW
    )
    risks: frozenset[int] = links(
        N_("Risks lowered"), "mitigates", "risk", "measures", N_("Measures"), section=TIES
    )
    assets: frozenset[int] = links(
        N_("Data protected"), "safeguards", "asset", "measures", N_("Measures"), section=TIES
    )
    actions: frozenset[int] = links(
        N_("Policy actions served"), "serves", "action", "measures", N_("Measures"), section=TIES
    )
