"""Whether harm is foreseeable, against the PCPD's examples and factors in domain.md 2.3."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg.rules.harm import FACTORS, HARM_TYPES, Answers, weigh

ORDER = ("unlikely", "possible", "likely")
ANSWERS = ("lowers", "neutral", "raises")

harms = st.frozensets(st.sampled_from(HARM_TYPES))
some_factors = st.dictionaries(st.sampled_from(FACTORS), st.sampled_from(ANSWERS))
all_factors = st.fixed_dictionaries({factor: st.sampled_from(ANSWERS) for factor in FACTORS})


def all_but(**given: str) -> dict[str, str]:
    """Every factor neutral but the given ones."""
    return {**dict.fromkeys(FACTORS, "neutral"), **given}


def likelihood(harms: set[str] | None, **factors: str) -> tuple[str, str]:
    found = weigh(Answers(harms=None if harms is None else frozenset(harms), factors=factors))
    return found.likelihood, found.reason


def test_factors_when_counted_then_they_are_the_eleven_and_the_harms_five() -> None:
    assert (len(FACTORS), len(HARM_TYPES)) == (11, 5)


def test_weigh_when_contact_and_financial_data_are_leaked_online_then_harm_is_likely() -> None:
    """The PCPD's example of a higher risk; seven factors are still open."""
    leaked = {
        "sensitivity": "raises",
        "circumstances": "raises",
        "ongoing": "raises",
        "unreadable": "neutral",
    }
    assert likelihood({"financial_loss", "identity_theft"}, **leaked) == ("likely", "harm_raised")


def test_weigh_when_plain_data_was_strongly_encrypted_then_harm_is_unlikely() -> None:
    """The PCPD's first example of a lower risk."""
    lost = {
        "sensitivity": "lowers",
        "identity_fraud": "neutral",
        "ongoing": "neutral",
        "unreadable": "lowers",
    }
    assert likelihood({"identity_theft"}, **lost) == ("unlikely", "harm_barred")


def test_weigh_when_a_lost_device_was_found_untouched_then_harm_is_unlikely() -> None:
    """The PCPD's third example of a lower risk."""
    found = all_but(recovered="lowers")
    assert likelihood({"identity_theft"}, **found) == ("unlikely", "harm_barred")


@pytest.mark.parametrize("undone", ["sensitivity", "identity_fraud", "ongoing"])
@pytest.mark.parametrize("answer", ["raises", None])
def test_weigh_when_a_barrier_may_be_undone_then_it_is_not_trusted(
    undone: str, answer: str | None
) -> None:
    factors = all_but(unreadable="lowers")
    if answer:
        factors[undone] = answer
    else:
        del factors[undone]
    assert likelihood({"identity_theft"}, **factors)[0] in ("possible", "cannot_say")


def test_weigh_when_nothing_was_answered_then_it_cannot_be_said_and_all_is_missing() -> None:
    found = weigh(Answers())
    assert (found.likelihood, found.reason) == ("cannot_say", "harm_not_asked")
    assert found.missing == ("harms", *FACTORS)
    assert found.because == ()


def test_weigh_when_only_harms_were_named_then_it_cannot_be_said_yet() -> None:
    assert likelihood({"humiliation"}) == ("cannot_say", "harm_factors_open")


def test_weigh_when_no_harm_was_named_and_factors_are_open_then_it_is_not_called_unlikely() -> None:
    assert likelihood(set(), amount="lowers") == ("cannot_say", "harm_factors_open")


def test_weigh_when_no_harm_was_named_and_all_was_looked_at_then_it_is_unlikely() -> None:
    assert likelihood(set(), **all_but()) == ("unlikely", "harm_none")


def test_weigh_when_no_harm_was_named_but_a_factor_raises_then_it_is_possible() -> None:
    assert likelihood(set(), systemic="raises") == ("possible", "harm_none_but_raised")


def test_weigh_when_safety_is_at_stake_then_one_raising_factor_is_enough() -> None:
    factors = all_but(sensitivity="raises", mitigated="lowers", amount="lowers")
    assert likelihood({"personal_safety"}, **factors) == ("likely", "harm_to_safety")
    assert likelihood({"humiliation"}, **factors) == ("possible", "harm_balanced")
    assert likelihood({"personal_safety"}, **all_but()) == ("possible", "harm_neutral")


def test_weigh_when_every_factor_is_neutral_then_a_named_harm_stays_possible() -> None:
    assert likelihood({"financial_loss"}, **all_but()) == ("possible", "harm_neutral")


def test_weigh_when_factors_only_lower_then_harm_is_unlikely() -> None:
    factors = all_but(mitigated="lowers")
    assert likelihood({"financial_loss"}, **factors) == ("unlikely", "harm_lowered")


def test_because_when_factors_were_answered_then_each_that_counts_is_named_in_order() -> None:
    found = weigh(
        Answers(
            harms=frozenset({"financial_loss"}),
            factors={"mitigated": "lowers", "amount": "neutral", "sensitivity": "raises"},
        )
    )
    assert found.because == (
        "harm.financial_loss",
        "factor.sensitivity.raises",
        "factor.mitigated.lowers",
    )


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"harms": frozenset({"fear"})}, "harm 'fear'"),
        ({"factors": {"moon": "raises"}}, "factor 'moon'"),
        ({"factors": {"amount": "more"}}, "answer 'more'"),
        ({"notes": {"moon": "full"}}, "factor 'moon'"),
    ],
)
def test_answers_when_a_key_is_not_known_then_they_are_refused(
    wrong: dict[str, object], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        Answers(**wrong)  # type: ignore[arg-type]


@given(harms, some_factors)
def test_weigh_when_factors_are_open_then_unlikely_is_said_only_behind_a_barrier(
    harms: frozenset[str], factors: dict[str, str]
) -> None:
    found = weigh(Answers(harms=harms, factors=factors))  # type: ignore[arg-type]
    if found.likelihood == "unlikely" and found.answers.unanswered:
        assert found.reason == "harm_barred"


@given(harms, all_factors, st.sampled_from(FACTORS))
def test_weigh_when_one_answer_gets_worse_then_the_advice_does_not_get_milder(
    harms: frozenset[str], factors: dict[str, str], changed: str
) -> None:
    said = [
        weigh(Answers(harms=harms, factors={**factors, changed: answer})).likelihood  # type: ignore[dict-item]
        for answer in ANSWERS
    ]
    assert [ORDER.index(each) for each in said] == sorted(ORDER.index(each) for each in said)


@given(harms, all_factors, st.sampled_from(HARM_TYPES))
def test_weigh_when_one_more_harm_is_foreseen_then_the_advice_does_not_get_milder(
    harms: frozenset[str], factors: dict[str, str], more: str
) -> None:
    before = weigh(Answers(harms=harms, factors=factors)).likelihood  # type: ignore[arg-type]
    after = weigh(Answers(harms=harms | {more}, factors=factors)).likelihood  # type: ignore[arg-type]
    assert ORDER.index(after) >= ORDER.index(before)
