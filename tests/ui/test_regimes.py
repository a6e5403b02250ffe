"""Who we are, the rules that ship, and our own: what is said here decides which clocks run."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from riskreg import clock, regimes_catalogue
from riskreg import register as door
from riskreg.cases import case_of
from riskreg.records import OwnRule
from riskreg.records.values import Count
from riskreg.views import Register, View
from tests.ui.desk import Held, a_context, add, prompts_of
from ui.context import Context
from ui.jobs import Jobs
from ui.regimes.dialog import RulesDialog
from ui.regimes.own_dialog import OwnRuleDialog
from ui.widgets.text import Text


@pytest.fixture
def dialog(qtbot: QtBot, context: Context) -> RulesDialog:
    made = RulesDialog(context)
    qtbot.addWidget(made)
    made.show()
    return made


def switchable() -> str:
    """A rule that applies only where it is switched on."""
    return next(
        rule.key
        for rule in regimes_catalogue.newest()
        if all(when.switched for when in rule.applies)
    )


def test_rules_when_each_regime_is_shown_then_unverified_rules_say_so(dialog: RulesDialog) -> None:
    for place, regime in enumerate(dialog.rules.regimes):
        dialog.rules.list.setCurrentRow(place)
        QCoreApplication.processEvents()
        assert dialog.rules._area is not None
        said = "\n".join(each.text() for each in dialog.rules._area.findChildren(Text))
        rules = [each for each in regimes_catalogue.newest() if each.regime == regime.key]
        unverified = sum(each.verified == "unverified" for each in rules)
        assert said.count("Unverified: look it up") == unverified


def test_rules_when_answers_and_a_switch_are_saved_then_they_are_one_step(
    dialog: RulesDialog, context: Context
) -> None:
    register, key = context.register, switchable()
    regime = next(each.regime for each in regimes_catalogue.newest() if each.key == key)
    dialog.about.editors["established_in"].set_value(frozenset({"hong_kong", "singapore"}))
    places = [each.key for each in dialog.rules.regimes]
    dialog.rules.list.setCurrentRow(places.index(regime))
    dialog.rules.switches[key].click()
    before = register.head().seq
    dialog.save()
    assert register.head().seq == before + 1
    ours = register.organisation()
    assert ours.established_in == frozenset({"hong_kong", "singapore"})
    assert key in ours.switched_rules


def test_own_rule_when_added_then_it_runs_for_those_it_concerns_and_is_called_own(
    qtbot: QtBot, dialog: RulesDialog, context: Context
) -> None:
    register = context.register
    customer = add(register, "party", {"title": "Lotus Insurance"})
    asked = OwnRuleDialog(context, dialog.kit)
    qtbot.addWidget(asked)
    asked.fields["title"].set_value("Lotus: 24 hours")
    asked.fields["party"].set_value(frozenset({customer}))
    asked.fields["amount"].set_value(Count(24, "exact"))
    asked.fields["unit"].set_value("hours")
    asked.fields["clause"].set_value("Clause 9.2")
    asked.show_limit()
    assert "24 hours" in asked.said.text()
    asked.save()
    (id,) = register.ids(View(kinds=("own_rule",)))
    record = register.record(id)
    assert isinstance(record, OwnRule)
    assert record.in_use
    given = {"aware_at": "2026-11-20T09:00", "people_live_in": ["hong_kong"]}
    ours = add(register, "incident", {**given, "title": "Theirs", "partners": ["P-0001"]})
    other = add(register, "incident", {**given, "title": "Another"})
    keys = [
        [row.rule.key for row in case_of(register, each).board(clock.now())]
        for each in (ours, other)
    ]
    assert f"own.{record.ref}" in keys[0]
    assert f"own.{record.ref}" not in keys[1]
    assert dialog.tabs.currentIndex() == 2
    dialog.own.rows[id].click()
    assert not register.record(id).get("in_use")


def test_own_rule_when_its_parts_disagree_then_it_is_said_before_it_is_added(
    qtbot: QtBot, dialog: RulesDialog, context: Context
) -> None:
    asked = OwnRuleDialog(context, dialog.kit)
    qtbot.addWidget(asked)
    asked.fields["unit"].set_value("hours")
    asked.fields["amount"].set_value(None)
    asked.show_limit()
    assert asked.said.property("tone") == "high"


@pytest.mark.parametrize(
    ("answer", "is_open", "kept"),
    [("", True, frozenset()), ("discard", False, frozenset()), ("save", False, {"singapore"})],
)
def test_rules_when_a_record_is_opened_with_answers_unsaved_then_they_are_asked_about(
    dialog: RulesDialog, context: Context, answer: str, is_open: bool, kept: frozenset[str]
) -> None:
    before = context.register.organisation().established_in
    dialog.about.editors["established_in"].set_value(frozenset({"singapore"}))
    prompts_of(context).answers.append(answer)
    context.events.open_record.emit(1)
    after = context.register.organisation().established_in
    assert (dialog.isVisible(), after) == (is_open, kept or before)
    prompts_of(context).answers.append("discard")  # closing the one that stayed open asks again


def test_rules_when_escape_is_pressed_with_answers_unsaved_then_they_are_asked_about(
    dialog: RulesDialog, context: Context
) -> None:
    dialog.about.editors["established_in"].set_value(frozenset({"singapore"}))
    prompts_of(context).answers += ["", "discard"]
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()


def test_own_rule_when_added_twice_at_once_then_it_is_made_once(
    qtbot: QtBot, opened: Register
) -> None:
    runner = Held()
    context = a_context(opened, jobs=Jobs(runner))
    rules = RulesDialog(context)
    qtbot.addWidget(rules)
    asked = OwnRuleDialog(context, rules.kit)
    qtbot.addWidget(asked)
    asked.fields["title"].set_value("Lotus: 24 hours")
    asked.add.click()
    asked.add.click()
    runner.run()
    assert len(opened.ids(View(kinds=("own_rule",)))) == 1


def test_rules_when_the_register_is_read_only_then_no_rule_can_be_added(
    qtbot: QtBot, opened: Register
) -> None:
    opened.close()
    reading = door.open(opened.path, read_only=True)
    rules = RulesDialog(a_context(reading))
    qtbot.addWidget(rules)
    asked = OwnRuleDialog(rules.context, rules.kit)
    qtbot.addWidget(asked)
    assert not asked.add.isEnabled()
    labels = [each.text() for each in rules.rules.findChildren(QPushButton) if each.text()]
    assert "Make our own from it…" not in labels
    reading.close()
