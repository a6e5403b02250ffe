"""How a register stands to the policy actions, asked of a real one."""

from __future__ import annotations

from datetime import date

from riskreg import catalogue
from riskreg.editing import to_bin
from riskreg.i18n import translator
from riskreg.programme import covered, gap_words, items
from riskreg.rules.coverage import GAPS, Covered
from riskreg.views import Register
from tests.builders import a_risk, change

TODAY = date(2026, 11, 20)


def _of(register: Register, key: str) -> Covered:
    found = covered(register, TODAY)
    return next(each for each in found.actions if each.item.key == key)


def _tied(register: Register, key: str, *levels: tuple[int, int]) -> Covered:
    """An action that applies and is to lower a risk of each of these likelihoods and impacts."""
    risks = [a_risk(register, f"Risk {place}", *scores) for place, scores in enumerate(levels)]
    action = register.record(register.find(key))
    change(register, action, applies="yes", risks=frozenset(risk.id for risk in risks))
    return _of(register, key)


def test_items_when_asked_then_unverified_rows_of_the_catalogue_are_marked() -> None:
    unverified = {
        action.key for action in catalogue.policy_actions() if action.source_status == "unverified"
    }
    assert {item.key for item in items() if not item.is_verified} == unverified
    assert len(items()) == 18


def test_covered_when_risks_are_above_then_the_gap_says_how_many(opened: Register) -> None:
    found = _tied(opened, "C3", (5, 5), (4, 4), (1, 1))
    assert "risks_above" in found.gaps
    t = translator("en")
    assert gap_words(found, "risks_above", t) == "2 open risks above what is accepted"
    one = _tied(opened, "C2", (5, 5))
    assert gap_words(one, "risks_above", t) == "1 open risk above what is accepted"
    assert gap_words(one, "no_owner", t) == GAPS["no_owner"]


def test_covered_when_the_management_accepts_more_then_it_is_no_gap(opened: Register) -> None:
    change(opened, opened.organisation(), appetite="high")
    assert _tied(opened, "C3", (4, 3)).above == frozenset()


def test_covered_when_a_risk_is_in_the_bin_then_it_does_not_count(opened: Register) -> None:
    found = _tied(opened, "C3", (5, 5))
    assert len(found.above) == 1
    opened.apply(to_bin(opened, found.above))
    assert _of(opened, "C3").above == frozenset()
