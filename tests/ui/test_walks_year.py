"""Five errands of a year with the programme, played through the real window as `test_walks` plays the first ten.

They are one sitting in the sample register, each from Home; their numbers stand in the second part of `docs/walks.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QTabBar, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from riskreg import sample
from riskreg.settings import Settings, save
from tests.reports.pages import texts
from tests.ui.hands import Hands
from tests.ui.test_walks import SECOND, Aim, Person, hold_page, hold_short, leave, told
from ui import app
from ui.dialogs.hand_over import HandOverDialog
from ui.dialogs.palette import Palette
from ui.dialogs.report import ReportDialog
from ui.dialogs.scale_dialog import ScaleDialog
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.suggestions import SuggestionsDialog
from ui.forms.form import Form
from ui.jobs import Jobs
from ui.pages.history import HistoryPage
from ui.settings import Preferences

WHY = "Another provider costs more than the harm"
TALK = "Talk with the board about the year"

AIMS = {
    "Choose a scale and set an appetite": Aim(7, 3),
    "Accept a risk until a date": Aim(3, 7),
    "Plan the year": Aim(3, 14),
    "Hand over to a successor": Aim(0, 5),
    "Say who changed this and when": Aim(2, 6),
}


class Officer(Person):
    """Somebody who looks after the register of the sample."""

    def play(self) -> None:
        """All five, one after the other, each from Home."""
        ways = (self.rescale, self.accept, self.plan, self.hand_over, self.answer)
        for title, way in zip(AIMS, ways, strict=True):
            self.go_home()
            self.walks.append(self.hands.begin(title))
            way()

    def rescale(self) -> None:
        self.hands.click(self._item("Settings"))
        settings = self._dialog(SettingsDialog)
        self._click_tab(settings.tabs, 4)
        self.hands.click(settings.scale.change_button)
        scale = self._dialog(ScaleDialog)
        self.hands.choose(scale.start, "NIST", "the scale")
        self.hands.press("Enter")
        self.hands.until(scale.save_button.isVisible)
        assert "risks change their level" in scale.told.text()
        self.hands.press("Enter")
        self.hands.until(lambda: QApplication.activeModalWidget() is settings)
        settings.activateWindow()
        self.hands.until(settings.isActiveWindow)
        self.hands.choose(settings.scale.appetite, "Low", "what is accepted")
        self.hands.press("Enter")
        self._come_back()
        register = self.window.context.register
        assert register.organisation().appetite == "low"
        assert "NIST" in register.vocabulary.scale.title.en

    def accept(self) -> None:
        self._open("R-0018")
        form = self.window.panel.form
        status = _control(form, "status")
        assert isinstance(status, QComboBox)
        self.hands.choose(status, "Accepted", "Status")
        accepted_by = _control(form, "accepted_by")
        self.hands.until(lambda: not accepted_by.visibleRegion().isEmpty())
        self.hands.click(accepted_by, called="Accepted by")
        self.hands.type("Lam")
        self.hands.press("Enter")
        for words in ("today", "30 June 2027", WHY):
            self.hands.press("Tab")
            self.hands.type(words)
        self._save()
        register = self.window.context.register
        risk = register.record(register.find("R-0018"))
        assert (risk.get("status"), risk.get("acceptance_reason")) == ("accepted", WHY)
        assert risk.get("accepted_on") == date(2026, 11, 20)
        assert risk.get("accepted_until_on") == date(2027, 6, 30)
        assert risk.get("accepted_by") == {register.find("P-0002")}

    def plan(self) -> None:
        self._command("suggested rec")
        dialog = self._dialog(SuggestionsDialog)
        self.hands.click(dialog.untick_all)
        self._tick(dialog.list, 4)
        assert dialog.add.text() == "Add 11 records"
        self.hands.press("Enter")
        self._come_back()
        self._command("new activity")
        self.hands.type(TALK)
        for words in ("Report", "Planned", "", "15 January 2027"):
            self.hands.press("Tab")
            if words:
                self.hands.type(words)
        self._save()
        register = self.window.context.register
        made = register.record(self.window.panel.record_id)
        assert (made.get("activity_type"), made.get("status")) == ("management_report", "planned")
        assert self._count("activity") == 11 + 12
        said = self._printed("Programme", "Make a PDF… of the programme")
        assert TALK in said
        assert "Try to restore a backup" in said

    def hand_over(self) -> None:
        register = self.window.context.register
        giver, taker = register.find("P-0001"), register.find("P-0003")
        before = len(register.links(giver)["owned_risks"])
        assert before
        self._open("P-0001")
        self._command("hand over")
        dialog = self._dialog(HandOverDialog)
        self.hands.type("S.")
        self.hands.until(dialog.hand_over.isEnabled)
        assert dialog.taker.currentText().startswith("S. Wong")
        self.hands.press("Enter")
        self._come_back()
        undo = self.window.status_line.undo
        self.hands.until(lambda: "handover from P-0001 to P-0003" in undo.text())
        kept, taken = (len(register.links(party)["owned_risks"]) for party in (giver, taker))
        assert kept < before < kept + taken

    def answer(self) -> None:
        """Who accepted it: on the record itself, then with the number of the entry in the journal."""
        self._open("R-0018")
        self._click_tab(self.window.panel.tabs, 1)
        story = self.window.panel.story
        self.hands.until(lambda: len(story.cards) == 2)
        newest = story.texts()[0]
        assert newest.startswith("Edit of R-0018\n18:40 by K. Chan\nStatus: Open → Accepted")
        self._command("history")
        self.hands.press("Ctrl+F")
        self.hands.type("R-0018")
        self.hands.press("Enter")
        page = self.window.page("history")
        assert isinstance(page, HistoryPage)
        self.hands.until(lambda: len(page.rows) == 2)
        self.hands.click(page.rows[0].toggle)
        self.hands.until(lambda: "Accepted until: empty → 30 Jun 2027" in page.rows[0].text())
        assert page.rows[0].text().startswith("18:40\nEdit of R-0018\nK. Chan (")

    # What they do

    def _open(self, ref: str) -> None:
        """Go to a record by its ref."""
        self._command(ref)
        self.hands.until(lambda: self._shown() == ref)

    def _command(self, words: str) -> None:
        """Go to anything by a few letters."""
        self.hands.press("Ctrl+K")
        palette = self._dialog(Palette)
        self.hands.type(words)
        self.hands.until(lambda: not palette.is_asking)
        self.hands.press("Enter")
        if QApplication.activeModalWidget() is None:
            self._come_back()

    def go_home(self) -> None:
        """Back to where an errand begins; not counted."""
        self.window.panel.closed.emit()
        self.window.go("home")

    def _click_tab(self, tabs: QTabBar, place: int) -> None:
        self.hands.click(tabs, tabs.tabRect(place).center(), called=tabs.tabText(place))
        assert tabs.currentIndex() == place

    def _tick(self, list: QTreeWidget, row: int) -> None:
        """A click on the tick of a kind, which stands at the left of its name."""
        index = list.model().index(row, 0)
        list.scrollTo(index)
        place = list.visualRect(index)
        at = QPoint(place.left() + 9, place.center().y())
        self.hands.click(list.viewport(), at, f"the tick of {index.data()}")

    def _save(self) -> None:
        self.hands.press("Ctrl+S")
        self.hands.until(lambda: not self.window.panel.is_dirty)

    def _printed(self, name: str, called: str) -> str:
        """Make a report as a file; what it says, in one line."""
        self._command("reports")
        offers = self.window.page("report").findChildren(QPushButton)
        offer = next(each for each in offers if each.accessibleName().startswith(name))
        self.hands.scroll_to(offer, called.rpartition(" of ")[2])
        self.hands.click(offer, called=called)
        report = self._dialog(ReportDialog)
        self.hands.press("Enter")
        self.hands.until(report.message.isVisible)
        said = " ".join(" ".join(texts(report.path())).split())
        self.hands.press("Esc")
        self._come_back()
        return said


def _control(form: Form, key: str) -> QWidget:
    """Where a field is filled in."""
    return form.row(key).editor.controls()[0]


@pytest.fixture
def officer(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Officer]:
    """Somebody before Home of the sample register."""
    monkeypatch.setenv("HOME", str(tmp_path))
    path = tmp_path / "sample.riskreg"
    sample.make(path)
    known = Settings(language="en", theme="light", working_as="K. Chan")
    save(known)
    settings = Preferences(known, save)
    program = app.Program(qapp, settings, Jobs())
    program.start(path)
    found = Officer(program, Hands(qtbot), [], tmp_path)
    assert program.window is not None
    program.window.activateWindow()
    found.wait_for_window("sample.riskreg")
    yield found
    leave(qtbot, program)


@pytest.mark.timeout(240)
@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_errands_when_played_then_each_is_as_short_as_it_shall_be_and_as_the_page_says(
    officer: Officer,
) -> None:
    officer.play()
    hold_short(officer.walks, AIMS)
    lines = (
        SECOND,
        "",
        "Played by `tests/ui/test_walks_year.py`, each from Home of the sample register, one after the other.",
        "",
        *told(officer.walks, 11),
        "",
    )
    hold_page("\n".join(lines), is_first=False)
