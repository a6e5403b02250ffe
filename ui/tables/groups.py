"""Groups of rows by their next date: where each begins, how it is called, how many it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from riskreg.case_words import DRILL
from riskreg.formats import number_words
from riskreg.i18n import Translator
from riskreg.rules import practice
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
        number: How many records it holds in earnest.
        drills: How many more are only practised.
    """

    key: str
    label: str
    number: int
    drills: int = 0

    def words(self, t: Translator) -> str:
        """Its name, and how many it holds; drills are counted by themselves."""
        parts = [t.gettext(self.label)]
        if self.number or not self.drills:
            parts.append(number_words(self.number))
        if self.drills:
            parts.append(f"{DRILL} {number_words(self.drills)}")
        return "  •  ".join(parts)


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
    practised = replace(view, where=(*view.where, Where(practice.COLUMN, "=", True)))
    all_drills = reader.count(practised)
    found: dict[int, Group] = {}
    before = drills_before = 0
    for span in spans(today):
        upto, drills = of, all_drills
        if span.until is not None:
            within = Where(_DUE, "<=", span.until)
            upto = reader.count(replace(view, where=(*view.where, within)))
            asked = replace(practised, where=(*practised.where, within))
            drills = reader.count(asked) if all_drills else 0
        if upto > before:
            here = drills - drills_before
            found[before] = Group(span.key, span.label, upto - before - here, here)
        before, drills_before = upto, drills
    return found
