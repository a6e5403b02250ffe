"""The sheets of a workbook that hold no records: corrective actions, policy actions by category, changes of a period."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

from riskreg.exchange import actions_sheet, changed, corrective
from riskreg.exchange.changed import Changes, Period
from riskreg.exchange.sheets import Book, Sheet
from riskreg.exchange.ties import Places
from riskreg.i18n import Translator
from riskreg.views import Reader, View
from riskreg.work import Work

Found: TypeAlias = "Mapping[str, tuple[View, array[int]]]"
"""By kind what was asked, and the records that answer."""
Fill: TypeAlias = Callable[[Book, Sheet, Places], str]
"""Writes a sheet and returns what it shows, in a sentence."""


class Extra(NamedTuple):
    """A sheet without records.

    Attributes:
        name: What it is called, a msgid.
        fill: Writes it.
    """

    name: str
    fill: Fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the sheets are made of.

    Attributes:
        reader: The register; only this thread may use it meanwhile.
        t: The language.
        zone: The organisation's.
        today: The day there.
        until: The last entry of the history that counts.
        period: Whose changes are wanted; None for no sheet of changes.
        is_redacted: Titles, free text and names are left out.
        work: May cancel.
    """

    reader: Reader
    t: Translator
    zone: str
    today: date
    until: int
    period: Period | None
    is_redacted: bool
    work: Work

    def extras(self, found: Found) -> Iterator[Extra]:
        """The sheets that fit the records of a workbook, in the order in which people leaf through them."""
        if "task" in found:
            tasks = corrective.gather(
                self.reader, frozenset(found["task"][1]), self.today, self.is_redacted, self.work
            )
            if tasks.tasks:
                yield Extra(corrective.NAME, lambda *where: self._corrective(tasks, *where))
        if "action" in found:
            actions = actions_sheet.gather(
                self.reader, frozenset(found["action"][1]), self.today, self.is_redacted, self.work
            )
            if actions.covered.actions:
                yield Extra(actions_sheet.NAME, lambda *where: self._actions(actions, *where))
        if self.period is not None:
            wanted = changed.wanted(self.period, found)
            yield Extra(changed.NAME, lambda *where: self._changes(wanted, *where))

    def _corrective(
        self, found: corrective.Gathered, book: Book, sheet: Sheet, places: Places
    ) -> str:
        corrective.write(book, sheet, found, places, self.reader.vocabulary)
        return corrective.said(found, self.t)

    def _actions(
        self, found: actions_sheet.Gathered, book: Book, sheet: Sheet, places: Places
    ) -> str:
        actions_sheet.write(book, sheet, found, places)
        return actions_sheet.said(found, self.t)

    def _changes(self, wanted: changed.Wanted, book: Book, sheet: Sheet, places: Places) -> str:
        changes = Changes(
            book=book,
            sheet=sheet,
            reader=self.reader,
            places=places,
            zone=self.zone,
            until=self.until,
            is_redacted=self.is_redacted,
            work=self.work,
        )
        return changed.said(wanted.period, changes.write(wanted), self.t)
