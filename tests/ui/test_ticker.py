"""The clock on the wall, after a minute, a sleep, or a hand that sets it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from riskreg import clock
from ui.context import Events
from ui.ticker import Ticker

NOW = datetime(2026, 11, 20, 10, 40, 30, tzinfo=UTC)


def ticks(qapp: QApplication, *moments: datetime) -> int:
    """How often it tells, when it looks at these moments after `NOW`."""
    events, owner, told = Events(), QWidget(), []
    events.minute.connect(lambda: told.append(1))
    with clock.fixed(NOW):
        ticker = Ticker(events, owner)
        ticker.stop()
    for moment in moments:
        with clock.fixed(moment):
            ticker.look()
    return len(told)


def test_ticker_when_the_minute_is_the_same_then_nothing_is_told(qapp: QApplication) -> None:
    assert ticks(qapp, NOW, NOW + timedelta(seconds=3)) == 0


def test_ticker_when_a_minute_begins_then_once(qapp: QApplication) -> None:
    later = NOW + timedelta(seconds=30)
    assert ticks(qapp, later, later + timedelta(seconds=1)) == 1


def test_ticker_when_the_computer_slept_or_the_clock_was_set_back_then_at_once(
    qapp: QApplication,
) -> None:
    assert ticks(qapp, NOW + timedelta(hours=60)) == 1
    assert ticks(qapp, NOW - timedelta(hours=1)) == 1
    assert ticks(qapp, NOW + timedelta(seconds=20)) == 1


def test_ticker_when_the_window_comes_to_the_front_then_it_looks_at_once(
    qapp: QApplication,
) -> None:
    events, window, told = Events(), QWidget(), []
    events.minute.connect(lambda: told.append(1))
    with clock.fixed(NOW):
        ticker = Ticker(events, window)
        ticker.stop()
    with clock.fixed(NOW + timedelta(hours=8)):
        QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
    assert told == [1]
