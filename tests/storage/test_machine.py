"""Anything people do, in any order, against a model of plain dictionaries; undo, redo and reopening included.

pytest -m long tests/storage/test_machine.py     200 operations on each of 10 registers
"""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from typing import cast

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from riskreg import register
from riskreg.changes import ChangeSet, addition, edit
from riskreg.exchange import preflight, reader, worker
from riskreg.records import KINDS, NEW_KINDS, declared_links
from riskreg.records.fields import Value
from riskreg.work import Work
from tests.storage.carried import carry
from tests.storage.machine import Machine, state_of


@pytest.fixture(autouse=True)
def no_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is parsed in a thread: a process takes a second to start, and is tested elsewhere."""

    def parsed(
        checked: preflight.Checked, work: Work, limit_s: float, written: worker.Written
    ) -> reader.Raw:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        how = (str(checked.path), checked.form, theirs, written)
        thread = Thread(target=worker.parse, args=how)
        thread.start()
        try:
            return reader.received(ours, checked, work, limit_s)
        finally:
            thread.join()

    monkeypatch.setattr(reader, "parsed", parsed)


class Played(Machine):
    """People work on it, and then it is brought into another register."""

    new: Path

    def at_the_end(self) -> None:
        """Nothing is lost between a workbook and another register, but what lies in the bin."""
        self.name_what_was_erased()
        other_path = self.path.with_suffix(".other.riskreg")
        shutil.copyfile(self.new, other_path)
        other = register.open(other_path)
        try:
            refs = carry(self.register, self.path.with_suffix(".xlsx"), other)
            there = {str(state["ref"]): id for id, state in state_of(other).items()}
            ids = {
                id: there[refs.get(ref, ref)]
                for id, state in self.model.items()
                if not state["deleted_at"] and (ref := str(state["ref"]))
            }
            moved = {ids[id]: renamed(self.model[id], ids) for id in ids}
            found = {id: renamed(state, ids=None) for id, state in state_of(other).items()}
            assert found == moved
            assert other.verify().findings == ()
        finally:
            other.close()

    def name_what_was_erased(self) -> None:
        """What has no title cannot be new in another register."""
        for id, state in sorted(self.model.items()):
            if state.get("title") == "":
                change = edit(self.register.record(id), {"title": "Nobody"})
                self.apply("edit", change)
                self.changed(self.model | {id: state | {"title": "Nobody"}})


def renamed(state: Mapping[str, Value], ids: Mapping[int, int] | None) -> dict[str, Value]:
    """A record without its ref, its links by other ids; those that lead into the bin are left out."""
    links = declared_links(KINDS[str(state["kind"])])
    found = {key: value for key, value in state.items() if key not in ("ref", "deleted_at")}
    for key in links if ids is not None else ():
        targets = cast("frozenset[int]", state[key])
        found[key] = frozenset(ids[id] for id in targets if ids and id in ids)
    return found


def play(folder: Path, examples: int, steps: int, *, derandomize: bool) -> None:
    """Let people work on some registers.

    Args:
        folder: Where the registers lie.
        examples: How many registers.
        steps: How many operations on each at most.
        derandomize: The same ones every time.
    """
    template = folder / "template.riskreg"
    empty = folder / "empty.riskreg"
    register.create(empty, name="Harbour Clinic Ltd").close()
    new = register.create(template, name="Harbour Clinic Ltd")
    first = (addition(kind, {"title": "The first"}, -n) for n, kind in enumerate(NEW_KINDS, 1))
    new.apply(ChangeSet(act="demo", changes=tuple(first)))  # which undo does not go past
    new.close()
    machine = type("Here", (Played,), {"folder": folder, "template": template, "new": empty})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=derandomize,
            database=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,),
        ),
    )  # fmt: skip


@pytest.mark.timeout(300)
def test_register_when_people_do_anything_then_it_is_what_the_model_says(tmp_path: Path) -> None:
    play(tmp_path, examples=10, steps=20, derandomize=True)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_register_when_people_do_200_things_then_it_is_what_the_model_says(tmp_path: Path) -> None:
    play(tmp_path, examples=10, steps=200, derandomize=False)
