"""Opens every dialog there is a picture of on a screen of some size, and says which do not fit: `python -m tests.ui.fitting 1280x720`.

A program of its own, as Qt reads the size of its screen once. Prints what it found as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

TITLE_BAR: Final = 32
"""Pixels that a system puts above a dialog."""
PICTURES: Final = (
    "dialog", "step-", "scene-dialog", "keys", "incident-decide", "risks-columns", "risks-chosen",
)  # fmt: skip
"""How the names of pictures of dialogs begin."""
TALLER: Final = ("step-review-risks",)
"""Pictures that are made taller to show all at once."""


def fitted(size: str) -> dict[str, dict[str, list[str]]]:
    """What is wrong with each dialog on a screen of this size, by class and picture; run by a program of its own."""
    width, height = map(int, size.split("x"))
    screen = {"name": "small", "x": 0, "y": 0, "width": width, "height": height}
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "screens.json"
        told.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
        platform = f"offscreen:configfile={told}"
        environment = {**os.environ, "QT_QPA_PLATFORM": platform, "RISKREG_HOME": folder}
        command = [sys.executable, "-m", "tests.ui.fitting", size]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def main() -> int:
    """Look at each."""
    from PySide6.QtWidgets import QApplication

    from riskreg import clock
    from tests import screens
    from tests.ui import walking
    from ui.dialogs.sheet import Sheet
    from ui.theme import Theme

    app = QApplication([])
    theme = Theme("light")
    theme.apply(app)
    found: dict[str, dict[str, list[str]]] = {}
    broken: list[str] = []
    shots = {
        name: shot
        for name, shot in screens.FULL.items()
        if name.startswith(PICTURES) and name not in TALLER
    }
    with tempfile.TemporaryDirectory() as folder, clock.fixed(walking.NOW):
        full, _ = walking._registers(Path(folder))
        with screens.Desk(full, "en", theme).window() as window:
            for name, widget in walking._shown(shots, window, broken):
                if isinstance(widget, Sheet):
                    found.setdefault(type(widget).__name__, {})[name] = faults(widget)
    print("\n".join(broken), file=sys.stderr)
    print(json.dumps(found), flush=True)
    os._exit(1 if broken else 0)


def faults(sheet) -> list[str]:  # type: ignore[no-untyped-def]
    """What of a dialog cannot be seen, or scrolls for nothing."""
    from PySide6.QtCore import QPoint, QRect

    room = sheet.screen().availableGeometry().height() - TITLE_BAR
    wrong = []
    if sheet.height() > room:
        wrong.append(f"{sheet.height()} px high on {room}")
    for each in (sheet.title, sheet.close_button):
        place = QRect(each.mapTo(sheet, QPoint()), each.size())
        if not sheet.rect().contains(place):
            wrong.append(f"{each.text()} lies outside")
    bar = sheet.area.verticalScrollBar()
    if bar.isVisible() and sheet.height() < room:
        wrong.append(f"scrolls {bar.maximum()} px at {sheet.height()} px, room for {room}")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
