"""A register whose editor died in the middle of a write: its journal is still there and hot."""

from __future__ import annotations

import shutil
from pathlib import Path

import sqlcipher3.dbapi2 as driver

PRAGMAS = ("synchronous = EXTRA", "cache_size = 5", "cache_spill = 1", "journal_mode = DELETE")


def make_hot(path: Path) -> None:
    """Leave the file as a kill in mid-write leaves it: pages half written, the journal holding the old ones."""
    copy = path.with_name("while-writing.riskreg")
    connection = driver.connect(path.as_uri(), uri=True, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE records SET title = title || ' half written'")
    connection.execute("UPDATE change SET plain = plain || ' '")
    shutil.copyfile(
        path, copy
    )  # another file is opened for writing; the locks of this one do not matter
    shutil.copyfile(journal_of(path), journal_of(copy))
    connection.execute("ROLLBACK")
    connection.close()
    copy.replace(path)
    journal_of(copy).replace(journal_of(path))


def journal_of(path: Path) -> Path:
    return path.with_name(path.name + "-journal")
