"""A transfer.

Personal data that leave for another place, by contract or otherwise; for the standard contract of
the Greater Bay Area also its filing, due ten working days after it takes effect (domain 2.8).
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
    choices,
    count,
    day,
    derived_day,
    duration,
    line,
    links,
    prose,
    yes_no,
)

WHAT = N_("What is sent")
CONTRACT = N_("Contract and filing")
REVIEW = N_("Review")
TIES = N_("Ties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Record):
    """One flow of personal data to another place."""

    kind: ClassVar[str] = "transfer"
    prefix: ClassVar[str] = "TR"
    icon: ClassVar[str] = "arrow-left-right"
    singular: ClassVar[str] = N_("Transfer")
    plural: ClassVar[str] = N_("Transfers")

    direction: str | None = choice(N_("Direction"), "transfer_direction", short=True)
    status: str | None = choice(N_("Status"), "transfer_status", short=True)
    mechanism: str | None = choice(N_("By means of"), "transfer_mechanism", short=True)
    owner: frozenset[int] = links(
        N_("Owner"),
        "owner",
        "party",
        "owned_transfers",
        N_("Transfers owned"),
        one=True,
        short=True,
    )
    exporter: frozenset[int] = links(
        N_("Sender"),
        "exporter",
        "party",
        "sent_transfers",
        N_("Transfers sent"),
        one=True,
        short=True,
    )
    recipient: frozenset[int] = links(
        N_("Recipient"),
        "recipient",
        "party",
        "received_transfers",
        N_("Transfers received"),
        one=True,
        short=True,
    )
    destination: str | None = choice(N_("Destination"), "country_or_place", section=WHAT)
    city: str = line(
        N_("City"), section=WHAT, help=N_("For the Greater Bay Area, one of the nine.")
    )
    purposes: str = prose(N_("Purposes"), section=WHAT)
    method: str = line(N_("How it is sent"), section=WHAT)
    data_types: frozenset[str] = choices(N_("Kinds of data"), "data_type", section=WHAT)
    is_sensitive: bool | None = yes_no(N_("Sensitive data"), section=WHAT)
    people_count: values.Count | None = count(N_("Number of people"), section=WHAT)
    storage_months: int | None = duration(N_("Kept there for (months)"), "months", section=WHAT)
    legal_representative: str = line(N_("Legal representative"), section=CONTRACT)
    pia_on: date | None = day(
        N_("Impact assessed on"),
        section=CONTRACT,
        help=N_("Within three months before filing (to be confirmed in the Guidelines)."),
    )
    signed_on: date | None = day(N_("Signed on"), section=CONTRACT)
    effective_on: date | None = day(N_("Takes effect on"), section=CONTRACT)
    files_with: str | None = choice(N_("Filed with"), "filing_office", section=CONTRACT)
    filing_due_on: date | None = derived_day(N_("Filing due"), section=CONTRACT, reads=("terms",))
    filed_on: date | None = day(N_("Filed on"), section=CONTRACT)
    filing_number: str = line(N_("Filing number"), section=CONTRACT)
    refile_triggers: frozenset[str] = choices(
        N_("Changed since"),
        "refile_trigger",
        section=CONTRACT,
        help=N_("What makes a new or supplementary contract and filing necessary."),
    )
    refiled_on: date | None = day(N_("Filed again on"), section=CONTRACT)
    ended_on: date | None = day(N_("Ended on"), section=CONTRACT)
    last_review_on: date | None = day(N_("Last review"), section=REVIEW)
    next_review_on: date | None = day(N_("Next review"), section=REVIEW)
    review_every_months: int | None = duration(
        N_("Review every (months)"), "months", section=REVIEW
    )
    assets: frozenset[int] = links(
        N_("Data sent"), "sends", "asset", "transfers", N_("Transfers"), section=TIES
    )
    processing: frozenset[int] = links(
        N_("Sent for"), "sent_for", "processing", "transfers", N_("Transfers"), section=TIES
    )
    risks: frozenset[int] = links(
        N_("Risks"), "brings", "risk", "transfers", N_("Transfers"), section=TIES
    )
