"""Choices of the organisation's own, through the settings."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from riskreg.views import Register, View
from tests.builders import a_risk
from tests.ui.desk import a_context
from ui.dialogs.settings import PARTS, SettingsDialog
from ui.dialogs.terms_part import TermsPart, key_of
from ui.tables.listings import LISTINGS
from ui.tables.model import RecordModel


@pytest.fixture
def part(opened: Register, qtbot: QtBot) -> TermsPart:
    dialog = SettingsDialog(a_context(opened), part=PARTS.index("Choices"))
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog.choices


def choose(part: TermsPart, name: str, key: str = "") -> None:
    part.of.setCurrentIndex(part.of.findData(name))
    if key:
        keys = part.context.register.vocabulary.terms_of(name).keys
        part.choices.setCurrentRow(keys.index(key))


def test_choice_when_added_then_it_can_be_given_and_undo_takes_it_back(part: TermsPart) -> None:
    register = part.context.register
    choose(part, "risk_status")
    part.begin()
    part.labels["en"].setText(" On hold ")
    part.labels["zh_hant"].setText("擱置")
    part.save()
    assert "which status it counts as" in part.message.text()
    part.same_as.setCurrentIndex(part.same_as.findData("closed"))
    part.save()
    assert not part.message.isVisible()
    assert part.choices.currentItem().text() == "On hold"
    assert a_risk(register, status="on_hold").get("status") == "on_hold"
    assert not register.vocabulary.terms_of("risk_status").is_open("on_hold")
    register.undo()
    register.undo()
    assert "on_hold" not in register.vocabulary.terms_of("risk_status").keys


def test_choice_when_renamed_twice_then_one_record_says_so(part: TermsPart) -> None:
    register = part.context.register
    for words in ("In hand", "Being treated now"):
        choose(part, "risk_status", "treating")
        part.labels["en"].setText(words)
        part.save()
        assert register.vocabulary.terms_of("risk_status").label("treating", "en") == words
    assert len(register.ids(View(kinds=("terms",)))) == 1
    assert register.verify().ok


def test_choice_when_retired_then_it_is_marked_and_no_longer_offered(part: TermsPart) -> None:
    choose(part, "risk_status", "treating")
    part.retired.setChecked(True)
    part.save()
    terms = part.context.register.vocabulary.terms_of("risk_status")
    assert "treating" not in terms.offered
    assert part.choices.currentItem().text().endswith("(no longer offered)")


def test_choice_when_renamed_then_a_list_on_the_screen_says_it_too(part: TermsPart) -> None:
    a_risk(part.context.register, status="treating")
    model = RecordModel(part.context, LISTINGS["risk"].view())
    model.ask(LISTINGS["risk"].view())
    column = model.view.columns.index("status")
    assert model.index(0, column).data() != "In hand"
    choose(part, "risk_status", "treating")
    part.labels["en"].setText("In hand")
    part.save()
    assert model.index(0, column).data() == "In hand"


def test_choice_when_the_list_is_closed_then_none_can_be_added_and_levels_can_be_renamed(
    part: TermsPart,
) -> None:
    choose(part, "level", "high")
    assert not part.add_button.isEnabled()
    assert not part.retired.isEnabled()
    part.labels["en"].setText("Red")
    part.save()
    assert part.context.register.vocabulary.terms_of("level").label("high", "en") == "Red"


def test_choice_when_its_words_are_taken_or_missing_then_it_is_said(part: TermsPart) -> None:
    choose(part, "risk_status", "treating")
    part.labels["en"].setText("Closed")
    part.save()
    assert "another choice" in part.message.text()
    for field in part.labels.values():
        field.setText("")
    part.save()
    assert "name in one language" in part.message.text()


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("On hold!", "on_hold"),
        ("擱置", "own"),
        ("3rd party", "own_3rd_party"),
        ("Closed", "closed_2"),
    ],
)
def test_key_when_made_from_words_then_it_is_plain_and_new(
    part: TermsPart, words: str, key: str
) -> None:
    terms = part.context.register.vocabulary.terms_of("risk_status")
    assert key_of(words, terms) == key
