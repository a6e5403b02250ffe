"""Titles of policy actions and steps in the window's language: they stand in the catalogue, records keep only the key."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from riskreg import catalogue
from riskreg.views import Name


def title(kind: str, ref: str, stored: str, language: str) -> str:
    """What a record is called; one that is not of the catalogue is called as it was named."""
    return _titles(language).get(ref, stored) if kind in ("action", "step") else stored


def named(names: Mapping[int, Name], language: str) -> dict[int, Name]:
    """The names of records with the catalogue's titles in a language."""
    return {
        id: name._replace(title=title(name.kind, name.ref, name.title, language))
        for id, name in names.items()
    }


@cache
def _titles(language: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for action in catalogue.policy_actions():
        found[action.key] = action.title.get(language)
        found.update({step.key: step.text.get(language) for step in action.steps})
    return found
