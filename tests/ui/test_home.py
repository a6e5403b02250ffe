"""Home: its five answers are those of the register, and each leads to what is behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from riskreg import clock
from riskreg.editing import set_fields
from riskreg.views import Register, View
from tests.ui.desk import a_context, add
from ui.context import Context
from ui.dialogs.compare_risks import CompareRisksDialog
from ui.pages.home import HomePage
from ui.widgets.card import Card
from ui.widgets.heat_map import HeatCell
from ui.widgets.ring import Ring
from ui.widgets.rows import Row
from ui.widgets.text import Text
from ui.window import MainWindow


def a_page(
    qtbot: QtBot,
    context: Context,
    go: Callable[[str], None] = print,
    search: Callable[[str], None] = print,
) -> HomePage:
    page = HomePage(context, go, search)
    qtbot.addWidget(page)
    page.resize(1068, 760)
    page.show()
    page.enter()
    page.turns.finish()
    return page


def rows(page: HomePage) -> dict[str, tuple[str, str]]:
    return {
        row.words.lead or row.words.text: (row.words.end, row.words.tone)
        for row in page.findChildren(Row)
    }


def test_home_when_incidents_are_open_then_their_clocks_count_up_the_newest_first(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    add(clinic, "incident", {"title": "Vendor mailbox", "status": "assessing"})
    page = a_page(qtbot, context)
    found = rows(page)
    refs = [ref for ref in found if ref.startswith("I-")]
    assert refs[:3] == ["I-2026-002", "I-2026-001", "I-2026-004"]
    assert found["I-2026-001"] == ("26 h since aware", "high")
    assert found["I-2026-002"] == ("10 h since aware", "high")
    assert found["I-2026-004"] == ("Aware since when?", "moderate")
    assert "I-2026-003" not in found
    said = [text.text() for text in page.findChildren(Text)]
    assert any(
        words.startswith(
            "I-2026-002: 10 hours since you became aware. Hong Kong law sets no fixed limit"
        )
        for words in said
    )


def test_home_when_greeting_then_it_says_the_day_and_what_is_open(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    assert page.title.text() == "Good evening"
    assert page.subtitle.text() == "Friday, 20 November 2026 • 2 incidents open • 2 things overdue"


def test_home_when_something_is_late_then_it_stands_first_and_says_by_how_much(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    found = rows(a_page(qtbot, context))
    assert found["Risk 0"] == ("2 days late", "high")
    assert found["Risk 2"] == ("today", "muted")
    assert found["Risk 3"] == ("tomorrow", "muted")


def test_heat_map_when_a_cell_is_pressed_then_the_list_behind_it_is_wanted(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    cells = page.findChildren(HeatCell)
    assert len(cells) == 25
    filled = {cell.words.words: cell for cell in cells if cell.words.number}
    assert set(filled) == {
        "Almost certain × Severe: 1 (Critical)",
        "Likely × Significant: 1 (High)",
        "Unlikely × Limited: 1 (Low)",
        "Rare × Negligible: 1 (Low)",
    }
    with qtbot.waitSignal(context.events.open_view) as wanted:
        qtbot.mouseClick(filled["Likely × Significant: 1 (High)"], Qt.MouseButton.LeftButton)
    view = wanted.args[0]
    assert isinstance(view, View)
    assert [row.values[1] for row in clinic.rows(view, clinic.ids(view))] == ["Risk 1"]


def test_heat_map_when_read_aloud_or_in_grey_then_no_cell_is_told_by_colour_alone(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    for cell in page.findChildren(HeatCell):
        assert cell.accessibleName()
        assert context.theme.shape(cell.words.level)


def test_ring_when_actions_change_then_it_counts_those_that_apply(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    facts = page.facts
    assert facts is not None
    assert (facts.actions.begun, facts.actions.not_started) == (0, facts.actions.whole)
    context.change(set_fields(clinic, clinic.find("C1"), {"status": "in_place"}))
    context.change(set_fields(clinic, clinic.find("C2"), {"applies": "no"}))
    page.turns.finish()
    assert page.facts is not None
    assert (page.facts.actions.in_place, page.facts.actions.whole) == (1, facts.actions.whole - 1)
    assert "In place: 1" in page.findChildren(Ring)[-1].accessibleName()


def test_lacks_when_pressed_then_the_records_that_lack_it_are_wanted(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    row = next(
        row for row in page.findChildren(Row) if row.words.text == "Data assets without retention"
    )
    assert row.words.end == "1"
    with qtbot.waitSignal(context.events.open_view) as wanted:
        qtbot.keyClick(row, Qt.Key.Key_Space)
    view = wanted.args[0]
    assert [r.values[1] for r in clinic.rows(view, clinic.ids(view))] == ["Visitors' book"]


def test_home_when_the_register_is_empty_then_each_card_says_so(
    qtbot: QtBot, context: Context
) -> None:
    said = " ".join(text.text() for text in a_page(qtbot, context).findChildren(Text))
    assert "No incident is open." in said
    assert "Nothing is due within seven days." in said
    assert "Nothing that is checked is missing." in said


def test_home_when_words_are_searched_then_they_are_handed_on(
    qtbot: QtBot, context: Context
) -> None:
    asked: list[str] = []
    page = a_page(qtbot, context, search=asked.append)
    qtbot.keyClicks(page.search, "payroll")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert asked == ["payroll"]


@pytest.mark.parametrize("language", ["zh_Hant", "zh_Hans"])
def test_home_when_in_chinese_then_no_word_of_the_program_is_left_in_english(
    qtbot: QtBot, opened: Register, language: str
) -> None:
    add(
        opened, "incident", {"title": "外洩", "status": "assessing", "aware_at": "2026-11-20T08:40"}
    )
    page = a_page(qtbot, a_context(opened, language))  # type: ignore[arg-type]
    words = [text.text() for text in page.findChildren(Text)] + [
        row.words.text for row in page.findChildren(Row)
    ]
    latin = [word for word in words if word.isascii() and any(letter.isalpha() for letter in word)]
    assert latin == []


def test_home_when_it_is_asked_again_then_only_cards_that_say_something_else_are_made_anew(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    before = {card.accessibleName(): card for card in page.findChildren(Card) if card.isVisible()}
    assert len(before) == 5
    context.change(set_fields(clinic, clinic.find("C1"), {"status": "in_place"}))
    page.turns.finish()
    after = {card.accessibleName(): card for card in page.findChildren(Card) if card.isVisible()}
    assert list(after) != []
    assert {name for name in after if after[name] is not before[name]} == {
        "Policy actions that apply"
    }


def test_home_when_cards_are_made_anew_then_tab_still_goes_as_one_reads(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    add(clinic, "incident", {"title": "Vendor mailbox", "status": "assessing"})
    page.enter()
    page.turns.finish()
    rows = page.findChildren(Row)
    order, widget = [], rows[0].nextInFocusChain()
    while widget is not rows[0]:
        if isinstance(widget, Row | HeatCell) and widget.isVisible():
            card = widget.parentWidget()
            while not isinstance(card, Card):
                assert card is not None
                card = card.parentWidget()
            if card.accessibleName() not in order[-1:]:
                order.append(card.accessibleName())
        widget = widget.nextInFocusChain()
    first = order.index("Clocks running")
    assert [*order[first:], *order[:first]][:4] == [
        "Clocks running",
        "To do this week",
        "Where the open risks sit, with today's controls",
        "Policy actions that apply",
    ]


def test_home_when_much_is_late_then_what_comes_next_is_still_to_be_seen(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    for place in range(6):
        given = {"title": f"Old {place}", "next_review_on": f"2026-0{place + 1}-01"}
        add(clinic, "asset", given)
    found = [name for name in rows(a_page(qtbot, context)) if name.startswith(("Old", "Risk"))]
    assert found == ["Old 0", "Old 1", "Risk 2", "Risk 3"]


def links(page: QWidget) -> dict[str, QPushButton]:
    return {button.accessibleName(): button for button in page.findChildren(QPushButton)}


def test_home_when_a_list_is_longer_than_what_is_shown_then_all_of_it_is_one_press_away(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    for place in range(4):
        add(clinic, "incident", {"title": f"Letter {place}", "status": "assessing"})
        add(clinic, "risk", {"title": f"Late {place}", "status": "open", "due_on": "2026-11-18"})
    gone: list[str] = []
    page = a_page(qtbot, context, go=gone.append)
    found = links(page)
    number = page.facts.due_this_week if page.facts else 0
    found[f"To do this week: See all {number}"].click()
    found["What the register lacks: See all"].click()
    assert gone == ["todo", "checks"]
    with qtbot.waitSignal(context.events.open_view) as asked:
        found["Clocks running: See all 6"].click()
    assert clinic.count(asked.args[0]) == 6


def test_home_when_the_register_is_young_then_nothing_is_compared(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    assert not any("Compare with" in name for name in links(a_page(qtbot, context)))


DECEMBER = datetime(2026, 12, 5, 1, tzinfo=UTC)


def test_compare_when_the_history_is_older_than_a_month_then_risks_that_moved_are_told(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    scored = {"status": "open", "residual_likelihood": 2, "residual_impact": 2}
    rises, falls, ends = (add(opened, "risk", {"title": each, **scored}) for each in "abc")
    with clock.fixed(DECEMBER):
        opened.apply(set_fields(opened, rises, {"residual_likelihood": 5, "residual_impact": 5}))
        opened.apply(set_fields(opened, falls, {"residual_likelihood": 1}))
        opened.apply(set_fields(opened, ends, {"status": "closed"}))
        new = add(opened, "risk", {"title": "d", **scored})
        page = a_page(qtbot, context)
    name = "Where the open risks sit, with today's controls: Compare with November"
    with qtbot.waitSignal(context.actions["compare_risks"].triggered):
        links(page)[name].click()
    dialog = CompareRisksDialog(context, date(2026, 11, 30))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.told.text() == (
        "1 risk rose, 1 risk fell, 1 risk is new, 1 risk is no longer open"
    )
    told = [(row.words.lead, row.words.end) for row in dialog.rows]
    assert told == [
        ("R-0001", "Low → Critical"), ("R-0003", "Low"), ("R-0004", "Low"), ("R-0002", "Low → Low"),
    ]  # fmt: skip
    then, now = (
        sum(cell.words.number for cell in made.findChildren(HeatCell)) for made in dialog.maps
    )
    assert (then, now) == (3, 3)
    with qtbot.waitSignal(context.events.open_record) as asked:
        qtbot.mouseClick(dialog.rows[2], Qt.MouseButton.LeftButton)
    assert asked.args == [new]


def test_compare_when_commanded_in_the_window_then_it_opens(
    qtbot: QtBot, window: MainWindow
) -> None:
    with clock.fixed(DECEMBER):
        window.context.actions["compare_risks"].trigger()
    dialog = window.findChild(CompareRisksDialog)
    assert dialog is not None
    assert dialog.told.text() == "No risk moved since then."
    dialog.close()  # what is modal would stand over other tests
