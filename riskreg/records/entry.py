"""An entry of the timeline: what happened at one moment of an incident, as somebody wrote it down.

Its title is what happened. Decisions, notices and changes of times stand on the timeline by themselves,
read from the journal; this is what only people know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records import values
from riskreg.records.base import Record
from riskreg.records.declaring import instant, line, links, prose, yes_no


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Record):
    """One entry."""

    kind: ClassVar[str] = "entry"
    prefix: ClassVar[str] = "E"
    icon: ClassVar[str] = "list-plus"
    singular: ClassVar[str] = N_("Timeline entry")
    plural: ClassVar[str] = N_("Timeline entries")

    incident: frozenset[int] = links(
        N_("Incident"),
        "happened_in",
        "incident",
        "entries",
        N_("Timeline entries"),
        one=True,
        short=True,
    )
    happened_at: values.Instant | None = instant(N_("When it happened"), short=True)
    who: str = line(N_("Who"), short=True)
    result: str = prose(N_("Result"), short=True)
    in_summary: bool | None = yes_no(
        N_("In the summary"),
        short=True,
        help=N_("Stands in reports and notices that tell the course."),
    )
