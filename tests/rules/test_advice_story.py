"""The misdirected payroll mail: what is advised at each hour, as more of it is known (issue of the incident)."""

from __future__ import annotations

from dataclasses import replace

from riskreg.rules.advice import advise
from riskreg.rules.claims import NO_FACTS, Facts
from riskreg.rules.harm import FACTORS, Answers, weigh
from riskreg.rules.severity import Inputs, assess

ASKED = {
    "hong_kong": ("real_risk_of_harm", False),
    "hong_kong_people": ("real_risk_of_harm", True),
    "eu": ("unless_unlikely_risk", False),
    "eu_people": ("high_risk", True),
    "singapore": ("significant_harm_or_500", False),
    "mainland": ("has_or_may_have_occurred", False),
    "mainland_people": ("unless_harm_avoided", True),
}

AT_18_40 = Inputs(financial=3, ease="maximum", confidentiality="known_recipients")
"""Salaries with names went to one former employee; the rest nobody has answered."""

AT_19_20 = replace(
    AT_18_40,
    simple=1,
    behavioural=0,
    sensitive=0,
    integrity="not_affected",
    availability="not_affected",
    is_malicious=False,
    people=214,
    is_unintelligible=False,
)


def outcomes(facts: Facts) -> dict[str, str]:
    return {
        name: advise(threshold, facts, to_people=to_people).outcome
        for name, (threshold, to_people) in ASKED.items()
    }


def test_story_when_one_line_was_typed_then_nothing_is_advised_and_nothing_is_called_harmless() -> (
    None
):
    assert set(outcomes(NO_FACTS).values()) == {"cannot_say"}


def test_story_when_three_answers_were_given_then_what_is_certain_is_not_waited_for() -> None:
    found = assess(AT_18_40)
    assert (found.score, str(found.at_least), found.least_band) == (None, "3.25", "high")
    assert outcomes(replace(NO_FACTS, severity=found)) == {
        "hong_kong": "notify",
        "hong_kong_people": "notify",
        "eu": "notify",
        "eu_people": "notify",
        "singapore": "cannot_say",
        "mainland": "notify",
        "mainland_people": "notify",
    }


def test_story_when_singapore_is_asked_then_the_one_question_left_is_who_could_see_it() -> None:
    facts = replace(NO_FACTS, severity=assess(AT_18_40))
    found = advise("significant_harm_or_500", facts)
    assert found.missing == ("is_internal_only",)
    assert advise("significant_harm_or_500", replace(facts, is_internal_only=False)).outcome == (
        "notify"
    )


def test_story_when_all_is_answered_then_the_score_is_that_of_the_source_with_its_flag() -> None:
    found = assess(AT_19_20)
    assert (found.formula, found.band) == ("3 × 1.00 + 0.25 = 3.25", "high")
    assert found.flags == ("over_100_people",)


def test_story_when_deletion_is_confirmed_then_a_person_looks_at_the_exemptions() -> None:
    confirmed = Answers(
        harms=frozenset({"financial_loss", "humiliation"}),
        factors={
            **dict.fromkeys(FACTORS, "neutral"),
            "sensitivity": "raises",
            "circumstances": "lowers",
            "mitigated": "lowers",
        },
    )
    facts = Facts(
        severity=assess(AT_19_20),
        harm=weigh(confirmed),
        is_internal_only=False,
        has_prescribed_data=True,
        was_harm_avoided=True,
    )
    assert facts.harm.likelihood == "possible"
    assert outcomes(facts) == {
        "hong_kong": "notify",
        "hong_kong_people": "notify",
        "eu": "notify",
        "eu_people": "consider",
        "singapore": "notify",
        "mainland": "notify",
        "mainland_people": "consider",
    }
