"""A party.

A person, role, team or outside organisation that owns, supplies, insures, regulates or is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records.base import Record
from riskreg.records.declaring import choice, choices, day, duration, line

CONTACT = N_("Contact")
CONTRACT = N_("Contract")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Record):
    """One person or organisation."""

    kind: ClassVar[str] = "party"
    prefix: ClassVar[str] = "P"
    icon: ClassVar[str] = "users"
    singular: ClassVar[str] = N_("Person or organisation")
    plural: ClassVar[str] = N_("People and organisations")

    party_type: str | None = choice(N_("Type"), "party_type", short=True)
    email: str = line(N_("Email"), section=CONTACT, short=True)
    phone: str = line(N_("Phone"), section=CONTACT, short=True)
    phone_24h: str = line(N_("Phone, day and night"), section=CONTACT, short=True)
    position: str = line(N_("Post"), section=CONTACT, short=True)
    address: str = line(N_("Address"), section=CONTACT)
    located_in: str | None = choice(N_("Country or place"), "country_or_place", section=CONTACT)
    from_on: date | None = day(N_("With us since"), section=CONTACT)
    until_on: date | None = day(
        N_("With us until"),
        section=CONTACT,
        help=N_("Empty while they serve; a contract's end stands below."),
    )
    contract_ref: str = line(
        N_("Contract"), section=CONTRACT, help=N_("Its number, and where the signed copy is kept.")
    )
    contract_until_on: date | None = day(N_("Contract ends"), section=CONTRACT)
    notice_hours: int | None = duration(
        N_("Must tell us within (hours)"),
        "hours",
        section=CONTRACT,
        help=N_("How soon the contract makes them report a breach."),
    )
    processes: frozenset[str] = choices(
        N_("Kinds of data processed"), "data_type", section=CONTRACT
    )
    policy_number: str = line(
        N_("Policy number"),
        section=CONTRACT,
        help=N_("Of an insurer: what you give when you call."),
    )
