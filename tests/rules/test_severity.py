"""ENISA's severity of 2013, against the check values, borders and traps of domain.md 4.1."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg.rules.severity import (
    AVAILABILITY,
    BANDS,
    BASES,
    CATEGORIES,
    CONFIDENTIALITY,
    EASES,
    INTEGRITY,
    Inputs,
    Severity,
    assess,
    band_of,
    reaches,
)

NOTHING_ADDED = Inputs(
    simple=0,
    behavioural=0,
    financial=0,
    sensitive=0,
    ease="maximum",
    confidentiality="not_affected",
    integrity="not_affected",
    availability="not_affected",
    is_malicious=False,
)

EXAMPLES = {
    "HR list with salary mailed to one wrong colleague": (
        {"financial": 3, "confidentiality": "known_recipients"},
        "3.25",
        "high",
    ),
    "encrypted lost laptop, contacts": ({"simple": 1, "ease": "negligible"}, "0.25", "low"),
    "150 addresses in CC": (
        {"simple": 1, "confidentiality": "known_recipients", "people": 150},
        "1.25",
        "low",
    ),
    "ransomware on health data, restored": (
        {
            "sensitive": 4,
            "ease": "significant",
            "availability": "temporary",
            "is_malicious": True,
        },
        "3.75",
        "high",
    ),
    "exfiltrated diagnoses": (
        {"sensitive": 4, "confidentiality": "unknown_recipients", "is_malicious": True},
        "5.00",
        "very_high",
    ),
}
"""The check values of domain.md 4.1."""

choices = st.fixed_dictionaries(
    {
        **{category: st.none() | st.integers(0, 4) for category in CATEGORIES},
        "ease": st.none() | st.sampled_from(list(EASES)),
        "confidentiality": st.none() | st.sampled_from(list(CONFIDENTIALITY)),
        "integrity": st.none() | st.sampled_from(list(INTEGRITY)),
        "availability": st.none() | st.sampled_from(list(AVAILABILITY)),
        "is_malicious": st.none() | st.booleans(),
        "people": st.none() | st.integers(0, 10**7),
        "is_unintelligible": st.none() | st.booleans(),
    }
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_assess_when_it_is_a_check_value_then_score_and_band_are_those_of_the_source(
    name: str,
) -> None:
    given, score, band = EXAMPLES[name]
    found = assess(replace(NOTHING_ADDED, **given))
    assert (str(found.score), found.band, found.missing) == (score, band, ())
    assert found.at_least == found.at_most == found.score


@pytest.mark.parametrize(
    ("score", "band"),
    [
        ("0.25", "low"), ("1.75", "low"), ("2.00", "medium"), ("2.75", "medium"), ("3.00", "high"),
        ("3.75", "high"), ("4.00", "very_high"), ("6.00", "very_high"),
    ],
)  # fmt: skip
def test_band_when_a_score_is_on_a_border_then_it_belongs_to_the_higher_one(
    score: str, band: str
) -> None:
    assert band_of(Decimal(score)) == band


def test_assess_when_two_is_reached_by_product_then_it_is_medium() -> None:
    assert assess(replace(NOTHING_ADDED, sensitive=4, ease="limited")).band == "medium"


def test_categories_when_alone_then_they_count_1_to_4_in_the_order_of_the_method() -> None:
    """Trap: public code has shifted labels (2 = financial, 3 = identity numbers)."""
    assert BASES == {"simple": 1, "behavioural": 2, "financial": 3, "sensitive": 4}
    assert list(BASES) == list(CATEGORIES)


def test_assess_when_there_are_several_categories_then_the_highest_counts_not_the_sum() -> None:
    found = assess(replace(NOTHING_ADDED, simple=2, behavioural=1, financial=3))
    assert (found.dpc, str(found.score)) == (3, "3.00")


def test_assess_when_a_context_was_raised_then_it_may_exceed_a_higher_category() -> None:
    assert assess(replace(NOTHING_ADDED, simple=4, sensitive=1)).dpc == 4


def test_circumstances_when_all_are_worst_then_they_add_two_in_all() -> None:
    """Trap: public code caps them at one, or adds a quarter each only."""
    worst = replace(
        NOTHING_ADDED,
        sensitive=4,
        confidentiality="unknown_recipients",
        integrity="unrecoverable",
        availability="lost",
        is_malicious=True,
    )
    found = assess(worst)
    assert (str(found.cb), str(found.score)) == ("2.00", "6.00")
    assert found.formula == "4 × 1.00 + 2.00 = 6.00"


@pytest.mark.parametrize(
    ("field", "table"),
    [
        ("confidentiality", {"not_affected": 0, "exposed": 0, "known_recipients": 25, "unknown_recipients": 50}),
        ("integrity", {"not_affected": 0, "no_misuse": 0, "recoverable": 25, "unrecoverable": 50}),
        ("availability", {"not_affected": 0, "restored": 0, "temporary": 25, "lost": 50}),
        ("is_malicious", {False: 0, True: 50}),
    ],
)  # fmt: skip
def test_circumstances_when_one_is_chosen_then_it_adds_what_the_table_says(
    field: str, table: dict[object, int]
) -> None:
    for choice, hundredths in table.items():
        found = assess(replace(NOTHING_ADDED, simple=1, **{field: choice}))
        assert found.cb == Decimal(hundredths) / 100


@pytest.mark.parametrize(("people", "is_up"), [(None, None), (100, False), (101, True)])
def test_flag_when_there_are_more_than_100_people_then_it_is_up_and_not_added(
    people: int | None, is_up: bool | None
) -> None:
    found = assess(replace(NOTHING_ADDED, simple=1, people=people))
    assert found.is_over_100_people is is_up
    assert ("over_100_people" in found.flags) is bool(is_up)
    assert str(found.score) == "1.00"


def test_flag_when_data_cannot_be_read_then_it_stands_beside_the_score() -> None:
    found = assess(replace(NOTHING_ADDED, sensitive=4, is_unintelligible=True))
    assert (found.flags, str(found.score)) == (("unintelligible",), "4.00")


def test_assess_when_nothing_was_answered_then_there_is_no_score_and_all_is_named() -> None:
    found = assess(Inputs())
    assert (found.score, found.band, found.dpc, found.ei, found.cb) == (None,) * 5
    assert found.missing == (
        "simple", "behavioural", "financial", "sensitive",
        "ease", "confidentiality", "integrity", "availability", "is_malicious",
    )  # fmt: skip
    assert (str(found.at_least), str(found.at_most)) == ("0.25", "6.00")
    assert found.formula == ""


def test_assess_when_categories_are_not_answered_then_they_do_not_count_as_simple() -> None:
    open_ones = dict.fromkeys(CATEGORIES)
    found = assess(replace(NOTHING_ADDED, **open_ones))
    assert (found.dpc, found.score) == (None, None)
    assert found.missing == CATEGORIES


def test_assess_when_no_category_is_said_to_be_involved_then_that_is_what_is_missing() -> None:
    found = assess(NOTHING_ADDED)
    assert (found.missing, found.score, found.dpc) == (("categories",), None, None)


def test_assess_when_the_highest_context_is_known_then_other_categories_are_not_asked() -> None:
    found = assess(replace(NOTHING_ADDED, sensitive=4, simple=None, financial=None))
    assert (found.missing, found.dpc) == ((), 4)


def test_assess_when_one_answer_is_missing_then_the_rest_says_what_it_is_at_least() -> None:
    found = assess(replace(NOTHING_ADDED, financial=3, is_malicious=None))
    assert (found.score, found.missing) == (None, ("is_malicious",))
    assert (str(found.at_least), str(found.at_most), found.least_band) == ("3.00", "3.50", "high")


@pytest.mark.parametrize(
    "wrong", [{"simple": 5}, {"simple": -1}, {"ease": "some"}, {"integrity": ""}, {"people": -1}]
)
def test_inputs_when_a_value_is_not_of_its_list_then_they_are_refused(
    wrong: dict[str, object],
) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Inputs(**wrong)  # type: ignore[arg-type]


def by_hand(inputs: Inputs) -> Fraction:
    """The score in fractions, from the tables of domain.md 4.1."""
    ease = {"negligible": Fraction(1, 4), "limited": Fraction(1, 2), "significant": Fraction(3, 4)}
    added = {
        "known_recipients": 1, "unknown_recipients": 2, "recoverable": 1, "unrecoverable": 2,
        "temporary": 1, "lost": 2,
    }  # fmt: skip
    circumstances = (inputs.confidentiality, inputs.integrity, inputs.availability)
    quarters = sum(added.get(str(each), 0) for each in circumstances)
    dpc = max(each or 0 for each in inputs.contexts.values())
    return (
        dpc * ease.get(str(inputs.ease), Fraction(1))
        + Fraction(quarters, 4)
        + Fraction(1, 2) * bool(inputs.is_malicious)
    )


def test_assess_when_every_answer_is_tried_then_it_agrees_with_the_tables() -> None:
    every = product(range(1, 5), EASES, CONFIDENTIALITY, INTEGRITY, AVAILABILITY, (False, True))
    seen = set()
    for context, ease, confidentiality, integrity, availability, is_malicious in every:
        inputs = replace(
            NOTHING_ADDED,
            simple=context,
            ease=ease,
            confidentiality=confidentiality,
            integrity=integrity,
            availability=availability,
            is_malicious=is_malicious,
        )
        score = assess(inputs).score
        assert score == by_hand(inputs)
        seen.add(score)
    assert (min(seen), max(seen)) == (Decimal("0.25"), 6)


@given(choices)
def test_assess_when_answers_are_missing_then_no_score_else_it_is_within_its_ends(
    values: dict[str, object],
) -> None:
    found = assess(Inputs(**values))  # type: ignore[arg-type]
    assert (found.score is None) == bool(found.missing) == (found.band is None)
    assert Decimal("0.25") <= found.at_least <= found.at_most <= 6
    if found.score is not None:
        assert found.score == found.at_least == found.at_most == by_hand(found.inputs)
        assert found.score == found.dpc * found.ei + found.cb  # type: ignore[operator]


@given(choices, choices)
def test_assess_when_more_is_answered_then_the_score_stays_within_what_was_said_before(
    values: dict[str, object], later: dict[str, object]
) -> None:
    before = assess(Inputs(**values))  # type: ignore[arg-type]
    filled = {key: later[key] if value is None else value for key, value in values.items()}
    after = assess(Inputs(**filled))  # type: ignore[arg-type]
    assert set(after.missing) - {"categories"} <= set(before.missing)
    assert before.at_least <= after.at_least <= after.at_most <= before.at_most


def test_reaches_when_bands_are_compared_then_they_are_in_order() -> None:
    assert [reaches(band, "medium") for band in BANDS] == [False, True, True, True]


def test_severity_when_it_was_assessed_then_every_input_is_kept() -> None:
    inputs = replace(NOTHING_ADDED, financial=3, people=12)
    assert isinstance(found := assess(inputs), Severity)
    assert found.inputs is inputs
