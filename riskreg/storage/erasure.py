"""Emptying one record inside a transaction: its tables, and every personal payload that the journal holds of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import Connection

from riskreg.changes import Change
from riskreg.planning import Planned
from riskreg.records import Record, fields, stored
from riskreg.records.values import Instant
from riskreg.rules.derive import Given, derive
from riskreg.storage import blobs, holds, journal, writer
from riskreg.storage.open_file import stamp
from riskreg.storage.stored_records import read_records
from riskreg.work import QUIET


def refuse_held(connection: Connection, ids: Iterable[int]) -> None:
    """Refuse before anything is written; raises `Expected` ("on_hold") of the first that is held."""
    for record in read_records(connection, ids).values():
        holds.refuse_erasure(connection, record)


def empty(
    connection: Connection, id: int, moment: Instant, given: Given, words: Callable[[str], str]
) -> tuple[Planned, int]:
    """Empty one record; what its entry says of it, and how many changes held a payload.

    Of a record that was withdrawn only the journal holds anything: both sides of its change are null, as of
    every change of what is not there.
    """
    changes = writer.changes_of(connection, id)
    record = read_records(connection, [id]).get(id)
    planned = _blank(record, changes, moment, given) if record else _absent(changes[-1])
    writer.write(connection, [planned], stamp(moment), words, QUIET)
    touched = writer.forget(connection, id)
    for sha256 in sorted({*_contents(changes)}):
        blobs.drop(connection, id, sha256)
    return planned, touched


def _blank(
    record: Record, changes: Iterable[journal.ChangeRow], moment: Instant, given: Given
) -> Planned:
    """The record without a word."""
    keys = journal.personal_keys(changes)
    gone = {key: fields.empty(what) for key, what in stored(type(record)).items() if key in keys}
    blank = record.having({**gone, "version": record.version + 1, "updated_at": moment})
    return Planned(
        change=Change(id=record.id, kind=record.kind, version=record.version, before={}, after={}),
        record=blank.having(derive(blank, given)),
        was=record,
        version=blank.version,
        is_known=True,
    )


def _absent(newest: journal.ChangeRow) -> Planned:
    """What is not there stays away."""
    change = Change(
        id=newest.record, kind=newest.kind, version=newest.version, before=None, after=None
    )
    return Planned(change=change, record=None, was=None, version=newest.version + 1, is_known=True)


def _contents(changes: Iterable[journal.ChangeRow]) -> Iterator[str]:
    """The checksums of all content that a piece of evidence ever named."""
    for row in changes:
        if row.kind == "evidence":
            sides = filter(None, json.loads(row.plain).values())
            yield from filter(None, (side.get("sha256") for side in sides))
