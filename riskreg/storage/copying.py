"""A copy of a register in memory that leaves the large content out: row by row, each value as it is stored."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Engine

from riskreg.storage import schema
from riskreg.storage.engine import memory, raw

_INDEX: Final = ("search_data", "search_idx", "search_docsize", "search_config")
"""Where FTS5 keeps an index that has no content of its own."""


def without(engine: Engine, left_out: str) -> Engine:
    """Copy every table but one, all as of one moment; nobody waits for whoever reads the copy.

    The columns of the copy have no type, so that SQLite changes nothing it is given: what is stored
    as text in a column of numbers must be found. SQLite's own check is made on the file: `verify.pages`.

    Args:
        engine: A reader; while it copies it may write, into memory alone.
        left_out: The table of which the copy has the columns and no rows.
    """
    connection = raw(engine)
    was = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = 0")
    connection.execute("ATTACH ':memory:' AS copy")
    try:
        connection.execute(schema.SEARCH_DDL.replace("TABLE search", "TABLE copy.search"))
        connection.execute("BEGIN")
        try:
            _fill(connection, left_out)
        finally:
            connection.execute("COMMIT")
        whole = memory()
        connection.backup(raw(whole), name="copy")
    finally:
        connection.execute("DETACH copy")
        connection.execute(f"PRAGMA query_only = {was}")
    return whole


def _fill(connection: Any, left_out: str) -> None:  # noqa: ANN401
    names = [name for name in schema.metadata.tables if name != left_out]
    for name in (*names, "alembic_version", left_out):
        columns = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{name}")')]
        listed = ", ".join(f'"{column}"' for column in columns)
        connection.execute(f'CREATE TABLE copy."{name}" ({listed})')
        if name != left_out:
            connection.execute(f'INSERT INTO copy."{name}" SELECT {listed} FROM main."{name}"')
    for name in _INDEX:
        connection.execute(f"DELETE FROM copy.{name}")
        connection.execute(f"INSERT INTO copy.{name} SELECT * FROM main.{name}")
