"""An answer that comes when its dialog is closed is left alone; a change that could not be saved is told all the same."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from riskreg.errors import Expected
from riskreg.views import Register
from tests.ui.desk import a_context, prompts_of
from ui.context import Context
from ui.dialogs.sheet import Sheet
from ui.jobs import Jobs, Threads


@pytest.fixture
def threaded(opened: Register) -> Iterator[Context]:
    jobs = Jobs(Threads())
    yield a_context(opened, jobs=jobs)
    jobs.close()


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
