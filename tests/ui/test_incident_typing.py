"""What is typed on the page of an incident is neither lost nor written over what is newer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from riskreg.changes import ChangeSet, edit
from riskreg.errors import Expected
from riskreg.records import Incident
from riskreg.records.values import Instant
from riskreg.views import Register, View
from tests.ui.desk import a_context, add, prompts_of
from ui.context import Context
from ui.forms.panel import RecordPanel
from ui.incident import loaded
from ui.jobs import Jobs, Lane
from ui.regimes.dialog import RulesDialog


class Gate:
    """Runs tasks when it is told to."""

    def __init__(self) -> None:
        self._tasks: list[Callable[[], None]] = []

    def start(self, lane: Lane, task: Callable[[], None]) -> None:
        self._tasks.append(task)

    def run(self) -> None:
        """Run what waits, and hand over what came of it."""
        while self._tasks:
            self._tasks.pop(0)()
            QCoreApplication.processEvents()

    def close(self) -> None:
        self.run()


KNOWN = {
    "title": "Payroll file mailed",
    "status": "assessing",
    "contained_at": "2026-11-20T10:30",
    "discovered_at": "2026-11-20T09:50",
    "aware_at": "2026-11-20T10:00",
    "people_live_in": ["hong_kong"],
    "our_role": "controller",
    "people_count": "150",
}


@pytest.fixture
def panel(qtbot: QtBot, context: Context) -> Iterator[RecordPanel]:
    made = RecordPanel(context)
    qtbot.addWidget(made)
    made.resize(392, 900)
    made.show()
    yield made
    made.stop()


def incident(register: Register, id: int) -> Incident:
    found = register.record(id)
    assert isinstance(found, Incident)
    return found


def tied_task(context: Context, panel: RecordPanel) -> int:
    """A task in the checklist of an incident that is shown."""
    id = add(context.register, "incident", KNOWN)
    ref = context.register.record(id).ref
    task = add(context.register, "task", {"title": "T", "status": "to_do", "incidents": [ref]})
    panel.show_record(id)
    panel.turn_to("links")
    return task


def refuse(*_args: object) -> None:
    raise Expected("busy")


# Ticks


def test_ties_when_a_minute_passes_then_the_tick_stays_where_the_person_is(
    panel: RecordPanel, context: Context
) -> None:
    task = tied_task(context, panel)
    box = panel.case.ties.checklist.rows[task]
    context.events.minute.emit()
    assert panel.case.ties.checklist.rows[task] is box
    box.click()
    assert panel.case.ties.checklist.rows[task].isChecked()
    assert context.register.record(task).get("status") == "done"


def test_files_when_a_minute_passes_then_the_rows_stay(
    panel: RecordPanel, context: Context
) -> None:
    tied_task(context, panel)
    panel.turn_to("evidence")
    buttons = panel.case.files.findChildren(QPushButton)
    context.events.minute.emit()
    assert panel.case.files.findChildren(QPushButton) == buttons


def test_tick_when_it_is_not_saved_then_it_goes_back_and_it_is_said(
    panel: RecordPanel, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = tied_task(context, panel)
    monkeypatch.setattr(type(context.register), "apply", refuse)
    panel.case.ties.checklist.rows[task].click()
    assert not panel.case.ties.checklist.rows[task].isChecked()
    assert prompts_of(context).errors


def test_own_rule_when_its_tick_is_not_saved_then_it_goes_back(
    qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = {
        "title": "Hotels", "pattern": "contract_customer", "in_use": True, "trigger": "aware",
        "amount": "30", "unit": "hours",
    }  # fmt: skip
    id = add(context.register, "own_rule", rule)
    dialog = RulesDialog(context)
    qtbot.addWidget(dialog)
    monkeypatch.setattr(type(context.register), "apply", refuse)
    dialog.own.rows[id].click()
    assert dialog.own.rows[id].isChecked()
    assert dialog.message.text()


# The times of the next step


def test_times_when_one_changed_meanwhile_then_it_is_shown_and_the_old_one_is_not_written_back(
    panel: RecordPanel, context: Context
) -> None:
    register = context.register
    id = add(register, "incident", {**KNOWN, "aware_at": None})
    panel.show_record(id)
    times, newer = panel.next_card.times, Instant.parse("2026-11-20T08:15[Asia/Hong_Kong]")
    prompts_of(context).lines.append("The log says so")
    change = edit(incident(register, id), {"discovered_at": newer})
    assert change is not None
    context.change(ChangeSet(act="edit", changes=(change,)))
    assert times["discovered_at"].value() == newer
    times["aware_at"].set_value(Instant.parse("2026-11-20T10:00[Asia/Hong_Kong]"))
    panel.next_card.button.click()
    assert incident(register, id).discovered_at == newer
    assert incident(register, id).aware_at is not None


def test_times_when_one_is_being_typed_then_it_stays(panel: RecordPanel, context: Context) -> None:
    register = context.register
    id = add(register, "incident", {**KNOWN, "aware_at": None})
    panel.show_record(id)
    typed = Instant.parse("2026-11-20T09:55[Asia/Hong_Kong]")
    panel.next_card.times["aware_at"].set_value(typed)
    change = edit(incident(register, id), {"title": "A mail"})
    assert change is not None
    context.change(ChangeSet(act="edit", changes=(change,)))
    context.events.minute.emit()
    assert panel.next_card.times["aware_at"].value() == typed


# What was typed and not saved


def two(context: Context, panel: RecordPanel, **more: object) -> tuple[int, int]:
    """Two incidents, the first of them shown with its timeline."""
    first = add(context.register, "incident", {**KNOWN, **more})
    second = add(context.register, "incident", {**KNOWN, "title": "Another"})
    panel.show_record(first)
    panel.turn_to("timeline")
    return first, second


def titles(register: Register) -> list[object]:
    return [register.record(id).get("title") for id in register.ids(View(kinds=("entry",)))]


def test_sentence_when_another_record_is_opened_then_it_is_asked_about_and_can_be_saved(
    panel: RecordPanel, context: Context
) -> None:
    _first, second = two(context, panel)
    quick = panel.case.timeline.quick
    quick.line.setText("Called her")
    quick.who.setText("Alice")
    prompts_of(context).answers.append("save")
    panel.show_record(second)
    assert titles(context.register) == ["Called her"]
    assert panel.record_id == second
    assert (quick.line.text(), quick.who.text()) == ("", "")


def test_sentence_when_the_person_stays_or_discards_then_so_it_is(
    panel: RecordPanel, context: Context
) -> None:
    first, second = two(context, panel)
    quick = panel.case.timeline.quick
    quick.line.setText("Called her")
    prompts_of(context).answers += ["", "discard"]
    panel.show_record(second)
    assert (panel.record_id, quick.line.text()) == (first, "Called her")
    panel.show_record(second)
    assert (panel.record_id, quick.line.text()) == (second, "")
    assert titles(context.register) == []


def test_times_when_another_record_is_opened_then_they_are_asked_about_and_can_be_saved(
    panel: RecordPanel, context: Context
) -> None:
    first, second = two(context, panel, aware_at=None)
    at = Instant.parse("2026-11-20T10:00[Asia/Hong_Kong]")
    panel.next_card.times["aware_at"].set_value(at)
    prompts_of(context).answers.append("save")
    panel.show_record(second)
    assert incident(context.register, first).aware_at == at
    assert panel.record_id == second


def test_sentence_when_entered_twice_before_it_is_saved_then_it_stands_there_once(
    qtbot: QtBot, opened: Register
) -> None:
    gate = Gate()
    context = a_context(opened, jobs=Jobs(gate))
    panel = RecordPanel(context)
    qtbot.addWidget(panel)
    panel.show_record(add(opened, "incident", KNOWN))
    gate.run()
    panel.turn_to("timeline")
    quick = panel.case.timeline.quick
    quick.line.setText("Called her")
    quick.line.returnPressed.emit()
    quick.line.returnPressed.emit()
    quick.line.setText("Called him")
    gate.run()
    qtbot.waitUntil(lambda: not context.jobs.running)
    assert titles(opened) == ["Called her"]
    assert quick.line.text() == "Called him"
    panel.stop()


def test_sentence_when_it_is_not_saved_then_it_comes_back(
    panel: RecordPanel, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    two(context, panel)
    monkeypatch.setattr(type(context.register), "apply", refuse)
    quick = panel.case.timeline.quick
    quick.line.setText("Called her")
    quick.who.setText("Alice")
    quick.save.click()
    assert (quick.line.text(), quick.who.text()) == ("Called her", "Alice")
    assert prompts_of(context).errors


def test_page_when_the_file_was_busy_then_it_is_asked_again(
    qtbot: QtBot, panel: RecordPanel, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = add(context.register, "incident", KNOWN)
    with monkeypatch.context() as patch:
        patch.setattr(loaded, "load", refuse)
        panel.show_record(id)
        assert panel.case.loaded is None
    qtbot.waitUntil(lambda: panel.case.loaded is not None)
