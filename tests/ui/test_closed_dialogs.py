"""An answer that comes when its dialog is closed is left alone; a change that could not be saved is told all the same."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from riskreg.cases import case_of
from riskreg.errors import Expected
from riskreg.views import Register
from tests.ui.desk import a_context, add, prompts_of
from ui.context import Context
from ui.dialogs.sheet import Sheet
from ui.jobs import Jobs, Lane, Threads
from ui.notices.dialog import NoticesDialog
from ui.regimes.dialog import RulesDialog


@pytest.fixture
def threaded(opened: Register) -> Iterator[Context]:
    jobs = Jobs(Threads())
    yield a_context(opened, jobs=jobs)
    jobs.close()


class Gate:
    """Runs nothing before it is told to."""

    def __init__(self) -> None:
        self.tasks: list[Callable[[], None]] = []

    def start(self, _lane: Lane, task: Callable[[], None]) -> None:
        self.tasks.append(task)

    def run(self) -> None:
        while self.tasks:
            self.tasks.pop(0)()
        QCoreApplication.processEvents()

    def close(self) -> None:
        self.run()


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def gated(qtbot: QtBot, opened: Register, gate: Gate) -> Context:
    made = a_context(opened, jobs=Jobs(gate))
    made.settings.change(working_as="K. Chan")
    return made


def an_incident(context: Context) -> int:
    values = {
        "title": "Payroll mail sent to a stranger",
        "aware_at": "2026-11-16T18:40",
        "people_live_in": ["eu_eea"],
        "our_role": "controller",
    }
    return add(context.register, "incident", values)


class Asking(Sheet):
    """Shows an answer."""

    def show_answer(self, answer: object) -> None:
        self.lead.setText(str(answer))


def gone(dialog: Sheet) -> None:
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("is_refused", [False, True])
def test_answer_when_its_dialog_is_closed_then_nothing_dead_is_called(
    qtbot: QtBot, threaded: Context, is_refused: bool
) -> None:
    dialog, may_go = Asking(threaded, "Asking"), threading.Event()

    def work(_: object) -> int:
        may_go.wait(10)
        if is_refused:
            raise Expected("no_record", ref="R-9999")
        return 7

    with capture_exceptions() as caught:
        job = threaded.ask(work, dialog.show_answer, dialog.fail)
        gone(dialog)
        may_go.set()
        qtbot.waitUntil(lambda: job.is_finished, timeout=10_000)
    assert caught == []


def test_change_when_it_fails_after_its_dialog_was_closed_then_the_person_is_told(
    qtbot: QtBot, threaded: Context
) -> None:
    dialog, may_go = Asking(threaded, "Saving"), threading.Event()

    def fail(_: object) -> None:
        may_go.wait(10)
        raise Expected("disk_full")

    with capture_exceptions() as caught:
        job = threaded.act(fail, "", None, dialog.fail)  # type: ignore[arg-type]
        gone(dialog)
        may_go.set()
        qtbot.waitUntil(lambda: job.is_finished, timeout=10_000)
    assert caught == []
    assert ["disk is full" in str(each) for each in prompts_of(threaded).errors] == [True]


def test_notices_when_closed_before_a_notice_is_kept_then_nothing_dead_is_called(
    gated: Context, gate: Gate
) -> None:
    dialog = NoticesDialog(gated, an_incident(gated), rule="eu_authority")
    with capture_exceptions() as caught:
        dialog.prepare()
        gone(dialog)
        gate.run()
    assert caught == []


def test_rules_when_closed_before_answers_are_kept_then_nothing_dead_is_called(
    gated: Context, gate: Gate
) -> None:
    dialog = RulesDialog(gated)
    dialog.about.editors["established_in"].set_value(frozenset({"singapore"}))
    with capture_exceptions() as caught:
        dialog.save()
        gone(dialog)
        gate.run()
    assert caught == []
    assert gated.register.organisation().established_in == {"singapore"}


def test_notices_when_prepared_twice_before_it_is_kept_then_there_is_one(
    qtbot: QtBot, gated: Context, gate: Gate
) -> None:
    incident = an_incident(gated)
    dialog = NoticesDialog(gated, incident, rule="eu_authority")
    qtbot.addWidget(dialog)
    dialog.prepare()
    dialog.prepare()
    gate.run()
    assert len(case_of(gated.register, incident).notices) == 1
