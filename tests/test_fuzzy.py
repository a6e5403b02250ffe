"""What fits what was typed, and what fits better."""

from __future__ import annotations

import pytest

from riskreg.fuzzy import score


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("in", "Incidents", "New incident"),
        ("inc", "New incident", "Principles"),
        ("ni", "New incident", "Print a report"),
        ("bin", "Bin", "Move to the bin"),
        ("備份", "備份…", "立即備份"),
        ("ＢＩＮ", "Bin", "Home"),
        ("report print", "Print a report…", "Reports"),
    ],
)
def test_score_when_two_texts_fit_then_the_one_that_is_meant_wins(
    typed: str, better: str, worse: str
) -> None:
    assert score(typed, better) > score(typed, worse)


@pytest.mark.parametrize(
    ("typed", "text"), [("xyz", "Incidents"), ("z", "Incidents"), ("tcni", "Incident")]
)
def test_score_when_letters_do_not_stand_in_order_then_it_does_not_fit(
    typed: str, text: str
) -> None:
    assert score(typed, text) == 0


def test_score_when_nothing_is_typed_then_everything_fits_alike() -> None:
    assert score("", "Home") == score(" ", "Bin") == 1
