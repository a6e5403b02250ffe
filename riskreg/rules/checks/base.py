"""What a check is, what it is given and what it answers.

A check is a pure function from a record, and what is known around it, to the faults it has. It
changes nothing: where a repair is safe it offers the change, which goes through the door or nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias, TypeVar

from riskreg.changes import Change
from riskreg.errors import N_
from riskreg.records import Record
from riskreg.records.fields import Fields, Value
from riskreg.rules.checks.snapshot import Snapshot

Level = Literal["error", "warning", "hint"]

LEVELS: Final[Mapping[Level, str]] = MappingProxyType(
    {"error": N_("Error"), "warning": N_("Warning"), "hint": N_("Hint")}
)
"""What each level is called, the gravest first: what cannot be right, what an auditor asks about, what is worth a look."""


class Term(NamedTuple):
    """A choice by its list and key, put into words at the edge."""

    terms: str
    key: str


class Label(NamedTuple):
    """A field by its kind and key, put into words at the edge."""

    kind: str
    key: str


Fact: TypeAlias = str | int | date | Term | Label
Facts: TypeAlias = Mapping[str, Fact | tuple[Fact, ...]]
"""What a sentence names, by placeholder; free of any language, and never a value that should not be on paper."""

_NOTHING: Final[Facts] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One fault of a record.

    Attributes:
        facts: What the sentence names.
        field: The key of the field to look at, where not the one of the check.
        repair: Values that would mend it; None where only a person can say.
    """

    facts: Facts = field(default_factory=lambda: _NOTHING)
    field: str = ""
    repair: Fields | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule that every record of some kinds is held against.

    Attributes:
        key: Its name, kept for ever.
        level: How grave it is.
        kind: The kinds it looks at: a kind, or `Record` for all.
        field: The key of the field to look at.
        sentence: What is wrong, a msgid with the placeholders of `Hit.facts`.
        source: The law, standard or guidance that asks for it, a msgid.
        ask: The function.
    """

    key: str
    level: Level
    kind: type[Record]
    field: str
    sentence: str
    source: str
    ask: Callable[..., Iterator[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found.

    Attributes:
        check: The check.
        id: The record.
        ref: What people call it.
        kind: Its kind.
        title: Its title, as it is stored.
        field: The key of the field to look at.
        facts: What the sentence names.
        change: The repair; None where only a person can say.
    """

    check: Check
    id: int
    ref: str
    kind: str
    title: str
    field: str
    facts: Facts
    change: Change | None = None


_R = TypeVar("_R", bound=Record)
_Ask: TypeAlias = Callable[[_R, Snapshot], Iterator[Hit]]


def check(
    kind: type[_R], level: Level, *, field: str, sentence: str, source: str
) -> Callable[[_Ask[_R]], Check]:
    """Make a check of a function, which gives it its key."""

    def made(ask: _Ask[_R]) -> Check:
        return Check(
            key=ask.__name__, level=level, kind=kind, field=field, sentence=sentence,
            source=source, ask=ask,
        )  # fmt: skip

    return made


def lacking(record: Record, keys: Sequence[str]) -> Iterator[Hit]:
    """One hit that names, as `fields`, all of these fields that are empty; none where each says something."""
    empty = [key for key in keys if _is_empty(record.get(key))]
    if empty:
        labels = tuple(Label(record.kind, key) for key in empty)
        yield Hit(field=empty[0], facts={"fields": labels})


def _is_empty(value: Value) -> bool:
    return not value or (isinstance(value, str) and not value.strip())


# Sources that several checks name


SCORING: Final = N_("ISO 31000:2018, 6.4 (risk assessment)")
TREATING: Final = N_("ISO 31000:2018, 6.5 (risk treatment)")
REVIEWING: Final = N_("ISO 31000:2018, 6.6 (monitoring and review)")
ROLES: Final = N_("ISO 31000:2018, 5.4.3 (roles and accountabilities)")
RECORDING: Final = N_("ISO 31000:2018, 6.7 (recording)")
ACCEPTING: Final = N_("ISO/IEC 27005 (acceptance of residual risk)")
INVENTORY: Final = N_("PCPD, Privacy Management Programme (personal data inventory)")
REVISING: Final = N_("PCPD, Privacy Management Programme (ongoing assessment and revision)")
RETENTION: Final = N_("PDPO, DPP 2(2) (kept no longer than needed)")
SECURITY: Final = N_("PDPO, DPP 4(1) (security of personal data)")
PROCESSORS: Final = N_("PDPO, DPP 4(2) (data processors)")
BREACHES: Final = N_("PCPD, Guidance on Data Breach Handling (30 June 2023)")
BREACH_RECORD: Final = N_("GDPR, art. 33(5) (record of breaches)")
POLICY: Final = N_("Policy Statement of 8 December 2023")
