"""A processing activity.

Why personal data are used: one row a purpose, enough for the record that article 30 of the GDPR
asks of controllers (30(1)) and processors (30(2)); domain 5.3 and 5.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records.base import Record
from riskreg.records.declaring import choice, choices, day, duration, line, links, prose, yes_no

WHY = N_("Why")
WHOSE = N_("Whose data")
SHARED = N_("Who receives it")
KEPT = N_("How long, how safe")
PIA = N_("Impact assessment")
REVIEW = N_("Review")
TIES = N_("Ties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Processing(Record):
    """One purpose for which personal data are used."""

    kind: ClassVar[str] = "processing"
    prefix: ClassVar[str] = "PR"
    icon: ClassVar[str] = "workflow"
    singular: ClassVar[str] = N_("Processing activity")
    plural: ClassVar[str] = N_("Processing activities")

    our_role: str | None = choice(N_("Our role"), "processing_role", short=True)
    status: str | None = choice(N_("Status"), "processing_status", short=True)
    owner: frozenset[int] = links(
        N_("Owner"),
        "owner",
        "party",
        "owned_processing",
        N_("Processing owned"),
        one=True,
        short=True,
    )
    purposes: str = prose(
        N_("Purposes"), section=WHY, short=True, help=N_("What the data are used for.")
    )
    basis: str | None = choice(N_("Legal basis"), "legal_basis", section=WHY, short=True)
    basis_text: str = prose(
        N_("Basis in detail"),
        section=WHY,
        help=N_("The consent, contract, law or interest that it rests on."),
    )
    source: str = line(N_("Collected from"), section=WHY)
    controllers: frozenset[int] = links(
        N_("On behalf of"),
        "on_behalf_of",
        "party",
        "ordered_processing",
        N_("Processing ordered"),
        section=WHY,
        help=N_("Joint controllers, or whom we process for."),
    )
    subject_categories: frozenset[str] = choices(
        N_("Categories of people"), "subject_category", section=WHOSE, short=True
    )
    data_types: frozenset[str] = choices(
        N_("Kinds of data"), "data_type", section=WHOSE, short=True
    )
    automated_decisions: bool | None = yes_no(
        N_("Decisions by machine alone"), section=WHOSE, help=N_("Profiling included.")
    )
    recipients: str = prose(N_("Recipients"), section=SHARED)
    processors: frozenset[int] = links(
        N_("Processors"),
        "processed_by",
        "party",
        "carried_processing",
        N_("Processing carried out"),
        section=SHARED,
    )
    countries: frozenset[str] = choices(
        N_("Countries and places"), "country_or_place", section=SHARED
    )
    safeguards: str = prose(
        N_("Safeguards abroad"), section=SHARED, help=N_("Contract clauses, adequacy, consent.")
    )
    retention: str = line(N_("Erased after"), section=KEPT, help=N_("How long, counted from what."))
    security_measures: str = prose(N_("Security measures"), section=KEPT)
    pia_status: str | None = choice(N_("Assessed"), "pia_progress", section=PIA)
    pia_on: date | None = day(N_("Assessed on"), section=PIA)
    pia_text: str = prose(N_("What was found"), section=PIA)
    last_review_on: date | None = day(N_("Last review"), section=REVIEW)
    next_review_on: date | None = day(N_("Next review"), section=REVIEW)
    review_every_months: int | None = duration(
        N_("Review every (months)"), "months", section=REVIEW
    )
    assets: frozenset[int] = links(
        N_("Data used"), "uses", "asset", "processing", N_("Processing"), section=TIES
    )
    risks: frozenset[int] = links(
        N_("Risks"), "raises", "risk", "processing", N_("Processing"), section=TIES
    )
