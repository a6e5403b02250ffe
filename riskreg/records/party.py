"""A party.

A person, role, team or outside organisation that owns, supplies, insures, regulates or is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from riskreg.records.base import Record
from riskreg.records.fields import N_, choice, day, line

CONTACT = N_("Contact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Record):
    """One person or organisation."""

    kind: ClassVar[str] = "party"
    prefix: ClassVar[str] = "P"
    singular: ClassVar[str] = N_("Party")
    plural: ClassVar[str] = N_("People and organisations")

    party_type: str | None = choice(N_("Type"), "party_type", short=True)
    email: str = line(N_("Email"), section=CONTACT, short=True)
    phone: str = line(N_("Phone"), section=CONTACT, short=True)
    phone_24h: str = line(N_("Phone, day and night"), section=CONTACT, short=True)
    from_on: date | None = day(N_("From"), section=CONTACT)
    until_on: date | None = day(N_("Until"), section=CONTACT)
