"""Every write to an open register file as one transaction.

`riskreg.register` is the only caller; it decides what may happen, this file makes it happen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, select

from riskreg import planning
from riskreg.changes import Changed, ChangeSet
from riskreg.errors import N_, Problem, Refused
from riskreg.planning import Planned
from riskreg.records import KINDS, Record, values
from riskreg.records.base import derived
from riskreg.rules import own
from riskreg.rules.derive import Given, derive
from riskreg.rules.meaning import meanings
from riskreg.storage import blobs, drafts, erasure, following, holds, journal, schema, writer
from riskreg.storage.engine import raw
from riskreg.storage.open_file import OpenFile, stamp
from riskreg.storage.present import StoredPresent
from riskreg.storage.stored_records import own_records, read_records
from riskreg.views import Actor, Draft
from riskreg.work import CHECKING, CLEANING, QUIET, SAVING, Work

_FEW: Final = 8
"""Up to so many refs are named in an entry's facts."""


class Store(OpenFile):
    """An open register file that is written to. That is the door's matter: one call at a time."""

    def write(
        self,
        changes: ChangeSet,
        moment: values.Instant,
        actor: Actor,
        rules: planning.Rules,
        work: Work = QUIET,
        year: int | None = None,
    ) -> Changed:
        """Check a change set, write it and append its entry; nothing where nothing differs."""
        work.step(CHECKING)
        at = stamp(moment)
        with self._changing() as connection:
            before, rules = rules, self._rules_then(connection, changes, rules)
            present = StoredPresent(connection, year or moment.utc.year)
            planned, new = planning.plan(
                changes.changes, present, rules, work, is_return=changes.undoes is not None
            )
            if not planned:
                return Changed(seq=0)
            if changes.undoes is None and (wrong := tuple(blobs.problems(connection, planned))):
                raise Refused(wrong)
            holds.refuse_removal(connection, planned)
            writer.write(connection, planned, at, self.words, work)
            writer.keep_files(connection, changes.files)
            stale = self._stale(connection, planned, _read_anew(planned, before, rules))
            found = {each.id: each for each in (*stale, *following.touched(connection, planned))}
            again = list(found.values())
            self._derive(connection, again, rules.given)
            entry = writer.append(
                connection,
                register=self._register,
                at=at,
                actor=actor,
                act=changes.act,
                facts=_named(changes, planned),
                undoes=changes.undoes,
                planned=planned,
                work=work,
            )
            work.step(SAVING, len(planned), len(planned))
        self.history.add(journal.Step(entry.seq, entry.act, entry.undoes, True))
        ids = frozenset(item.change.id for item in planned) | {record.id for record in again}
        return Changed(seq=entry.seq, ids=ids, kinds=_kinds(planned), new=new)

    def _rules_then(
        self, connection: Connection, changes: ChangeSet, rules: planning.Rules
    ) -> planning.Rules:
        """The rules as they will be, where a change set touches choices or the scale.

        Everything in it is held against the new ones: scores that were mapped to the new scale too.
        """
        touching = tuple(change for change in changes.changes if change.kind in own.KINDS)
        if not touching:
            return rules
        present = StoredPresent(connection, rules.at.utc.year)
        known = {record.id: record for record in own_records(connection)}
        found = {**known, **planning.resulting(touching, present, rules)}
        records = [record for record in found.values() if record is not None]
        several = own.several_in_force(records)
        if several and changes.undoes is None:
            raise Refused(tuple(_one_scale(record) for record in several))
        vocabulary = own.overlaid(rules.vocabulary.base, records)
        given = replace(rules.given, vocabulary=vocabulary)
        return planning.Rules(vocabulary=vocabulary, given=given, at=rules.at)

    def _stale(
        self, connection: Connection, planned: list[Planned], touched: frozenset[str]
    ) -> list[Record]:
        """Records whose derived fields read a kind that was touched, besides those written now."""
        done = {item.change.id for item in planned}
        kinds = [
            name
            for name, kind in KINDS.items()
            if any(touched & {*what.reads} for what in derived(kind).values())
        ]
        asked = select(schema.records.c.id).where(
            schema.records.c.kind.in_(kinds), schema.records.c.withdrawn == 0
        )
        ids = (
            [id for id in connection.execute(asked).scalars().all() if id not in done]
            if kinds
            else []
        )
        return list(read_records(connection, ids).values())

    def _derive(self, connection: Connection, records: Iterable[Record], given: Given) -> None:
        """Compute derived fields anew, outside the journal."""
        known = list(records)
        fresh = [record.having(derive(record, given)) for record in known]
        fresh = following.followed(connection, fresh, given.vocabulary)
        pairs = zip(known, fresh, strict=True)
        writer.rewrite(connection, [after for before, after in pairs if after != before])

    def derive_again(
        self, act: str, facts: Mapping[str, str], moment: values.Instant, actor: Actor, given: Given
    ) -> None:
        """Compute every derived field and the catalogue's words anew, and say so in the journal."""
        with self._changing() as connection:
            ids = (
                connection.execute(
                    select(schema.records.c.id).where(schema.records.c.withdrawn == 0)
                )
                .scalars()
                .all()
            )
            self._derive(connection, read_records(connection, list(ids)).values(), given)
            writer.reindex(connection, read_records(connection, list(ids)).values(), self.words)
            step = self._append(connection, act, facts, moment, actor)
        self.history.add(step)

    def _append(
        self,
        connection: Connection,
        act: str,
        facts: Mapping[str, str],
        moment: values.Instant,
        actor: Actor,
        planned: tuple[Planned, ...] = (),
    ) -> journal.Step:
        """Append an entry; the history is told once it is kept."""
        entry = writer.append(
            connection,
            register=self._register,
            at=stamp(moment),
            actor=actor,
            act=act,
            facts=facts,
            planned=planned,
        )
        return journal.Step(entry.seq, act, None, bool(planned))

    def note(
        self, act: str, facts: Mapping[str, str], moment: values.Instant, actor: Actor
    ) -> None:
        """Append an entry without changes."""
        with self._changing() as connection:
            step = self._append(connection, act, facts, moment, actor)
        self.history.add(step)

    def keep_draft(self, key: str, moment: values.Instant, content: Mapping[str, Any]) -> None:
        """Keep a draft; the history knows nothing of it."""
        with self._changing() as connection:
            drafts.keep(connection, key, stamp(moment), content)

    def drop_draft(self, key: str) -> None:
        """Forget a draft."""
        with self._changing() as connection:
            drafts.drop(connection, key)

    def drafts(self) -> list[Draft]:
        """What was being typed, newest first."""
        with self.asking() as connection:
            return drafts.every(connection)

    def erase(
        self,
        ids: Sequence[int],
        facts: Mapping[int, Mapping[str, str]],
        moment: values.Instant,
        actor: Actor,
        given: Given,
        work: Work,
    ) -> int:
        """Remove every personal payload of records from journal, tables, index and free pages; how many entries it touched.

        Each has an entry of its own, with its facts; all of them go or none.
        """
        touched, steps = 0, []
        with self._changing() as connection:
            erasure.refuse_held(connection, ids)
            for place, id in enumerate(ids):
                work.step(CLEANING, place, len(ids) + 1)
                planned, count = erasure.empty(connection, id, moment, given, self.words)
                touched += count
                self._follow(connection, planned, given)
                steps.append(
                    self._append(connection, "erase", facts[id], moment, actor, (planned,))
                )
            drafts.drop_all(connection)  # what was being typed may say it again
            writer.forget_words(connection)
        for step in steps:
            self.history.add(step)
        self._clean()
        return touched

    def _follow(self, connection: Connection, planned: Planned, given: Given) -> None:
        """Derive anew what reads the choices or the scale that was emptied, and a next date that follows from others."""
        kind = planned.change.kind
        stale = following.touched(connection, [planned])
        if kind in own.KINDS:
            vocabulary = own.overlaid(given.vocabulary.base, own_records(connection))
            given = replace(given, vocabulary=vocabulary)
            stale += self._stale(connection, [planned], frozenset({kind}))
        self._derive(connection, stale, given)

    def _clean(self) -> None:
        """Drop every free page from the file.

        They hold nothing any more (`secure_delete`), so that want of space is no failure.
        """
        if self._writing is not None:
            with suppress(driver.Error):
                raw(self._writing).execute("VACUUM")


def _one_scale(record: Record) -> Problem:
    """A scale that would be in force beside another."""
    reason = N_("one scale is in force at a time; take the other out of force in the same step")
    return Problem(kind="scale", field="is_default", reason=reason, ref=record.ref, id=record.id)


def _kinds(planned: Iterable[Planned]) -> frozenset[str]:
    return frozenset(item.change.kind for item in planned)


def _read_anew(
    planned: Iterable[Planned], before: planning.Rules, after: planning.Rules
) -> frozenset[str]:
    """The kinds that were touched; choices only where one counts as another than before."""
    kinds = _kinds(planned)
    is_same = meanings(before.vocabulary) == meanings(after.vocabulary)
    return kinds - {"terms"} if is_same else kinds


def _named(changes: ChangeSet, planned: list[Planned]) -> dict[str, str]:
    """The facts, with how many records changed and, where they are few, which; and what content came with them."""
    known = {"count": str(len(planned)), **changes.facts}
    if changes.files:
        known["content"] = " ".join(sorted(changes.files))
    if len(planned) <= _FEW and "refs" not in known:
        refs = [
            item.record.ref if item.record else item.was.ref if item.was else "" for item in planned
        ]
        known["refs"] = " ".join(refs)
    return known
