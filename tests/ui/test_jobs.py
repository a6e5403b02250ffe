"""Work beside the window, on real threads: where results arrive, in which order, and what happens to those nobody wants."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from riskreg.errors import Expected
from riskreg.views import Register
from riskreg.work import SAVING, Work
from tests.ui.desk import a_context, add
from ui.jobs import Job, Jobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def test_job_when_done_then_its_result_arrives_on_the_thread_of_the_window(
    qtbot: QtBot, jobs: Jobs
) -> None:
    found: list[object] = []

    def work(_work: Work) -> threading.Thread:
        return threading.current_thread()

    def done(thread: threading.Thread) -> None:
        found.extend((thread is threading.main_thread(), QThread.currentThread() is jobs.thread()))

    with qtbot.waitSignal(jobs.ended):
        jobs.write(work, done=done)
    assert found == [False, True]


def test_job_when_it_fails_as_expected_then_the_failure_arrives(qtbot: QtBot, jobs: Jobs) -> None:
    found: list[Expected] = []

    def work(_work: Work) -> None:
        raise Expected("disk_full")

    with qtbot.waitSignal(jobs.ended):
        jobs.write(work, failed=found.append)
    assert [error.id for error in found] == ["disk_full"]


def test_job_when_it_holds_a_bug_then_the_last_resort_is_told_and_the_job_ends(
    qtbot: QtBot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, stack: told.append(kind))
    with qtbot.waitSignal(jobs.ended):
        job = jobs.read(lambda _work: 1 // 0)
    assert told == [ZeroDivisionError]
    assert job.is_finished


def test_job_when_cancelled_then_it_stops_at_its_next_step(qtbot: QtBot, jobs: Jobs) -> None:
    started, failed = threading.Event(), list[Expected]()

    def work(work: Work) -> None:
        while True:
            started.set()
            work.step(SAVING)

    with qtbot.waitSignal(jobs.ended):
        job = jobs.write(work, failed=failed.append)
        started.wait(5)
        job.cancel()
    assert [error.id for error in failed] == ["cancelled"]


def test_job_when_dropped_then_nobody_is_told(qtbot: QtBot, jobs: Jobs) -> None:
    go, told = threading.Event(), list[object]()
    with qtbot.waitSignal(jobs.ended):
        job = jobs.read(lambda _work: go.wait(5), done=told.append, failed=told.append)
        job.drop()
        go.set()
    assert told == []


def test_changes_when_several_are_asked_for_then_they_happen_one_after_the_other(
    qtbot: QtBot, jobs: Jobs
) -> None:
    order: list[int] = []
    running, most = 0, 0

    def work(place: int) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        running -= 1
        return place

    for place in range(20):
        jobs.write(lambda _work, place=place: work(place), done=order.append)
    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20))
    assert most == 1


def test_progress_when_a_job_steps_fast_then_the_window_hears_of_it_seldom(
    qtbot: QtBot, jobs: Jobs
) -> None:
    heard: list[tuple[str, int, int]] = []

    def work(work: Work) -> None:
        for place in range(5_000):
            work.step(SAVING, place, 5_000)

    with qtbot.waitSignal(jobs.ended):
        job = jobs.write(work)
        job.progressed.connect(lambda *args: heard.append(args))
    assert heard[0][0] == SAVING
    assert len(heard) < 100


def test_jobs_when_closed_while_a_change_runs_then_the_change_is_finished_first(
    qtbot: QtBot,
) -> None:
    jobs, go, finished = Jobs(), threading.Event(), list[str]()

    def work(_work: Work) -> None:
        go.wait(5)
        finished.append("saved")

    jobs.write(work)
    threading.Timer(0.05, go.set).start()
    jobs.close()
    assert finished == ["saved"]


def test_jobs_when_closed_then_a_late_question_is_dropped_and_a_late_change_is_refused(
    qtbot: QtBot,
) -> None:
    jobs, told = Jobs(), list[int]()
    jobs.close()
    job = jobs.read(lambda _work: 1, done=told.append)
    assert (job.is_dropped, job.is_finished, jobs.running) == (True, True, ())
    with pytest.raises(RuntimeError, match="shutdown"):
        jobs.write(lambda _work: 1)
    assert told == []


def test_context_when_it_changes_the_register_on_its_threads_then_all_are_told_after_it_is_saved(
    qtbot: QtBot, opened: Register
) -> None:
    context = a_context(opened, jobs=Jobs())
    add(opened, "risk", {"title": "x"})
    with qtbot.waitSignal(context.events.changed) as told:
        context.act(opened.undo, SAVING)
    assert "risk" in told.args[0].kinds
    with qtbot.waitSignal(context.jobs.ended) as ended:
        context.ask(lambda reader: reader.organisation().title, lambda title: None)
    assert isinstance(ended.args[0], Job)
    context.jobs.close()
