"""The organisation whose register this is.

Its name, its time zone, its language. There is one in every register.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from riskreg.errors import N_
from riskreg.records import values
from riskreg.records.base import Record
from riskreg.records.declaring import choice, choices, count, line, links, tags, yes_no

ABOUT_US = N_("About us")
LIMITS = N_("How much risk we take")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """The one organisation of a register; its title is its name."""

    kind: ClassVar[str] = "organisation"
    prefix: ClassVar[str] = "ORG"
    numbering: ClassVar[Literal["plain", "yearly", "catalogue", "single"]] = "single"
    icon: ClassVar[str] = "house"
    singular: ClassVar[str] = N_("Organisation")
    plural: ClassVar[str] = N_("Organisation")

    zone: str = line(
        N_("Time zone"),
        required=True,
        plain=True,
        short=True,
        help=N_("Such as Asia/Hong_Kong; times are shown in it."),
    )
    language: str | None = choice(N_("Language"), "language", short=True)
    sector: str | None = choice(N_("Sector"), "sector", section=ABOUT_US)
    staff_count: values.Count | None = count(N_("Number of staff"), section=ABOUT_US)
    has_providers: bool | None = yes_no(
        N_("Others process data for us"), section=ABOUT_US, help=N_("A cloud service counts.")
    )
    sends_abroad: bool | None = yes_no(
        N_("Data leave Hong Kong"), section=ABOUT_US, help=N_("To the Mainland or elsewhere.")
    )
    holds_sensitive: bool | None = yes_no(
        N_("Sensitive data held"),
        section=ABOUT_US,
        help=N_("Health, HKID numbers, children, payment cards."),
    )
    ci_operator: str | None = choice(
        N_("Critical infrastructure"),
        "ci_operator",
        section=ABOUT_US,
        help=N_("Under Cap. 653 only those designated in writing are bound."),
    )
    established_in: frozenset[str] = choices(
        N_("Established in"),
        "country_or_place",
        section=ABOUT_US,
        help=N_("Where we have an office or company; it decides which laws apply."),
    )
    offers_to: frozenset[str] = choices(
        N_("Serves people in"),
        "country_or_place",
        section=ABOUT_US,
        help=N_("Where we offer goods or services to people."),
    )
    serves_elsewhere: bool | None = yes_no(
        N_("Serves people beyond where it is established"), section=ABOUT_US
    )
    switched_rules: frozenset[str] = tags(
        N_("Rules switched on"),
        section=ABOUT_US,
        help=N_("Rules of notification that apply only when an organisation says so."),
    )
    size: str | None = choice(N_("Size"), "organisation_size", section=ABOUT_US)
    registration_number: str = line(N_("Registration number"), section=ABOUT_US)
    activity: str = line(
        N_("Economic activity"),
        section=ABOUT_US,
        help=N_("In words or as a code; forms ask for it."),
    )
    address: str = line(
        N_("Address"), section=ABOUT_US, help=N_("Stands on records of processing and notices.")
    )
    phone: str = line(N_("Phone"), section=ABOUT_US)
    email: str = line(N_("Email"), section=ABOUT_US)
    officer: frozenset[int] = links(
        N_("Data protection officer"),
        "officer",
        "party",
        "officer_of",
        N_("Data protection officer of"),
        one=True,
        section=ABOUT_US,
    )
    representative: frozenset[int] = links(
        N_("Representative in the EU"),
        "represents",
        "party",
        "represents_us",
        N_("Represents us in the EU"),
        one=True,
        section=ABOUT_US,
    )
    logo: frozenset[int] = links(
        N_("Logo"),
        "logo",
        "evidence",
        "logo_of",
        N_("Logo of"),
        one=True,
        section=ABOUT_US,
        help=N_("An image kept as evidence; it stands on every report."),
    )
    appetite: str | None = choice(
        N_("Appetite"),
        "level",
        section=LIMITS,
        help=N_("The highest level that needs no treatment."),
    )
    tolerance: str | None = choice(
        N_("Tolerance"),
        "level",
        section=LIMITS,
        help=N_("The highest level that may be accepted at all."),
    )
    is_sample: bool | None = yes_no(N_("Sample"))
