"""Starting a playbook and ticking off its tasks."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from riskreg.cases import case_of
from riskreg.playbooks import playbooks
from riskreg.records import Task
from tests.ui.desk import add
from ui.context import Context
from ui.playbooks.checklist import Checklist
from ui.playbooks.dialog import PlaybookDialog


@pytest.fixture
def incident(context: Context) -> int:
    given = {
        "title": "Payroll mail sent to a stranger",
        "aware_at": "2026-11-20T18:40",
        "category": "sent_by_mistake",
    }
    return add(context.register, "incident", given)


def test_playbook_when_opened_then_what_fits_comes_first_and_nothing_is_made(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    before = context.register.head()
    dialog = PlaybookDialog(context, incident)
    qtbot.addWidget(dialog)
    assert "sent_by_mistake" in dialog.playbook.categories
    assert dialog.choice.itemText(0).endswith("(fits)")
    assert dialog.choice.count() == len(playbooks().playbooks)
    assert dialog.table.item(0, 0).text().startswith("Contain: ")
    assert "No law sets them" in dialog.notice.text()
    assert dialog.start.text() == f"Make {len(dialog.playbook.steps)} tasks"
    assert context.register.head() == before


def test_playbook_when_started_then_its_tasks_are_one_step_and_not_made_twice(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    register = context.register
    dialog = PlaybookDialog(context, incident)
    qtbot.addWidget(dialog)
    number, before = len(dialog.playbook.steps), register.head().seq
    dialog.start.click()
    assert register.head().seq == before + 1
    assert len(case_of(register, incident).tasks) == number
    again = PlaybookDialog(context, incident)
    qtbot.addWidget(again)
    assert not again.start.isEnabled()
    assert again.table.item(0, 2).text() == "A task already"


def test_checklist_when_ticked_then_it_says_who_and_when_and_can_be_taken_back(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    register = context.register
    context.settings.change(working_as="K. Chan")
    dialog = PlaybookDialog(context, incident)
    qtbot.addWidget(dialog)
    dialog.start.click()
    made = Checklist(context)
    qtbot.addWidget(made)
    made.show_case(case_of(register, incident))
    first = next(iter(made.rows))
    made.rows[first].click()
    task = register.record(first)
    assert isinstance(task, Task)
    assert (task.status, task.done_by, str(task.done_on)) == ("done", "K. Chan", "2026-11-20")
    made.show_case(case_of(register, incident))
    assert made.rows[first].isChecked()
    made.rows[first].click()
    back = register.record(first)
    assert isinstance(back, Task)
    assert (back.status, back.done_by, back.done_on) == ("to_do", "", None)
