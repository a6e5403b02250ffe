"""What stands beside the form of a record: what it lacks, what others saved meanwhile, what happened to it and can be taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from riskreg.changes import ChangeSet, edit
from riskreg.records.values import Instant
from riskreg.views import Register
from tests.ui.desk import a_context, add, line_of
from ui.forms.panel import RecordPanel
from ui.jobs import Jobs

ZONE = "Asia/Hong_Kong"


@pytest.fixture
def register(opened: Register) -> Register:
    return opened


def test_save_when_someone_changed_the_field_meanwhile_then_both_stand_side_by_side(
    panel: RecordPanel, register: Register
) -> None:
    id = add(register, "incident", {"title": "x", "location": "first", "reported_by": "Amy"})
    panel.show_record(id)
    line = line_of(panel, "location")
    line.setText("mine")
    _change_behind(register, id, location="theirs", reported_by="Ben")
    panel.save()
    box = panel.form.row("location").conflict
    assert box is not None
    assert line.text() == "mine"
    assert line_of(panel, "reported_by").text() == "Ben"
    panel.save()
    assert register.record(id).get("location") == "theirs"
    box.mine_chosen.emit()
    panel.save()
    assert register.record(id).get("location") == "mine"


def test_save_when_someone_changed_another_field_then_saving_again_keeps_both(
    panel: RecordPanel, register: Register
) -> None:
    id = add(register, "incident", {"title": "x"})
    panel.show_record(id)
    line_of(panel, "location").setText("mine")
    _change_behind(register, id, reported_by="Ben")
    panel.save()
    panel.save()
    record = register.record(id)
    assert (record.get("location"), record.get("reported_by")) == ("mine", "Ben")


def test_stale_when_two_fields_differ_then_it_says_who_and_when_and_shows_both_values(
    panel: RecordPanel, register: Register
) -> None:
    id = add(register, "incident", {"title": "x", "location": "first", "reported_by": "Amy"})
    panel.show_record(id)
    line_of(panel, "location").setText("mine")
    line_of(panel, "reported_by").setText("Me")
    _change_behind(register, id, location="theirs", reported_by="Ben", discovered_by="Zoe")
    panel.save()
    box = panel.form.row("location").conflict
    assert box is not None
    assert (box.mine.text(), box.theirs.text()) == ("mine", "theirs")
    assert "at 18:40, while you were typing" in panel.message.text()
    assert "(Place or system, Reported by)" in panel.message.text()
    assert [button.text() for button in panel.message.buttons] == [
        "Keep all mine",
        "Use all theirs",
    ]


@pytest.mark.parametrize(
    ("button", "stored"), [(0, ("mine", "Me")), (1, ("theirs", "Ben"))], ids=["mine", "theirs"]
)
def test_stale_when_one_side_is_chosen_everywhere_then_it_is_what_is_stored(
    qtbot: QtBot, panel: RecordPanel, register: Register, button: int, stored: tuple[str, str]
) -> None:
    id = add(register, "incident", {"title": "x"})
    panel.show_record(id)
    line_of(panel, "location").setText("mine")
    line_of(panel, "reported_by").setText("Me")
    _change_behind(register, id, location="theirs", reported_by="Ben")
    panel.save()
    qtbot.mouseClick(panel.message.buttons[button], Qt.MouseButton.LeftButton)
    assert not panel.message.isVisible()
    panel.save()
    record = register.record(id)
    assert (record.get("location"), record.get("reported_by")) == stored
    assert not panel.is_dirty


def test_stale_when_theirs_was_chosen_then_mine_can_still_be_taken_back(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    id = add(register, "incident", {"title": "x"})
    panel.show_record(id)
    line_of(panel, "location").setText("a long text that took an hour")
    _change_behind(register, id, location="theirs")
    panel.save()
    box = panel.form.row("location").conflict
    assert box is not None
    qtbot.mouseClick(box.take, Qt.MouseButton.LeftButton)
    assert line_of(panel, "location").text() == "theirs"
    assert box.mine.text() == "a long text that took an hour"
    qtbot.mouseClick(box.keep, Qt.MouseButton.LeftButton)
    assert line_of(panel, "location").text() == "a long text that took an hour"
    panel.save()
    assert register.record(id).get("location") == "a long text that took an hour"
    assert panel.form.row("location").conflict is None


def test_stale_when_a_moment_cannot_be_read_then_its_text_stands_beside_the_saved_one(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    id = add(register, "incident", {"title": "x"})
    panel.show_record(id)
    line = line_of(panel, "discovered_at")
    line.setFocus()
    qtbot.keyClicks(line, "last wee")
    change = edit(register.record(id), {"discovered_at": Instant.parse("2026-11-19T09:00", ZONE)})
    assert change is not None
    changed = register.apply(ChangeSet(act="edit", changes=(change,)))
    panel._context.events.changed.emit(changed)
    box = panel.form.row("discovered_at").conflict
    assert box is not None
    assert box.mine.text() == "last wee"
    assert "19 Nov 2026" in box.theirs.text()
    box.theirs_chosen.emit()
    box.mine_chosen.emit()
    assert line.text() == "last wee"


def test_missing_when_a_record_lacks_things_then_the_head_counts_them_and_leads_there(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    panel.show_record(add(register, "asset", {"title": "Payroll", "retention": "7 years"}))
    assert panel.missing.head.text() == "4 things missing"
    assert not panel.missing.isVisible()
    qtbot.mouseClick(panel.missing.head, Qt.MouseButton.LeftButton)
    assert panel.missing.isVisible()
    last = panel.missing.links[-1]
    assert last.accessibleName() == "Place"
    assert last.accessibleDescription().startswith("Where it is kept decides")
    panel.show_history()
    qtbot.mouseClick(last, Qt.MouseButton.LeftButton)
    assert panel.focusWidget() is line_of(panel, "storage_location")


def test_missing_when_it_is_filled_in_then_the_count_follows_and_at_none_it_is_gone(
    panel: RecordPanel, register: Register
) -> None:
    panel.show_record(add(register, "party", {"title": "Amy", "party_type": "person"}))
    assert panel.missing.head.text() == "1 thing missing"
    panel.missing.fold(is_open=True)
    line_of(panel, "email").setText("amy@example.org")
    panel.save()
    assert not panel.missing.head.isVisible()
    assert not panel.missing.isVisible()
    panel.new_record("party")
    assert not panel.missing.head.isVisible()


def test_take_back_when_a_step_still_stands_then_its_earlier_values_return_as_a_new_change(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    id = add(register, "risk", {"title": "x", "status": "open"})
    _change_behind(register, id, status="treating", cause="Old software")
    _change_behind(register, id, cause="Nobody updates it")
    panel.show_record(id)
    panel.show_history()
    newest, first, made = panel.story.cards
    assert made.take_back is None
    assert newest.take_back is not None
    assert first.take_back is not None
    qtbot.mouseClick(first.take_back, Qt.MouseButton.LeftButton)
    record = register.record(id)
    assert (record.get("status"), record.get("cause")) == ("open", "Nobody updates it")
    assert panel.story.texts()[0].startswith("Earlier values of R-0001 brought back")
    register.undo()
    assert register.record(id).get("status") == "treating"


def test_take_back_when_nothing_of_a_step_stands_or_nothing_may_change_then_it_is_not_offered(
    panel: RecordPanel, register: Register
) -> None:
    id = add(register, "risk", {"title": "x"})
    for status in ("open", "treating"):
        _change_behind(register, id, status=status)
    panel.show_record(id)
    panel.show_history()
    assert [card.take_back is not None for card in panel.story.cards] == [True, False, False]
    panel.head.bin_asked.emit()
    assert [card.take_back for card in panel.story.cards] == [None] * 4


def test_history_when_a_record_has_many_entries_then_all_are_told_in_turns(
    panel: RecordPanel, register: Register
) -> None:
    id = add(register, "risk", {"title": "x"})
    for place in range(20):
        _change_behind(register, id, cause=f"cause {place}")
    panel.show_record(id)
    panel.show_history()
    assert len(panel.story.cards) == 6
    panel.story.complete()
    assert len(panel.story.cards) == 21
    assert "cause 18 → cause 19" in panel.story.texts()[0]
    assert panel.story.texts()[-1].startswith("Addition of R-0001")


def _change_behind(register: Register, id: int, **values: str) -> None:
    """A change that the window is not told of, as from another program."""
    change = edit(register.record(id), values)
    assert change is not None
    register.apply(ChangeSet(act="edit", changes=(change,)))


def test_history_when_shown_then_each_change_is_told_in_words(
    panel: RecordPanel, register: Register
) -> None:
    id = add(register, "risk", {"title": "x", "status": "open"})
    panel.show_record(id)
    panel.form.row("status").editor.set_value("treating")
    panel.save()
    panel.show_history()
    newest, oldest = panel.story.texts()
    assert newest.startswith("Edit of R-0001")
    assert "Status: Open → Being treated" in newest
    assert "18:40 by" in newest
    assert "Title: x" in oldest


def test_history_when_another_record_is_asked_for_meanwhile_then_only_its_own_is_shown(
    qtbot: QtBot, register: Register
) -> None:
    ids = [add(register, "risk", {"title": title}) for title in ("one", "two")]
    context = a_context(register, jobs=Jobs())
    made = RecordPanel(context)
    qtbot.addWidget(made, before_close_func=RecordPanel.stop)
    made.show()
    smith = made._smith()
    for id in ids:
        made.story.show_entries(smith, register.record(id), register.log(id=id))
    qtbot.waitUntil(lambda: not context.jobs.running and bool(made.story.cards))
    assert [card.title.text() for card in made.story.cards] == ["Addition of R-0002"]
    context.jobs.close()
