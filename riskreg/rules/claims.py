"""What can be said of a breach when its notices are weighed: claims that hold, fail or are open.

A claim names the facts it comes from and, while it is open, the answers that are missing. Claims are
joined as in three-valued logic: one that holds is enough for "any of", one that fails is enough against
"all of", whatever is still open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from riskreg.rules import harm as harms
from riskreg.rules import severity as scores
from riskreg.rules.harm import Harm
from riskreg.rules.severity import Band, Severity

_FRAUD: Final = frozenset({"financial_loss", "identity_theft"})
_LIKELIHOODS: Final = ("unlikely", "possible", "likely")


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said.

    Attributes:
        key: Which, as `resources/catalogue/advice.toml` words it.
        holds: Whether it is so; None while that cannot be said.
        facts: The facts it comes from, such as `severity.people`.
        missing: The answers that it waits for; empty unless it is open.
    """

    key: str
    holds: bool | None
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of an incident where thresholds are looked at; None is "not answered yet".

    Attributes:
        severity: ENISA's method, with all its inputs.
        harm: The PCPD's factors.
        has_prescribed_data: Data whose loss Singapore deems significant harm.
        is_internal_only: Only people within the organisation could see it.
        was_harm_avoided: Measures taken since make harm unlikely.
        is_core_function_disrupted: A critical infrastructure's core function was, is or is likely to be
            disrupted.
        is_critical_system_harmed: An unauthorised act had an actual adverse effect on a critical system.
        loss_cny: What was lost on the Mainland, in whole yuan.
    """

    severity: Severity
    harm: Harm
    has_prescribed_data: bool | None = None
    is_internal_only: bool | None = None
    was_harm_avoided: bool | None = None
    is_core_function_disrupted: bool | None = None
    is_critical_system_harmed: bool | None = None
    loss_cny: int | None = None


NO_FACTS: Final = Facts(severity=scores.assess(scores.Inputs()), harm=harms.weigh(harms.Answers()))
"""Nothing was answered yet."""


def severity(facts: Facts, floor: Band) -> Claim:
    """Whether the score reaches a band: sure as soon as no open answer could change it."""
    found = facts.severity
    reached: bool | None = None
    if scores.reaches(found.least_band, floor):
        reached = True
    elif not scores.reaches(scores.band_of(found.at_most), floor):
        reached = False
    missing = () if reached is not None else tuple(f"severity.{key}" for key in found.missing)
    return Claim(f"severity_{floor}", reached, ("severity.score",), missing)


def harm(facts: Facts, floor: harms.Likelihood) -> Claim:
    """Whether harm is at least as likely as `floor`, `possible` or `likely`."""
    found = facts.harm
    if found.likelihood == "cannot_say":
        missing = tuple(f"harm.{key}" for key in found.missing)
        return Claim(f"harm_{floor}", None, ("harm.likelihood",), missing)
    reached = _LIKELIHOODS.index(found.likelihood) >= _LIKELIHOODS.index(floor)
    return Claim(f"harm_{floor}", reached, ("harm.likelihood",))


def significant_harm(facts: Facts) -> Claim:
    """Whether harm is significant: a high score, or a medium one together with likely harm.

    The bands call medium "significant inconveniences" and high "significant consequences" (domain.md
    4.1); which of them a law means is this product's reading, not a source's.
    """
    both = all_of("severe_and_likely", severity(facts, "medium"), harm(facts, "likely"))
    return any_of("significant_harm", severity(facts, "high"), both)


def people(facts: Facts, number: int) -> Claim:
    """Whether at least `number` people are affected."""
    affected = facts.severity.inputs.people
    holds = None if affected is None else affected >= number
    return _plain(f"people_{number}", holds, "severity.people")


def over_100_people(facts: Facts) -> Claim:
    """ENISA's flag beside the score."""
    return _plain("over_100_people", facts.severity.is_over_100_people, "severity.people")


def sensitive_data(facts: Facts) -> Claim:
    """Whether data of the category "sensitive" is involved."""
    context = facts.severity.inputs.sensitive
    return _plain("sensitive_data", None if context is None else context > 0, "severity.sensitive")


def malicious(facts: Facts) -> Claim:
    """Whether somebody meant harm."""
    return _plain("malicious", facts.severity.inputs.is_malicious, "severity.is_malicious")


def unintelligible(facts: Facts) -> Claim:
    """Whether the data cannot be read by who has it."""
    return _plain(
        "unintelligible", facts.severity.inputs.is_unintelligible, "severity.is_unintelligible"
    )


def acquired(facts: Facts) -> Claim:
    """Whether somebody without a right to it has the data."""
    seen = facts.severity.inputs.confidentiality
    holds = None if seen is None else seen in ("known_recipients", "unknown_recipients")
    return _plain("acquired", holds, "severity.confidentiality")


def affected(facts: Facts) -> Claim:
    """Whether a leak, an alteration or a loss has or may have occurred."""
    inputs = facts.severity.inputs
    parts = (
        ("confidentiality", inputs.confidentiality),
        ("integrity", inputs.integrity),
        ("availability", inputs.availability),
    )
    return any_of(
        "affected",
        *(
            _plain(key, None if chosen is None else chosen != "not_affected", f"severity.{key}")
            for key, chosen in parts
        ),
    )


def economic_harm(facts: Facts) -> Claim:
    """Whether fraud or a loss of money could be foreseen."""
    foreseen = facts.harm.answers.harms
    return _plain(
        "economic_harm", None if foreseen is None else bool(foreseen & _FRAUD), "harm.harms"
    )


def prescribed_data(facts: Facts) -> Claim:
    """Whether there is data whose loss Singapore deems significant harm."""
    return _plain("prescribed_data", facts.has_prescribed_data, "has_prescribed_data")


def internal_only(facts: Facts) -> Claim:
    """Whether only people within the organisation could see it."""
    return _plain("internal_only", facts.is_internal_only, "is_internal_only")


def harm_avoided(facts: Facts) -> Claim:
    """Whether measures taken since make harm unlikely."""
    return _plain("harm_avoided", facts.was_harm_avoided, "was_harm_avoided")


def core_function_disrupted(facts: Facts) -> Claim:
    """Whether a core function was, is or is likely to be disrupted (domain.md 2.7)."""
    key = "is_core_function_disrupted"
    return _plain("core_function_disrupted", facts.is_core_function_disrupted, key)


def critical_system_harmed(facts: Facts) -> Claim:
    """Whether it is an incident of a designated operator at all (domain.md 2.7)."""
    key = "is_critical_system_harmed"
    return _plain("critical_system_harmed", facts.is_critical_system_harmed, key)


def loss_5m_cny(facts: Facts) -> Claim:
    """Whether at least five million yuan were lost."""
    loss = facts.loss_cny
    return _plain("loss_5m_cny", None if loss is None else loss >= 5_000_000, "loss_cny")


def any_of(key: str, *parts: Claim) -> Claim:
    """A claim that holds where one of the parts does, and fails where all do."""
    values = [part.holds for part in parts]
    return _joined(key, True if True in values else None if None in values else False, parts)


def all_of(key: str, *parts: Claim) -> Claim:
    """A claim that holds where all parts do, and fails where one does."""
    values = [part.holds for part in parts]
    return _joined(key, False if False in values else None if None in values else True, parts)


def _joined(key: str, holds: bool | None, parts: tuple[Claim, ...]) -> Claim:
    facts = tuple(dict.fromkeys(fact for part in parts for fact in part.facts))
    missing = tuple(dict.fromkeys(each for part in parts for each in part.missing))
    return Claim(key, holds, facts, missing if holds is None else ())


def _plain(key: str, holds: bool | None, fact: str) -> Claim:
    """A claim that is one answer."""
    return Claim(key, holds, (fact,), (fact,) if holds is None else ())
