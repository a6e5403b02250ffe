"""The first start, as `tests/first_start.py` plays it with real keys, wherever there is an X server without a screen."""

from __future__ import annotations

import ctypes.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "first_start.py"


@pytest.mark.skipif(
    shutil.which("Xvfb") is None or ctypes.util.find_library("Xtst") is None,
    reason="needs xvfb and libxtst6",
)
def test_first_start_when_driven_by_keyboard_alone_then_an_incident_is_saved() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASS") == 5
