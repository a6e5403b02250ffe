"""Is the history whole? Check the chain, replay it, and compare with every row that is stored.

Works on a copy in memory, so nobody waits for it. What it names is docs/journal-format.md's list of
findings. It does not prove that entries were true, and truncation or a whole rewriting is visible only
to whoever kept a fingerprint.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine

from riskreg.records import KINDS, Record, stored
from riskreg.records.fields import empty
from riskreg.records.values import Unfit
from riskreg.rules import derive, own, waiting
from riskreg.storage import drafts, journal, schema, writer
from riskreg.storage.engine import memory, raw
from riskreg.storage.journal import Broken, ChangeRow, EntryRow, State
from riskreg.storage.migrate import HEAD
from riskreg.storage.stored_records import utc
from riskreg.views import Finding
from riskreg.work import VERIFYING, Work


class Content:
    """Everything a register holds, read row by row as bytes would have it."""

    def __init__(self, engine: Engine) -> None:
        self.connection = raw(engine)
        self.connection.text_factory = _lenient
        self.entries = [EntryRow(*row) for row in self.all("SELECT * FROM journal ORDER BY seq")]
        self.changes = [
            ChangeRow(*row) for row in self.all("SELECT * FROM change ORDER BY seq, record")
        ]
        self.records = int(self.all("SELECT count(*) FROM records WHERE withdrawn = 0")[0][0])

    def all(self, question: str) -> list[tuple[Any, ...]]:
        """Every row of a question."""
        return list(self.connection.execute(question).fetchall())


def _lenient(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")


def examine(
    engine: Engine, given: derive.Given, catalogue: Callable[[str], str], work: Work
) -> tuple[Content | None, list[Finding]]:
    """What a register in memory holds and everything that is wrong with it, chain first.

    None where it cannot even be read.
    """
    found = list(pages(engine, work))
    content = None
    try:
        content = Content(engine)
        work.step(VERIFYING, 1, 4)
        found += _chain(content)
        work.step(VERIFYING, 2, 4)
        found += _tables(content, given, catalogue, work) if content.entries else ()
    except Broken as broken:
        found.append(Finding(id=str(broken.args[0]), where=str(broken.args[1])))
    except (
        driver.Error,
        Unfit,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
    ) as error:
        # tampered content can fail anywhere; it must be named, never pass or crash
        found.append(Finding(id="unreadable", where=type(error).__name__))
    return content, found


def pages(engine: Engine, work: Work) -> Iterator[Finding]:
    """What SQLite's own check says of a register."""
    work.step(VERIFYING, 0, 4)
    try:
        answer = str(raw(engine).execute("PRAGMA integrity_check(5)").fetchone()[0])
    except driver.Error as error:
        answer = type(error).__name__
    if answer != "ok":
        yield Finding(id="database_wrong", facts={"detail": answer[:120]})


def register_id(entries: Sequence[EntryRow]) -> str:
    """The id of the register: its first entry says it."""
    return str(json.loads(entries[0].facts)["register"]) if entries else ""


def _chain(content: Content) -> Iterator[Finding]:
    if not content.entries:
        yield Finding(id="sequence_gap", where="1")
        return
    by_entry: dict[int, list[ChangeRow]] = {}
    for row in content.changes:
        by_entry.setdefault(row.seq, []).append(row)
    for sort, where in journal.check_chain(register_id(content.entries), content.entries, by_entry):
        yield Finding(id=sort, where=where)
    known = {entry.seq for entry in content.entries}
    erased = {
        row.record: entry.seq
        for entry in content.entries
        if entry.act == "erase"
        for row in by_entry.get(entry.seq, ())
    }
    for row in content.changes:
        sort = journal.check_payloads(row, erased.get(row.record, 0) >= row.seq)
        if sort or row.seq not in known:
            yield Finding(id=sort or "row_extra", where=f"{row.seq}/{row.record}")


def _tables(
    content: Content, given: derive.Given, catalogue: Callable[[str], str], work: Work
) -> Iterator[Finding]:
    states = journal.replay(content.entries, content.changes)
    records = records_of(states, given)
    work.step(VERIFYING, 3, 4)
    wanted = {id: head_of(id, state, records.get(id)) for id, state in states.items()}
    aside = derive.answered_otherwise(since=_rules_of(content.entries))
    yield from _compare("records", wanted, _rows(content, "records"), states, aside)
    for kind in KINDS:
        own = {id: writer.own_row(record) for id, record in records.items() if record.kind == kind}
        yield from _compare(kind, own, _rows(content, kind), states, aside)
    yield from _links(records.values(), content, states)
    yield from drafts.spoilt(content.all("SELECT key, at, content, digest FROM draft"))
    yield from _revision(content)
    yield from _index(records.values(), content, catalogue)


def _rules_of(entries: Sequence[EntryRow]) -> int:
    """The version of the rules that computed what is computed.

    A backup, or a file that is only read, keeps what an older one computed until it is opened to be changed.
    """
    told = (each.facts for each in reversed(entries) if each.act in ("create", "rules"))
    try:
        return int(json.loads(next(told, "{}")).get("rules", 0))
    except (ValueError, TypeError, AttributeError):
        return derive.VERSION


def _rows(content: Content, table: str) -> list[tuple[Any, ...]]:
    """Every row, its columns in the order of the declarations: a file brought up to date has its newer ones last."""
    names = ", ".join(f'"{column.name}"' for column in schema.metadata.tables[table].columns)
    return content.all(f'SELECT {names} FROM "{table}"')


def records_of(states: Mapping[int, State], given: derive.Given) -> dict[int, Record]:
    """The records that the journal tells, but those withdrawn.

    Args:
        states: From the journal.
        given: With what ships; the choices and scales that the states tell of are laid over it.
    """
    here = {id: state for id, state in states.items() if not state.is_withdrawn}
    made = [record_of(id, state, given) for id, state in here.items() if state.kind in own.KINDS]
    moment = replace(given, vocabulary=own.overlaid(given.vocabulary.base, made))
    found = {id: record_of(id, state, moment) for id, state in here.items()}
    return found | {each.id: each for each in waiting.settled(found.values(), moment.vocabulary)}


def record_of(id: int, state: State, given: derive.Given) -> Record:
    """The record that the journal tells, derived fields included."""
    kind = KINDS[state.kind]
    values = journal.decode(state.kind, state.fields)
    known: dict[str, Any] = {
        key: values.get(key, empty(what)) for key, what in stored(kind).items()
    }
    record = kind(
        id=id,
        ref=str(values.get("ref", "")),
        version=state.version,
        created_at=utc(state.created_at),
        updated_at=utc(state.updated_at),
        deleted_at=values.get("deleted_at"),  # type: ignore[arg-type]
        **known,
    )
    return record.having(derive.derive(record, given))


def head_of(id: int, state: State, record: Record | None) -> tuple[Any, ...]:
    """The row of `records`, of a withdrawn record too."""
    if record is not None:
        return writer.head_row(record, state.updated_at)
    ref = str(state.fields["ref"])
    number = schema.number_of(state.kind, ref)
    return (
        id,
        state.kind,
        ref,
        number,
        "",
        state.version,
        state.created_at,
        state.updated_at,
        None,
        1,
        None,
    )


def _compare(
    table: str,
    wanted: dict[int, tuple[Any, ...]],
    rows: list[tuple[Any, ...]],
    states: dict[int, State],
    aside: Mapping[str, frozenset[str]],
) -> Iterator[Finding]:
    """What a table has otherwise; `aside` are the columns that may differ, by kind."""
    names = [column.name for column in schema.metadata.tables[table].columns]
    found = {row[0]: row for row in rows}
    for id in wanted.keys() - found.keys():
        yield Finding(id="row_missing", where=table, ref=_ref(states, id))
    for id in found.keys() - wanted.keys():
        yield Finding(id="row_extra", where=f"{table} {id}")
    for id, row in found.items():
        if id in wanted and not _same(row, wanted[id]):
            differing = [
                name
                for name, is_, was in zip(names, row, wanted[id], strict=True)
                if name not in aside.get(states[id].kind, ()) and not _same((is_,), (was,))
            ]
            where = f"{table}: {', '.join(differing)}"
            if differing:
                yield Finding(id="replay_differs", where=where, ref=_ref(states, id))


def _same(row: tuple[Any, ...], wanted: tuple[Any, ...]) -> bool:
    """Equal in value and in storage class: 1 and 1.0 are not."""
    return row == wanted and [*map(type, row)] == [*map(type, wanted)]


def _ref(states: dict[int, State], id: int) -> str:
    return str(states[id].fields.get("ref", id)) if id in states else str(id)


def _links(
    records: Iterable[Record], content: Content, states: dict[int, State]
) -> Iterator[Finding]:
    wanted = {row for record in records for row in writer.link_rows(record)}
    found = set(content.all("SELECT * FROM links"))
    for source, role, target in sorted(wanted - found):
        yield Finding(
            id="link_missing", where=f"{role} {_ref(states, target)}", ref=_ref(states, source)
        )
    for row in sorted(found - wanted, key=str):
        yield Finding(
            id="link_extra", where=f"{row[1]} {_ref(states, row[2])}", ref=_ref(states, row[0])
        )


def _revision(content: Content) -> Iterator[Finding]:
    if content.all("SELECT version_num FROM alembic_version") != [(HEAD,)]:
        yield Finding(id="database_wrong", facts={"detail": "alembic_version"})


def _index(
    records: Iterable[Record], content: Content, catalogue: Callable[[str], str]
) -> Iterator[Finding]:
    """Compare the search index with one made anew, word by word."""
    fresh = memory()
    with fresh.begin() as connection:
        connection.exec_driver_sql(schema.SEARCH_DDL)
        words = ((record.id, writer.search_words(record, catalogue)) for record in records)
        writer.portions(connection, "INSERT INTO search (rowid, words) VALUES (?, ?)", words)
    try:
        pairs = zip_longest(_instances(content.connection), _instances(raw(fresh)))
        is_same = all(found == wanted for found, wanted in pairs)
    except Exception as error:
        yield Finding(id="index_wrong", facts={"detail": type(error).__name__})
        return
    if not is_same:
        yield Finding(id="index_wrong")


def _instances(connection: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """Every word of an index with its record and place, in the index's own order."""
    connection.execute(
        "CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'search', 'instance')"
    )
    yield from connection.execute("SELECT term, doc, offset FROM temp.terms")


def files(content: Content) -> dict[str, list[str]]:
    """The content that must be there, by its SHA-256: the refs of the evidence it came with, unless it was erased.

    Evidence that a workbook brought names a file that was never here; only an entry's `content` says that it was.
    """
    try:
        held = {sha256 for entry in content.entries for sha256 in _contents(entry)}
        gone = {entry.seq for entry in content.entries if entry.act == "erase"}
        erased = {row.record for row in content.changes if row.seq in gone}
        named = content.all(
            "SELECT evidence.id, ref, sha256 FROM evidence JOIN records ON records.id = evidence.id "
            "WHERE withdrawn = 0 ORDER BY evidence.id"
        )
    except (driver.Error, ValueError, TypeError, AttributeError):
        return {}  # what cannot be read is named already
    found: dict[str, list[str]] = {}
    for id, ref, sha256 in named:
        if sha256 in held and id not in erased:
            found.setdefault(sha256, []).append(ref)
    return found


def _contents(entry: EntryRow) -> list[str]:
    return str(json.loads(entry.facts).get("content", "")).split()


def fingerprint_of(entry: EntryRow) -> str:
    """The fingerprint of an entry, "" where its hash is none."""
    return journal.fingerprint(entry.seq, entry.hash) if isinstance(entry.hash, bytes) else ""


def _left(entry: EntryRow) -> str:
    try:
        return str(json.loads(entry.facts)["left"])
    except (ValueError, KeyError, TypeError):
        return ""


def known(entries: Sequence[EntryRow], fingerprint: str) -> list[Finding]:
    """Whether a fingerprint is one of this history; one left behind by a restore is named as that."""
    wanted = journal.normal_fingerprint(fingerprint)
    if any(fingerprint_of(entry) == wanted for entry in entries):
        return []
    left = {_left(entry): str(entry.seq) for entry in entries if entry.act == "restore"}
    if wanted in left:
        return [Finding(id="left_at_restore", where=left[wanted], facts={"fingerprint": wanted})]
    return [Finding(id="fingerprint_unknown", facts={"fingerprint": wanted})]
