"""Figures against tallies counted by hand, and their views against a real register."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from riskreg import catalogue
from riskreg.changes import ChangeSet, addition
from riskreg.rules import scales, statistics
from riskreg.views import Register
from tests.builders import a_risk, an_asset, an_incident

VOCABULARY = catalogue.vocabulary()
TODAY = date(2026, 11, 20)


def test_heat_map_when_drawn_then_most_likely_is_first_and_levels_follow_the_scale() -> None:
    found = statistics.heat_map({(5, 1): 2, (4, 3): 3}, VOCABULARY.scale)
    assert [row[0].likelihood for row in found.rows] == [5, 4, 3, 2, 1]
    assert found.rows[0][0] == statistics.Cell(5, 1, "moderate", 2)
    assert found.rows[1][2] == statistics.Cell(4, 3, "high", 3)
    assert found.rows[4][0] == statistics.Cell(1, 1, "low", 0)
    assert (found.scored, found.unscored) == (5, 0)


_STEPS = st.one_of(st.none(), st.integers(0, 7))


@given(st.dictionaries(st.tuples(_STEPS, _STEPS), st.integers(0, 1000)))
def test_heat_map_when_risks_are_anywhere_then_none_is_lost(
    tally: dict[tuple[int | None, int | None], int],
) -> None:
    found = statistics.heat_map(tally, VOCABULARY.scale)
    assert found.scored + found.unscored == sum(tally.values())


def test_counts_when_a_choice_is_unused_or_unknown_then_it_is_zero_or_under_none() -> None:
    levels = VOCABULARY.terms_of("level")
    found = statistics.counts({("high",): 4, (None,): 2, ("withdrawn",): 1}, levels)
    assert found == {"low": 0, "moderate": 0, "high": 4, "critical": 0, None: 3}


def test_open_records_when_one_has_no_status_then_it_is_among_them(opened: Register) -> None:
    a_risk(opened, "No status")
    a_risk(opened, "Being treated", status="treating")
    a_risk(opened, "Over", status="closed")
    assert opened.count(statistics.open_records("risk", VOCABULARY)) == 2


def test_risks_at_when_counted_then_each_cell_lists_what_the_heat_map_counts(
    opened: Register,
) -> None:
    a_risk(opened, likelihood=4, impact=3)
    a_risk(opened, likelihood=4, impact=3, status="closed")
    a_risk(opened, likelihood=1, impact=1)
    view = statistics.open_records("risk", VOCABULARY)
    heat = statistics.heat_map(opened.tally(view, statistics.HEAT_KEYS), VOCABULARY.scale)
    for row in heat.rows:
        for cell in row:
            behind = statistics.risks_at(cell.likelihood, cell.impact, VOCABULARY)
            assert opened.count(behind) == cell.number


def test_lacks_when_a_field_that_matters_is_empty_then_its_records_are_counted(
    opened: Register,
) -> None:
    an_asset(opened, retention="7 years")
    an_asset(opened)
    an_asset(opened, status="disposed")
    an_incident(opened)
    asked = statistics.lacks(VOCABULARY)
    numbers = [opened.count(question.view) for question in asked]
    found = {figure.key: figure.number for figure in statistics.figures(asked, numbers)}
    assert found == {
        "aware_unknown": 1,
        "not_scored": 0,
        "risk_owner": 0,
        "retention": 1,
        "asset_owner": 2,
    }


def test_questions_when_something_is_late_then_overdue_counts_it_and_not_what_is_due_today(
    opened: Register,
) -> None:
    a_risk(opened, due_on=date(2026, 11, 19))
    a_risk(opened, due_on=TODAY)
    a_risk(opened, due_on=date(2026, 11, 1), status="closed")
    an_incident(opened)
    found = {
        question.key: opened.count(question.view)
        for question in statistics.questions(VOCABULARY, TODAY)
    }
    assert found == {"open_incidents": 1, "overdue": 1}


def test_heat_map_when_some_are_scored_otherwise_then_they_are_counted_beside_it(
    opened: Register,
) -> None:
    assert statistics.scored_otherwise(opened.vocabulary) is None
    texts = {scale.key: scales.dumps(scale) for scale in catalogue.ready_scales()}
    made = [
        addition("scale", {"title": key, "text": texts[key]}, -place)
        for place, key in enumerate(("cnil_4x4", "default_5x5"), start=1)
    ]
    new = opened.apply(ChangeSet(act="add", changes=tuple(made))).new
    a_risk(opened, likelihood=4, impact=3)
    a_risk(opened, "Same steps", likelihood=4, impact=3, scored_by=frozenset({new[-2]}))
    other = a_risk(opened, "CNIL", likelihood=4, impact=3, scored_by=frozenset({new[-1]}))
    a_risk(opened, "Over", likelihood=4, scored_by=frozenset({new[-1]}), status="closed")
    vocabulary = opened.vocabulary
    assert opened.count(statistics.mapped_risks(vocabulary)) == 2
    assert opened.count(statistics.risks_at(4, 3, vocabulary)) == 2
    elsewhere = statistics.scored_otherwise(vocabulary)
    assert elsewhere is not None
    assert list(opened.ids(elsewhere)) == [other.id]
    assert other.get("residual_level") == "critical"  # 12 of 16
