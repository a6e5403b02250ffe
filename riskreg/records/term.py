"""A choice of a list that the organisation added, renamed or retired."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records.base import Record
from riskreg.records.declaring import line, yes_no


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTerm(Record):
    """One choice; its title is its label in the language of the organisation."""

    kind: ClassVar[str] = "terms"
    prefix: ClassVar[str] = "LT"
    auxiliary: ClassVar[bool] = True
    icon: ClassVar[str] = "list"
    singular: ClassVar[str] = N_("Choice of a list")
    plural: ClassVar[str] = N_("Choices of lists")

    list_name: str = line(N_("List"), required=True, plain=True, short=True)
    key: str = line(N_("Key"), required=True, plain=True, short=True)
    en: str = line(N_("English"), short=True)
    zh_hant: str = line(N_("Traditional Chinese"), short=True)
    zh_hans: str = line(N_("Simplified Chinese"), short=True)
    same_as: str = line(
        N_("Counts as"),
        plain=True,
        short=True,
        help=N_("The key of the built-in choice whose meaning it shares."),
    )
    is_retired: bool | None = yes_no(N_("No longer offered"), short=True)
