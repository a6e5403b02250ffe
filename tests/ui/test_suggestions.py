"""Suggested records in the window: five answers, ticks, one step, one undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from riskreg import register, starting
from riskreg.views import Register, View
from tests.ui.desk import a_context, add
from ui.context import Context
from ui.dialogs.suggestions import SuggestionsDialog


@pytest.fixture
def made(tmp_path: Path):
    opened = register.create(tmp_path / "new.riskreg", name="New", language="zh_Hant")
    yield opened
    opened.close()


@pytest.fixture
def context(made: Register, qtbot: QtBot) -> Context:
    return a_context(made)


@pytest.fixture
def dialog(context: Context, qtbot: QtBot) -> SuggestionsDialog:
    found = SuggestionsDialog(context)
    qtbot.addWidget(found)
    found.show()
    return found


def answer(dialog: SuggestionsDialog, sector: str, staff: int) -> None:
    dialog.sector.setCurrentIndex(dialog.sector.findData(sector))
    dialog.staff.setValue(staff)


def test_suggestions_when_the_sector_is_chosen_then_the_list_follows(
    dialog: SuggestionsDialog,
) -> None:
    answer(dialog, "shop", 3)
    before = {each.key for each in dialog.chosen()}
    answer(dialog, "clinic", 25)
    after = {each.key for each in dialog.chosen()}
    assert "patients" in after - before
    assert "orders" in before - after
    assert str(len(dialog.chosen())) in dialog.add.text()


def test_suggestions_when_added_then_they_stand_in_the_language_of_the_register_and_one_undo_takes_them_back(
    dialog: SuggestionsDialog, made: Register, qtbot: QtBot
) -> None:
    answer(dialog, "clinic", 25)
    dialog.answers["has_providers"].setChecked(True)
    chosen = dialog.chosen()
    dialog.add.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    found = made.rows(
        view := View(kinds=starting.KINDS_SUGGESTED, columns=("ref", "title")), made.ids(view)
    )
    assert {row.values[1] for row in found} == {each.title["zh_Hant"] for each in chosen}
    organisation = made.organisation()
    assert (organisation.sector, organisation.has_providers) == ("clinic", True)
    assert organisation.sends_abroad is None
    made.undo()
    assert made.count(View(kinds=starting.KINDS_SUGGESTED)) == 0
    assert made.organisation().sector is None


def test_suggestions_when_one_is_unticked_then_it_stays_out_whatever_else_is_answered(
    dialog: SuggestionsDialog,
) -> None:
    head = dialog.list.topLevelItem(0)
    assert head is not None
    item = head.child(0)
    assert item is not None
    key = tuple(item.data(0, Qt.ItemDataRole.UserRole))
    item.setCheckState(0, Qt.CheckState.Unchecked)
    answer(dialog, "school", 40)
    assert key not in {(each.kind, each.key) for each in dialog.chosen()}
    assert head is not dialog.list.topLevelItem(0)


def test_suggestions_when_a_kind_is_unticked_then_nothing_of_it_is_added(
    dialog: SuggestionsDialog,
) -> None:
    head = dialog.list.topLevelItem(2)
    assert head is not None
    head.setCheckState(0, Qt.CheckState.Unchecked)
    assert "risk" not in {each.kind for each in dialog.chosen()}
    assert {"asset", "measure"} <= {each.kind for each in dialog.chosen()}


def item_of(dialog: SuggestionsDialog, kind: str, key: str) -> QTreeWidgetItem:
    for place in range(dialog.list.topLevelItemCount()):
        head = dialog.list.topLevelItem(place)
        for each in range(head.childCount()):
            item = head.child(each)
            if tuple(item.data(0, Qt.ItemDataRole.UserRole)) == (kind, key):
                return item
    raise LookupError(key)


def test_suggestions_when_the_register_holds_some_in_other_words_then_only_new_ones_are_ticked(
    context: Context, made: Register, qtbot: QtBot
) -> None:
    add(made, "asset", {"title": "CCTV at the entrance"})
    add(made, "asset", {"title": "員工檔案（人事部）"})
    dialog = SuggestionsDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    for key, said in (
        ("cctv", "A-0001 CCTV at the entrance"),
        ("staff", "A-0002 員工檔案（人事部）"),
    ):
        item = item_of(dialog, "asset", key)
        assert item.checkState(0) == Qt.CheckState.Unchecked
        assert item.text(1) == f"There already: {said}"
    assert {"cctv", "staff"}.isdisjoint({each.key for each in dialog.chosen()})
    assert "mailboxes" in {each.key for each in dialog.chosen()}
    head = item_of(dialog, "asset", "cctv").parent()
    number = head.childCount()
    assert head.text(0) == f"Data we hold ({number - 2} of {number})"
    item_of(dialog, "asset", "cctv").setCheckState(0, Qt.CheckState.Checked)
    assert head.text(0) == f"Data we hold ({number - 1} of {number})"
    answer(dialog, "school", 40)
    assert "cctv" in {each.key for each in dialog.chosen()}


def test_suggestions_when_all_are_unticked_then_a_kind_can_be_ticked_alone(
    dialog: SuggestionsDialog, qtbot: QtBot
) -> None:
    qtbot.mouseClick(dialog.untick_all, Qt.MouseButton.LeftButton)
    assert dialog.chosen() == []
    assert not dialog.add.isEnabled()
    head = dialog.list.topLevelItem(0)
    assert head is not None
    head.setCheckState(0, Qt.CheckState.Checked)
    assert {each.kind for each in dialog.chosen()} == {"asset"}
    qtbot.mouseClick(dialog.tick_all, Qt.MouseButton.LeftButton)
    assert {each.kind for each in dialog.chosen()} >= {"asset", "risk", "measure"}


def test_suggestions_when_all_of_it_is_there_then_it_says_so_and_adds_nothing(
    dialog: SuggestionsDialog, context: Context, made: Register, qtbot: QtBot
) -> None:
    answer(dialog, "clinic", 25)
    dialog.add.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    again = SuggestionsDialog(context)
    qtbot.addWidget(again)
    again.show()
    assert again.none.isVisible()
    assert not again.list.isVisible()
    assert not again.add.isEnabled()
    assert again.add.text() == "Add records"
