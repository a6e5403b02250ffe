"""What stands beside the values of a record."""

from __future__ import annotations

import pytest

from riskreg.formats import sentences
from riskreg.i18n import LANGUAGES, Language, translator
from riskreg.records import KINDS, columns, fields
from riskreg.reports.rows import Speech, label_of
from riskreg.views import Register


@pytest.mark.parametrize("language", LANGUAGES)
def test_label_when_a_value_says_its_unit_then_the_label_does_not(language: Language) -> None:
    t = translator(language)
    labels = {
        (name, key): label_of(t, name, key)
        for name, kind in KINDS.items()
        for key, what in columns(kind).items()
        if isinstance(what, fields.Duration)
    }
    assert all(labels.values())
    kept = [place for place, label in labels.items() if label.endswith((")", "）"))]
    assert kept == [("asset", "retention_months")]  # beside the one in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_when_a_kind_has_many_columns_then_no_two_are_alike(language: Language) -> None:
    t = translator(language)
    for name, kind in KINDS.items():
        labels = [label_of(t, name, key) for key in columns(kind)]
        assert sorted(labels) == sorted(set(labels))


def test_label_when_it_is_no_length_of_time_then_it_is_as_in_the_window() -> None:
    t = translator("en")
    assert label_of(t, "risk", "cause") == t.label("risk", "cause")
    assert label_of(t, "risk", "due_at") == t.label("risk", "due_at")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "One. Two.|Case no.: 7/26"),
        ("zh_Hant", "One.Two.|Case no.：7/26"),
        ("zh_Hans", "One.Two.|Case no.：7/26"),
    ],
)
def test_words_when_they_stand_together_then_as_the_language_does_it(
    opened: Register, language: Language, expected: str
) -> None:
    t = translator(language)
    speech = Speech(t=t, vocabulary=opened.vocabulary, names={}, zone="Asia/Hong_Kong")
    fact = speech.value("risk", "other_facts", (("Case no.", "7/26"),))
    assert f"{sentences(t, 'One.', '', 'Two.')}|{fact}" == expected
