"""Several notices at once in the window: prepared and approved together, sent one after the other."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from riskreg.cases import case_of
from riskreg.changes import ChangeSet, edit
from riskreg.records import Notice
from tests.ui.desk import add, prompts_of
from tests.ui.test_notices import draft, notices_of, sent
from ui.context import Context
from ui.notices.dialog import NoticesDialog
from ui.notices.overview import OverviewPane
from ui.notices.sent_pane import SentPane
from ui.widgets.text import Text

RULES = ("hk_pcpd", "hk_people", "eu_authority", "eu_people")


@pytest.fixture
def incident(context: Context) -> int:
    """One of which it was decided that four are told."""
    context.settings.change(working_as="K. Chan")
    values = {
        "title": "Payroll mail sent to a stranger",
        "aware_at": "2026-11-20T09:40",
        "people_live_in": ["hong_kong", "eu_eea"],
        "our_role": "controller",
        "people_count": "150",
    }
    id = add(context.register, "incident", values)
    ref = context.register.record(id).ref
    for key in RULES:
        decided = {
            "title": key, "incident": [ref], "rule_key": key, "answer": "yes", "reason": "So",
            "decided_by": "Dr Wong", "decided_at": "2026-11-20T10:00",
        }  # fmt: skip
        add(context.register, "decision", decided)
    return id


@pytest.fixture
def dialog(qtbot: QtBot, context: Context, incident: int) -> NoticesDialog:
    made = NoticesDialog(context, incident)
    qtbot.addWidget(made)
    made.show()
    return made


def keys(found: tuple[Notice, ...]) -> set[str]:
    return {each.rule_key for each in found}


def test_prepare_all_when_pressed_then_all_that_were_decided_are_there_and_one_undo_takes_them(
    dialog: NoticesDialog, context: Context
) -> None:
    assert dialog.many.prepare.text() == "Prepare all 4"
    assert dialog.many.approve.isHidden()
    before = context.register.head().seq
    dialog.many.prepare.click()
    assert context.register.head().seq == before + 1
    assert keys(notices_of(dialog)) == set(RULES)
    assert dialog.many.prepare.isHidden()
    context.act(lambda work: context.register.undo(work), "")
    assert notices_of(dialog) == ()
    assert dialog.many.prepare.isVisible()
    assert not isinstance(dialog.pane, OverviewPane)


def test_prepare_all_when_done_then_it_says_how_many_and_what_each_lacks(
    dialog: NoticesDialog,
) -> None:
    dialog.many.prepare.click()
    pane = dialog.pane
    assert isinstance(pane, OverviewPane)
    said = [each.text() for each in pane.findChildren(Text)]
    assert "4 notices are prepared and not sent yet" in said
    assert "4 of them still lack something." in said
    assert len(pane.names) == 4
    authority = next(
        lacks for name, lacks in zip(pane.names, pane.lacks, strict=True) if "GDPR" in name.text()
    )
    assert "Category" in authority or "What happened" in authority
    assert "People affected" not in authority
    pane.names[1].click()
    line = dialog._line()
    assert line is not None
    assert line.notice is not None
    assert draft(dialog).lacks is not None


def test_prepare_all_when_only_one_waits_then_it_is_not_offered(
    qtbot: QtBot, context: Context
) -> None:
    id = add(context.register, "incident", {"title": "x", "people_live_in": ["hong_kong"]})
    made = NoticesDialog(context, id)
    qtbot.addWidget(made)
    made.show()
    assert made.many.isHidden()


def test_overview_when_a_lacking_answer_is_given_then_it_goes_from_the_list(
    dialog: NoticesDialog, context: Context
) -> None:
    dialog.many.prepare.click()
    assert isinstance(dialog.pane, OverviewPane)
    before = list(dialog.pane.lacks)
    told = edit(context.register.record(dialog.incident), {"self_help": "Watch your account."})
    assert told is not None
    context.change(ChangeSet(act="edit", changes=(told,)))
    assert isinstance(dialog.pane, OverviewPane)
    assert len("".join(dialog.pane.lacks)) < len("".join(before))


def test_approve_all_when_somebody_is_named_then_all_are_approved_as_one_step(
    dialog: NoticesDialog, context: Context
) -> None:
    dialog.many.prepare.click()
    prompts_of(context).lines.append("")
    dialog.many.approve.click()
    assert dialog.message.text().startswith("Nobody is named who prepares, approves or sends")
    assert {each.approved_by for each in notices_of(dialog)} == {""}
    prompts_of(context).lines.append(None)
    dialog.many.approve.click()
    assert {each.approved_by for each in notices_of(dialog)} == {""}
    prompts_of(context).lines.append("Dr Wong")
    before = context.register.head().seq
    dialog.many.approve.click()
    assert context.register.head().seq == before + 1
    assert {each.approved_by for each in notices_of(dialog)} == {"Dr Wong"}
    assert dialog.many.approve.isHidden()


def test_sending_when_others_wait_then_the_next_is_shown_and_one_can_go_back(
    qtbot: QtBot, dialog: NoticesDialog
) -> None:
    dialog.many.prepare.click()
    dialog.show_lines(rule="hk_people")
    first = dialog._line()
    assert first is not None
    assert first.notice is not None
    for _ in range(3):
        asked = sent(qtbot, dialog, at="2026-11-20T11:00")
        asked.accepted.connect(dialog._go_on)
        asked.save()
        draft(dialog)
    assert "The next one is shown." in dialog.message.text()
    last = sent(qtbot, dialog, at="2026-11-20T11:00")
    last.accepted.connect(dialog._go_on)
    last.save()
    assert isinstance(dialog.pane, SentPane)
    assert all(each.sent_at for each in notices_of(dialog))


def test_sending_when_people_were_told_before_then_the_channel_is_proposed_and_said(
    qtbot: QtBot, dialog: NoticesDialog
) -> None:
    dialog.many.prepare.click()
    dialog.show_lines(rule="hk_people")
    first = sent(qtbot, dialog, at="2026-11-20T11:00")
    assert first.usual.isHidden()
    first.fields["channel"].set_value("letter")
    first.save()
    for rule, channel in (("eu_people", "letter"), ("eu_authority", None)):
        dialog.show_lines(rule=rule)
        dialog.send()
        (asked,) = [each for each in dialog.findChildren(type(first)) if each.isVisible()]
        assert asked.fields["channel"].value() == channel
        assert asked.usual.isVisible() is (channel is not None)
        asked.reject()
    case = case_of(dialog.context.register, dialog.incident)
    assert len([each for each in case.notices if each.sent_at]) == 1
