"""Several drafts of one record: each is offered once, none is written over by another, and what is saved is gone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from riskreg import clock
from riskreg import register as door
from riskreg.cases import case_of
from riskreg.changes import Changed
from riskreg.editing import to_bin
from riskreg.errors import Expected
from riskreg.rules.next_step import Step
from riskreg.views import Register
from tests.ui.desk import a_context, a_register, add, line_of
from tests.ui.test_drafts import FIELDS, a_panel
from tests.ui.test_drafts_beside import KNOWN, pressed
from ui.context import Context
from ui.dialogs.decide import DecideDialog
from ui.forms.directory import RegisterDirectory
from ui.forms.kit import Kit

AMY = {"fields": {"reported_by": {"base": "", "typed": "", "value": "Amy"}}}


@pytest.fixture
def context(qtbot: QtBot, opened: Register) -> Context:
    return a_context(opened)


def keep_later(opened: Register, key: str, values: dict, minutes: int = 1) -> None:
    with clock.fixed(clock.now() + timedelta(minutes=minutes)):
        opened.keep_draft(key, values)


def locations(opened: Register) -> dict[str, str]:
    """What each draft says of where it happened."""
    fields = {each.key: each.values.get("fields", {}) for each in opened.drafts()}
    return {key: found["location"]["value"] for key, found in fields.items() if "location" in found}


def a_decision(context: Context, id: int) -> DecideDialog:
    register = context.register
    zone, directory = register.organisation().zone, RegisterDirectory(context)
    kit = Kit(
        t=context.t,
        theme=context.theme,
        vocabulary=register.vocabulary,
        zone=zone,
        directory=directory,
    )
    case = case_of(register, id)
    rule = next(each for each in case.rules if each.key == "hk_pcpd")
    dialog = DecideDialog(context, kit, case, rule)
    dialog.show()
    return dialog


def test_draft_when_the_second_is_typed_on_then_the_first_is_as_it_was_and_the_second_goes_when_saved(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x"})
    opened.keep_draft("I-2026-001", FIELDS)
    keep_later(opened, "I-2026-001/2", AMY)
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    panel.draft.go_on()
    assert line_of(panel, "reported_by").text() == "Amy"
    line_of(panel, "reported_by").setText("Amy Chan")
    panel.drafts.keep()
    assert locations(opened) == {"I-2026-001": "Kowloon"}
    panel.save()
    assert [each.key for each in opened.drafts()] == ["I-2026-001"]
    assert locations(opened) == {"I-2026-001": "Kowloon"}


def test_draft_when_two_wait_and_one_types_then_both_stay_as_they_were(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x"})
    opened.keep_draft("I-2026-001", FIELDS)
    keep_later(opened, "I-2026-001/2", AMY)
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    line_of(panel, "location").setText("Central")
    panel.drafts.keep()
    assert sorted(locations(opened).values()) == ["Central", "Kowloon"]
    assert AMY["fields"] in [each.values["fields"] for each in opened.drafts()]
    panel.save()
    assert len(opened.drafts()) == 2


def test_draft_when_it_is_taken_beside_what_was_typed_then_nothing_of_the_saved_is_offered_again(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x"})
    opened.keep_draft("I-2026-001", FIELDS)
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    line_of(panel, "reported_by").setText("Amy")
    panel.drafts.keep()
    panel.draft.go_on()
    panel.save()
    record = opened.record(id)
    assert (record.get("location"), record.get("reported_by")) == ("Kowloon", "Amy")
    assert opened.drafts() == []


def test_draft_when_it_is_taken_over_other_words_then_those_are_offered_later(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x"})
    opened.keep_draft("I-2026-001", FIELDS)
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    line_of(panel, "location").setText("Central, by the pier")
    panel.draft.go_on()  # before the timer kept anything
    assert line_of(panel, "location").text() == "Kowloon"
    panel.save()
    other = a_panel(qtbot, context)
    other.show_record(id)
    other.draft.go_on()
    assert line_of(other, "location").text() == "Central, by the pier"


def test_draft_when_keeping_failed_once_and_it_is_saved_then_it_is_not_offered_again(
    qtbot: QtBot, context: Context, opened: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = a_panel(qtbot, context)
    panel.show_record(add(opened, "incident", {"title": "x"}))
    line_of(panel, "location").setText("Kow")
    panel.drafts.keep()

    def full(key: str, values: object) -> None:
        raise Expected("disk_full")

    with monkeypatch.context() as patched:
        patched.setattr(opened, "keep_draft", full)
        line_of(panel, "location").setText("Kowloon")
        panel.drafts.keep()
    panel.save()
    assert opened.drafts() == []


def test_draft_when_forgetting_failed_then_it_is_tried_again(
    qtbot: QtBot, context: Context, opened: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = add(opened, "incident", {"title": "x"})
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    line_of(panel, "location").setText("Kowloon")
    panel.drafts.keep()

    def locked(key: str) -> None:
        raise Expected("disk_full")

    with monkeypatch.context() as patched:
        patched.setattr(opened, "drop_draft", locked)
        panel.save()
    assert len(opened.drafts()) == 1
    panel.close_record()
    panel.show_record(id)
    assert not panel.message.text().startswith("You were writing")
    panel.drafts.keep()
    assert opened.drafts() == []


def test_draft_when_another_record_is_erased_then_what_is_typed_is_kept_again(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x"})
    other = add(opened, "risk", {"title": "about Amy"})
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    line_of(panel, "location").setText("Kowloon")
    panel.drafts.keep()
    opened.erase(other, "asked by the person")
    context.events.changed.emit(Changed(seq=0, ids=frozenset({other}), kinds=frozenset({"risk"})))
    panel.drafts.keep()
    assert locations(opened) == {"I-2026-001": "Kowloon"}


def test_draft_when_the_record_was_withdrawn_and_it_is_saved_as_new_then_nothing_is_left(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    panel = a_panel(qtbot, context)
    panel.show_record(add(opened, "party", {"title": "x"}))
    line_of(panel, "email").setText("amy@example.org")
    panel.drafts.keep()
    context.events.changed.emit(opened.undo())
    assert [button.text() for button in panel.message.buttons] == ["Save it as a new record"]
    panel._stored = None
    panel.form.detach()
    panel.drafts.keep()
    assert [each.key for each in opened.drafts()] == ["party"]
    panel.save()
    assert opened.drafts() == []


def test_draft_when_what_was_typed_goes_along_to_another_window_then_it_is_not_offered_beside(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x"})
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    line_of(panel, "location").setText("Kowloon")
    panel.drafts.keep()
    typed = panel.typed()
    assert typed is not None
    other = a_panel(qtbot, context)
    other.resume(typed)
    assert line_of(other, "location").text() == "Kowloon"
    assert not other.message.text().startswith("You were writing")
    other.save()
    assert opened.drafts() == []


def test_draft_of_a_decision_when_typed_on_and_recorded_then_no_word_of_it_is_offered_again(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", KNOWN)
    key = "I-2026-001/decision/hk_pcpd"
    opened.keep_draft(key, {"reason": "They may be harm"})
    dialog = a_decision(context, id)
    qtbot.addWidget(dialog)
    dialog.reason.setPlainText("Something else")
    dialog.draft.keeper.keep()
    pressed(dialog, "Go on writing")
    assert dialog.reason.toPlainText() == "They may be harm"
    dialog.answers["yes"].setChecked(True)
    dialog.by.set_value("Amy")
    dialog.apply()
    assert len(case_of(opened, id).decisions) == 1
    assert opened.drafts() == []


def test_draft_of_a_dialog_when_its_incident_is_in_the_bin_then_it_is_taken_out_before_it_opens(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", KNOWN)
    opened.keep_draft("I-2026-001/decision/hk_pcpd", {"reason": "They may be harm"})
    opened.apply(to_bin(opened, [id]))
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    assert "The record is in the bin now." in panel.message.text()
    pressed(panel, "Take it out of the bin")
    assert opened.record(id).deleted_at is None
    assert [button.text() for button in panel.message.buttons] == ["Open it again", "Discard it"]


def test_draft_of_a_dialog_when_what_it_is_about_is_gone_then_it_can_be_discarded(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", KNOWN)
    opened.keep_draft("I-2026-001/sent/N-2026-001", {"text": "As it went out"})
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    pressed(panel, "Discard it")
    assert opened.drafts() == []
    assert panel.message.text() == ""


def test_draft_of_a_dialog_when_asked_for_before_the_incident_is_read_then_it_opens_then(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", KNOWN)
    opened.keep_draft("I-2026-001/decision/hk_pcpd", {"reason": "They may be harm"})
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    read, panel.case.loaded = panel.case.loaded, None
    pressed(panel, "Open it again")
    assert not panel.findChildren(DecideDialog)
    assert read is not None
    panel.case._on_loaded(read)
    (dialog,) = panel.findChildren(DecideDialog)
    assert dialog.isVisible()


def test_draft_of_times_when_taken_before_the_incident_is_read_then_they_are_not_lost(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x", "contained_at": "2026-11-20T18:50"})
    times = {"aware_at": {"typed": "Friday eveni"}}
    opened.keep_draft("I-2026-001", {"fields": {}, "new": {}, "beside": {"times": times}})
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    panel.draft.go_on()
    panel.drafts.keep()
    assert panel.next_card.times["aware_at"].typed() == "Friday eveni"
    assert len(opened.drafts()) == 1


def test_draft_of_times_when_another_step_comes_first_then_they_stay_seen_and_kept(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x", "contained_at": "2026-11-20T18:50"})
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    card = panel.next_card
    card.times["aware_at"].type("Friday eveni")
    panel.drafts.keep()
    card.show_step(Step("assess"), panel.case.loaded)  # a clock is nearly over by now
    panel.drafts.keep()
    assert len(opened.drafts()) == 1
    assert card.times["aware_at"].isVisible()
    other = a_panel(qtbot, context)
    other.show_record(id)
    other.next_card.show_step(Step("assess"), other.case.loaded)
    other.draft.go_on()
    assert other.next_card.times["aware_at"].typed() == "Friday eveni"
    assert other.next_card.times["aware_at"].isVisible()
    assert len(opened.drafts()) == 1


def test_draft_of_times_when_they_were_never_asked_for_here_then_they_are_shown(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x"})
    times = {"aware_at": {"typed": "Friday eveni"}}
    opened.keep_draft("I-2026-001", {"fields": {}, "new": {}, "beside": {"times": times}})
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    panel.draft.go_on()
    assert panel.next_card.times["aware_at"].typed() == "Friday eveni"
    assert panel.next_card.times["aware_at"].isVisible()
    panel.discard()
    assert not panel.is_dirty
    assert opened.drafts() == []


def test_draft_of_times_when_the_record_is_put_into_the_bin_then_they_are_offered_once_it_is_back(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x", "contained_at": "2026-11-20T18:50"})
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    panel.next_card.times["aware_at"].type("Friday eveni")
    line_of(panel, "location").setText("Kowloon")
    context.change(to_bin(opened, [id]))  # before the timer kept anything
    panel.drafts.keep()
    pressed(panel, "Take it out of the bin")
    pressed(panel, "Go on writing")
    assert panel.next_card.times["aware_at"].typed() == "Friday eveni"
    assert line_of(panel, "location").text() == "Kowloon"
    assert len(opened.drafts()) == 1


def test_draft_of_times_when_the_record_is_withdrawn_then_it_waits_until_it_comes_back(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x", "contained_at": "2026-11-20T18:50"})
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    panel.next_card.times["aware_at"].type("Friday eveni")
    context.events.changed.emit(opened.undo())
    panel.drafts.keep()
    opened.redo()
    other = a_panel(qtbot, context)
    other.show_record(id)
    pressed(other, "Go on writing")
    assert other.next_card.times["aware_at"].typed() == "Friday eveni"


def test_draft_when_the_register_is_open_elsewhere_then_it_is_offered_there_only(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x"})
    panel = a_panel(qtbot, context)
    panel.show_record(id)
    line_of(panel, "location").setText("Kowloon")
    panel.drafts.keep()
    second = door.open(opened.path, read_only=True)
    assert second.read_only
    reading = a_panel(qtbot, a_context(second))
    reading.show_record(id)
    assert not any(button.text() == "Go on writing" for button in reading.message.buttons)
    reading.drafts.keep()
    reading.stop()
    second.close()
    assert locations(opened) == {"I-2026-001": "Kowloon"}


def test_draft_when_two_registers_are_open_then_each_offers_its_own(
    qtbot: QtBot, context: Context, opened: Register, tmp_path: Path
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    other = a_register(folder)
    first, second = (add(each, "incident", {"title": "x"}) for each in (opened, other))
    opened.keep_draft("I-2026-001", FIELDS)
    there = a_panel(qtbot, a_context(other))
    there.show_record(second)
    assert there.drafts.offered is None
    line_of(there, "location").setText("Central")
    there.drafts.keep()
    here = a_panel(qtbot, context)
    here.show_record(first)
    here.draft.go_on()
    here.save()
    assert (opened.drafts(), locations(other)) == ([], {"I-2026-001": "Central"})
    there.stop()
    other.close()


def test_draft_when_it_names_new_records_and_others_were_typed_meanwhile_then_each_is_itself(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "incident", {"title": "x"})
    first = a_panel(qtbot, context)
    first.show_record(id)
    first.form.row("assets").editor.add("Payroll of 2025")  # type: ignore[attr-defined]
    first.drafts.keep()
    second = a_panel(qtbot, context)
    second.show_record(id)
    second.form.row("risks").editor.add("Lost laptops")  # type: ignore[attr-defined]
    second.draft.go_on()
    second.save()
    record = opened.record(id)
    titles = {
        key: [opened.record(each).title for each in record.get(key)]  # type: ignore[union-attr]
        for key in ("assets", "risks")
    }
    assert titles == {"assets": ["Payroll of 2025"], "risks": ["Lost laptops"]}
    assert opened.drafts() == []
