"""The organisation whose register this is.

Its name, its time zone, its language. There is one in every register.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from riskreg.records.base import Record
from riskreg.records.fields import N_, choice, line, yes_no


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """The one organisation of a register; its title is its name."""

    kind: ClassVar[str] = "organisation"
    prefix: ClassVar[str] = "ORG"
    numbering: ClassVar[Literal["plain", "yearly", "catalogue", "single"]] = "single"
    singular: ClassVar[str] = N_("Organisation")
    plural: ClassVar[str] = N_("Organisation")

    zone: str = line(
        N_("Time zone"),
        required=True,
        plain=True,
        short=True,
        help=N_("Such as Asia/Hong_Kong; times are shown in it."),
    )
    language: str | None = choice(N_("Language"), "language", short=True)
    is_sample: bool | None = yes_no(N_("Sample"))
