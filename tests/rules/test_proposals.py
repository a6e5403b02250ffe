"""What a manager is asked to decide, at the edges of each rule."""

from __future__ import annotations

from datetime import date

import pytest

from riskreg.catalogue import vocabulary
from riskreg.records import Action, Incident, Risk
from riskreg.records.values import Instant
from riskreg.rules.proposals import RULES, is_undecided, levels_above, proposals

TODAY = date(2026, 11, 20)
THEN = Instant.parse("2026-11-19T10:00", "Asia/Hong_Kong")
OWNED = frozenset({9})


@pytest.mark.parametrize(
    ("incident", "wanted"),
    [
        (Incident(), True),
        (Incident(status="reported"), True),
        (Incident(status="recovering"), True),
        (Incident(status="assessing", assessed_at=THEN), False),
        (Incident(status="closed"), False),
        (Incident(status="not_a_breach"), False),
        (Incident(closed_at=THEN), False),
        (Incident(near_miss=True), False),
        (Incident(drill=True), False),
        (Incident(near_miss=False, drill=False), True),
    ],
)
def test_undecided_when_an_incident_is_open_and_nobody_assessed_it(
    incident: Incident, wanted: bool
) -> None:
    assert is_undecided(incident) is wanted


def high(**values: object) -> Risk:
    given: dict[str, object] = {
        "id": 1, "residual_level": "high", "treatment": "modify", "owner": OWNED,
        "status": "treating", "due_on": date(2026, 12, 1),
    }  # fmt: skip
    return Risk(**{**given, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("risk", "rule"),
    [
        (high(), ""),
        (high(treatment=None), "untreated"),
        (high(treatment=None, owner=frozenset(), due_on=TODAY), "untreated"),
        (high(treatment="retain"), "unaccepted"),
        (high(treatment="retain", status="accepted"), ""),
        (high(due_on=date(2026, 11, 19)), "late"),
        (high(due_on=TODAY), ""),
        (high(due_on=None), ""),
        (high(owner=frozenset()), "unowned"),
        (high(owner=frozenset(), due_on=date(2026, 11, 19)), "late"),
        (high(treatment=None, status="closed"), ""),
        (high(treatment=None, residual_level="critical"), "untreated"),
        (high(treatment=None, residual_level="moderate"), ""),
        (high(treatment=None, residual_level="low"), ""),
        (high(treatment=None, residual_level=None), ""),
    ],
)
def test_proposal_when_a_risk_above_what_is_accepted_lacks_something_then_the_first_is_asked(
    risk: Risk, rule: str
) -> None:
    assert [each.rule for each in proposals([], [risk], [], TODAY)] == ([rule] if rule else [])


def test_proposals_when_there_are_many_then_they_follow_the_order_of_the_rules() -> None:
    risks = [high(id=2, owner=frozenset()), high(id=3, treatment=None), high(id=4, treatment=None)]
    actions = [Action(id=7), Action(id=8, applies="yes"), Action(id=9, applies=None)]
    found = proposals([Incident(id=1)], risks, actions, TODAY)
    assert [(each.rule, each.ids) for each in found] == [
        ("undecided", (1,)),
        ("untreated", (3,)),
        ("untreated", (4,)),
        ("unowned", (2,)),
        ("unanswered", (7, 9)),
    ]
    assert {each.rule for each in found} <= RULES.keys()


def test_proposals_when_all_is_decided_then_nothing_is_asked() -> None:
    assert proposals([Incident(status="closed")], [high()], [Action(applies="no")], TODAY) == ()


@pytest.mark.parametrize(
    ("appetite", "above"),
    [
        (None, {"high", "critical"}),
        ("low", {"moderate", "high", "critical"}),
        ("moderate", {"high", "critical"}),
        ("high", {"critical"}),
        ("critical", set()),
    ],
)
def test_appetite_when_set_then_what_exceeds_it_is_asked_about(
    appetite: str | None, above: set[str]
) -> None:
    levels = levels_above(appetite, vocabulary().terms_of("level"))
    assert levels == above
    asked = {
        level
        for level in ("low", "moderate", "high", "critical")
        if proposals([], [high(residual_level=level, treatment=None)], [], TODAY, levels)
    }
    assert asked == above
