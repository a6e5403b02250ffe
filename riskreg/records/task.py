"""A task.

One thing somebody does by a day. A corrective action is done when it is done and closed when
somebody else has verified that it worked: done is not verified.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records import values
from riskreg.records.base import Record
from riskreg.records.declaring import choice, day, duration, instant, line, links, prose

DONE = N_("Done")
VERIFIED = N_("Verification")
TIES = N_("Ties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """One thing to do."""

    kind: ClassVar[str] = "task"
    prefix: ClassVar[str] = "T"
    icon: ClassVar[str] = "square-check"
    singular: ClassVar[str] = N_("Task")
    plural: ClassVar[str] = N_("Tasks")

    task_type: str | None = choice(N_("Type"), "task_type", short=True)
    status: str | None = choice(N_("Status"), "task_status", short=True)
    owner: frozenset[int] = links(
        N_("Owner"), "owner", "party", "owned_tasks", N_("Tasks owned"), one=True, short=True
    )
    due_on: date | None = day(N_("Due"), short=True)
    target_at: values.Instant | None = instant(
        N_("Target time"),
        section=DONE,
        help=N_("Where hours count: counted from awareness by a playbook."),
    )
    description: str = prose(N_("Description"), short=True)
    repeat_every_months: int | None = duration(
        N_("Again every (months)"),
        "months",
        section=DONE,
        help=N_("Counted from the day it was done."),
    )
    playbook_step: str = line(N_("Step of the playbook"), section=DONE, plain=True)
    done_on: date | None = day(N_("Done on"), section=DONE)
    done_by: str = line(N_("Done by"), section=DONE)
    outcome: str = prose(N_("Outcome"), section=DONE)
    verified_on: date | None = day(N_("Verified on"), section=VERIFIED)
    verified_by: frozenset[int] = links(
        N_("Verified by"),
        "verified_by",
        "party",
        "verified_tasks",
        N_("Tasks verified"),
        one=True,
        section=VERIFIED,
        help=N_("Not the person who did it."),
    )
    verification_method: str = prose(
        N_("How it was verified"), section=VERIFIED, help=N_("What was looked at or tried.")
    )
    verification_result: str | None = choice(
        N_("Result of verification"), "verification_result", section=VERIFIED
    )
    incidents: frozenset[int] = links(
        N_("Incidents"), "follows", "incident", "tasks", N_("Tasks"), section=TIES
    )
    risks: frozenset[int] = links(
        N_("Risks treated"), "treats", "risk", "tasks", N_("Tasks"), section=TIES
    )
    assets: frozenset[int] = links(
        N_("Data concerned"), "concerns", "asset", "tasks", N_("Tasks"), section=TIES
    )
    actions: frozenset[int] = links(
        N_("Policy actions"), "advances", "action", "tasks", N_("Tasks"), section=TIES
    )
    measures: frozenset[int] = links(
        N_("Measures"), "builds", "measure", "tasks", N_("Tasks"), section=TIES
    )
