"""PySide6 6.12 gives away references of constants; the program must outlive a long day of signals."""

from __future__ import annotations

import os
import subprocess
import sys

SIGNALS = """
import sys
import {module}
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal()

bell = Bell()
for _ in range(200_000):
    bell.rung.emit()
print("alive")
"""


def test_program_when_it_sends_many_signals_then_it_lives() -> None:
    code = SIGNALS.format(module="ui")
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr
