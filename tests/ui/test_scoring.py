"""The scores of a risk in its form: the scale they are read by, and what follows a dimension or a loss."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from riskreg import catalogue
from riskreg.changes import ChangeSet, addition
from riskreg.records.terms import Dimension
from riskreg.records.values import Money
from riskreg.rules import scales
from riskreg.views import Register
from tests.builders import a_risk, add
from tests.ui.desk import line_of
from ui.forms.choose import ScoreEditor
from ui.forms.panel import RecordPanel

READY = {scale.key: scale for scale in catalogue.ready_scales()}


@pytest.fixture
def register(opened: Register) -> Register:
    return opened


def a_scale(register: Register, key: str, *, in_force: bool = False) -> int:
    text = scales.dumps(READY[key])
    return add(register, "scale", key, text=text, is_default=in_force).id


def steps(panel: RecordPanel, key: str) -> ScoreEditor:
    return cast("ScoreEditor", panel.form.row(key).editor)


def press(qtbot: QtBot, panel: RecordPanel, key: str, step: int) -> None:
    button = cast("QAbstractButton", steps(panel, key).controls()[step - 1])
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_dimension_when_picked_then_the_residual_impact_follows_in_the_same_save(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    risk = add(register, "risk", "Mail goes astray", residual_likelihood=4)
    panel.show_record(risk.id)
    press(qtbot, panel, "impact_legal", 3)
    assert steps(panel, "impact_legal").said.endswith("questions from the regulator")
    assert steps(panel, "residual_impact").value() == 3
    press(qtbot, panel, "impact_people", 5)
    assert steps(panel, "residual_impact").value() == 5
    assert panel.form.row("residual_level").editor.value() == "critical"
    panel.save()
    (entry,) = register.log(id=risk.id, limit=1)
    after = entry.changes[0].after or {}
    assert (after["impact_legal"], after["impact_people"], after["residual_impact"]) == (3, 5, 5)
    assert register.record(risk.id).get("residual_level") == "critical"
    assert not panel.is_dirty


def test_dimension_when_the_impact_was_set_otherwise_then_it_stays(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    panel.show_record(a_risk(register, likelihood=2, impact=4).id)
    press(qtbot, panel, "impact_legal", 5)
    assert steps(panel, "residual_impact").value() == 4
    assert panel.form.dirty() == ["impact_legal"]


def test_loss_when_typed_then_the_step_of_money_follows_and_names_its_band(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    bands = Dimension(key="money", currency="HKD", up_to=(10_000, 100_000, 500_000, 2_000_000))
    scale = replace(READY["default_5x5"], dimensions=(bands,))
    add(register, "scale", "Ours", text=scales.dumps(scale), is_default=True)
    risk = add(register, "risk", "Mail goes astray")
    panel.show_record(risk.id)
    panel.form.row("impact_money")
    line = line_of(panel, "expected_loss")
    line.setFocus()
    qtbot.keyClicks(line, "HKD 50,000")
    assert steps(panel, "impact_money").value() == 2
    assert steps(panel, "impact_money").said == "Limited: HKD 10,000 to 100,000"
    qtbot.keyClicks(line, "0")
    assert steps(panel, "impact_money").value() == 3
    assert steps(panel, "residual_impact").value() == 3
    panel.save()
    found = register.record(risk.id)
    assert found.get("expected_loss") == Money(50_000_000, "HKD")
    assert (found.get("impact_money"), found.get("residual_impact")) == (3, 3)


def test_discard_when_values_followed_then_all_of_them_go_back(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    panel.show_record(add(register, "risk", "Mail goes astray", residual_likelihood=2).id)
    press(qtbot, panel, "impact_legal", 5)
    assert panel.form.row("residual_level").editor.value() == "high"
    panel.discard()
    assert not panel.is_dirty
    assert panel.form.row("residual_level").editor.value() is None
    press(qtbot, panel, "impact_people", 2)
    assert steps(panel, "residual_impact").value() == 2


def test_scale_when_another_is_chosen_then_steps_and_levels_are_its_own_at_once(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    cnil = a_scale(register, "cnil_4x4")
    risk = a_risk(register, likelihood=3, impact=3)
    panel.show_record(risk.id)
    assert len(steps(panel, "residual_impact").controls()) == 5
    row = panel.form.row("scored_by")
    row.editor.add(cnil)  # type: ignore[attr-defined]
    for key in ("residual_impact", "impact_legal"):
        assert len(steps(panel, key).controls()) == 4
    assert steps(panel, "residual_likelihood").said.startswith("Significant: It looks possible")
    names = [each.accessibleName() for each in steps(panel, "residual_impact").controls()]
    assert names[3] == "Residual impact: 4 Maximum"
    assert panel.form.row("residual_level").editor.value() == "critical"
    panel.save()
    assert register.record(risk.id).get("residual_level") == "critical"
    panel.level.why.click()
    assert "9 to 16 is Critical on the scale “cnil_4x4”" in panel.level.said.text()


def test_form_when_another_record_has_another_scale_then_each_is_shown_by_its_own(
    panel: RecordPanel, register: Register
) -> None:
    cnil = a_scale(register, "cnil_4x4")
    plain = a_risk(register, likelihood=2, impact=2)
    other = a_risk(register, "PIA", likelihood=2, impact=2, scored_by=frozenset({cnil}))
    for record, number, word in ((plain, 5, "Unlikely"), (other, 4, "Limited"), (plain, 5, "Un")):
        panel.show_record(record.id)
        assert len(steps(panel, "residual_likelihood").controls()) == number
        assert steps(panel, "residual_likelihood").said.startswith(word)
        assert not panel.is_dirty


def test_form_when_another_scale_comes_into_force_then_it_offers_its_steps(
    panel: RecordPanel, register: Register
) -> None:
    risk = a_risk(register, likelihood=1, impact=1)
    panel.show_record(risk.id)
    steps(panel, "residual_impact")
    add_scale = addition(
        "scale", {"title": "3", "text": scales.dumps(READY["simple_3x3"]), "is_default": True}
    )
    panel._context.change(ChangeSet(act="add", changes=(add_scale,)))
    assert panel.record_id == risk.id
    assert len(steps(panel, "residual_impact").controls()) == 3


def test_form_when_a_scale_itself_is_saved_then_its_own_form_is_made_anew_and_goes_on(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    scale = a_scale(register, "simple_3x3")
    panel.show_record(scale)
    for notes in ("once", "twice"):
        editor = panel.form.row("notes").editor
        before = panel.form
        qtbot.keyClicks(editor.controls()[0], notes)
        panel.save()
        assert panel.form is not before
        assert not panel.is_dirty
        qtbot.wait(1)  # what was taken away is deleted in a turn of the loop
    assert sorted(register.record(scale).notes) == sorted("oncetwice")
    assert panel.record_id == scale


def test_step_when_the_pointer_is_over_it_then_it_says_when_to_choose_it(
    qtbot: QtBot, panel: RecordPanel, register: Register
) -> None:
    panel.show_record(a_risk(register, likelihood=3, impact=3).id)
    made = steps(panel, "residual_likelihood")
    made.tell(made.controls()[4])  # type: ignore[arg-type]
    assert made.said == "Almost certain: More than 80% within a year"
    made.tell(None)
    assert made.said.startswith("Possible")
