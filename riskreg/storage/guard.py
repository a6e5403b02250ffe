"""Before a file is opened: is it a register, ours, whole, and of a format this program knows?

The header is read only while this process does not have the file open: closing a second handle would
drop SQLite's locks on it (reliability.md, finding 3).
"""

from __future__ import annotations

import json
import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Connection, Engine

from riskreg.errors import Expected
from riskreg.plain_files import status
from riskreg.storage.engine import APPLICATION_ID, FORMAT, failures
from riskreg.storage.schema import SEARCH_DDL, metadata

_MAGIC: Final = b"SQLite format 3\0"
_QUICK_CHECK_BYTES: Final = 16_000_000
"""Up to this size a file is checked page by page at opening (milliseconds); larger ones by `verify`."""
_LOOKS: Final = {
    b"PK\x03\x04": "a workbook or zip archive",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    _MAGIC[:4]: "a database of another program",
}
_open_here: Counter[tuple[int, int]] = Counter()


class Identity(NamedTuple):
    """Which file it is, whatever it is called."""

    device: int
    inode: int


def identity(path: Path) -> Identity:
    """The identity of a file; raises `Expected` ("not_found", "not_a_file")."""
    found = status(path, "not_a_file")
    return Identity(found.st_dev, found.st_ino)


def hold(which: Identity) -> None:
    """Remember that this process has the file open."""
    _open_here[which] += 1


def release(which: Identity) -> None:
    """Forget one opening of it."""
    _open_here[which] -= 1


def check_header(path: Path) -> int:
    """The format of a register, from its first hundred bytes and its length; that of this program where it is open here.

    Raises:
        Expected: It is no register, of a newer format, cut off or empty.
    """
    if _open_here[identity(path)] > 0:
        return FORMAT
    size = path.stat().st_size
    if size == 0:
        raise Expected("empty_file", path=path.name)
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise Expected("cannot_read", path=path.name, reason=error.strerror or "") from None
    _check(path, header, size)
    return _number(header, 60)


def _check(path: Path, header: bytes, size: int) -> None:
    if len(header) < 100 or not header.startswith(_MAGIC) or _number(header, 68) != APPLICATION_ID:
        if header.startswith(_MAGIC[: len(header)]) and len(header) < 100:
            raise Expected("damaged", path=path.name, detail="it is cut off")
        raise Expected("not_a_register", path=path.name, looks_like=looks_like(header))
    version = _number(header, 60)
    if version > FORMAT:
        raise Expected("newer_register", path=path.name, found=version, known=FORMAT)
    if version == 0:
        raise Expected("not_a_register", path=path.name, looks_like="-")
    page = int.from_bytes(header[16:18], "big")
    page = 65_536 if page == 1 else page
    if size < page * _number(header, 28) and not path.with_name(path.name + "-journal").exists():
        raise Expected("damaged", path=path.name, detail="it is cut off")


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at : at + 4], "big")


def looks_like(header: bytes) -> str:
    """What a file seems to be, in two words."""
    for start, name in _LOOKS.items():
        if header.startswith(start):
            return name
    try:
        header.decode("utf-8")
    except UnicodeDecodeError:
        return "encrypted, or of another program"
    return "text"


@cache
def expected_schema(version: int) -> frozenset[tuple[str, str, str, str]]:
    """Every part of a register of a format: type, name, table, normalised SQL, as its migrations make them.

    They are kept as a file a format, for a table that a later step alters has another text than one
    made at once, and running every step takes longer than opening a register.
    """
    kept = Path(__file__).with_name("migrations") / f"format-{version}.json"
    rows = json.loads(kept.read_text(encoding="utf-8"))
    return frozenset((kind, name, table, sql) for kind, name, table, sql in rows)


def create_tables(connection: Connection) -> None:
    """Make every table as the declarations say, for a register in memory."""
    metadata.create_all(connection)
    connection.exec_driver_sql(SEARCH_DDL)


def schema_of(connection: Connection) -> frozenset[tuple[str, str, str, str]]:
    """Every part of the file behind a connection: type, name, table, normalised SQL."""
    rows = connection.exec_driver_sql(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema"
    )
    return frozenset((kind, name, table, " ".join(sql.split())) for kind, name, table, sql in rows)


def check_parts(path: Path, engine: Engine, version: int = FORMAT) -> None:
    """Refuse a file whose schema holds anything else than a format has, or whose pages do not hold together."""
    with failures(path), engine.connect() as connection:
        found, wanted = schema_of(connection), expected_schema(version)
        if found != wanted:
            parts = sorted(f"{kind} {name}" for kind, name, _, _ in found ^ wanted)
            raise Expected("foreign_parts", path=path.name, parts=", ".join(dict.fromkeys(parts)))
        if os.path.getsize(path) <= _QUICK_CHECK_BYTES:  # noqa: PTH202 (stat, never open)
            answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            if answer != "ok":
                raise Expected("damaged", path=path.name, detail="SQLite")
