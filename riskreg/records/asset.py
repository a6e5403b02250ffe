"""An asset.

Personal data the organisation holds, where it is and how long it stays (the PCPD's personal data
inventory: domain 2.6, with what article 30 of the GDPR and ISO/IEC 27001 A.5.9 add).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records import values
from riskreg.records.base import Record
from riskreg.records.declaring import choice, choices, count, day, duration, line, links, prose

WHAT = N_("What is held")
WHY = N_("Why and from where")
WHERE = N_("Where and how long")
SAFE = N_("How it is protected")
SHARED = N_("Who receives it")
REVIEW = N_("Review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset(Record):
    """One body of personal data, or the thing that holds it."""

    kind: ClassVar[str] = "asset"
    prefix: ClassVar[str] = "A"
    icon: ClassVar[str] = "database"
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
    records_count: values.Count | None = count(N_("Number of records"), section=WHAT)
    business_process: str = line(N_("Business process"), section=WHY)
    purposes: str = prose(
        N_("Purposes"),
        section=WHY,
        help=N_("What it is collected for, in the words people were told (DPP 1)."),
    )
    basis: str = line(
        N_("Basis"), section=WHY, help=N_("The consent, contract or law that it rests on.")
    )
    source: str | None = choice(N_("Collected from"), "collection_source", section=WHY)
    notice_version: str = line(
        N_("Collection statement"),
        section=WHY,
        help=N_("Version of the Personal Information Collection Statement given to people."),
    )
    storage_medium: str | None = choice(N_("Medium"), "storage_medium", section=WHERE)
    storage_location: str = line(N_("Place"), section=WHERE, help=N_("Country and site."))
    storage_countries: frozenset[str] = choices(N_("Stored in"), "country_or_place", section=WHERE)
    custodian: frozenset[int] = links(
        N_("Kept by"),
        "keeps",
        "party",
        "kept_assets",
        N_("Data kept"),
        one=True,
        section=WHERE,
        help=N_("Who runs the system or holds the key to the cabinet."),
    )
    system: str = line(N_("System"), section=WHERE)
    retention: str = line(
        N_("Kept for"), section=WHERE, short=True, help=N_("How long, counted from what.")
    )
    retention_months: int | None = duration(N_("Kept for (months)"), "months", section=WHERE)
    retention_trigger: str = line(
        N_("Counted from"),
        section=WHERE,
        help=N_("Such as the last visit or the end of the contract."),
    )
    disposal_method: str | None = choice(N_("Disposed of by"), "disposal_method", section=WHERE)
    last_disposal_on: date | None = day(N_("Last disposal"), section=WHERE)
    classification: str | None = choice(N_("Classification"), "classification", section=SAFE)
    criticality: str | None = choice(
        N_("Criticality"), "criticality", section=SAFE, help=N_("How much the work depends on it.")
    )
    access: str = prose(N_("Who has access"), section=SAFE)
    security_measures: str = prose(N_("Security measures"), section=SAFE)
    encryption: str | None = choice(N_("Encryption"), "encryption", section=SAFE)
    backup: str = line(
        N_("Backup"),
        section=SAFE,
        help=N_("How often, to where, and when a restore was last tried."),
    )
    recipients: str = prose(
        N_("Recipients inside"), section=SHARED, help=N_("Departments and roles that use it.")
    )
    transferees: str = prose(
        N_("Recipients outside"), section=SHARED, help=N_("Whom it is given to, and why.")
    )
    processors: frozenset[int] = links(
        N_("Processors"),
        "processed_by",
        "party",
        "processed_assets",
        N_("Data processed"),
        section=SHARED,
    )
    last_review_on: date | None = day(N_("Last review"), section=REVIEW)
    next_review_on: date | None = day(N_("Next review"), section=REVIEW)
    review_every_months: int | None = duration(
        N_("Review every (months)"), "months", section=REVIEW
    )
