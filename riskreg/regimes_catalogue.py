"""The rules of notification that ship with the program, read once from `resources/catalogue/regimes.toml`.

The file is part of the program: damage to it is a `ValueError` that names the file and the entry. A
key that is not known is refused, so that a slip of the hand does not quietly change a rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import cache
from typing import Any, Final, NamedTuple

from riskreg.catalogue import LANGUAGES, Source, resources_folder, vocabulary
from riskreg.catalogue_entries import Entry, read
from riskreg.records.terms import Text
from riskreg.rules.regimes import Named, Reason, Regime, Rule, When
from riskreg.rules.rule_text import NoRule, rule_of, text_of

FILE: Final = "regimes.toml"
_SECTIONS: Final = {"threshold", "content", "reference", "reason", "source", "regime", "rule"}
_REGIME: Final = {"key", "title", "law", "authority", "zone", "applies", "applies_words", "note"}
_NARROWING: Final = ("roles", "ci_operator")
_RULE: Final = {each.name for each in fields(Rule)} | set(_NARROWING)
_LISTS: Final = {
    "people": "country_or_place",
    "reach": "country_or_place",
    "established": "country_or_place",
    "roles": "processing_role",
    "sectors": "sector",
    "ci_operator": "ci_operator",
    "mechanisms": "transfer_mechanism",
}
"""The list of choices that the keys of each condition are from."""
_ANSWERS: Final = {True: "yes", False: "no", None: "ask"}


class Content(NamedTuple):
    """One item that a notice has to contain, and the fields of an incident that answer it; none where a person must."""

    key: str
    text: Text
    fields: tuple[str, ...]


@cache
def regimes() -> tuple[Regime, ...]:
    """The regimes in the order of the file: Hong Kong first."""
    return tuple(_regime(each) for each in _tables("regime").values())


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule in every version, in the order of the file."""
    found = tuple(_rule(each.values) for each in _file().entries("rule"))
    _check_versions(found)
    _check_keys(found)
    return found


@cache
def newest() -> tuple[Rule, ...]:
    """Of each key the last version: what people look at and make their own rules from."""
    last: dict[str, int] = {}
    for rule in rules():
        last[rule.key] = max(rule.version, last.get(rule.key, 0))
    return tuple(rule for rule in rules() if rule.version == last[rule.key])


@cache
def sources() -> dict[str, Source]:
    """Where the rules are from, by key."""
    return {
        key: Source(key=key, title=each["title"], address=each["address"])
        for key, each in _tables("source").items()
    }


@cache
def contents() -> dict[str, Content]:
    """What notices have to contain, by key."""
    return {
        key: Content(key, _words(each, f"content {key}"), tuple(each["fields"]))
        for key, each in _tables("content").items()
    }


@cache
def thresholds() -> dict[str, Named]:
    """Above what a notice is expected, by key: what advice is asked for."""
    return {
        key: Named(key=key, text=_words(each, f"threshold {key}"))
        for key, each in _tables("threshold").items()
    }


@cache
def references() -> dict[str, Text]:
    """Where in the law a rule stands, by its `legal_ref`."""
    return {key: _words(each, f"reference {key}") for key, each in _tables("reference").items()}


def reason_words(reason: Reason) -> Text:
    """What a reason says; `{names}` stands for the labels of its keys in the list `list_of(reason.fact)`."""
    key = f"{reason.fact}.{_ANSWERS[reason.holds]}"
    return _words(_tables("reason")[key], f"reason {key}")


def list_of(fact: str) -> str | None:
    """The list of choices that the keys of a condition are from; None where they are keys of rules."""
    return _LISTS.get(fact)


@cache
def _file() -> Entry:
    return read(resources_folder() / "catalogue" / FILE, FILE).only(*_SECTIONS)


@cache
def _tables(section: str) -> dict[str, dict[str, Any]]:
    """The entries of a section by their keys, each of which stands once."""
    return {key: entry.values for key, entry in _file().keyed(section)}


def _words(entry: Mapping[str, Any], where: str) -> Text:
    said = {language: entry[language] for language in LANGUAGES if language in entry}
    with _named(where):
        return text_of(said, "text")


def _regime(entry: Mapping[str, Any]) -> Regime:
    with _named(f"regime {entry['key']}"):
        _only(entry, _REGIME)
        note = entry.get("note")
        return Regime(
            key=entry["key"],
            title=text_of(entry["title"], "title"),
            law=text_of(entry["law"], "law"),
            note=None if note is None else text_of(note, "note"),
        )


def _rule(entry: Mapping[str, Any]) -> Rule:
    """The rule of an entry: what it does not say itself is what its regime says."""
    with _named(f"rule {entry.get('key')}"):
        _only(entry, _RULE)
        regime = _tables("regime")[entry["regime"]]
        inherited = {name: regime[name] for name in ("zone", "applies", "applies_words")}
        values = {**inherited, **entry}
        narrowing = {name: values.pop(name) for name in _NARROWING if name in values}
        values["applies"] = [{**when, **narrowing} for when in values["applies"]]
        if values["recipient"] == "authority" and "authority" in regime:
            values.setdefault("addressee", regime["authority"])
        values["threshold"] = _named_values(thresholds()[values["threshold"]])
        values["contents"] = [_named_values(contents()[key]) for key in values["contents"]]
        return rule_of(values)


def _named_values(each: Named | Content) -> dict[str, Any]:
    texts = dict(zip(LANGUAGES, each.text, strict=True))
    return {"key": each.key, "text": texts}


def _check_versions(found: Sequence[Rule]) -> None:
    versions = defaultdict(list)
    for rule in found:
        versions[rule.key].append(rule.version)
    for key, numbers in versions.items():
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"{FILE}: rule {key}: versions are numbered from 1, in order")


def _check_keys(found: Sequence[Rule]) -> None:
    """That every key that a rule names is there: of rules, sources, and of the lists of choices."""
    rule_keys = {rule.key for rule in found}
    for rule in found:
        with _named(f"rule {rule.key}"):
            _all_in(rule.after, rule_keys)
            _all_in(rule.sources, set(sources()))
            for when in rule.applies:
                _check_when(when)


def _check_when(when: When) -> None:
    lists = vocabulary()
    for fact, name in _LISTS.items():
        _all_in(getattr(when, fact), set(lists.terms_of(name).keys))


def _all_in(keys: Sequence[str], known: set[str]) -> None:
    if unknown := [key for key in keys if key not in known]:
        raise NoRule(f"{unknown[0]!r} is not known")


def _only(entry: Mapping[str, Any], known: set[str]) -> None:
    _all_in(sorted(entry), known)


@contextmanager
def _named(where: str) -> Iterator[None]:
    """What is wrong inside is said with the file and the entry."""
    try:
        yield
    except NoRule as error:
        raise ValueError(f"{FILE}: {where}: {error}") from error
    except KeyError as error:
        raise ValueError(f"{FILE}: {where}: {error} is not there") from error
