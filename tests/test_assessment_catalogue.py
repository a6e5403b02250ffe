"""The words of assessment and advice: whole, in three languages, and one for everything the rules can say."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg import catalogue
from riskreg.advice_catalogue import advice_words
from riskreg.assessment_catalogue import assessment
from riskreg.rules import severity
from riskreg.rules.advice import THRESHOLDS, advise
from riskreg.rules.claims import NO_FACTS, Facts
from riskreg.rules.harm import FACTORS
from tests.rules.test_advice import known
from tests.test_catalogue import SIMPLIFIED, TRADITIONAL, outside_charset, texts_in

TEXTS = list(texts_in((assessment(), advice_words())))


def test_texts_when_they_ship_then_each_is_there_in_three_languages_and_in_its_script() -> None:
    assert len(TEXTS) > 250, "the walk no longer reaches what it should"
    assert [where for where, text in TEXTS if not all(text)] == []
    assert [(w, c) for w, t in TEXTS if (c := outside_charset(t.zh_Hant, "big5"))] == []
    assert [(w, c) for w, t in TEXTS if (c := outside_charset(t.zh_Hans, "gb2312"))] == []
    only_simple, only_full = set(SIMPLIFIED) - set(TRADITIONAL), set(TRADITIONAL) - set(SIMPLIFIED)
    assert [(w, c) for w, t in TEXTS if (c := only_simple & set(t.zh_Hant))] == []
    assert [(w, c) for w, t in TEXTS if (c := only_full & set(t.zh_Hans))] == []


def test_hong_kong_when_it_is_spoken_of_then_no_text_says_that_law_requires_a_notice() -> None:
    said = advice_words().claims["recommended_only"].holds
    assert "does not require" in said.en
    assert "並無強制通報" in said.zh_Hant
    assert "没有强制通报" in said.zh_Hans


def test_categories_when_read_then_the_base_of_each_is_found_in_a_source() -> None:
    """Domain.md 4.1: the bases are sourced, the wording of most steps up and down is not."""
    for category in assessment().categories:
        base = severity.BASES[category.key]
        assert [each.value for each in category.contexts if each.is_verified] == [base]


def test_factors_when_read_then_six_to_eleven_are_verified_and_the_others_are_marked() -> None:
    assert [each.is_verified for each in assessment().factors] == [False] * 5 + [True] * 6


def test_suggested_when_data_has_several_kinds_then_their_categories_in_order() -> None:
    found = assessment()
    assert found.suggested(["health", "payment", "contact"]) == ("simple", "financial", "sensitive")
    assert found.suggested(["credentials", "unknown", "other"]) == ()


def test_suggested_when_each_kind_is_alone_then_it_follows_the_default_of_the_source() -> None:
    """Domain.md 6.3: basic 1; location, profile, device 2; economic, payment, salary 3; the rest 4."""
    found = assessment()
    expected = {
        "basic": "simple", "contact": "simple", "location": "behavioural", "profile": "behavioural",
        "device_id": "behavioural", "economic": "financial", "payment": "financial",
        "mpf_salary": "financial", "health": "sensitive", "biometric": "sensitive",
        "criminal": "sensitive", "political": "sensitive", "religious": "sensitive",
        "sexual": "sensitive", "genetic": "sensitive",
    }  # fmt: skip
    assert {key: found.suggested([key]) for key in expected} == {
        key: (category,) for key, category in expected.items()
    }


def test_identifiers_when_read_then_their_gaps_are_those_of_the_table() -> None:
    gaps = {each.key: set(severity.EASES) - set(each.eases) for each in assessment().identifiers}
    assert gaps == {
        "full_name": set(),
        "identity_number": {"limited"},
        "phone_or_address": {"significant"},
        "email": {"limited"},
        "picture": set(),
        "code_or_alias": {"limited"},
    }


@given(st.sampled_from(sorted(THRESHOLDS)), known, st.booleans())
def test_advice_when_facts_are_any_then_each_reason_and_each_missing_answer_has_its_words(
    threshold: str, facts: Facts, to_people: bool
) -> None:
    words = advice_words()
    advice = advise(threshold, facts, to_people=to_people)
    for reason in advice.reasons:
        found = words.claims[reason.key]
        assert words.of(reason) in ({True: found.holds, False: found.fails, None: found.open}[
            reason.holds
        ],)  # fmt: skip
    assert set(advice.missing) <= set(words.questions)
    assert words.outcomes[advice.outcome]
    assert facts.harm.reason in words.reasons


def test_questions_when_nothing_was_answered_then_all_that_is_missing_can_be_asked() -> None:
    words = advice_words()
    missing = {key for each in THRESHOLDS for key in advise(each, NO_FACTS).missing}
    assert len(missing) > 20
    assert missing <= set(words.questions)
    assert (
        words.questions["harm.ongoing"] == assessment().factors[FACTORS.index("ongoing")].question
    )


@pytest.fixture
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A copy of the catalogue where a bundle has it, read afresh."""
    folder = tmp_path / "resources" / "catalogue"
    shutil.copytree(catalogue.resources_folder() / "catalogue", folder)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    for reader in (assessment, advice_words):
        reader.cache_clear()
    yield folder
    for reader in (assessment, advice_words):
        reader.cache_clear()


DAMAGE = [
    ("assessment.toml", "value = 2,", "value = 3,", r"category simple: choices count from 1 to 4"),
    ("assessment.toml", 'key = "financial"', 'key = "money"', r"category: the keys are not simple"),
    ("assessment.toml", '"S92", "S93"', '"S92", "S999"', r"category simple: source 'S999'"),
    ("assessment.toml", '["location"', '["basic", "location"', r"suggests: a kind of data stands"),
    ("assessment.toml", '["location"', '["places"', r"suggests: 'places' is not known"),
    ("assessment.toml", "verified = false\nq", "verified = true\nq", r"sensitivity: it is called verified"),
    ("assessment.toml", "raises = {", "raise = {", r"factor sensitivity: raise is not known"),
    ("assessment.toml", 'key = "lost"', 'key = "gone"', r"circumstance availability: the keys"),
    ("assessment.toml", 'zh_Hant = "身份被盜用"', 'zh_Hant = " "', r"identity_theft: text: zh_Hant is"),
    ("assessment.toml", "[[band]]", "[[bands]]", r"assessment\.toml: bands is not known"),
    ("advice.toml", 'key = "consider"', 'key = "maybe"', r"outcome: the keys are not notify"),
    ("advice.toml", 'key = "malicious"', 'key = "acquired"', r"claim acquired: its key stands twice"),
    ("advice.toml", "fails = {", "fail = {", r"claim severity_medium: fail is not known"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sound", "damaged", "complaint"), DAMAGE)
def test_file_when_it_is_damaged_then_it_is_refused_with_its_name_and_entry(
    own_files: Path, name: str, sound: str, damaged: str, complaint: str
) -> None:
    path = own_files / name
    text = path.read_text(encoding="utf-8")
    assert sound in text
    path.write_text(text.replace(sound, damaged, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        advice_words()
