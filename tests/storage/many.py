"""Many records in one change set, which costs one commit."""

from __future__ import annotations

from riskreg.changes import ChangeSet, addition
from riskreg.records.fields import Value
from riskreg.views import Register


def many(
    register: Register, kind: str, count: int, title: str = "Risk {}", **values: Value
) -> list[int]:
    """The ids of so many new records, in order; `{}` in the title is the number."""
    changes = tuple(
        addition(kind, {"title": title.format(number), **values}, -1 - number)
        for number in range(count)
    )
    new = register.apply(ChangeSet(act="import", changes=changes)).new
    return [new[-1 - number] for number in range(count)]
