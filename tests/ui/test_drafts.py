"""Drafts on a real register: what was typed when the program died is offered again, and nothing is done with it unasked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from riskreg import clock
from riskreg import register as door
from riskreg.changes import ChangeSet, edit
from riskreg.editing import to_bin
from riskreg.views import Register
from tests.ui.conftest import leave
from tests.ui.desk import a_context, a_register, add, line_of
from ui.context import Context
from ui.forms.panel import RecordPanel
from ui.window import MainWindow

DYING = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from riskreg import register
from tests.ui.desk import a_context
from ui.forms.panel import RecordPanel
app = QApplication([])
opened = register.open(Path(sys.argv[1]))
panel = RecordPanel(a_context(opened))
panel.show_record(opened.find("I-2026-001"))
panel.form.row("location").editor.controls()[0].setText("Kowloon, not sav")
panel.form.row("discovered_at").editor.type("last wee")
panel.form.row("assets").editor.add("Payroll of 2025")
panel.drafts._timer.setInterval(1)
app.processEvents()
while not opened.drafts():
    app.processEvents()
print("kept", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def context(qtbot: QtBot, opened: Register) -> Context:
    return a_context(opened)


@pytest.fixture
def panel(qtbot: QtBot, context: Context) -> RecordPanel:
    return a_panel(qtbot, context)


def a_panel(qtbot: QtBot, context: Context) -> RecordPanel:
    made = RecordPanel(context)
    qtbot.addWidget(made, before_close_func=RecordPanel.stop)
    made.show()
    return made


def test_draft_when_the_program_is_killed_then_all_that_was_typed_is_offered_and_only_taken_when_told(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = a_register(tmp_path)
    id = add(made, "incident", {"title": "Laptop lost"})
    made.close()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "RISKREG_HOME": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", DYING, str(made.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "kept\n"
        program.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    opened = door.open(made.path)
    panel = a_panel(qtbot, a_context(opened))
    before = opened.head().seq
    panel.show_record(id)
    assert panel.message.text().startswith("You were writing this at ")
    assert not panel.is_dirty
    panel.draft.go_on()
    assert line_of(panel, "location").text() == "Kowloon, not sav"
    assert line_of(panel, "discovered_at").text() == "last wee"
    assert opened.head().seq == before
    panel.form.row("discovered_at").editor.set_value(None)
    panel.save()
    record = opened.record(id)
    assert record.get("location") == "Kowloon, not sav"
    assert [opened.record(asset).title for asset in record.get("assets")] == ["Payroll of 2025"]  # type: ignore[union-attr]
    assert opened.drafts() == []
    panel.stop()
    opened.close()


def test_draft_when_what_was_typed_is_saved_or_discarded_then_it_is_gone(
    panel: RecordPanel, opened: Register
) -> None:
    panel.show_record(add(opened, "incident", {"title": "x"}))
    for end in (panel.save, panel.discard):
        line_of(panel, "location").setText(f"typed before {end}")
        panel.drafts.keep()
        assert [draft.key for draft in opened.drafts()] == ["I-2026-001"]
        end()
        assert opened.drafts() == []


def test_draft_when_it_is_discarded_then_the_record_stays_and_it_is_not_offered_again(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x"})
    opened.keep_draft(
        "I-2026-001", {"fields": {"location": {"base": "", "typed": "", "value": "y"}}}
    )
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    panel.draft.decline()
    assert not panel.is_dirty
    assert opened.drafts() == []


def test_draft_when_it_is_offered_then_nothing_is_kept_over_it(
    panel: RecordPanel, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x"})
    opened.keep_draft(
        "I-2026-001", {"fields": {"location": {"base": "", "typed": "", "value": "y"}}}
    )
    panel.show_record(id)
    line_of(panel, "reported_by").setText("Amy")
    panel.drafts.keep()
    kept = {draft.key: draft.values["fields"] for draft in opened.drafts()}
    assert "location" in kept["I-2026-001"]


def test_draft_when_the_field_was_changed_since_then_both_values_are_shown(
    panel: RecordPanel, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x", "location": "first"})
    fields = {"location": {"base": "first", "typed": "", "value": "mine"}}
    opened.keep_draft("I-2026-001", {"fields": fields})
    change = edit(opened.record(id), {"location": "theirs"})
    assert change is not None
    opened.apply(ChangeSet(act="edit", changes=(change,)))
    panel.show_record(id)
    panel.draft.go_on()
    assert panel.form.conflicts() == ["location"]
    assert line_of(panel, "location").text() == "mine"


def test_draft_when_a_new_incident_was_begun_then_its_sentence_is_offered(
    qtbot: QtBot, panel: RecordPanel, context: Context, opened: Register
) -> None:
    panel.new_record("incident")
    panel.quick.line.setText("Fax to a wro")
    panel.drafts.keep()
    other = a_panel(qtbot, context)
    other.new_record("incident")
    assert other.quick.text() == ""
    other.draft.go_on()
    assert other.quick.text() == "Fax to a wro"


FIELDS = {"fields": {"location": {"base": "", "typed": "", "value": "Kowloon"}}}


def test_draft_when_its_record_is_in_the_bin_then_it_is_taken_out_before_one_goes_on(
    panel: RecordPanel, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x"})
    opened.keep_draft("I-2026-001", FIELDS)
    opened.apply(to_bin(opened, [id]))
    panel.show_record(id)
    assert "The record is in the bin now." in panel.message.text()
    labels = [button.text() for button in panel.message.buttons]
    assert labels == ["Take it out of the bin", "Discard it"]
    panel.message.buttons[0].click()
    assert opened.record(id).deleted_at is None
    assert [button.text() for button in panel.message.buttons] == ["Go on writing", "Discard it"]
    panel.message.buttons[0].click()
    assert line_of(panel, "location").text() == "Kowloon"
    panel.save()
    assert opened.record(id).get("location") == "Kowloon"
    assert opened.drafts() == []


def test_draft_when_its_record_is_erased_then_nothing_of_it_is_left(opened: Register) -> None:
    id = add(opened, "incident", {"title": "x"})
    opened.keep_draft("I-2026-001", FIELDS)
    opened.erase(id, "asked by the person")
    assert opened.drafts() == []


def test_draft_when_its_record_was_withdrawn_then_the_next_one_is_offered_and_it_waits(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    first = add(opened, "incident", {"title": "stays"})
    opened.keep_draft("I-2026-001", FIELDS)
    add(opened, "risk", {"title": "withdrawn"})
    with clock.fixed(clock.now() + timedelta(minutes=1)):
        opened.keep_draft("R-0001", {"fields": {}})
    opened.undo()
    window = MainWindow(context)
    qtbot.addWidget(window, before_close_func=leave)
    window.show()
    window.turns.finish()
    qtbot.waitUntil(lambda: window.panel.record_id == first)
    assert "Also not saved: R-0001." in window.panel.message.text()
    assert {draft.key for draft in opened.drafts()} == {"I-2026-001", "R-0001"}


def test_draft_of_a_new_record_when_offered_then_all_its_fields_come_back(
    qtbot: QtBot, panel: RecordPanel, context: Context, opened: Register
) -> None:
    panel.new_record("party")
    line_of(panel, "email").setText("amy@example.org")
    panel.drafts.keep()
    other = a_panel(qtbot, context)
    other.new_record("party")
    assert not other.is_dirty
    other.draft.go_on()
    assert line_of(other, "email").text() == "amy@example.org"
    assert other.save_bar.save.isEnabled()


def test_draft_when_one_types_beside_an_offered_one_then_both_are_kept_and_offered_in_turn(
    qtbot: QtBot, panel: RecordPanel, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x"})
    opened.keep_draft("I-2026-001", FIELDS)
    panel.show_record(id)
    with clock.fixed(clock.now() + timedelta(minutes=1)):
        line_of(panel, "reported_by").setText("Amy")
        panel.drafts.keep()
    assert len(opened.drafts()) == 2
    other = a_panel(qtbot, context)
    other.show_record(id)
    other.draft.go_on()
    assert line_of(other, "reported_by").text() == "Amy"
    other.save()
    third = a_panel(qtbot, context)
    third.show_record(id)
    third.draft.go_on()
    assert line_of(third, "location").text() == "Kowloon"
    third.save()
    record = opened.record(id)
    assert (record.get("location"), record.get("reported_by")) == ("Kowloon", "Amy")
    assert opened.drafts() == []


def test_draft_when_a_sentence_and_times_were_typed_beside_the_form_then_both_are_offered(
    qtbot: QtBot, panel: RecordPanel, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x", "contained_at": "2026-11-20T18:50"})
    panel.show_record(id)
    qtbot.waitUntil(lambda: panel.case.loaded is not None)
    panel.case.note()
    panel.case.timeline.quick.line.setText("Called the recipi")
    panel.case.timeline.quick.who.setText("Amy")
    panel.case.timeline.quick._ready().type("half past se")
    panel.next_card.times["aware_at"].type("Friday eveni")
    panel.drafts.keep()
    other = a_panel(qtbot, context)
    other.show_record(id)
    qtbot.waitUntil(lambda: other.case.loaded is not None)
    assert not other.is_dirty
    other.draft.go_on()
    quick = other.case.timeline.quick
    assert (quick.line.text(), quick.who.text()) == ("Called the recipi", "Amy")
    assert quick._ready().typed() == "half past se"
    assert other.next_card.times["aware_at"].typed() == "Friday eveni"
    assert other.part == "timeline"


def test_draft_when_the_sentence_was_added_then_it_is_not_kept_any_longer(
    qtbot: QtBot, panel: RecordPanel, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x"})
    panel.show_record(id)
    qtbot.waitUntil(lambda: panel.case.loaded is not None)
    panel.case.note()
    panel.case.timeline.quick.line.setText("Called the recipient")
    panel.drafts.keep()
    assert len(opened.drafts()) == 1
    panel.case.timeline.save()
    qtbot.waitUntil(lambda: opened.drafts() == [])


def test_draft_when_what_was_typed_is_taken_back_then_nothing_stays_kept(
    panel: RecordPanel, opened: Register
) -> None:
    panel.show_record(add(opened, "incident", {"title": "x"}))
    line_of(panel, "location").setText("Kowloon")
    panel.drafts.keep()
    assert len(opened.drafts()) == 1
    line_of(panel, "location").setText("")
    panel.drafts.keep()
    assert opened.drafts() == []
