"""The record panel on a real register: what is typed is saved once, or stays with a reason."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from riskreg import register as door
from riskreg.changes import ChangeSet, edit
from riskreg.records.values import Count, Instant
from riskreg.views import Register
from tests.ui.desk import a_context, a_register, add, line_of, prompts_of
from ui.context import Context
from ui.forms.panel import RecordPanel
from ui.forms.text import ProseEditor
from ui.forms.ties import LinksEditor
from ui.forms.typed import TypedEditor

HTML = '<b>bold</b><img src="x.png"> &amp; <script>'


@pytest.fixture
def register(opened: Register) -> Register:
    return opened


def type_title(panel: RecordPanel, text: str) -> None:
    editor = panel.form.title_row.editor
    assert isinstance(editor, ProseEditor)
    editor.text.setPlainText(text)


def test_new_incident_when_one_sentence_and_enter_then_it_is_saved_and_says_contain(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    panel.new_record("incident")
    qtbot.keyClicks(panel.quick.line, "Payroll mailed to a former employee")
    qtbot.keyClick(panel.quick.line, Qt.Key.Key_Return)
    record = register.record(panel.record_id)
    assert (record.ref, record.title) == ("I-2026-001", "Payroll mailed to a former employee")
    assert record.get("status") == "reported"
    assert panel.message.text() == "I-2026-001 is saved. Contain it first; details can wait."
    assert panel.next_card.title.text() == "Contain it first; details can wait."
    assert panel.next_card.isVisible()


def test_next_step_when_contained_is_pressed_then_the_moment_is_stored_and_the_next_is_asked(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    id = add(register, "incident", {"title": "x"})
    panel.show_record(id)
    qtbot.mouseClick(panel.next_card.button, Qt.MouseButton.LeftButton)
    stored = register.record(id).get("contained_at")
    assert stored == Instant.parse("2026-11-20T18:40", "Asia/Hong_Kong")
    assert "sure" in panel.next_card.title.text()
    qtbot.mouseClick(panel.next_card.button, Qt.MouseButton.LeftButton)
    assert panel.focusWidget() is panel.next_card.times["aware_at"].controls()[0]
    for key in ("discovered_at", "aware_at"):
        qtbot.mouseClick(panel.next_card.now_button(key), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.next_card.button, Qt.MouseButton.LeftButton)
    assert register.record(id).get("aware_at") == stored
    assert "live" in panel.next_card.title.text()
    qtbot.mouseClick(panel.next_card.button, Qt.MouseButton.LeftButton)
    assert panel.form.row("people_live_in").isAncestorOf(panel.focusWidget())


def test_save_when_one_field_changed_then_the_journal_holds_that_field_only(
    panel: RecordPanel, register: Register, qtbot: QtBot
) -> None:
    id = add(register, "incident", {"title": "x", "location": "Kowloon"})
    panel.show_record(id)
    assert not panel.save_bar.isVisible()
    line = line_of(panel, "people_count")
    line.setFocus()
    qtbot.keyClicks(line, "~150")
    assert panel.is_dirty
    assert panel.save_bar.isVisible()
    panel.save()
    (entry,) = register.log(id=id, limit=1)
    assert entry.act == "edit"
    assert entry.changes[0].after == {"people_count": Count(150, "approximate")}
    assert not panel.is_dirty
    assert not panel.save_bar.isVisible()


def test_save_when_nothing_changed_then_the_journal_stays(
    panel: RecordPanel, register: Register
) -> None:
    panel.show_record(add(register, "risk", {"title": "x"}))
    before = register.head().seq
    panel.save()
    assert register.head().seq == before


def test_save_when_a_value_cannot_be_read_then_the_field_says_why_and_nothing_is_lost(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    panel.show_record(add(register, "incident", {"title": "x"}))
    before = register.head().seq
    line = line_of(panel, "discovered_at")
    line.setFocus()
    qtbot.keyClicks(line, "last week or so")
    panel.save()
    row = panel.form.row("discovered_at")
    assert row.reason.text()
    assert row.reason.isVisibleTo(panel)
    assert line.text() == "last week or so"
    assert register.head().seq == before


def test_save_when_the_register_refuses_then_the_field_is_marked_and_the_text_stays(
    panel: RecordPanel, register: Register
) -> None:
    id = add(register, "incident", {"title": "x"})
    panel.show_record(id)
    line = line_of(panel, "location")
    line.setText("x" * 40_000)
    panel.form.changed.emit()
    panel.save()
    assert "32767" in panel.form.row("location").reason.text()
    assert "your text is still here" in panel.message.text()
    assert line.text() == "x" * 40_000
    assert register.record(id).get("location") == ""


def test_save_when_the_title_is_missing_then_it_is_marked(
    panel: RecordPanel, register: Register
) -> None:
    panel.show_record(add(register, "risk", {"title": "x"}))
    type_title(panel, "  ")
    panel.save()
    assert panel.form.title_row.reason.text() == "It is required"


@pytest.mark.parametrize(
    ("answer", "stored", "shown"), [("save", "typed", 2), ("discard", "", 2), ("", "", 1)]
)
def test_leaving_when_text_is_unsaved_then_it_asks_and_does_as_told(
    panel: RecordPanel, context: Context, register: Register, answer: str, stored: str, shown: int
) -> None:
    ids = [add(register, "incident", {"title": title}) for title in ("one", "two")]
    panel.show_record(ids[0])
    line_of(panel, "location").setText("typed")
    prompts_of(context).answers.append(answer)
    panel.show_record(ids[1])
    assert panel.record_id == ids[shown - 1]
    assert register.record(ids[0]).get("location") == stored
    assert len(prompts_of(context).asked) == 1


def test_leaving_when_saving_fails_then_it_stays(
    panel: RecordPanel, context: Context, register: Register
) -> None:
    ids = [add(register, "incident", {"title": title}) for title in ("one", "two")]
    panel.show_record(ids[0])
    line_of(panel, "location").setText("x" * 40_000)
    prompts_of(context).answers.append("save")
    panel.show_record(ids[1])
    assert panel.record_id == ids[0]


def test_leaving_when_a_new_incident_is_not_saved_then_saving_it_comes_first(
    qtbot: QtBot, panel: RecordPanel, context: Context, register: Register
) -> None:
    other = add(register, "risk", {"title": "x"})
    panel.new_record("incident")
    qtbot.keyClicks(panel.quick.line, "Fax to a wrong number")
    prompts_of(context).answers.append("save")
    panel.show_record(other)
    assert panel.record_id == other
    assert register.record(register.find("I-2026-001")).title == "Fax to a wrong number"


def test_undo_when_it_withdraws_the_record_then_the_panel_closes(
    qtbot: QtBot, panel: RecordPanel, context: Context, register: Register
) -> None:
    panel.show_record(add(register, "risk", {"title": "x"}))
    with qtbot.waitSignal(panel.closed):
        context.act(register.undo, "")
    assert panel.record_id == 0


def test_undo_when_it_withdraws_the_record_and_text_is_unsaved_then_the_text_stays(
    panel: RecordPanel, context: Context, register: Register
) -> None:
    panel.show_record(add(register, "incident", {"title": "x", "notes": "folded away"}))
    line_of(panel, "location").setText("typed")
    context.act(register.undo, "")
    assert line_of(panel, "location").text() == "typed"
    assert "no record" in panel.message.text()
    (button,) = panel.message.buttons
    assert button.text() == "Save it as a new record"
    button.click()
    record = register.record(panel.record_id)
    assert (record.ref, record.title, record.get("location")) == ("I-2026-002", "x", "typed")
    assert record.get("notes") == "folded away"
    assert not panel.is_dirty


def test_owner_when_the_name_is_new_then_party_and_link_are_one_change(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    id = add(register, "risk", {"title": "x"})
    panel.show_record(id)
    editor = panel.form.row("owner").editor
    assert isinstance(editor, LinksEditor)
    qtbot.keyClicks(editor.add_line, "Cherie Wong")
    qtbot.keyClick(editor.add_line, Qt.Key.Key_Return)
    before = register.head().seq
    panel.save()
    assert register.head().seq == before + 1
    (owner,) = register.record(id).get("owner")  # type: ignore[misc]
    assert register.record(owner).title == "Cherie Wong"
    assert editor.value() == frozenset({owner})
    assert not panel.is_dirty
    register.undo()
    assert register.called("party", ["Cherie Wong"]) == {}


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_owner_when_a_name_was_typed_without_enter_then_saving_makes_nobody_and_offers_it(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    id = add(register, "risk", {"title": "x"})
    panel.show_record(id)
    editor = panel.form.row("owner").editor
    assert isinstance(editor, LinksEditor)
    qtbot.keyClicks(editor.add_line, "Cherie Wong")
    before = register.head().seq
    with qtbot.waitActive(panel):
        panel.activateWindow()
    panel.save()
    assert register.head().seq == before
    assert panel.form.row("owner").reason.text() == (
        "“Cherie Wong” is not in the register: choose it, or “New”, from the list"
    )
    offered = editor.add_line._list
    assert offered.isVisible()
    assert offered.currentIndex().data() == "New Person or organisation: Cherie Wong"
    qtbot.keyClick(offered, Qt.Key.Key_Return)
    assert [chip.face.text() for chip in editor._in_order()] == ["Cherie Wong (new)"]
    assert panel.form.row("owner").reason.text() == ""
    panel.save()
    (owner,) = register.record(id).get("owner")  # type: ignore[misc]
    assert register.record(owner).title == "Cherie Wong"


def test_link_when_words_are_typed_then_refs_stand_first_then_titles_then_mentions(
    panel: RecordPanel, register: Register
) -> None:
    titles = (
        ("Kwun Tong branch", "Mail goes there"), ("The mail room", ""), ("Mailbox", ""), ("Pa-0002", ""),
    )  # fmt: skip
    ids = [add(register, "asset", {"title": each, "description": said}) for each, said in titles]
    panel.show_record(add(register, "risk", {"title": "x"}))
    editor = panel.form.row("assets").editor
    assert isinstance(editor, LinksEditor)
    found = [key for key, _ in editor.lines("mail") if isinstance(key, int)]
    assert found == [ids[2], ids[1], ids[0]]
    assert [key for key, _ in editor.lines("a-0002")][:2] == [ids[1], ids[3]]


def test_owner_when_it_was_made_by_name_then_it_is_offered_to_be_completed(
    qtbot: QtBot, panel: RecordPanel, context: Context, register: Register
) -> None:
    panel.show_record(add(register, "risk", {"title": "x"}))
    editor = panel.form.row("owner").editor
    assert isinstance(editor, LinksEditor)
    qtbot.keyClicks(editor.add_line, "Cherie Wong")
    qtbot.keyClick(editor.add_line, Qt.Key.Key_Return)
    panel.save()
    assert panel.message.text() == (
        "R-0001 is saved. Also made, by name only: P-0001 Cherie Wong. Open it to complete it."
    )
    with qtbot.waitSignal(context.events.open_record) as asked:
        qtbot.mouseClick(panel.message.buttons[0], Qt.MouseButton.LeftButton)
    assert asked.args == [register.find("P-0001")]


def test_leaving_when_a_new_incident_is_saved_on_the_way_then_it_is_said_to_be_completed(
    qtbot: QtBot, panel: RecordPanel, context: Context, register: Register
) -> None:
    other = add(register, "risk", {"title": "x"})
    panel.new_record("incident")
    qtbot.keyClicks(panel.quick.line, "Fax to a wrong number")
    prompts_of(context).answers.append("save")
    with qtbot.waitSignal(context.events.said) as said:
        panel.show_record(other)
    assert said.args == ["I-2026-001 is saved. Open it to complete it."]


def test_mirrored_link_when_added_here_then_the_other_record_holds_it(
    panel: RecordPanel, register: Register
) -> None:
    asset = add(register, "asset", {"title": "Payroll"})
    risk = add(register, "risk", {"title": "Mailed out"})
    panel.show_record(asset)
    editor = panel.form.row("risks").editor
    assert isinstance(editor, LinksEditor)
    editor.add(risk)
    panel.save()
    assert register.record(risk).get("assets") == frozenset({asset})
    editor.remove(risk)
    panel.save()
    assert register.record(risk).get("assets") == frozenset()


def test_link_chip_when_clicked_then_the_window_is_asked_to_open_it(
    qtbot: QtBot, panel: RecordPanel, context: Context, register: Register
) -> None:
    asset = add(register, "asset", {"title": "Payroll"})
    risk = add(register, "risk", {"title": "x", "assets": ["A-0001"]})
    panel.show_record(risk)
    chip = panel.form.row("assets").editor.controls()[1]
    with qtbot.waitSignal(context.events.open_record) as asked:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert asked.args == [asset]


def test_new_party_when_saved_then_it_is_shown_with_its_ref(
    panel: RecordPanel, register: Register
) -> None:
    panel.new_record("party")
    type_title(panel, "Amy Lau")
    line_of(panel, "email").setText("amy@example.org")
    panel.save()
    record = register.record(panel.record_id)
    assert (record.ref, record.get("email")) == ("P-0001", "amy@example.org")
    assert panel.message.text() == "P-0001 is saved."


def test_markup_when_it_is_in_a_record_then_it_stands_there_as_typed(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    id = add(
        register,
        "incident",
        {"title": HTML, "narrative": HTML, "tags": [HTML], "other_facts": {HTML: HTML}},
    )
    add(register, "asset", {"title": HTML})
    register.apply(_link(register, id))
    panel.show_record(id)
    for section in panel.form.sections.values():
        section.unfold()
    panel.show_history()
    assert any(HTML in text for text in panel.story.texts())
    assert panel.form.title_row.editor.value() == HTML
    for label in panel.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()
    for widget in panel.findChildren(QWidget):
        assert "<" not in widget.toolTip()


def _link(register: Register, id: int) -> ChangeSet:
    change = edit(register.record(id), {"assets": frozenset({register.find("A-0001")})})
    assert change is not None
    return ChangeSet(act="link", changes=(change,))


def test_undo_when_the_record_is_shown_then_the_panel_follows(
    panel: RecordPanel, context: Context, register: Register
) -> None:
    id = add(register, "incident", {"title": "x"})
    panel.show_record(id)
    line_of(panel, "location").setText("Kowloon")
    panel.save()
    context.act(register.undo, "")
    assert line_of(panel, "location").text() == ""
    assert not panel.is_dirty


def test_bin_when_moved_and_taken_out_then_the_form_is_closed_and_open_again(
    panel: RecordPanel, register: Register
) -> None:
    id = add(register, "incident", {"title": "x"})
    panel.show_record(id)
    panel.head.bin_asked.emit()
    assert register.record(id).deleted_at is not None
    assert panel.message.text() == "This record is in the bin."
    assert line_of(panel, "location").isReadOnly()
    panel.head.unbin_asked.emit()
    assert register.record(id).deleted_at is None
    assert not line_of(panel, "location").isReadOnly()


def test_erase_when_reason_and_warning_are_confirmed_then_the_text_is_gone_and_copies_named(
    panel: RecordPanel, context: Context, register: Register, tmp_path: Path
) -> None:
    id = add(register, "incident", {"title": "Amy Lau lost a phone", "people_count": "3"})
    register.backup(tmp_path / "copies")
    prompts = prompts_of(context)
    prompts.lines.append("asked by the person")
    prompts.answers.append("erase")
    panel.show_record(id)
    panel.head.erase_asked.emit()
    assert "cannot be undone" in prompts.asked[1]
    record = register.record(id)
    assert "Amy" not in record.title
    assert record.get("people_count") == Count(3)
    assert "I-2026-001" in prompts.told[0]
    assert not panel.is_dirty


@pytest.mark.parametrize(("answer", "left"), [("erase", "Rang Amy Lau"), ("all", "")])
def test_erase_when_an_incident_has_parts_then_they_are_named_and_go_with_it_where_asked(
    panel: RecordPanel, context: Context, register: Register, answer: str, left: str
) -> None:
    id = add(register, "incident", {"title": "Amy Lau lost a phone"})
    part = add(register, "entry", {"title": "Rang Amy Lau", "incident": "I-2026-001"})
    prompts = prompts_of(context)
    prompts.lines.append("asked by the person")
    prompts.answers.append(answer)
    panel.show_record(id)
    panel.head.erase_asked.emit()
    assert "E-0001" in "".join(prompts.asked)
    assert "E-0001" in "".join(prompts.told)
    assert register.record(id).title == ""
    assert register.record(part).title == left


def test_erase_when_no_reason_is_given_then_nothing_happens(
    panel: RecordPanel, context: Context, register: Register
) -> None:
    id = add(register, "incident", {"title": "x"})
    prompts_of(context).lines.append(None)
    panel.show_record(id)
    panel.head.erase_asked.emit()
    assert register.record(id).title == "x"


def test_read_only_when_the_register_is_then_nothing_can_be_typed_but_all_can_be_read(
    qtbot: QtBot, tmp_path: Path
) -> None:
    opened = a_register(tmp_path)
    id = add(opened, "incident", {"title": "x", "location": "Kowloon"})
    opened.close()
    reader = door.open(opened.path, read_only=True)
    made = RecordPanel(a_context(reader))
    qtbot.addWidget(made, before_close_func=RecordPanel.stop)
    made.show_record(id)
    assert line_of(made, "location").isReadOnly()
    assert line_of(made, "location").text() == "Kowloon"
    assert not made.save_bar.isVisible()
    reader.close()


def test_record_of_the_catalogue_when_shown_in_chinese_then_its_title_is_too(
    qtbot: QtBot, register: Register
) -> None:
    made = RecordPanel(a_context(register, "zh_Hant"))
    qtbot.addWidget(made, before_close_func=RecordPanel.stop)
    made.show_record(register.find("C3"))
    title = str(made.form.title_row.editor.value())
    assert title
    assert not title.isascii()


def test_moment_when_typed_then_it_is_shown_as_it_will_be_stored(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    id = add(register, "incident", {"title": "x"})
    panel.show_record(id)
    editor = panel.form.row("occurred_from_at").editor
    assert isinstance(editor, TypedEditor)
    editor.line.setFocus()
    qtbot.keyClicks(editor.line, "yesterday 18:00")
    assert editor.reading.text() == "Thu 19 Nov 2026, 18:00 (Hong Kong)"
    panel.save()
    stored = register.record(id).get("occurred_from_at")
    assert str(stored) == "2026-11-19T18:00+08:00[Asia/Hong_Kong]"


def _jumps_back(panel: RecordPanel) -> list[str]:
    """The stops of Tab that stand above the one before them."""
    widget, stops = panel.nextInFocusChain(), []
    while widget is not panel:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(panel):
            stops.append(widget)
        widget = widget.nextInFocusChain()
    assert len(stops) > 20
    lines = [(stop.mapTo(panel, stop.rect().topLeft()).y(), stop) for stop in stops]
    return [
        f"{second[1].accessibleName()} after {first[1].accessibleName()}"
        for first, second in pairwise(lines)
        if second[0] < first[0] - 8
    ]


@pytest.mark.parametrize("kind", ["incident", "risk", "action"])
def test_panel_when_tab_is_pressed_then_everything_follows_in_reading_order(
    qtbot: QtBot, panel: RecordPanel, register: Register, kind: str
) -> None:
    id = register.find("C3") if kind == "action" else add(register, kind, {"title": "x"})
    panel.show_record(id)
    for section in panel.form.sections.values():
        section.unfold()

    def follows() -> None:
        assert _jumps_back(panel) == []

    qtbot.waitUntil(follows)


def test_why_when_asked_then_the_arithmetic_of_the_level_is_said(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    scores = {"residual_likelihood": 3, "residual_impact": 4}
    panel.show_record(add(register, "risk", {"title": "x", **scores}))
    assert panel.level.why.text() == "Why High?"
    assert not panel.level.said.isVisible()
    qtbot.mouseClick(panel.level.why, Qt.MouseButton.LeftButton)
    assert panel.level.said.isVisible()
    assert panel.level.said.text().startswith("With today's controls: likelihood 3 ")
    assert panel.level.said.text().endswith(
        " = 12; 10 to 14 is High on the scale “5 × 5: likelihood times impact”."
    )


ACCEPTANCE = ("accepted_by", "accepted_until_on", "acceptance_reason")


def choose_status(panel: RecordPanel, key: str) -> None:
    box = panel.form.row("status").editor.controls()[0]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())  # as a click in its list does


def in_sight(widget: QWidget) -> bool:
    return not widget.visibleRegion().isEmpty()


def test_status_when_accepted_is_chosen_then_the_acceptance_opens_and_says_what_is_missing(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    panel.resize(380, 500)
    panel.show_record(add(register, "risk", {"title": "x", "status": "open"}))
    section = panel.form.sections["Acceptance"]
    assert not section.head.isChecked()
    choose_status(panel, "accepted")
    rows = [panel.form.row(key) for key in ACCEPTANCE]
    qtbot.waitUntil(lambda: in_sight(rows[0].editor))
    assert [row.help.text()[:8] for row in rows] == ["Missing:"] * 3
    assert all(in_sight(row.label) for row in rows)
    qtbot.keyClicks(line_of(panel, "accepted_until_on"), "2027-06-30")
    assert rows[1].help.text() == "On that day it is decided again."
    choose_status(panel, "open")
    assert [row.help.text() for row in rows] == ["", "On that day it is decided again.", ""]


def test_status_when_an_accepted_risk_is_shown_then_the_head_names_what_is_missing(
    panel: RecordPanel, register: Register
) -> None:
    panel.show_record(add(register, "risk", {"title": "x", "status": "accepted"}))
    named = [link.text() for link in panel.missing.links if isinstance(link, QAbstractButton)]
    assert {"Accepted by", "Accepted until", "Why it is accepted"} <= set(named)
    assert panel.form.row("acceptance_reason").help.text().startswith("Missing:")
    panel.show_record(add(register, "risk", {"title": "y", "status": "open"}))
    assert panel.form.row("acceptance_reason").help.text() == ""


def test_status_when_accepted_and_all_is_told_then_nothing_scrolls(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    told = {"accepted_by": ["K. Chan"], "accepted_until_on": "2027-01-01", "acceptance_reason": "z"}
    panel.show_record(add(register, "risk", {"title": "x", "status": "open", **told}))
    with qtbot.assertNotEmitted(panel.form.wanted, wait=50):
        choose_status(panel, "accepted")
