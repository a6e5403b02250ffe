"""What stands under each policy action without opening anything: what is missing, what comes next, what is tied to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from riskreg import catalogue
from riskreg.editing import set_fields, to_bin
from riskreg.views import Register
from tests.ui.desk import a_context, add
from tests.ui.test_policy import a_page
from ui.context import Context
from ui.pages.listing import ListingPage
from ui.pages.policy import PolicyPage
from ui.widgets.text import Text
from ui.window import MainWindow


def under(page: PolicyPage, key: str) -> str:
    """What is said under an action, a line each."""
    return "\n".join(text.text() for text in page.rows[key].under.findChildren(Text))


def tie(register: Register) -> None:
    """C3 is in place, lowers two bad risks and a small one, and is tied to one record of other kinds."""
    refs = []
    for likelihood, impact in ((5, 5), (5, 4), (1, 1)):
        scores = {"residual_likelihood": likelihood, "residual_impact": impact}
        id = add(register, "risk", {"title": "Tied", "status": "open", **scores})
        refs.append(register.record(id).ref)
    id = register.find("C3")
    given = {"applies": "yes", "status": "planned", "risks": refs}
    register.apply(set_fields(register, id, given))
    add(register, "asset", {"title": "Payroll", "actions": ["C3"]})
    add(register, "task", {"title": "Book the trainer", "actions": ["C3"]})


def test_row_when_things_are_tied_then_each_kind_is_counted_and_leads_to_its_list(
    qtbot: QtBot, context: Context
) -> None:
    tie(context.register)
    page = a_page(qtbot, context)
    links = page.rows["C3"].under.links
    assert [link.text() for link in links] == ["3 risks", "1 data asset", "1 task"]
    assert links[0].accessibleName() == "C3: 3 risks"
    with qtbot.waitSignal(context.events.open_view) as wanted:
        qtbot.mouseClick(links[0], Qt.MouseButton.LeftButton)
    assert context.register.count(wanted.args[0]) == 3
    assert page.rows["C2"].under.links == []


def test_row_when_something_tied_is_in_the_bin_then_it_is_not_counted(
    qtbot: QtBot, context: Context
) -> None:
    register = context.register
    tie(register)
    register.apply(to_bin(register, [register.find("R-0002"), register.find("T-0001")]))
    page = a_page(qtbot, context)
    links = page.rows["C3"].under.links
    assert [link.text() for link in links] == ["2 risks", "1 data asset"]
    assert "1 open risk above what is accepted" in under(page, "C3")


def test_row_when_open_risks_are_above_then_it_says_how_many_and_the_next_step_without_opening(
    qtbot: QtBot, context: Context
) -> None:
    tie(context.register)
    page = a_page(qtbot, context)
    step = next(each for each in catalogue.policy_actions() if each.key == "C3").steps[0]
    assert "2 open risks above what is accepted" in under(page, "C3")
    assert "Missing: No owner" in under(page, "C3")
    assert f"Next: {step.text.en}" in under(page, "C3")
    assert not page.rows["C3"].inside.isVisible()


def test_row_when_a_step_has_a_day_then_it_comes_next_with_its_day(
    qtbot: QtBot, context: Context
) -> None:
    register = context.register
    register.apply(set_fields(register, register.find("C3.2"), {"due_on": "2026-12-24"}))
    page = a_page(qtbot, context)
    assert "(by 24 Dec 2026)" in under(page, "C3")
    page.rows["C3"].ticks[1].box.click()
    assert "(by 24 Dec 2026)" not in under(page, "C3")


def test_row_when_a_risk_is_rescored_then_the_page_says_so_at_once(
    qtbot: QtBot, context: Context
) -> None:
    tie(context.register)
    page = a_page(qtbot, context)
    register = context.register
    for ref in ("R-0001", "R-0002"):
        changes = set_fields(register, register.find(ref), {"residual_likelihood": 1})
        context.change(changes)
    assert "above what is accepted" not in under(page, "C3")


def test_row_when_the_management_accepts_more_then_the_page_says_so_at_once(
    qtbot: QtBot, context: Context
) -> None:
    tie(context.register)
    page = a_page(qtbot, context)
    assert "above what is accepted" in under(page, "C3")
    whose = context.register.organisation().id
    context.change(set_fields(context.register, whose, {"appetite": "critical"}))
    assert "above what is accepted" not in under(page, "C3")


def test_row_when_it_is_only_watched_then_nothing_is_missing(
    qtbot: QtBot, context: Context
) -> None:
    page = a_page(qtbot, context)
    for action in catalogue.policy_actions():
        if action.stance == "watch":
            assert under(page, action.key) == ""
        else:
            assert "Not said whether it applies" in under(page, action.key)


def test_row_when_a_link_is_pressed_in_the_window_then_the_list_shows_just_those(
    window: MainWindow,
) -> None:
    tie(window.context.register)
    page = window.go("action")
    assert isinstance(page, PolicyPage)
    page.rows["C3"].under.links[0].click()
    listed = window.middle.currentWidget()
    assert isinstance(listed, ListingPage)
    assert listed.model.rowCount() == 3
    chips = [button.text() for button in listed.chips.findChildren(QPushButton)]
    assert any("C3" in chip for chip in chips)


def test_row_when_in_chinese_then_counts_are_in_chinese(qtbot: QtBot, opened: Register) -> None:
    tie(opened)
    page = a_page(qtbot, a_context(opened, "zh_Hant"))
    assert len(page.rows["C3"].under.links) == 3
