"""The sheet of changes: what was entered in a period, each field as it was and as it is, newest first.

A record that is new has one line: its values stand on the sheet of its kind, or as what was before a later
change. What was erased is not in the history any more, and the sheet says so. An import leaves the sheet aside.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from riskreg import kept_words
from riskreg.dates import day_words
from riskreg.errors import N_, Expected
from riskreg.exchange.cells import clipped
from riskreg.exchange.packing import MOST_ROWS, Cell
from riskreg.exchange.sheets import Book, Sheet
from riskreg.exchange.tables import PAGE, programme_titles
from riskreg.exchange.ties import Places
from riskreg.formats import format_value, link_name, listed, number_words
from riskreg.i18n import NN_, Translator
from riskreg.past_scores import past_scales, sides_of
from riskreg.records import KINDS, REGISTER_KINDS, columns, fields
from riskreg.records.fields import FieldKind, Fields, Value
from riskreg.records.terms import Vocabulary
from riskreg.records.values import zone_of
from riskreg.rules.past_scales import PastScales, Sides
from riskreg.views import Actor, Entry, EntryChange, Name, Reader, View
from riskreg.wording import act_words
from riskreg.work import WRITING, Work

NAME: Final = N_("Changes")
HEADERS: Final = (
    N_("Entry"), N_("When"), N_("Who"), N_("What was done"), N_("Ref"), N_("Title"), N_("Field"),
    N_("Before"), N_("Now"),
)  # fmt: skip
NEW: Final = N_("New")
BINNED: Final = N_("Moved to the bin")
RETURNED: Final = N_("Back from the bin")
WITHDRAWN: Final = N_("Taken back")
ERASED: Final = N_("Personal content was erased.")
LEFT_OUT: Final = N_("(left out)")
NOT_ALL: Final = N_("A sheet holds no more; the history in the register has every change.")
SAID: Final = N_("From {first} to {last}, newest first: {lines} of {entries} of the history.")
LINES: Final = NN_("{number} line", "{number} lines")
ENTRIES: Final = NN_("{number} entry", "{number} entries")

_WIDTHS: Final = (9, 17, 22, 30, 14, 32, 24, 40, 40)
_REF: Final = 4
_OVER: Final = ("ref", "deleted_at")
"""Fields that are said in another column, or in words of their own."""
_CHUNK: Final = 50
_MANY: Final = 1_000
"""Changes that are asked for at once."""


class Period(NamedTuple):
    """Days where the organisation is; both count.

    Attributes:
        first: The first day.
        last: The last one.
    """

    first: date
    last: date

    def checked(self) -> Period:
        """The same; raises `Expected` ("moments_swapped") where the last day comes before the first."""
        if self.last < self.first:
            raise Expected("moments_swapped")
        return self


class Counted(NamedTuple):
    """How much the sheet has: lines, and the entries of the history that they come from."""

    lines: int
    entries: int


def said(period: Period, counted: Counted, t: Translator) -> str:
    """What the sheet shows, in a sentence for the cover."""
    lines = t.ngettext(*LINES, counted.lines).format(number=number_words(counted.lines))
    entries = t.ngettext(*ENTRIES, counted.entries).format(number=number_words(counted.entries))
    first, last = (day_words(day, t) for day in period)
    return t.gettext(SAID).format(first=first, last=last, lines=lines, entries=entries)


class Wanted(NamedTuple):
    """Which changes the sheet has.

    Attributes:
        period: When they were made.
        kinds: Of records of these kinds.
        ids: Of these records alone, for a kind of which not all are in the workbook.
    """

    period: Period
    kinds: Collection[str]
    ids: Mapping[str, frozenset[int]]

    def has(self, change: EntryChange) -> bool:
        """Whether a change is of a record that is wanted."""
        only = self.ids.get(change.kind)
        return change.kind in self.kinds and (only is None or change.id in only)


def wanted(period: Period, found: Mapping[str, tuple[View, array[int]]]) -> Wanted:
    """The changes that fit the sheets of a workbook; with all its kinds also those of the organisation, scales and words."""
    kinds = set(KINDS) if set(REGISTER_KINDS) <= set(found) else set(found)
    narrowed = {kind: ids for kind, (view, ids) in found.items() if view.where or view.words}
    if narrowed:
        kinds = set(found)
    return Wanted(period, kinds, {kind: frozenset(ids) for kind, ids in narrowed.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The sheet, and what is asked of the register for it.

    Attributes:
        book: The workbook.
        sheet: The sheet.
        reader: The register; only this thread may use it meanwhile.
        places: Where the records of the workbook stand.
        zone: The organisation's.
        until: The last entry that counts.
        is_redacted: Names, titles and free text are left out.
        work: May cancel.
    """

    book: Book
    sheet: Sheet
    reader: Reader
    places: Places
    zone: str
    until: int
    is_redacted: bool
    work: Work

    def write(self, wanted: Wanted) -> Counted:
        """Write the sheet; raises `Cancelled`."""
        self._begin()
        lines = entries = 0
        scales = past_scales(self.reader)
        for entry in self._entries(wanted.period):
            changes = [change for change in entry.changes if wanted.has(change)]
            before = lines
            for id, cells in self._lines(entry, changes, scales):
                if len(self.sheet.sums) == MOST_ROWS - 1:
                    self.sheet.row((None, None, None, self._said(NOT_ALL)))
                    break
                self._put(id, cells)
                lines += 1
            entries += lines > before
            if len(self.sheet.sums) >= MOST_ROWS:
                break
        self.sheet.finish_table(repeated=2, printed=len(HEADERS))
        return Counted(lines, entries)

    def _begin(self) -> None:
        looks = [self.book.looks["quiet"]] * len(HEADERS)
        self.sheet.widths = list(_WIDTHS)
        self.sheet.begin([self._said(text) for text in HEADERS], looks)
        ref, text = self.book.styles(text="link"), self.book.styles()
        self.sheet.columns = tuple(ref if at == _REF else text for at in range(len(HEADERS)))

    def _put(self, id: int, cells: Sequence[Cell]) -> None:
        if place := self.places.of(id):
            self.sheet.raw.link(len(self.sheet.sums), _REF, place)
        self.sheet.row(cells)

    def _said(self, text: str) -> str:
        return self.book.front.t.gettext(text)

    # entries

    def _entries(self, period: Period) -> Iterator[Entry]:
        """Those of a period with their changes, newest first; all are looked at, for a clock may have been put back."""
        zone, before = zone_of(self.zone), self.until + 1
        while batch := self.reader.log(before=before, limit=_CHUNK):
            self.work.step(WRITING)
            fitting = [
                entry
                for entry in batch
                if entry.count and period.first <= entry.at.astimezone(zone).date() <= period.last
            ]
            is_large = sum(entry.count for entry in batch) > _MANY
            yield from self._whole(fitting, before, is_large=is_large)
            before = batch[-1].seq

    def _whole(self, entries: Sequence[Entry], before: int, *, is_large: bool) -> Iterator[Entry]:
        """The same with what they changed; one by one where a large one, such as an import, is among their neighbours."""
        if not entries:
            return
        if is_large:
            yield from (self.reader.entry(entry.seq, self.work) for entry in entries)
            return
        known = {entry.seq for entry in entries}
        full = self.reader.log(before=before, limit=_CHUNK, full=True)
        yield from (entry for entry in full if entry.seq in known)

    # lines

    def _lines(
        self, entry: Entry, changes: Iterable[EntryChange], scales: PastScales
    ) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """The record and the cells of each line of an entry."""
        when = entry.at.astimezone(zone_of(self.zone))
        head = (entry.seq, when.replace(tzinfo=None, second=0, microsecond=0), *self._by(entry))
        rest = iter(changes)
        while part := list(islice(rest, PAGE)):
            self.work.step(WRITING)
            edits = [each for each in part if each.before is not None and each.after is not None]
            names = self.reader.names({*(each.id for each in part), *_linked(edits)})
            told = self._told(names, sides_of(self.reader, entry.seq, edits, scales))
            for change in part:
                called = (change.ref, told.title(change))
                for field, was, now in told.of(change, is_erasure=entry.act == "erase"):
                    yield change.id, (*head, *called, field, was, now)

    def _told(self, names: Mapping[int, Name], sides: Mapping[int, Sides]) -> _Told:
        vocabulary = self.reader.vocabulary
        return _Told(self.book.front.t, vocabulary, names, sides, self.zone, self.is_redacted)

    def _by(self, entry: Entry) -> tuple[Cell, ...]:
        """Who made an entry and what it did; a file's name may name somebody."""
        t = self.book.front.t
        if self.is_redacted:
            return None, act_words(replace(entry, facts={}), t)
        return _who(entry.actor), act_words(entry, t)


def _who(actor: Actor) -> str:
    return f"{actor.name} ({actor.account})" if actor.name else actor.account


def _linked(changes: Iterable[EntryChange]) -> set[int]:
    """The records that fields of links named, or name now."""
    found: set[int] = set()
    for change in changes:
        known = columns(KINDS[change.kind])
        for side in (change.before or {}, change.after or {}):
            for key, value in side.items():
                if isinstance(known.get(key), fields.Links) and isinstance(value, frozenset):
                    found |= {id for id in value if isinstance(id, int)}
    return found


_Line = tuple[Cell, Cell, Cell]
"""A field, what it was, what it is."""


@dataclass(frozen=True, slots=True)
class _Told:
    """Changes in words; scores as the scales of `sides` have them, by the risk."""

    t: Translator
    vocabulary: Vocabulary
    names: Mapping[int, Name]
    sides: Mapping[int, Sides]
    zone: str
    is_redacted: bool

    def title(self, change: EntryChange) -> Cell:
        """What the record is called now; nothing of one that was withdrawn or erased."""
        if self.is_redacted or (name := self.names.get(change.id)) is None:
            return None
        return programme_titles(self.t.language).get(change.ref) or name.title or None

    def of(self, change: EntryChange, is_erasure: bool) -> Iterator[_Line]:
        """The lines of a change."""
        gettext = self.t.gettext
        before, after = change.before, change.after
        if before is None and after is None:
            pass  # it was withdrawn, and only its words were erased
        elif before is None or after is None:
            yield None, None, gettext(NEW if before is None else WITHDRAWN)
        else:
            yield from self._fields(change, before, after)
        if change.is_erased or is_erasure:
            yield None, None, gettext(ERASED)

    def _fields(self, change: EntryChange, before: Fields, after: Fields) -> Iterator[_Line]:
        known = columns(KINDS[change.kind])
        lists = self.sides.get(change.id) or Sides(self.vocabulary, self.vocabulary)
        if "deleted_at" in after:
            is_gone = after["deleted_at"] is not None
            yield None, None, self.t.gettext(BINNED if is_gone else RETURNED)
        for key, what in known.items():
            if key not in _OVER and (key in before or key in after):
                was = self._cell(what, self._told(change.kind, key, before), lists.before)
                now = self._cell(what, self._told(change.kind, key, after), lists.after)
                yield self.t.label(change.kind, key), was, now

    def _told(self, kind: str, key: str, side: Fields) -> Value:
        value = side.get(key)
        return kept_words.told(kind, key, value, self.t) if isinstance(value, str) else value

    def _cell(self, what: FieldKind, value: Value, vocabulary: Vocabulary) -> Cell:
        if value is None or value == "" or value == frozenset():
            return None
        if self.is_redacted and not what.plain:
            return self.t.gettext(LEFT_OUT)
        if isinstance(what, fields.Links):
            return clipped(self._linked(value)) or None
        said = format_value(what, value, self.t, vocabulary, zone=self.zone)
        return clipped(said) or None

    def _linked(self, value: Value) -> str:
        ids = value if isinstance(value, frozenset) else frozenset()
        known = [self.names[id] for id in ids if isinstance(id, int) and id in self.names]
        known.sort(key=lambda name: (name.kind, name.ref))
        if self.is_redacted:
            return listed((name.ref for name in known), self.t)
        return listed((link_name(self._local(name), self.t) for name in known), self.t, ";")

    def _local(self, name: Name) -> Name:
        """A policy action or step in the language of the workbook."""
        return name._replace(title=programme_titles(self.t.language).get(name.ref) or name.title)
