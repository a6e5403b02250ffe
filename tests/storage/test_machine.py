"""Anything people do, in any order, against a model of plain dictionaries; undo, redo and reopening included.

pytest -m long tests/storage/test_machine.py     200 operations on each of 10 registers
"""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from riskreg import register
from riskreg.changes import ChangeSet, addition
from riskreg.exchange import preflight, reader, worker
from riskreg.records import NEW_KINDS
from riskreg.work import Work
from tests.storage.machine import Machine


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


def play(folder: Path, examples: int, steps: int, *, derandomize: bool) -> None:
    """Let people work on some registers.

    Args:
        folder: Where the registers lie.
        examples: How many registers.
        steps: How many operations on each at most.
        derandomize: The same ones every time.
    """
    template = folder / "template.riskreg"
    new = register.create(template, name="Harbour Clinic Ltd")
    first = (addition(kind, {"title": "The first"}, -n) for n, kind in enumerate(NEW_KINDS, 1))
    new.apply(ChangeSet(act="demo", changes=tuple(first)))  # which undo does not go past
    new.close()
    machine = type("Played", (Machine,), {"folder": folder, "template": template})
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
