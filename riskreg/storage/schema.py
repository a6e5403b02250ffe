"""Tables, derived from the declarations, and how a value of each kind of field is stored.

`records` holds what every kind has; one table a kind holds the rest; every reference is a row of
`links`; `journal` and `change` are the history; `draft` is what somebody is typing; `search` is a
full-text index without content.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final, TypeAlias, assert_never, cast

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

from riskreg.records import KINDS, Record, declared, fields, values
from riskreg.records.fields import FieldKind, Value

Stored: TypeAlias = str | int | bytes | None
"""What a column holds."""

IN_RECORDS: Final = ("title", "due_at", "deleted_at")
"""Fields that stand in `records`, so that one question can be asked of all kinds."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

records = Table(
    "records",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("ref", Text, nullable=False, unique=True),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("deleted_at", Text),
    Column("withdrawn", Integer, nullable=False),
    Column("due_at", Text),
    Index("ix_records_kind_number", "kind", "number"),
    Index("ix_records_title", text("kind"), text("title COLLATE NOCASE")),
)

links = Table(
    "links",
    metadata,
    Column("source", Integer, ForeignKey("records.id"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("target", Integer, ForeignKey("records.id"), primary_key=True),
    Index("ix_links_target", "target", "role"),
    sqlite_with_rowid=False,
)

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("undoes", Integer),
    Column("prev", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

change = Table(
    "change",
    metadata,
    Column("seq", Integer, ForeignKey("journal.seq"), primary_key=True),
    Column("record", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("plain", Text, nullable=False),
    Column("personal", Text),
    Column("plain_salt", LargeBinary, nullable=False),
    Column("personal_salt", LargeBinary),
    Column("commitments", LargeBinary, nullable=False),
    Index("ix_change_record", "record"),
    sqlite_with_rowid=False,
)

draft = Table(
    "draft",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""What somebody was typing: outside the journal, never exported; the digest shows what a disk has spoilt."""

blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Files kept as evidence, one copy for the same content, by the SHA-256 of their bytes in hex."""

SEARCH_DDL: Final = (
    "CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1, "
    'tokenize="unicode61 remove_diacritics 2")'
)


def columns(key: str, kind: FieldKind) -> list[Column[Any]]:
    """The columns in which a field of this kind is stored; none for links."""
    match kind:
        case fields.Line() | fields.Prose() | fields.Choices() | fields.Tags() | fields.Facts():
            return [Column(key, Text, nullable=False)]
        case fields.Choice() | fields.Day():
            return [Column(key, Text)]
        case fields.YesNo() | fields.Duration() | fields.Score():
            return [Column(key, Integer)]
        case fields.Count():
            return [Column(key, Integer), Column(f"{key}_precision", Text)]
        case fields.Money():
            return [Column(key, Integer), Column(f"{key}_currency", Text)]
        case fields.Instant():
            return [
                Column(key, Text),
                Column(f"{key}_zone", Text),
                Column(f"{key}_precision", Text),
            ]
        case fields.Links():
            return []
        case fields.Derived():
            return columns(key, kind.of)
        case _:
            assert_never(kind)


def to_stored(kind: FieldKind, value: Value) -> tuple[Stored, ...]:
    """A value as its columns hold it, in the order of `columns`."""
    match kind:
        case fields.Line() | fields.Prose() | fields.Choice():
            return (cast("str | None", value),)
        case fields.Duration() | fields.Score():
            return (cast("int | None", value),)
        case fields.YesNo():
            return (None if value is None else int(cast("bool", value)),)
        case fields.Choices() | fields.Tags():
            return (compact(sorted(cast("frozenset[str]", value))),)
        case fields.Facts():
            return (compact(dict(cast("fields.FactPairs", value))),)
        case fields.Count():
            count = cast("values.Count | None", value)
            return (None, None) if count is None else (count.number, count.precision)
        case fields.Money():
            money = cast("values.Money | None", value)
            return (None, None) if money is None else (money.minor, money.currency)
        case fields.Day():
            return (None if value is None else cast("date", value).isoformat(),)
        case fields.Instant():
            instant = cast("values.Instant | None", value)
            return (None, None, None) if instant is None else _instant(instant)
        case fields.Links():
            return ()
        case fields.Derived():
            return to_stored(kind.of, value)
        case _:
            assert_never(kind)


def is_stored_as_it_is(kind: FieldKind) -> bool:
    """Whether the one column of a field holds its very value, so that nothing needs converting."""
    of = kind.of if isinstance(kind, fields.Derived) else kind
    return isinstance(
        of, fields.Line | fields.Prose | fields.Choice | fields.Duration | fields.Score
    )


def from_stored(kind: FieldKind, row: Sequence[Any]) -> Value:
    """The value that these columns hold."""
    first: Any = row[0] if row else None
    match kind:
        case fields.Line() | fields.Prose() | fields.Choice() | fields.Duration() | fields.Score():
            return cast("Value", first)
        case fields.YesNo():
            return None if first is None else bool(first)
        case fields.Choices() | fields.Tags():
            return frozenset(json.loads(first)) if first != "[]" else frozenset()
        case fields.Facts():
            return tuple(json.loads(first).items()) if first != "{}" else ()
        case fields.Count():
            return None if row[1] is None else values.Count(first, row[1])
        case fields.Money():
            return None if first is None else values.Money(first, row[1])
        case fields.Day():
            return None if first is None else date.fromisoformat(first)
        case fields.Instant():
            return None if first is None else values.Instant(moment(first), row[1], row[2])
        case fields.Links():
            return frozenset()
        case fields.Derived():
            return from_stored(kind.of, row)
        case _:
            assert_never(kind)


def _instant(instant: values.Instant) -> tuple[str, str, str]:
    return (instant.utc.strftime("%Y-%m-%dT%H:%M:%SZ"), instant.zone, instant.precision)


def moment(stored: str) -> datetime:
    """A UTC moment from its text in a column, with or without fractions of a second."""
    return datetime.fromisoformat(stored.removesuffix("Z")).replace(tzinfo=UTC)


def compact(value: object) -> str:
    """Canonical JSON: sorted keys, no spaces, characters as they are."""
    return _ENCODER.encode(value)


_ENCODER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@cache
def own_columns(kind: str) -> tuple[tuple[str, FieldKind, int], ...]:
    """The fields that stand in the table of a kind, with the number of their columns, in order."""
    found = []
    for key, what in declared(KINDS[kind]).items():
        if key not in IN_RECORDS and (width := len(columns(key, what))):
            found.append((key, what, width))
    return tuple(found)


def _table(kind: type[Record]) -> Table:
    own = [column for key, what, _ in own_columns(kind.kind) for column in columns(key, what)]
    return Table(
        kind.kind,
        metadata,
        Column("id", Integer, ForeignKey("records.id"), primary_key=True, autoincrement=False),
        *own,
    )


tables: Final[dict[str, Table]] = {name: _table(kind) for name, kind in KINDS.items()}
"""The table of each kind."""


def number_of(kind: str, ref: str) -> int:
    """The number by which refs of a kind sort: R-0012 is 12, I-2026-004 is 2026000004, C3.2 by its letter and numbers."""
    match KINDS[kind].numbering:
        case "plain":
            return int(ref.rpartition("-")[2])
        case "yearly":
            _, year, serial = ref.split("-")
            return int(year) * 1_000_000 + int(serial)
        case "catalogue":
            group, _, step = ref.partition(".")
            return (ord(group[0]) * 1000 + int(group[1:])) * 1000 + int(step or 0)
        case "single":
            return 0
