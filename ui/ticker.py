"""Tells the window when the clock on the wall is at another minute, be it that a minute passed or that the computer slept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from riskreg import clock
from ui.context import Events

_LOOKS_MS: Final = 2_000
"""How long after waking up, or after the clock was set, what is shown may still be of before."""
_JUMP: Final = timedelta(seconds=5)
"""How far the clock on the wall may go from the time that passed before it was set, or the computer slept."""


class Ticker(QObject):
    """Sends `Events.minute`: at each new minute, and at once where the wall clock and the time that passed disagree.

    A timer alone would stand still with the computer and tell its minute late.

    Args:
        events: Where it is told.
        window: Whose coming to the front makes it look at once.
    """

    def __init__(self, events: Events, window: QWidget) -> None:
        super().__init__(window)
        self._events = events
        self._told = clock.now()
        self._since = clock.stopwatch()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window came to the front: the computer may have slept."""
        if event.type() == QEvent.Type.WindowActivate:
            self.look()
        return False

    def look(self) -> None:
        """Compare the clocks now."""
        now = clock.now()
        if _minute(now) == _minute(self._told) and not self._has_jumped(now):
            return
        self._told, self._since = now, clock.stopwatch()
        self._events.minute.emit()

    def stop(self) -> None:
        """Look no more: the window goes."""
        self._timer.stop()

    def _has_jumped(self, now: datetime) -> bool:
        passed = timedelta(seconds=self._since())
        return abs((now - self._told) - passed) > _JUMP


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
