"""What is legally privileged stays inside: a register as everything that leaves it sees it.

A record marked so, what belongs to an incident marked so, and evidence of either is in no answer; what links
to it names it by its ref and says what it is. Who asks for privileged records by name is given the register itself.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final, cast

from riskreg.errors import N_, Expected
from riskreg.formats import number_words
from riskreg.i18n import NN_, Translator
from riskreg.records import KINDS, Evidence, Organisation, Record, declared_links
from riskreg.records.fields import Fields, Value
from riskreg.records.terms import Vocabulary
from riskreg.views import Entry, EntryChange, Head, Name, Reader, Row, View, Where
from riskreg.work import QUIET, Work

PRIVILEGED: Final = N_("Privileged record")
LEFT_OUT: Final = NN_(
    "{number} legally privileged record was left out.",
    "{number} legally privileged records were left out.",
)
INCLUDED: Final = N_("Legally privileged records are in it, as was asked for.")

_BELONGING: Final = ("assessments", "decisions", "notices", "entries")
"""The links of an incident to what is part of it and goes where it goes."""
_TIES: Final[Mapping[str, Collection[str]]] = {
    **dict.fromkeys(("assessment", "decision", "notice", "entry"), ("incident",)),
    "evidence": declared_links(Evidence).keys() - {"replaces"},
}
"""By kind the fields that name what a record is a part of, or shows something of."""
_MARKED: Final = Where("is_privileged", "=", True)


def without(reader: Reader, t: Translator, *, is_asked: bool = False) -> Reader:
    """The register without what is privileged.

    Args:
        reader: The register, as it stands or stood.
        t: The language in which links say that a record is privileged.
        is_asked: Privileged records were asked for by name: nothing is left out.
    """
    if is_asked:
        return reader
    hidden = privileged_ids(reader)
    if hidden or reader.withdrawn_ids(KINDS):
        return Without(reader, hidden, t.gettext(PRIVILEGED))
    return reader


def privileged_ids(reader: Reader) -> frozenset[int]:
    """The records that are privileged, in the bin or not: those marked, what belongs to an incident marked, and evidence of either.

    A task belongs to it where it is one of no other incident.
    """
    found: set[int] = set()
    tasks: set[int] = set()
    for kind in KINDS:
        for is_bin in (False, True):
            ids = reader.ids(View(kinds=(kind,), where=(_MARKED,), bin=is_bin))
            found.update(ids)
            if kind == "incident":
                for id in ids:
                    links = reader.links(id)
                    found.update(*(links.get(key, ()) for key in _BELONGING))
                    tasks |= links.get("tasks", frozenset())
    if tasks:
        of = reader.links_of(tasks)
        found.update(each for each in tasks if found.issuperset(of[each].get("incidents", ())))
    shown = (reader.links(id).get("evidence_files", frozenset()) for id in tuple(found))
    return frozenset(found).union(*shown)


def left_out(reader: Reader, views: Iterable[View] | None = None) -> int:
    """How many privileged records a reader of `without` left out.

    Args:
        reader: As `without` gave it.
        views: Of the records that these ask for; None for those that were asked for so far.
    """
    if not isinstance(reader, Without):
        return 0
    if views is None:
        return len(reader.met)
    return sum(len(reader.hidden.intersection(reader.whole.ids(view))) for view in views)


def left_out_words(number: int, t: Translator) -> str:
    """How many were left out, in a sentence; "" for none."""
    return t.ngettext(*LEFT_OUT, number).format(number=number_words(number)) if number else ""


def said_of(reader: Reader, t: Translator, views: Iterable[View] | None = None) -> str:
    """What an export says of privileged records: how many it left out, or that they are in it; "" where there are none.

    Args:
        reader: As `without` gave it.
        t: The language.
        views: As in `left_out`.
    """
    if isinstance(reader, Without):
        return left_out_words(left_out(reader, views), t)
    return t.gettext(INCLUDED) if privileged_ids(reader) else ""


def whole(reader: Reader) -> Reader:
    """The register itself, for counts of what there is; nothing else of it may leave."""
    return reader.whole if isinstance(reader, Without) else reader


def hidden_of(reader: Reader) -> frozenset[int]:
    """The records that a reader of `without` leaves out."""
    return reader.hidden if isinstance(reader, Without) else frozenset()


class Without:
    """A `Reader` that answers as if some records were not there.

    Args:
        reader: Who is asked.
        hidden: The records that are left out.
        title: What they are called where something links to them.

    Attributes:
        whole: Who is asked.
        hidden: The records that are left out.
        met: Those of them that some answer would have had.
    """

    def __init__(self, reader: Reader, hidden: frozenset[int], title: str) -> None:
        self.whole, self.hidden, self._title = reader, hidden, title
        self.met: set[int] = set()

    @property
    def vocabulary(self) -> Vocabulary:
        """The lists of choices and the scale in force."""
        return self.whole.vocabulary

    @property
    def is_sample(self) -> bool:
        """The register is the sample."""
        return self.whole.is_sample

    @property
    def register_id(self) -> str:
        """The id of the register."""
        return self.whole.register_id

    def organisation(self) -> Organisation:
        """Whose register it is."""
        return self.whole.organisation()

    def ids(self, view: View) -> array[int]:
        """As `Reader.ids`."""
        found = self.whole.ids(view)
        hit = self.hidden.intersection(found)
        self.met |= hit
        return array(found.typecode, (id for id in found if id not in hit)) if hit else found

    def count(self, view: View) -> int:
        """As `Reader.count`."""
        return len(self.ids(view))

    def withdrawn(self, kind: str) -> int:
        """As `Reader.withdrawn`."""
        return self.whole.withdrawn(kind)

    def once_linked(
        self, ids: Collection[int], links: Mapping[str, str]
    ) -> Mapping[int, frozenset[int]]:
        """As `Reader.once_linked`, without those that are or, if they were withdrawn, were privileged."""
        found = self.whole.once_linked(ids, links)
        every = frozenset[int]().union(*found.values())
        gone = every - self.whole.records(every).keys()
        shown = frozenset(self._shown(every)) - self._marked(gone)
        return {id: each & shown for id, each in found.items()}

    def withdrawn_ids(self, kinds: Collection[str]) -> frozenset[int]:
        """As `Reader.withdrawn_ids`, without those that were marked as privileged."""
        found = self.whole.withdrawn_ids(kinds)
        return found - self.hidden - self._marked(found)

    def with_words(self, ids: Collection[int]) -> frozenset[int]:
        """As `Reader.with_words`."""
        found = self.whole.with_words(ids)
        return found - self.hidden - self._marked(found - self.whole.records(found).keys())

    def tally(self, view: View, keys: Sequence[str]) -> Mapping[tuple[Value, ...], int]:
        """As `Reader.tally`."""
        found = Counter(dict(self.whole.tally(view, keys)))
        hit = [id for id in self.whole.ids(view) if id in self.hidden]
        self.met.update(hit)
        for row in self.whole.rows(replace(view, columns=tuple(keys)), hit):
            found[row.values] -= 1
        return {values: number for values, number in found.items() if number}

    def rows(self, view: View, ids: Sequence[int]) -> list[Row]:
        """As `Reader.rows`."""
        return self.whole.rows(view, list(self._shown(ids)))

    def record(self, id: int) -> Record:
        """As `Reader.record`; raises `Expected` ("privileged") of one that is left out."""
        self._refuse(id)
        return self.whole.record(id)

    def records(self, ids: Iterable[int]) -> dict[int, Record]:
        """As `Reader.records`."""
        return self.whole.records(list(self._shown(ids)))

    def links(self, id: int) -> Mapping[str, frozenset[int]]:
        """As `Reader.links`; what is left out stays a link, for `names` says what it is."""
        self._refuse(id)
        return self.whole.links(id)

    def links_of(self, ids: Collection[int]) -> dict[int, Mapping[str, frozenset[int]]]:
        """As `Reader.links_of`, without what is left out."""
        return self.whole.links_of([id for id in ids if id not in self.hidden])

    def names(self, ids: Iterable[int]) -> Mapping[int, Name]:
        """As `Reader.names`; of what is left out the ref, and that it is privileged."""
        return {
            id: name._replace(title=self._title) if id in self.hidden else name
            for id, name in self.whole.names(ids).items()
        }

    def find(self, ref: str) -> int:
        """As `Reader.find`; raises `Expected` ("privileged") of a record that is left out."""
        id = self.whole.find(ref)
        self._refuse(id)
        return id

    def called(self, kind: str, titles: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
        """As `Reader.called`."""
        found = self.whole.called(kind, titles).items()
        shown = {title: tuple(id for id in ids if id not in self.hidden) for title, ids in found}
        return {title: ids for title, ids in shown.items() if ids}

    def content(self, sha256: str) -> bytes:
        """As `Reader.content`."""
        return self.whole.content(sha256)

    def head(self) -> Head:
        """Where the history stands."""
        return self.whole.head()

    def log(
        self,
        *,
        id: int | None = None,
        before: int | None = None,
        limit: int | None = None,
        full: bool = False,
    ) -> list[Entry]:
        """As `Reader.log`; an entry stays with its number, without what it did to records that are left out."""
        if id in self.hidden:
            return []
        found = self.whole.log(id=id, before=before, limit=limit, full=full)
        return [self._bare(entry) for entry in found]

    def about(self, ids: Collection[int]) -> list[Entry]:
        """As `Reader.about`."""
        shown = frozenset(self._shown(ids))
        return [self._bare(entry) for entry in self.whole.about(shown)]

    def noted(self, acts: Collection[str]) -> list[Entry]:
        """As `Reader.noted`."""
        return self.whole.noted(acts)

    def entry(self, seq: int, work: Work = QUIET) -> Entry:
        """As `Reader.entry`, without what it did to records that are left out."""
        return self._bare(self.whole.entry(seq, work))

    def state(self, ids: Iterable[int], version: Mapping[int, int]) -> Mapping[int, Record]:
        """As `Reader.state`."""
        return self.whole.state(list(self._shown(ids)), version)

    def _refuse(self, id: int) -> None:
        if id in self.hidden:
            raise Expected("privileged", ref=self.whole.names([id])[id].ref)

    def _shown(self, ids: Iterable[int]) -> Iterator[int]:
        for id in ids:
            if id in self.hidden:
                self.met.add(id)
            else:
                yield id

    def _bare(self, entry: Entry) -> Entry:
        kept = tuple(change for change in entry.changes if not self._is_hidden(change))
        gone = len(entry.changes) - len(kept)
        if not gone:
            return entry
        facts = entry.facts if kept else {}
        return replace(entry, changes=kept, count=entry.count - gone, facts=facts)

    def _marked(self, ids: Collection[int]) -> frozenset[int]:
        """Those of some records that were ever marked as privileged, or ever a part of what is."""
        changes = (change for entry in self.whole.about(ids) for change in entry.changes)
        return frozenset(change.id for change in changes if _is_marked(change, self.hidden))

    def _is_hidden(self, change: EntryChange) -> bool:
        """Also of a record whose making was taken back, which is in no view any more."""
        if change.id in self.hidden or _is_marked(change, self.hidden):
            return True
        return change.id in self._withdrawn and change.id in self._hidden_once

    @cached_property
    def _withdrawn(self) -> frozenset[int]:
        return self.whole.withdrawn_ids(KINDS)

    @cached_property
    def _hidden_once(self) -> frozenset[int]:
        """The withdrawn records that were privileged while they were there: one change of them need not say so."""
        about = self.whole.about(self._withdrawn)
        changes = [change for entry in about for change in entry.changes]
        found: set[int] = set()
        while (
            more := {each.id for each in changes if _is_marked(each, self.hidden | found)} - found
        ):
            found |= more
        return frozenset(found)


def _is_marked(change: EntryChange, hidden: Collection[int]) -> bool:
    """Whether a change, before or after, marks a record as privileged or makes it a part of one that is hidden."""
    return any(
        side.get("is_privileged")
        or not _tied(change.kind, side).isdisjoint(hidden)
        or _is_task_of(change.kind, side, hidden)
        for side in (change.before, change.after)
        if side
    )


def _is_task_of(kind: str, side: Fields, hidden: Collection[int]) -> bool:
    """Whether it is a task, and of incidents that are hidden alone."""
    incidents = cast("Collection[int]", side.get("incidents") or ()) if kind == "task" else ()
    return bool(incidents) and all(each in hidden for each in incidents)


def _tied(kind: str, side: Fields) -> frozenset[int]:
    links = (side.get(key) or () for key in _TIES.get(kind, ()))
    return frozenset[int]().union(*cast("Iterable[Collection[int]]", links))
