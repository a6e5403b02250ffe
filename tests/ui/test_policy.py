"""The policy actions page: all of the catalogue, honest about its sources, steps ticked in place."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from riskreg import catalogue
from riskreg.views import Register
from tests.ui.desk import a_context
from ui.context import Context
from ui.pages.policy import PolicyPage
from ui.widgets.badge import Badge
from ui.widgets.text import Text


def a_page(qtbot: QtBot, context: Context) -> PolicyPage:
    page = PolicyPage(context)
    qtbot.addWidget(page)
    page.resize(1068, 760)
    page.show()
    page.enter()
    page.turns.finish()
    return page


def said(page: PolicyPage) -> str:
    return "\n".join(text.text() for text in page.findChildren(Text))


def test_policy_when_opened_then_all_18_actions_stand_under_five_categories_with_the_notice(
    qtbot: QtBot, context: Context
) -> None:
    page = a_page(qtbot, context)
    assert list(page.rows) == [action.key for action in catalogue.policy_actions()]
    for category in catalogue.categories():
        assert category.title.en in said(page)
    assert catalogue.notice().en in said(page)


def test_policy_when_a_source_is_not_found_then_the_row_says_so(
    qtbot: QtBot, context: Context
) -> None:
    page = a_page(qtbot, context)
    for action in catalogue.policy_actions():
        row = page.rows[action.key]
        badges = [badge.text() for badge in row.findChildren(Badge) if badge.isVisible()]
        expected = {
            "found": [],
            "partly_found": ["Source: Partly found"],
            "unverified": ["Source: Unverified"],
        }[action.source_status]
        assert badges == expected, action.key


def test_policy_when_a_step_is_ticked_then_it_is_done_today_and_counted(
    qtbot: QtBot, context: Context
) -> None:
    register = context.register
    page = a_page(qtbot, context)
    row = page.rows["C1"]
    row.turn.click()
    assert row.inside.isVisible()
    qtbot.mouseClick(row.ticks[0].box, Qt.MouseButton.LeftButton)
    step = register.record(register.find("C1.1"))
    assert (step.get("status"), step.get("done_on")) == ("done", date(2026, 11, 20))
    assert page.rows["C1"].inside.isVisible()
    assert page.rows["C1"].state.done == 1
    assert page.subtitle.text().startswith("1 of ")


def test_policy_when_a_tick_is_taken_away_then_the_step_is_open_again(
    qtbot: QtBot, context: Context
) -> None:
    page = a_page(qtbot, context)
    for _ in range(2):
        page.rows["C1"].ticks[0].box.click()
    step = context.register.record(context.register.find("C1.1"))
    assert (step.get("status"), step.get("done_on")) == ("open", None)


def test_policy_when_the_government_alone_acts_then_it_is_context_and_never_a_gap(
    qtbot: QtBot, context: Context
) -> None:
    page = a_page(qtbot, context)
    watched = [action.key for action in catalogue.policy_actions() if action.stance == "watch"]
    assert watched
    for key in watched:
        words = " ".join(text.text() for text in page.rows[key].findChildren(Text))
        assert "Not started" not in words


def test_policy_when_the_pencil_is_pressed_then_the_record_is_wanted(
    qtbot: QtBot, context: Context
) -> None:
    page = a_page(qtbot, context)
    with qtbot.waitSignal(context.events.open_record) as wanted:
        page.rows["B4"]._open()
    assert wanted.args == [context.register.find("B4")]


def test_policy_when_in_chinese_then_actions_and_steps_are_in_chinese(
    qtbot: QtBot, opened: Register
) -> None:
    page = a_page(qtbot, a_context(opened, "zh_Hant"))
    action = catalogue.policy_actions()[5]
    page.rows[action.key].turn.click()
    assert action.title.zh_Hant in said(page)
    assert action.steps[0].text.zh_Hant in said(page)


def test_policy_when_there_is_little_room_then_remarks_stand_once_under_the_title(
    qtbot: QtBot, context: Context
) -> None:
    page = a_page(qtbot, context)
    page.resize(640, 700)
    row = page.rows["B4"]
    qtbot.waitUntil(lambda: row.width() < 640)
    shown = [badge for badge in row.findChildren(Badge) if badge.isVisible()]
    assert len(shown) == 1
    assert shown[0].mapTo(row, shown[0].rect().topLeft()).y() > 20


def test_policy_when_a_step_is_ticked_by_keys_then_only_its_row_is_made_anew_and_keeps_the_focus(
    qtbot: QtBot, context: Context
) -> None:
    page = a_page(qtbot, context)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    before = dict(page.rows)
    row = before["C1"]
    row.turn.click()
    row.ticks[0].box.setFocus()
    qtbot.keyClick(row.ticks[0].box, Qt.Key.Key_Space)
    after = page.rows
    assert {key for key in after if after[key] is not before[key]} == {"C1"}
    assert page.focusWidget() is after["C1"].ticks[0].box
    assert after["C1"].inside.isVisible()
    qtbot.keyClick(after["C1"].ticks[0].box, Qt.Key.Key_Tab)
    assert page.focusWidget() is after["C1"].ticks[1].box


def test_policy_when_the_page_has_the_focus_then_keys_scroll_it(
    qtbot: QtBot, context: Context
) -> None:
    page = a_page(qtbot, context)
    page.take_focus()
    assert page.scrolled is not None
    bar = page.scrolled.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClick(page, Qt.Key.Key_Home)
    assert bar.value() == 0
