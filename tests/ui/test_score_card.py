"""The scores of a risk through time in the panel, and old scores in the words of their time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from riskreg import catalogue
from riskreg.changes import ChangeSet, addition, edit
from riskreg.records.fields import Value
from riskreg.rules import scales
from riskreg.views import Register
from tests.builders import a_risk, change
from tests.builders import add as add_record
from tests.test_own_scale import THREE
from tests.ui.desk import a_context, add
from ui.context import Context
from ui.forms.panel import RecordPanel
from ui.forms.score_card import MOST, ScoreCard
from ui.pages.history import HistoryPage
from ui.widgets.reading import stops

CNIL = next(scale for scale in catalogue.ready_scales() if scale.key == "cnil_4x4")


@pytest.fixture
def context(opened: Register, qtbot: QtBot) -> Context:
    return a_context(opened)


@pytest.fixture
def panel(qtbot: QtBot, context: Context) -> Iterator[RecordPanel]:
    made = RecordPanel(context)
    qtbot.addWidget(made)
    made.resize(440, 900)
    made.show()
    yield made
    made.stop()


def shown(panel: RecordPanel, id: int) -> ScoreCard:
    panel.show_record(id)
    panel.show_history()
    panel.scores.complete()
    panel.story.complete()
    QApplication.processEvents()
    return panel.scores


def a_scale(opened: Register, text: str, title: str, **values: Value) -> int:
    return add_record(opened, "scale", title, text=text, **values).id


def test_card_when_a_score_changed_then_it_tells_from_what_to_what_by_whom_and_on_which_scale(
    panel: RecordPanel, opened: Register
) -> None:
    risk = a_risk(opened, likelihood=2, impact=4)
    change(opened, risk, residual_likelihood=3)
    card = shown(panel, risk.id)
    assert len(card.rows) == 2
    said = card.rows[0].text()
    for words in ("With today's controls", "Moderate 8", "High 12", "3 Possible × 4 Serious"):
        assert words in said
    assert "18:40 by" in said
    assert "5 × 5" in said
    assert card.line is not None
    assert card.line.accessibleName() == "How the score went: With today's controls"
    assert "Moderate 8" in card.line.accessibleDescription()
    assert card.trend.text().startswith("↑ Rising: higher than on")
    assert card.stage.text() == "With today's controls"


def test_card_when_a_scale_came_and_went_then_each_score_has_the_level_of_its_time(
    panel: RecordPanel, opened: Register
) -> None:
    risk = a_risk(opened, likelihood=3, impact=2)
    a_scale(opened, THREE, "Ours", is_default=True)
    opened.apply(edited(opened, {"is_default": False}))
    cnil = a_scale(opened, scales.dumps(CNIL), "CNIL", is_default=False)
    change(opened, opened.record(risk.id), scored_by=frozenset({cnil}))
    card = shown(panel, risk.id)
    told = [row.text() for row in card.rows]
    assert "on the scale “CNIL”" in told[0]
    assert "High 6" in told[0]
    assert "The same steps on another scale" in told[0]
    assert "Moderate 6" in told[1]
    assert "Red 6" in told[2]
    assert "on the scale “Ours”" in told[2]
    assert "Moderate 6" in told[3]
    assert "3 Possible × 2 Limited" in told[3]


def test_card_when_another_scale_comes_into_force_meanwhile_then_it_tells_so_at_once(
    panel: RecordPanel, context: Context, opened: Register
) -> None:
    risk = a_risk(opened, likelihood=3, impact=2)
    card = shown(panel, risk.id)
    assert len(card.rows) == 1
    ours = addition("scale", {"title": "Ours", "text": THREE, "is_default": True})
    context.change(ChangeSet(act="add", changes=(ours,)))
    card.complete()
    assert [row.text().count("Red 6") for row in card.rows] == [1, 0]
    panel.close_record()
    context.change(edited(opened, {"is_default": False}))


def edited(opened: Register, values: dict[str, Value]) -> ChangeSet:
    made = edit(opened.record(opened.find("SC-0001")), values)
    assert made is not None
    return ChangeSet(act="edit", changes=(made,))


def test_card_when_there_are_many_then_the_newest_are_told_and_all_on_demand(
    qtbot: QtBot, panel: RecordPanel, opened: Register
) -> None:
    risk = a_risk(opened, likelihood=1)
    for number in range(MOST + 2):
        change(opened, opened.record(risk.id), residual_likelihood=2 + number % 2)
    card = shown(panel, risk.id)
    assert len(card.rows) == MOST
    assert card.all.isVisible()
    card.all.setFocus()
    qtbot.keyClick(card.all, Qt.Key.Key_Space)
    card.complete()
    assert len(card.rows) == MOST + 3
    assert not card.all.isVisible()


def test_card_when_nothing_was_scored_then_it_says_so_and_another_kind_has_none(
    panel: RecordPanel, opened: Register
) -> None:
    risk, party = add(opened, "risk", {"title": "x"}), add(opened, "party", {"title": "y"})
    card = shown(panel, risk)
    assert card.isVisible()
    assert card.trend.text() == "This risk has no score yet."
    assert not card.stage.isVisible()
    assert card.line is None
    assert not card.all.isVisible()
    assert not shown(panel, party).isVisible()


def test_line_when_it_is_drawn_then_marks_and_levels_are_where_the_scores_are(
    panel: RecordPanel, context: Context, opened: Register
) -> None:
    card = shown(panel, a_risk(opened, likelihood=5, impact=5).id)
    assert card.line is not None
    image = card.line.grab().toImage()
    scale = image.devicePixelRatio()
    colours = [
        image.pixelColor(round(x * scale), round(y * scale)).name()
        for x, y in ((14, 11), (card.line.width() - 3, 3), (card.line.width() - 3, 78))
    ]
    wanted = [
        context.theme.color(name).name() for name in ("critical", "critical_tint", "low_tint")
    ]
    assert colours == wanted


def test_card_when_one_goes_by_tab_then_the_line_and_show_all_are_reached_in_the_order_of_reading(
    panel: RecordPanel, opened: Register
) -> None:
    risk = a_risk(opened, likelihood=1)
    for number in range(MOST + 1):
        change(opened, opened.record(risk.id), residual_likelihood=2 + number % 2)
    card = shown(panel, risk.id)
    found = list(stops(panel))
    assert card.line in found
    back = panel.story.cards[0].take_back
    places = [found.index(each) for each in (panel.tabs, card.line, card.all, back) if each]
    assert len(places) == 4
    assert places == sorted(places)


def test_story_and_history_when_a_score_is_old_then_they_word_it_as_the_scale_of_its_time(
    qtbot: QtBot, panel: RecordPanel, context: Context, opened: Register
) -> None:
    risk = a_risk(opened, likelihood=3, impact=2)
    risk = change(opened, risk, residual_likelihood=2)
    a_scale(opened, THREE, "Ours", is_default=True)
    change(opened, opened.record(risk.id), residual_likelihood=1)
    shown(panel, risk.id)
    newest, older, first = panel.story.texts()
    assert "Residual likelihood: 2 Now and then → 1 Seldom" in newest
    assert "Residual likelihood: 3 Possible → 2 Unlikely" in older
    assert "Residual likelihood: 3 Possible" in first
    page = HistoryPage(context)
    qtbot.addWidget(page)
    page.show()
    page.enter()
    rows = [row for row in page.rows if row.entry.act == "edit"]
    for row in rows:
        row.unfold()
    said = ["\n".join(label.text() for label in row.findChildren(QLabel)) for row in rows]
    assert "2 Now and then → 1 Seldom" in said[0]
    assert "3 Possible → 2 Unlikely" in said[1]
    page.turns.stop()


def test_story_when_the_text_of_a_scale_was_erased_then_the_number_stands_alone(
    panel: RecordPanel, opened: Register
) -> None:
    ours = a_scale(opened, THREE, "Ours", is_default=False)
    risk = a_risk(opened, likelihood=3, impact=2, scored_by=frozenset({ours}))
    change(opened, risk, residual_likelihood=2)
    opened.erase(ours, "asked")
    card = shown(panel, risk.id)
    assert "Residual likelihood: 3 → 2" in panel.story.texts()[0]
    assert "a scale that is not known any more" in card.rows[-1].text()
    assert "3 × 2" in card.rows[-1].text()
