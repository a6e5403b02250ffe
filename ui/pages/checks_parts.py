"""What stands beneath one another on the page of the checks: heads of levels, findings, and how many more there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from riskreg.errors import N_
from riskreg.rules.checks import Level
from ui.pages.checks_found import Group, Line

HEADS: Final[Mapping[Level, tuple[str, str, str, str]]] = {
    "error": (
        N_("Errors"), N_("cannot be right, or must be settled first"), "triangle-alert", "high",
    ),
    "warning": (N_("Warnings"), N_("an auditor would ask"), "search", "moderate"),
    "hint": (N_("Hints"), N_("worth a look"), "info", "muted"),
}  # fmt: skip
"""How each level is told: its name, what it means, icon and tone."""


class Head(NamedTuple):
    """Where a level begins."""

    level: Level
    number: int


class More(NamedTuple):
    """Where a level has findings that are not shown."""

    number: int


Part: TypeAlias = Head | Line | More
Key: TypeAlias = tuple[object, ...]


def parts(groups: Iterable[Group]) -> Iterator[tuple[Key, Part]]:
    """What stands beneath one another, each with a key of its own that it has again when asked again."""
    for group in groups:
        yield ("head", group.level), Head(group.level, group.number)
        seen: Counter[Key] = Counter()
        for line in group.lines:
            seen[line.key] += 1
            yield (*line.key, seen[line.key]), line
        if more := group.number - len(group.lines):
            yield ("more", group.level), More(more)
