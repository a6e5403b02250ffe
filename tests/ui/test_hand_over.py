"""Hand over: what would move is seen first, then it is one step that undo takes back."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from riskreg.views import Register
from tests.ui import access
from tests.ui.desk import add, prompts_of
from ui.context import Context
from ui.dialogs.hand_over import HandOverDialog
from ui.window import MainWindow


@pytest.fixture
def successor(clinic: Register) -> int:
    return add(clinic, "party", {"title": "S. Wong"})


@pytest.fixture
def dialog(qtbot: QtBot, context: Context, clinic: Register, successor: int) -> HandOverDialog:
    made = HandOverDialog(context, clinic.find("P-0001"))
    qtbot.addWidget(made)
    return made


def test_hand_over_when_both_are_chosen_then_each_link_is_shown_and_nothing_has_changed(
    dialog: HandOverDialog, clinic: Register, successor: int
) -> None:
    before = clinic.head()
    assert not dialog.hand_over.isEnabled()
    dialog.choose(clinic.find("P-0001"), successor)
    lines = [dialog.table.lines.line(row) for row in range(dialog.table.lines.rowCount())]
    assert [(line.record[:6], line.field, line.now, line.becomes) for line in lines] == [
        (f"R-000{number}", "Owner", "K. Chan", "S. Wong") for number in range(1, 5)
    ]
    assert "4 records" in dialog.said.text()
    assert dialog.hand_over.text() == "Hand over 4 records"
    assert clinic.head() == before


def test_hand_over_when_done_then_it_is_one_step_and_the_last_day_is_noted(
    dialog: HandOverDialog, clinic: Register, context: Context, successor: int
) -> None:
    said: list[str] = []
    context.events.said.connect(said.append)
    giver, before = clinic.find("P-0001"), clinic.head().seq
    dialog.choose(giver, successor)
    dialog.left.setChecked(True)
    dialog.hand_over.click()
    assert said == ["4 records handed over to S. Wong • P-0002."]
    assert clinic.head().seq == before + 1
    assert len(clinic.links(successor)["owned_risks"]) == 4
    assert str(clinic.record(giver).get("until_on")) == "2026-11-20"
    clinic.undo()
    assert len(clinic.links(giver)["owned_risks"]) == 4
    assert clinic.record(giver).get("until_on") is None


def test_hand_over_when_it_cannot_be_or_nothing_is_open_then_the_dialog_says_so(
    dialog: HandOverDialog, clinic: Register, successor: int
) -> None:
    giver = clinic.find("P-0001")
    dialog.choose(giver, giver)
    assert "Nothing can be handed over from P-0001" in dialog.message.text()
    assert not dialog.hand_over.isEnabled()
    dialog.choose(successor, giver)
    assert "Nothing open is looked after by S. Wong" in dialog.said.text()
    assert not dialog.hand_over.isEnabled()


def test_hand_over_when_asked_from_a_party_in_the_panel_then_it_is_the_giver(
    window: MainWindow, clinic: Register
) -> None:
    window.open_record(clinic.find("P-0001"))
    offered = {action.text(): action for action in window.panel.head.findChildren(QAction)}
    offered["Hand over…"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HandOverDialog)
    assert dialog.giver.currentData() == clinic.find("P-0001")
    dialog.close()
    window.open_record(clinic.find("R-0001"))
    assert not offered["Hand over…"].isVisible()
    assert offered["Duplicate the record"].isVisible()
    window.context.actions["hand_over"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HandOverDialog)
    assert dialog.giver.currentData() == 0
    dialog.close()
    assert prompts_of(window.context).asked == []


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_hand_over_when_worked_by_keyboard_or_screen_reader_then_nobody_is_shut_out(
    dialog: HandOverDialog, clinic: Register, successor: int
) -> None:
    dialog.choose(clinic.find("P-0001"), successor)
    dialog.show()
    QApplication.processEvents()
    assert {
        kind: found for kind, check in access.CHECKS.items() if (found := check(dialog, None))
    } == {}
