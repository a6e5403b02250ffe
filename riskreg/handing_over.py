"""Handing over: everything open or in force that one person looks after goes to another, in one change set.

A measure in place is not open, but somebody must go on looking after it. What is closed keeps its old owner, for it says who did it. So do links that tell what happened and
not who looks after something (`STAYS`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from riskreg.changes import Change, ChangeSet, edit
from riskreg.errors import Expected
from riskreg.records import KINDS, REGISTER_KINDS, Record, declared_links
from riskreg.records.fields import Links, Value
from riskreg.records.party import Party
from riskreg.rules.statistics import STATUS_LISTS, is_kept
from riskreg.views import Reader, View, Where

STAYS: Final = frozenset(
    {"accepted_by", "exporter", "must_be_told", "recipient", "represents", "tells"}
)
"""Roles of a party in what happened, or of one outside: who accepted a risk, sends and receives data, is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One link that goes over.

    Attributes:
        record: The record as it stands.
        field: The key of the link in it.
    """

    record: Record
    field: str


def looked_after(kind: type[Record]) -> Mapping[str, Links]:
    """The links by which one party looks after a record of a kind, by key."""
    return {
        key: what
        for key, what in declared_links(kind).items()
        if what.to == Party.kind and what.one and what.role not in STAYS
    }


def moves(reader: Reader, giver: int) -> tuple[Move, ...]:
    """What goes over: every record outside the bin, open or in force, that a party looks after, in order of kind and ref.

    Policy actions and the organisation have no end, so that theirs always go over.

    Raises:
        Expected: There is no such record, or it is no party ("handover_who").
    """
    _party(reader, giver)
    return tuple(_moves(reader, giver))


def hand_over(reader: Reader, giver: int, taker: int, left_on: date | None = None) -> ChangeSet:
    """The change set that moves everything open from one party to another.

    Args:
        reader: The register.
        giver: Who looked after it; may be in the bin.
        taker: Who will.
        left_on: The day until which the giver was there, to be noted as `until_on`; None leaves it.

    Raises:
        Expected: One of them is not there or no party ("handover_who"), both are the same
            ("handover_same"), or the taker is in the bin ("handover_gone").
    """
    one, other = _party(reader, giver), _party(reader, taker)
    if giver == taker:
        raise Expected("handover_same", ref=one.ref)
    if other.deleted_at is not None:
        raise Expected("handover_gone", ref=other.ref)
    changes = list(_changes(_moves(reader, giver), taker))
    left = edit(one, {"until_on": left_on}) if left_on else None
    facts = {"refs": f"{one.ref} {other.ref}", "giver": one.ref, "taker": other.ref}
    return ChangeSet(act="hand_over", facts=facts, changes=(*changes, *filter(None, [left])))


def _party(reader: Reader, id: int) -> Record:
    record = reader.record(id)
    if not isinstance(record, Party):
        raise Expected("handover_who", ref=record.ref)
    return record


def _moves(reader: Reader, giver: int) -> Iterator[Move]:
    for kind in REGISTER_KINDS:
        found: dict[int, list[str]] = {}
        for key in looked_after(KINDS[kind]):
            where = (*_still_kept(reader, kind), Where(key, "contains", giver))
            for id in reader.ids(View(kinds=(kind,), where=where)):
                found.setdefault(id, []).append(key)
        records = reader.records(found)
        for record in sorted(records.values(), key=lambda record: record.ref):
            yield from (Move(record=record, field=key) for key in found[record.id])


def _still_kept(reader: Reader, kind: str) -> tuple[Where, ...]:
    return is_kept(kind, reader.vocabulary) if kind in STATUS_LISTS else ()


def _changes(moving: Iterable[Move], taker: int) -> Iterator[Change]:
    """One change for each record, whatever goes over in it."""
    records: dict[int, Record] = {}
    wanted: dict[int, dict[str, Value]] = {}
    for move in moving:
        records[move.record.id] = move.record
        wanted.setdefault(move.record.id, {})[move.field] = frozenset({taker})
    for id, values in wanted.items():
        if change := edit(records[id], values):
            yield change
