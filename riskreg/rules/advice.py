"""Whether a regime's threshold for a notice is met: advice with its reasons, never the decision.

Each threshold of `resources/catalogue/regimes.toml` has one rule here, by its key. A rule rests on claims
that hold, fail or are open; an open one that matters gives "cannot say yet" and names the answers that are
missing. What score belongs to which step follows the practice around ENISA's method: from medium on the
authority is told, from high on the people too (domain.md 4.1, practice and not law). What a law itself
counts, such as 500 people, is counted as it says (domain.md 3.1). Of Hong Kong it is only ever said
that the PCPD recommends a notice (domain.md 7).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from riskreg.rules import claims
from riskreg.rules.claims import Claim, Facts, all_of, any_of

FOLLOWS: Final = "by_notice_made"
"""The threshold of what follows a notice that was made."""
Outcome = Literal["notify", "consider", "record", "cannot_say"]
Rule: TypeAlias = "Callable[[Facts, bool], Advice]"
"""Advice from the facts, and whether the notice goes to the people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What is advised for one notice.

    Attributes:
        outcome: What to do. Who decides, decides for themselves, with a reason.
        reasons: What led there, the weightiest first; their words stand by key in
            `resources/catalogue/advice.toml`.
        missing: The answers that could still change it, such as `severity.ease`.
        flags: What stands beside a score: `over_100_people`, `unintelligible`.
    """

    outcome: Outcome
    reasons: tuple[Claim, ...]
    missing: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def advise(
    threshold: str, facts: Facts, *, to_people: bool = False, is_begun: bool = True
) -> Advice:
    """Return what a threshold advises.

    Args:
        threshold: Its key, one of `THRESHOLDS`.
        facts: What is known of the incident.
        to_people: The notice goes to the people affected, not to an authority.
        is_begun: A notice was sent that this one would follow; only `FOLLOWS` asks.

    Raises:
        ValueError: There is no such threshold.
    """
    try:
        rule = THRESHOLDS[threshold]
    except KeyError:
        raise ValueError(f"threshold {threshold!r} is not known") from None
    found = rule(facts, to_people)
    if threshold == FOLLOWS and not is_begun:
        found = _said("consider", Claim("follows_no_notice", True))
    return replace(found, flags=facts.severity.flags)


def _fixed(outcome: Outcome, claim: str) -> Rule:
    """Where nothing about the incident decides: a duty in every case, or a text that a person must read."""
    return lambda facts, to_people: _said(outcome, Claim(claim, True))


def _real_risk_of_harm(facts: Facts, to_people: bool) -> Advice:
    """Hong Kong: the PCPD's factors first; ENISA's score may add to them, never take away.

    Medium recommends a notice to the PCPD, high and very high to the people as well (domain.md 4.1).
    """
    medium, high = claims.severity(facts, "medium"), claims.severity(facts, "high")
    found = _decide(
        must=(claims.harm(facts, "likely"),),
        also=(high,) if to_people else (medium,),
        weak=(claims.harm(facts, "possible"), *((medium,) if to_people else ())),
    )
    return replace(found, reasons=(*found.reasons, Claim("recommended_only", True)))


def _unless_unlikely_risk(facts: Facts, to_people: bool) -> Advice:
    """GDPR article 33(1) and its like: notify unless a risk is unlikely.

    Once somebody has begun to weigh harm, a low score alone does not end it.
    """
    likely = claims.harm(facts, "likely")
    is_begun = facts.harm.answers.is_begun
    found = _decide(
        must=(claims.severity(facts, "medium"), *((likely,) if is_begun else ())),
        weak=(claims.harm(facts, "possible"), claims.over_100_people(facts)),
    )
    if found.outcome != "cannot_say":
        return found
    return replace(found, reasons=(*found.reasons, Claim("notify_unless_unlikely", True)))


def _high_risk(facts: Facts, to_people: bool) -> Advice:
    """GDPR article 34(1); data that cannot be read and later measures exempt: article 34(3)(a), (b).

    The exemptions are from telling the people, not from telling an authority.
    """
    found = _decide(must=(claims.severity(facts, "high"),), weak=(claims.harm(facts, "likely"),))
    return _exempted(found, facts) if to_people else found


def _significant_harm(facts: Facts, to_people: bool) -> Advice:
    """Significant or serious harm to the people; where measures make it unlikely, telling them may be left out."""
    found = _decide(must=(claims.significant_harm(facts),), weak=_towards(facts))
    return _exempted(found, facts) if to_people else found


def _significant_harm_or_500(facts: Facts, to_people: bool) -> Advice:
    """Singapore, section 26B: significant harm, deemed for prescribed data, or 500 people and more.

    Access within the organisation only does not count.
    """
    found = _decide(
        must=(
            claims.people(facts, 500),
            claims.prescribed_data(facts),
            claims.significant_harm(facts),
        ),
        weak=_towards(facts),
    )
    return _unless_internal(found, facts)


def _significant_harm_deemed(facts: Facts, to_people: bool) -> Advice:
    """Singapore, section 26D(2): the people of a breach by section 26B(1)(a), which prescribed data is deemed to be.

    Where access stays within the organisation there is no such breach: section 26B(4).
    """
    must = (claims.prescribed_data(facts), claims.significant_harm(facts))
    found = _unless_internal(_decide(must=must, weak=_towards(facts)), facts)
    return _exempted(found, facts) if to_people else found


def _unless_internal(found: Advice, facts: Facts) -> Advice:
    """Where only people within the organisation could see the data nobody is told."""
    internal = claims.internal_only(facts)
    if internal.holds:
        return _said("record", internal)
    if internal.holds is None and found.outcome == "notify":
        return Advice(
            outcome="cannot_say", reasons=(internal, *found.reasons), missing=internal.missing
        )
    return found


def _significant_harm_or_scale(facts: Facts, to_people: bool) -> Advice:
    """Malaysia: significant harm, or more than 1,000 people, which domain.md 3.1 has unverified."""
    return _decide(
        must=(claims.people(facts, 1001), claims.significant_harm(facts)), weak=_towards(facts)
    )


def _people_500(facts: Facts, to_people: bool) -> Advice:
    """GLBA in the United States: 500 people and more."""
    return _decide(must=(claims.people(facts, 500),))


def _malicious(facts: Facts, to_people: bool) -> Advice:
    """A malicious act: Japan's longer limit, and the police."""
    return _decide(must=(claims.malicious(facts),))


def _suspected_serious_harm(facts: Facts, to_people: bool) -> Advice:
    """Australia: serious harm that may be suspected has to be assessed."""
    return _decide(must=(claims.harm(facts, "possible"),), also=(claims.severity(facts, "medium"),))


def _needed_for_protection(facts: Facts, to_people: bool) -> Advice:
    """Switzerland, FADP article 24: people are told where that protects them."""
    return _decide(
        must=(claims.harm(facts, "likely"),),
        also=(claims.severity(facts, "high"),),
        weak=(claims.harm(facts, "possible"), claims.severity(facts, "medium")),
    )


def _japan(facts: Facts, to_people: bool) -> Advice:
    """Japan, APPI article 26: 1,000 people and more, sensitive data, economic harm or a malicious act."""
    return _decide(
        must=(
            claims.people(facts, 1000),
            claims.sensitive_data(facts),
            claims.malicious(facts),
            claims.economic_harm(facts),
        )
    )


def _korea(facts: Facts, to_people: bool) -> Advice:
    """South Korea, PIPA article 34: 1,000 people and more, sensitive data or hacking.

    Hacking is taken as a malicious act.
    """
    return _decide(
        must=(
            claims.people(facts, 1000),
            claims.sensitive_data(facts),
            claims.malicious(facts),
        )
    )


def _philippines(facts: Facts, to_people: bool) -> Advice:
    """The Philippines: sensitive or fraud-enabling data, acquired by others, and a real risk of serious harm."""
    data = any_of("sensitive_or_fraud", claims.sensitive_data(facts), claims.economic_harm(facts))
    parts = (data, claims.acquired(facts), claims.significant_harm(facts))
    whole = all_of("all_three", *parts)
    if whole.holds:
        return _said("notify", *parts)
    if whole.holds is None:
        return Advice(
            outcome="cannot_say",
            reasons=tuple(part for part in parts if part.holds is None),
            missing=whole.missing,
        )
    return _said("record", *(part for part in parts if part.holds is False))


def _has_or_may_have_occurred(facts: Facts, to_people: bool) -> Advice:
    """PIPL article 57: leak, tampering or loss has or may have occurred."""
    return _decide(must=(claims.affected(facts),))


def _unless_harm_avoided(facts: Facts, to_people: bool) -> Advice:
    """PIPL article 57: people need not be told where measures effectively avoid harm."""
    return _eased(_has_or_may_have_occurred(facts, to_people), claims.harm_avoided(facts))


def _relatively_large(facts: Facts, to_people: bool) -> Advice:
    """The Mainland's measures of 2025: data of a million people, or CNY 5 million lost, among others."""
    return _decide(must=(claims.people(facts, 1_000_000), claims.loss_5m_cny(facts)))


def _designated_serious(facts: Facts, to_people: bool) -> Advice:
    """Cap. 653, section 28(3): such an incident that disrupted or is likely to disrupt a core function."""
    return _decide(must=(_serious(facts),))


def _designated_other(facts: Facts, to_people: bool) -> Advice:
    """Cap. 653: an unauthorised act with an actual adverse effect on a critical system.

    Of a serious one the shorter limit is the one that counts (domain.md 2.7).
    """
    serious = _serious(facts)
    if serious.holds:
        return _said("record", Claim("told_as_serious", True, serious.facts))
    return _decide(must=(claims.critical_system_harmed(facts),))


def _designated_any(facts: Facts, to_people: bool) -> Advice:
    """Cap. 653: the written report is of every incident by that law, serious or not (domain.md 2.7)."""
    return _decide(must=(claims.critical_system_harmed(facts),))


def _serious(facts: Facts) -> Claim:
    return all_of(
        "serious_incident",
        claims.critical_system_harmed(facts),
        claims.core_function_disrupted(facts),
    )


THRESHOLDS: Final[Mapping[str, Rule]] = {
    "any": _fixed("notify", "every_breach"),
    "any_assessed": _fixed("consider", "assess_every_breach"),
    FOLLOWS: _fixed("notify", "follows_notice"),
    "by_contract": _fixed("consider", "read_contract"),
    "by_law_of_state": _fixed("consider", "read_law_of_state"),
    "own_choice": _fixed("consider", "own_choice"),
    "material": _fixed("consider", "read_material"),
    "significant_for_sector": _fixed("consider", "read_sector_rule"),
    "real_risk_of_harm": _real_risk_of_harm,
    "unless_unlikely_risk": _unless_unlikely_risk,
    "high_risk": _high_risk,
    "significant_harm": _significant_harm,
    "likely_serious_harm": _significant_harm,
    "real_risk_of_significant_harm": _significant_harm,
    "suspected_serious_harm": _suspected_serious_harm,
    "needed_for_protection": _needed_for_protection,
    "significant_harm_deemed": _significant_harm_deemed,
    "significant_harm_or_500": _significant_harm_or_500,
    "significant_harm_or_scale": _significant_harm_or_scale,
    "500_or_more": _people_500,
    "1000_or_sensitive_or_malicious": _japan,
    "1000_or_sensitive_or_hacking": _korea,
    "malicious": _malicious,
    "crime_suspected": _malicious,
    "serious_harm_acquired": _philippines,
    "has_or_may_have_occurred": _has_or_may_have_occurred,
    "protection_failed": _has_or_may_have_occurred,
    "unless_harm_avoided": _unless_harm_avoided,
    "relatively_large": _relatively_large,
    "relatively_large_critical": _relatively_large,
    "designated_serious": _designated_serious,
    "designated_other": _designated_other,
    "designated_any": _designated_any,
}
"""The rule of each threshold that a row of the regimes may name."""


def _towards(facts: Facts) -> tuple[Claim, ...]:
    """What points towards significant harm without reaching it."""
    return claims.severity(facts, "medium"), claims.harm(facts, "likely")


def _decide(
    *, must: tuple[Claim, ...], also: tuple[Claim, ...] = (), weak: tuple[Claim, ...] = ()
) -> Advice:
    """Weigh claims.

    Args:
        must: Any that holds asks for a notice; while one is open nothing milder can be said.
        also: Any that holds asks for a notice too; one that is open is not waited for.
        weak: Any that holds asks to consider it; one that is open is not waited for.
    """
    if held := tuple(claim for claim in (*must, *also) if claim.holds):
        return _said("notify", *held)
    pending = tuple(claim for claim in must if claim.holds is None)
    missing = _missing(pending)
    if hints := tuple(claim for claim in weak if claim.holds):
        return Advice(outcome="consider", reasons=(*hints, *pending), missing=missing)
    if pending:
        return Advice(outcome="cannot_say", reasons=pending, missing=missing)
    return _said("record", *must)


def _exempted(advice: Advice, facts: Facts) -> Advice:
    """What exempts from telling people: data that cannot be read, or measures that keep harm away."""
    return _eased(advice, claims.unintelligible(facts), claims.harm_avoided(facts))


def _eased(advice: Advice, *exemptions: Claim) -> Advice:
    """Where a notice is advised and an exemption may hold, a person has to look at it."""
    held = tuple(claim for claim in exemptions if claim.holds)
    if not held or advice.outcome != "notify":
        return advice
    return replace(advice, outcome="consider", reasons=(*held, *advice.reasons))


def _said(outcome: Outcome, *reasons: Claim) -> Advice:
    return Advice(outcome=outcome, reasons=reasons)


def _missing(pending: tuple[Claim, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for claim in pending for key in claim.missing))
