"""A report profile: what a person adds to a report, kept for the next time it is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final, NamedTuple

from riskreg.errors import N_
from riskreg.records.base import Record
from riskreg.records.declaring import line, prose

BAR: Final = "|"
"""Stands between the parts of a line; what is typed with a full-width bar counts as well."""


class Wanted(NamedTuple):
    """A decision that a person asks for.

    Attributes:
        what: Shall be decided.
        why: One sentence; may be empty.
        by: Until when, in the person's own words; may be empty.
    """

    what: str
    why: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportProfile(Record):
    """What stands in one report beside what the register says."""

    kind: ClassVar[str] = "profile"
    prefix: ClassVar[str] = "RP"
    auxiliary: ClassVar[bool] = True
    icon: ClassVar[str] = "file-text"
    singular: ClassVar[str] = N_("Report profile")
    plural: ClassVar[str] = N_("Report profiles")

    report: str = line(
        N_("Report"), required=True, short=True, help=N_("The name of the report it belongs to.")
    )
    lines: str = prose(
        N_("Decisions asked for"),
        help=N_("One a line, in the order of the page: what | why | by when."),
    )

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """The decisions that its lines ask for; empty lines ask for none."""
        return tuple(filter(None, map(_wanted, self.lines.splitlines())))


def wanted_lines(wanted: Iterable[Wanted]) -> str:
    """Decisions as the lines of a profile; a bar within a part becomes a comma, so that they are read as they were meant."""
    return "\n".join(
        f" {BAR} ".join(_part(part) for part in each).rstrip(f" {BAR}")
        for each in wanted
        if each.what.strip()
    )


def _wanted(line: str) -> Wanted | None:
    parts = [part.strip() for part in line.replace("｜", BAR).split(BAR, 2)]
    return Wanted(*parts) if parts[0] else None


def _part(text: str) -> str:
    return " ".join(text.replace("｜", BAR).replace(BAR, ",").split())
