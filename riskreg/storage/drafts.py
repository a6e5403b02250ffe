"""Drafts: what somebody was typing when the program ended, kept in the file beside the records and outside the journal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from riskreg.records.jsons import Json
from riskreg.storage import schema
from riskreg.views import Draft, Finding


def keep(connection: Connection, key: str, at: str, values: Mapping[str, Json]) -> None:
    """Put a draft in the place of the one with its key."""
    content = schema.compact(dict(values))
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO draft (key, at, content, digest) VALUES (?, ?, ?, ?)",
        (key, at, content, _digest(key, at, content)),
    )


def drop(connection: Connection, key: str) -> None:
    """Forget a draft."""
    connection.exec_driver_sql("DELETE FROM draft WHERE key = ?", (key,))


def drop_all(connection: Connection) -> None:
    """Forget every draft."""
    connection.exec_driver_sql("DELETE FROM draft")


def every(connection: Connection) -> list[Draft]:
    """The drafts, newest first; a spoilt one is left out."""
    table = schema.draft.c
    asked = select(table.key, table.at, table.content, table.digest)
    rows = connection.execute(asked.order_by(table.at.desc(), table.key)).all()
    return [
        Draft(key=key, at=schema.moment(at), values=json.loads(content))
        for key, at, content, digest in rows
        if _digest(key, at, content) == digest
    ]


def spoilt(rows: Iterable[tuple[Any, ...]]) -> Iterator[Finding]:
    """A finding for each row that is not as it was written."""
    for key, at, content, digest in rows:
        if _digest(key, at, content) != digest:
            yield Finding(id="draft_wrong")


def _digest(*parts: object) -> bytes:
    """SHA-256 over the texts of a row; whatever a spoilt row holds has one too."""
    text = "\n".join(map(str, parts))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
