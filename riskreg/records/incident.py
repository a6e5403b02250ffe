"""An incident: a suspected or actual breach of the security of personal data, or a near miss.

The times follow the PCPD's guidance (30 June 2023) and GDPR article 33: when it happened, when it
was discovered, when the
organisation became aware with reasonable certainty. A title alone is enough to log one; the rest is
"not known yet". Categories are
those of the EDPB's draft notification form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from riskreg.errors import N_
from riskreg.records import values
from riskreg.records.base import Record
from riskreg.records.declaring import choice, choices, count, instant, line, links, prose, yes_no

WHEN = N_("When")
WHAT = N_("What happened")
WHO = N_("Who and what data")
TIES = N_("Ties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Record):
    """One incident, near miss or drill."""

    kind: ClassVar[str] = "incident"
    prefix: ClassVar[str] = "I"
    numbering: ClassVar[Literal["plain", "yearly", "catalogue", "single"]] = "yearly"
    icon: ClassVar[str] = "siren"
    singular: ClassVar[str] = N_("Incident")
    plural: ClassVar[str] = N_("Incidents")

    status: str | None = choice(N_("Status"), "incident_status", short=True)
    occurred_from_at: values.Instant | None = instant(
        N_("Happened, from"), section=WHEN, short=True
    )
    occurred_to_at: values.Instant | None = instant(N_("Happened, until"), section=WHEN)
    discovered_at: values.Instant | None = instant(N_("Discovered"), section=WHEN, short=True)
    aware_at: values.Instant | None = instant(
        N_("Aware"),
        section=WHEN,
        short=True,
        help=N_("When you were reasonably certain that personal data was affected."),
    )
    processor_informed_at: values.Instant | None = instant(N_("Processor told us"), section=WHEN)
    assessed_at: values.Instant | None = instant(N_("Assessed"), section=WHEN)
    contained_at: values.Instant | None = instant(N_("Contained"), section=WHEN)
    closed_at: values.Instant | None = instant(N_("Closed"), section=WHEN)
    narrative: str = prose(N_("What happened"), section=WHAT, short=True)
    category: str | None = choice(N_("Kind of incident"), "incident_category", section=WHAT)
    cause: str | None = choice(N_("Cause"), "incident_cause", section=WHAT)
    location: str = line(N_("Place or system"), section=WHAT)
    discovered_by: str = line(N_("Discovered by"), section=WHAT)
    discovery_channel: str | None = choice(
        N_("How it came to light"), "discovery_channel", section=WHAT
    )
    reported_by: str = line(N_("Reported by"), section=WHAT)
    near_miss: bool | None = yes_no(N_("Near miss"), section=WHAT)
    drill: bool | None = yes_no(N_("Drill"), section=WHAT)
    data_types: frozenset[str] = choices(N_("Kinds of data"), "data_type", section=WHO, short=True)
    subject_categories: frozenset[str] = choices(N_("Whose data"), "subject_category", section=WHO)
    people_count: values.Count | None = count(N_("People affected"), section=WHO, short=True)
    records_count: values.Count | None = count(N_("Records affected"), section=WHO)
    people_live_in: frozenset[str] = choices(
        N_("Where the people live"),
        "country_or_place",
        section=WHO,
        short=True,
        help=N_("It decides which laws apply."),
    )
    assets: frozenset[int] = links(
        N_("Data affected"), "affects", "asset", "incidents", N_("Incidents"), section=TIES
    )
    risks: frozenset[int] = links(
        N_("Risks that came true"),
        "materialises",
        "risk",
        "incidents",
        N_("Incidents"),
        section=TIES,
    )
    actions: frozenset[int] = links(
        N_("Gaps shown in"), "shows_gap", "action", "incidents", N_("Incidents"), section=TIES
    )
