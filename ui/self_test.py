"""The program tried out on itself: what `--self-test` does, for whoever builds, packs or installs it.

Told in English and nowhere else, like what `dev.py` says. It works in a folder that it is given and
leaves the account's own files alone.
"""

from __future__ import annotations

import pkgutil
import subprocess
import sys
import traceback
import zoneinfo
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple
from zipfile import ZipFile
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication

import riskreg
import ui
from riskreg import catalogue, clock, log, notice_files, regimes_catalogue, register, reports
from riskreg.changes import ChangeSet, addition
from riskreg.errors import Expected
from riskreg.exchange import importing, outgoing
from riskreg.i18n import LANGUAGES, translator
from riskreg.records.values import Instant
from riskreg.rules import filing
from riskreg.views import Register
from riskreg.wording import message
from ui import app
from ui.question import Question
from ui.window import MainWindow

RISKS: Final = """\
Title,Status,Inherent likelihood,Inherent impact
Payroll sent to the wrong person,open,4,3
病人名單外洩,open,3,5
"Laptop, lost on the MTR",open,2,4
"""
"""A file as a person would bring it: Chinese, a comma in a cell, scores."""
PICTURES: Final = frozenset({"jpeg", "png", "svg"})
"""Formats of pictures that Qt reads only with its plugins in place."""
NOT_ALONE: Final = "riskreg.storage.migrations"
"""Runs only inside Alembic, as it does when a register is made."""
PATIENCE_S: Final = 60
_LOOK_EVERY_MS: Final = 20


class Failed(Exception):
    """A step ended otherwise than it should."""


class Place(NamedTuple):
    """Where the files of one self-test lie.

    Attributes:
        folder: Empty at first, and gone afterwards.
    """

    folder: Path

    @property
    def register(self) -> Path:
        """The register that the steps work on."""
        return self.folder / "self-test.riskreg"


def run(folder: Path) -> int:
    """Go through all steps, say how long each took, and return 0, or 1 after the first that failed.

    Args:
        folder: An empty folder to work in.
    """
    _say(f"riskreg {riskreg.__version__}, Python {sys.version.split()[0]} on {sys.platform}")
    whole, place = clock.stopwatch(), Place(folder)
    for name, step in STEPS.items():
        elapsed = clock.stopwatch()
        try:
            told = step(place)
        except Exception as error:
            _say(f"FAIL  {name}: {_reason(error)}")
            return 1
        _say(f"PASS  {name} ({elapsed():.2f} s){told and ': '}{told}")
    _say(f"The self-test passed in {whole():.2f} s.")
    return 0


def _say(text: str) -> None:
    """Print a line that every console can show."""
    print(text.encode("ascii", "backslashreplace").decode(), flush=True)


def _reason(error: Exception) -> str:
    """What went wrong and where; nothing of a person's is in a self-test."""
    if isinstance(error, Failed):
        return str(error)
    if isinstance(error, Expected):
        return str(message(error, translator("en")))
    at = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(at.filename).name}:{at.lineno})"


def _expect(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise Failed(otherwise)


# Steps: each raises, or returns what is worth saying besides its time


def weigh(place: Place) -> str:
    """The folder of the frozen program, in which every file counts once."""
    if not getattr(sys, "frozen", False):
        return "not frozen"
    files = list(_files(catalogue.resources_folder().parent.parent))
    size = sum(path.lstat().st_size for path in files)
    return f"{size / 1_000_000:.1f} MB in {len(files)} files"


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def start(place: Place) -> str:
    """The command line in a process of its own; its time is what a script waits."""
    itself = [] if getattr(sys, "frozen", False) else [sys.argv[0]]
    ran = subprocess.run(
        [sys.executable, *itself, "--help"], capture_output=True, check=False, timeout=PATIENCE_S
    )
    _expect(ran.returncode == 0, f"it ended with {ran.returncode}: {ran.stderr.decode()}")
    return ""


def load(place: Place) -> str:
    """Every module, for what is imported late is missed late."""
    names = [
        found.name
        for package in (riskreg, ui)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not found.name.startswith(NOT_ALONE)
    ]
    for name in names:
        import_module(name)
    _expect(len(names) > len(STEPS), "the modules of the program are not listed")
    return f"{len(names)} modules"


def speak(place: Place) -> str:
    """The translations."""
    said = {translator(language).gettext("Risks") for language in LANGUAGES}
    _expect(len(said) == len(LANGUAGES), f"a translation is missing: {sorted(said)}")
    return ", ".join(LANGUAGES)


def tell_time(place: Place) -> str:
    """The time zones that come along, for Windows has none of its own."""
    usual = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=())
    try:
        return str(ZoneInfo.no_cache("Asia/Hong_Kong"))
    finally:
        zoneinfo.reset_tzpath(to=usual)


def count_days(place: Place) -> str:
    """The holidays, which are loaded by the name of a place: ten working days over a lunar new year."""
    due = {land: filing.add_working_days(date(2026, 2, 13), 10, land) for land in ("HK", "CN")}
    _expect(due["HK"] == date(2026, 3, 4), f"working days are counted wrongly: {due}")
    return ", ".join(f"{land} {day}" for land, day in due.items())


def make(place: Place) -> str:
    """A register, through the migrations."""
    register.create(place.register, name="Self-test").close()
    return ""


def bring_in(place: Place) -> str:
    """A CSV file, read by a process of its own."""
    source = place.folder / "risks.csv"
    source.write_text(RISKS, encoding="utf-8-sig")
    with _opened(place) as opened:
        staged = importing.import_file(opened, source, kind="risk").staged
    new, wanted = staged.count("new"), RISKS.count("\n") - 1
    _expect(new == wanted and not staged.rejections, f"{new} of {wanted} rows came in")
    return f"{new} risks"


def take_out(place: Place) -> str:
    """A workbook, read back cell by cell: nothing in it may differ from the register."""
    book, t = place.folder / "self-test.xlsx", translator("zh_Hant")
    with _opened(place) as opened:
        outgoing.export_register(opened, (), book, t)
        staged = importing.import_file(opened, book, dry_run=True).staged
    counts = {state: staged.count(state) for state in ("new", "changed", "rejected")}
    _expect(not any(counts.values()), f"the workbook differs: {counts}")
    _expect(staged.count("unchanged") > 0, "the workbook is empty")
    return f"{staged.count('unchanged')} records, {book.stat().st_size // 1000} kB"


def print_report(place: Place) -> str:
    """A report in Chinese, every character in a font of ours."""
    paper = place.folder / "risks.pdf"
    with _opened(place) as opened:
        made = reports.make_for(opened, "risk-register", paper, translator("zh_Hant"))
    _expect(made.lacking == 0, f"{made.lacking} characters are in no font")
    return f"{made.pages} page(s), {paper.stat().st_size // 1000} kB"


def tell(place: Place) -> str:
    """A breach and its notices: Word from a template, read back; the form of the EDPB."""
    word, form = place.folder / "notice.docx", place.folder / "form.json"
    aware = Instant.parse("2026-11-20T18:40", "Asia/Hong_Kong")
    title = "薪酬表寄錯了"
    rules = {rule.key: rule for rule in regimes_catalogue.newest()}
    with _opened(place) as opened:
        breach = addition("incident", {"title": title, "narrative": title, "aware_at": aware})
        logged = opened.apply(ChangeSet(act="add", changes=(breach,)))
        id = logged.new[-1]
        notice_files.write_notice(opened, id, rules["hk_pcpd"], word, "zh_Hant")
        notice_files.write_notice(opened, id, rules["eu_authority"], form, "en")
    said = ZipFile(word).read("word/document.xml").decode()
    _expect(title in said, "the notice does not say what happened")
    return f"{word.stat().st_size // 1000} kB, {form.stat().st_size // 1000} kB"


def verify(place: Place) -> str:
    """The history."""
    with _opened(place) as opened:
        found = opened.verify()
    _expect(found.ok, f"verify found {[finding.id for finding in found.findings]}")
    return f"{found.entries} entries, {found.records} records"


class _opened:  # noqa: N801 (used like a function)
    """The register while a step works on it."""

    def __init__(self, place: Place) -> None:
        self._register = register.open(place.register)

    def __enter__(self) -> Register:
        return self._register

    def __exit__(self, *_: object) -> None:
        self._register.close()


# The window


class Watch(QObject):
    """Waits until the window stands, looks at it, and closes it.

    Args:
        application: Qt's, before its loop begins.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        self._elapsed = clock.stopwatch()
        self.shown_after_s = 0.0
        self.failure = ""
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        window = self._window()
        if isinstance(box := self._application.activeModalWidget(), Question):
            self._give_up(f"the window said: {' '.join(box.said)}")
        elif self._elapsed() > PATIENCE_S:
            self._give_up("the window did not open")
        elif window is not None:
            self._timer.stop()
            self.shown_after_s = self._elapsed()
            self._leave(window)

    def _window(self) -> MainWindow | None:
        tops = self._application.topLevelWidgets()
        return next((top for top in tops if isinstance(top, MainWindow) and top.isVisible()), None)

    def _leave(self, window: MainWindow) -> None:
        window.turns.finish()
        if window.grab().toImage().allGray():
            self.failure = "the window was not painted"
        window.close()

    def _give_up(self, failure: str) -> None:
        self.failure = f"{failure} {_last_logged()}"
        self._timer.stop()
        self._application.exit(1)


def _last_logged() -> str:
    """The place of a mistake, which a message to a person does not name."""
    try:
        return log.log_file().read_text(encoding="utf-8").splitlines()[-1]
    except (OSError, IndexError):
        return ""


def open_window(place: Place) -> str:
    """The window on the register: opened, painted, closed."""
    application = QApplication(sys.argv[:1])
    formats = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    _expect(formats >= PICTURES, f"Qt cannot read {sorted(PICTURES - formats)}")
    watch = Watch(application)
    status = app.run(place.register, sys.argv[:1])
    _expect(not watch.failure, watch.failure)
    _expect(status == 0, f"the window ended with {status}")
    return f"{application.platformName()}, stood after {watch.shown_after_s:.2f} s"


STEPS: Final[dict[str, Callable[[Place], str]]] = {
    "weigh the program": weigh,
    "start the command line": start,
    "load every part": load,
    "speak three languages": speak,
    "tell the time": tell_time,
    "count working days": count_days,
    "make a register": make,
    "import a file": bring_in,
    "export a workbook and read it back": take_out,
    "print a report": print_report,
    "write a notice and a form": tell,
    "verify": verify,
    "open the window and close it": open_window,
}
"""In the order in which a person would do them."""
