"""Work beside the window: one lane for whatever changes the register, a pool for questions.

A job gets `Work` to tell its progress and to learn that it shall stop. Its result, or the `Expected` failure, is handed over on the
thread of the window; a bug goes to `sys.excepthook` there. Nothing but this module starts threads in the window.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, Literal, Protocol, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from riskreg import clock
from riskreg.errors import Cancelled, Expected
from riskreg.work import Work

T = TypeVar("T")
Lane: TypeAlias = Literal["write", "read"]
Done: TypeAlias = Callable[[T], object]
Failed: TypeAlias = Callable[[Expected], None]

_PROGRESS_EVERY_S: Final = 0.05
_GIVE_WAY_S: Final = 0.2
"""How long a job gives way to the window at a time, so that a busy window cannot starve it."""
_READERS: Final = 2


def share_time() -> None:
    """Let a thread that waits for the interpreter have it after 50 µs instead of 5 ms.

    The window gives it away at every call into Qt; beside a job that computes, each way back would
    cost 5 ms.
    """
    sys.setswitchinterval(0.000_05)


class Runner(Protocol):
    """Who runs tasks: threads, or a test."""

    def start(self, lane: Lane, task: Callable[[], None]) -> None:
        """Run a task; those of the lane "write" one after the other."""

    def close(self) -> None:
        """Wait for all tasks."""


class Threads:
    """One thread that writes and a few that read."""

    def __init__(self) -> None:
        self._pools = {
            "write": ThreadPoolExecutor(1, "register-writer"),
            "read": ThreadPoolExecutor(_READERS, "register-reader"),
        }

    def start(self, lane: Lane, task: Callable[[], None]) -> None:
        """Queue a task on its lane."""
        self._pools[lane].submit(task)

    def close(self) -> None:
        """Wait for what runs; what has not begun is dropped, except changes."""
        self._pools["read"].shutdown(cancel_futures=True)
        self._pools["write"].shutdown()


class InStep:
    """Runs each task at once on the caller's thread: for tests and for pictures."""

    def start(self, lane: Lane, task: Callable[[], None]) -> None:
        """Run it."""
        task()

    def close(self) -> None:
        """Nothing is left."""


class Job(QObject):
    """One piece of work under way. Lives on the thread of the window."""

    progressed = Signal(str, int, int)
    """What is being done (a msgid), how far, of how many (0: unknown)."""
    finished = Signal()
    """It ended, well or not."""

    def __init__(self, lane: Lane, doing: str) -> None:
        super().__init__()
        self.lane: Final = lane
        self.doing: Final = doing
        self.is_finished = False
        self.is_dropped = False
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask it to stop. It fails with `Cancelled`, or ends well where it can no longer be stopped."""
        self._stop.set()

    def drop(self) -> None:
        """Nobody wants the answer any more: ask it to stop and tell nobody how it ended."""
        self.is_dropped = True
        self._stop.set()

    @property
    def shall_stop(self) -> bool:
        """Somebody asked it to stop. May be asked on any thread."""
        return self._stop.is_set()


class Turn:
    """Whose turn it is: while the window paints, jobs wait at their next step.

    Python runs one thread at a time. Painting a table hands the interpreter over at every call into
    Qt, and a job that computes takes it for 5 ms each time: a hundred cells would take half a second.
    """

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()

    @contextmanager
    def of_window(self) -> Iterator[None]:
        """The window's turn, on its thread."""
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    def give_way(self) -> None:
        """Wait until the window is done, or a moment. Called on a job's thread."""
        if not self._free.is_set():
            self._free.wait(_GIVE_WAY_S)


class _Progress:
    """The `Work` of a job, called on its thread. Tells the window at most every 50 ms."""

    def __init__(self, job: Job, turn: Turn, send: Callable[[Callable[[], None]], None]) -> None:
        self._job = job
        self._turn = turn
        self._send = send
        self._doing = ""
        self._since = clock.stopwatch()

    def step(self, doing: str, done: int = 0, total: int = 0) -> None:
        self._turn.give_way()
        if self._job.shall_stop:
            raise Cancelled
        if doing == self._doing and self._since() < _PROGRESS_EVERY_S:
            return
        self._doing, self._since = doing, clock.stopwatch()
        self._send(lambda: self._job.progressed.emit(doing, done, total))


class Jobs(QObject):
    """All work of the window.

    Args:
        runner: Who runs it.
    """

    started = Signal(object)
    """A `Job` began."""
    ended = Signal(object)
    """A `Job` ended; its result has been handed over."""
    _sent = Signal(object)

    def __init__(self, runner: Runner | None = None) -> None:
        super().__init__()
        self._runner: Runner = runner or Threads()
        self.turn: Final = Turn()
        self._running: dict[int, Job] = {}
        self._is_closed = False
        kind = (
            Qt.ConnectionType.DirectConnection
            if isinstance(runner, InStep)
            else Qt.ConnectionType.QueuedConnection
        )
        self._sent.connect(self._on_sent, kind)

    @property
    def running(self) -> tuple[Job, ...]:
        """What is under way or waits for its turn."""
        return tuple(self._running.values())

    def write(
        self,
        call: Callable[[Work], T],
        *,
        doing: str = "",
        done: Done[T] | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """Do what changes the register or its files, after what was asked for before.

        Args:
            call: The work, on the writer's thread.
            doing: A msgid that names it, such as "Saving".
            done: Given the result, on the window's thread.
            failed: Given the expected failure, on the window's thread.
        """
        return self._start("write", call, doing, done, failed)

    def read(
        self,
        call: Callable[[Work], T],
        *,
        doing: str = "",
        done: Done[T] | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """Do what only asks, beside other questions; `call` opens a reader of its own (see `Context.ask`).

        A question asked after `close`, by a timer of a window that is going, is dropped; a change is never.
        """
        if self._is_closed:
            job = Job("read", doing)
            job.drop()
            job.is_finished = True
            return job
        return self._start("read", call, doing, done, failed)

    def drop_questions(self) -> None:
        """Nobody waits for answers any more: the window that asked goes, or the register does."""
        for job in self.running:
            if job.lane == "read":
                job.drop()

    def close(self) -> None:
        """Wait for changes under way, stop questions, and hand nothing over any more."""
        self._is_closed = True
        self.drop_questions()
        self._runner.close()
        self._sent.disconnect(self._on_sent)

    def _start(
        self,
        lane: Lane,
        call: Callable[[Work], T],
        doing: str,
        done: Done[T] | None,
        failed: Failed | None,
    ) -> Job:
        job = Job(lane, doing)
        self._running[id(job)] = job
        self.started.emit(job)
        send = self._sent.emit
        self._runner.start(
            lane,
            lambda: send(
                _outcome(job, call, _Progress(job, self.turn, send), done, failed, self._end)
            ),
        )
        return job

    def _end(self, job: Job) -> None:
        del self._running[id(job)]
        job.is_finished = True
        job.finished.emit()
        self.ended.emit(job)

    def _on_sent(self, call: Callable[[], None]) -> None:
        call()


def is_there(call: Callable[..., object]) -> bool:
    """Whether what a call belongs to still exists: a dialog may be closed before its answer comes."""
    owner = getattr(call, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


def _outcome(
    job: Job,
    call: Callable[[Work], T],
    work: Work,
    done: Done[T] | None,
    failed: Failed | None,
    end: Callable[[Job], None],
) -> Callable[[], None]:
    """Run the work; what is returned hands the outcome over and is called on the window's thread."""
    hand_over: Callable[[], object]
    try:
        if job.is_dropped:
            raise Cancelled
        result = call(work)
        hand_over = (lambda: is_there(done) and done(result)) if done else _nothing
    except Expected as error:
        expected = error
        hand_over = (lambda: is_there(failed) and failed(expected)) if failed else _nothing
    except BaseException as error:
        bug = error
        hand_over = lambda: sys.excepthook(type(bug), bug, bug.__traceback__)  # noqa: E731

    def deliver() -> None:
        try:
            if not job.is_dropped:
                hand_over()
        finally:
            end(job)

    return deliver


def _nothing() -> None:
    """Nobody waits for the outcome."""
