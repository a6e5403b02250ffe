"""The records of one kind, in memory, as the reports about a kind need them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from riskreg.errors import Expected
from riskreg.records import KINDS, columns
from riskreg.records.fields import Choice, Value
from riskreg.reports.asked import Asked
from riskreg.reports.rows import Speech, all_names, all_rows, label_of
from riskreg.rules.meaning import meaning_of
from riskreg.rules.statistics import IN_FORCE, STATUS_LISTS
from riskreg.views import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Records as values by column, and what turns them into words."""

    kind: str
    ids: Sequence[int]
    records: Sequence[Mapping[str, Value]]
    speech: Speech
    today: date

    def say(self, record: Mapping[str, Value], key: str) -> str:
        """A value in words."""
        return self.speech.value(self.kind, key, record[key])

    def meant(self, record: Mapping[str, Value], key: str) -> str | None:
        """The built-in choice that the value of a field with one choice counts as."""
        what = cast("Choice", columns(KINDS[self.kind])[key])
        value = cast("str | None", record[key])
        return meaning_of(self.speech.vocabulary, what.terms, value)

    def label(self, key: str) -> str:
        """What a column is called."""
        return label_of(self.speech.t, self.kind, key)

    def is_in_force(self, record: Mapping[str, Value]) -> bool:
        """Whether a record is done and still looked after."""
        terms = self.speech.vocabulary.terms_of(STATUS_LISTS[self.kind])
        return terms.meaning(str(record["status"] or "")) in IN_FORCE.get(self.kind, ())

    def is_open(self, record: Mapping[str, Value]) -> bool:
        """Whether a record still calls for attention."""
        terms = self.speech.vocabulary.terms_of(STATUS_LISTS[self.kind])
        return terms.is_open(cast("str | None", record["status"]))


def gather(asked: Asked, kind: str, sort: tuple[tuple[str, bool], ...]) -> Gathered:
    """All records of a kind, or the one that is asked for; raises `Expected` ("no_record") where it is of another kind."""
    reader = asked.reader
    keys = tuple(key for key in columns(KINDS[kind]) if key not in ("created_at", "deleted_at"))
    view = View(kinds=(kind,), columns=keys, sort=sort)
    rows = all_rows(reader, view, [_id(asked, kind)] if asked.ref else reader.ids(view), asked.work)
    return Gathered(
        kind=kind,
        ids=[row.id for row in rows],
        records=[dict(zip(keys, row.values, strict=True)) for row in rows],
        speech=Speech(
            t=asked.t, vocabulary=reader.vocabulary, names=all_names(reader, rows), zone=asked.zone
        ),
        today=asked.today,
    )


def _id(asked: Asked, kind: str) -> int:
    id = asked.reader.find(asked.ref)
    if asked.reader.record(id).kind != kind:
        raise Expected("no_record", ref=asked.ref)
    return id
