"""What every record has, and the questions that can be asked of a declaration."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from types import MappingProxyType
from typing import ClassVar, Final, Literal, Self, TypeVar

from riskreg.errors import N_
from riskreg.records import fields, values
from riskreg.records.declaring import derived_day, facts, line, prose, tags, yes_no
from riskreg.records.fields import FieldKind, Fields, Value

ABOUT: Final = N_("More")
"""The section of the fields that every kind has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of the register, as it stands at one moment.

    A subclass declares a kind: its class attributes name it, its dataclass fields are what is kept.
    Every field has an empty value;
    "required" is validation, not construction.

    Attributes:
        id: Number of the record in its register, for ever; 0 for none yet.
        ref: What people call it: `R-0001`.
        version: How many changes it has seen, from 1.
        created_at: When it was recorded, to the second, in zone UTC.
        updated_at: When it was last changed, in zone UTC.
        deleted_at: When it was put in the bin, in zone UTC; None when it is not there.
    """

    kind: ClassVar[str]
    prefix: ClassVar[str]
    numbering: ClassVar[Literal["plain", "yearly", "catalogue", "single"]] = "plain"
    """`plain` R-0001.

    `yearly` I-2026-001; `catalogue` the ref is the key of a catalogue row; `single` there is one,
    for ever.
    """
    auxiliary: ClassVar[bool] = False
    """Kept for working with the register and no part of what it says: in no list, count or whole export."""
    by_title: ClassVar[bool] = True
    """A title alone makes one that can be completed later; False where it needs more, such as a file."""
    icon: ClassVar[str]
    """A name of `resources/icons`."""
    singular: ClassVar[str]
    plural: ClassVar[str]

    id: int = 0
    ref: str = ""
    version: int = 0
    created_at: values.Instant | None = None
    updated_at: values.Instant | None = None
    deleted_at: values.Instant | None = None

    title: str = line(N_("Title"), required=True, short=True)
    notes: str = prose(N_("Notes"), section=ABOUT)
    external_ref: str = line(
        N_("Reference elsewhere"),
        section=ABOUT,
        help=N_("The number another system or file gave it."),
    )
    tags: frozenset[str] = tags(N_("Tags"), section=ABOUT)
    other_facts: fields.FactPairs = facts(
        N_("Other facts"), section=ABOUT, help=N_("Named values that came with an import.")
    )
    is_privileged: bool | None = yes_no(
        N_("Legally privileged"),
        section=ABOUT,
        help=N_("Legal advice: left out of every export that does not ask for it by name."),
    )
    hold_reason: str = line(
        N_("Legal hold"),
        section=ABOUT,
        help=N_("Why it must be kept; while something stands here it cannot be erased."),
    )
    hold_by: str = line(N_("Legal hold set by"), section=ABOUT)
    due_at: date | None = derived_day(N_("Next date"), section=ABOUT, reads=("terms",))

    def having(self, changed: Fields) -> Self:
        """The same record with other values in these fields."""
        return dataclasses.replace(self, **changed)  # type: ignore[arg-type]

    def get(self, key: str) -> Value:
        """The value of a declared field."""
        value: Value = getattr(self, key)
        return value


SYSTEM: Final[Mapping[str, FieldKind]] = MappingProxyType(
    {
        "ref": fields.Line(label=N_("Ref"), plain=True),
        "created_at": fields.Instant(label=N_("Recorded")),
        "updated_at": fields.Instant(label=N_("Last changed")),
        "deleted_at": fields.Instant(label=N_("In the bin since")),
    }
)
"""Columns of every kind that the door sets; not fields that a person edits."""


_T = TypeVar("_T")


def per_kind(ask: Callable[[type[Record]], _T]) -> Callable[[type[Record]], _T]:
    """Remember the answer for each kind; declarations do not change while the program runs."""
    known: dict[type[Record], _T] = {}

    @wraps(ask)
    def answer(kind: type[Record]) -> _T:
        if kind not in known:
            known[kind] = ask(kind)
        return known[kind]

    return answer


@per_kind
def declared(kind: type[Record]) -> Mapping[str, FieldKind]:
    """The fields of a kind by key.

    Title first, then its own in order of declaration, then what every kind has.
    """
    found = {
        item.name: item.metadata["kind"]
        for item in dataclasses.fields(kind)
        if "kind" in item.metadata
    }
    common = {item.name for item in dataclasses.fields(Record)}
    own = [name for name in found if name not in common]
    rest = [name for name in found if name in common and name != "title"]
    return MappingProxyType({name: found[name] for name in ["title", *own, *rest]})


@per_kind
def stored(kind: type[Record]) -> Mapping[str, FieldKind]:
    """The fields that the journal keeps: all but the derived ones."""
    return MappingProxyType(
        {key: what for key, what in declared(kind).items() if not isinstance(what, fields.Derived)}
    )


@per_kind
def derived(kind: type[Record]) -> Mapping[str, fields.Derived]:
    """The derived fields of a kind."""
    return MappingProxyType(
        {key: what for key, what in declared(kind).items() if isinstance(what, fields.Derived)}
    )


@per_kind
def declared_links(kind: type[Record]) -> Mapping[str, fields.Links]:
    """The links that a kind declares and owns."""
    return MappingProxyType(
        {key: what for key, what in declared(kind).items() if isinstance(what, fields.Links)}
    )


def values_of(record: Record) -> dict[str, Value]:
    """The stored fields of a record that are not empty."""
    return {
        key: value
        for key, what in stored(type(record)).items()
        if (value := record.get(key)) != fields.empty(what)
    }
