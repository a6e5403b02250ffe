"""How well a text fits what somebody types in a hurry: its beginning, a word of it, a part of it, or letters in order."""

from __future__ import annotations

from riskreg.records.terms import folded

BEGINS, WORD, PART, WORDS, LETTERS = 100, 80, 60, 50, 40
_LEAST_LETTERS = 2


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
