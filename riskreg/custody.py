"""The custody of evidence: all that the history tells of one piece, from the day it was taken in.

Read from the journal and nowhere else, so that no event can be left out by hand. Where a piece took the
place of an older one, that is one event of each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal, cast, get_args

from riskreg.records import Evidence, declared_links
from riskreg.records.fields import Fields
from riskreg.views import Actor, Entry, EntryChange, Reader

What = Literal[
    "taken_in",
    "edited",
    "linked",
    "unlinked",
    "replaced",
    "status",
    "exported",
    "held",
    "released",
    "binned",
    "unbinned",
    "withdrawn",
    "restored",
    "erased",
    "verified",
]
"""What can happen to a piece; `verified` tells of a check of the whole history and of every stored file."""

WHATS: Final[Mapping[str, What]] = MappingProxyType({each: each for each in get_args(What)})
"""Every sort of event by its key."""

_LINKS: Final = frozenset(declared_links(Evidence)) - {"replaces"}
_APART: Final = _LINKS | {"status", "hold_reason", "hold_by", "deleted_at", "replaces", "sha256"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of one piece of evidence.

    Attributes:
        evidence: Its record.
        what: What happened.
        at: When it was recorded, UTC.
        seq: The entry of the journal.
        actor: Who made the entry.
        sha256: The checksum it had, in hex; "" for one without a file.
        others: The records it was linked to or parted from; the newer piece of one that was replaced.
        fields: Keys of the fields that were edited.
        words: The file's name as taken in, the reason of a hold or an erasure, the new status, how many
            things a check of the whole register found.
        by: Who set a hold, as stated.
    """

    evidence: int
    what: What
    at: datetime
    seq: int
    actor: Actor
    sha256: str = ""
    others: frozenset[int] = frozenset()
    fields: tuple[str, ...] = ()
    words: str = ""
    by: str = ""


def custody(reader: Reader, id: int) -> tuple[Event, ...]:
    """The events of one piece of evidence, the oldest first, also of one in the bin or withdrawn."""
    return custodies(reader, [id])[id]


def custodies(reader: Reader, ids: Collection[int]) -> Mapping[int, tuple[Event, ...]]:
    """The events of several pieces, each the oldest first."""
    if not ids:
        return {}
    found: dict[int, list[Event]] = {id: [] for id in ids}
    told = _Told()
    for entry in reversed(reader.about(ids)):
        for change in entry.changes:
            found[change.id] += told.events(entry, change)
    for event in _noted(reader, told):
        found[event.evidence].append(event)
    for id, newer, when in _newer(reader, ids):
        found[id] += [_event(when, id, "replaced", told.sha256(id), others=frozenset({newer}))]
    return {id: tuple(sorted(events, key=_order)) for id, events in found.items()}


def _order(event: Event) -> int:
    return event.seq


class _Told:
    """What entries tell of pieces, each read after those before it."""

    def __init__(self) -> None:
        self._sha256: dict[int, str] = {}
        self.refs: dict[str, int] = {}
        self.since: dict[int, int] = {}
        self._until: dict[int, int] = {}

    def sha256(self, id: int) -> str:
        """The checksum of a piece as it was taken in."""
        return self._sha256.get(id, "")

    def holds(self, id: int, seq: int) -> bool:
        """Whether a piece had its file when an entry was made."""
        is_there = self.since.get(id, seq + 1) <= seq < self._until.get(id, seq + 1)
        return is_there and bool(self.sha256(id))

    def events(self, entry: Entry, change: EntryChange) -> Iterator[Event]:
        """What one change tells."""
        after, before = change.after, change.before
        self.refs[change.ref] = change.id
        self._sha256[change.id] = str((after or {}).get("sha256") or self.sha256(change.id))
        sha256 = self.sha256(change.id)
        if entry.act == "erase":
            self._until[change.id] = entry.seq
            reason = entry.facts.get("reason", "")
            yield _event(entry, change.id, "erased", sha256, words=reason)
        elif after is None:
            yield _event(entry, change.id, "withdrawn", sha256)
        elif before is None:
            yield from self._begun(entry, change, after)
        else:
            yield from _changed(entry, change.id, before, after, sha256)

    def _begun(self, entry: Entry, change: EntryChange, after: Fields) -> Iterator[Event]:
        sha256 = self.sha256(change.id)
        is_new = change.id not in self.since
        self.since.setdefault(change.id, entry.seq)
        what: What = "taken_in" if is_new else "restored"
        yield _event(entry, change.id, what, sha256, words=str(after.get("file_name") or ""))
        if linked := _ids(after, _LINKS):
            yield _event(entry, change.id, "linked", sha256, others=linked)
        if after.get("hold_reason"):
            yield _held(entry, change.id, after, sha256)


def _changed(entry: Entry, id: int, before: Fields, after: Fields, sha256: str) -> Iterator[Event]:
    old, new = _ids(before, _LINKS), _ids(after, _LINKS)
    if linked := new - old:
        yield _event(entry, id, "linked", sha256, others=linked)
    if parted := old - new:
        yield _event(entry, id, "unlinked", sha256, others=parted)
    if "status" in after:
        yield _event(entry, id, "status", sha256, words=str(after["status"] or ""))
    if "hold_reason" in after:
        if after["hold_reason"]:
            yield _held(entry, id, after, sha256)
        else:
            yield _event(entry, id, "released", sha256, words=str(before.get("hold_reason") or ""))
    if "deleted_at" in after:
        yield _event(entry, id, "binned" if after["deleted_at"] else "unbinned", sha256)
    if edited := tuple(key for key in after if key not in _APART):
        yield _event(entry, id, "edited", sha256, fields=edited)


def _held(entry: Entry, id: int, after: Fields, sha256: str) -> Event:
    by = str(after.get("hold_by") or "")
    return _event(entry, id, "held", sha256, words=str(after["hold_reason"]), by=by)


def _noted(reader: Reader, told: _Told) -> Iterator[Event]:
    """Copies that left, and checks of all that is stored, from the notes of the journal."""
    for entry in reader.noted(["export", "verify"]):
        if entry.act == "verify":
            findings = entry.facts.get("findings", "")
            for id in told.refs.values():
                if told.holds(id, entry.seq):
                    yield _event(entry, id, "verified", told.sha256(id), words=findings)
            continue
        for ref in entry.facts.get("evidence", "").split():
            if ref in told.refs:
                id = told.refs[ref]
                yield _event(entry, id, "exported", entry.facts.get("sha256") or told.sha256(id))


def _newer(reader: Reader, ids: Iterable[int]) -> Iterator[tuple[int, int, Entry]]:
    """The pieces that took the place of these, with the entry in which they did."""
    taken = {newer: id for id in ids for newer in reader.links(id).get("replaced_by", frozenset())}
    for entry in reader.about(taken):
        for change in entry.changes:
            old = taken[change.id]
            if old in _ids(change.after, {"replaces"}) - _ids(change.before, {"replaces"}):
                yield old, change.id, entry


def _ids(values: Fields | None, keys: Collection[str]) -> frozenset[int]:
    found = (cast("frozenset[int]", (values or {}).get(key) or frozenset()) for key in keys)
    return frozenset[int]().union(*found)


def _event(
    entry: Entry,
    id: int,
    what: What,
    sha256: str,
    *,
    others: frozenset[int] = frozenset(),
    fields: tuple[str, ...] = (),
    words: str = "",
    by: str = "",
) -> Event:
    return Event(
        evidence=id, what=what, at=entry.at, seq=entry.seq, actor=entry.actor, sha256=sha256,
        others=others, fields=fields, words=words, by=by,
    )  # fmt: skip
