"""What a register answers to the question of a list."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from riskreg.views import Reader, View
from ui.tables.groups import Group, groups
from ui.tables.urgency import ordered


class Answer(NamedTuple):
    """What the register answered.

    Attributes:
        ids: The records in order.
        of: How many there are without filters and words.
        groups: The groups of rows by the row in which each begins.
    """

    ids: array[int]
    of: int
    groups: Mapping[int, Group]


def answer(reader: Reader, view: View, whole: View, day: date | None) -> Answer:
    """The answer to a question; in groups by the next date where the day is given, incidents by what is due first."""
    ids = ordered(reader, view, reader.ids(view))
    is_narrowed = view.words or view.where != whole.where
    found = groups(reader, view, day, len(ids)) if day else {}
    return Answer(ids, reader.count(whole) if is_narrowed else len(ids), found)
