"""An assessment: how bad an incident could be for the people, as somebody saw it at one time.

ENISA's severity (2013) and the PCPD's eleven factors of harm (domain.md 2.3, 4.1), with every answer kept
as it was given; None is "not answered", never a default. Each version is a record of its own, so that what
was known on Friday can be read on Monday.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from riskreg.errors import N_
from riskreg.records import values
from riskreg.records.base import Record
from riskreg.records.declaring import (
    choice,
    choices,
    count,
    derived_choice,
    derived_line,
    instant,
    line,
    links,
    prose,
    yes_no,
)

HARM = N_("Harm to the people")
SEVERITY = N_("Severity by ENISA's method")
MORE = N_("What some laws ask")
RESULT = N_("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Record):
    """One assessment of one incident."""

    kind: ClassVar[str] = "assessment"
    prefix: ClassVar[str] = "AS"
    numbering: ClassVar[Literal["plain", "yearly", "catalogue", "single"]] = "plain"
    by_title: ClassVar[bool] = False
    icon: ClassVar[str] = "scale"
    singular: ClassVar[str] = N_("Assessment")
    plural: ClassVar[str] = N_("Assessments")

    incident: frozenset[int] = links(
        N_("Incident"),
        "assesses",
        "incident",
        "assessments",
        N_("Assessments"),
        one=True,
        short=True,
    )
    made_at: values.Instant | None = instant(N_("Assessed at"), short=True)
    made_by: str = line(N_("Assessed by"), short=True)
    harm_foreseen: bool | None = yes_no(
        N_("Harm can be foreseen"), section=HARM, help=N_("No: nobody could name any.")
    )
    harms: frozenset[str] = choices(N_("Kinds of harm"), "harm_type", section=HARM)
    sensitivity: str | None = choice(N_("Sensitivity"), "factor_sensitivity", section=HARM)
    sensitivity_note: str = line(N_("Sensitivity: note"), section=HARM)
    amount: str | None = choice(N_("Amount"), "factor_amount", section=HARM)
    amount_note: str = line(N_("Amount: note"), section=HARM)
    circumstances: str | None = choice(N_("Circumstances"), "factor_circumstances", section=HARM)
    circumstances_note: str = line(N_("Circumstances: note"), section=HARM)
    identity_fraud: str | None = choice(
        N_("Identity theft or fraud"), "factor_identity_fraud", section=HARM
    )
    identity_fraud_note: str = line(N_("Identity theft or fraud: note"), section=HARM)
    unreadable: str | None = choice(N_("Unreadable"), "factor_unreadable", section=HARM)
    unreadable_note: str = line(N_("Unreadable: note"), section=HARM)
    ongoing: str | None = choice(N_("Ongoing"), "factor_ongoing", section=HARM)
    ongoing_note: str = line(N_("Ongoing: note"), section=HARM)
    systemic: str | None = choice(N_("Systemic weakness"), "factor_systemic", section=HARM)
    systemic_note: str = line(N_("Systemic weakness: note"), section=HARM)
    recovered: str | None = choice(N_("Found again"), "factor_recovered", section=HARM)
    recovered_note: str = line(N_("Found again: note"), section=HARM)
    mitigated: str | None = choice(N_("Mitigation"), "factor_mitigated", section=HARM)
    mitigated_note: str = line(N_("Mitigation: note"), section=HARM)
    self_protection: str | None = choice(
        N_("Self-protection"), "factor_self_protection", section=HARM
    )
    self_protection_note: str = line(N_("Self-protection: note"), section=HARM)
    expectation: str | None = choice(
        N_("Expectation of privacy"), "factor_expectation", section=HARM
    )
    expectation_note: str = line(N_("Expectation of privacy: note"), section=HARM)
    context_simple: str | None = choice(N_("Simple data"), "context_simple", section=SEVERITY)
    context_behavioural: str | None = choice(
        N_("Behaviour"), "context_behavioural", section=SEVERITY
    )
    context_financial: str | None = choice(
        N_("Financial data"), "context_financial", section=SEVERITY
    )
    context_sensitive: str | None = choice(
        N_("Sensitive data"), "context_sensitive", section=SEVERITY
    )
    ease: str | None = choice(
        N_("How easily people are identified"), "ease_of_identification", section=SEVERITY
    )
    confidentiality: str | None = choice(
        N_("Who may have seen it"), "confidentiality_loss", section=SEVERITY
    )
    integrity: str | None = choice(N_("Was it altered"), "integrity_loss", section=SEVERITY)
    availability: str | None = choice(
        N_("Can it still be used"), "availability_loss", section=SEVERITY
    )
    is_malicious: bool | None = yes_no(N_("Somebody meant harm"), section=SEVERITY)
    people_count: values.Count | None = count(N_("People affected"), section=SEVERITY)
    is_unintelligible: bool | None = yes_no(N_("The data cannot be read"), section=SEVERITY)
    has_prescribed_data: bool | None = yes_no(N_("Data prescribed in Singapore"), section=MORE)
    is_internal_only: bool | None = yes_no(N_("Seen within the organisation only"), section=MORE)
    was_harm_avoided: bool | None = yes_no(N_("Measures since make harm unlikely"), section=MORE)
    is_core_function_disrupted: bool | None = yes_no(
        N_("Core function disrupted"), section=MORE, help=N_("Of a critical infrastructure.")
    )
    is_critical_system_harmed: bool | None = yes_no(
        N_("Critical system harmed"), section=MORE, help=N_("By somebody unauthorised.")
    )
    loss_cny: values.Count | None = count(N_("Loss on the Mainland (yuan)"), section=MORE)
    outcome: str | None = choice(
        N_("Risk to the people"),
        "risk_outcome",
        section=RESULT,
        short=True,
        help=N_("Your own judgement, beside the score."),
    )
    reasoning: str = prose(N_("Reasons"), section=RESULT, short=True)
    severity_score: str = derived_line(N_("Severity score"), section=RESULT, short=True)
    severity_band: str | None = derived_choice(
        N_("Severity"), "severity_band", section=RESULT, short=True
    )
