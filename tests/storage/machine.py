"""What people do to a register, in any order, and a model of plain dictionaries that does the same."""

from __future__ import annotations

import csv
import itertools
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from riskreg import clock, register
from riskreg.changes import ChangeSet, addition, edit, filled
from riskreg.errors import Expected, Refused, Stale
from riskreg.exchange.importing import import_file
from riskreg.records import (
    KINDS,
    LISTED_KINDS,
    NEW_KINDS,
    Record,
    check,
    declared_links,
    stored,
    values,
)
from riskreg.records.fields import FieldKind, Fields, Links, Value, empty
from riskreg.records.incident import TRIGGERS
from riskreg.views import Reader, Register, View
from tests import strategies

State = dict[int, dict[str, Value]]
"""Records by id, with all their stored fields, their ref and `deleted_at`; those withdrawn are not in it."""

TEXTS: Final = (
    "A letter went astray",
    "外洩 of a list",
    "=SUM(A1:A2)",
    "Wait for K. Chan; then ask",
)
"""What stands in the cells of the files that are imported."""
titles = strategies.lines.filter(bool)


def state_of(reader: Reader) -> State:
    """All that a reader shows of every listed kind, the bin included."""
    views = (View(kinds=LISTED_KINDS), View(kinds=LISTED_KINDS, bin=True))
    ids = [id for view in views for id in reader.ids(view)]
    return {
        id: {
            "kind": record.kind, "ref": record.ref, "deleted_at": record.deleted_at,
            **{key: record.get(key) for key in stored(type(record))},
        }
        for id, record in reader.records(ids).items()
    }  # fmt: skip


LASTING = frozenset({"hold_reason", "hold_by", "is_privileged", "sent_at", *TRIGGERS})
"""Fields that keep a record from changing or leaving; what they do is tried in tests of their own."""


def plain_fields(kind: str) -> Mapping[str, FieldKind]:
    """The stored fields of a kind that are no links and change freely."""
    every = stored(KINDS[kind])
    return {
        key: what
        for key, what in every.items()
        if not isinstance(what, Links) and key not in LASTING
    }


def without_personal(state: dict[str, Value]) -> dict[str, Value]:
    """A record as erasing leaves it: what is not declared plain is empty."""
    every = stored(KINDS[str(state["kind"])])
    return state | {key: empty(what) for key, what in every.items() if not what.plain}


class Machine(RuleBasedStateMachine):
    """One register that people work on.

    Attributes:
        folder: Where its files lie.
        template: A new register that is copied.
    """

    folder: Path
    template: Path
    numbers = itertools.count()

    @initialize()
    def begin(self) -> None:
        self.path = self.folder / f"{next(self.numbers)}.riskreg"
        shutil.copyfile(self.template, self.path)
        self.register: Register = register.open(self.path)
        self.model: State = state_of(self.register)
        self.done: list[State] = []
        self.undone: list[State] = []
        self.then: dict[int, State] = {self.register.head().seq: self.model}
        self.older: list[Record] = []

    def changed(self, after: State) -> None:
        if after == self.model:
            return
        self.done.append(self.model)
        self.undone.clear()
        self.model = after
        self.then[self.register.head().seq] = after

    def apply(self, act: str, *changes: Any) -> Any:
        return self.register.apply(ChangeSet(act=act, changes=tuple(changes)))

    def added(self, id: int, kind: str, fields: Fields) -> State:
        """The model with one more record, which nobody has seen before."""
        assert not any(id in state for state in self.then.values()), "an id was given twice"
        ref = self.register.record(id).ref
        known = {str(record["ref"]) for state in self.then.values() for record in state.values()}
        assert ref not in known, "a ref was given twice"
        new = {"kind": kind, "ref": ref, "deleted_at": None, **filled(kind, fields)}
        return {id: new}

    def ours(self) -> list[int]:
        """The records that people made."""
        return [id for id, state in sorted(self.model.items()) if state["kind"] in NEW_KINDS]

    def someone(self, data: st.DataObject, kinds: Sequence[str]) -> Record:
        """A record of one of these kinds; there are always actions and steps."""
        known = {str(state["kind"]) for state in self.model.values()}
        kind = data.draw(st.sampled_from([kind for kind in kinds if kind in known]))
        ids = sorted(id for id, state in self.model.items() if state["kind"] == kind)
        return self.register.record(data.draw(st.sampled_from(ids)))

    def value(self, data: st.DataObject, kind: str, key: str) -> Value:
        what = stored(KINDS[kind])[key]
        drawn = data.draw(titles if key == "title" else strategies.values_of(what))
        return check.tidy(what, drawn)

    # what people do

    @rule(kind=st.sampled_from(NEW_KINDS), title=titles, data=st.data())
    def add(self, kind: str, title: str, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from([key for key in plain_fields(kind) if key != "title"]))
        fields = {"title": title, key: self.value(data, kind, key)}
        id = self.apply("add", addition(kind, fields)).new[-1]
        self.changed(self.model | self.added(id, kind, fields))

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        record = self.someone(data, LISTED_KINDS)
        self.older.append(record)
        keys = st.sampled_from(sorted(plain_fields(record.kind)))
        chosen = data.draw(st.lists(keys, min_size=1, max_size=3, unique=True))
        fields = {key: self.value(data, record.kind, key) for key in chosen}
        if change := edit(record, fields):
            self.apply("edit", change)
        self.changed(self.model | {record.id: self.model[record.id] | fields})

    @precondition(lambda self: self.older)
    @rule(data=st.data(), text=strategies.proses.filter(lambda text: not text.isspace()))
    def edit_from_an_older_copy(self, data: st.DataObject, text: str) -> None:
        record = data.draw(st.sampled_from(self.older))
        if record.id not in self.model or not (change := edit(record, {"notes": text})):
            return
        if self.model[record.id]["notes"] != record.notes:
            with pytest.raises(Stale):
                self.apply("edit", change)
            return
        self.apply("edit", change)
        self.changed(self.model | {record.id: self.model[record.id] | {"notes": text}})

    @rule(data=st.data())
    def link(self, data: st.DataObject) -> None:
        record = self.someone(data, [kind for kind in LISTED_KINDS if declared_links(KINDS[kind])])
        links = declared_links(type(record))
        key = data.draw(st.sampled_from(sorted(links)))
        there = sorted(id for id, state in self.model.items() if state["kind"] == links[key].to)
        size = min(1 if links[key].one else 3, len(there))
        wanted = data.draw(st.frozensets(st.sampled_from(there or [0]), max_size=size))
        if change := edit(record, {key: wanted}):
            self.apply("link", change)
        self.changed(self.model | {record.id: self.model[record.id] | {key: wanted}})

    @precondition(lambda self: self.ours())
    @rule(data=st.data())
    def move_to_the_bin_or_back(self, data: st.DataObject) -> None:
        record = self.register.record(data.draw(st.sampled_from(self.ours())))
        moment = None if record.deleted_at else values.Instant.at(clock.now())
        change = edit(record, {"deleted_at": moment})
        assert change is not None
        self.apply("delete" if moment else "unbin", change)
        self.changed(self.model | {record.id: self.model[record.id] | {"deleted_at": moment}})

    @precondition(lambda self: self.ours())
    @rule(data=st.data(), bad=st.sampled_from(["", "a\x00b"]))
    def try_what_cannot_be(self, data: st.DataObject, bad: str) -> None:
        record = self.register.record(data.draw(st.sampled_from(self.ours())))
        if not (change := edit(record, {"title": bad})):  # it was erased
            return
        with pytest.raises(Refused):
            self.apply("edit", change, addition("risk", {"title": "would be fine"}))

    @rule(kind=st.sampled_from(NEW_KINDS), count=st.integers(1, 4), data=st.data())
    def import_a_file(self, kind: str, count: int, data: st.DataObject) -> None:
        """A file with new rows and, where there are some, rows of records that are there."""
        here = [id for id in self.ours() if self.model[id]["kind"] == kind]
        known = st.sampled_from([id for id in here if not self.model[id]["deleted_at"]] or [0])
        chosen = data.draw(st.lists(known, max_size=2, unique=True))
        texts = {id: data.draw(st.sampled_from(TEXTS)) for id in chosen if id}
        new = [
            (f"Row {next(self.numbers)}", data.draw(st.sampled_from(TEXTS))) for _ in range(count)
        ]
        path = self.path.with_suffix(".csv")
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(
                [("Ref", "Title", "Notes")]
                + [(str(self.model[id]["ref"]), "", text) for id, text in texts.items()]
                + [("", title, text) for title, text in new]
            )
        report = import_file(self.register, path, kind=kind)
        assert report.staged.rejections == ()
        assert report.applied is not None
        after = self.model | {id: self.model[id] | {"notes": text} for id, text in texts.items()}
        made = [report.applied.new[id] for id in sorted(report.applied.new, reverse=True)]
        for id, (title, text) in zip(made, new, strict=True):
            after |= self.added(id, kind, {"title": title, "notes": text})
        self.changed(after)

    @precondition(lambda self: self.ours())
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        """What is personal is gone, also from every moment of the past; undo does not go past it."""
        id = data.draw(st.sampled_from(self.ours()))
        self.register.erase(id, "asked")
        for seq, state in self.then.items():
            if id in state:
                self.then[seq] = state | {id: without_personal(state[id])}
        self.model = self.model | {id: without_personal(self.model[id])}
        self.then[self.register.head().seq] = self.model
        self.done.clear()
        self.undone.clear()

    @rule()
    def undo(self) -> None:
        if not self.done:
            with pytest.raises(Expected, match="nothing to undo"):
                self.register.undo()
            return
        self.register.undo()
        self.undone.append(self.model)
        self.model = self.done.pop()
        self.then[self.register.head().seq] = self.model

    @rule()
    def redo(self) -> None:
        if not self.undone:
            with pytest.raises(Expected, match="nothing to redo"):
                self.register.redo()
            return
        self.register.redo()
        self.done.append(self.model)
        self.model = self.undone.pop()
        self.then[self.register.head().seq] = self.model

    @rule()
    def note(self) -> None:
        self.register.note("export", {"file": "x.xlsx"})

    @rule()
    def reopen(self) -> None:
        self.register.close()
        self.register = register.open(self.path)

    # what always holds

    @invariant()
    def register_equals_the_model(self) -> None:
        assert state_of(self.register) == self.model
        assert (self.register.undoable() is not None) == bool(self.done)
        assert (self.register.redoable() is not None) == bool(self.undone)

    @invariant()
    def replay_of_the_journal_equals_the_tables(self) -> None:
        assert self.register.verify().findings == ()

    @invariant()
    def both_sides_of_links_agree(self) -> None:
        for id, state in self.model.items():
            for key, links in declared_links(KINDS[str(state["kind"])]).items():
                for target in cast("frozenset[int]", state[key]):
                    assert id in self.register.links(target)[links.back]

    def at_the_end(self) -> None:
        """What else must hold of the register when they are done."""

    def teardown(self) -> None:
        if not hasattr(self, "register"):
            return
        try:
            for seq in list(self.then)[-3:]:
                assert state_of(self.register.as_of(seq)) == self.then[seq]
            self.at_the_end()
        finally:
            self.register.close()
            for left in self.folder.glob(f"{self.path.stem}.*"):
                left.unlink()
