"""How well a text fits what somebody types in a hurry, and which titles speak of the same thing in other words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, Generic, TypeVar

from riskreg.records.terms import folded

T = TypeVar("T")

BEGINS, WORD, PART, WORDS, LETTERS = 100, 80, 60, 50, 40
_LEAST_LETTERS = 2
_RUNS: Final = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")
_SMALL_WORD: Final = 3
"""Letters of a word that says nothing of what is meant, such as "the" or "of"."""
_SHARED: Final = 2 / 3
"""The part of the shorter title's words that both must hold."""


def score(typed: str, text: str) -> int:
    """How well a text fits, from 1 to 100; 0 where it does not.

    Args:
        typed: What was typed; nothing fits everything alike.
        text: What may be meant. Case, full-width forms and outer spaces do not matter.
    """
    wanted, found = folded(typed), folded(text)
    if not wanted:
        return 1
    place = found.find(wanted)
    if place == 0:
        return BEGINS
    if place > 0:
        return PART if found[place - 1].isalnum() else WORD
    words = wanted.split()
    if len(words) > 1 and all(word in found for word in words):
        return WORDS
    return _letters(wanted.replace(" ", ""), found)


def _letters(wanted: str, found: str) -> int:
    """Letters in order; each that begins no word and does not follow the one before it costs."""
    if len(wanted) < _LEAST_LETTERS:
        return 0
    cost, place = 0, -1
    for letter in wanted:
        next_place = found.find(letter, place + 1)
        if next_place < 0:
            return 0
        begins_word = next_place == 0 or not found[next_place - 1].isalnum()
        cost += 0 if next_place == place + 1 or begins_word else 6
        place = next_place
    return max(0, LETTERS - cost)


def said(title: str) -> frozenset[str]:
    """What a title is about: its longer words without a plural's s; of Chinese each two characters that follow one another."""
    found: set[str] = set()
    for run in _RUNS.findall(folded(title)):
        if run[0] >= "\u3400":
            found.update(map("".join, pairwise(run)))
        elif len(run) > _SMALL_WORD:
            found.add(run.removesuffix("s"))
    return frozenset(found) or frozenset({folded(title)})


class Alike(Generic[T]):
    """Titles of things, to find the one that another title means in other words.

    Args:
        titles: What is called how.
    """

    def __init__(self, titles: Iterable[tuple[T, str]]) -> None:
        self._said = [(thing, said(title)) for thing, title in titles]
        self._holding: dict[str, list[int]] = {}
        for place, (_, words) in enumerate(self._said):
            for word in words:
                self._holding.setdefault(word, []).append(place)

    def find(self, titles: Iterable[str]) -> T | None:
        """What is called most like one of these titles, in whatever language; None where nothing is."""
        best, found = 0.0, None
        for words in map(said, titles):
            shared = Counter(place for word in words for place in self._holding.get(word, ()))
            for place, number in shared.items():
                thing, other = self._said[place]
                part = number / min(len(words), len(other))
                if part >= _SHARED and part + number > best:
                    best, found = part + number, thing
        return found
