"""Groups of rows by their next date: where each begins, how it is called, how many it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from riskreg.rules.due import spans
from riskreg.views import Reader, View, Where

HEIGHT: Final = 38
"""Pixels of a group's name, above the first of its rows."""
_DUE: Final = "due_at"


class Group(NamedTuple):
    """The group that begins in a row.

    Attributes:
        key: As `rules.due` calls it.
        label: Its name, a msgid.
        number: How many records it holds.
    """

    key: str
    label: str
    number: int


def groups(reader: Reader, view: View, today: date, of: int) -> Mapping[int, Group]:
    """The groups of an answer by the row in which each begins; none where something else sorts it.

    Args:
        reader: The register.
        view: The question.
        today: The day where the organisation is.
        of: How many records answer it.
    """
    if view.sort[:1] != ((_DUE, False),):
        return {}
    found: dict[int, Group] = {}
    before = 0
    for span in spans(today):
        upto = of
        if span.until is not None:
            within = Where(_DUE, "<=", span.until)
            upto = reader.count(replace(view, where=(*view.where, within)))
        if upto > before:
            found[before] = Group(span.key, span.label, upto - before)
        before = upto
    return found
