"""The sheets of a workbook that hold no records: decisions and notices, timeline, corrective actions, policy actions, changes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple, TypeAlias, cast

from riskreg.exchange import actions_sheet, changed, corrective, decisions_sheet, timeline_sheet
from riskreg.exchange.changed import Changes, Period
from riskreg.exchange.sheets import Book, Sheet
from riskreg.exchange.tables import PAGE
from riskreg.exchange.ties import Places
from riskreg.i18n import Translator
from riskreg.views import Reader, View
from riskreg.work import WRITING, Work

Found: TypeAlias = "Mapping[str, tuple[View, array[int]]]"
"""By kind what was asked, and the records that answer."""
Fill: TypeAlias = Callable[[Book, Sheet, Places], str]
"""Writes a sheet and returns what it shows, in a sentence."""

_ON_TIMELINE: Final = ("entry", "assessment", "decision", "notice", "evidence")


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
        now: With a zone.
        until: The last entry of the history that counts.
        period: Whose changes are wanted; None for no sheet of changes.
        is_redacted: Titles, free text and names are left out.
        work: May cancel.
    """

    reader: Reader
    t: Translator
    zone: str
    today: date
    now: datetime
    until: int
    period: Period | None
    is_redacted: bool
    work: Work

    def extras(self, found: Found) -> Iterator[Extra]:
        """The sheets that fit the records of a workbook, in the order in which people leaf through them."""
        yield from self._of_incidents(found)
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

    def _of_incidents(self, found: Found) -> Iterator[Extra]:
        """What was decided, sent and done about the incidents of a workbook."""
        if "incident" not in found:
            return
        ids = frozenset(found["incident"][1])
        if "decision" in found or "notice" in found:
            told = self._touched(ids, "decision", "notice")
            decided = decisions_sheet.gather(
                self.reader, told, self.now, self.is_redacted, self.work
            )
            if decided.cases:
                yield Extra(decisions_sheet.NAME, lambda *where: self._decisions(decided, *where))
        if "entry" in found:
            told = self._touched(ids, *_ON_TIMELINE)
            moments = timeline_sheet.gather(self.reader, told, self.is_redacted, self.work)
            if moments.told:
                yield Extra(timeline_sheet.NAME, lambda *where: self._timeline(moments, *where))

    def _touched(self, incidents: frozenset[int], *kinds: str) -> frozenset[int]:
        """Those of the incidents to which a record of these kinds points: few, of which all is then read."""
        touched: set[int] = set()
        for kind in kinds:
            key = "incidents" if kind == "evidence" else "incident"
            view = View(kinds=(kind,), columns=(key,))
            ids = self.reader.ids(view)
            for start in range(0, len(ids), PAGE):
                self.work.step(WRITING)
                rows = self.reader.rows(view, ids[start : start + PAGE])
                touched.update(*(cast("frozenset[int]", row.values[0]) for row in rows))
        return incidents & touched

    def _decisions(
        self, found: decisions_sheet.Gathered, book: Book, sheet: Sheet, places: Places
    ) -> str:
        decisions_sheet.write(book, sheet, found, places)
        return decisions_sheet.said(found, self.t)

    def _timeline(
        self, found: timeline_sheet.Gathered, book: Book, sheet: Sheet, places: Places
    ) -> str:
        timeline_sheet.write(book, sheet, found, places)
        return timeline_sheet.said(found, self.t)

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
