"""What a word of a strange file may mean in a field of ours: proposals, never applied unseen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rapidfuzz import fuzz, process

from riskreg.errors import N_
from riskreg.exchange import synonyms
from riskreg.exchange.mapping import Meaning
from riskreg.records import fields
from riskreg.records.fields import FieldKind
from riskreg.records.terms import Vocabulary

OWN: Final = N_("a word of our own scale")
SAME: Final = N_("another word for it")
NEAR: Final = N_("spelt nearly alike")
NOTHING: Final = N_("stands for an empty cell")

_NEAR_WORD: Final = 80
"""Of 100, how alike two words must be."""


def meant(what: FieldKind, given: str, vocabulary: Vocabulary) -> tuple[Meaning | None, str]:
    """What a word may mean in a field, and why."""
    word = synonyms.tidy(given)
    match what:
        case fields.Choice() | fields.Choices():
            exact: Mapping[str, Meaning] = synonyms.terms(what.terms)
            known = _labels(what.terms, vocabulary)
        case fields.Score():
            exact, known = _scale(what.axis, vocabulary)
        case fields.YesNo():
            exact, known = synonyms.truth(), {}
        case _:
            return None, ""
    if word in known and isinstance(what, fields.Score):
        return known[word], OWN
    if word in exact:
        return exact[word], SAME
    if word in synonyms.nothing():
        return "", NOTHING
    spelt = {**known, **exact}
    best = process.extractOne(word, spelt.keys(), scorer=alike, score_cutoff=_NEAR_WORD)
    return (None, "") if best is None else (spelt[best[0]], NEAR)


def alike(one: str, other: str, **how: Any) -> float:  # noqa: ANN401
    """How alike two texts are, of 100; the order of words hardly matters."""
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other) - 2)


def _labels(name: str, vocabulary: Vocabulary) -> dict[str, Meaning]:
    terms = vocabulary.terms_of(name).terms
    return {synonyms.tidy(label): term.key for term in terms for label in term.label if label}


def _scale(axis: str, vocabulary: Vocabulary) -> tuple[Mapping[str, Meaning], dict[str, Meaning]]:
    """Words of other scales, and those of our own, which say exactly which step."""
    scale = vocabulary.scale
    steps = scale.likelihood if axis == "likelihood" else scale.impact
    own: dict[str, Meaning] = {
        synonyms.tidy(label): step.value for step in steps for label in step.label if label
    }
    others: Mapping[str, Meaning] = synonyms.scale(axis)
    return others, own
