"""What planning asks of the store, answered inside the writer's transaction."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from riskreg.records import Record
from riskreg.storage import schema, writer
from riskreg.storage.stored_records import chunks, read_records
from riskreg.views import Name


class StoredPresent:
    """`planning.Present` over a connection whose transaction is open."""

    def __init__(self, connection: Connection, year: int) -> None:
        self._connection = connection
        self._refs = writer.Refs(connection, year)

    def records(self, ids: list[int]) -> Mapping[int, Record]:
        """Records by id, withdrawn ones too."""
        return read_records(self._connection, ids, withdrawn=True)

    def withdrawn(self, ids: list[int]) -> frozenset[int]:
        """Which of these are withdrawn."""
        table = schema.records.c
        found: set[int] = set()
        for chosen in chunks(ids):
            asked = select(table.id).where(table.id.in_(chosen), table.withdrawn == 1)
            found |= set(self._connection.execute(asked).scalars())
        return frozenset(found)

    def names(self, ids: list[int]) -> Mapping[int, Name]:
        """What records are called."""
        table = schema.records.c
        found: dict[int, Name] = {}
        for chosen in chunks(ids):
            asked = select(table.id, table.kind, table.ref, table.title).where(
                table.id.in_(chosen), table.withdrawn == 0
            )
            found |= {row[0]: Name(*row[1:]) for row in self._connection.execute(asked).all()}
        return found

    def next_id(self) -> int:
        """The first id that was never given."""
        return writer.next_id(self._connection)

    def next_ref(self, kind: str) -> str:
        """A ref that was never given."""
        return self._refs.next(kind)
