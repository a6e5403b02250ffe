"""An activity.

What the programme did or plans to do on a day: training, a drill, a plan approved, a review, a
scan, a disposal, a restore tried, "nothing happened in March" confirmed. The plan of a year is made
of those planned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records import values
from riskreg.records.base import Record
from riskreg.records.declaring import choice, count, day, duration, line, links, prose

WHAT = N_("What was done")
AGAIN = N_("When again")
TIES = N_("Ties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Record):
    """One thing the programme did, or will do, on a day."""

    kind: ClassVar[str] = "activity"
    prefix: ClassVar[str] = "AC"
    icon: ClassVar[str] = "calendar-check"
    singular: ClassVar[str] = N_("Activity")
    plural: ClassVar[str] = N_("Activities")

    activity_type: str | None = choice(N_("Type"), "activity_type", short=True)
    status: str | None = choice(N_("Status"), "activity_status", short=True)
    owner: frozenset[int] = links(
        N_("Owner"),
        "owner",
        "party",
        "owned_activities",
        N_("Activities owned"),
        one=True,
        short=True,
    )
    planned_on: date | None = day(N_("Planned for"), short=True)
    done_on: date | None = day(N_("Done on"), short=True)
    done_by: str = line(N_("Done by"), short=True)
    description: str = prose(N_("Description"), section=WHAT)
    people_count: values.Count | None = count(N_("People who took part"), section=WHAT)
    period_from_on: date | None = day(
        N_("Period from"), section=WHAT, help=N_("For a return that nothing happened.")
    )
    period_until_on: date | None = day(N_("Period until"), section=WHAT)
    outcome: str = prose(N_("Outcome"), section=WHAT)
    evidence_text: str = prose(
        N_("Evidence"), section=WHAT, help=N_("What shows that it was done, and where it is kept.")
    )
    repeat_every_months: int | None = duration(N_("Again every (months)"), "months", section=AGAIN)
    valid_until_on: date | None = day(
        N_("Good until"), section=AGAIN, help=N_("The day on which it has to be done again.")
    )
    actions: frozenset[int] = links(
        N_("Policy actions"), "carries_out", "action", "activities", N_("Activities"), section=TIES
    )
    assets: frozenset[int] = links(
        N_("Data concerned"), "concerns", "asset", "activities", N_("Activities"), section=TIES
    )
    measures: frozenset[int] = links(
        N_("Measures tried"), "tries", "measure", "activities", N_("Activities"), section=TIES
    )
