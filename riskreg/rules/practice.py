"""What is only practised: a drill, and what was made for it, is never overdue in earnest.

A view asks for it by the column `COLUMN`; of incidents it is their own field.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from riskreg.records import Incident, Record, Task
from riskreg.views import Where

COLUMN: Final = "drill"
PARTS: Final = ("assessment", "decision", "notice", "entry", "task")
"""Kinds whose records are practised where all their incidents are drills."""
IN_EARNEST: Final = ("corrective", "preventive", "improvement", "routine")
"""Types of task that are real though a drill showed the need: whoever learnt something does it."""
FOR_REAL: Final = Where(COLUMN, "!=", True)
"""The condition that leaves out what is only practised."""


def is_told(kinds: tuple[str, ...]) -> bool:
    """Whether a view of these kinds has the column though they have no such field: of several, or of parts."""
    return len(kinds) > 1 or kinds[0] in PARTS


def is_practised(record: Record, incidents: Iterable[Incident]) -> bool:
    """Whether a record is only practised.

    Args:
        record: In the built-in choices.
        incidents: Those that it belongs to.
    """
    if isinstance(record, Incident):
        return bool(record.drill)
    if record.kind not in PARTS or (isinstance(record, Task) and record.task_type in IN_EARNEST):
        return False
    found = [bool(each.drill) for each in incidents]
    return bool(found) and all(found)
