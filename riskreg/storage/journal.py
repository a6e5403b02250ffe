"""The journal: entries chained by hash, changes committed to by salted digests. docs/journal-format.md tells it to strangers.

Every text that a hash covers is the text that is stored, so that nothing depends on how JSON is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

from riskreg.changes import Change
from riskreg.records import KINDS, SYSTEM, Record, fields, stored
from riskreg.records.base import per_kind
from riskreg.records.fields import FieldKind, Fields, Value
from riskreg.records.jsons import Json, from_json, to_json
from riskreg.storage.schema import compact

FORMAT: Final = 1
"""The version of the rules by which entries are hashed; old entries keep theirs."""
START: Final = bytes(32)
"""What stands for the hash before the first entry."""
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BARRIERS: Final = frozenset({"create", "demo", "erase", "restore", "migrate", "rules"})
"""Acts that undo does not go past."""


class EntryRow(NamedTuple):
    """A row of `journal` as it is stored."""

    seq: int
    at: str
    actor: str
    act: str
    facts: str
    undoes: int | None
    prev: bytes
    hash: bytes


class ChangeRow(NamedTuple):
    """A row of `change` as it is stored; `personal` and its salt are None where there is none or it was erased."""

    seq: int
    record: int
    kind: str
    version: int
    plain: str
    personal: str | None
    plain_salt: bytes
    personal_salt: bytes | None
    commitments: bytes


@per_kind
def _journaled(kind: type[Record]) -> Mapping[str, FieldKind]:
    return {**stored(kind), **SYSTEM}


_AS_IT_IS: Final = frozenset({str, int, bool, type(None)})
"""Types of value that are their own JSON, whatever the field."""


def _encoded(what: FieldKind, value: Value) -> Json:
    found = to_json(what, value)
    return (
        [[name, fact] for name, fact in found.items()] if isinstance(what, fields.Facts) else found
    )


def decode(kind: str, payload: Mapping[str, Json]) -> dict[str, Value]:
    """Values from a payload; raises `Unfit` or KeyError where it was tampered with."""
    declared = _journaled(KINDS[kind])
    return {key: from_json(declared[key], given) for key, given in payload.items()}


def _split(
    kind: str, values: Fields | None
) -> tuple[dict[str, Json] | None, dict[str, Json] | None]:
    """Values as journal JSON, plain and personal apart; named facts are pairs, so that every key is ASCII."""
    if values is None:
        return None, None
    declared = _journaled(KINDS[kind])
    plain: dict[str, Json] = {}
    personal: dict[str, Json] = {}
    for key, value in values.items():
        what = declared[key]
        given = value if type(value) in _AS_IT_IS else _encoded(what, value)
        (plain if what.plain else personal)[key] = given
    return plain, personal


SALTS: Final = 32
"""Random bytes that a change takes for its two salts."""


def change_row(seq: int, change: Change, version: int, salts: bytes) -> ChangeRow:
    """The row of a change; `salts` are `SALTS` fresh random bytes."""
    before, after = _split(change.kind, change.before), _split(change.kind, change.after)
    plain = compact({"before": before[0], "after": after[0]})
    personal = compact({"before": before[1], "after": after[1]}) if before[1] or after[1] else None
    commitments = commitment(salts[:16], plain)
    personal_salt = None
    if personal is not None:
        personal_salt = salts[16:]
        commitments += commitment(personal_salt, personal)
    return ChangeRow(
        seq,
        change.id,
        change.kind,
        version,
        plain,
        personal,
        salts[:16],
        personal_salt,
        commitments,
    )


def commitment(salt: bytes, payload: str) -> bytes:
    """SHA-256 over the salt and the payload's UTF-8."""
    return hashlib.sha256(salt + payload.encode("utf-8", "surrogatepass")).digest()


def entry_hash(register: str, entry: EntryRow, changes: Iterable[ChangeRow]) -> bytes:
    """What chains an entry: SHA-256 over the canonical JSON array of everything in it, but payloads and salts."""
    parts = [
        FORMAT,
        register,
        entry.seq,
        entry.prev.hex(),
        entry.at,
        entry.actor,
        entry.act,
        entry.facts,
        entry.undoes,
        [[row.record, row.kind, row.version, row.commitments.hex()] for row in changes],
    ]
    return hashlib.sha256(compact(parts).encode("utf-8", "surrogatepass")).digest()


def fingerprint(seq: int, digest: bytes) -> str:
    """`412-ABCD-EFGH-JKMN-PQRS-TVWX`: the entry's number and the first 100 bits of its hash in Crockford's base32."""
    number = int.from_bytes(digest[:13], "big") >> 4
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(95, -1, -5))
    return "-".join([str(seq), *(letters[start : start + 4] for start in range(0, 20, 4))])


def normal_fingerprint(text: str) -> str:
    """A fingerprint as a person typed it: case, spaces and the letters Crockford reads alike (O, I, L) do not matter."""
    seq, _, code = text.strip().upper().replace(" ", "").partition("-")
    letters = code.replace("-", "").replace("O", "0").replace("I", "1").replace("L", "1")
    return "-".join([seq, *(letters[start : start + 4] for start in range(0, len(letters), 4))])


@dataclass(slots=True)
class State:
    """One record as the journal tells it: its fields as journal JSON, and what the entries themselves say."""

    kind: str
    version: int
    fields: dict[str, Json]
    created_at: str
    updated_at: str
    is_withdrawn: bool = False
    is_erased: bool = False


class Broken(ValueError):
    """A payload cannot be read or replayed; `args` are the sort of finding and where."""


def payloads(row: ChangeRow) -> tuple[dict[str, Json] | None, dict[str, Json] | None, bool]:
    """Before and after of a change, plain and personal together, and whether the personal part was erased."""
    try:
        plain: dict[str, Any] = json.loads(row.plain)
        personal: dict[str, Any] = json.loads(row.personal) if row.personal is not None else {}
        sides = []
        for side in ("before", "after"):
            part = plain[side]
            sides.append(None if part is None else {**part, **(personal.get(side) or {})})
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Broken("payload_wrong", f"{row.seq}/{row.record}") from None
    return sides[0], sides[1], row.personal is None and len(row.commitments) > 32


def replay(
    entries: Sequence[EntryRow], changes: Sequence[ChangeRow], upto: int | None = None
) -> dict[int, State]:
    """The records after the last entry (or entry `upto`), from nothing but the journal; raises `Broken`.

    `changes` in order of entry.
    """
    at = {entry.seq: entry.at for entry in entries}
    states: dict[int, State] = {}
    for row in changes:
        if upto is not None and row.seq > upto:
            break
        if row.seq not in at:
            raise Broken("row_extra", f"change {row.seq}/{row.record}")
        _step(states, row, at[row.seq])
    return states


def _step(states: dict[int, State], row: ChangeRow, at: str) -> None:
    before, after, is_erased = payloads(row)
    state = states.get(row.record)
    where = f"{row.seq}/{row.record}"
    if row.version != (state.version + 1 if state else 1):
        raise Broken("replay_differs", where)
    if state is None:
        if before is not None or after is None:
            raise Broken("replay_differs", where)
        states[row.record] = State(row.kind, 1, dict(after), at, at, is_erased=is_erased)
        return
    if row.kind != state.kind or (before is None) != state.is_withdrawn:
        raise Broken("replay_differs", where)
    state.version, state.updated_at = row.version, at
    state.is_erased = state.is_erased or is_erased
    if after is None:
        state.is_withdrawn = True
        state.fields = {"ref": state.fields.get("ref", "")}
    elif state.is_withdrawn:
        state.is_withdrawn = False
        state.fields.update(dict(after))
    else:
        state.fields.update(after)


def personal_keys(rows: Iterable[ChangeRow]) -> frozenset[str]:
    """The fields that stand in the personal payloads of these changes."""
    keys: set[str] = set()
    for row in rows:
        sides = json.loads(row.personal) if row.personal is not None else {}
        keys |= {key for side in sides.values() if side for key in side}
    return frozenset(keys)


class Step(NamedTuple):
    """What undo must know of an entry."""

    seq: int
    act: str
    undoes: int | None
    has_changes: bool


class History:
    """Which entries undo and redo would take, kept from the steps of the journal in order."""

    def __init__(self, steps: Iterable[Step] = ()) -> None:
        self._done: list[int] = []
        self._undone: list[int] = []
        for step in steps:
            self.add(step)

    def add(self, step: Step) -> None:
        """Take note of one more entry."""
        if step.act in BARRIERS:
            self._done.clear()
            self._undone.clear()
        elif not step.has_changes:
            return
        elif step.undoes is None:
            self._done.append(step.seq)
            self._undone.clear()
        elif self._done and step.undoes == self._done[-1]:
            self._done.pop()
            self._undone.append(step.seq)
        elif self._undone and step.undoes == self._undone[-1]:
            self._undone.pop()
            self._done.append(step.seq)

    @property
    def undoable(self) -> int | None:
        """The entry that undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def redoable(self) -> int | None:
        """The undo that redo would take back."""
        return self._undone[-1] if self._undone else None


def check_chain(
    register: str, entries: Sequence[EntryRow], by_entry: Mapping[int, Sequence[ChangeRow]]
) -> Iterator[tuple[str, str]]:
    """What is wrong with the chain itself: the sort of finding and the entry."""
    previous, expected = START, 1
    for entry in entries:
        if entry.seq != expected:
            yield "sequence_gap", str(entry.seq)
        if entry.prev != previous:
            yield "chain_broken", str(entry.seq)
        if entry_hash(register, entry, by_entry.get(entry.seq, ())) != entry.hash:
            yield "hash_wrong", str(entry.seq)
        previous, expected = entry.hash, entry.seq + 1


def set_back(entries: Sequence[EntryRow]) -> Iterator[int]:
    """Entries dated before the one they follow: the computer's clock was set back, and the order stays."""
    for before, entry in pairwise(entries):
        if entry.at < before.at:
            yield entry.seq


def check_payloads(row: ChangeRow, is_erased: bool) -> str:
    """The sort of finding for a change whose payload is not the one it was committed to; "" where it is."""
    if (
        len(row.commitments) not in (32, 64)
        or commitment(row.plain_salt, row.plain) != row.commitments[:32]
    ):
        return "payload_wrong"
    if row.personal is None:
        if row.personal_salt is not None:
            return "payload_wrong"
        return "" if len(row.commitments) == 32 or is_erased else "payload_missing"
    if (
        row.personal_salt is None
        or commitment(row.personal_salt, row.personal) != row.commitments[32:]
    ):
        return "payload_wrong"
    return ""
