"""Values as people read and type them: one function over the kinds of field each way.

`parse_value` reads what `format_value` writes, in every language, and what people type besides. Nothing is guessed: what can be
read in two ways is refused. Language-free texts (journal, command line, mapping files) are `riskreg.records.jsons`, not these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import accumulate
from types import MappingProxyType
from typing import Final, Literal, assert_never, cast
from unicodedata import normalize

from riskreg.dates import day_words, instant_words, moment_words
from riskreg.errors import N_
from riskreg.i18n import NN_, Translator, translators
from riskreg.records import fields, values
from riskreg.records.fields import FactPairs, FieldKind, Value
from riskreg.records.jsons import fact_pairs, from_json, one_line, paragraphs
from riskreg.records.terms import Step, Terms, Vocabulary
from riskreg.records.values import Unfit
from riskreg.typed_dates import read_day, read_instant
from riskreg.views import Name

NO_NAMES: Final[Mapping[int, Name]] = MappingProxyType({})

ABOUT: Final = N_("about {number}")
UNDETERMINABLE: Final = N_("cannot be determined")
TO_BE_DETERMINED: Final = N_("to be determined")
YES: Final = N_("Yes")
NO: Final = N_("No")
IN_BIN: Final = N_("{name} (in the bin)")
UNITS: Final = {
    "hours": NN_("{number} hour", "{number} hours"),
    "days": NN_("{number} day", "{number} days"),
    "months": NN_("{number} month", "{number} months"),
}


# Writing


def format_value(
    kind: FieldKind,
    value: Value,
    t: Translator,
    vocabulary: Vocabulary,
    names: Mapping[int, Name] = NO_NAMES,
    zone: str = "",
) -> str:
    """A value in words; "" where it is empty.

    Args:
        kind: The kind of the field.
        value: A value of it.
        t: The language.
        vocabulary: The labels of choices and of the steps of the scale.
        names: What linked records are called; one that is not named here is shown by its number.
        zone: The organisation's; moments that the register noted itself, in UTC, are shown in it to the minute.
    """
    if value is None or value == "":
        return ""
    match kind:
        case fields.Line() | fields.Prose():
            return cast("str", value)
        case fields.Choice():
            return vocabulary.terms_of(kind.terms).label(cast("str", value), t.language)
        case fields.Choices():
            return _choices(vocabulary.terms_of(kind.terms), cast("frozenset[str]", value), t)
        case fields.YesNo():
            return _yes_no(t)[0 if value else 1]
        case fields.Count():
            return count_words(cast("values.Count", value), t)
        case fields.Money():
            return money_words(cast("values.Money", value))
        case fields.Day():
            return day_words(cast("date", value), t)
        case fields.Instant():
            return _instant(cast("values.Instant", value), t, zone)
        case fields.Duration():
            number = cast("int", value)
            return t.ngettext(*UNITS[kind.unit], number).format(number=f"{number:,}")
        case fields.Score():
            return score_words(kind, cast("int", value), t, vocabulary)
        case fields.Tags():
            return listed(map(_quoted, sorted(cast("frozenset[str]", value))), t)
        case fields.Facts():
            return "\n".join(f"{name}: {fact}" for name, fact in cast("FactPairs", value))
        case fields.Links():
            return listed(_link_names(cast("frozenset[int]", value), names, t), t, ";")
        case fields.Derived():
            return format_value(kind.of, value, t, vocabulary, names, zone)
        case _:
            assert_never(kind)


def listed(texts: Iterable[str], t: Translator, mark: Literal[",", ";"] = ",") -> str:
    """Texts one after the other, set apart as the language does it: `a, b` or `a、b`; between longer ones `a; b` or `a；b`."""
    return _marks(t)[mark].join(texts)


def sentences(t: Translator, *texts: str) -> str:
    """Sentences one after the other; in Chinese nothing stands between them."""
    return (" " if t.language == "en" else "").join(filter(None, texts))


def number_words(number: int) -> str:
    """A number grouped by thousands, which all three languages write alike."""
    return f"{number:,}"


def count_words(count: values.Count, t: Translator) -> str:
    """How many: `1,500`, `about 150`, `cannot be determined`."""
    if count.number is not None:
        shown = number_words(count.number)
        return _about(t).format(number=shown) if count.precision == "approximate" else shown
    undeterminable = count.precision == "undeterminable"
    return t.gettext(UNDETERMINABLE if undeterminable else TO_BE_DETERMINED)


def money_words(money: values.Money) -> str:
    """An amount after the code of its currency, which no reader can mistake: `HKD 18,000.00`."""
    cents = abs(money.minor)
    sign = "-" if money.minor < 0 else ""
    return f"{money.currency} {sign}{cents // 100:,}.{cents % 100:02}"


def score_words(kind: fields.Score, score: int, t: Translator, vocabulary: Vocabulary) -> str:
    """A step of the scale with its label, `4 Likely`; a score as its number."""
    for step in _steps(kind, vocabulary):
        if step.value == score:
            return f"{score} {step.label.get(t.language)}"
    return str(score)


def link_name(name: Name, t: Translator) -> str:
    """What a linked record is called: `R-0007 Title`."""
    shown = f"{name.ref} {name.title}".strip()
    return t.gettext(IN_BIN).format(name=shown) if name.is_deleted else shown


@cache
def _marks(t: Translator) -> dict[str, str]:
    return {",": ", ", ";": "; "} if t.language == "en" else {",": "、", ";": "；"}


@cache
def _yes_no(t: Translator) -> tuple[str, str]:
    return t.gettext(YES), t.gettext(NO)


@cache
def _about(t: Translator) -> str:
    return t.gettext(ABOUT)


def _choices(terms: Terms, keys: frozenset[str], t: Translator) -> str:
    ordered = sorted(keys, key=lambda key: (terms.order(key), key))
    return listed((terms.label(key, t.language) for key in ordered), t)


def _instant(value: values.Instant, t: Translator, zone: str) -> str:
    is_noted = zone and value.zone == "UTC" and value.precision == "second"
    return moment_words(value.utc, zone, t) if is_noted else instant_words(value, t)


def _link_names(ids: frozenset[int], names: Mapping[int, Name], t: Translator) -> Iterator[str]:
    for id in sorted(ids, key=lambda id: (id not in names, names[id].ref if id in names else id)):
        yield link_name(names[id], t) if id in names else f"#{id}"


def _steps(kind: fields.Score, vocabulary: Vocabulary) -> tuple[Step, ...]:
    if kind.axis == "score":
        return ()
    scale = vocabulary.scale
    return scale.likelihood if kind.axis == "likelihood" else scale.impact


def _quoted(tag: str) -> str:
    """A tag; in quotation marks where it holds something that sets tags apart."""
    return f'"{tag.replace(chr(34), chr(34) * 2)}"' if _APART.search(tag) or '"' in tag else tag


# Reading


_APART: Final = re.compile(r"[,，、;；\n]")
_TAG: Final = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=[,，、;；\n]|$)|([^,，、;；\n]+))')
_GROUPED: Final = re.compile(r"\d+|\d{1,3}(?:,\d{3})+")
_ABOUT: Final = re.compile(
    r"(?:~|≈|about|approx\.|approximately|around|circa|ca\.|約|约|大約|大约)\s*"
)
_TRUE: Final = frozenset({"是", "有", "y"})
_FALSE: Final = frozenset({"否", "沒有", "没有", "n"})
_BETWEEN_FACTS: Final = re.compile(r"\n(?=[^\n:]+: )")


def parse_value(
    kind: FieldKind, text: str, t: Translator, vocabulary: Vocabulary, zone: str
) -> Value:
    """A value from the words of a person; nothing but white space is the empty value.

    Args:
        kind: The kind of the field.
        text: What was typed or pasted.
        t: Its language; labels and words of the other languages are read too.
        vocabulary: The labels of choices and of the steps of the scale.
        zone: The organisation's: for moments that name none, and for "today".

    Raises:
        Unfit: It is no value of this kind, or could be two.
    """
    if not text.strip():
        return fields.empty(kind)
    match kind:
        case fields.Line():
            return one_line(text)
        case fields.Prose():
            return paragraphs(text)
        case fields.Choice():
            return _parse_choice(vocabulary.terms_of(kind.terms), text)
        case fields.Choices():
            return frozenset(_parse_choices(vocabulary.terms_of(kind.terms), text))
        case fields.YesNo():
            return _parse_yes_no(text)
        case fields.Count():
            return parse_count(text, vocabulary)
        case fields.Money():
            return values.Money.parse(normalize("NFKC", text).replace(",", ""))
        case fields.Day():
            return read_day(text, t, zone)
        case fields.Instant():
            return read_instant(text, t, zone)
        case fields.Duration():
            return _parse_duration(kind, text)
        case fields.Score():
            return _parse_score(kind, text, vocabulary)
        case fields.Tags():
            return frozenset(_parse_tags(text))
        case fields.Facts():
            return _parse_facts(text)
        case fields.Links():
            raise Unfit(N_("linked records are chosen from the list"))
        case fields.Derived():
            return parse_value(kind.of, text, t, vocabulary, zone)
        case _:
            assert_never(kind)


def parse_count(text: str, vocabulary: Vocabulary) -> values.Count:
    """How many, as people write it: `150`, `1,500`, `~150`, `about 150`, `?`, `tbd`, or the words for these; raises `Unfit`."""
    folded = _folded(text)
    if word := _count_words().get(folded) or vocabulary.terms_of("count_precision").find(folded):
        return values.Count.parse({"undeterminable": "?", "to_be_determined": "tbd"}.get(word, ""))
    about = _ABOUT.match(folded)
    digits = folded[about.end() :] if about else folded
    if not _GROUPED.fullmatch(digits):
        raise Unfit(N_("a count is 150, ~150, ? or tbd"))
    return values.Count.parse(("~" if about else "") + digits.replace(",", ""))


def _folded(text: str) -> str:
    return normalize("NFKC", text).strip().casefold()


@cache
def _count_words() -> dict[str, str]:
    words = {"?": "undeterminable", "tbd": "to_be_determined"}
    for t in translators():
        words[_folded(t.gettext(UNDETERMINABLE))] = "undeterminable"
        words[_folded(t.gettext(TO_BE_DETERMINED))] = "to_be_determined"
    return words


def _parse_choice(terms: Terms, text: str) -> str:
    key = terms.find(text)
    if key is None:
        raise Unfit(N_("“{value}” is not in the list"), value=one_line(text))
    return key


def _parse_choices(terms: Terms, text: str) -> Iterator[str]:
    """The choices of a list in which a label may itself hold a comma: the longest run of parts that is a label wins."""
    parts = re.split(f"({_APART.pattern})", text)
    ends = list(accumulate(map(len, parts)))
    starts = [end - len(part) for end, part in zip(ends, parts, strict=True)]
    here = 0
    while here < len(parts):
        last = next(
            (
                place
                for place in range(min(here + 12, len(parts) - 1), here, -2)
                if terms.find(text[starts[here] : ends[place]])
            ),
            here,
        )
        if part := text[starts[here] : ends[last]].strip():
            yield _parse_choice(terms, part)
        here = last + 2


def _parse_yes_no(text: str) -> bool:
    folded = _folded(text)
    for t in translators():
        if folded in (words := tuple(map(_folded, _yes_no(t)))):
            return folded == words[0]
    if folded in _TRUE or folded in _FALSE:
        return folded in _TRUE
    return bool(from_json(fields.YesNo(label=""), folded))


def _parse_duration(kind: fields.Duration, text: str) -> int:
    folded = _folded(text)
    found = re.match(r"(\d{1,3}(?:,\d{3})+|\d+)\s*", folded)
    if not found or folded[found.end() :] not in _unit_words(kind.unit):
        raise Unfit(N_("a whole number is expected"))
    return int(found[1].replace(",", "")[:16])


@cache
def _unit_words(unit: str) -> frozenset[str]:
    """What may follow the number: nothing, or the unit in any language."""
    forms = {t.ngettext(*UNITS[unit], number) for t in translators() for number in (1, 2)}
    return frozenset(_folded(form.format(number="")) for form in forms) | {""}


def _parse_score(kind: fields.Score, text: str, vocabulary: Vocabulary) -> int:
    folded = _folded(text)
    for step in _steps(kind, vocabulary):
        labels = {_folded(label) for label in step.label}
        if folded in labels or folded in {f"{step.value} {label}" for label in labels}:
            return step.value
    return cast("int", from_json(kind, folded))


def _parse_tags(text: str) -> Iterator[str]:
    for found in _TAG.finditer(text):
        tag = found[2] if found[1] is None else found[1].replace('""', '"')
        if tidy := one_line(tag):
            yield tidy


def _parse_facts(text: str) -> FactPairs:
    """Lines `name: value`; a line that names nothing continues the value before it."""
    pairs = [entry.partition(": ") for entry in _BETWEEN_FACTS.split(paragraphs(text).strip())]
    if any(not mark for _, mark, _ in pairs):
        raise Unfit(N_("other facts are written “name: value”, one on each line"))
    return fact_pairs((name, fact) for name, _, fact in pairs)
