"""Work on the window's thread in small steps, a few in each turn of its loop: nothing that is typed or painted waits for the rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

from PySide6 import QtWidgets
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from riskreg import clock

_A_TURN_S: Final = 0.008
"""After this much of a turn no further step is begun; what the steps made is then laid out and painted."""
_BETWEEN_MS: Final = 2
"""A turn without steps between two with: a timer of 0 ms comes before all others."""


class Turns(QObject):
    """A queue of steps. Whoever cannot wait for one does it at once: a step that finds its work done does nothing."""

    rested = Signal()
    """Nothing is left to do."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: deque[Callable[[], object]] = deque()
        self._timer = QTimer(self, singleShot=True, interval=_BETWEEN_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_turn)

    def add(self, step: Callable[[], object]) -> None:
        """Do this after what was asked for before."""
        self._steps.append(step)
        if not self._timer.isActive():
            self._timer.start()

    def finish(self) -> None:
        """Do all that is left now."""
        while self._steps:
            self._steps.popleft()()
        self._rest()

    def stop(self) -> None:
        """Do none of what is left."""
        self._steps.clear()
        self._timer.stop()

    def _on_turn(self) -> None:
        used = clock.stopwatch()
        while self._steps:
            self._steps.popleft()()
            if used() > _A_TURN_S:
                break
        if self._steps:
            self._timer.start()
        else:
            self._rest()

    def _rest(self) -> None:
        self._timer.stop()
        self.rested.emit()


def make_classes() -> None:
    """Let PySide6 make the classes of Qt's widgets before the first window.

    It makes a class when it is met first, and all of them when it meets an object whose class it must
    look for (PySide6 6.12): the window would be held for 70 ms while it is painted first.
    """
    for name in dir(QtWidgets):
        getattr(QtWidgets, name)
