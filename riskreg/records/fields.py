"""Kinds of field.

What a field of a record is, declared once. Everything else derives from the declaration.

Each room answers for every kind in one function over `FieldKind`, ended by `assert_never`: columns
(storage), parse and format for
people (i18n), cells (exchange), editor (ui), row (reports). The one language-free form, JSON, lives
beside this file in `jsons`.

`declaring` has the helpers by which a record declares its fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from riskreg.errors import N_ as N_
from riskreg.records import values

FactPairs: TypeAlias = tuple[tuple[str, str], ...]
"""Name and value pairs, sorted by name, names distinct."""

TEXT_LIMIT = 32_767
"""UTF-16 units that one field holds at most: what a cell of a workbook holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What every kind of field has.

    Attributes:
        label: A msgid; translated with `kind.field` as context.
        section: A msgid, the part of the form it stands in; empty for the first.
        required: A record without it is refused.
        plain: Its value may stay in the journal when a person is erased.
        short: It belongs to the short form that is shown first.
        help: A msgid shown beside the field.
        retired: Kept so that old entries replay; shown nowhere.
    """

    label: str
    section: str = ""
    required: bool = False
    plain: bool = False
    short: bool = False
    help: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Spec):
    """Text in one line, without outer white space. Value: `str`, empty ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose(Spec):
    """Text in paragraphs, lines ended by LF. Value: `str`, empty ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Spec):
    """One key of the list `terms`. Value: `str | None`."""

    terms: str
    plain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices(Spec):
    """Several keys of the list `terms`. Value: `frozenset[str]`."""

    terms: str
    plain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(Spec):
    """Value: `bool | None`; None is not known."""

    plain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Spec):
    """How many, with a precision. Value: `values.Count | None`."""

    plain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Spec):
    """Value: `values.Money | None`."""

    plain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Spec):
    """A calendar day without a zone. Value: `date | None`."""

    plain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant(Spec):
    """A point in time with zone and precision. Value: `values.Instant | None`."""

    plain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration(Spec):
    """A length of time in whole `unit`s. Value: `int | None`, from 0."""

    unit: Literal["hours", "days", "months"]
    plain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Spec):
    """A step of the organisation's scale. Value: `int | None`, from 1.

    `dimension` is what an impact falls on (`terms.Dimension`); empty for the impact as a whole.
    """

    axis: Literal["likelihood", "impact", "score"]
    dimension: str = ""
    plain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags(Spec):
    """Words the user puts on a record. Value: `frozenset[str]`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(Spec):
    """Named values that no field is declared for, as an import brought them. Value: `FactPairs`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links(Spec):
    """References to records of kind `to`. Value: `frozenset[int]` of record ids.

    Attributes:
        role: The verb, unique together with the kind that declares it; a key, kept for ever.
        to: The kind it points to.
        back: The key of the same links seen from the other side.
        back_label: A msgid.
        one: At most one.
        mirror: This is the other side's view; it is read from and written to the declaring side.
    """

    role: str
    to: str
    back: str
    back_label: str
    one: bool = False
    mirror: bool = False
    plain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived(Spec):
    """Computed by `rules` from the record and the kinds it reads.

    A column for sorting and filtering, outside the journal.

    Attributes:
        of: The kind of its value.
        reads: The kinds whose change makes it stale, besides its own.
    """

    of: Line | Score | Choice | Day
    reads: tuple[str, ...] = ()
    plain: bool = True


FieldKind: TypeAlias = (
    Line
    | Prose
    | Choice
    | Choices
    | YesNo
    | Count
    | Money
    | Day
    | Instant
    | Duration
    | Score
    | Tags
    | Facts
    | Links
    | Derived
)

Value: TypeAlias = (
    str
    | int
    | bool
    | date
    | values.Count
    | values.Money
    | values.Instant
    | frozenset[str]
    | frozenset[int]
    | FactPairs
    | None
)
"""A value of any field. Empty is "", None, frozenset() or ()."""

Fields: TypeAlias = Mapping[str, Value]
"""Values by field key."""


def empty(kind: FieldKind) -> Value:
    """The empty value of a field of this kind."""
    match kind:
        case Line() | Prose():
            return ""
        case Choices() | Tags() | Links():
            return frozenset()
        case Facts():
            return ()
        case Derived():
            return empty(kind.of)
        case _:
            return None
