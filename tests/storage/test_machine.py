"""Anything people do, in any order, against a model of plain dictionaries; undo, redo and reopening included."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from riskreg import clock, register
from riskreg.changes import ChangeSet, addition, edit
from riskreg.errors import Expected, Refused, Stale
from riskreg.records import KINDS, Record, declared_links, stored, values
from riskreg.records.fields import Links, Value, empty
from riskreg.views import Reader, Register, View
from tests import strategies

State = dict[int, dict[str, Value]]
"""Records by id, with all their stored fields, their ref and `deleted_at`; those withdrawn are not in it."""

ADDABLE = ("risk", "asset", "party", "incident")
titles = strategies.lines.filter(bool)


def state_of(reader: Reader) -> State:
    """All that a reader shows of the kinds that people add, the bin included."""
    ids = [*reader.ids(View(kinds=ADDABLE)), *reader.ids(View(kinds=ADDABLE, bin=True))]
    return {
        id: {
            "kind": record.kind, "ref": record.ref, "deleted_at": record.deleted_at,
            **{key: record.get(key) for key in stored(type(record))},
        }
        for id, record in reader.records(ids).items()
    }  # fmt: skip


class Machine(RuleBasedStateMachine):
    folder: Path
    template: Path
    numbers = itertools.count()

    @initialize()
    def begin(self) -> None:
        self.path = self.folder / f"{next(self.numbers)}.riskreg"
        shutil.copyfile(self.template, self.path)
        self.register: Register = register.open(self.path)
        self.model: State = {}
        self.done: list[State] = []
        self.undone: list[State] = []
        self.then: dict[int, State] = {self.register.head().seq: {}}
        self.older: list[Record] = []

    # what people do

    def changed(self, after: State) -> None:
        if after == self.model:
            return
        self.done.append(self.model)
        self.undone.clear()
        self.model = after
        self.then[self.register.head().seq] = after

    def apply(self, act: str, *changes: Any) -> Any:
        return self.register.apply(ChangeSet(act=act, changes=tuple(changes)))

    @rule(kind=st.sampled_from(ADDABLE), title=titles, data=st.data())
    def add(self, kind: str, title: str, data: st.DataObject) -> None:
        key = data.draw(
            st.sampled_from(
                [
                    key
                    for key in stored(KINDS[kind])
                    if key != "title" and not self.is_link(kind, key)
                ]
            )
        )
        fields = {"title": title, key: data.draw(strategies.values_of(stored(KINDS[kind])[key]))}
        id = self.apply("add", addition(kind, fields)).new[-1]
        assert id not in {id for state in self.then.values() for id in state}, (
            "an id was given twice"
        )
        record = self.register.record(id)
        blank = {key: empty(what) for key, what in stored(KINDS[kind]).items()}
        self.changed(
            self.model
            | {id: {"kind": kind, "ref": record.ref, "deleted_at": None, **blank, **fields}}
        )

    def is_link(self, kind: str, key: str) -> bool:
        return isinstance(stored(KINDS[kind])[key], Links)

    def someone(self, data: st.DataObject) -> Record:
        return self.register.record(data.draw(st.sampled_from(sorted(self.model))))

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        record = self.someone(data)
        self.older.append(record)
        keys = [key for key in stored(type(record)) if not self.is_link(record.kind, key)]
        chosen = data.draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True))
        fields = {
            key: data.draw(
                titles if key == "title" else strategies.values_of(stored(type(record))[key])
            )
            for key in chosen
        }
        if change := edit(record, fields):
            self.apply("edit", change)
        self.changed(self.model | {record.id: self.model[record.id] | fields})

    @precondition(lambda self: self.older)
    @rule(data=st.data(), text=strategies.proses)
    def edit_from_an_older_copy(self, data: st.DataObject, text: str) -> None:
        record = data.draw(st.sampled_from(self.older))
        if record.id not in self.model or not (change := edit(record, {"notes": text})):
            return
        now = self.model[record.id]["notes"]
        if now != record.notes:
            with pytest.raises(Stale):
                self.apply("edit", change)
            return
        self.apply("edit", change)
        self.changed(self.model | {record.id: self.model[record.id] | {"notes": text}})

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def link(self, data: st.DataObject) -> None:
        record = self.someone(data)
        links = declared_links(type(record))
        if not links:
            return
        key = data.draw(st.sampled_from(sorted(links)))
        there = sorted(id for id, state in self.model.items() if state["kind"] == links[key].to)
        size = 1 if links[key].one else 3
        wanted = (
            data.draw(st.frozensets(st.sampled_from(there), max_size=size))
            if there
            else frozenset()
        )
        if change := edit(record, {key: wanted}):
            self.apply("link", change)
        self.changed(self.model | {record.id: self.model[record.id] | {key: wanted}})

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def move_to_the_bin_or_back(self, data: st.DataObject) -> None:
        record = self.someone(data)
        moment = None if record.deleted_at else values.Instant.at(clock.now())
        change = edit(record, {"deleted_at": moment})
        assert change is not None
        self.apply("delete" if moment else "unbin", change)
        self.changed(self.model | {record.id: self.model[record.id] | {"deleted_at": moment}})

    @precondition(lambda self: self.model)
    @rule(data=st.data(), bad=st.sampled_from(["", "a\x00b"]))
    def try_what_cannot_be(self, data: st.DataObject, bad: str) -> None:
        change = edit(self.someone(data), {"title": bad})
        assert change is not None
        with pytest.raises(Refused):
            self.apply("edit", change, addition("risk", {"title": "would be fine"}))

    @rule(count=st.integers(2, 5))
    def bring_in_many(self, count: int) -> None:
        made = self.apply(
            "import", *(addition("party", {"title": f"{n}"}, -1 - n) for n in range(count))
        )
        after = dict(self.model)
        for n in range(count):
            record = self.register.record(made.new[-1 - n])
            blank = {key: empty(what) for key, what in stored(KINDS["party"]).items()}
            after[record.id] = {
                "kind": "party",
                "ref": record.ref,
                "deleted_at": None,
                **blank,
                "title": f"{n}",
            }
        self.changed(after)

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
    def both_sides_of_links_agree(self) -> None:
        for id, state in self.model.items():
            for key, links in declared_links(KINDS[str(state["kind"])]).items():
                for target in state[key]:  # type: ignore[union-attr]
                    assert id in self.register.links(target)[links.back]

    def teardown(self) -> None:
        if not hasattr(self, "register"):
            return
        try:
            assert self.register.verify().findings == ()
            for seq in list(self.then)[-3:]:
                assert state_of(self.register.as_of(seq)) == self.then[seq]
        finally:
            self.register.close()
            for left in self.folder.glob(f"{self.path.name}*"):
                left.unlink()


def play(folder: Path, examples: int, steps: int, *, derandomize: bool) -> None:
    template = folder / "template.riskreg"
    register.create(template, name="Harbour Clinic Ltd").close()
    machine = type("Played", (Machine,), {"folder": folder, "template": template})
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=derandomize,
            database=None, suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.timeout(300)
def test_register_when_people_do_anything_then_it_is_what_the_model_says(tmp_path: Path) -> None:
    play(tmp_path, examples=12, steps=12, derandomize=True)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_register_when_people_do_anything_for_long_then_it_is_what_the_model_says(
    tmp_path: Path,
) -> None:
    play(tmp_path, examples=300, steps=40, derandomize=False)
