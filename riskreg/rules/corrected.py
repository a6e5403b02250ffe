"""How far a corrective action is: done is not verified (domain 5.6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, TypeAlias

from riskreg.errors import N_
from riskreg.records import Task

Corrected: TypeAlias = Literal[
    "overdue", "open", "done", "failed", "unexplained", "verified", "cancelled"
]

CORRECTED: Final[Mapping[Corrected, str]] = {
    "overdue": N_("Overdue"),
    "open": N_("To do"),
    "done": N_("Done, not verified"),
    "failed": N_("Did not work"),
    "unexplained": N_("Verified, not said how"),
    "verified": N_("Verified"),
    "cancelled": N_("Cancelled"),
}
"""What each standing is called, what calls for attention first."""

_SHOWN_BY: Final = ("verified_by", "verified_on", "verification_method", "verification_result")


def is_finished(task: Task) -> bool:
    """Whether nothing is left to do about a task: it is done, and if it corrects something, verified as well.

    Only corrective action is to be proved (domain 5.6); a step of containment that is done is done.
    """
    if task.status == "done":
        return task.task_type != "corrective"
    return task.status in ("verified", "cancelled")


def corrected(task: Task, today: date) -> Corrected:
    """How far a corrective task is.

    Verified needs by whom, on which day, how and with what result; a result that it did not work is no success,
    whatever the status says.
    """
    if task.status == "cancelled":
        return "cancelled"
    if task.verification_result == "not_effective":
        return "failed"
    if task.status == "verified":
        is_shown = all(getattr(task, key) for key in _SHOWN_BY)
        return "verified" if is_shown else "unexplained"
    if task.status == "done":
        return "done"
    return "overdue" if task.due_on is not None and task.due_on < today else "open"
