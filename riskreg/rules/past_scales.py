"""Which scale scored a risk at which entry of the journal, from the entries about the scales themselves.

The journal keeps likelihood and impact; what they meant is said by the scale of their time. A scale
whose text was erased is not known any more: nothing is then said in its name, and the numbers stand
alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, TypeAlias

from riskreg.records import Record, ScoringScale
from riskreg.records.fields import Fields
from riskreg.records.terms import Scale, Vocabulary
from riskreg.rules.own import scale_of
from riskreg.views import Entry

Ids: TypeAlias = frozenset[int]
_NOBODY: Final[Ids] = frozenset()
NAMELESS: Final = Scale(key="", likelihood=(), impact=(), bands=())
"""Stands for a scale that is not known: it has a word for nothing."""


class Sides(NamedTuple):
    """The lists with the scale that gave the old values of a change, and with that of the new ones."""

    before: Vocabulary
    after: Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """A scale record after an entry.

    Attributes:
        scale: What it describes; None where its text was erased, or cannot be read.
        is_lost: Its text was erased.
        is_default: It is in force, unless it is in the bin.
        is_here: It is not in the bin.
    """

    scale: Scale | None
    is_lost: bool
    is_default: bool
    is_here: bool


class PastScales:
    """The scales of a register through time.

    Args:
        entries: Those about scale records, with their changes, in any order.
        shipped: The scale of the program, in force where no record is.
    """

    def __init__(self, entries: Iterable[Entry], shipped: Scale) -> None:
        by_seq = {entry.seq: entry for entry in _merged(entries)}
        self.entries = tuple(by_seq[seq] for seq in sorted(by_seq))
        """Oldest first."""
        self._shipped = shipped
        self._seqs = [entry.seq for entry in self.entries]
        self._states = list(_replayed(self.entries))

    def at(self, seq: int, ids: Iterable[int] = _NOBODY) -> Scale | None:
        """The scale that scored after an entry; None where it is not known any more.

        Args:
            seq: The number of the entry.
            ids: What `scored_by` named then; empty for the scale in force.
        """
        place = bisect_right(self._seqs, seq)
        states: Mapping[int, _State] = self._states[place - 1] if place else {}
        named = [states[id] for id in ids if id in states]
        in_force = [states[id] for id in sorted(states, reverse=True) if states[id].is_default]
        for state in (*named, *in_force):
            if state.is_here and (state.scale or state.is_lost):
                return state.scale
        return self._shipped

    def then(self, vocabulary: Vocabulary, seq: int, ids: Ids) -> Vocabulary:
        """The lists with the scale that scored after an entry; arguments as of `at`."""
        scale = self.at(seq, ids) or NAMELESS
        return replace(vocabulary, scale=scale, shipped=vocabulary.base)

    def sides(self, vocabulary: Vocabulary, seq: int, before: Ids, after: Ids) -> Sides:
        """What the values of a change in entry `seq` are shown with; `before` and `after` are `scored_by` then."""
        return Sides(self.then(vocabulary, seq - 1, before), self.then(vocabulary, seq, after))

    def told(
        self, vocabulary: Vocabulary, record: Record, entries: Iterable[Entry]
    ) -> dict[int, Sides]:
        """The sides of each entry of one record, by its number.

        Args:
            vocabulary: The lists in force.
            record: As it stands.
            entries: All its newest entries without a gap, newest first.
        """
        found: dict[int, Sides] = {}
        named: Ids = getattr(record, "scored_by", _NOBODY)
        for entry in entries:
            for change in (change for change in entry.changes if change.id == record.id):
                before = scored_by(change.before, named)
                found[entry.seq] = self.sides(vocabulary, entry.seq, before, named)
                named = before
        return found


def scored_by(side: Fields | None, otherwise: Ids) -> Ids:
    """What `scored_by` names on one side of a change; `otherwise` where the change leaves it alone."""
    value = side.get("scored_by", otherwise) if side is not None else otherwise
    return (
        frozenset(id for id in value if isinstance(id, int))
        if isinstance(value, frozenset)
        else _NOBODY
    )


def named_at(record: int, entries: Iterable[Entry], seq: int) -> Ids:
    """What `scored_by` of a record named after an entry; `entries` are all about it, newest first."""
    for entry in entries:
        for change in entry.changes:
            if change.id == record and entry.seq <= seq and "scored_by" in (change.after or {}):
                return scored_by(change.after, _NOBODY)
    return _NOBODY


def _merged(entries: Iterable[Entry]) -> Iterator[Entry]:
    """One entry for each number: it may have been asked for once for each scale that it changed."""
    found: dict[int, Entry] = {}
    for entry in entries:
        known = found.get(entry.seq)
        changes = (*(known.changes if known else ()), *entry.changes)
        found[entry.seq] = replace(entry, changes=changes)
    yield from found.values()


def _replayed(entries: Iterable[Entry]) -> Iterator[dict[int, _State]]:
    """The scales after each entry."""
    fields: dict[int, dict[str, object]] = {}
    states: dict[int, _State] = {}
    for entry in entries:
        for change in entry.changes:
            if change.kind != ScoringScale.kind:
                continue
            states = {id: state for id, state in states.items() if id != change.id}
            if change.after is None:
                fields.pop(change.id, None)
                continue
            known = {} if change.before is None else fields.get(change.id, {})
            fields[change.id] = {**known, **change.after}
            states[change.id] = _state(change.id, change.ref, fields[change.id])
        yield states


def _state(id: int, ref: str, fields: Mapping[str, object]) -> _State:
    text = str(fields.get("text") or "")
    record = ScoringScale(id=id, ref=ref, title=str(fields.get("title") or ref), text=text)
    return _State(
        scale=scale_of(record) if text else None,
        is_lost=not text,
        is_default=bool(fields.get("is_default")),
        is_here=fields.get("deleted_at") is None,
    )
