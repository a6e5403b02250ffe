"""From the first start to the first saved incident, by keyboard alone, on a screen that nobody sees.

    python3 tests/first_start.py [--python .venv/bin/python] [--pictures FOLDER]

Starts the program as a person does, with `main.py` and an account that has nothing in it, under Xvfb, and presses real keys (through
the X server's test extension, so that everything between the keyboard and the program is in play; no mouse, no test library). What
came of it is asked at the command line. Standard library only; needs `xvfb` and `libxtst6`. 0 when every step passed.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "Harbour Clinic Ltd"
SENTENCE = "Payroll file mailed to a former employee"
PATIENCE_S = 60.0
BETWEEN_S = 0.02
"""A quick typist."""
MAPPED = 2
"""`IsViewable` of X11."""


class Attributes(ctypes.Structure):
    """`XWindowAttributes` up to what is asked of it."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "border", "depth")),
        ("visual", ctypes.c_void_p), ("root", ctypes.c_ulong),
        *((name, ctypes.c_int) for name in ("class", "bits", "gravity", "backing")),
        ("planes", ctypes.c_ulong), ("pixel", ctypes.c_ulong), ("under", ctypes.c_int),
        ("colormap", ctypes.c_ulong), ("installed", ctypes.c_int), ("state", ctypes.c_int),
        ("rest", ctypes.c_char * 64),
    )  # fmt: skip


class Keyboard:
    """A keyboard at an X display; also gives new windows the focus, as a desktop would.

    Args:
        display: Its name, such as `:7`.
    """

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XKeycodeToKeysym.restype = ctypes.c_ulong
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        self._focused = 0

    def type(self, text: str) -> None:
        """Letters, one after the other."""
        for letter in text:
            self._strike(ord(letter))

    def press(self, *keys: str) -> None:
        """A key by its X name, the ones before it held down."""
        *held, last = keys
        for key in held:
            self._turn(self._code(self._symbol(key)), is_down=True)
        self._strike(self._symbol(last))
        for key in reversed(held):
            self._turn(self._code(self._symbol(key)), is_down=False)

    def attend(self) -> bool:
        """Give the newest window the focus; whether there is one that did not have it."""
        windows = [window for window in self._windows() if self._is_seen(window)]
        if not windows or windows[-1] == self._focused:
            return False
        self._focused = windows[-1]
        self._x.XSetInputFocus(self._display, ctypes.c_ulong(self._focused), 1, ctypes.c_ulong(0))
        self._x.XSync(self._display, 0)
        return True

    def _windows(self) -> list[int]:
        root = self._x.XDefaultRootWindow(self._display)
        parents = [ctypes.c_ulong(), ctypes.c_ulong()]
        found, number = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
        self._x.XQueryTree(
            self._display, ctypes.c_ulong(root), *map(ctypes.byref, parents),
            ctypes.byref(found), ctypes.byref(number),
        )  # fmt: skip
        return [found[place] for place in range(number.value)]

    def _is_seen(self, window: int) -> bool:
        got = Attributes()
        self._x.XGetWindowAttributes(self._display, ctypes.c_ulong(window), ctypes.byref(got))
        return got.state == MAPPED and got.width > 300

    def _symbol(self, name: str) -> int:
        return int(self._x.XStringToKeysym(name.encode()))

    def _code(self, symbol: int) -> int:
        return int(self._x.XKeysymToKeycode(self._display, ctypes.c_ulong(symbol)))

    def _strike(self, symbol: int) -> None:
        code = self._code(symbol)
        plain = self._x.XKeycodeToKeysym(self._display, code, 0)
        shift = self._code(self._symbol("Shift_L")) if plain != symbol else 0
        if shift:
            self._turn(shift, is_down=True)
        self._turn(code, is_down=True)
        self._turn(code, is_down=False)
        if shift:
            self._turn(shift, is_down=False)
        time.sleep(BETWEEN_S)

    def _turn(self, code: int, *, is_down: bool) -> None:
        self._test.XTestFakeKeyEvent(self._display, code, int(is_down), ctypes.c_ulong(0))
        self._x.XSync(self._display, 0)


@contextmanager
def screen(pictures: Path | None) -> Iterator[str]:
    """A display of 1280x800 that nobody sees."""
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "1280x800x24",
        "-nolisten",
        "tcp",
    ]
    if pictures:
        command += ["-fbdir", str(pictures)]
    server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        yield f":{os.read(reading, 16).decode().strip()}"
    finally:
        server.terminate()
        server.wait()


class Sitting:
    """One person at the program.

    Args:
        python: The interpreter that has the program's libraries.
        home: The folder of an account that has nothing in it.
        display: Where the window shows.
    """

    def __init__(self, python: str, home: Path, display: str) -> None:
        kept = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
        self._environment = {
            **kept,
            "HOME": str(home),
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
        }
        self._main = [python, str(ROOT / "main.py")]
        self.file = home / "Documents" / "register.riskreg"
        self.keys = Keyboard(display)
        self.program = subprocess.Popen(self._main, env=self._environment)

    def look(self) -> bool:
        """The doors of the first start."""
        return self._wait(self.keys.attend)

    def start(self) -> bool:
        """Tab to the second door, name the organisation, Enter."""
        for key in ("Tab", "Tab", "space"):
            self.keys.press(key)
        self.keys.type(NAME)
        self.keys.press("Return")
        return self._wait(self.file.exists) and self._wait(self.keys.attend)

    def log(self) -> bool:
        """Ctrl+N, a sentence, Enter."""
        time.sleep(1)  # a person looks at the new window first
        self.keys.press("Control_L", "n")
        time.sleep(0.5)
        self.keys.type(SENTENCE)
        self.keys.press("Return")
        return self._wait(lambda: self._titles() == [SENTENCE])

    def leave(self) -> bool:
        """Ctrl+Q."""
        self.keys.press("Control_L", "q")
        return self.program.wait(PATIENCE_S) == 0

    def check(self) -> bool:
        """The history is whole."""
        return self._ask("verify").returncode == 0

    def end(self) -> None:
        """Leave nothing running."""
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()

    def _titles(self) -> list[str]:
        answer = self._ask("list", "incident", "--json")
        return [row["title"] for row in json.loads(answer.stdout)] if not answer.returncode else []

    def _ask(self, command: str, *rest: str) -> subprocess.CompletedProcess[str]:
        argv = [*self._main, command, str(self.file), *rest]
        return subprocess.run(
            argv, env=self._environment, capture_output=True, text=True, check=False
        )

    def _wait(self, is_so: Callable[[], bool]) -> bool:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and self.program.poll() is None:
            if is_so():
                return True
            time.sleep(0.1)
        return False


def main() -> int:
    """Play it and say what passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--pictures", type=Path, help="where the screen is kept, as an XWD file")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, screen(args.pictures) as display:
        sitting = Sitting(args.python, Path(home), display)
        steps = (sitting.look, sitting.start, sitting.log, sitting.leave, sitting.check)
        try:
            for step in steps:
                begun = time.monotonic()
                if not step():
                    print(f"FAIL  {step.__doc__}")
                    return 1
                print(f"PASS  {step.__doc__} ({time.monotonic() - begun:.1f} s)")
        finally:
            sitting.end()
    print("The first incident is saved, by keyboard alone.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
