"""Python's cyclic garbage, collected on the window's thread and in its pauses.

Left alone, Python collects on whichever thread happens to allocate: a job that makes 20,000 records would
hold the window for hundreds of milliseconds, and destroy widgets on its own thread, which Qt does not
survive.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

from ui.jobs import Jobs

_EVERY_MS: Final = 1_000
_FULL_EVERY: Final = 60
"""Beats between two full collections."""


class Collector(QObject):
    """Collects young garbage every second, and all of it once a minute, while no job runs.

    Args:
        jobs: While one of them runs, nothing is collected.
    """

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._beats = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(self) -> None:
        """Take over from Python; what is there by now is taken to stay."""
        gc.disable()
        gc.collect()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Hand back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _on_timer_timeout(self) -> None:
        if self._jobs.running:
            return  # all that a job holds is young: looking through it would take a second
        self._beats += 1
        if self._beats >= _FULL_EVERY:
            self._beats = 0
            gc.collect()
        else:
            gc.collect(1)
