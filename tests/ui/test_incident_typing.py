"""What is typed on the page of an incident is neither lost nor written over what is newer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from riskreg.changes import ChangeSet, edit
from riskreg.records import Incident
from riskreg.records.values import Instant
from riskreg.views import Register
from tests.ui.desk import add, prompts_of
from ui.context import Context
from ui.forms.panel import RecordPanel

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
