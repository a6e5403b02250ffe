"""What the columns of a sheet are called, and which field a header means, in every language.

A field of two parts has two columns: an instant a real date and its exact text, a count its number and
its precision. Named facts have a column each, `Other: NAME`. Any header may also be the key itself:
`aware_at`, `aware_at.exact`, `people_count.precision`, `other_facts.NAME`, `version`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, Literal, NamedTuple, TypeAlias

from riskreg.errors import N_
from riskreg.i18n import LANGUAGES, Translator, translator
from riskreg.records import KINDS, SYSTEM, Record, every_field, fields
from riskreg.records.fields import FieldKind
from riskreg.records.terms import folded

Part: TypeAlias = Literal["value", "exact", "precision"]

FACTS: Final = "other_facts"
VERSION: Final = "version"
_EXACT: Final = N_("{label} (exact)")
_PRECISION: Final = N_("{label} (precision)")
_FACT: Final = N_("Other: {name}")
_VERSION: Final = N_("Version")


class Target(NamedTuple):
    """What a column becomes: a field and which part of it.

    Attributes:
        key: The field.
        part: Which part of it.
        name: That of the fact, where the field is `other_facts`.
        of: Of which record beside the row's own it is a field, such as `notice`; "" for the row's own.
    """

    key: str
    part: Part = "value"
    name: str = ""
    of: str = ""

    def __str__(self) -> str:
        """As a mapping file writes it."""
        own = self.key if self.part == "value" else f"{self.key}.{self.part}"
        if self.key == FACTS:
            own = f"{FACTS}.{self.name}"
        return f"{self.of}.{own}" if self.of else own

    @property
    def field(self) -> str:
        """The field alone, as the other settings of a mapping name it."""
        return f"{self.of}.{self.key}" if self.of else self.key


def parts(kind: FieldKind) -> tuple[Part, ...]:
    """The columns of a field."""
    of = kind.of if isinstance(kind, fields.Derived) else kind
    match of:
        case fields.Instant():
            return ("value", "exact")
        case fields.Count():
            return ("value", "precision")
        case _:
            return ("value",)


def known(kind: type[Record]) -> Mapping[str, FieldKind]:
    """The fields that a sheet of this kind has columns for, the ref first, without named facts."""
    found = {
        key: what for key, what in every_field(kind).items() if key != FACTS and not what.retired
    }
    return {
        "ref": SYSTEM["ref"],
        **found,
        "created_at": SYSTEM["created_at"],
        "updated_at": SYSTEM["updated_at"],
    }


def header(kind: type[Record], target: Target, t: Translator) -> str:
    """The header of a column in a language."""
    if target.key == FACTS:
        return t.gettext(_FACT).format(name=target.name)
    if target.key == VERSION:
        return t.gettext(_VERSION)
    label = _labels(kind.kind, t.language)[target.key]
    if target.part == "value":
        return label
    return t.gettext(_EXACT if target.part == "exact" else _PRECISION).format(label=label)


@cache
def _labels(kind: str, language: str) -> Mapping[str, str]:
    """The label of each field; its key where two fields of a kind are called alike."""
    t = translator(language)
    labels = {key: t.label(KINDS[kind], key) for key in known(KINDS[kind])}
    often = Counter(map(folded, labels.values()))
    return {key: label if often[folded(label)] == 1 else key for key, label in labels.items()}


def target_of(kind: type[Record], text: str) -> Target | None:
    """What a header means: a key, or a label in any language; None where it means nothing of this kind."""
    tidy = folded(text)
    if tidy.startswith(f"{FACTS}."):
        return Target(FACTS, name=text.strip()[len(FACTS) + 1 :].strip())
    found = _meanings(kind.kind).get(tidy)
    if found is not None:
        return found
    for prefix in _fact_prefixes():
        if tidy.startswith(prefix) and (name := text.strip()[len(prefix) :].strip()):
            return Target(FACTS, name=name)
    return None


@cache
def _meanings(kind: str) -> Mapping[str, Target]:
    """Every key and label of a kind; what two fields share means neither."""
    found: dict[str, set[Target]] = {}
    for text, target in _spellings(KINDS[kind]):
        found.setdefault(folded(text), set()).add(target)
    return {text: targets.pop() for text, targets in found.items() if len(targets) == 1}


def _spellings(kind: type[Record]) -> Iterator[tuple[str, Target]]:
    yield VERSION, Target(VERSION)
    for key, what in known(kind).items():
        for part in parts(what):
            yield str(Target(key, part)), Target(key, part)
    for language in LANGUAGES:
        t = translator(language)
        yield t.gettext(_VERSION), Target(VERSION)
        for key, what in known(kind).items():
            for part in parts(what):
                yield header(kind, Target(key, part), t), Target(key, part)


@cache
def _fact_prefixes() -> tuple[str, ...]:
    texts = {translator(language).gettext(_FACT) for language in LANGUAGES} | {_FACT}
    return tuple(sorted(folded(text.partition("{")[0]) for text in texts))


def kind_of_sheet(name: str) -> str | None:
    """The kind whose records a sheet of this name holds: its key, or its name in any language."""
    return _sheet_names().get(folded(name))


@cache
def _sheet_names() -> Mapping[str, str]:
    found = {}
    for key, kind in KINDS.items():
        found[folded(key)] = key
        for language in LANGUAGES:
            found[folded(sheet_name(kind, translator(language)))] = key
    return found


def sheet_name(kind: type[Record], t: Translator) -> str:
    """The name of a kind's sheet: without what Excel forbids, 31 characters at most."""
    return "".join(char for char in t.kind_name(kind) if char not in "[]:*?/\\'")[:31]
