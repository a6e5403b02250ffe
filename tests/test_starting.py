"""Suggested records: sound, whole in three languages, by sector and size, never twice."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from riskreg import register, starting
from riskreg.changes import ChangeSet, edit
from riskreg.i18n import LANGUAGES
from riskreg.records import KINDS, Organisation, check, stored
from riskreg.records.fields import Value
from riskreg.records.terms import Vocabulary
from riskreg.records.values import Count
from riskreg.views import Register

TODAY = date(2026, 11, 24)
SECTORS = ("clinic", "school", "shop", "ngo", "professional", "technology", "other")


def answered(opened: Register, **answers: Value) -> None:
    made = edit(opened.organisation(), answers)
    assert made is not None
    opened.apply(ChangeSet(act="edit", changes=(made,)))


@pytest.fixture
def opened(tmp_path: Path):
    made = register.create(tmp_path / "new.riskreg", name="New")
    yield made
    made.close()


def test_suggestions_when_read_then_each_has_its_own_key_and_a_title_in_every_language() -> None:
    keys = Counter((each.kind, each.key) for each in starting.catalogue())
    assert max(keys.values()) == 1
    for each in starting.catalogue():
        assert set(each.title) == set(LANGUAGES)
        assert all(each.title.values())
    for language in LANGUAGES:
        titles = Counter((each.kind, each.title[language]) for each in starting.catalogue())
        assert max(titles.values()) == 1


def test_suggestions_when_all_are_added_then_the_door_takes_them_and_they_hold_together(
    opened: Register,
) -> None:
    changed = opened.apply(starting.additions(opened, starting.catalogue(), "zh_Hant", TODAY))
    assert len(changed.new) == len(starting.catalogue())
    vocabulary: Vocabulary = opened.vocabulary
    found = [
        problem
        for record in opened.records(changed.new.values()).values()
        for problem in check.problems(record, stored(KINDS[record.kind]), vocabulary)
    ]
    assert found == []
    assert opened.verify().findings == ()


@pytest.mark.parametrize("sector", SECTORS)
def test_suggestions_when_the_sector_is_known_then_its_own_are_among_them(
    opened: Register, sector: str
) -> None:
    answered(opened, sector=sector, staff_count=Count(25, "exact"))
    found = starting.suggested(opened)
    kinds = Counter(each.kind for each in found)
    assert set(kinds) == set(starting.KINDS_SUGGESTED)
    assert all(not each.sectors or sector in each.sectors for each in found)
    assert 60 <= len(found) <= 110


def test_suggestions_when_nothing_was_answered_then_they_are_those_for_everybody(
    opened: Register,
) -> None:
    assert all(
        not each.needs and each.staff_from == 0 and (not each.sectors or "other" in each.sectors)
        for each in starting.suggested(opened)
    )


@pytest.mark.parametrize("answer", ["has_providers", "sends_abroad", "holds_sensitive"])
def test_suggestions_when_an_answer_is_yes_then_more_are_made(
    opened: Register, answer: str
) -> None:
    before = {each.key for each in starting.suggested(opened)}
    answered(opened, **{answer: False})
    assert {each.key for each in starting.suggested(opened)} == before
    answered(opened, **{answer: True})
    assert {each.key for each in starting.suggested(opened)} > before


def test_suggestions_when_there_are_ten_people_then_a_bigger_programme_is_suggested(
    opened: Register,
) -> None:
    answered(opened, staff_count=Count(9, "exact"))
    few = len(starting.suggested(opened))
    answered(opened, staff_count=Count(10, "exact"))
    assert len(starting.suggested(opened)) > few


def test_suggestions_when_some_are_taken_then_they_are_not_suggested_again(
    opened: Register,
) -> None:
    before = starting.suggested(opened)
    opened.apply(starting.additions(opened, before[:3], "zh_Hans", TODAY))
    assert starting.suggested(opened) == before[3:]
    opened.undo()
    assert starting.suggested(opened) == before


def test_suggestions_when_an_activity_is_added_then_it_is_planned_and_tied_to_its_action(
    opened: Register,
) -> None:
    drill = next(
        each for each in starting.catalogue() if each.kind == "activity" and each.key == "drill"
    )
    changed = opened.apply(starting.additions(opened, [drill], "en", TODAY))
    record = opened.record(changed.new[-1])
    assert record.get("planned_on") == date(2027, 4, 24)
    assert record.due_at == date(2027, 4, 24)
    assert record.get("actions") == frozenset({opened.find("B4")})


def test_organisation_when_its_answers_are_listed_then_they_are_fields_of_it() -> None:
    for each in starting.catalogue():
        assert each.needs <= set(stored(Organisation))
