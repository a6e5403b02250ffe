"""The helpers by which a record declares its fields, one line a field.

Each is typed as the value of its field, so that `n: int = line(...)` fails the type check.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Literal, TypeVar

from riskreg.records import values
from riskreg.records.fields import (
    Choice,
    Choices,
    Count,
    Day,
    Derived,
    Duration,
    FactPairs,
    Facts,
    FieldKind,
    Instant,
    Line,
    Links,
    Money,
    Prose,
    Score,
    Tags,
    YesNo,
)

_T = TypeVar("_T")


def _field(default: _T, kind: FieldKind) -> _T:
    return field(default=default, metadata={"kind": kind})


def line(
    label: str,
    *,
    section: str = "",
    required: bool = False,
    plain: bool = False,
    short: bool = False,
    help: str = "",
) -> str:
    """Declare a `Line`."""
    kind = Line(
        label=label, section=section, required=required, plain=plain, short=short, help=help
    )
    return _field("", kind)


def prose(label: str, *, section: str = "", short: bool = False, help: str = "") -> str:
    """Declare a `Prose`."""
    return _field("", Prose(label=label, section=section, short=short, help=help))


def choice(
    label: str,
    terms: str,
    *,
    section: str = "",
    required: bool = False,
    short: bool = False,
    help: str = "",
) -> str | None:
    """Declare a `Choice`."""
    kind = Choice(
        label=label, terms=terms, section=section, required=required, short=short, help=help
    )
    return _field(None, kind)


def choices(
    label: str, terms: str, *, section: str = "", short: bool = False, help: str = ""
) -> frozenset[str]:
    """Declare a `Choices`."""
    kind = Choices(label=label, terms=terms, section=section, short=short, help=help)
    return _field(frozenset(), kind)


def yes_no(label: str, *, section: str = "", short: bool = False, help: str = "") -> bool | None:
    """Declare a `YesNo`."""
    return _field(None, YesNo(label=label, section=section, short=short, help=help))


def count(
    label: str, *, section: str = "", short: bool = False, help: str = ""
) -> values.Count | None:
    """Declare a `Count`."""
    return _field(None, Count(label=label, section=section, short=short, help=help))


def money(
    label: str, *, section: str = "", short: bool = False, help: str = ""
) -> values.Money | None:
    """Declare a `Money`."""
    return _field(None, Money(label=label, section=section, short=short, help=help))


def day(label: str, *, section: str = "", short: bool = False, help: str = "") -> date | None:
    """Declare a `Day`."""
    return _field(None, Day(label=label, section=section, short=short, help=help))


def instant(
    label: str, *, section: str = "", short: bool = False, help: str = ""
) -> values.Instant | None:
    """Declare an `Instant`."""
    return _field(None, Instant(label=label, section=section, short=short, help=help))


def duration(
    label: str,
    unit: Literal["hours", "days", "months"],
    *,
    section: str = "",
    short: bool = False,
    help: str = "",
) -> int | None:
    """Declare a `Duration`."""
    kind = Duration(label=label, unit=unit, section=section, short=short, help=help)
    return _field(None, kind)


def score(
    label: str,
    axis: Literal["likelihood", "impact"],
    *,
    dimension: str = "",
    section: str = "",
    short: bool = False,
    help: str = "",
) -> int | None:
    """Declare a `Score`."""
    kind = Score(
        label=label, axis=axis, dimension=dimension, section=section, short=short, help=help
    )
    return _field(None, kind)


def tags(label: str, *, section: str = "", help: str = "") -> frozenset[str]:
    """Declare a `Tags`."""
    return _field(frozenset(), Tags(label=label, section=section, help=help))


def facts(label: str, *, section: str = "", help: str = "") -> FactPairs:
    """Declare a `Facts`."""
    return _field((), Facts(label=label, section=section, help=help))


def links(
    label: str,
    role: str,
    to: str,
    back: str,
    back_label: str,
    *,
    one: bool = False,
    section: str = "",
    short: bool = False,
    help: str = "",
) -> frozenset[int]:
    """Declare `Links`."""
    kind = Links(
        label=label, role=role, to=to, back=back, back_label=back_label, one=one, section=section, short=short, help=help
    )  # fmt: skip
    return _field(frozenset(), kind)


def derived_line(label: str, *, section: str = "", short: bool = False) -> str:
    """Declare a `Derived` whose value is text that the catalogue holds."""
    kind = Derived(label=label, of=Line(label=label), section=section, short=short)
    return _field("", kind)


def derived_score(label: str, *, section: str = "", short: bool = False) -> int | None:
    """Declare a `Derived` whose value is a score."""
    kind = Derived(
        label=label,
        of=Score(label=label, axis="score"),
        section=section,
        short=short,
        reads=("scale",),
    )
    return _field(None, kind)


def derived_choice(label: str, terms: str, *, section: str = "", short: bool = False) -> str | None:
    """Declare a `Derived` whose value is one key of the list `terms`."""
    reads = ("scale",) if terms == "level" else ()
    kind = Derived(
        label=label,
        of=Choice(label=label, terms=terms),
        section=section,
        short=short,
        reads=reads,
    )
    return _field(None, kind)


def derived_day(label: str, *, section: str = "", reads: tuple[str, ...] = ()) -> date | None:
    """Declare a `Derived` whose value is a day."""
    kind = Derived(label=label, of=Day(label=label), section=section, reads=reads)
    return _field(None, kind)
