"""Another scale through its dialog: what it changes is shown first, and no score is cut."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from riskreg.views import Register, View
from tests.builders import a_risk
from tests.ui.desk import a_context
from ui.context import Context
from ui.dialogs.scale_dialog import ScaleDialog
from ui.dialogs.settings import SettingsDialog


@pytest.fixture
def context(opened: Register, qtbot: QtBot) -> Context:
    return a_context(opened)


def dialog_of(qtbot: QtBot, context: Context, begin: str = "") -> ScaleDialog:
    dialog = ScaleDialog(context)
    qtbot.addWidget(dialog)
    dialog.open()
    names = [dialog.start.itemText(row) for row in range(dialog.start.count())]
    if begin:
        dialog.start.setCurrentIndex(next(row for row, name in enumerate(names) if begin in name))
    return dialog


def test_scale_when_smaller_then_lost_steps_are_asked_for_before_it_can_be_put_in_force(
    qtbot: QtBot, context: Context
) -> None:
    risk = a_risk(context.register, likelihood=5, impact=2)
    dialog = dialog_of(qtbot, context, "3 × 3")
    dialog.look()
    assert dialog.told.text().startswith("1 of 1 risks change their level.")
    assert [dialog.moves.item(0, column).text() for column in (2, 3)] == ["High", "No step yet"]
    assert not dialog.save_button.isEnabled()
    box = dialog.answers["likelihood", 5]
    assert box.accessibleName() == "Likelihood 5 of 5, Almost certain (1) becomes"
    box.setCurrentIndex(box.findData(2))
    box.activated.emit(box.currentIndex())
    assert dialog.moves.item(0, 3).text() == "Moderate"
    assert dialog.save_button.isEnabled()
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    found = context.register.record(risk.id)
    assert (found.get("residual_likelihood"), found.get("residual_level")) == (2, "moderate")
    assert len(context.register.vocabulary.scale.impact) == 3
    assert context.register.verify().ok
    context.register.undo()
    found = context.register.record(risk.id)
    assert (found.get("residual_likelihood"), found.get("residual_level")) == (5, "high")


def test_scale_when_words_and_bands_are_changed_then_they_are_in_force_without_gap(
    qtbot: QtBot, context: Context
) -> None:
    risk = a_risk(context.register, likelihood=2, impact=3)
    dialog = dialog_of(qtbot, context)
    dialog.editor.title.setText("Ours")
    dialog.editor.table.item(0, 1).setText("Hardly ever")
    dialog.editor.bands[0].setValue(6)
    dialog.look()
    assert [dialog.moves.item(0, column).text() for column in (2, 3)] == ["Moderate", "Low"]
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    scale = context.register.vocabulary.scale
    assert (scale.title.en, scale.likelihood[0].label.en) == ("Ours", "Hardly ever")
    assert scale.likelihood[0].label.zh_Hant == "罕見"
    assert [(band.lowest, band.highest) for band in scale.bands][:2] == [(1, 6), (7, 9)]
    assert context.register.record(risk.id).get("residual_level") == "low"


def test_scale_when_steps_are_added_then_bands_keep_their_share_and_reach_the_highest_score(
    qtbot: QtBot, context: Context
) -> None:
    dialog = dialog_of(qtbot, context, "3 × 3")
    for count in dialog.editor.counts:
        count.setValue(7)
    scale = dialog.editor.scale()
    assert (len(scale.likelihood), len(scale.impact)) == (7, 7)
    assert scale.problems() == ()
    assert scale.bands[-1].highest == 49
    dialog.look()
    assert dialog.pages.currentIndex() == 1


def test_scale_when_bands_cross_then_it_is_said_and_nothing_goes_on(
    qtbot: QtBot, context: Context
) -> None:
    dialog = dialog_of(qtbot, context)
    dialog.editor.bands[0].setValue(12)
    dialog.look()
    assert dialog.pages.currentIndex() == 0
    assert "ends at 9 before it begins at 13" in dialog.message.text()


def test_scale_when_the_default_is_chosen_again_then_no_record_is_needed(
    qtbot: QtBot, context: Context
) -> None:
    for begin in ("NIST", "likelihood times impact"):
        dialog = dialog_of(qtbot, context, begin)
        dialog.look()
        with qtbot.waitSignal(dialog.saved):
            dialog.save()
        assert begin in context.register.vocabulary.scale.title.en
    assert context.register.vocabulary.scale == context.register.vocabulary.base.scale


def test_settings_when_appetite_is_chosen_then_the_organisation_says_so(
    qtbot: QtBot, context: Context
) -> None:
    dialog = SettingsDialog(context, part=4)
    qtbot.addWidget(dialog)
    box = dialog.scale.appetite
    assert [box.itemData(row) for row in range(box.count())] == [
        None, "low", "moderate", "high", "critical",
    ]  # fmt: skip
    box.setCurrentIndex(box.findData("moderate"))
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    assert context.register.organisation().appetite == "moderate"


def test_scale_when_old_scores_are_kept_then_no_level_moves_and_each_risk_says_by_which(
    qtbot: QtBot, context: Context
) -> None:
    risk = a_risk(context.register, likelihood=5, impact=2)
    dialog = dialog_of(qtbot, context, "3 × 3")
    dialog.look()
    assert not dialog.save_button.isEnabled()
    dialog.keeps.click()
    assert dialog.told.text().startswith("No level changes.")
    assert not dialog.moves.isVisible()
    assert dialog.save_button.isEnabled()
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    register = context.register
    found = register.record(risk.id)
    assert (found.get("residual_likelihood"), found.get("residual_level")) == (5, "high")
    (old,) = found.get("scored_by")  # type: ignore[misc, union-attr]
    assert register.record(int(old)).title == "5 × 5: likelihood times impact"
    assert len(register.vocabulary.scale.impact) == 3
    assert len(register.log(limit=2)[0].changes or register.entry(register.head().seq).changes) == 3
    assert register.verify().ok
    register.undo()
    assert register.record(risk.id).get("scored_by") == frozenset()


def test_scale_when_an_older_one_is_wanted_back_then_its_own_record_comes_into_force(
    qtbot: QtBot, context: Context
) -> None:
    register = context.register
    for begin in ("NIST", "3 × 3", "NIST"):
        dialog = dialog_of(qtbot, context, begin)
        dialog.look()
        with qtbot.waitSignal(dialog.saved):
            dialog.save()
    assert register.vocabulary.scale.key == "SC-0001"
    assert register.count(View(kinds=("scale",))) == 2


def test_scale_when_bands_of_money_are_typed_then_they_are_in_force(
    qtbot: QtBot, context: Context
) -> None:
    dialog = dialog_of(qtbot, context)
    editor = dialog.editor.dimensions
    dialog.editor.tabs.setCurrentIndex(1)
    editor.chooser.setCurrentIndex(editor.chooser.findData("money"))
    assert editor.currency.isVisible()
    for row, text in enumerate(("10,000", "100 000", "500000")):
        editor.table.item(row, 2).setText(text)
    editor.table.item(0, 1).setText("Petty cash")
    dialog.look()
    assert "4 whole amounts, each larger than the one before" in dialog.message.text()
    editor.table.item(3, 2).setText("2,000,000")
    editor.chooser.setCurrentIndex(editor.chooser.findData("people"))
    editor.table.item(4, 1).setText("Somebody may die")
    dialog.look()
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    scale = context.register.vocabulary.scale
    money, people = scale.dimension("money"), scale.dimension("people")
    assert money is not None
    assert people is not None
    assert (money.currency, money.up_to) == ("HKD", (10_000, 100_000, 500_000, 2_000_000))
    assert money.anchors[0].en == "Petty cash"
    assert money.anchors[0].zh_Hant == "對當月開支幾乎沒有影響"
    assert people.anchors[4].en == "Somebody may die"
    again = dialog_of(qtbot, context)
    assert again.editor.scale() == scale


def test_scale_when_it_has_more_steps_then_their_bands_must_be_said(
    qtbot: QtBot, context: Context
) -> None:
    dialog = dialog_of(qtbot, context)
    editor = dialog.editor.dimensions
    editor.chooser.setCurrentIndex(editor.chooser.findData("money"))
    for row in range(4):
        editor.table.item(row, 2).setText(str(10 ** (row + 3)))
    dialog.editor.counts[1].setValue(6)
    dialog.look()
    assert "5 whole amounts" in dialog.message.text()
    dialog.editor.counts[1].setValue(4)
    dialog.look()
    money = dialog.editor.scale().dimension("money")
    assert money is not None
    assert money.up_to == (1_000, 10_000, 100_000)
    assert dialog.pages.currentIndex() == 1
