"""Garbage never goes on a job's thread."""

from __future__ import annotations

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from ui.collector import Collector
from ui.jobs import Jobs, Threads


class Cycle:
    """Refers to itself, and notes the thread on which it goes."""

    def __init__(self, gone: list[int]) -> None:
        self.me = self
        weakref.finalize(self, lambda: gone.append(threading.get_ident()))


def test_garbage_when_a_job_allocates_much_then_it_goes_on_the_windows_thread(qtbot: QtBot) -> None:
    jobs, gone = Jobs(Threads()), []
    collector = Collector(jobs)
    collector.start()
    try:
        done: list[int] = []

        def litter(_work: object) -> int:
            for _ in range(1000):
                Cycle(gone)
            return len([[] for _ in range(100_000)])

        jobs.write(litter, done=done.append)
        qtbot.waitUntil(lambda: bool(done))
        assert set(gone) <= {threading.get_ident()}  # the window may have had a pause already
        qtbot.waitUntil(lambda: len(gone) == 1000, timeout=5000)
        assert set(gone) == {threading.get_ident()}
    finally:
        collector.stop()
        jobs.close()
    assert gc.isenabled()
