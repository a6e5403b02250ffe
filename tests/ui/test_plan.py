"""The plan of the year in the window: twelve months, narrowed by what and by whom, each row leading to its record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from riskreg.changes import ChangeSet, addition
from riskreg.editing import set_fields, to_bin
from riskreg.i18n import Translator
from riskreg.views import Reader, Register
from riskreg.work import Work
from tests.builders import a_party, a_risk, add, an_asset
from tests.ui.desk import a_context
from ui.context import Context
from ui.jobs import Jobs
from ui.pages import plan
from ui.pages.plan import PlanPage
from ui.pages.plan_model import DAY, OWNER, REF, TITLE, WHAT
from ui.window import MainWindow


@pytest.fixture
def planned(opened: Register) -> Register:
    """A training, a drill, a contract that ends, an acceptance that ends, a filing, reviews and a task."""
    chan = frozenset({a_party(opened, "K. Chan").id})
    a_party(opened, "Cloud Ltd", contract_until_on=date(2027, 3, 31))
    add(opened, "activity", "Yearly training", activity_type="training", owner=chan,
        planned_on=date(2026, 12, 3), repeat_every_months=6)  # fmt: skip
    add(opened, "activity", "Drill", activity_type="drill", planned_on=date(2027, 9, 9))
    a_risk(opened, "Accepted", status="accepted", accepted_until_on=date(2027, 6, 30), owner=chan)
    add(opened, "transfer", "Samples", mechanism="gba_contract", effective_on=date(2026, 12, 7))
    an_asset(opened, "Payroll", next_review_on=date(2026, 11, 10))
    add(opened, "task", "Chore", due_on=date(2026, 11, 25), owner=chan)
    an_asset(opened, "Far away", next_review_on=date(2027, 11, 1))
    return opened


def a_page(qtbot: QtBot, context: Context) -> PlanPage:
    page = PlanPage(context)
    qtbot.addWidget(page)
    page.resize(1068, 760)
    page.show()
    page.enter()
    return page


def told(page: PlanPage) -> list[tuple[str, ...]]:
    """The rows: month where one begins, day, what, title."""
    model = page.model
    return [
        (model.head_at(row), *(model.cell_at(row, column).text for column in (DAY, WHAT, TITLE)))
        for row in range(model.rowCount())
    ]


def titles(page: PlanPage) -> list[str]:
    """The titles of the rows, those of empty months left out."""
    return [title for *_, title in told(page) if title]


def test_plan_when_things_have_dates_then_each_stands_under_its_month_and_empty_months_say_so(
    qtbot: QtBot, context: Context, planned: Register
) -> None:
    page = a_page(qtbot, context)
    nothing = ("Nothing is planned for this month.", "", "")
    assert told(page) == [
        ("Overdue  •  1", "10 Nov 2026", "Next review", "Payroll"),
        ("November 2026  •  1", "25 Nov 2026", "Task", "Chore"),
        ("December 2026  •  2", "3 Dec 2026", "Training", "Yearly training"),
        ("", "21 Dec 2026", "Filing due", "Samples"),
        ("January 2027", *nothing),
        ("February 2027", *nothing),
        ("March 2027  •  1", "31 Mar 2027", "Contract ends", "Cloud Ltd"),
        ("April 2027", *nothing),
        ("May 2027", *nothing),
        ("June 2027  •  2", "3 Jun 2027", "Training", "Yearly training"),
        ("", "30 Jun 2027", "Accepted until", "Accepted"),
        ("July 2027", *nothing),
        ("August 2027", *nothing),
        ("September 2027  •  1", "9 Sept 2027", "Drill", "Drill"),
        ("October 2027", *nothing),
    ]
    assert page.subtitle.text() == "8 things until the end of October • 1 of them overdue"
    QAbstractItemModelTester(page.model)


def choose(page: PlanPage, control: str, words: str) -> None:
    combo = page.sort if control == "sort" else page.owner
    combo.setCurrentIndex(combo.findText(words))
    assert combo.currentText() == words


def test_plan_when_narrowed_then_only_that_sort_and_that_person_are_left(
    qtbot: QtBot, context: Context, planned: Register
) -> None:
    page = a_page(qtbot, context)
    known = [page.sort.itemText(place) for place in range(page.sort.count())]
    assert known == [
        "Everything", "Reviews", "Training", "Drills", "Filings", "Ends of contracts",
        "Ends of acceptances", "Tasks",
    ]  # fmt: skip
    choose(page, "sort", "Training")
    assert titles(page) == ["Yearly training", "Yearly training"]
    assert page.model.rowCount() == 12
    choose(page, "sort", "Everything")
    choose(page, "owner", "K. Chan")
    assert titles(page) == ["Chore", "Yearly training", "Yearly training", "Accepted"]
    choose(page, "owner", "Nobody yet")
    assert titles(page) == ["Payroll", "Samples", "Drill"]
    choose(page, "sort", "Drills")
    assert titles(page) == ["Drill"]


def test_plan_when_what_was_chosen_is_no_more_then_everything_is_shown_again(
    qtbot: QtBot, context: Context, planned: Register
) -> None:
    page = a_page(qtbot, context)
    choose(page, "sort", "Drills")
    ids = [item.id for item in (page.model.item_at(row) for row in range(12)) if item]
    context.change(to_bin(planned, ids))
    assert page.sort.currentText() == "Everything"
    assert len(titles(page)) == 7


def test_plan_when_a_row_is_clicked_or_entered_then_its_record_is_wanted(
    qtbot: QtBot, context: Context, planned: Register
) -> None:
    page = a_page(qtbot, context)
    place = page.table.visualRect(page.model.index(2, TITLE)).center()
    with qtbot.waitSignal(context.events.open_record) as wanted:
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert planned.record(wanted.args[0]).title == "Yearly training"
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(context.events.open_record) as wanted:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert planned.record(wanted.args[0]).title == "Samples"
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.assertNotEmitted(context.events.open_record):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)


def test_plan_when_a_month_is_pressed_then_its_first_row_is_at_the_top_and_keys_act_there(
    qtbot: QtBot, context: Context, planned: Register
) -> None:
    page = a_page(qtbot, context)
    page.resize(1068, 420)
    texts = [jump.text() for jump in page.jumps]
    assert texts[:5] == ["Overdue  1", "Nov  1", "Dec  2", "Jan", "Feb"]
    assert not page.jumps[3].isEnabled()
    page.jumps[texts.index("Jun  2")].click()
    assert page.model.head_at(page.table.currentIndex().row()).startswith("June 2027")
    assert page.table.visualRect(page.model.index(9, DAY)).top() < 60
    assert page.model.index(9, REF).data() == "AC-0001"


def test_plan_when_a_date_is_changed_then_the_plan_follows_and_the_place_is_kept(
    qtbot: QtBot, context: Context, planned: Register
) -> None:
    page = a_page(qtbot, context)
    page.table.setCurrentIndex(page.model.index(3, DAY))
    chore = planned.find("T-0001")
    context.change(set_fields(planned, chore, {"due_on": "2027-01-05"}))
    assert ("January 2027  •  1", "5 Jan 2027", "Task", "Chore") in told(page)
    current = page.model.item_at(page.table.currentIndex().row())
    assert current is not None
    assert current.title == "Samples"


def test_plan_when_a_change_says_nothing_about_dates_then_the_rows_are_not_made_anew(
    qtbot: QtBot, context: Context, planned: Register
) -> None:
    page = a_page(qtbot, context)
    with qtbot.assertNotEmitted(page.model.modelReset):
        context.change(set_fields(planned, planned.find("T-0001"), {"notes": "Ask first"}))
    with qtbot.waitSignal(page.model.modelReset):
        context.change(set_fields(planned, planned.find("T-0001"), {"title": "Other"}))


def test_plan_when_hidden_then_it_asks_again_only_when_it_is_seen(
    qtbot: QtBot, context: Context, planned: Register
) -> None:
    page = a_page(qtbot, context)
    page.hide()
    context.change(set_fields(planned, planned.find("T-0001"), {"due_on": "2027-01-05"}))
    assert "January 2027" in [head for head, *_ in told(page)]
    page.show()
    assert "January 2027  •  1" in [head for head, *_ in told(page)]


def test_plan_when_nothing_has_a_date_then_it_says_what_belongs_here(
    qtbot: QtBot, context: Context
) -> None:
    page = a_page(qtbot, context)
    assert page.stack.currentWidget() is page.empty
    assert not page.sort.isVisible()
    assert not page.subtitle.isVisible()


def test_plan_when_print_is_pressed_then_the_programme_is_wanted(
    qtbot: QtBot, context: Context, planned: Register
) -> None:
    page = a_page(qtbot, context)
    with qtbot.waitSignal(context.events.report_wanted) as wanted:
        page.print.click()
    assert wanted.args == ["programme", ""]


def test_plan_when_months_do_not_fit_in_a_line_then_they_stand_in_two(
    qtbot: QtBot, context: Context, planned: Register
) -> None:
    page = a_page(qtbot, context)
    tops = lambda: {jump.y() for jump in page.jumps}  # noqa: E731
    qtbot.waitUntil(lambda: len(tops()) == 1)
    page.resize(660, 700)
    qtbot.waitUntil(lambda: len(tops()) == 2)
    box = page.jumps[0].parentWidget()
    assert box is not None
    qtbot.waitUntil(lambda: box.height() > 2 * page.jumps[0].height())


def test_plan_when_there_is_little_room_then_the_owner_gives_way_to_the_title(
    qtbot: QtBot, context: Context, planned: Register
) -> None:
    page = a_page(qtbot, context)
    assert not page.table.isColumnHidden(OWNER)
    page.resize(660, 700)
    assert page.table.isColumnHidden(OWNER)
    assert not page.table.isColumnHidden(TITLE)


def test_plan_when_rows_are_spoken_then_the_first_of_a_month_names_it(
    qtbot: QtBot, context: Context, planned: Register
) -> None:
    page = a_page(qtbot, context)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert page.model.index(1, DAY).data(role) == "November 2026  •  1. Day: 25 Nov 2026"
    assert page.model.index(1, TITLE).data(role) == "Title: Chore"
    empty = "January 2027. Nothing is planned for this month."
    assert page.model.index(4, DAY).data(role) == empty
    assert page.model.rowCount(QModelIndex()) == 15


def test_plan_when_opened_in_the_window_then_a_record_stands_beside_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = window.go("plan")
    assert isinstance(page, PlanPage)
    item = page.model.item_at(0)
    assert item is not None
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, DAY))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.place == "plan"
    assert window.panel.isVisible()
    assert window.panel.ref == item.ref


@pytest.fixture
def crowd(planned: Register) -> Register:
    """The same with 5,000 tasks."""
    tasks = [
        addition("task", {"title": f"Task {place}", "due_on": date(2027, 1, 4)}, id=-place)
        for place in range(1, 5001)
    ]
    planned.apply(ChangeSet(act="add", changes=tuple(tasks)))
    return planned


@pytest.fixture
def beside(crowd: Register) -> Iterator[Context]:
    """The crowd, and jobs that run beside the window."""
    jobs = Jobs()
    yield a_context(crowd, jobs=jobs)
    jobs.close()


def test_plan_when_cancelled_then_it_says_so_and_can_be_asked_again(
    qtbot: QtBot, beside: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_cancelled = Event()
    gather = plan.gather

    def held(reader: Reader, t: Translator, today: date, work: Work) -> plan.Plan:
        is_cancelled.wait(60)  # once read to the end it could not be cancelled any more
        return gather(reader, t, today, work)

    monkeypatch.setattr(plan, "gather", held)
    page = a_page(qtbot, beside)
    page.progress.cancel.click()
    is_cancelled.set()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.stopped, timeout=30_000)
    assert not page.progress.isVisible()
    page.stopped.findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: page.model.rowCount() > 5000, timeout=60_000)


def test_plan_when_the_register_changes_while_it_reads_then_only_the_new_answer_is_shown(
    qtbot: QtBot, beside: Context
) -> None:
    page = a_page(qtbot, beside)
    register = beside.register
    beside.change(set_fields(register, register.find("T-0001"), {"title": "Another chore"}))
    qtbot.waitUntil(lambda: "Another chore" in titles(page), timeout=60_000)
    qtbot.waitUntil(lambda: not beside.jobs.running, timeout=60_000)
    assert titles(page).count("Another chore") == 1
    assert "Chore" not in titles(page)
    assert not page.progress.isVisible()


def test_plan_when_left_while_it_reads_then_nothing_is_shown_until_it_is_seen_again(
    qtbot: QtBot, beside: Context
) -> None:
    page = a_page(qtbot, beside)
    page.hide()
    qtbot.waitUntil(lambda: not beside.jobs.running, timeout=60_000)
    assert page.model.rowCount() == 0
    page.show()
    page.enter()
    qtbot.waitUntil(lambda: page.model.rowCount() > 5000, timeout=60_000)


def test_plan_when_in_chinese_then_months_are_in_chinese(qtbot: QtBot, planned: Register) -> None:
    page = a_page(qtbot, a_context(planned, "zh_Hant"))
    assert page.model.head_at(1).startswith("2026年11月")
    assert page.jumps[1].text() == "11月  1"


def test_plan_when_there_are_15000_dates_then_all_are_there(
    qtbot: QtBot, context: Context, planned: Register
) -> None:
    """How long the window is held is measured by `tests.perf.window`, not here."""
    days = [date(2026, 12, 1 + number % 28) for number in range(15_000)]
    tasks = [
        addition("task", {"title": f"Task {place}", "due_on": day}, id=-place)
        for place, day in enumerate(days, start=1)
    ]
    planned.apply(ChangeSet(act="add", changes=tuple(tasks)))
    page = a_page(qtbot, context)
    assert page.model.rowCount() == 15_000 + 15
    choose(page, "sort", "Drills")
    assert titles(page) == ["Drill"]
