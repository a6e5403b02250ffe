"""Content of evidence: read by its SHA-256, held against it, and removed where no evidence names it any more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, LargeBinary, cast, select

from riskreg.errors import N_, Problem
from riskreg.evidence import SET_WHEN_TAKEN
from riskreg.planning import Planned
from riskreg.records import Evidence
from riskreg.storage import schema
from riskreg.storage.engine import raw
from riskreg.views import Finding
from riskreg.work import VERIFYING, Work

TAKEN: Final = N_(
    "it was set when the file was taken in, and stays; attach a newer version instead"
)


def content(connection: Connection, sha256: str) -> bytes | None:
    """What is kept under a SHA-256, whether it still fits or not; None where nothing is."""
    kept = cast(schema.blob.c.content, LargeBinary)  # damage can make it text
    asked = select(kept).where(schema.blob.c.sha256 == sha256)
    found = connection.execute(asked).scalar()
    return None if found is None else bytes(found)


def size(engine: Engine) -> int:
    """Bytes of all content that is kept."""
    asked = "SELECT coalesce(sum(size), 0) FROM blob"
    return int(raw(engine).execute(asked).fetchone()[0])


def findings(engine: Engine, wanted: Mapping[str, Sequence[str]], work: Work) -> Iterator[Finding]:
    """What is wrong with the content that evidence names, one piece in memory at a time.

    Args:
        engine: A reader of its own.
        wanted: The refs of the evidence by the SHA-256 that must be there.
        work: Progress; may cancel.
    """
    for place, (sha256, refs) in enumerate(sorted(wanted.items())):
        work.step(VERIFYING, place, len(wanted))
        if sort := _wrong(raw(engine), sha256):
            yield from (Finding(id=sort, ref=ref, facts={"sha256": sha256}) for ref in refs)


def _wrong(connection: Any, sha256: str) -> str:  # noqa: ANN401
    try:
        asked = "SELECT size, content FROM blob WHERE sha256 = ?"
        row = connection.execute(asked, (sha256,)).fetchone()
    except driver.Error:
        return "file_differs"
    if row is None:
        return "file_missing"
    is_right = isinstance(row[1], bytes) and row[0] == len(row[1])
    return "" if is_right and hashlib.sha256(row[1]).hexdigest() == sha256 else "file_differs"


def problems(connection: Connection, planned: Sequence[Planned]) -> Iterator[Problem]:
    """What would make a piece of evidence name another file than the one that is kept for it."""
    for item in planned:
        was, record = item.was, item.record
        if not isinstance(was, Evidence) or record is None:
            continue
        keys = [key for key in SET_WHEN_TAKEN if was.get(key) != record.get(key)]
        if keys and is_kept(connection, was.sha256):
            yield from (
                Problem(kind=was.kind, field=key, reason=TAKEN, ref=was.ref, id=was.id)
                for key in keys
            )


def is_kept(connection: Connection, sha256: str) -> bool:
    """Whether there is content under a SHA-256."""
    asked = select(schema.blob.c.size).where(schema.blob.c.sha256 == sha256)
    return connection.execute(asked).first() is not None


_UNNAMED = """
DELETE FROM blob WHERE sha256 = ? AND NOT EXISTS (
    SELECT 1 FROM evidence JOIN records ON records.id = evidence.id
    WHERE evidence.sha256 = blob.sha256 AND records.withdrawn = 0 AND records.id != ?
    AND records.id NOT IN (
        SELECT change.record FROM change JOIN journal ON journal.seq = change.seq
        WHERE journal.act = 'erase'))
"""


def drop(connection: Connection, id: int, sha256: str) -> None:
    """Remove content with the evidence that is erased, unless other evidence names it that was not erased."""
    connection.exec_driver_sql(_UNNAMED, (sha256, id))
