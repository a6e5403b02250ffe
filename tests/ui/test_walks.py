"""A person's ten first things, played through the real window; what each takes stands in `docs/walks.md`.

Nothing is put in place of the program's own parts but the clock and the system's dialogs for files and printers. After a change that makes a walk
shorter, `python -m tests.ui.test_walks` writes the page anew.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from riskreg import sample
from riskreg.settings import Settings
from riskreg.views import View
from tests.ui.hands import Hands, Walk
from tests.ui.test_paper import a_printer
from ui import app
from ui.dialogs.importing import ImportDialog
from ui.dialogs.outgoing import OutgoingDialog
from ui.dialogs.palette import Palette
from ui.dialogs.paper import PaperDialog
from ui.dialogs.report import ReportDialog
from ui.forms.chips import Chip
from ui.jobs import Jobs
from ui.pages.listing import ListingPage
from ui.pages.policy import PolicyPage
from ui.prompts import WindowPrompts
from ui.settings import Preferences
from ui.start_window import StartWindow
from ui.window import MainWindow

PAGE = Path(__file__).resolve().parents[2] / "docs" / "walks.md"
SECOND = "## Five errands of the year"
"""What parts the page: `test_walks_year.py` holds what comes after it."""
WRITES = "WRITE_WALKS"
Found = TypeVar("Found", bound=QWidget)

SHEET = """Risk,Likelihood,Impact,Owner
Laptop with patient records left in a taxi,3,4,K. Chan
Former staff still in the mail group,4,2,K. Chan
Backup tape cannot be read,2,4,M. Ho
"""


class Aim(NamedTuple):
    """What a walk may take at most; letters are what has to be said anyhow."""

    clicks: int
    keys: int


AIMS = {
    "Start a register": Aim(2, 0),
    "Log an incident": Aim(3, 0),
    "Tie it to the data and the risk": Aim(0, 6),
    "Score the risk": Aim(3, 1),
    "Tick a step of the policy": Aim(3, 0),
    "Import a spreadsheet": Aim(1, 6),
    "Undo the import": Aim(0, 1),
    "Export the register": Aim(0, 3),
    "Print the summary for the manager": Aim(2, 4),
    "Find everything about one processor": Aim(0, 3),
}


class Person:
    """Somebody who sits down at the program for the first time.

    Args:
        program: The program.
        hands: Their hands.
        files: What they choose in the system's file dialogs, in order.
        folder: Their computer.
    """

    def __init__(self, program: app.Program, hands: Hands, files: list[Path], folder: Path) -> None:
        self.program, self.hands, self.files, self.folder = program, hands, files, folder
        self.walks: list[Walk] = []

    def play(self) -> None:
        """All ten, one after the other."""
        ways = (
            self.start, self.log, self.tie, self.score, self.tick,
            self.bring, self.undo, self.export, self.print, self.find,
        )  # fmt: skip
        for title, way in zip(AIMS, ways, strict=True):
            if way == self.find:
                self.look_at_the_sample()
            self.walks.append(self.hands.begin(title))
            way()

    @property
    def window(self) -> MainWindow:
        """The window of the register."""
        assert isinstance(self.program.window, MainWindow)
        return self.program.window

    def start(self) -> None:
        window = self.program.window
        assert isinstance(window, StartWindow)
        self.hands.click(window.page.doors[1])
        self.hands.type("Harbour Clinic Ltd")
        self.hands.click(window.page.form.make)
        self.wait_for_window()
        assert self.window.context.register.organisation().title == "Harbour Clinic Ltd"

    def log(self) -> None:
        self.hands.click(self._button("Log an incident"))
        self.hands.type("Payroll file mailed to a former employee")
        self.hands.click(self.window.panel.quick.save)
        self.hands.until(lambda: self._shown() == "I-2026-001")

    def tie(self) -> None:
        for keys, name in (("Ctrl+T", "Payroll"), ("Tab", "Mail to a wrong address")):
            self.hands.press(keys)
            self.hands.type(name)
            self.hands.press("Enter")
        self.hands.press("Ctrl+S")
        self.hands.until(lambda: not self.window.panel.is_dirty and self._chips("R-0001"))
        register = self.window.context.register
        assert register.record(register.find("R-0001")).title == "Mail to a wrong address"

    def score(self) -> None:
        self.hands.click(self._chips("R-0001")[0].face)
        self.hands.until(lambda: self._shown() == "R-0001")
        form = self.window.panel.form
        for key, step in (("residual_likelihood", 4), ("residual_impact", 3)):
            self.hands.click(
                form.row(key).editor.controls()[step - 1], called=f"{key.replace('_', ' ')} {step}"
            )
        self.hands.press("Ctrl+S")
        register = self.window.context.register
        self.hands.until(lambda: register.record(register.find("R-0001")).residual_score == 12)

    def tick(self) -> None:
        self.hands.click(self._item("Policy actions"))
        page = self.window.page("action")
        assert isinstance(page, PolicyPage)
        self.hands.until(lambda: page.rows)
        self.hands.click(page.rows["A1"].turn, called="Show steps: A1")
        self.hands.click(page.rows["A1"].ticks[0].box, called="the first step")
        self.hands.until(lambda: page.rows["A1"].state.done == 1)

    def bring(self) -> None:
        sheet = self.folder / "My risks.csv"
        sheet.write_text(SHEET, encoding="utf-8")
        self.files.append(sheet)
        self.hands.press("Ctrl+Shift+I")
        dialog = self._dialog(ImportDialog)
        while not dialog.undo.isVisible():
            self.hands.until(lambda: dialog.next.isEnabled())
            page = dialog.pages.currentIndex()
            self.hands.press("Ctrl+Enter")
            self.hands.until(lambda page=page: dialog.pages.currentIndex() != page)  # type: ignore[misc]
        self.hands.press("Esc")
        self._come_back()
        assert self._count("risk") == 4

    def undo(self) -> None:
        self.hands.press("Ctrl+Z")
        self.hands.until(lambda: self._count("risk") == 1)

    def export(self) -> None:
        self.hands.press("Ctrl+Shift+E")
        dialog = self._dialog(OutgoingDialog)
        self.hands.press("Enter")
        self.hands.until(lambda: dialog.message.isVisible())
        assert dialog.path().stat().st_size > 4_000
        self.hands.press("Esc")
        self._come_back()

    def print(self) -> None:
        self.hands.click(self._item("Reports"))
        offered = [
            each
            for each in self.window.page("report").findChildren(QPushButton)
            if each.accessibleName().startswith("Summary")
        ]
        self.hands.click(offered[0], called="Make a PDF… of the summary")
        report = self._dialog(ReportDialog)
        self.hands.press("Ctrl+P")
        paper = self._dialog(PaperDialog)
        self.hands.press("Enter")
        self.hands.until(lambda: "went to" in paper.message.text())
        assert (self.folder / "paper.pdf").read_bytes().startswith(b"%PDF")
        self.hands.press("Esc")
        self.hands.until(lambda: QApplication.activeModalWidget() is report)
        report.activateWindow()
        self.hands.until(report.isActiveWindow)
        self.hands.press("Esc")
        self._come_back()

    def find(self) -> None:
        """The processor itself and every record that names it, then the one that broke."""
        self.hands.press("Ctrl+K")
        palette = self._dialog(Palette)
        self.hands.type("lantern")
        self.hands.until(lambda: not palette.is_asking and len(palette.words()) >= 3)
        self.hands.press("Up")
        self.hands.press("Enter")
        self._come_back()
        page = self.window.page("search")
        assert isinstance(page, ListingPage)
        self.hands.until(lambda: page.isVisible() and page.model.rowCount() >= 2)
        register = self.window.context.register
        found = {register.record(page.model.id_at(row)).ref for row in range(page.model.rowCount())}
        assert found >= {"P-0008", "I-2026-009"}

    # What they see

    def look_at_the_sample(self) -> None:
        """Leave the register for the sample, which has processors in it; not counted."""
        path = self.folder / "sample.riskreg"
        sample.make(path)
        self.window.register_wanted.emit(path)
        self.wait_for_window("sample.riskreg")

    def wait_for_window(self, name: str = "register.riskreg") -> None:
        """Until the window of a register stands, its panel made too."""

        def stands() -> bool:
            window = self.program.window
            is_there = isinstance(window, MainWindow) and window.isActiveWindow()
            return (
                is_there
                and "panel" in vars(window)
                and self.window.context.register.path.name == name
            )

        self.hands.until(stands)

    def _come_back(self) -> None:
        """A dialog is gone: the window is in front again, as every desktop does and Qt's screenless platform does not."""
        self.hands.until(lambda: QApplication.activeModalWidget() is None)
        self.window.activateWindow()
        self.hands.until(self.window.isActiveWindow)

    def _shown(self) -> str:
        id = self.window.panel.record_id
        return self.window.context.register.record(id).ref if id else ""

    def _chips(self, ref: str) -> list[Chip]:
        found = self.window.panel.findChildren(Chip)
        return [chip for chip in found if chip.isVisible() and ref in chip.face.text()]

    def _count(self, kind: str) -> int:
        return self.window.context.register.count(View(kinds=(kind,)))

    def _button(self, label: str) -> QPushButton:
        return next(
            each
            for each in self.window.findChildren(QPushButton)
            if each.text() == label and each.isVisible()
        )

    def _item(self, label: str) -> QWidget:
        return next(
            each
            for each in self.window.navigation.findChildren(QWidget)
            if each.accessibleName().startswith(label)
        )

    def _dialog(self, kind: type[Found]) -> Found:
        self.hands.until(lambda: isinstance(QApplication.activeModalWidget(), kind))
        found = QApplication.activeModalWidget()
        assert isinstance(found, kind)
        return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An account that has nothing in it yet, not even a folder for documents."""
    return tmp_path_factory.mktemp("person")


@pytest.fixture
def person(
    qtbot: QtBot, qapp: QApplication, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Person]:
    """Somebody before the start page."""
    monkeypatch.setenv("HOME", str(home))
    files: list[Path] = []

    class Chosen(WindowPrompts):
        """The system's own dialogs cannot be clicked: they answer what the person means."""

        def open_file(self, title: str, patterns: str, folder: Path | None = None) -> Path | None:
            return files.pop(0)

        def printer(self, title: str, pages: int) -> QPrinter | None:
            return a_printer(home / "paper.pdf")

    monkeypatch.setattr(app, "WindowPrompts", Chosen)
    settings = Preferences(Settings(language="en", theme="light"), lambda _: None)
    program = app.Program(qapp, settings, Jobs())
    program.start(None)
    assert program.window is not None
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    yield Person(program, Hands(qtbot), files, home)
    leave(qtbot, program)


def leave(qtbot: QtBot, program: app.Program) -> None:
    """Close as a person does, and wait until the register is closed too."""
    window = program.window
    if isinstance(window, MainWindow):
        window.panel.discard()
        with qtbot.waitSignal(window.finished, timeout=20_000):
            window.close()
    elif window is not None:
        window.close()


@pytest.mark.timeout(240)
@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_walks_when_played_then_each_is_as_short_as_it_shall_be_and_as_the_page_says(
    person: Person,
) -> None:
    person.play()
    hold_short(person.walks, AIMS)
    hold_page(first_part(person.walks), is_first=True)


def hold_short(walks: list[Walk], aims: dict[str, Aim]) -> None:
    """No walk takes more clicks or keys than it may."""
    for walk in walks:
        aim = aims[walk.title]
        assert walk.clicks <= aim.clicks, walk
        assert walk.keys <= aim.keys, walk


def hold_page(played: str, *, is_first: bool) -> None:
    """One of the two parts of the page says what was played; asked to, it is written first."""
    first, mark, second = PAGE.read_text(encoding="utf-8").partition(SECOND)
    if os.environ.get(WRITES):
        first, second = (played, mark + second) if is_first else (first, played)
        PAGE.write_text(first + second, encoding="utf-8")
        return
    assert played == (first if is_first else mark + second), "python -m tests.ui.test_walks"


def first_part(walks: list[Walk]) -> str:
    """The page of the documentation up to the errands of the year."""
    lines = [
        "# Ten first things, and what each takes",
        "",
        "Played through the real window by `tests/ui/test_walks.py`, which fails when a walk becomes longer or differs from this page;",
        "`python -m tests.ui.test_walks` writes it anew. Only the clock and the system's dialogs for files and printers are put in place of the real ones;",
        "choosing a file there is not counted. *Keys* command something (Enter, Tab, Ctrl+K); *letters* say what only the person knows.",
        "Walks 1 to 9 are one sitting in a register that was just made; walk 10 is in the sample register.",
        "",
    ]
    return "\n".join((*lines, *told(walks, 1), "", ""))


def told(walks: list[Walk], first: int) -> list[str]:
    """The numbers of walks as a table, then their steps, as lines; `first` is the number of the first of them."""
    lines = ["| # | | Clicks | Keys | Letters |", "|--:|---|--:|--:|--:|"]
    for number, walk in enumerate(walks, first):
        lines.append(f"| {number} | {walk.title} | {walk.clicks} | {walk.keys} | {walk.letters} |")
    lines.append("")
    for number, walk in enumerate(walks, first):
        lines.append(f"{number}. **{walk.title}**: {', '.join(walk.steps)}.")
    return lines


def main() -> int:
    """Play the walks and write the page."""
    files = [__file__, str(Path(__file__).with_name("test_walks_year.py"))]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", *files]
    return subprocess.run(command, env={**os.environ, WRITES: "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
