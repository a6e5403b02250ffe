"""Rules that an organisation adds: the hours of a contract, an insurer, a regulator of its sector, a target of its own.

Each is made from a pattern of the catalogue, is called its own wherever it is shown, and has a key that
no rule of the catalogue can have (domain.md 2.7, 2.10, 3.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from riskreg.rules.regimes import COUNTED, Rule
from riskreg.rules.rule_text import NoRule, rule_of

PREFIX: Final = "own."
CHANGEABLE: Final = frozenset(
    [
        "title",
        "addressee",
        "recipient",
        "trigger",
        "amount",
        "unit",
        "calendar",
        "zone",
        "applies",
        "legal_ref",
        "note",
    ]
)
"""What an organisation may say differently from the pattern."""
_LANGUAGES: Final = ("en", "zh_Hant", "zh_Hans")
_TEXTS: Final = ("title", "addressee", "note")


def own_rule(pattern: Rule, key: str, changes: Mapping[str, Any], version: int = 1) -> Rule:
    """A rule of the organisation's own.

    Args:
        pattern: A rule of the catalogue, such as `contract_customer`.
        key: Its name within the register; `PREFIX` goes before it.
        changes: Fields of `CHANGEABLE`, as `rule_text.rule_of` reads them; texts are one line in the
            organisation's own words, for every language.
        version: From 1; each change is a new one.

    Raises:
        NoRule: A field may not be changed, or is of the wrong kind, or two of them disagree.
    """
    if unknown := sorted(set(changes) - CHANGEABLE):
        raise NoRule(f"{unknown[0]}: it cannot be changed")
    if not key.strip():
        raise NoRule("key: it is empty")
    said = {name: _in_all(value) if name in _TEXTS else value for name, value in changes.items()}
    values = {**asdict(pattern), **said}
    if values["unit"] not in COUNTED:
        values["amount"] = None
    if values["trigger"] != "notice":
        values["after"] = ()
    values |= {"key": f"{PREFIX}{key.strip()}", "version": version, "verified": "own"}
    values |= {"basis": "contract" if pattern.basis == "contract" else "own", "sources": ()}
    values |= {"in_force_from": None, "in_force_to": None}
    return rule_of(values)


def is_own(rule: Rule) -> bool:
    """Whether the organisation added the rule itself."""
    return rule.key.startswith(PREFIX)


def _in_all(words: object) -> object:
    """The same words for every language; None stays."""
    return dict.fromkeys(_LANGUAGES, words) if isinstance(words, str) else words
