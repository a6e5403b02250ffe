"""A record as the panel was filled from it: its fields, what it is tied to, and its entries in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from riskreg.records import Record, every_field
from riskreg.records.fields import Value
from riskreg.views import Entry, Reader
from ui import titles


class Stored(NamedTuple):
    """One record at one moment."""

    record: Record
    links: Mapping[str, frozenset[int]]
    """Declared and mirrored, by field."""
    entries: tuple[Entry, ...]
    """All that changed it, newest first, each with its change of this record."""

    @property
    def first(self) -> Entry | None:
        """The entry that made it."""
        return self.entries[-1] if self.entries else None

    @property
    def near(self) -> frozenset[int]:
        """The record and those it is tied to: when one of them changes, what is shown does."""
        return frozenset({self.record.id}).union(*self.links.values())

    def values(self, language: str) -> dict[str, Value]:
        """Its fields as a form shows them; titles of the catalogue in the language of the window."""
        record = self.record
        own = {key: record.get(key) for key in every_field(type(record)) if hasattr(record, key)}
        title = titles.title(record.kind, record.ref, record.title, language)
        return {**self.links, **own, "title": title}

    def since(self, version: int) -> Mapping[str, Entry]:
        """Who changed which field last, after the record had this version."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            for change in entry.changes:
                if change.id == self.record.id and change.version > version:
                    for key in (*(change.before or ()), *(change.after or ())):
                        found.setdefault(key, entry)
        return found


def read(reader: Reader, id: int) -> Stored:
    """A record as it is stored; raises `Expected` ("no_record")."""
    return Stored(reader.record(id), reader.links(id), tuple(reader.log(id=id)))
