"""A rule of notification as values and as canonical JSON, so that a decision keeps the rule it was made by, whole.

Both ways without loss: `loads(dumps(rule)) == rule`, and equal rules have equal texts. What cannot be
read is refused with the name of the field; so is a field that is not known.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date
from functools import lru_cache
from typing import Any, Final, NoReturn, TypeVar

from riskreg.records.terms import Text
from riskreg.records.values import Unfit, zone_of
from riskreg.rules.regimes import CHOICES, COUNTED, Named, Rule, When

FORM: Final = 1
"""Which manner of writing a rule this is; a reader refuses one that it does not know."""
_LANGUAGES: Final = ("en", "zh_Hant", "zh_Hans")
T = TypeVar("T")


class NoRule(ValueError):
    """Values that are no rule; the text names the field."""


def dumps(rule: Rule) -> str:
    """The rule as JSON: keys sorted, no spaces, days as ISO 8601."""
    values = {"form": FORM, **asdict(rule)}
    return json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_day_text
    )


@lru_cache(maxsize=256)
def loads(text: str) -> Rule:
    """The rule that `dumps` wrote; raises `NoRule`. Many decisions keep the same text, which is read once."""
    try:
        values = json.loads(text)
    except ValueError as error:
        raise NoRule(str(error)) from None
    if not isinstance(values, dict) or values.pop("form", None) != FORM:
        raise NoRule(f"form: this is no rule of form {FORM}")
    return rule_of(values)


def rule_of(values: Mapping[str, Any]) -> Rule:
    """A rule from the values of all its fields, as TOML or JSON hold them.

    Raises:
        NoRule: A field is missing, unknown or of the wrong kind, or two of them disagree.
    """
    _only(values, {field.name for field in fields(Rule)}, "a rule")
    said: dict[str, Any] = {name: _one_of(name, values.get(name)) for name in CHOICES}
    rule = Rule(
        key=_get(values, "key", str),
        version=_get(values, "version", int),
        regime=_get(values, "regime", str),
        title=text_of(_get(values, "title", dict), "title"),
        applies=_list(values, "applies", _when),
        applies_words=text_of(_get(values, "applies_words", dict), "applies_words"),
        after=_list(values, "after", _key),
        addressee=_maybe(values, "addressee", lambda each: text_of(each, "addressee")),
        threshold=named_of(_get(values, "threshold", dict), "threshold"),
        amount=_maybe(values, "amount", _amount),
        zone=_zone(_get(values, "zone", str)),
        contents=_list(values, "contents", lambda each: named_of(each, "contents")),
        legal_ref=_get(values, "legal_ref", str),
        sources=_list(values, "sources", _key),
        in_force_from=_maybe(values, "in_force_from", _day),
        in_force_to=_maybe(values, "in_force_to", _day),
        note=_maybe(values, "note", lambda each: text_of(each, "note")),
        **said,
    )
    _agree(rule)
    return rule


def text_of(values: object, name: str) -> Text:
    """A text in all three languages, none of them empty; raises `NoRule`."""
    if not isinstance(values, dict):
        _fail(name, "it is no text")
    _only(values, set(_LANGUAGES), name)
    texts = {language: _get(values, language, str, name).strip() for language in _LANGUAGES}
    if not all(texts.values()):
        _fail(name, "a language is empty")
    return Text(**texts)


def named_of(values: object, name: str) -> Named:
    """A key and its words; raises `NoRule`."""
    if not isinstance(values, dict):
        _fail(name, "it has no key and words")
    _only(values, {"key", "text"}, name)
    return Named(
        key=_get(values, "key", str, name), text=text_of(_get(values, "text", dict, name), name)
    )


def _agree(rule: Rule) -> None:
    if rule.version < 1:
        _fail("version", "it is counted from 1")
    if (rule.unit in COUNTED) != (rule.amount is not None):
        _fail("amount", "hours and days have an amount, other units have none")
    if (rule.trigger == "notice") != bool(rule.after):
        _fail("after", "a rule that runs from a notice names it, and only such a rule")
    if rule.unit == "working_days" and rule.calendar is None:
        _fail("calendar", "working days need one")
    if not rule.applies:
        _fail("applies", "it is empty")
    if rule.in_force_from and rule.in_force_to and rule.in_force_to < rule.in_force_from:
        _fail("in_force_to", "it is before in_force_from")


def _when(values: object) -> When:
    if not isinstance(values, dict):
        _fail("applies", "a condition is no table")
    known = {field.name for field in fields(When)}
    _only(values, known, "applies")
    switched = values.get("switched", False)
    if not isinstance(switched, bool):
        _fail("applies", "switched is true or false")
    keys = {name: _list(values, name, _key) for name in known & set(values) - {"switched"}}
    found = When(switched=switched, **keys)
    if found == When():
        _fail("applies", "a condition asks nothing")
    return found


def _only(values: Mapping[str, Any], known: set[str], name: str) -> None:
    if unknown := sorted(set(values) - known):
        _fail(name, f"{unknown[0]} is not known")


def _one_of(name: str, value: object) -> str | None:
    if value is None and name == "calendar":
        return None
    if isinstance(value, str) and value in CHOICES[name]:
        return value
    _fail(name, f"{value!r} is not known")


def _get(values: Mapping[str, Any], name: str, kind: type[T], where: str = "") -> T:
    value = values.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        _fail(where or name, f"{name} is missing or is no {kind.__name__}")
    return value


def _list(values: Mapping[str, Any], name: str, read: Callable[[object], T]) -> tuple[T, ...]:
    given = values.get(name, [])
    if not isinstance(given, list | tuple):
        _fail(name, "it is no list")
    return tuple(read(each) for each in given)


def _maybe(values: Mapping[str, Any], name: str, read: Callable[[Any], T]) -> T | None:
    value = values.get(name)
    return None if value is None else read(value)


def _key(value: object) -> str:
    return value if isinstance(value, str) and value else _fail("list", f"{value!r} is no key")


def _amount(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 10_000:
        return value
    _fail("amount", "it is a whole number from 1 to 10000")


def _day(value: object) -> date:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        _fail("in_force", f"{value!r} is no day")


def _zone(name: str) -> str:
    try:
        return zone_of(name).key
    except Unfit as error:
        _fail("zone", str(error))


def _day_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _fail(name: str, why: str) -> NoReturn:
    raise NoRule(f"{name}: {why}")
