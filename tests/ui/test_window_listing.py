"""A list of records as a person uses it: typing, filters, the bin, what the line at its foot says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from riskreg.views import Register, Where
from tests.ui.desk import add
from ui.context import Context
from ui.pages.listing import ListingPage
from ui.tables.listings import LISTINGS
from ui.widgets.text import Text


def a_page(qtbot: QtBot, context: Context, key: str = "risk") -> ListingPage:
    page = ListingPage(context, LISTINGS[key])
    qtbot.addWidget(page)
    page.resize(1068, 700)
    page.show()
    page.enter()
    return page


def titles(page: ListingPage) -> list[str]:
    place = page.model.view.columns.index("title")
    return [page.model.index(row, place).data() for row in range(page.model.rowCount())]


def compose(widget: QWidget, text: str) -> None:
    """Type as an input method does."""
    QCoreApplication.sendEvent(widget, QInputMethodEvent("ngoi6", []))
    commit = QInputMethodEvent("", [])
    commit.setCommitString(text)
    QCoreApplication.sendEvent(widget, commit)


def test_list_when_words_are_typed_then_it_narrows_by_itself_and_counts(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    assert page.foot.count.text() == "4 risks shown of 4"
    qtbot.keyClicks(page.search, "risk 2")
    qtbot.waitUntil(lambda: titles(page) == ["Risk 2"])
    assert page.foot.count.text() == "1 risk shown of 4"


def test_list_when_chinese_is_composed_in_its_search_field_then_it_is_found(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    add(clinic, "risk", {"title": "病人資料外洩"})
    page = a_page(qtbot, context)
    page.search.setFocus()
    compose(page.search, "外洩")
    qtbot.waitUntil(lambda: titles(page) == ["病人資料外洩"])


def test_filter_when_chinese_is_composed_in_its_value_then_the_condition_holds_it(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    add(clinic, "risk", {"title": "病人資料外洩"})
    page = a_page(qtbot, context)
    page.bar.start(Where("title", "contains", ""))
    compose(page.bar.value, "外洩")
    qtbot.keyClick(page.bar.value, Qt.Key.Key_Return)
    assert page.chips.where == (Where("title", "contains", "外洩"),)
    assert titles(page) == ["病人資料外洩"]


def test_filter_when_choices_are_ticked_then_a_chip_says_so_and_its_cross_takes_it_away(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    page.bar.start()
    page.bar.field.setCurrentIndex(page.bar.field.findData("residual_level"))
    for place in range(page.bar.terms.count()):
        item = page.bar.terms.item(place)
        if item.text() in ("Low", "Critical"):
            item.setCheckState(Qt.CheckState.Checked)
    page.bar._apply()
    assert titles(page) == ["Risk 0", "Risk 2", "Risk 3"]
    chip = next(button for button in page.chips.findChildren(QPushButton) if "Low" in button.text())
    assert chip.text() == "Residual level: Low, Critical"
    assert chip.isVisible()
    cross = next(
        button
        for button in page.chips.findChildren(QToolButton)
        if "Residual" in button.accessibleName()
    )
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert len(titles(page)) == 4


@pytest.mark.parametrize(
    ("field", "operator", "typed", "found"),
    [
        ("due_on", "on or after", "20 Nov 2026", ["Risk 2", "Risk 3"]),
        ("due_on", "before", "2026-11-20", ["Risk 0", "Risk 1"]),
        ("residual_score", "is at least", "12", ["Risk 0", "Risk 1"]),
        ("residual_likelihood", "is", "Likely", ["Risk 1"]),
        ("owner", "is empty", "", []),
        ("owner", "is", "P-0001", ["Risk 0", "Risk 1", "Risk 2", "Risk 3"]),
        ("title", "contains", "risk 3", ["Risk 3"]),
    ],
)
def test_filter_when_typed_for_each_kind_of_field_then_the_list_follows(
    qtbot: QtBot,
    context: Context,
    clinic: Register,
    field: str,
    operator: str,
    typed: str,
    found: list[str],
) -> None:
    page = a_page(qtbot, context)
    page.bar.start()
    page.bar.field.setCurrentIndex(page.bar.field.findData(field))
    page.bar.operator.setCurrentIndex(page.bar.operator.findText(operator))
    page.bar.value.setText(typed)
    page.bar._apply()
    assert page.bar.problem.isHidden(), page.bar.problem.text()
    assert sorted(titles(page)) == found


def test_filter_when_its_value_cannot_be_read_then_it_says_why_and_the_list_stays(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    page.bar.start()
    page.bar.field.setCurrentIndex(page.bar.field.findData("due_on"))
    page.bar.value.setText("someday")
    page.bar._apply()
    assert not page.bar.problem.isHidden()
    assert page.bar.problem.text()
    assert page.bar.isVisible()
    assert len(titles(page)) == 4


def test_filter_when_a_chip_is_changed_then_it_takes_the_place_of_the_old_one(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    page.chips.put(Where("title", "contains", "risk 3"))
    page.chips.wanted.emit(page.chips.where[0])
    assert page.bar.value.text() == "risk 3"
    page.bar.value.setText("risk 1")
    page.bar._apply()
    assert page.chips.where == (Where("title", "contains", "risk 1"),)


def test_preset_when_chosen_then_its_name_stands_on_the_button(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context, "incident")
    page.views._choose(page.views.presets[1])
    assert page.views.chip.text() == "All open"
    assert titles(page) == ["Payroll file mailed", "Patient list visible"]


def test_delete_when_pressed_then_the_record_is_in_the_bin_and_undo_is_offered(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    context.actions.connect_to("undo", lambda: context.act(clinic.undo, ""))
    page.table.select(page.model.id_at(0))
    page.delete()
    assert titles(page) == ["Risk 1", "Risk 2", "Risk 3"]
    assert page.undo_bar.isVisible()
    assert page.undo_bar.words.text() == "1 record moved to the bin."
    undo = next(
        button for button in page.undo_bar.findChildren(QPushButton) if button.text() == "Undo"
    )
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert len(titles(page)) == 4
    assert page.undo_bar.isHidden()


def test_bin_when_a_record_is_put_back_then_it_leaves_the_bin(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    page.table.select(page.model.id_at(0))
    page.delete()
    bin_ = a_page(qtbot, context, "bin")
    assert titles(bin_) == ["Risk 0"]
    bin_.table.select(bin_.model.id_at(0))
    bin_.delete()
    assert titles(bin_) == []
    assert len(titles(page)) == 4


def test_list_when_nothing_is_there_then_it_says_what_belongs_here_and_offers_the_next_step(
    qtbot: QtBot, context: Context
) -> None:
    page = a_page(qtbot, context, "incident")
    shown = page.stack.currentWidget()
    words = " ".join(text.text() for text in shown.findChildren(Text))
    assert "No incidents yet. Record near misses too" in words
    asked: list[str] = []
    context.actions.connect_to("new_incident", lambda: asked.append("new"))
    qtbot.mouseClick(shown.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert asked == ["new"]


def test_list_when_a_filter_leaves_nothing_then_it_does_not_say_the_register_is_empty(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context)
    page.chips.put(Where("title", "contains", "nowhere"))
    words = " ".join(text.text() for text in page.stack.currentWidget().findChildren(Text))
    assert words.startswith("Nothing fits.")


def test_todo_when_opened_then_every_kind_with_a_date_is_there_the_oldest_first(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    add(clinic, "asset", {"title": "Old CCTV", "status": "in_use", "next_review_on": "2026-11-01"})
    page = a_page(qtbot, context, "todo")
    assert titles(page)[:2] == ["Old CCTV", "Risk 0"]


def test_search_when_no_word_is_typed_then_nothing_is_asked(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context, "search")
    assert page.stack.currentWidget() is not page.table
    page.search.setText("payroll")
    page.enter()
    assert sorted(titles(page)) == ["Payroll", "Payroll file mailed"]


def test_delete_when_a_policy_action_is_chosen_then_it_is_kept_and_the_person_told(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page = a_page(qtbot, context, "step")
    page.table.select(page.model.id_at(0))
    page.delete()
    assert context.prompts.errors  # type: ignore[attr-defined]
    assert page.undo_bar.isHidden()
