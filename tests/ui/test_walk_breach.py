"""A whole breach played through the window: Friday 18:40 to closed, with the clicks and keys that it took.

Payroll mail to a stranger, a processor involved, people in Hong Kong, the EU, Singapore and the Mainland. Only
what is seen is pressed; what each part took is printed (`-s`), and the first safe record has an aim.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from riskreg import clock
from riskreg.cases import Case, case_of
from riskreg.changes import ChangeSet, edit
from riskreg.records.values import Instant
from tests.reports.pages import bare, body
from tests.ui.conftest import leave
from tests.ui.desk import FakePrompts, add
from tests.ui.hands import Hands, Walk
from ui.assessing.dialog import AssessDialog
from ui.closing.dialog import ReviewDialog
from ui.context import Context
from ui.dialogs.decide import DecideDialog
from ui.dialogs.report import ReportDialog
from ui.incident.board import Board
from ui.notices.dialog import NoticesDialog
from ui.notices.draft_pane import DraftPane
from ui.notices.sending import SendDialog
from ui.window import MainWindow

SENTENCE = "Payroll file mailed to a stranger"
MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
ANSWERS = {
    "context_simple": "c0",
    "context_behavioural": "c0",
    "context_financial": "c3",
    "context_sensitive": "c0",
    "ease": "maximum",
    "confidentiality": "known_recipients",
    "integrity": "not_affected",
    "availability": "not_affected",
    "is_malicious": False,
}


@pytest.fixture
def window(qtbot: QtBot, context: Context) -> MainWindow:
    """The window on an organisation that sells to people in the EU and Singapore."""
    register = context.register
    ours = edit(
        register.organisation(),
        {
            "offers_to": frozenset({"eu_eea", "singapore", "mainland_china"}),
            "ci_operator": "no",
            "sector": "other",
        },
    )
    assert ours is not None
    register.apply(ChangeSet(act="edit", changes=(ours,)))
    context.settings.change(working_as="K. Chan")
    scores = {"residual_likelihood": 2, "residual_impact": 3}
    add(register, "risk", {"title": "Mail to a wrong person", "status": "open", **scores})
    add(register, "party", {"title": "PayPro Ltd", "party_type": "processor"})
    made = MainWindow(context)
    qtbot.addWidget(made, before_close_func=leave)
    made.resize(1280, 900)
    made.show()
    made.turns.finish()
    made.activateWindow()
    return made


class Officer:
    """The data protection officer on Friday evening."""

    def __init__(self, window: MainWindow, hands: Hands, folder: Path) -> None:
        self.window, self.hands, self.folder = window, hands, folder
        self.walks: list[Walk] = []

    @property
    def case(self) -> Case:
        register = self.window.context.register
        return case_of(register, register.find("I-2026-001"))

    @property
    def prompts(self) -> FakePrompts:
        assert isinstance(self.window.context.prompts, FakePrompts)
        return self.window.context.prompts

    def begin(self, title: str) -> None:
        self.walks.append(self.hands.begin(title))

    def log(self) -> None:
        """From the list of risks, by mouse."""
        self.window.go("risk")
        self.begin("log it")
        self.hands.click(self.window.navigation.items["incident"], called="Incidents")
        page = self.window.page("incident")
        new = next(
            each
            for each in page.findChildren(QPushButton)
            if each.isVisible() and each.text() == "New incident"
        )
        self.hands.click(new)
        self.hands.type(SENTENCE)
        self.hands.press("Enter")

    def contain(self) -> None:
        self.begin("contain it and say when")
        card = self.window.panel.next_card
        assert card.title.text() == "Contain it first; details can wait."
        self.hands.click(card.button)
        for key in ("discovered_at", "aware_at"):
            self.hands.click(card.now_button(key))
        self.hands.click(card.button)

    def describe(self) -> None:
        self.begin("where, who we are, how many")
        panel = self.window.panel
        card = panel.next_card
        self.hands.click(card.button)
        for place in ("Hong Kong", "Singapore", "Mainland China", "EU"):
            self.hands.type(place)
            self.hands.press("Enter")
        self.hands.press("Ctrl+S")
        self.hands.until(lambda: self.case.incident.people_live_in)
        self.hands.click(card.button)
        (box,) = panel.form.row("our_role").findChildren(QComboBox)
        self.hands.choose(box, "Data user", "our role")
        self.hands.press("Ctrl+S")
        self.hands.click(card.button)
        self.hands.type("~150")
        self.hands.press("Ctrl+S")

    def note(self) -> None:
        self.begin("what just happened")
        self.hands.click(self.window.panel.next_card.note)
        self.hands.type("Called the recipient; she will delete it")
        self.hands.press("Enter")
        self.hands.until(lambda: self.case.entries)

    def assess(self) -> None:
        self.begin("assess it")
        self.hands.click(self.window.panel.next_card.button)
        dialog = self.dialog(AssessDialog)
        for page in dialog.pages:
            for key, box in page.boxes.items():
                if key in ANSWERS:
                    row = next(each for each in box.options if each.option.value == ANSWERS[key])
                    self.hands.scroll_to(row.mark, key)
                    self.hands.click(row.mark)
            self.hands.click(dialog.next)
        self.hands.click(dialog.next)
        self.hands.until(lambda: self.case.assessment)

    def wait(self) -> None:
        """The director on the telephone, at 19:20: wait."""
        self.begin("not yet")
        self.hands.click(self.window.panel.next_card.button)
        dialog = self.dialog(DecideDialog)
        self.hands.click(dialog.answers["not_yet"])
        self.hands.scroll_to(dialog.reason, "reason")
        self.hands.click(dialog.reason)
        self.hands.type("The director wants to hear the processor first")
        self.hands.scroll_to(dialog.by, "decided by")
        self.hands.click(dialog.by.line)
        self.hands.type("Dr Wong")
        for _, box in dialog.others:
            self.hands.scroll_to(box, box.text())
            self.hands.click(box, QPoint(8, box.height() // 2), called=box.text())
        self.hands.click(dialog.save)
        self.hands.until(lambda: self.case.decisions)

    def tie(self) -> None:
        """To the processor and to the risk that foretold it."""
        self.begin("tie it")
        panel = self.window.panel
        self.hands.press("Ctrl+T")
        for key, way, name in (
            ("risks", "Tab", "Mail to a wrong person"),
            ("processors", "Shift+Backtab", "PayPro Ltd"),
        ):
            while not panel.form.row(key).isAncestorOf(self.hands.focus()):
                self.hands.press(way)
            self.hands.type(name)
            self.hands.press("Enter")
        self.hands.press("Ctrl+S")
        self.hands.until(lambda: self.case.incident.risks and self.case.incident.processors)

    def decide(self) -> None:
        """Yes, for all that were put off; what is asked next is asked until all are told."""
        self.begin("decide on Monday")
        self.hands.click(self.window.panel.next_card.button)
        dialog = self.dialog(DecideDialog)
        self.hands.scroll_to(dialog.answers["yes"], "answers")
        self.hands.click(dialog.answers["yes"])
        self.hands.scroll_to(dialog.reason, "reason")
        self.hands.click(dialog.reason)
        self.hands.type("Salaries of 150 people")
        for _, box in dialog.others:
            self.hands.scroll_to(box, box.text())
            self.hands.click(box, QPoint(8, box.height() // 2), called=box.text())
        self.hands.click(dialog.save)

    def tell(self) -> None:
        """All of them: prepared and approved at once; each read and sent, the channel said where it is not known."""
        self.begin("tell them all")
        self.hands.click(self.window.panel.next_card.button)
        dialog = self.dialog(NoticesDialog)
        self.hands.click(dialog.many.prepare)
        self.prompts.lines.append("Dr Wong")
        self.hands.click(dialog.many.approve)
        self.hands.until(lambda: all(each.approved_by for each in self.case.notices))
        for sent in range(1, len(self.case.notices) + 1):
            self.send(dialog)
            self.hands.until(lambda: len([n for n in self.case.notices if n.sent_at]) == sent)  # noqa: B023
        self.hands.click(dialog.close_button)

    def send(self, dialog: NoticesDialog) -> None:
        """The one that is shown."""
        assert isinstance(dialog.pane, DraftPane)
        self.hands.click(dialog.pane.next)
        sending = self.dialog(SendDialog)
        (box,) = sending.fields["channel"].findChildren(QComboBox)
        if box.currentData() is None:
            self.hands.choose(box, "mail", "how it went")
        self.hands.click(sending.send)

    def review(self) -> None:
        """Root cause, lessons, a task that corrects, the risk scored anew; then it is closed."""
        self.begin("look back and close")
        self.hands.click(self.window.panel.next_card.button)
        dialog = self.dialog(ReviewDialog)
        for key, text in (
            ("root_cause", "The mail program completed the address"),
            ("lessons", "A second pair of eyes on payroll"),
        ):
            line = dialog.fields[key].controls()[0]
            self.hands.scroll_to(line, key)
            self.hands.click(line, called=key)
            self.hands.type(text)
        measure = dialog.measures.lines[0][0]
        self.hands.scroll_to(measure, "measure")
        self.hands.click(measure, called="measure")
        self.hands.type("Switch completion off")
        (row,) = dialog.risks
        self.hands.scroll_to(row.take, "proposal")
        self.hands.click(row.take)
        self.hands.click(dialog.close_it)
        self.hands.until(lambda: self.case.incident.closed_at)

    def verify(self) -> None:
        """The corrective task is done and somebody has seen that it works."""
        self.begin("verify the task")
        self.window.activateWindow()
        self.hands.until(self.window.isActiveWindow)
        self.turn_to("links")
        (link,) = [
            each
            for each in self.window.panel.case.ties.findChildren(QPushButton)
            if "T-0001" in f"{each.text()} {each.accessibleName()}"
        ]
        self.hands.scroll_to(link, "the task")
        self.hands.click(link)
        panel = self.window.panel
        self.hands.until(lambda: panel.ref == "T-0001")
        (box,) = panel.form.row("status").findChildren(QComboBox)
        self.hands.choose(box, "erified", "status")
        self.hands.press("Ctrl+S")

    def print(self) -> str:
        """The dossier, read back."""
        self.begin("print the dossier")
        path = self.folder / "dossier.pdf"
        self.window.context.events.report_wanted.emit("incident", "I-2026-001")
        dialog = self.dialog(ReportDialog)
        dialog.where.setText(str(path))  # what the system's dialog for files would give
        self.hands.click(dialog.start)
        self.hands.until(path.exists)
        self.hands.click(dialog.close_button)
        return body(path)

    def attach(self) -> None:
        self.begin("keep the mail")
        mail = self.folder / "mail.txt"
        mail.write_text("Dear payroll, this was not for me.", encoding="utf-8")
        self.prompts.files.append(mail)
        self.turn_to("evidence")
        self.hands.press("Ctrl+Shift+A")
        self.hands.until(lambda: self.case.evidence)

    def turn_to(self, key: str) -> None:
        """One click on a tab."""
        tabs: QTabBar = self.window.panel.tabs
        place = next(place for place in range(tabs.count()) if tabs.tabData(place) == key)
        middle: QPoint = tabs.tabRect(place).center()
        self.hands.click(tabs, middle, called=tabs.tabText(place))

    def dialog(self, kind: type) -> QDialog:  # type: ignore[type-arg]
        """The newest dialog of a kind, once it is seen."""
        self.hands.until(lambda: any(each.isVisible() for each in self._all(kind)))
        found = [each for each in self._all(kind) if each.isVisible()][-1]
        found.activateWindow()
        self.hands.until(found.isActiveWindow)
        return found

    def _all(self, kind: type) -> list[QDialog]:  # type: ignore[type-arg]
        return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind)]


@pytest.mark.timeout(300)
@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_walk_when_a_breach_is_played_then_each_step_leads_to_the_next(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    officer = Officer(window, Hands(qtbot), tmp_path)
    events = window.context.events
    officer.log()
    assert officer.case.incident.title == SENTENCE
    first = officer.walks[0]
    assert (first.clicks, first.keys) == (2, 1)
    officer.contain()
    assert officer.case.incident.aware_at == Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]")
    officer.describe()
    case = officer.case
    assert case.incident.people_live_in == {"hong_kong", "singapore", "mainland_china", "eu_eea"}
    assert str(case.incident.people_count) == "~150"
    officer.tie()
    officer.note()
    officer.attach()
    officer.assess()
    assert officer.case.incident.severity
    with clock.fixed(clock.now() + timedelta(minutes=40)):
        officer.wait()
    answers = {each.rule_key: each.answer for each in officer.case.decisions}
    assert {"hk_pcpd", "eu_authority", "cn_authority"} <= set(answers)
    assert set(answers.values()) == {"not_yet"}
    assert window.panel.next_card.title.text().startswith("Nothing to decide until Mon 23 Nov 2026")
    with clock.fixed(MONDAY):
        events.minute.emit()
        assert window.panel.next_card.title.text().startswith("Decide again: ")
        assert "Dr Wong" in "\n".join(
            each for card in _board(officer).cards for each in card.texts()
        )
        officer.decide()
        officer.hands.until(lambda: window.panel.case.loaded.step().key == "notify")  # type: ignore[union-attr]
        officer.tell()
        told = {each.rule_key for each in officer.case.notices if each.sent_at}
        assert {"hk_pcpd", "hk_people", "eu_authority", "eu_people", "cn_authority"} <= told
        assert {"sg_authority", "sg_people"} <= told
        assert window.panel.next_card.title.text() == "Look back: why could it happen?"
        officer.review()
    closed = officer.case
    assert closed.incident.status == "closed"
    (risk,) = closed.incident.risks
    assert window.context.register.record(risk).get("residual_likelihood") == 3
    (task,) = closed.tasks
    assert (task.title, task.task_type) == ("Switch completion off", "corrective")
    moments = {each.what for each in window.panel.case.loaded.moments}  # type: ignore[union-attr]
    assert {"logged", "reached", "entry", "assessed", "decided", "sent", "custody"} <= moments
    sha = closed.evidence[0].sha256
    with clock.fixed(MONDAY + timedelta(days=9)):
        officer.verify()
        assert officer.case.tasks[0].status == "verified"
        dossier = officer.print()
    for told_of in (
        SENTENCE,
        "Called the recipient; she will delete it",
        "The director wants to hear the processor first",
        "Salaries of 150 people",
        "Dr Wong",
        "The mail program completed the address",
        "Switch completion off",
        sha,
        *(each.ref for each in (*closed.notices, *closed.decisions)),
    ):
        assert bare(told_of) in dossier, told_of
    for walk in officer.walks:
        print(f"{walk.title}: {walk.clicks} clicks, {walk.keys} keys, {walk.letters} letters")


def _board(officer: Officer) -> Board:
    officer.turn_to("decision")
    return officer.window.panel.case.board


def test_log_when_by_keyboard_from_anywhere_then_two_keys_and_the_sentence(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    officer = Officer(window, Hands(qtbot), tmp_path)
    window.go("checks")
    officer.begin("log it by keyboard")
    officer.hands.press("Ctrl+N")
    officer.hands.type(SENTENCE)
    officer.hands.press("Enter")
    assert officer.case.incident.title == SENTENCE
    walk = officer.walks[0]
    assert (walk.clicks, walk.keys) == (0, 2)
    assert window.panel.next_card.isVisible()
    assert window.panel.next_card.title.text() == "Contain it first; details can wait."
