"""The notices of an incident: what is lacking comes first, what was sent stays, what follows is another one."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from jsonschema import Draft202012Validator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from riskreg import clock, notices
from riskreg.cases import case_of
from riskreg.changes import ChangeSet, edit
from riskreg.deciding import decide
from riskreg.editing import new_record
from riskreg.notices import digest
from riskreg.records import Notice
from riskreg.records.values import Instant
from tests.ui.desk import add, prompts_of
from ui.context import Context
from ui.notices.dialog import NoticesDialog
from ui.notices.draft_pane import DraftPane
from ui.notices.sending import SendDialog
from ui.notices.sent_pane import SentPane
from ui.widgets.text import Text


@pytest.fixture
def incident(context: Context) -> int:
    context.settings.change(working_as="K. Chan")
    return add(
        context.register,
        "incident",
        {
            "title": "Payroll mail sent to a stranger",
            "aware_at": "2026-11-16T18:40",
            "people_live_in": ["hong_kong", "eu_eea"],
            "our_role": "controller",
            "people_count": "150",
        },
    )


@pytest.fixture
def dialog(qtbot: QtBot, context: Context, incident: int) -> NoticesDialog:
    made = NoticesDialog(context, incident, rule="eu_authority")
    qtbot.addWidget(made)
    made.show()
    return made


def draft(dialog: NoticesDialog) -> DraftPane:
    assert isinstance(dialog.pane, DraftPane)
    return dialog.pane


def notices_of(dialog: NoticesDialog) -> tuple[Notice, ...]:
    return case_of(dialog.context.register, dialog.incident).notices


def sent(qtbot: QtBot, dialog: NoticesDialog, at: str = "2026-11-20T09:00") -> SendDialog:
    """The dialog that asks what went out."""
    line = dialog._line()
    assert line is not None
    made = SendDialog(dialog.context, dialog.kit, dialog.incident, line, draft(dialog).written())
    answers = prompts_of(dialog.context).answers
    qtbot.addWidget(made, before_close_func=lambda _made: answers.append("discard"))
    made.show()
    made.fields["sent_at"].set_value(Instant.parse(at, "Asia/Hong_Kong"))
    made.show_late()
    made.fields["channel"].set_value("email")
    return made


def test_notices_when_opened_then_rules_in_sight_are_listed_and_nothing_is_made(
    dialog: NoticesDialog, context: Context
) -> None:
    keys = [line.rule.key for line in dialog.lines if line.rule]
    assert {"eu_authority", "eu_people", "hk_pcpd", "hk_people"} <= set(keys)
    assert notices_of(dialog) == ()
    assert "Nobody has decided on this notice yet." in draft(dialog)._sentences()


def test_notices_when_the_record_lacks_something_then_it_is_named_with_a_way_to_it(
    dialog: NoticesDialog, context: Context
) -> None:
    wanted: list[tuple[int, str]] = []
    context.events.field_wanted.connect(lambda id, key: wanted.append((id, key)))
    lacks = draft(dialog).lacks
    assert lacks is not None
    lacks.links[0].click()
    assert wanted
    assert wanted[0][0] == dialog.incident
    assert not dialog.isVisible()


def test_notices_when_another_language_is_chosen_then_the_paper_speaks_it(
    dialog: NoticesDialog,
) -> None:
    pane = draft(dialog)
    pane.language.setCurrentIndex(pane.language.findData("zh_Hant"))
    assert pane.written().prepared.language == "zh_Hant"
    assert pane.preview is not None
    pane.preview.copy_all.click()
    assert QApplication.clipboard().text() == pane.written().text
    shown = [each.text() for each in pane.preview.findChildren(Text)]
    assert "階段：首次通知" in shown


def test_notices_when_prepared_approved_and_sent_then_the_words_stay_with_their_checksum(
    qtbot: QtBot, dialog: NoticesDialog, context: Context
) -> None:
    draft(dialog).next.click()
    (notice,) = notices_of(dialog)
    assert (notice.rule_key, notice.prepared_by, notice.phase) == (
        "eu_authority",
        "K. Chan",
        "first",
    )
    prompts_of(context).lines.append("The director")
    draft(dialog).approve.click()
    asked = sent(qtbot, dialog)
    asked.text.setPlainText("As it went out, changed by hand.")
    asked.fields["late_reason"].set_value("The director could not be reached.")
    asked.save()
    (notice,) = notices_of(dialog)
    assert notice.approved_by == "The director"
    assert notice.text == "As it went out, changed by hand."
    assert notice.text_sha256 == digest(notice.text)
    assert isinstance(dialog.pane, SentPane)
    assert dialog.pane.text.isReadOnly()
    assert notice.text_sha256 in dialog.pane.hash.text()


def test_notices_when_late_then_the_reason_is_asked_and_without_it_nothing_is_kept(
    qtbot: QtBot, dialog: NoticesDialog
) -> None:
    dialog.prepare()
    asked = sent(qtbot, dialog, at="2026-11-19T18:40")
    assert asked.late.isHidden()  # exactly at the deadline is in time
    asked.fields["sent_at"].set_value(Instant.parse("2026-11-19T18:41", "Asia/Hong_Kong"))
    asked.show_late()
    assert "it was due Thu 19 Nov 2026, 18:40" in asked.late.text()
    asked.save()
    assert "no reason is given" in asked.message.text()
    assert notices_of(dialog)[0].sent_at is None


def test_notices_when_sent_then_an_answer_is_kept_and_another_one_follows(
    qtbot: QtBot, dialog: NoticesDialog, context: Context
) -> None:
    dialog.prepare()
    asked = sent(qtbot, dialog, at="2026-11-17T09:00")
    asked.save()
    pane = dialog.pane
    assert isinstance(pane, SentPane)
    pane.back["receipt"].set_value("DPA-2026-77")
    pane.keep.click()
    assert notices_of(dialog)[0].receipt == "DPA-2026-77"
    shown: list[int] = []
    context.events.open_record.connect(shown.append)
    after = dialog.pane
    assert isinstance(after, SentPane)
    after.open.click()
    assert shown == [notices_of(dialog)[0].id]
    dialog.show()
    prompts_of(context).answers.append("further")
    after.next.click()
    first, second = notices_of(dialog)
    assert (first.phase, second.phase) == ("first", "further")
    assert first.sent_at is not None
    assert second.sent_at is None
    assert isinstance(dialog.pane, DraftPane)


def test_notices_when_saved_as_pdf_then_the_file_is_there_and_the_history_says_where(
    dialog: NoticesDialog, context: Context, tmp_path: Path
) -> None:
    prompts_of(context).files.append(tmp_path / "notice.pdf")
    draft(dialog).pdf.click()
    assert (tmp_path / "notice.pdf").read_bytes().startswith(b"%PDF")
    assert "Saved as notice.pdf" in dialog.message.text()
    assert context.register.log(limit=1)[0].act == "report"


def test_notices_when_saved_as_word_then_it_can_be_opened_and_holds_the_words(
    dialog: NoticesDialog, context: Context, tmp_path: Path
) -> None:
    prompts_of(context).files.append(tmp_path / "notice")
    draft(dialog).word.click()
    text = "\n".join(each.text for each in docx.Document(str(tmp_path / "notice.docx")).paragraphs)
    assert "Saved as notice.docx" in dialog.message.text()
    assert text


def test_notices_when_saved_as_the_common_form_then_it_is_valid_and_only_where_the_gdpr_asks(
    dialog: NoticesDialog, context: Context, tmp_path: Path
) -> None:
    prompts_of(context).files.append(tmp_path / "form")
    draft(dialog).form.click()
    told = json.loads((tmp_path / "form.json").read_text("utf-8"))
    shape = Path(__file__).parents[1] / "exchange" / "data" / "edpb_form.schema.json"
    assert list(Draft202012Validator(json.loads(shape.read_text("utf-8"))).iter_errors(told)) == []
    assert "Saved as form.json" in dialog.message.text()
    places = {line.rule.key: place for place, line in enumerate(dialog.lines) if line.rule}
    dialog.list.setCurrentRow(places["hk_pcpd"])
    assert not draft(dialog).form.isVisible()


def test_notices_when_an_assessment_is_privileged_then_its_words_are_in_no_paper(
    qtbot: QtBot, context: Context, incident: int
) -> None:
    """What counsel wrote stays inside, and the person is told that it was left out."""
    ref = context.register.record(incident).ref
    values = {
        "title": "Assessment by counsel",
        "incident": [ref],
        "is_privileged": True,
        "harms": ["identity_theft"],
    }
    add(context.register, "assessment", values)
    dialog = NoticesDialog(context, incident, rule="eu_authority")
    qtbot.addWidget(dialog)
    line = dialog._line()
    assert line is not None
    assert line.rule is not None
    inside = notices.paper(dialog.case, line.rule, "notice", "en", context.register)
    assert "dentity theft" in inside.text
    assert "dentity theft" not in draft(dialog).written().text
    said = [each.text() for each in draft(dialog).findChildren(Text)]
    assert "1 legally privileged record was left out." in said


def answered(qtbot: QtBot, dialog: NoticesDialog) -> SentPane:
    """A notice that was sent, with what came back typed and not kept."""
    dialog.prepare()
    sent(qtbot, dialog, at="2026-11-17T09:00").save()
    assert isinstance(dialog.pane, SentPane)
    dialog.pane.back["receipt"].set_value("DPA-2026-77")
    dialog.pane.back["replied_at"].type("half a mom")
    return dialog.pane


def test_notices_when_another_line_is_chosen_then_what_came_back_is_still_typed(
    qtbot: QtBot, dialog: NoticesDialog, context: Context
) -> None:
    answered(qtbot, dialog)
    row = dialog.list.currentRow()
    dialog.list.setCurrentRow((row + 1) % dialog.list.count())
    add(context.register, "incident", {"title": "Another"})
    dialog.list.setCurrentRow(row)
    assert isinstance(dialog.pane, SentPane)
    assert dialog.pane.back["receipt"].value() == "DPA-2026-77"
    assert dialog.pane.back["replied_at"].typed() == "half a mom"
    prompts_of(context).answers.append("discard")


def test_notices_when_something_else_changes_then_what_is_typed_stands_undisturbed(
    qtbot: QtBot, dialog: NoticesDialog, context: Context
) -> None:
    pane = answered(qtbot, dialog)
    context.change(new_record(context.register, "incident", {"title": "Another"}))
    assert dialog.pane is pane
    ours = context.register.record(dialog.incident)
    changed = edit(ours, {"effects": "New"})
    assert changed is not None
    context.change(ChangeSet(act="edit", changes=(changed,)))
    assert isinstance(dialog.pane, SentPane)
    assert dialog.pane is not pane
    assert dialog.pane.back["receipt"].value() == "DPA-2026-77"
    prompts_of(context).answers.append("discard")


@pytest.mark.parametrize(
    ("answer", "is_open", "kept"),
    [("", True, ""), ("discard", False, ""), ("save", False, "DPA-2026-77")],
)
def test_notices_when_closed_with_something_typed_then_it_is_asked_about(
    qtbot: QtBot, dialog: NoticesDialog, context: Context, answer: str, is_open: bool, kept: str
) -> None:
    answered(qtbot, dialog).back["replied_at"].set_value(None)
    prompts_of(context).answers.append(answer)
    dialog.close()
    assert (dialog.isVisible(), notices_of(dialog)[0].receipt) == (is_open, kept)
    prompts_of(context).answers.append("discard")


@pytest.mark.parametrize("answer", ["", "discard"])
def test_sending_when_left_with_words_typed_then_it_asks(
    qtbot: QtBot, dialog: NoticesDialog, context: Context, answer: str
) -> None:
    dialog.prepare()
    asked = sent(qtbot, dialog)
    asked.text.appendPlainText("One more line.")
    prompts_of(context).answers.append(answer)
    asked.reject()
    assert asked.isVisible() is (answer == "")
    assert "not saved yet" in prompts_of(context).asked[-1]


def test_sending_when_nothing_was_typed_then_it_closes_unasked(
    qtbot: QtBot, dialog: NoticesDialog, context: Context
) -> None:
    dialog.prepare()
    line = dialog._line()
    assert line is not None
    asked = SendDialog(context, dialog.kit, dialog.incident, line, draft(dialog).written())
    qtbot.addWidget(asked)
    asked.show()
    asked.reject()
    assert not asked.isVisible()
    assert prompts_of(context).asked == []


def test_notices_when_it_was_decided_then_the_list_says_so_and_none_is_pressed_that_was_declined(
    dialog: NoticesDialog, context: Context
) -> None:
    def line() -> str:
        place = next(
            place
            for place, each in enumerate(dialog.lines)
            if each.rule and each.rule.key == "eu_authority"
        )
        return dialog.list.item(place).text().splitlines()[-1]

    assert line() == "not prepared"
    assert draft(dialog).next.property("look") == "primary"
    case = case_of(context.register, dialog.incident)
    rule = next(each for each in case.rules if each.key == "eu_authority")
    at = Instant.parse("2026-11-17T09:00", "Asia/Hong_Kong")
    context.register.apply(
        decide(
            case,
            rule,
            "no",
            reason="No risk",
            decided_by="Dr Wong",
            decided_at=at,
            now=clock.now(),
            t=context.t,
        )
    )
    dialog.show_lines("eu_authority")
    assert line() == "Notify: No"
    assert draft(dialog).next.property("look") != "primary"
