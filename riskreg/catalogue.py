"""The catalogue that ships with the program: choices, the scale of risk, the policy actions.

Read once from `resources/catalogue/*.toml`. The files are part of the program, so damage to them
is a `ValueError` that names the file and the entry, not a failure that the user can mend.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from riskreg import catalogue_entries
from riskreg.catalogue_entries import Entry, read
from riskreg.records.terms import Scale, Term, Terms, Text, Vocabulary
from riskreg.rules import own, scales

LANGUAGES: Final = catalogue_entries.LANGUAGES
_READY: Final = ("simple_3x3", "cnil_4x4", "nist_800_30")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a statement is from; `address` has no scheme and is empty where none is known."""

    key: str
    title: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One of the five directions of the Policy Statement.

    The title is official in English and Traditional Chinese.
    """

    key: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyStep:
    """One thing a small organisation does for a policy action.

    Attributes:
        key: Code of the action and number, such as `C3.2`; stable for ever.
        number: Counted from 1 within the action.
        text: What to do.
    """

    key: str
    number: int
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyAction:
    """One of the 18 action items of the Policy Statement of 8 December 2023.

    Attributes:
        key: The working code, such as `C3`; see `notice`.
        category: Key of its `Category`.
        title: Our own paraphrase, not an official title.
        stance: A key of the list `stance`; `watch` is context, never a gap.
        stance_note: For whom the stance differs.
        steps: What a small organisation does about it.
        evidence: What to keep as proof.
        target: The date set in the Statement, as far as found.
        later_status: What happened since.
        sources: What title, target and later status rest on.
        source_status: A key of the list `source_status`.
        source_note: What was found and what was not; None where the item was found.
        links: The laws, guidance and plans it belongs to.
        since: The day it entered the catalogue.
        until: The day it was withdrawn from the catalogue.
    """

    key: str
    category: str
    title: Text
    stance: str
    stance_note: Text | None
    steps: tuple[PolicyStep, ...]
    evidence: Text
    target: Text
    later_status: Text
    sources: tuple[Source, ...]
    source_status: str
    source_note: Text | None
    links: Text
    since: date
    until: date | None


@cache
def vocabulary() -> Vocabulary:
    """Return the built-in lists of choices and the default scale of risk."""
    file = _read("terms.toml")
    lists = {name: _terms(file, name) for name in file.values} | _method_lists()
    scale = _scale()
    return Vocabulary(terms={**lists, "level": own.levels_of(lists["level"], scale)}, scale=scale)


_METHODS: Final = {
    "severity_band": "band",
    "ease_of_identification": "ease",
    "harm_type": "harm",
}
"""Lists of choices whose words stand with the method they belong to, in `assessment.toml`, by their section there."""
_INVOLVED: Final = {"en": "Not involved", "zh_Hant": "不涉及", "zh_Hans": "不涉及"}


def _method_lists() -> dict[str, Terms]:
    """The choices of an assessment, of its factors and of the regimes, each with the words of its own file."""
    method = _read("assessment.toml")
    found = {
        name: _list(name, ((key, _label(entry)) for key, entry in method.keyed(section)))
        for name, section in _METHODS.items()
    }
    for key, entry in method.keyed("circumstance"):
        rows = ((each.get("key", str), _label(each)) for each in entry.entries("choices"))
        found[f"{key}_loss"] = _list(f"{key}_loss", rows)
    for key, entry in method.keyed("category"):
        choices = (
            (f"c{each.get('value', int)}", _label(each)) for each in entry.entries("choices")
        )
        found[f"context_{key}"] = _list(f"context_{key}", (("c0", Text(**_INVOLVED)), *choices))
    for key, entry in method.keyed("factor"):
        rows = ((answer, entry.inner(answer).text()) for answer in ("raises", "neutral", "lowers"))
        found[f"factor_{key}"] = _list(f"factor_{key}", rows)
    regimes = _read("regimes.toml")
    found["regime"] = _list(
        "regime",
        (
            (entry.get("key", str), entry.inner("title").text())
            for entry in regimes.entries("regime")
        ),
    )
    return found


def _list(name: str, rows: Iterable[tuple[str, Text]]) -> Terms:
    return Terms(name=name, terms=tuple(Term(key=key, label=label) for key, label in rows))


def _label(entry: Entry) -> Text:
    return entry.inner("label" if "label" in entry.values else "text").text()


@cache
def ready_scales() -> tuple[Scale, ...]:
    """Return the scales that an organisation may choose, the default first."""
    return (_scale(), *(_scale(f"scales/{name}.toml") for name in _READY))


@cache
def policy_actions() -> tuple[PolicyAction, ...]:
    """Return the policy actions in the order of their codes."""
    file = _read("actions.toml")
    known = _Known(
        sources={source.key: source for source in map(_source, file.entries("source"))},
        categories=frozenset(category.key for category in categories()),
    )
    return tuple(_action(entry, known) for entry in file.entries("action"))


@cache
def categories() -> tuple[Category, ...]:
    """Return the five directions of the Policy Statement in order."""
    entries = _read("actions.toml").entries("category")
    return tuple(Category(key=entry.get("key", str), title=entry.text()) for entry in entries)


@cache
def notice() -> Text:
    """Return what stands beside the codes: they are not the official numbering."""
    return _read("actions.toml").inner("notice").text()


def resources_folder() -> Path:
    """Return the folder `resources`, from the source tree or from inside a PyInstaller bundle."""
    bundle = getattr(sys, "_MEIPASS", None)
    return (Path(bundle) if bundle else Path(__file__).resolve().parent.parent) / "resources"


@dataclass(frozen=True, slots=True)
class _Known:
    """What an action may refer to."""

    sources: dict[str, Source]
    categories: frozenset[str]


@cache
def _read(name: str) -> Entry:
    return read(resources_folder() / "catalogue" / name, name)


def _terms(lists: Entry, name: str) -> Terms:
    rows = tuple(_term(entry) for entry in lists.entries(name))
    try:
        return Terms(name=name, terms=rows)
    except ValueError as error:
        raise ValueError(f"{lists.where}: {error}") from error


def _term(entry: Entry) -> Term:
    meaning = entry.get("open", bool) if "open" in entry.values else None
    return Term(key=entry.get("key", str), label=entry.text(), open=meaning)


def _scale(name: str = "scales.toml") -> Scale:
    file = _read(name)
    try:
        return scales.read(file.values, name)
    except scales.NoScale as error:
        raise ValueError(f"{file.where}: {error}") from error


def _source(entry: Entry) -> Source:
    return Source(
        key=entry.get("key", str), title=entry.get("title", str), address=entry.get("address", str)
    )


def _action(entry: Entry, known: _Known) -> PolicyAction:
    key = entry.get("key", str)
    lists = vocabulary()
    return PolicyAction(
        key=key,
        category=entry.one_of("category", known.categories),
        title=entry.inner("title").text(),
        stance=entry.one_of("stance", lists.terms_of("stance").keys),
        stance_note=entry.maybe_text("stance_note"),
        steps=_steps(entry, key),
        evidence=entry.inner("evidence").text(),
        target=entry.inner("target").text(),
        later_status=entry.inner("later_status").text(),
        sources=_sources(entry, known),
        source_status=entry.one_of("source_status", lists.terms_of("source_status").keys),
        source_note=entry.maybe_text("source_note"),
        links=entry.inner("links").text(),
        since=entry.get("since", date),
        until=entry.get("until", date) if "until" in entry.values else None,
    )


def _steps(entry: Entry, action: str) -> tuple[PolicyStep, ...]:
    numbered = [(step.get("number", int), step.text()) for step in entry.entries("step")]
    if [number for number, _ in numbered] != list(range(1, len(numbered) + 1)):
        entry.fail("steps must be numbered from 1")
    return tuple(
        PolicyStep(key=f"{action}.{number}", number=number, text=text) for number, text in numbered
    )


def _sources(entry: Entry, known: _Known) -> tuple[Source, ...]:
    keys = entry.get("sources", list)
    if unknown := [key for key in keys if key not in known.sources]:
        entry.fail(f"source {unknown[0]!r} is not known")
    return tuple(known.sources[key] for key in keys)
