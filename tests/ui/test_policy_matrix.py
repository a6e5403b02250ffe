"""Policy actions by risks in the window: each number leads to the list that it counts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from riskreg import catalogue
from riskreg.editing import set_fields
from riskreg.lowered import ALL, UNSCORED
from riskreg.views import Register
from tests.test_lowered import tie
from tests.ui.desk import a_context
from tests.ui.test_policy import a_page
from ui.context import Context
from ui.pages.listing import ListingPage
from ui.pages.policy import PolicyPage
from ui.widgets.text import Text
from ui.window import MainWindow


def by_risks(qtbot: QtBot, context: Context) -> PolicyPage:
    page = a_page(qtbot, context)
    qtbot.mouseClick(page.by_risks, Qt.MouseButton.LeftButton)
    return page


def numbers(page: PolicyPage) -> dict[tuple[str, str], str]:
    return {place: cell.text() for place, cell in page.matrix.cells.items()}


def test_matrix_when_shown_then_open_risks_stand_by_action_and_level(
    qtbot: QtBot, context: Context
) -> None:
    tie(context.register)
    page = by_risks(qtbot, context)
    assert page.matrix.isVisible()
    assert numbers(page) == {
        ("B1", "critical"): "1", ("B1", UNSCORED): "1", ("B1", ALL): "2",
        ("C3", "critical"): "1", ("C3", ALL): "1",
        ("", "low"): "1", ("", ALL): "1",
    }  # fmt: skip
    said = [text.text() for text in page.matrix.findChildren(Text)]
    assert [key for key in said if key in {a.key for a in catalogue.policy_actions()}] == [
        action.key for action in catalogue.policy_actions()
    ]
    assert page.matrix.cells["B1", "critical"].accessibleName() == "B1, Critical: 1"
    assert page.matrix.cells["", "low"].accessibleName() == "No policy action lowers these, Low: 1"


def test_matrix_when_a_risk_is_closed_then_the_numbers_follow(
    qtbot: QtBot, context: Context
) -> None:
    register = context.register
    tie(register)
    page = by_risks(qtbot, context)
    changes = set_fields(register, register.find("R-0001"), {"status": "closed"})
    context.change(changes)
    assert ("C3", ALL) not in numbers(page)
    qtbot.mouseClick(page.by_steps, Qt.MouseButton.LeftButton)
    assert not page.matrix.isVisible()
    assert page.rows["C3"].isVisible()


def test_matrix_when_a_number_is_pressed_in_the_window_then_the_list_holds_as_many(
    window: MainWindow,
) -> None:
    tie(window.context.register)
    page = window.go("action")
    assert isinstance(page, PolicyPage)
    page.by_risks.click()
    page.matrix.cells["B1", ALL].click()
    listed = window.middle.currentWidget()
    assert isinstance(listed, ListingPage)
    assert listed.model.rowCount() == 2


def test_matrix_when_nothing_is_recorded_then_every_number_is_a_dash(
    qtbot: QtBot, context: Context
) -> None:
    page = by_risks(qtbot, context)
    assert page.matrix.cells == {}
    dashes = [text for text in page.matrix.findChildren(Text) if text.text() == "–"]
    assert len(dashes) == 19 * 5


def test_matrix_when_in_chinese_then_actions_are_in_chinese(qtbot: QtBot, opened: Register) -> None:
    page = by_risks(qtbot, a_context(opened, "zh_Hans"))
    said = {text.text() for text in page.matrix.findChildren(Text)}
    assert catalogue.policy_actions()[4].title.zh_Hans in said
