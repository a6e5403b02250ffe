"""Opens every page and dialog there is a picture of, in a language, and looks at each as a reader, a listener and a typist would.

What `tests.screens` and `tests.ui.scenes` draw is looked at by itself: whoever adds a page there has it checked here.
"""

from __future__ import annotations

import csv
import os
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget

from riskreg import clock, regimes_catalogue, register, sample
from riskreg.catalogue import resources_folder
from riskreg.records import KINDS, columns
from riskreg.records.fields import Line, Prose, Tags
from riskreg.views import Register, View
from tests import screens, screens_dialogs
from tests.ui import access, words
from tests.ui.scenes import SCENES
from tests.ui.unasked import given_up
from ui.theme import Theme
from ui.turns import Turns
from ui.widgets.reading import move_focus

NOW = datetime.fromisoformat(screens.NOW).astimezone(UTC)
SIZE = (1280, 720)
"""The smallest window that must hold everything."""


@dataclass
class Findings:
    """What is wrong, by the kind of fault; each names the page it was found on."""

    untranslated: list[str] = field(default_factory=list)
    clipped: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    access: dict[str, list[str]] = field(default_factory=dict)
    seen: int = 0

    def add(self, kind: str, page: str, found: list[str]) -> None:
        """Note faults of a page once each."""
        known = self.access.setdefault(kind, [])
        known += [f"{page}: {each}" for each in found]


@cache
def walked(language: str, *, listens: bool = False, size: tuple[int, int] = SIZE) -> Findings:
    """Everything that is wrong in one language.

    Args:
        language: Which.
        listens: Also what a screen reader and a keyboard meet, which is the same in every language.
        size: Of the window, in pixels at 100 %.
    """
    found = Findings()
    with tempfile.TemporaryDirectory() as folder, clock.fixed(NOW):
        full, bare = _registers(Path(folder))
        for source, shots in ((full, screens.FULL), (bare, screens.BARE)):
            desk = screens.Desk(source, language, Theme("light"))
            with desk.window() as window:
                assert isinstance(window, QWidget)
                window.resize(*size)
                known = Known(window.context.register)  # type: ignore[attr-defined]
                for page, widget in _shown(shots, window, found.broken):
                    _look(found, page, widget, language, known.data(), listens=listens)
    return found


def _look(
    found: Findings, page: str, widget: QWidget, language: str, data: words.Data, *, listens: bool
) -> None:
    found.seen += 1
    found.untranslated += [f"{page}: {each}" for each in words.untranslated(widget, language, data)]
    found.clipped += [f"{page}: {each}" for each in words.clipped(widget)]
    if listens:
        tabbed = access.tab_through(widget)
        for kind, check in access.CHECKS.items():
            found.add(kind, page, check(widget, tabbed))


def _shown(
    shots: dict[str, screens.Shot], window: QWidget, broken: list[str]
) -> Iterator[tuple[str, QWidget]]:
    """Each page and dialog on the screen; then, beside the full register, each scene. What cannot be made is noted."""
    makers = {name: partial(shot, window) for name, shot in shots.items()}
    if shots is screens.FULL:
        context = window.context  # type: ignore[attr-defined]
        makers |= {f"scene {name}": partial(make, context) for name, make in SCENES.items()}
    for name, make in makers.items():
        try:
            widget = make()
        except Exception as error:  # the other pages are looked at all the same
            broken.append(f"{name}: {type(error).__name__}: {error}")
            continue
        yield from _settled(name, widget, window)


def _settled(name: str, widget: object, window: QWidget) -> Iterator[tuple[str, QWidget]]:
    assert isinstance(widget, QWidget)
    frame = Frame(widget) if not isinstance(widget, QMainWindow | QDialog | QMenu) else widget
    frame.show()
    for _ in range(4):
        for turns in frame.findChildren(Turns):
            turns.finish()
        QCoreApplication.processEvents()
    yield name, frame
    if widget is not window:
        with given_up():
            frame.close()
        if not (isinstance(frame, QMenu) and frame.parent()):  # a menu belongs to what opened it
            frame.deleteLater()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Frame(QMainWindow):
    """Holds a part of the window as the window does."""

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        size = part.size()
        self.setCentralWidget(part)
        self.resize(size)

    def focusNextPrevChild(self, next: bool) -> bool:
        return move_focus(self, next)


@cache
def _made() -> tuple[Path, Path]:
    """The sample and an empty register, made once a run."""
    folder = Path(tempfile.mkdtemp(prefix="walk-"))
    sample.make(folder / "register.riskreg")
    register.create(folder / "new.riskreg", name="海港診所").close()
    return folder / "register.riskreg", folder / "new.riskreg"


def _registers(folder: Path) -> tuple[Path, Path]:
    copies = [folder / made.name for made in _made()]
    for made, copy in zip(_made(), copies, strict=True):
        shutil.copy(made, copy)
    return copies[0], copies[1]


class Known:
    """What people wrote: into the files at hand, and into a register that scenes write to while it is walked through."""

    def __init__(self, opened: Register) -> None:
        self._opened = opened
        self._standing = [*_of_the_file(), *_of_the_past(), *_of_the_law()]
        self._at: int | None = None

    def data(self) -> words.Data:
        """What is in the register now, read again only where something was written since."""
        if self._at != (at := self._opened.head().seq):
            self._at = at
            self._data = words.Data([*_data(self._opened), *self._standing])
        return self._data


def _of_the_file() -> Iterator[str]:
    """Everything in the files that are imported, the name of one, and what is typed beside them."""
    yield from (screens_dialogs.WHY_TIMES, *screens_dialogs.TIMES_HEAD.split(","))
    yield screens.IMPORTED_NAME
    yield screens.IMPORTED_NAME[:18]  # where a button has no room for more
    breaches = screens.BREACHES.read_text(encoding="utf-8-sig")
    for file in (screens.IMPORTED, screens.BESIDE, breaches):
        for row in csv.reader(file.splitlines()):
            for cell in row:
                yield cell.removeprefix("'")  # the sign before a formula goes
                yield cell.partition(". ")[0]  # the first sentence makes a title


def _of_the_law() -> Iterator[str]:
    """Articles and sections, as the catalogue cites them in every language."""
    yield from (rule.legal_ref for rule in regimes_catalogue.rules())


def _of_the_past() -> Iterator[str]:
    """Everything that the sample's history says, also what was changed later."""
    for file in (resources_folder() / "sample").glob("*.toml"):
        yield from _strings(tomllib.loads(file.read_text(encoding="utf-8")))


def _strings(found: object) -> Iterator[str]:
    match found:
        case str():
            yield found
        case list():
            for each in found:
                yield from _strings(each)
        case dict():
            yield from _strings(list(found.values()))


def _data(opened: Register) -> Iterator[str]:
    """Everything people wrote into the register: it is shown as it is, in whatever language."""
    for kind in KINDS:
        binned = View(kinds=(kind,), bin=True)
        for id in (*opened.ids(View(kinds=(kind,))), *opened.ids(binned)):
            record = opened.record(id)
            for key, what in columns(KINDS[kind]).items():
                value = getattr(record, key, None)
                if isinstance(what, Line | Prose) and value:
                    yield str(value)
                elif isinstance(what, Tags) and value:
                    yield from value
            for name, value in record.other_facts or ():
                yield from (name, str(value))


def main() -> int:
    """Say what is cut off or cannot be made, at the scale of `QT_SCALE_FACTOR`: `python -m tests.ui.walking en 3840x2160`."""
    language, size = sys.argv[1:]
    width, height = map(int, size.split("x"))
    app = QApplication([])
    Theme("light").apply(app)
    found = walked(language, size=(width, height))
    wrong = [*found.broken, *found.clipped]
    print("\n".join((f"{found.seen} seen, {len(wrong)} wrong", *wrong)), flush=True)
    os._exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
