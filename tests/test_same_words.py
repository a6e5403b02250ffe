"""A choice and a text of the window that say the same in English say the same in Chinese."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

RESOURCES = Path(__file__).parents[1] / "resources"
CHINESE = ("zh_Hant", "zh_Hans")

OTHER_MEANINGS = {
    "Open": "a risk not looked at yet, a step not done yet; elsewhere whatever is not over",
    "Closed": "a case that is closed; elsewhere the end of anything",
    "Exact": "a number that is exact; elsewhere a text that is the same throughout",
    "Yes": "a policy action applies; elsewhere a plain yes",
    "No": "likewise",
    "Email": "a channel of a notice; elsewhere somebody's address",
    "Method": "how data are sent; elsewhere by what a score is found",
    "Paper": "what data are kept on; elsewhere which paper of a notice",
    "Public": "open to anybody; elsewhere the public sector in the PCPD's figures",
    "Done": "a status, that it was done; elsewhere the heading or the button",
}
"""English words that a list of choices and the window use differently, and how."""

ONE_WORD = {
    "zh_Hans": {"检讨": "复核", "处理者": "受托处理方", "跨境传输": "跨境转移", "保密": "机密"},
    "zh_Hant": {"未經測試": "尚未測試"},
}
"""Words that stand beside another of the same meaning, and which one it is."""


def choices() -> Iterator[tuple[str, dict[str, str]]]:
    """Every choice with the name of its list."""
    lists = tomllib.loads((RESOURCES / "catalogue" / "terms.toml").read_text("utf-8"))
    for name, rows in lists.items():
        for row in rows:
            yield name, row


@cache
def texts(language: str) -> dict[str, set[str]]:
    """What each English text of the window is called, without regard to case."""
    with (RESOURCES / "locale" / f"{language}.po").open("rb") as file:
        found: dict[str, set[str]] = {}
        for message in read_po(file):
            if isinstance(message.id, str) and message.id and message.string:
                found.setdefault(message.id.casefold(), set()).add(str(message.string))
        return found


@pytest.mark.parametrize("language", CHINESE)
def test_choice_when_the_window_has_the_same_english_then_the_chinese_is_the_same(
    language: str,
) -> None:
    differing = [
        f"{name}.{row['key']} {row['en']}: {row[language]}, in the window {' or '.join(said)}"
        for name, row in choices()
        if (said := texts(language).get(row["en"].casefold()))
        and row[language] not in said
        and row["en"] not in OTHER_MEANINGS
    ]
    assert differing == []


@pytest.mark.parametrize("language", CHINESE)
def test_choice_when_a_word_has_one_chinese_then_no_other_is_used(language: str) -> None:
    wrong = [
        f"{name}.{row['key']}: {row[language]} for {right}"
        for name, row in choices()
        for word, right in ONE_WORD[language].items()
        if word in row[language]
    ]
    assert wrong == []


def test_words_of_other_meaning_when_allowed_then_they_are_still_used_both_ways() -> None:
    english = {row["en"] for _, row in choices()}
    assert [word for word in OTHER_MEANINGS if word not in english] == []
    assert [word for word in OTHER_MEANINGS if word.casefold() not in texts("zh_Hans")] == []
