"""Reading is asking.

A view is a value; the register answers it with ids, then with slim rows by id.

The table, the workbook, the PDF and the command line give the same view and so show the same thing.
`Reader` and `Register` are the
protocols through which every other room sees the store.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, TypeAlias

from riskreg.changes import Changed, ChangeSet
from riskreg.journal_entries import Actor as Actor
from riskreg.journal_entries import Entry as Entry
from riskreg.journal_entries import EntryChange as EntryChange
from riskreg.journal_entries import Finding as Finding
from riskreg.journal_entries import Head as Head
from riskreg.journal_entries import Verification as Verification
from riskreg.records import Organisation, Record
from riskreg.records.fields import Value
from riskreg.records.jsons import Json
from riskreg.records.terms import Vocabulary
from riskreg.work import QUIET, Work

Op: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">=", "contains", "in", "empty", "within"]


@dataclass(frozen=True, slots=True)
class Where:
    """One condition on one column.

    Attributes:
        field: A key of `records.columns(kind)`.
        op: Lists and links: `=` has exactly these, `contains` has this one, `in` has one of these.
            Instants compare by their moment,
            counts by their number, choices by their order in the list; empty values fit `empty` and
            `!=` alone.
        value: A value of the field; for `in` a tuple of them; for `empty` True or False; for
            `contains` on text, words in it,
            ignoring case; on a list, one member. `within` counts days from today (7: the next seven,
            -7: the last seven); `saved_views.settled` turns it into days before the register is asked.
    """

    field: str
    op: Op
    value: Value | tuple[Value, ...] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A question.

    Attributes:
        kinds: One kind, or several; with several the columns are `ref title due_at updated_at`.
        columns: Keys of `records.columns(kind)`.
        where: All must hold.
        sort: Column keys with True for descending; ties by ref number. Empty values come last
            either way.
        words: Searched in all text of a record; all words must occur, the last one may be a
            beginning.
        bin: Records in the bin instead of the others.
    """

    kinds: tuple[str, ...]
    columns: tuple[str, ...] = ("ref", "title")
    where: tuple[Where, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    words: str = ""
    bin: bool = False


class Row(NamedTuple):
    """One record of a view.

    Its values in the order of `View.columns`; links are sets of ids, named by `Reader.names`.
    """

    id: int
    kind: str
    version: int
    values: tuple[Value, ...]


class Name(NamedTuple):
    """How a linked record is called."""

    kind: str
    ref: str
    title: str
    is_deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A verified copy of a register."""

    path: Path
    made_at: datetime
    seq: int
    records: int
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody was typing, and since when: under a record's ref, or a kind for a new record."""

    key: str
    at: datetime
    values: Mapping[str, Json]
    """Whatever was kept, by field key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What erasing a record reached and what it cannot reach.

    Attributes:
        ref: Of the record.
        entries: How many entries of the history held a word that is gone.
        backups: Copies that may still hold it.
        exports: Entries of exports and reports that may hold it.
        parts: What went with it.
        left: What kept its words: of one erased alone its parts, else what is part of something else too.
    """

    ref: str
    entries: int
    backups: tuple[Backup, ...]
    exports: tuple[Entry, ...]
    parts: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


class Reader(Protocol):
    """Questions to a register as it stands, or stood.

    Each answer is complete before it returns; none holds a transaction open.

    Not for two threads at once: a job asks `Register.reader()` for one of its own.
    """

    @property
    def vocabulary(self) -> Vocabulary:
        """The lists of choices and the scale in force."""

    @property
    def is_sample(self) -> bool:
        """The register is the sample made by `demo`."""

    @property
    def register_id(self) -> str:
        """The id of the register, given when it was made, for ever."""

    def organisation(self) -> Organisation:
        """The organisation whose register this is."""

    def ids(self, view: View) -> array[int]:
        """The ids of the records that answer, in order.

        Raises `Expected` ("no_field", "bad_filter").
        """

    def count(self, view: View) -> int:
        """How many records answer."""

    def withdrawn(self, kind: str) -> int:
        """How many records of a kind were withdrawn: their creation was undone, and their numbers stay used."""

    def once_linked(
        self, ids: Collection[int], links: Mapping[str, str]
    ) -> Mapping[int, frozenset[int]]:
        """By id the records that point to it by the field `links` names for their kind, or ever did, binned and withdrawn too."""

    def withdrawn_ids(self, kinds: Collection[str]) -> frozenset[int]:
        """The records of these kinds that were withdrawn; only the journal knows what they said."""

    def with_words(self, ids: Collection[int]) -> frozenset[int]:
        """Those of these records, withdrawn ones too, of which the history still holds words that were not erased."""

    def tally(self, view: View, keys: Sequence[str]) -> Mapping[tuple[Value, ...], int]:
        """How many records answer for each combination of these (single-valued) columns."""

    def rows(self, view: View, ids: Sequence[int]) -> list[Row]:
        """Rows of these records in this order; a record that is gone has none."""

    def record(self, id: int) -> Record:
        """One record, also from the bin; raises `Expected` ("no_record")."""

    def records(self, ids: Iterable[int]) -> dict[int, Record]:
        """Records by id, without those that are gone."""

    def links(self, id: int) -> Mapping[str, frozenset[int]]:
        """The links of a record by field key, declared and mirrored, also to records in the bin."""

    def links_of(self, ids: Collection[int]) -> dict[int, Mapping[str, frozenset[int]]]:
        """As `links`, of several records in one question; one that is gone has none."""

    def names(self, ids: Iterable[int]) -> Mapping[int, Name]:
        """What these records are called."""

    def find(self, ref: str) -> int:
        """The id of the record with this ref (case ignored); raises `Expected` ("no_record")."""

    def called(self, kind: str, titles: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
        """Records of a kind outside the bin by title, ignoring case and outer spaces.

        A title without a record is left out.
        """

    def content(self, sha256: str) -> bytes:
        """The bytes of a file kept as evidence, as they are stored, whether they still fit or not.

        A register as it stood has none. Raises `Expected` ("no_content").
        """

    def head(self) -> Head:
        """Where the history stands."""

    def log(
        self,
        *,
        id: int | None = None,
        before: int | None = None,
        limit: int | None = None,
        full: bool = False,
    ) -> list[Entry]:
        """Entries, newest first.

        Of one record where `id` is given (then with that record's changes). `full` adds all
        changes.
        """

    def about(self, ids: Collection[int]) -> list[Entry]:
        """Entries that changed any of these records, newest first, with the changes of these alone."""

    def noted(self, acts: Collection[str]) -> list[Entry]:
        """Entries of these acts (`export`, `verify`), newest first, without their changes."""

    def entry(self, seq: int, work: Work = QUIET) -> Entry:
        """One entry with its changes."""

    def state(self, ids: Iterable[int], version: Mapping[int, int]) -> Mapping[int, Record]:
        """Records as they stood at an older version each (for comparing three ways).

        Those without such a version are left out.
        """


class Register(Reader, Protocol):
    """The door. Every change goes through `apply`."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def read_only(self) -> str:
        """Why nothing can be changed, as a msgid; empty where it can."""

    def apply(self, changes: ChangeSet, work: Work = QUIET) -> Changed:
        """Make all changes and their journal entry, or nothing.

        Raises:
            Refused: Some value cannot be kept; names every problem.
            Stale: A record changed since; carries both values.
            Cancelled: The user stopped it.
            Expected: The file cannot be written ("disk_full", "busy", "moved", "read_only").
        """

    def undoable(self) -> Entry | None:
        """The entry that `undo` would take back."""

    def redoable(self) -> Entry | None:
        """The entry whose effect `redo` would bring back."""

    def undo(self, work: Work = QUIET) -> Changed:
        """Take back the newest change that is not undone. Raises `Expected` ("nothing_to_undo")."""

    def redo(self, work: Work = QUIET) -> Changed:
        """Bring back what was undone last. Raises `Expected` ("nothing_to_redo")."""

    def verify(self, fingerprint: str = "", work: Work = QUIET) -> Verification:
        """Check the chain, replay it and compare with everything that is stored.

        And whether `fingerprint` is in this history.
        """

    def moment(self, text: str) -> int:
        """The number of the last entry at a moment.

        An entry's number, a day (its end) or a time; raises `Expected`.
        """

    def as_of(self, seq: int) -> Reader:
        """The register as it stood after an entry, in memory."""

    def reader(self) -> AbstractContextManager[Reader]:
        """A reader of its own for a job on another thread; close it there."""

    def note(self, act: str, facts: Mapping[str, str]) -> None:
        """Note an export, a report, a backup; nothing where the register is read-only."""

    def erase(
        self, id: int, reason: str, work: Work = QUIET, *, with_parts: bool = False
    ) -> Erased:
        """Remove the personal payloads of a record everywhere in the file, for good; `with_parts` those of its parts too.

        All of them go or none. Raises `Expected` ("on_hold") where one is held.
        """

    def keep_draft(self, key: str, values: Mapping[str, Json]) -> None:
        """Keep what somebody is typing, in the place of an older draft with this key; no entry is made.

        Raises as `apply`.
        """

    def drafts(self) -> list[Draft]:
        """What was being typed when it was kept, newest first."""

    def drop_draft(self, key: str) -> None:
        """Forget a draft, if there is one: it was saved, or is not wanted."""

    def backup(self, folder: Path | None = None, work: Work = QUIET) -> Backup:
        """Make a verified copy, in the account's backup folder or in `folder`."""

    def backups(self) -> list[Backup]:
        """The verified copies in the account's backup folder, newest first."""

    def close(self, work: Work = QUIET) -> None:
        """Back up when something changed, and let go of the file."""
