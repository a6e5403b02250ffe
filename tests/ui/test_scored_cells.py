"""Risks of several scales in the window: which steps have labels, and what the heat map leaves out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from riskreg import catalogue
from riskreg.i18n import translator
from riskreg.rules import scales
from riskreg.views import Register, View
from tests.builders import a_risk, add
from tests.ui.desk import a_context
from ui.context import Context
from ui.pages.home import HomePage
from ui.tables.copying import texts
from ui.tables.model import RecordModel
from ui.widgets.heat_map import HeatCell

COLUMNS = ("title", "residual_likelihood", "residual_level")


@pytest.fixture
def context(opened: Register, qtbot: QtBot) -> Context:
    return a_context(opened)


def lines(context: Context) -> list[list[str]]:
    model = RecordModel(context, View(kinds=("risk",), columns=COLUMNS, sort=(("ref", False),)))
    model.ask(model.view)
    return [
        [
            str(model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole))
            for column in range(model.columnCount())
        ]
        for row in range(model.rowCount())
    ]


def test_list_when_risks_have_several_scales_then_only_steps_in_force_have_labels(
    context: Context,
) -> None:
    register = context.register
    nist = next(scale for scale in catalogue.ready_scales() if scale.key == "nist_800_30")
    scale = add(register, "scale", "NIST", text=scales.dumps(nist)).id
    same = add(register, "scale", "As shipped", text=scales.dumps(register.vocabulary.scale)).id
    a_risk(register, "In force", likelihood=4, impact=2)
    a_risk(register, "NIST", likelihood=1, impact=1, scored_by=frozenset({scale}))
    a_risk(register, "Same", likelihood=4, impact=2, scored_by=frozenset({same}))
    wanted = [
        ["In force", "4 Likely", "Moderate"],
        ["NIST", "1", "Very low"],  # a level that the scale in force does not have
        ["Same", "4 Likely", "Moderate"],
    ]
    assert lines(context) == wanted
    view = View(kinds=("risk",), columns=("ref",), sort=(("ref", False),))
    ids = list(register.ids(view))
    copied = texts(register, translator("en"), view, ids, COLUMNS)
    assert [list(line) for line in copied] == wanted


def a_page(qtbot: QtBot, context: Context) -> HomePage:
    page = HomePage(context, print, print)
    qtbot.addWidget(page)
    page.show()
    page.enter()
    page.turns.finish()
    return page


def numbers(page: HomePage) -> list[int]:
    return [cell.words.number for cell in page.findChildren(HeatCell) if cell.words.number]


def test_home_when_a_risk_has_another_scale_then_it_is_told_beneath_and_leads_there(
    qtbot: QtBot, context: Context
) -> None:
    register = context.register
    cnil = next(scale for scale in catalogue.ready_scales() if scale.key == "cnil_4x4")
    scale = add(register, "scale", "CNIL", text=scales.dumps(cnil)).id
    a_risk(register, "In force", likelihood=4, impact=4)
    for title in ("One", "Two"):
        a_risk(register, title, likelihood=4, impact=4, scored_by=frozenset({scale}))
    page = a_page(qtbot, context)
    assert numbers(page) == [1]
    wanted: list[View] = []
    context.events.open_view.connect(wanted.append)
    (link,) = [each for each in page.findChildren(QPushButton) if "another scale" in each.text()]
    assert link.text() == "2 open risks are scored by another scale."
    link.click()
    assert [register.record(id).title for id in register.ids(wanted[0])] == ["One", "Two"]
    next(cell for cell in page.findChildren(HeatCell) if cell.words.number).click()
    assert [register.record(id).title for id in register.ids(wanted[1])] == ["In force"]
