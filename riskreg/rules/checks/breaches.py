"""Checks of incidents once they are handled: what was decided, assessed, told and learned, and in which order.

Drills, near misses and what was found to be no breach are asked for nothing that only a breach calls for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from riskreg.errors import N_
from riskreg.records import Assessment, Decision, Incident, Notice, Task
from riskreg.records.values import Instant, start_of_day
from riskreg.rules.assessed import severity_of
from riskreg.rules.checks.base import (
    BREACH_RECORD,
    BREACHES,
    REVIEWING,
    Check,
    Hit,
    Label,
    Term,
    check,
    lacking,
)
from riskreg.rules.checks.history import NOTHING
from riskreg.rules.checks.snapshot import Snapshot, ends
from riskreg.rules.corrected import is_finished
from riskreg.rules.counting import is_breach
from riskreg.rules.next_step import is_asked
from riskreg.rules.standing import in_order, went_out

PEOPLE: Final = N_("GDPR, art. 34 (telling the people); PCPD, Guidance on Data Breach Handling")
SEVERITY: Final = N_("ENISA, severity of personal data breaches (2013)")
_HIGH: Final = frozenset({"high", "very_high"})
_LONG_AGO: Final = timedelta(days=3653)
"""Ten years: a time before that is likely a slip of the hand."""


def assessments(incident: Incident, around: Snapshot) -> Sequence[Assessment]:
    """Those of an incident, the oldest first."""
    return in_order(around.pointing(incident, Assessment, "incident"), "made_at")


def newest(incident: Incident, around: Snapshot) -> Assessment | None:
    """The assessment that counts."""
    found = assessments(incident, around)
    return found[-1] if found else None


def standing(incident: Incident, around: Snapshot) -> dict[str, Decision]:
    """The decision that stands for each rule, by its key."""
    made = in_order(around.pointing(incident, Decision, "incident"), "decided_at")
    return {each.rule_key: each for each in made if each.rule_key}


def sent(incident: Incident, around: Snapshot) -> Sequence[Notice]:
    """The notices that were sent and not taken back, in their order; today is over where no hour is known."""
    now = around.now or start_of_day(around.today + timedelta(days=1), around.zone)
    found = [
        each
        for each in around.pointing(incident, Notice, "incident")
        if each.phase != "withdrawn" and went_out(each, now)
    ]
    return in_order(found, "sent_at")


def is_before(earlier: Instant | None, later: Instant | None) -> bool:
    """Whether one moment is surely before another; a day without an hour may be any hour of it."""
    return earlier is not None and later is not None and ends(earlier) <= later.utc


@check(
    Incident,
    "warning",
    field="status",
    sentence=N_("It is closed, but of {number} notices nobody decided whether to make them."),
    source=BREACH_RECORD,
)
def closed_without_decision(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """Of the rules that apply: none stands, and no notice was sent."""
    if incident.status != "closed" or not is_breach(incident):
        return
    done = standing(incident, around).keys() | {each.rule_key for each in sent(incident, around)}
    open_ = [
        row
        for row in around.board(incident)
        if row.rule.key not in done
        and row.rule.phase == "first"
        and is_asked(row)
        and row.clock.state != "not_applicable"
    ]
    if open_:
        yield Hit(facts={"number": len(open_)})


@check(
    Incident,
    "warning",
    field="contained_at",
    sentence=N_("It is closed, but nothing says that it was contained."),
    source=BREACHES,
)
def closed_without_containment(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """Neither when nor how (PCPD, step 2)."""
    says = incident.contained_at or incident.containment.strip()
    if incident.status == "closed" and is_breach(incident) and not says:
        yield Hit()


@check(
    Incident,
    "warning",
    field="root_cause",
    sentence=N_("It is closed, but its review lacks: {fields}."),
    source=REVIEWING,
)
def closed_without_review(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """Root cause, lessons and the day of the review (domain 5.6)."""
    if incident.status == "closed" and is_breach(incident):
        yield from lacking(incident, ("root_cause", "lessons", "reviewed_on"))


@check(
    Incident,
    "hint",
    field="status",
    sentence=N_("It is closed, but tasks of it are open: {refs}."),
    source=REVIEWING,
)
def closed_with_open_tasks(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """What is left to do goes on, but somebody should know."""
    if incident.status != "closed":
        return
    tasks = around.pointing(incident, Task, "incidents")
    if refs := tuple(task.ref for task in tasks if not is_finished(task)):
        yield Hit(facts={"refs": refs})


@check(
    Incident,
    "warning",
    field="recovered_at",
    sentence=N_("It was back to normal before it was contained."),
    source=BREACH_RECORD,
)
def recovered_before_contained(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """The two may have changed places."""
    if is_before(incident.recovered_at, incident.contained_at):
        yield Hit()


@check(
    Incident,
    "error",
    field="processor_informed_at",
    sentence=N_("The processor told us before it became aware itself."),
    source=BREACH_RECORD,
)
def told_before_processor_knew(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """Clocks run from both."""
    if is_before(incident.processor_informed_at, incident.processor_aware_at):
        yield Hit()


@check(
    Incident,
    "error",
    field="aware_at",
    sentence=N_("We were aware before it happened, which cannot be."),
    source=BREACH_RECORD,
)
def aware_before_it_happened(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """Where it was discovered in between, that is said of the discovery already."""
    if incident.discovered_at is None and is_before(incident.aware_at, incident.occurred_from_at):
        yield Hit()


@check(
    Incident,
    "warning",
    field="aware_at",
    sentence=N_("“{field}” is more than ten years before it was recorded: a slip of the hand?"),
    source=BREACH_RECORD,
)
def time_long_ago(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """Clocks run from these times."""
    made = incident.created_at
    for key in ("discovered_at", "aware_at", "processor_aware_at", "notifiable_at"):
        at = incident.get(key)
        if made and isinstance(at, Instant) and made.utc - at.utc > _LONG_AGO:
            yield Hit(field=key, facts={"field": Label("incident", key)})


@check(
    Incident,
    "warning",
    field="people_live_in",
    sentence=N_("It does not say where the people live, so that some laws are not asked about."),
    source=BREACHES,
)
def people_live_nowhere(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """Once it is assessed, while it is open; before that other things come first."""
    is_live = is_breach(incident) and around.is_open(incident)
    if is_live and not incident.people_live_in and newest(incident, around):
        yield Hit()


@check(
    Incident,
    "error",
    field="severity",
    sentence=N_("Its severity is “{severity}”, its newest assessment comes to “{band}”."),
    source=SEVERITY,
)
def severity_differs(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """The newest assessment counts."""
    found = newest(incident, around)
    band = found.severity_band if found else None
    if band and incident.severity and band != incident.severity:
        yield Hit(
            facts={
                "severity": Term("severity_band", around.kept(incident).severity or ""),
                "band": Term("severity_band", band),
            },
            repair={"severity": band},
        )


@check(
    Incident,
    "warning",
    field="severity",
    sentence=N_("It is closed, but {ref} has no score: {number} answers are missing."),
    source=SEVERITY,
)
def closed_half_assessed(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """Where the outcome was judged without the score, that judgement stands."""
    found = newest(incident, around) if incident.status == "closed" else None
    if found is None or not is_breach(incident) or found.outcome not in (None, "more_needed"):
        return
    if missing := severity_of(found).missing:
        yield Hit(facts={"ref": found.ref, "number": len(missing)})


@check(
    Incident,
    "hint",
    field="assessed_at",
    sentence=N_("What is known of it changed on {day}, after {ref} was made."),
    source=BREACHES,
)
def assessed_before_the_facts(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """While it is open: an assessment is looked at again when the facts change."""
    found = newest(incident, around) if around.is_open(incident) else None
    at = around.changed.get(incident.id, NOTHING).facts_at
    if found and found.made_at and at and ends(found.made_at) <= at:
        yield Hit(facts={"ref": found.ref, "day": Instant.at(at, around.zone).local.date()})


@check(
    Incident,
    "warning",
    field="trigger_reason",
    sentence=N_("“{field}” was changed on {day}, after {ref} had been sent."),
    source=BREACH_RECORD,
)
def time_changed_after_notice(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """What was told rests on another time; a notice that followed the change has told so."""
    notices = sent(incident, around)
    for change in around.changed.get(incident.id, NOTHING).times:
        before = [each for each in notices if each.sent_at and ends(each.sent_at) <= change.at]
        if before and len(before) == len(notices):
            yield Hit(
                facts={
                    "field": Label("incident", change.field),
                    "day": Instant.at(change.at, around.zone).local.date(),
                    "ref": before[-1].ref,
                }
            )
            return


@check(
    Incident,
    "error",
    field="severity",
    sentence=N_("The risk to the people is high by {ref}, and nobody has told them."),
    source=PEOPLE,
)
def high_risk_people_not_told(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """Unless somebody decided not to, or not yet, and said why."""
    found = newest(incident, around)
    if found is None or not is_breach(incident):
        return
    is_high = found.outcome == "high_risk" or (
        found.outcome is None and found.severity_band in _HIGH
    )
    told = any(each.recipient == "individuals" for each in sent(incident, around))
    against = any(
        each.recipient == "individuals" and each.answer in ("no", "not_yet") and each.reason.strip()
        for each in standing(incident, around).values()
    )
    if is_high and not told and not against:
        yield Hit(facts={"ref": found.ref})


@check(
    Incident,
    "warning",
    field="drill",
    sentence=N_("It is a drill, but says what only a real incident has: {fields}."),
    source=BREACH_RECORD,
)
def drill_in_earnest(incident: Incident, around: Snapshot) -> Iterator[Hit]:
    """A cost, a number of the police or the insurer: figures leave drills out, so one of the two is wrong."""
    keys = ("police_ref", "insurer_ref", "cost")
    if incident.drill and (said := [key for key in keys if incident.get(key)]):
        yield Hit(facts={"fields": tuple(Label("incident", key) for key in said)})


CHECKS: Final[tuple[Check, ...]] = (
    high_risk_people_not_told,
    told_before_processor_knew,
    aware_before_it_happened,
    severity_differs,
    closed_without_decision,
    closed_without_containment,
    closed_half_assessed,
    closed_without_review,
    recovered_before_contained,
    time_changed_after_notice,
    time_long_ago,
    people_live_nowhere,
    drill_in_earnest,
    assessed_before_the_facts,
    closed_with_open_tasks,
)
"""In the order in which they are asked."""
