"""Suggested records in the window: five answers, ticks, one step, one undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from riskreg import register, starting
from riskreg.views import Register, View
from tests.ui.desk import a_context
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
