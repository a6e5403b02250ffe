"""The page of an incident: what is next, the board, decisions, the timeline, and what an hour does to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from riskreg import clock
from riskreg.cases import case_of
from riskreg.changes import ChangeSet, edit
from riskreg.records.values import Instant
from riskreg.views import Register, View
from tests.ui.desk import add, prompts_of
from ui.context import Context
from ui.dialogs.decide import DecideDialog
from ui.forms.panel import RecordPanel
from ui.incident.chips import PlainChip
from ui.incident.rule_card import RuleCard

AWARE = "2026-11-20T10:00"
KNOWN = {
    "title": "Payroll file mailed",
    "status": "assessing",
    "contained_at": "2026-11-20T10:30",
    "discovered_at": "2026-11-20T09:50",
    "aware_at": AWARE,
    "people_live_in": ["hong_kong", "eu_eea"],
    "our_role": "controller",
    "people_count": "150",
}


@pytest.fixture
def register(context: Context) -> Register:
    """An organisation that offers goods to people in the EU."""
    ours = context.register.organisation()
    change = edit(
        ours, {"offers_to": frozenset({"eu_eea"}), "ci_operator": "no", "sector": "other"}
    )
    assert change is not None
    context.register.apply(ChangeSet(act="edit", changes=(change,)))
    return context.register


@pytest.fixture
def panel(qtbot: QtBot, context: Context, register: Register) -> Iterator[RecordPanel]:
    made = RecordPanel(context)
    qtbot.addWidget(made)
    made.resize(392, 900)
    made.show()
    yield made
    made.stop()


def shown(panel: RecordPanel, register: Register, **more: object) -> int:
    id = add(register, "incident", {**KNOWN, **more})
    panel.show_record(id)
    return id


def the_dialog(panel: RecordPanel) -> DecideDialog:
    return panel.findChildren(DecideDialog)[-1]


def decide(panel: RecordPanel, key: str, answer: str, reason: str = "Few, known people") -> None:
    panel.turn_to("decision")
    panel.case.board.card(key).decide.click()
    dialog = the_dialog(panel)
    dialog.answers[answer].setChecked(True)  # type: ignore[index]
    dialog.reason.setPlainText(reason)
    dialog.by.set_value("Dr Wong")
    dialog.save.click()
    dialog.deleteLater()


def decisions(register: Register) -> list[tuple[object, ...]]:
    view = View(kinds=("decision",), columns=("answer", "reason", "decided_by", "decide_again_at"))
    return [row.values for row in register.rows(view, register.ids(view))]


def said(card: RuleCard) -> str:
    return "\n".join(card.texts())


# Next steps


def test_card_when_facts_are_known_then_it_is_assessed_and_an_errand_begins(
    panel: RecordPanel, register: Register, context: Context
) -> None:
    wanted: list[tuple[str, int]] = []
    context.events.step_wanted.connect(lambda step, id: wanted.append((step, id)))
    id = shown(panel, register)
    assert panel.next_card.title.text() == "How bad could this be for the people?"
    panel.next_card.button.click()
    assert wanted == [("assess", id)]


def test_card_when_it_goes_on_then_contain_with_the_tightest_clock_and_a_playbook(
    panel: RecordPanel, register: Register
) -> None:
    shown(panel, register, contained_at=None)
    assert panel.next_card.title.text() == "Contain it first; details can wait."
    assert panel.next_card.text.text().startswith(
        "GDPR: 63 hours left. It is due Mon 23 Nov 2026, 10:00"
    )
    assert panel.next_card.playbook.isVisible()


def test_card_when_a_known_time_stands_there_then_the_others_are_asked(
    panel: RecordPanel, register: Register
) -> None:
    shown(panel, register, aware_at=None)
    assert panel.next_card.times["discovered_at"].value() is not None
    assert panel.next_card.times["aware_at"].value() is None


def test_panel_when_another_kind_is_shown_then_nothing_of_the_incident_stays(
    panel: RecordPanel, register: Register
) -> None:
    shown(panel, register, drill=True)
    assert panel.tabs.count() == 6
    assert "DRILL 演練" in panel.case.line.texts()
    panel.show_record(add(register, "asset", {"title": "Payroll"}))
    assert panel.tabs.count() == 2
    assert not panel.next_card.isVisible()
    assert panel.case.line.texts() == []


# The board


def test_board_when_several_run_then_what_is_due_first_stands_first_in_both_zones(
    panel: RecordPanel, register: Register
) -> None:
    shown(panel, register)
    panel.turn_to("decision")
    keys = [card.rule.key for card in panel.case.board.cards]
    assert keys[:3] == ["eu_authority", "eu_people", "hk_pcpd"]
    first = said(panel.case.board.card("eu_authority"))
    assert "Due Mon 23 Nov 2026, 10:00 (Hong Kong)." in first
    assert "For the regulator: Mon 23 Nov 2026, 03:00 (Brussels)." in first
    assert "due in 63 h" in first
    assert "Law" in first
    hong_kong = said(panel.case.board.card("hk_pcpd"))
    assert "Recommended" in hong_kong
    assert "no hours are set" in hong_kong
    assert "due" not in hong_kong.lower().replace("hong kong", "")


def test_board_when_rules_do_not_apply_then_why_is_one_click_deeper(
    panel: RecordPanel, register: Register
) -> None:
    shown(panel, register)
    panel.turn_to("decision")
    board = panel.case.board
    assert not board.other_rules.isVisible()
    board.others.click()
    assert board.other_rules.isVisible()
    assert "Singapore, PDPA: Notice to the authority" in board.other_rules.text()


def test_board_when_hours_pass_or_the_computer_sleeps_then_it_says_so_without_reading(
    panel: RecordPanel, register: Register, context: Context
) -> None:
    shown(panel, register)
    panel.turn_to("decision")
    card = panel.case.board.card("eu_authority")
    with clock.fixed(clock.now() + timedelta(hours=64)):
        context.events.minute.emit()
        assert "late by 40 min" in said(card)
        assert any("GDPR: late by 40 min" in text for text in panel.case.line.texts())
    assert panel.case.board.card("eu_authority") is card


def test_board_when_a_time_was_changed_then_the_old_one_and_both_deadlines_stay(
    panel: RecordPanel, register: Register
) -> None:
    id = shown(panel, register)
    earlier = Instant.parse("2026-11-20T08:00[Asia/Hong_Kong]")
    found = {"aware_at": earlier, "trigger_reason": "The mail of 08:00 was found"}
    change = edit(register.record(id), found)
    assert change is not None
    panel._context.change(ChangeSet(act="edit", changes=(change,)))
    panel.turn_to("decision")
    text = said(panel.case.board.card("eu_authority"))
    assert "Aware was Fri 20 Nov 2026, 10:00 (Hong Kong) until it was changed" in text
    assert (
        "It was due Mon 23 Nov 2026, 10:00 (Hong Kong), since then Mon 23 Nov 2026, 08:00" in text
    )
    assert "The mail of 08:00 was found" in text


def test_board_when_a_source_was_not_checked_then_unverified_is_seen(
    panel: RecordPanel, register: Register
) -> None:
    shown(panel, register)
    panel.turn_to("decision")
    for card in panel.case.board.cards:
        assert ("Unverified" in card.texts()) == (card.rule.verified == "unverified")


# Decisions


def test_decide_when_not_yet_then_the_next_working_day_is_proposed_and_it_is_kept(
    panel: RecordPanel, register: Register
) -> None:
    id = shown(panel, register)
    decide(panel, "hk_pcpd", "not_yet", "The director wants to hear the processor first")
    monday = Instant.parse("2026-11-23T10:00[Asia/Hong_Kong]")
    reason = "The director wants to hear the processor first"
    assert decisions(register) == [("not_yet", reason, "Dr Wong", monday)]
    kept = case_of(register, id).standing["hk_pcpd"]
    assert kept.rule_key == "hk_pcpd"
    assert "hk_pcpd" in kept.rule_text
    text = said(panel.case.board.card("hk_pcpd"))
    assert "Not yet; decide again Mon 23 Nov 2026, 10:00 (Hong Kong)" in text
    assert reason in text


def test_decide_when_reason_name_or_answer_lack_then_nothing_is_saved_and_they_get_the_cursor(
    panel: RecordPanel, register: Register
) -> None:
    shown(panel, register)
    panel.turn_to("decision")
    panel.case.board.card("eu_authority").decide.click()
    dialog = the_dialog(panel)
    dialog.save.click()
    assert "Choose an answer" in dialog.message.text()
    dialog.answers["yes"].setChecked(True)
    dialog.save.click()
    assert dialog.focusWidget() is dialog.reason
    dialog.reason.setPlainText("High risk")
    dialog.save.click()
    assert dialog.focusWidget() is dialog.by.controls()[0]
    assert decisions(register) == []


def test_decide_when_again_lies_after_the_deadline_then_it_is_said_but_allowed(
    panel: RecordPanel, register: Register
) -> None:
    shown(panel, register)
    panel.turn_to("decision")
    panel.case.board.card("eu_authority").decide.click()
    dialog = the_dialog(panel)
    dialog.answers["not_yet"].setChecked(True)
    assert not dialog.late.isVisible()  # Monday 10:00 is just in time
    dialog.again.set_value(Instant.parse("2026-11-23T10:01[Asia/Hong_Kong]"))
    dialog.again.changed.emit()
    assert "By then its time is over" in dialog.late.text()
    assert dialog.late.isVisible()


def test_decide_when_said_of_several_rules_then_one_step_holds_them_all(
    panel: RecordPanel, register: Register, context: Context
) -> None:
    shown(panel, register)
    panel.turn_to("decision")
    panel.case.board.card("eu_authority").decide.click()
    dialog = the_dialog(panel)
    dialog.answers["no"].setChecked(True)
    dialog.reason.setPlainText("Encrypted, the key is safe")
    dialog.by.set_value("Dr Wong")
    for _, box in dialog.others:
        box.setChecked(True)
    before = len(list(register.log()))
    dialog.save.click()
    assert len(list(register.log())) == before + 1
    assert {row[0] for row in decisions(register)} == {"no"}
    assert len(decisions(register)) == 1 + len(dialog.others) > 2
    assert panel.case.board.card("eu_authority").row.clock.state == "waived"
    context.register.undo()
    assert decisions(register) == []


def test_decide_when_it_is_a_drill_then_the_dialog_says_so(
    panel: RecordPanel, register: Register
) -> None:
    shown(panel, register, drill=True)
    panel.turn_to("decision")
    panel.case.board.card("eu_authority").decide.click()
    marks = [each.text() for each in the_dialog(panel).findChildren(PlainChip)]
    assert "DRILL 演練" in marks


# The timeline


def test_timeline_when_a_sentence_is_entered_then_it_stands_on_top_with_the_present_minute(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    id = shown(panel, register)
    panel.next_card.note.click()
    assert panel.part == "timeline"
    QTest.keyClicks(panel.case.timeline.quick.line, "Called the recipient")
    QTest.keyClick(panel.case.timeline.quick.line, Qt.Key.Key_Return)
    (entry,) = case_of(register, id).entries
    assert entry.title == "Called the recipient"
    assert entry.happened_at == Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]")
    assert panel.case.timeline.texts()[0].splitlines()[:2] == [
        "20 Nov 2026 18:40",
        "Called the recipient",
    ]
    assert not panel.case.timeline.quick.is_begun()


def test_timeline_when_a_local_time_happened_twice_then_it_is_asked_which(
    panel: RecordPanel, register: Register
) -> None:
    id = shown(panel, register)
    panel.next_card.note.click()
    quick = panel.case.timeline.quick
    quick.line.setText("Call from Berlin")
    assert quick.at is not None
    quick.at.type("2026-10-25T02:30[Europe/Berlin]")
    quick.save.click()
    assert case_of(register, id).entries == ()
    answers = quick.at.answers  # type: ignore[attr-defined]
    assert len(answers) == 2
    answers[1].click()
    quick.save.click()
    (entry,) = case_of(register, id).entries
    assert str(entry.happened_at).startswith("2026-10-25T02:30+01:00")


def test_timeline_when_it_was_decided_then_that_stands_there_with_its_reason(
    panel: RecordPanel, register: Register
) -> None:
    shown(panel, register)
    decide(panel, "eu_people", "no", "The data was encrypted")
    panel.turn_to("timeline")
    assert any("The data was encrypted" in text for text in panel.case.timeline.texts())


def test_links_and_files_when_tied_then_a_click_opens_them(
    panel: RecordPanel, register: Register, context: Context
) -> None:
    risk = add(register, "risk", {"title": "Mail to the wrong person"})
    shown(panel, register, risks=["R-0001"])
    opened: list[int] = []
    context.events.open_record.connect(opened.append)
    panel.turn_to("links")
    (row,) = panel.case.ties.rows
    row.click()
    assert opened == [risk]
    panel.turn_to("evidence")
    assert panel.case.files.rows == []


@pytest.mark.parametrize("answer", ["", "discard"])
def test_decide_when_left_with_a_reason_typed_then_it_asks(
    panel: RecordPanel, context: Context, answer: str
) -> None:
    shown(panel, context.register)
    panel.turn_to("decision")
    panel.case.board.card("eu_authority").decide.click()
    dialog = the_dialog(panel)
    dialog.reason.setPlainText("Few, known people")
    prompts_of(context).answers.append(answer)
    dialog.reject()
    assert dialog.isVisible() is (answer == "")
    assert "not saved yet" in prompts_of(context).asked[-1]
