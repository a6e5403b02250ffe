"""What a decision kept for the program, in words for people: the rule as it was, and what led to its advice.

Both are stored whole as JSON (`deciding`); where a record is read they are told, and only there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from riskreg.deciding import kept
from riskreg.errors import N_
from riskreg.i18n import Translator
from riskreg.records import Decision
from riskreg.rule_words import reasons, reference, title
from riskreg.rules import rule_text

VERSION: Final = N_("{rule} (version {number}, {reference})")


def told(kind: str, key: str, words: str, t: Translator) -> str:
    """The words of a field as people read them; of every other field, and where nothing can be read, as they are."""
    tell = TOLD.get((kind, key))
    return tell(words, t) if tell and words else words


def _rule(words: str, t: Translator) -> str:
    try:
        rule = rule_text.loads(words)
    except rule_text.NoRule:
        return words
    return t.gettext(VERSION).format(
        rule=title(rule, t), number=rule.version, reference=reference(rule, t)
    )


def _reasons(words: str, t: Translator) -> str:
    found = kept(Decision(advice_reasons=words))
    return "\n".join(reasons(found.advice, t)) if found else words


TOLD: Final[Mapping[tuple[str, str], Callable[[str, Translator], str]]] = {
    ("decision", "rule_text"): _rule,
    ("decision", "advice_reasons"): _reasons,
}
"""The fields that hold such JSON; nobody types into them."""
