"""What a copy of an open register file is made for: a backup, its verification, how it stood once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine

from riskreg.errors import Expected
from riskreg.records.terms import Vocabulary
from riskreg.rules.derive import Given
from riskreg.settings import Keeping
from riskreg.storage import backup as copies
from riskreg.storage import blobs, copying, guard, journal, writer
from riskreg.storage import engine as engines
from riskreg.storage import verify as verifying
from riskreg.storage.engine import failures, raw
from riskreg.storage.open_file import OpenFile
from riskreg.storage.reader import StoredReader, legible
from riskreg.views import Backup, Finding, Verification
from riskreg.work import VERIFYING, Work

HEAVY: Final = 16_000_000
"""Bytes of files kept as evidence from which on a copy in memory is made without them."""


def backup(
    file: OpenFile, folder: Path, at: datetime, work: Work, keeping: Keeping | None = None
) -> Backup:
    """Make a verified copy; with `keeping`, which is for our own folder, older ones are thinned."""
    with file.copying() as engine:
        made = copies.make(engine, folder, at, work)
    if keeping:
        copies.thin(folder, made, keeping)
    return made


def _snapshot(file: OpenFile) -> Engine:
    """A copy in memory, without the content of evidence where that is large."""
    with file.copying() as engine, failures(file.path):
        if not _is_heavy(engine):
            return engines.snapshot(engine)
        return copying.without(engine, "blob")


def _is_heavy(engine: Engine) -> bool:
    try:
        return blobs.size(engine) >= HEAVY
    except driver.DatabaseError:
        return False  # damaged: copied as it is, so that what is wrong can be named


def _checkable(file: OpenFile, work: Work) -> tuple[Engine, list[Finding]]:
    """A copy to verify, and what SQLite finds in the file itself where the copy is not made of its pages."""
    with file.copying() as engine, failures(file.path):
        is_heavy = _is_heavy(engine)
        pages = list(verifying.pages(engine, work)) if is_heavy else []
    try:
        return _snapshot(file), pages
    except Expected as refused:
        if refused.id != "damaged":
            raise
        return engines.memory(), pages  # in which nothing can be read


def verify(file: OpenFile, fingerprint: str, given: Given, work: Work) -> Verification:
    """Check a copy in memory."""
    work.step(VERIFYING)
    copy, pages = _checkable(file, work)
    try:
        content, found = verifying.examine(copy, given, file.words, work)
        found = pages + found
        named = verifying.files(content) if content else {}
    finally:
        raw(copy).close()
    found += _length(file)
    with file.copying() as engine, failures(file.path):
        found += blobs.findings(engine, named, work)
    entries = content.entries if content else []
    found += verifying.known(entries, fingerprint) if fingerprint else []
    return Verification(
        entries=len(entries),
        records=content.records if content else 0,
        fingerprint=verifying.fingerprint_of(entries[-1]) if entries else "",
        findings=tuple(found),
        remarks=tuple(
            Finding(id="clock_backwards", where=str(seq)) for seq in journal.set_back(entries)
        ),
    )


def _length(file: OpenFile) -> list[Finding]:
    """Bytes after the last page are no part of the register and must not pass unseen."""
    with file.asking() as connection:
        page, pages = (
            int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
            for name in ("page_size", "page_count")
        )
    extra = file.path.stat().st_size - page * pages
    return [Finding(id="database_wrong", facts={"detail": f"{extra} bytes"})] if extra else []


def as_of(file: OpenFile, seq: int, given: Given, vocabulary: Vocabulary) -> StoredReader:
    """The register as it stood after an entry, in memory."""
    with legible(file.path):
        past = _past(file, seq, given)
    reader = StoredReader(past, vocabulary, file.path)
    reader.read_vocabulary()
    return reader


def _past(file: OpenFile, seq: int, given: Given) -> Engine:
    copy = _snapshot(file)
    content = verifying.Content(copy)
    raw(copy).close()
    entries = [entry for entry in content.entries if entry.seq <= seq]
    changes = [row for row in content.changes if row.seq <= seq]
    states = journal.replay(entries, changes)
    past = engines.memory()
    with past.begin() as connection:
        guard.create_tables(connection)
        found = verifying.records_of(states, given)
        records = [(record, states[id].updated_at) for id, record in found.items()]
        writer.fill(connection, records, file.words)
        gone = (verifying.head_of(id, each, None) for id, each in states.items() if id not in found)
        writer.fill_withdrawn(connection, gone)
        writer.copy_journal(connection, entries, changes)
    return past
