"""Home: its five answers are those of the register, and each leads to what is behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from riskreg.editing import set_fields
from riskreg.views import Register, View
from tests.ui.desk import a_context, add
from ui.context import Context
from ui.pages.home import HomePage
from ui.widgets.card import Card
from ui.widgets.heat_map import HeatCell
from ui.widgets.ring import Ring
from ui.widgets.rows import Row
from ui.widgets.text import Text


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
    assert found["I-2026-004"] == ("aware since when?", "moderate")
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
