"""An asset.

Personal data the organisation holds, where it is and how long it stays (the PCPD's personal data
inventory).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from riskreg.records import values
from riskreg.records.base import Record
from riskreg.records.fields import N_, choice, choices, count, day, line, links, prose

WHAT = N_("What is held")
WHERE = N_("Where and how long")
REVIEW = N_("Review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset(Record):
    """One body of personal data, or the thing that holds it."""

    kind: ClassVar[str] = "asset"
    prefix: ClassVar[str] = "A"
    singular: ClassVar[str] = N_("Data asset")
    plural: ClassVar[str] = N_("Data we hold")

    category: str | None = choice(N_("Category"), "asset_category", short=True)
    status: str | None = choice(N_("Status"), "asset_status", short=True)
    owner: frozenset[int] = links(
        N_("Owner"), "owner", "party", "owned_assets", N_("Data owned"), one=True, short=True
    )
    description: str = prose(N_("Description"), section=WHAT, short=True)
    subject_categories: frozenset[str] = choices(
        N_("Whose data"), "subject_category", section=WHAT, short=True
    )
    data_types: frozenset[str] = choices(N_("Kinds of data"), "data_type", section=WHAT, short=True)
    people_count: values.Count | None = count(N_("Number of people"), section=WHAT)
    storage_medium: str | None = choice(N_("Medium"), "storage_medium", section=WHERE)
    storage_location: str = line(N_("Place"), section=WHERE, help=N_("Country and site."))
    system: str = line(N_("System"), section=WHERE)
    retention: str = line(
        N_("Kept for"), section=WHERE, short=True, help=N_("How long, counted from what.")
    )
    last_review_on: date | None = day(N_("Last review"), section=REVIEW)
    next_review_on: date | None = day(N_("Next review"), section=REVIEW)
