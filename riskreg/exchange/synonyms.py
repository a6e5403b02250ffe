"""What other registers call our fields and values: the words of `resources/exchange/synonyms.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from unicodedata import normalize

from riskreg.catalogue import resources_folder

_JOIN: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER: Final = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """A heading as headings are compared: words apart by one space, without case and punctuation."""
    return _OTHER.sub(" ", _JOIN.sub(" ", normalize("NFKC", text))).strip().casefold()


def tidy(text: str) -> str:
    """A value as values are compared: without case and outer spaces; signs stay, since `--` is a word."""
    return " ".join(normalize("NFKC", text).split()).casefold()


@cache
def _told() -> Mapping[str, Any]:
    path = resources_folder() / "exchange" / "synonyms.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def sheets() -> Mapping[str, str]:
    """The kind whose records a sheet of this name may hold, by plain name."""
    return {plain(word): kind for kind, words in _told()["sheets"].items() for word in words}


@cache
def columns(kind: str) -> Mapping[str, str]:
    """The field that a heading means, by plain heading; words of the kind come before those of any."""
    found: dict[str, str] = {}
    for part in ("any", kind):
        for key, words in _told()["columns"].get(part, {}).items():
            found |= {plain(word): key for word in words}
    return found


def layout(kind: str, headers: frozenset[str]) -> Mapping[str, str]:
    """The fields that headings mean in a sheet of a known make, by heading; none for any other."""
    for each in _told()["layouts"]:
        if each["kind"] == kind and headers.issuperset(each["headers"]):
            found: Mapping[str, str] = each["columns"]
            return found
    return {}


@cache
def terms(name: str) -> Mapping[str, str]:
    """The choice that a word means in a list, by tidy word."""
    told = _told()["terms"].get(name, {})
    return {tidy(word): key for key, words in told.items() for word in words}


@cache
def scale(axis: str) -> Mapping[str, int]:
    """The step that a word of another scale comes closest to, by tidy word."""
    told = _told()["scale"].get(axis, {})
    return {tidy(word): int(step) for step, words in told.items() for word in words}


@cache
def truth() -> Mapping[str, bool]:
    """What a word means as an answer, by tidy word."""
    told = _told()["truth"]
    return {tidy(word): side == "yes" for side, words in told.items() for word in words}


@cache
def nothing() -> frozenset[str]:
    """Words that stand for an empty cell, tidy."""
    return frozenset(map(tidy, _told()["nothing"]["words"]))
