"""A report profile: what a person adds to a report, kept for the next time it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from riskreg.records.base import Record
from riskreg.records.fields import N_, line, prose


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportProfile(Record):
    """What stands in one report beside what the register says."""

    kind: ClassVar[str] = "profile"
    prefix: ClassVar[str] = "RP"
    auxiliary: ClassVar[bool] = True
    singular: ClassVar[str] = N_("Report profile")
    plural: ClassVar[str] = N_("Report profiles")

    report: str = line(
        N_("Report"), required=True, short=True, help=N_("The name of the report it belongs to.")
    )
    lines: str = prose(N_("Decisions asked for"), help=N_("One a line, in the order of the page."))
