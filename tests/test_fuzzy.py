"""What fits what was typed, and what fits better."""

from __future__ import annotations

import pytest

from riskreg.fuzzy import Alike, score


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


@pytest.mark.parametrize(
    ("there", "suggested"),
    [
        ("Patient records (clinic system)", "Patient records"),
        ("Backups cannot be restored when needed", "A backup cannot be restored"),
        ("CCTV, entrance", "CCTV"),
        ("員工檔案（人事部）", "員工檔案"),
    ],
)
def test_alike_when_said_in_other_words_then_it_is_found(there: str, suggested: str) -> None:
    assert Alike([(7, "Something else"), (8, there)]).find([suggested]) == 8


@pytest.mark.parametrize(
    ("there", "suggested"),
    [
        ("Staff look up records", "Former staff still have access"),
        ("Paper records", "Patient records"),
        ("病人記錄", "員工檔案"),
        ("", "Patient records"),
    ],
)
def test_alike_when_only_a_word_is_shared_then_it_is_another(there: str, suggested: str) -> None:
    assert Alike([(8, there)]).find([suggested]) is None
