"""Every page and dialog on a screen of another size or sharpness; 1280x720 at 100 % is looked at in three languages by `test_languages`.

Qt reads its scale once, so that each is looked at by a program of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("scale", "size"), [("1.5", "1280x720"), ("1", "3840x2160")])
def test_words_when_the_screen_is_of_another_sort_then_none_is_cut_off(
    scale: str, size: str
) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
    command = [sys.executable, "-m", "tests.ui.walking", "en", size]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
