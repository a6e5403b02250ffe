"""What each threshold of domain.md 3.1 advises, and that advice is never milder than its facts."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg.rules.advice import THRESHOLDS, Advice, advise
from riskreg.rules.claims import NO_FACTS, Claim, Facts, all_of, any_of
from riskreg.rules.harm import FACTORS, HARM_TYPES, Answers, Harm, weigh
from riskreg.rules.severity import (
    AVAILABILITY,
    CATEGORIES,
    CONFIDENTIALITY,
    EASES,
    INTEGRITY,
    Inputs,
    Severity,
    assess,
)

QUIET = Inputs(
    simple=1,
    behavioural=0,
    financial=0,
    sensitive=0,
    ease="limited",
    confidentiality="known_recipients",
    integrity="not_affected",
    availability="not_affected",
    is_malicious=False,
    people=3,
    is_unintelligible=False,
)
"""A message to one wrong person: 1 x 0.5 + 0.25 = 0.75, low."""

UNHARMED = Answers(harms=frozenset(), factors=dict.fromkeys(FACTORS, "neutral"))
LIKELY = Answers(harms=frozenset({"financial_loss"}), factors={"sensitivity": "raises"})
POSSIBLE = Answers(
    harms=frozenset({"financial_loss"}), factors={"sensitivity": "raises", "amount": "lowers"}
)
NAMED = Answers(harms=frozenset({"financial_loss"}))


def severity(**changed: object) -> Severity:
    return assess(replace(QUIET, **changed))


def facts(harm: Answers = UNHARMED, **changed: object) -> Facts:
    """What is known: a quiet incident but for what is changed, in the inputs or beside them."""
    inputs = {each.name for each in fields(Inputs)} & set(changed)
    beside = {key: value for key, value in changed.items() if key not in inputs}
    answered = {
        "has_prescribed_data": False,
        "is_internal_only": False,
        "was_harm_avoided": False,
        "is_core_function_disrupted": False,
        "is_critical_system_harmed": False,
        "loss_cny": 0,
    }
    return Facts(
        severity=severity(**{key: changed[key] for key in inputs}),
        harm=weigh(harm),
        **{**answered, **beside},
    )


MEDIUM = {"financial": 3, "ease": "significant", "confidentiality": "not_affected"}
HIGH = {"financial": 3, "ease": "maximum"}


def keys(advice: Advice) -> list[str]:
    return [reason.key for reason in advice.reasons]


def test_check_values_when_these_are_scored_then_they_are_in_the_bands_their_names_say() -> None:
    assert [severity(**each).band for each in ({}, MEDIUM, HIGH)] == ["low", "medium", "high"]
    assert [weigh(each).likelihood for each in (UNHARMED, POSSIBLE, LIKELY)] == [
        "unlikely", "possible", "likely",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("threshold", "changed", "outcome"),
    [
        ("any", {}, "notify"),
        ("any_assessed", {}, "consider"),
        ("by_notice_made", {}, "notify"),
        ("by_contract", HIGH, "consider"),
        ("own_choice", {}, "consider"),
        # Hong Kong: low record, medium the PCPD, the factors by themselves
        ("real_risk_of_harm", {}, "record"),
        ("real_risk_of_harm", MEDIUM, "notify"),
        ("real_risk_of_harm", {"harm": LIKELY}, "notify"),
        ("real_risk_of_harm", {"harm": POSSIBLE}, "consider"),
        ("real_risk_of_harm", {"harm": Answers()}, "cannot_say"),
        ("real_risk_of_harm", {"harm": Answers(), **MEDIUM}, "notify"),
        ("real_risk_of_harm", {"ease": None}, "record"),
        # EU, UK, Thailand: the authority
        ("unless_unlikely_risk", {}, "record"),
        ("unless_unlikely_risk", MEDIUM, "notify"),
        ("unless_unlikely_risk", {"harm": LIKELY}, "notify"),
        ("unless_unlikely_risk", {"harm": POSSIBLE}, "consider"),
        ("unless_unlikely_risk", {"harm": Answers()}, "record"),
        ("unless_unlikely_risk", {"harm": NAMED}, "cannot_say"),
        ("unless_unlikely_risk", {"people": 101}, "consider"),
        ("unless_unlikely_risk", {"people": 100}, "record"),
        ("unless_unlikely_risk", {"is_malicious": None, "financial": 3}, "cannot_say"),
        ("unless_unlikely_risk", {"is_malicious": None, **HIGH}, "notify"),
        # EU, UK, Thailand, Switzerland: the people
        ("high_risk", MEDIUM, "record"),
        ("high_risk", {"harm": LIKELY, **MEDIUM}, "consider"),
        ("high_risk", HIGH, "notify"),
        ("high_risk", {"ease": None, "financial": 3}, "cannot_say"),
        ("needed_for_protection", {"harm": POSSIBLE}, "consider"),
        ("needed_for_protection", {"harm": LIKELY}, "notify"),
        # Australia: assess what is suspected; the United States: 500
        ("suspected_serious_harm", {"harm": POSSIBLE}, "notify"),
        ("suspected_serious_harm", {}, "record"),
        ("500_or_more", {"people": 499}, "record"),
        ("500_or_more", {"people": 500}, "notify"),
        # the police, and Japan's longer limit
        ("crime_suspected", {}, "record"),
        ("malicious", {"is_malicious": True}, "notify"),
        # Singapore
        ("significant_harm_or_500", {"people": 499}, "record"),
        ("significant_harm_or_500", {"people": 500}, "notify"),
        ("significant_harm_or_500", {"has_prescribed_data": True}, "notify"),
        ("significant_harm_or_500", {"has_prescribed_data": None}, "cannot_say"),
        ("significant_harm_or_500", {"people": 500, "is_internal_only": True}, "record"),
        ("significant_harm_or_500", {"people": 500, "is_internal_only": None}, "cannot_say"),
        ("significant_harm_or_500", {"is_internal_only": None}, "record"),
        ("significant_harm_deemed", HIGH, "notify"),
        ("significant_harm_deemed", {"has_prescribed_data": True}, "notify"),
        ("significant_harm_deemed", {"has_prescribed_data": None}, "cannot_say"),
        ("significant_harm_deemed", {"people": 500}, "record"),
        ("significant_harm_deemed", {"is_internal_only": True, **HIGH}, "record"),
        ("significant_harm_deemed", {"is_internal_only": None, **HIGH}, "cannot_say"),
        ("significant_harm", HIGH, "notify"),
        ("significant_harm", {"harm": LIKELY, **MEDIUM}, "notify"),
        ("significant_harm", MEDIUM, "consider"),
        ("significant_harm", {"harm": LIKELY}, "consider"),
        ("significant_harm", {}, "record"),
        ("likely_serious_harm", HIGH, "notify"),
        ("real_risk_of_significant_harm", HIGH, "notify"),
        # Malaysia: above 1,000; Japan and Korea: 1,000 and more
        ("significant_harm_or_scale", {"people": 1000}, "record"),
        ("significant_harm_or_scale", {"people": 1001}, "notify"),
        ("1000_or_sensitive_or_malicious", {"people": 999}, "record"),
        ("1000_or_sensitive_or_malicious", {"people": 1000}, "notify"),
        ("1000_or_sensitive_or_malicious", {"sensitive": 1}, "notify"),
        ("1000_or_sensitive_or_malicious", {"is_malicious": True}, "notify"),
        ("1000_or_sensitive_or_malicious", {"harm": POSSIBLE}, "notify"),
        ("1000_or_sensitive_or_malicious", {"people": None}, "cannot_say"),
        ("1000_or_sensitive_or_hacking", {"harm": POSSIBLE}, "record"),
        ("1000_or_sensitive_or_hacking", {"is_malicious": True}, "notify"),
        # The Philippines: all three
        ("serious_harm_acquired", {"sensitive": 4, "ease": "maximum"}, "notify"),
        (
            "serious_harm_acquired",
            {"sensitive": 4, "ease": "maximum", "confidentiality": "exposed"},
            "record",
        ),
        ("serious_harm_acquired", {"sensitive": 4, "ease": None}, "cannot_say"),
        ("serious_harm_acquired", {"confidentiality": "exposed", "ease": None}, "record"),
        # The Mainland
        ("has_or_may_have_occurred", {}, "notify"),
        ("has_or_may_have_occurred", {"confidentiality": "not_affected"}, "record"),
        ("has_or_may_have_occurred", {"confidentiality": None}, "cannot_say"),
        ("unless_harm_avoided", {}, "notify"),
        ("unless_harm_avoided", {"was_harm_avoided": None}, "notify"),
        ("unless_harm_avoided", {"was_harm_avoided": True}, "consider"),
        ("relatively_large", {"people": 999_999}, "record"),
        ("relatively_large", {"people": 1_000_000}, "notify"),
        ("relatively_large", {"loss_cny": 5_000_000}, "notify"),
        ("relatively_large", {"loss_cny": None}, "cannot_say"),
        # Cap. 653
        ("designated_other", {}, "record"),
        ("designated_other", {"is_critical_system_harmed": None}, "cannot_say"),
        ("designated_serious", {"is_critical_system_harmed": True}, "record"),
        (
            "designated_serious",
            {"is_critical_system_harmed": True, "is_core_function_disrupted": True},
            "notify",
        ),
        (
            "designated_serious",
            {"is_critical_system_harmed": None, "is_core_function_disrupted": True},
            "cannot_say",
        ),
        ("designated_other", {"is_critical_system_harmed": True}, "notify"),
        ("designated_any", {}, "record"),
        ("designated_any", {"is_critical_system_harmed": None}, "cannot_say"),
        ("designated_any", {"is_critical_system_harmed": True}, "notify"),
        (
            "designated_any",
            {"is_critical_system_harmed": True, "is_core_function_disrupted": True},
            "notify",
        ),
        (
            "designated_other",
            {"is_critical_system_harmed": True, "is_core_function_disrupted": True},
            "record",
        ),
    ],
)
def test_advise_when_facts_are_these_then_the_outcome_is_that_of_the_source(
    threshold: str, changed: dict[str, object], outcome: str
) -> None:
    assert advise(threshold, facts(**changed)).outcome == outcome  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({}, "record"),
        (MEDIUM, "consider"),
        (HIGH, "notify"),
        ({"harm": LIKELY}, "notify"),
        ({"harm": POSSIBLE}, "consider"),
    ],
)
def test_advise_when_people_in_hong_kong_are_asked_about_then_medium_alone_is_not_enough(
    changed: dict[str, object], outcome: str
) -> None:
    """The mapping of domain.md 4.1: medium the PCPD, high and very high the people as well."""
    found = advise("real_risk_of_harm", facts(**changed), to_people=True)  # type: ignore[arg-type]
    assert found.outcome == outcome


@pytest.mark.parametrize("to_people", [False, True])
@pytest.mark.parametrize("changed", [{}, HIGH, {"harm": Answers()}])
def test_advise_when_it_is_hong_kong_then_it_always_says_that_it_is_a_recommendation(
    to_people: bool, changed: dict[str, object]
) -> None:
    found = advise("real_risk_of_harm", facts(**changed), to_people=to_people)  # type: ignore[arg-type]
    assert keys(found)[-1] == "recommended_only"


@pytest.mark.parametrize("threshold", ["high_risk", "significant_harm", "significant_harm_deemed"])
@pytest.mark.parametrize("exemption", ["was_harm_avoided", "is_unintelligible"])
def test_advise_when_people_need_not_be_told_then_the_authority_still_is(
    threshold: str, exemption: str
) -> None:
    later = facts(**{exemption: True}, **HIGH)
    assert advise(threshold, later).outcome == "notify"
    found = advise(threshold, later, to_people=True)
    assert (found.outcome, keys(found)[0]) == (
        "consider",
        {"was_harm_avoided": "harm_avoided", "is_unintelligible": "unintelligible"}[exemption],
    )


def test_advise_when_nobody_has_to_be_told_then_an_exemption_does_not_call_for_a_look() -> None:
    found = advise("high_risk", facts(was_harm_avoided=True), to_people=True)
    assert (found.outcome, keys(found)) == ("record", ["severity_high"])


def test_advise_when_something_is_open_then_the_answers_that_are_missing_are_named() -> None:
    found = advise("unless_unlikely_risk", facts(is_malicious=None, ease=None, financial=3))
    assert found.missing == ("severity.ease", "severity.is_malicious")
    assert keys(found) == ["severity_medium", "notify_unless_unlikely"]


def test_advise_when_harm_is_open_then_its_factors_are_missing() -> None:
    found = advise("real_risk_of_harm", facts(harm=Answers()))
    assert found.missing == ("harm.harms", *(f"harm.{factor}" for factor in FACTORS))


def test_advise_when_it_considers_then_what_is_still_open_is_told_too() -> None:
    found = advise("unless_unlikely_risk", facts(people=150, is_malicious=None, financial=3))
    assert (found.outcome, keys(found)) == ("consider", ["over_100_people", "severity_medium"])
    assert found.missing == ("severity.is_malicious",)


def test_advise_when_a_flag_is_up_then_it_stands_beside_whatever_is_advised() -> None:
    marked = facts(people=150, is_unintelligible=True)
    assert advise("any", marked).flags == ("over_100_people", "unintelligible")


def test_reasons_when_they_are_told_then_each_names_the_facts_it_comes_from() -> None:
    (reason,) = advise("1000_or_sensitive_or_hacking", facts(people=5000)).reasons
    assert reason == Claim("people_1000", True, ("severity.people",))


def test_advise_when_a_threshold_is_not_known_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="'sometimes' is not known"):
        advise("sometimes", NO_FACTS)


FIXED = {
    "any", "any_assessed", "by_notice_made", "by_contract", "by_law_of_state", "own_choice", "material",
    "significant_for_sector",
}  # fmt: skip
"""Thresholds that nothing about the incident decides."""


@pytest.mark.parametrize("threshold", sorted(set(THRESHOLDS) - FIXED))
def test_advise_when_nothing_was_answered_then_it_cannot_be_said_and_says_what_to_answer(
    threshold: str,
) -> None:
    for to_people in (False, True):
        found = advise(threshold, NO_FACTS, to_people=to_people)
        assert found.outcome == "cannot_say"
        assert found.missing


@pytest.mark.parametrize(
    ("parts", "any_holds", "all_hold"),
    [
        ((True, None), True, None),
        ((False, None), None, False),
        ((True, False, None), True, False),
        ((True, True), True, True),
        ((False, False), False, False),
    ],
)
def test_claims_when_joined_then_one_is_enough_for_any_and_against_all(
    parts: tuple[bool | None, ...], any_holds: bool | None, all_hold: bool | None
) -> None:
    claims = [Claim(f"c{n}", holds, (f"f{n}",), (f"f{n}",)) for n, holds in enumerate(parts)]
    assert any_of("x", *claims).holds is any_holds
    assert all_of("x", *claims).holds is all_hold
    assert bool(any_of("x", *claims).missing) is (any_holds is None)


maybe = st.none() | st.booleans()
known = st.builds(
    Facts,
    severity=st.builds(
        lambda **given: assess(Inputs(**given)),
        **{category: st.none() | st.integers(0, 4) for category in CATEGORIES},
        ease=st.none() | st.sampled_from(list(EASES)),
        confidentiality=st.none() | st.sampled_from(list(CONFIDENTIALITY)),
        integrity=st.none() | st.sampled_from(list(INTEGRITY)),
        availability=st.none() | st.sampled_from(list(AVAILABILITY)),
        is_malicious=maybe,
        people=st.none() | st.sampled_from([0, 100, 101, 499, 500, 1000, 1001, 10**6]),
        is_unintelligible=maybe,
    ),
    harm=st.builds(
        lambda **given: weigh(Answers(**given)),
        harms=st.none() | st.frozensets(st.sampled_from(HARM_TYPES)),
        factors=st.dictionaries(
            st.sampled_from(FACTORS), st.sampled_from(["raises", "neutral", "lowers"])
        ),
    ),
    has_prescribed_data=maybe,
    is_internal_only=maybe,
    was_harm_avoided=maybe,
    is_core_function_disrupted=maybe,
    is_critical_system_harmed=maybe,
    loss_cny=st.none() | st.sampled_from([0, 4_999_999, 5_000_000]),
)


@given(st.sampled_from(sorted(THRESHOLDS)), known, st.booleans())
def test_advise_when_facts_are_any_then_there_is_a_reason_and_open_ones_name_what_is_missing(
    threshold: str, found: Facts, to_people: bool
) -> None:
    advice = advise(threshold, found, to_people=to_people)
    assert advice.reasons
    assert isinstance(found.harm, Harm)
    if advice.outcome == "cannot_say":
        assert advice.missing
    if advice.outcome == "record":
        assert not advice.missing
    assert len(set(advice.missing)) == len(advice.missing)


WORSE = {
    "people": 10**6,
    "sensitive": 4,
    "ease": "maximum",
    "confidentiality": "unknown_recipients",
    "is_malicious": True,
}
MILDER_FIRST = ("record", "consider", "notify")


@given(
    st.sampled_from(sorted(THRESHOLDS)),
    known,
    st.booleans(),
    st.sampled_from(sorted(WORSE)),
    st.sampled_from(FACTORS),
)
def test_advise_when_one_fact_gets_worse_then_it_does_not_get_milder(
    threshold: str, found: Facts, to_people: bool, worse: str, factor: str
) -> None:
    before = advise(threshold, found, to_people=to_people).outcome
    inputs = replace(found.severity.inputs, **{worse: WORSE[worse]})
    answers = replace(found.harm.answers, factors={**found.harm.answers.factors, factor: "raises"})
    for changed in (
        replace(found, severity=assess(inputs)),
        replace(found, harm=weigh(answers)),
    ):
        after = advise(threshold, changed, to_people=to_people).outcome
        if "cannot_say" not in (before, after):
            assert MILDER_FIRST.index(after) >= MILDER_FIRST.index(before)
        if before == "notify":
            assert after == "notify"
