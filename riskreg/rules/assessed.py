"""What a kept assessment comes to: its answers as the methods want them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, cast

from riskreg.records import Assessment
from riskreg.rules import claims, harm, severity

_CONTEXTS: Final = {f"c{number}": number for number in range(5)}


def severity_of(record: Assessment) -> severity.Severity:
    """ENISA's severity of its answers; what was not answered is missing, never guessed.

    So is an answer that is none of the choices: the door refuses it and names it.
    """
    return severity.assess(
        severity.Inputs(
            simple=_CONTEXTS.get(record.context_simple or ""),
            behavioural=_CONTEXTS.get(record.context_behavioural or ""),
            financial=_CONTEXTS.get(record.context_financial or ""),
            sensitive=_CONTEXTS.get(record.context_sensitive or ""),
            ease=cast("severity.Ease | None", _known(record.ease, severity.EASES)),
            confidentiality=cast(
                "severity.Confidentiality | None",
                _known(record.confidentiality, severity.CONFIDENTIALITY),
            ),
            integrity=cast(
                "severity.Integrity | None", _known(record.integrity, severity.INTEGRITY)
            ),
            availability=cast(
                "severity.Availability | None", _known(record.availability, severity.AVAILABILITY)
            ),
            is_malicious=record.is_malicious,
            people=record.people_count.number if record.people_count else None,
            is_unintelligible=record.is_unintelligible,
        )
    )


def harm_of(record: Assessment) -> harm.Harm:
    """How likely harm is, by its answers to the PCPD's factors."""
    return harm.weigh(
        harm.Answers(
            harms=_harms(record),
            factors={
                key: cast("harm.Answer", answer)
                for key in harm.FACTORS
                if (answer := getattr(record, key)) is not None
            },
            notes={key: note for key in harm.FACTORS if (note := getattr(record, f"{key}_note"))},
        )
    )


def claims_of(record: Assessment | None) -> claims.Facts:
    """What thresholds are looked at by; without an assessment nothing was answered yet."""
    if record is None:
        return claims.NO_FACTS
    return claims.Facts(
        severity=severity_of(record),
        harm=harm_of(record),
        has_prescribed_data=record.has_prescribed_data,
        is_internal_only=record.is_internal_only,
        was_harm_avoided=record.was_harm_avoided,
        is_core_function_disrupted=record.is_core_function_disrupted,
        is_critical_system_harmed=record.is_critical_system_harmed,
        loss_cny=record.loss_cny.number if record.loss_cny else None,
    )


def _known(key: str | None, choices: Collection[str]) -> str | None:
    return key if key in choices else None


def _harms(record: Assessment) -> frozenset[harm.HarmType] | None:
    if record.harms:
        return cast("frozenset[harm.HarmType]", record.harms)
    return frozenset() if record.harm_foreseen is False else None
