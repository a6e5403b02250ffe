"""Policy actions by risks, against a register made by hand."""

from __future__ import annotations

from riskreg import catalogue
from riskreg.lowered import ALL, UNSCORED, LevelRow, level_rows, levels, lowered
from riskreg.views import Register
from tests.builders import a_risk, add, change


def tie(register: Register) -> None:
    """B1 lowers a critical, a closed and an unscored risk, C3 the same critical one; a low one is left alone."""
    critical = a_risk(register, "Critical", 5, 5)
    closed = a_risk(register, "Closed", 5, 5, status="closed")
    unscored = add(register, "risk", "Unscored")
    a_risk(register, "Low", 1, 1)
    for key, risks in (("B1", (critical, closed, unscored)), ("C3", (critical,))):
        action = register.record(register.find(key))
        change(register, action, risks=frozenset(risk.id for risk in risks))


def _row(register: Register, key: str) -> LevelRow:
    return next(row for row in level_rows(register) if row.key == key)


def test_rows_when_risks_are_tied_then_open_ones_count_with_each_action(opened: Register) -> None:
    tie(opened)
    assert _row(opened, "B1").numbers == {"critical": 1, UNSCORED: 1}
    assert _row(opened, "C3").numbers == {"critical": 1}
    assert _row(opened, "").numbers == {"low": 1}
    assert _row(opened, "A1").numbers == {}


def test_rows_when_asked_then_all_18_stand_in_their_order_and_the_rest_last(
    opened: Register,
) -> None:
    keys = [action.key for action in catalogue.policy_actions()]
    assert [row.key for row in level_rows(opened)] == [*keys, ""]


def test_levels_when_asked_then_the_gravest_is_first_and_unscored_last_where_there_is_one(
    opened: Register,
) -> None:
    known = ["critical", "high", "moderate", "low"]
    assert levels(level_rows(opened), opened.vocabulary) == known
    tie(opened)
    assert levels(level_rows(opened), opened.vocabulary) == [*known, UNSCORED]


def test_list_when_a_number_is_followed_then_it_holds_as_many(opened: Register) -> None:
    tie(opened)
    rows = level_rows(opened)
    for row in rows:
        for level in (*levels(rows, opened.vocabulary), ALL):
            view = lowered(row, level, opened.vocabulary)
            assert opened.count(view) == row.number(level), (row.key, level)
