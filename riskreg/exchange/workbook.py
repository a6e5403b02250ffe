"""A register as a workbook: cover, heat map, a sheet a kind, links, legend, lists; an unchanged import finds the same.

Written beside its target, read back and compared cell by cell, then put in its place, so that a failure
leaves what was there.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Container, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from riskreg import clock, placing, privileged, settings
from riskreg.errors import Expected
from riskreg.exchange import cover, headers, legend, matrix, readback, sheets, ties
from riskreg.exchange import lists as lists_sheet
from riskreg.exchange.changed import Period
from riskreg.exchange.extras import Extra, Found, Wish
from riskreg.exchange.lists import Lists
from riskreg.exchange.narrowed import EVERYTHING
from riskreg.exchange.sheets import Book, Sheet
from riskreg.exchange.tables import PAGE, Rows, Table, facts_of, layout
from riskreg.exchange.ties import Places, Ties
from riskreg.i18n import Translator
from riskreg.records import KINDS
from riskreg.rules import statistics
from riskreg.views import Head, Reader, View
from riskreg.work import QUIET, WRITING, Work, uncollected

TRIES: Final = 3
"""How often a file is begun anew when the register changes meanwhile."""


class Exported(NamedTuple):
    """A file that was made.

    Attributes:
        path: The file.
        sheets: How many records of each kind are in it.
        fingerprint: Of the history it was made from.
        left_out: Legally privileged records that were asked for and are not in it.
    """

    path: Path
    sheets: Mapping[str, int]
    fingerprint: str
    left_out: int = 0


def export(
    reader: Reader,
    views: Sequence[View],
    target: Path,
    t: Translator,
    *,
    shows: str = "",
    changes: Period | None = None,
    is_redacted: bool = False,
    is_closed: bool = False,
    work: Work = QUIET,
) -> Exported:
    """Write a workbook.

    Args:
        reader: The register, as it stands or stood; only this thread may use it meanwhile.
        views: One for each sheet: its kind, which rows and in which order. All fields are written.
        target: The file, ending in .xlsx; what is there is replaced when the new one is whole.
        t: The language of headers and choices.
        shows: Which records these are, in a sentence for the cover.
        changes: Whose changes get a sheet; None for none.
        is_redacted: Leave out titles, free text and names: what is not declared to be plain.
        is_closed: It goes to an outsider: of records that are not in it nothing is told but a ref, and nothing of
            how many there are.
        work: Progress; may cancel.

    Raises:
        Expected: The name does not fit ("not_a_workbook"), the file cannot be written ("cannot_write",
            "no_room"), something exceeds a sheet ("workbook_full"), or the register changed all the
            time ("busy").
        Cancelled: The user stopped it.
    """
    if target.suffix.lower() != ".xlsx":
        raise Expected("not_a_workbook", path=target.name)
    shows = shows or t.gettext(EVERYTHING)
    asked = _Asked(reader, views, t, shows, changes, is_redacted, is_closed, work)
    for _ in range(TRIES):
        written = _Written(asked)
        try:
            placing.place(target, written.write, written.check, work)
        except Moved:
            continue
        left = privileged.left_out(reader, views)
        return Exported(target, written.rows, written.head.fingerprint, left)
    raise Expected("busy")


class Moved(Exception):
    """The register changed while it was written."""


class _Asked(NamedTuple):
    """What is to be written."""

    reader: Reader
    views: Sequence[View]
    t: Translator
    shows: str
    changes: Period | None
    is_redacted: bool
    is_closed: bool
    work: Work


class _Written:
    """One workbook of what the register says at one moment: written, then compared."""

    def __init__(self, asked: _Asked) -> None:
        self._asked = asked
        self._organisation = asked.reader.organisation()
        self._sheets: list[Sheet] = []
        self.head: Head = asked.reader.head()
        self.rows: dict[str, int] = {}

    def write(self, file: BinaryIO) -> None:
        """Write all of it."""
        reader = self._asked.reader
        front = sheets.Front(
            register=reader.register_id,
            organisation=self._organisation.title,
            fingerprint=self.head.fingerprint,
            is_sample=reader.is_sample,
            made=clock.now(),
            t=self._asked.t,
        )
        with uncollected(), sheets.whole(file, front, self._asked.work) as book:
            self._fill(book)
        self._sheets = book.sheets
        if reader.head().seq != self.head.seq:
            raise Moved

    def check(self, file: BinaryIO) -> bool:
        """Whether it says what was written."""
        return readback.check(file, self._sheets, self._asked.work)

    def _fill(self, book: Book) -> None:
        reader = self._asked.reader
        found: dict[str, tuple[View, array[int]]] = {}
        for view in self._asked.views:
            self._asked.work.step(WRITING)
            found[view.kinds[0]] = (view, reader.ids(view))
        self.rows = {kind: len(ids) for kind, (_, ids) in found.items()}
        extras = list(self._wish().extras(found))
        tabs = _Tabs(book, found, extras)
        places = tabs.places(found)
        also = [
            (sheet.name, extra.fill(book, sheet, places))
            for extra, sheet in zip(extras, tabs.extras, strict=True)
        ]
        self._write_front(book, tabs, found, also)
        lists = Lists(book, tabs.lists, reader.vocabulary)
        links = Ties(book, tabs.links, places, not self._asked.is_redacted)
        done = 0
        inside = frozenset(id for _, ids in found.values() for id in ids)
        for kind, (view, ids) in found.items():
            bounds = (found, inside) if self._asked.is_closed else (None, None)
            table = self._table(book, tabs.kinds[kind], view, ids, links, *bounds)
            for start in range(0, len(ids), PAGE):
                self._asked.work.step(WRITING, done, sum(self.rows.values()))
                page = ids[start : start + PAGE]
                table.write(page)
                done += len(page)
            table.finish(lists)
        links.finish()
        lists.write()

    def _wish(self) -> Wish:
        asked, zone = self._asked, self._organisation.zone
        return Wish(
            reader=asked.reader,
            t=asked.t,
            zone=zone,
            today=clock.today(zone),
            now=clock.now(),
            until=self.head.seq,
            period=asked.changes,
            is_redacted=asked.is_redacted,
            work=asked.work,
        )

    def _table(
        self,
        book: Book,
        sheet: Sheet,
        view: View,
        ids: array[int],
        links: Ties,
        kinds: Collection[str] | None,
        inside: Container[int] | None,
    ) -> Table:
        reader, is_redacted = self._asked.reader, self._asked.is_redacted
        facts = () if is_redacted else facts_of(reader, view, ids, self._asked.work)
        laid = layout(KINDS[view.kinds[0]], facts, is_redacted, kinds)
        return Table(book, sheet, Rows(reader, view, laid, self._asked.t, inside), links)

    def _write_front(
        self, book: Book, tabs: _Tabs, found: Found, also: Sequence[tuple[str, str]]
    ) -> None:
        """Cover, heat map and legend."""
        reader, vocabulary = self._asked.reader, self._asked.reader.vocabulary
        told = cover.Told(
            head=self.head,
            zone=self._organisation.zone,
            shows=self._asked.shows,
            by="" if self._asked.is_redacted else settings.load().settings.working_as,
            legend=tabs.legend.name,
            also=also,
            is_redacted=self._asked.is_redacted,
            privileged=privileged.said_of(reader, self._asked.t, self._asked.views),
        )
        is_closed = self._asked.is_closed
        tallies, counted = [], privileged.whole(reader)
        for kind in found:
            self._asked.work.step(WRITING)
            tallies.append(cover.tally(counted, kind) if not is_closed else cover.untold(kind))
        cover.write(book, tabs.cover, told, self.rows, tallies)
        self._asked.work.step(WRITING)
        if tabs.matrix is not None:
            matrix.write(book, tabs.matrix, statistics.mapped(reader, found["risk"][0]), vocabulary)
        names = {"lists": tabs.lists.name, "links": tabs.links.name}
        legend.write(book, tabs.legend, vocabulary, list(found), names)


class _Tabs:
    """The sheets of a workbook, in the order in which people leaf through them."""

    def __init__(self, book: Book, kinds: Mapping[str, object], extras: Sequence[Extra]) -> None:
        t = book.front.t
        self.cover = book.add(t.gettext(cover.NAME))
        self.matrix = book.add(t.gettext(matrix.NAME)) if "risk" in kinds else None
        self.kinds = {kind: book.add(headers.sheet_name(KINDS[kind], t)) for kind in kinds}
        self.extras = [book.add(t.gettext(extra.name)) for extra in extras]
        self.links = book.add(t.gettext(ties.NAME))
        self.legend = book.add(t.gettext(legend.NAME))
        self.lists = book.add(t.gettext(lists_sheet.NAME))

    def places(self, found: Found) -> Places:
        """Where each record will stand, below the headers."""
        rows: dict[int, tuple[str, int]] = {}
        for kind, (_, ids) in found.items():
            name = self.kinds[kind].name
            rows |= {id: (name, row) for row, id in enumerate(ids, 1)}
        return Places(rows)
