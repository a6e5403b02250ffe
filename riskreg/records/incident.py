"""An incident: a suspected or actual breach of the security of personal data, or a near miss.

The times follow the PCPD's guidance (30 June 2023) and GDPR article 33: when it happened, when it
was discovered, when the organisation became aware with reasonable certainty. A title alone is enough to
log one; the rest is "not known yet". Categories, effects and measures are those of the EDPB's draft
notification form (domain.md 5.1, 5.2). How bad it could be, what was decided, who was told and what
happened when are records of their own that point here: assessment, decision, notice, entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Literal

from riskreg.errors import N_
from riskreg.records import values
from riskreg.records.base import Record
from riskreg.records.declaring import (
    choice,
    choices,
    count,
    day,
    instant,
    line,
    links,
    money,
    prose,
    yes_no,
)

WHEN = N_("When")
WHAT = N_("What happened")
WHO = N_("Who and what data")
EFFECTS = N_("What it means for the people")
DONE = N_("What was done")
OTHERS = N_("Who else is concerned")
REVIEW = N_("Review")
TIES = N_("Ties")

TRIGGERS: Final = (
    "occurred_from_at",
    "discovered_at",
    "aware_at",
    "processor_aware_at",
    "processor_informed_at",
    "notifiable_at",
    "contained_at",
    "closed_at",
)
"""The instants from which a clock can run: changing one that was known needs `trigger_reason` to say why."""


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
    severity: str | None = choice(
        N_("Severity"),
        "severity_band",
        short=True,
        help=N_("For the people, as the newest assessment has it."),
    )
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
    processor_aware_at: values.Instant | None = instant(N_("Processor became aware"), section=WHEN)
    processor_informed_at: values.Instant | None = instant(N_("Processor told us"), section=WHEN)
    assessed_at: values.Instant | None = instant(N_("Assessed"), section=WHEN)
    notifiable_at: values.Instant | None = instant(
        N_("Found notifiable"),
        section=WHEN,
        help=N_(
            "When it was assessed as a breach that has to be notified; Singapore counts from it."
        ),
    )
    contained_at: values.Instant | None = instant(N_("Contained"), section=WHEN)
    recovered_at: values.Instant | None = instant(N_("Back to normal"), section=WHEN)
    closed_at: values.Instant | None = instant(N_("Closed"), section=WHEN)
    trigger_reason: str = prose(
        N_("Why a time was changed"),
        section=WHEN,
        help=N_("Clocks run from these times: a later change says why."),
    )
    narrative: str = prose(N_("What happened"), section=WHAT, short=True)
    category: str | None = choice(N_("Kind of incident"), "incident_category", section=WHAT)
    cause: str | None = choice(N_("Cause"), "incident_cause", section=WHAT)
    nature: frozenset[str] = choices(N_("Nature"), "breach_nature", section=WHAT)
    is_ongoing: bool | None = yes_no(N_("Still going on"), section=WHAT)
    location: str = line(N_("Place or system"), section=WHAT)
    media: frozenset[str] = choices(N_("Kept on"), "storage_medium", section=WHAT)
    systems: str = prose(N_("Systems involved"), section=WHAT)
    weakness: str = prose(N_("Weakness behind it"), section=WHAT)
    our_role: str | None = choice(
        N_("Who we are in this"),
        "processing_role",
        section=WHAT,
        help=N_("It decides whom we have to tell."),
    )
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
    people_by_place: str = prose(
        N_("Number by place"),
        section=WHO,
        help=N_("One place a line and how many live there, such as Germany: 12."),
    )
    has_vulnerable: bool | None = yes_no(
        N_("Children or vulnerable people"), section=WHO, help=N_("Patients count.")
    )
    protection: str | None = choice(
        N_("Unreadable to others"),
        "data_protection",
        section=WHO,
        help=N_("Such as encrypted with a key that is safe."),
    )
    data_words: str = prose(N_("The data in words"), section=WHO)
    consequences: frozenset[str] = choices(
        N_("Likely consequences"), "breach_consequence", section=EFFECTS
    )
    impacts: frozenset[str] = choices(
        N_("What people may suffer"), "breach_impact", section=EFFECTS
    )
    impact_severity: str | None = choice(
        N_("How severe that is"), "impact_severity", section=EFFECTS
    )
    effects: str = prose(N_("Effects in words"), section=EFFECTS)
    self_help: str = prose(
        N_("What people can do themselves"),
        section=EFFECTS,
        help=N_("Stands in the letters to them."),
    )
    containment: str = prose(N_("Done to contain it"), section=DONE)
    remedy: str = prose(N_("Done to put it right"), section=DONE)
    measures_before: frozenset[str] = choices(
        N_("Measures in place before"), "security_measure", section=DONE
    )
    measures_before_words: str = prose(N_("Those measures in words"), section=DONE)
    prevention: frozenset[str] = choices(
        N_("Measures against a repeat"), "security_measure", section=DONE
    )
    prevention_words: str = prose(N_("What will be done against a repeat"), section=DONE)
    police_ref: str = line(N_("Police report number"), section=OTHERS)
    police_at: values.Instant | None = instant(N_("Police told"), section=OTHERS)
    insurer_ref: str = line(N_("Insurance claim number"), section=OTHERS)
    other_authorities: str = prose(N_("Other authorities told"), section=OTHERS)
    press: str = prose(N_("Press and public"), section=OTHERS)
    public_statement: str = prose(N_("Public statement"), section=OTHERS)
    cost: values.Money | None = money(N_("What it cost"), section=REVIEW)
    root_cause: str = prose(N_("Root cause"), section=REVIEW)
    lessons: str = prose(N_("Lessons"), section=REVIEW)
    reviewed_on: date | None = day(N_("Reviewed on"), section=REVIEW)
    lead: frozenset[int] = links(
        N_("Led by"), "leads", "party", "led_incidents", N_("Incidents led"), one=True, section=TIES
    )
    contact: frozenset[int] = links(
        N_("Contact for questions"),
        "answers_for",
        "party",
        "answers_for_incidents",
        N_("Answers for incidents"),
        one=True,
        section=TIES,
        help=N_("Named in notices and letters; else the data protection officer."),
    )
    processors: frozenset[int] = links(
        N_("Processors involved"),
        "happened_at",
        "party",
        "incidents_at",
        N_("Incidents there"),
        section=TIES,
    )
    partners: frozenset[int] = links(
        N_("Customers and partners concerned"),
        "concerns_party",
        "party",
        "incidents_of",
        N_("Incidents that concern them"),
        section=TIES,
        help=N_("Whose data it is, where we work for others, or whom a contract makes us tell."),
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
