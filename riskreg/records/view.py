"""A saved view: a question to the register that somebody wants to ask again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records.base import Record
from riskreg.records.declaring import line, prose


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView(Record):
    """One saved view; its title is what the list calls it."""

    kind: ClassVar[str] = "view"
    prefix: ClassVar[str] = "V"
    auxiliary: ClassVar[bool] = True
    icon: ClassVar[str] = "layers"
    singular: ClassVar[str] = N_("Saved view")
    plural: ClassVar[str] = N_("Saved views")

    shows: str = line(
        N_("Shows"), required=True, short=True, help=N_("The kind of record it lists.")
    )
    definition: str = prose(
        N_("Definition"),
        help=N_("Columns, conditions, order and words, as JSON."),
    )
