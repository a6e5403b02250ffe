"""What an organisation's own choices count as.

A register may add choices to most lists and says of each which built-in one it counts as (`same_as`).
Rules know the built-in ones; records are put into those words once, on the way into the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from riskreg.records import Record, fields, stored
from riskreg.records.base import per_kind
from riskreg.records.fields import Value
from riskreg.records.terms import Vocabulary

_R = TypeVar("_R", bound=Record)


def meant(record: _R, vocabulary: Vocabulary) -> _R:
    """The record with each choice as the built-in one that it counts as; itself where it has no other.

    Only for asking rules: what is shown and written is the record as it is kept.
    """
    found: dict[str, Value] = {}
    for key, name in lists_of(type(record)).items():
        terms, value = vocabulary.terms_of(name), record.get(key)
        if (
            terms.has_added
            and isinstance(value, str)
            and (meaning := terms.meaning(value)) != value
        ):
            found[key] = meaning
    for key, name in _several(type(record)).items():
        terms, chosen = vocabulary.terms_of(name), record.get(key)
        if terms.has_added and isinstance(chosen, frozenset):
            found[key] = frozenset(terms.meaning(str(each)) for each in chosen)
    return record.having(found) if found else record


def meaning_of(vocabulary: Vocabulary, name: str, key: str | None) -> str | None:
    """The built-in choice of the list `name` that a value counts as; None for none."""
    return None if key is None else vocabulary.terms_of(name).meaning(key)


def meanings(vocabulary: Vocabulary) -> Mapping[tuple[str, str], str]:
    """What every added choice counts as, by its list and its key."""
    return {
        (name, term.key): term.same_as
        for name, terms in vocabulary.terms.items()
        if terms.has_added
        for term in terms.terms
        if term.same_as
    }


@per_kind
def lists_of(kind: type[Record]) -> Mapping[str, str]:
    """The lists that the fields with one choice of a kind take it from, by field."""
    return {
        key: what.terms for key, what in stored(kind).items() if isinstance(what, fields.Choice)
    }


@per_kind
def _several(kind: type[Record]) -> Mapping[str, str]:
    """The lists that the fields with several choices of a kind take them from, by field."""
    return {
        key: what.terms for key, what in stored(kind).items() if isinstance(what, fields.Choices)
    }
