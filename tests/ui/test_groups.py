"""The groups of To do: where each begins, what it is called, and what of it keys and eyes meet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from riskreg.views import Register
from tests.ui.desk import add
from ui.context import Context
from ui.dialogs.columns_chooser import ColumnsDialog
from ui.pages.listing import ListingPage
from ui.tables.condition_bar import ConditionBar
from ui.tables.groups import HEIGHT
from ui.tables.listings import LISTINGS
from ui.tables.model import TONE_ROLE


@pytest.fixture
def page(qtbot: QtBot, context: Context, clinic: Register) -> ListingPage:
    for day in ("2026-11-26", "2026-12-19", "2027-06-01"):
        add(clinic, "asset", {"title": f"Due {day}", "next_review_on": day})
    made = ListingPage(context, LISTINGS["todo"])
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.enter()
    return made


def heads(page: ListingPage) -> dict[int, str]:
    return {row: page.model.head_at(row) for row in page.model.groups}


def test_todo_when_sorted_by_date_then_each_group_begins_with_its_name_and_number(
    page: ListingPage,
) -> None:
    assert heads(page) == {
        0: "Overdue  •  2",
        2: "Today  •  1",
        3: "In the next seven days  •  2",
        5: "In the next thirty days  •  1",
        6: "Later  •  1",
    }
    assert page.model.is_late_at(0)
    assert not page.model.is_late_at(2)
    first = page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert first == "Overdue  •  2. Ref: R-0001"


def test_todo_when_narrowed_then_groups_follow_and_empty_ones_are_not_named(
    page: ListingPage,
) -> None:
    page.search.setText("Due")
    page._ask()
    assert list(heads(page).values()) == [
        "In the next seven days  •  1",
        "In the next thirty days  •  1",
        "Later  •  1",
    ]


def test_todo_when_tasks_are_of_a_drill_then_they_are_marked_and_counted_by_themselves(
    page: ListingPage, clinic: Register
) -> None:
    drill = clinic.record(add(clinic, "incident", {"title": "Trial", "drill": "yes"})).ref
    late = {"due_on": "2026-11-01", "incidents": drill, "title": "Call the team"}
    add(clinic, "task", late)
    page._ask()
    assert heads(page)[0] == "Overdue  •  2  •  DRILL 演練 1"
    texts = [page.model.index(row, 1).data() for row in range(3)]
    assert texts.count("DRILL 演練  Call the team") == 1
    days = {page.model.index(row, 2).data(TONE_ROLE) for row in range(3)}
    assert days == {"high", "muted"}
    page.search.setText("Call the team")
    page._ask()
    assert heads(page) == {0: "Overdue  •  DRILL 演練 1"}
    assert not page.model.is_late_at(0)


def test_tasks_when_listed_then_those_of_a_drill_are_marked_and_can_be_left_out(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    drill = clinic.record(add(clinic, "incident", {"title": "Trial", "drill": "yes"})).ref
    add(clinic, "task", {"incidents": drill, "title": "Call the team"})
    made = ListingPage(context, LISTINGS["task"])
    qtbot.addWidget(made)
    made.enter()
    assert made.model.index(0, 1).data() == "DRILL 演練  Call the team"
    chooser = ColumnsDialog(context, LISTINGS["task"].kinds, LISTINGS["task"].columns, ())
    qtbot.addWidget(chooser)
    names = [chooser.list.item(row).text() for row in range(chooser.list.count())]
    assert "Drill" not in names
    bar = ConditionBar(context, ("task",))
    qtbot.addWidget(bar)
    assert bar.field.findText("Drill") >= 0


def test_todo_when_sorted_by_something_else_then_rows_are_of_one_height_again(
    page: ListingPage,
) -> None:
    table = page.table
    usual = table.rowHeight(1)
    assert table.rowHeight(0) == usual + HEIGHT
    page.model.sort(1)
    assert heads(page) == {}
    assert {table.rowHeight(row) for row in range(page.model.rowCount())} == {usual}
    page.model.sort(page.model.view.columns.index("due_at"))
    assert table.rowHeight(2) == usual + HEIGHT


def test_todo_when_a_cell_beneath_a_name_is_edited_then_the_name_stays_to_be_read(
    page: ListingPage,
) -> None:
    table = page.table
    table.setCurrentIndex(page.model.index(0, 1))
    assert table.edit_cell()
    assert table.editor.y() >= HEIGHT
