"""Connections to the register file: one writer and `query_only` readers, each PRAGMA set, read back and asserted.

Why rollback journal and EXTRA: with the file replaced while open this mode refuses the write, and a
commit that was acknowledged survives a power cut (reliability.md, findings 1 and 2).
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from riskreg.errors import Expected

APPLICATION_ID: Final = 0x52524547  # "RREG"
FORMAT: Final = 2
"""The file format this program writes: `user_version`."""

Mode = Literal["write", "read"]

_EVERYWHERE: Final = {
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "temp_store": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
}
_WRITER: Final = {"synchronous": 3, "fullfsync": 1, "cache_spill": 0, "cache_size": -65536}
_READER: Final = {"query_only": 1, "cache_size": -16384}
_WAIT_MS: Final[dict[Mode, int]] = {"write": 10_000, "read": 3_000}


def uri(path: Path, mode: str) -> str:
    """A SQLite address of a file whose name may hold any character; it never creates the file."""
    return f"{path.absolute().as_uri()}?mode={mode}"


def connect(path: Path, mode: Mode, wait_ms: int | None = None) -> Any:  # noqa: ANN401
    """A driver connection with every setting in force.

    A reader opens the file for writing too, where it may, and `query_only` keeps it from changing
    anything: only so can SQLite take back what an interrupted write left.
    """
    connection = driver.connect(
        uri(path, "rw"),
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    _set(connection, "busy_timeout", _WAIT_MS[mode] if wait_ms is None else wait_ms)
    for name, wanted in (_EVERYWHERE | (_WRITER if mode == "write" else _READER)).items():
        _set(connection, name, wanted)
    if mode == "write":
        _set(connection, "journal_mode", "delete")
    _teach(connection)
    return connection


def _set(connection: Any, name: str, wanted: int | str) -> None:  # noqa: ANN401
    connection.execute(f"PRAGMA {name} = {wanted}").fetchall()
    answer = connection.execute(f"PRAGMA {name}").fetchone()
    if name in ("mmap_size", "fullfsync") and answer is None:
        return  # left out of this build of SQLite, so there is nothing to switch
    if name == "cache_spill":
        wanted = 0
    if answer is None or answer[0] != wanted:
        raise RuntimeError(f"SQLite did not take {name} = {wanted}: {answer}")


def _teach(connection: Any) -> None:  # noqa: ANN401
    """Functions of ours for statements: SQLite folds the case of ASCII alone."""
    connection.create_function("casefold", 1, str.casefold)


def engine_of(connection: Any, begin: str) -> Engine:  # noqa: ANN401
    """An engine over one driver connection; `begin` is the statement that starts its transactions."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: connection,
        module=driver,
        poolclass=StaticPool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(opened: Connection) -> None:
        opened.exec_driver_sql(begin)

    return engine


def writer(path: Path) -> Engine:
    """The one writer of a register: transactions begin IMMEDIATE."""
    return engine_of(connect(path, "write"), "BEGIN IMMEDIATE")


def reader(path: Path, wait_ms: int | None = None) -> Engine:
    """A reader: `query_only`, transactions begin deferred."""
    return engine_of(connect(path, "read", wait_ms), "BEGIN")


def memory(content: bytes | None = None) -> Engine:
    """A register in memory, empty."""
    connection = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA temp_store = 2")
    _teach(connection)
    return engine_of(connection, "BEGIN")


def snapshot(engine: Engine) -> Engine:
    """A copy of a whole register in memory, made page by page; nothing waits for whoever reads it."""
    copy = memory()
    copied(engine, raw(copy))
    return copy


def copied(engine: Engine, target: Any, pages: int = -1, progress: Any = None) -> None:  # noqa: ANN401
    """Copy a register into another driver connection with SQLite's backup."""
    with failures():
        raw(engine).backup(target, pages=pages, progress=progress)


def raw(engine: Engine) -> Any:  # noqa: ANN401
    """The driver connection of an engine that has only one."""
    return engine.raw_connection().driver_connection


_SENTENCES: Final = {
    5: "busy",  # SQLITE_BUSY
    6: "busy",  # SQLITE_LOCKED
    11: "damaged",  # SQLITE_CORRUPT
    13: "disk_full",  # SQLITE_FULL
    26: "not_a_register",  # SQLITE_NOTADB
}
_TEXTS: Final = {
    "full": "disk_full",
    "locked": "busy",
    "malformed": "damaged",
    "not a database": "not_a_register",
}
"""What the driver says where it gives no code: its backup does not (sqlcipher3 0.6.4)."""
_READONLY_MOVED: Final = 1032  # SQLITE_READONLY_DBMOVED


@contextmanager
def failures(path: Path | None = None) -> Iterator[None]:
    """Turn what the environment did (full disk, moved file, damage) into `Expected`; bugs pass through."""
    try:
        yield
    except DBAPIError as error:
        found = _expected(error.orig, path)
        if found is None:
            raise
        raise found from None
    except driver.Error as error:
        found = _expected(error, path)
        if found is None:
            raise
        raise found from None
    except UnicodeDecodeError:
        # text of the schema itself that is not UTF-8: the driver lets it through as it is
        raise Expected("damaged", path=path.name if path else "", detail="text") from None
    except OSError as error:
        raise of_os(error, path) from None


def _expected(error: object, path: Path | None) -> Expected | None:
    code = getattr(error, "sqlite_errorcode", None)
    name = path.name if path else ""
    if code is None:
        return _of_text(str(error), name)
    if code == _READONLY_MOVED:
        return Expected("moved")
    match code & 0xFF:
        case 8:  # SQLITE_READONLY
            return Expected("cannot_write", path=name, reason="read-only")
        case 10:  # SQLITE_IOERR; an error of the disk, or a full one behind a limit
            return Expected(
                "cannot_write", path=name, reason=str(getattr(error, "sqlite_errorname", "I/O"))
            )
        case 14:  # SQLITE_CANTOPEN
            return Expected(
                "cannot_write", path=name, reason="the folder is read-only or the file is gone"
            )
        case primary if primary in _SENTENCES:
            return Expected(_SENTENCES[primary], path=name, detail="SQLite", looks_like="-")
        case _:
            return None


def _of_text(said: str, name: str) -> Expected | None:
    if "decode" in said:  # text that is not UTF-8
        return Expected("damaged", path=name, detail="text")
    if "I/O error" in said or "readonly" in said or "unable to open" in said:
        return Expected("cannot_write", path=name, reason="I/O")
    found = next((id for words, id in _TEXTS.items() if words in said), None)
    return Expected(found, path=name, detail="SQLite", looks_like="-") if found else None


def of_os(error: OSError, path: Path | None) -> Expected:
    """An error of the operating system as the user's sentences."""
    if error.errno == errno.ENOSPC:
        return Expected("disk_full")
    reason = error.strerror or type(error).__name__
    name = path or Path(error.filename or "")
    return Expected("cannot_write", path=name.name, reason=reason)
