"""An import mapping: how the columns of a file become fields, kept for the next file of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records.base import Record
from riskreg.records.declaring import line, prose


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMapping(Record):
    """One mapping; its title is the name of the file it was first made for."""

    kind: ClassVar[str] = "mapping"
    prefix: ClassVar[str] = "IM"
    auxiliary: ClassVar[bool] = True
    icon: ClassVar[str] = "columns-3"
    singular: ClassVar[str] = N_("Import mapping")
    plural: ClassVar[str] = N_("Import mappings")

    for_kind: str = line(
        N_("Fills"), required=True, short=True, help=N_("The kind of record its rows become.")
    )
    headers: str = prose(
        N_("Column headings"), help=N_("One a line, as they stand in the file it fits.")
    )
    text: str = prose(N_("Mapping"), help=N_("As the command line takes it, in TOML."))
