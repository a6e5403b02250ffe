"""How the policy actions stand, against cases worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from riskreg.records import Action, Evidence, Risk, Step
from riskreg.rules.coverage import (
    GAPS,
    STANDINGS,
    Coverage,
    Covered,
    Item,
    coverage,
    standing_of,
)

TODAY = date(2026, 11, 20)
WHOLE = Action(
    id=1,
    ref="C3",
    applies="yes",
    status="in_place",
    owner=frozenset({9}),
    last_review_on=date(2026, 1, 1),
    review_every_months=12,
)
DONE = Step(id=2, ref="C3.1", status="done", evidence_text="Minutes", action=frozenset({1}))


def _of(action: Action = WHOLE, *steps: Step, stance: str = "act") -> Coverage:
    item = Item(key="C3", category="C", stance=stance)
    return coverage([item], [action], steps, {1: frozenset({7})}, TODAY)


def _gaps(action: Action = WHOLE, *steps: Step, stance: str = "act") -> tuple[str, ...]:
    return _of(action, *steps, stance=stance).actions[0].gaps


def test_coverage_when_everything_is_said_then_there_is_no_gap() -> None:
    found = _of(WHOLE, DONE).actions[0]
    assert found.gaps == ()
    assert (found.standing, found.done, found.counted) == ("in_place", 1, 1)
    assert found.incidents == {7}


@pytest.mark.parametrize(
    ("changed", "gap"),
    [
        ({"applies": None}, "applies_unknown"),
        ({"applies": "partly"}, "no_reason"),
        ({"applies": "no", "reason_if_not": " "}, "no_reason"),
        ({"status": "not_applicable"}, "status_contradicts"),
        ({"owner": frozenset()}, "no_owner"),
        ({"status": "planned", "due_on": date(2026, 11, 19)}, "overdue"),
        ({"last_review_on": None}, "never_reviewed"),
        ({"last_review_on": date(2025, 11, 19)}, "review_overdue"),
    ],
)
def test_gaps_when_one_thing_is_wrong_then_exactly_that_is_named(
    changed: dict[str, object], gap: str
) -> None:
    assert _gaps(replace(WHOLE, **changed), DONE) == (gap,)


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "planned", "due_on": TODAY, "last_review_on": None},
        {"last_review_on": date(2025, 11, 20)},
        {"review_every_months": None, "last_review_on": date(2020, 1, 1)},
        {"applies": "no", "reason_if_not": "We hold no such data", "owner": frozenset()},
        {"applies": "partly", "reason_if_not": "Only the uploads"},
    ],
)
def test_gaps_when_a_day_is_not_over_or_a_reason_is_given_then_there_is_none(
    changed: dict[str, object],
) -> None:
    assert _gaps(replace(WHOLE, **changed), DONE) == ()


def test_gaps_when_called_in_place_with_an_open_step_then_it_is_named() -> None:
    assert _gaps(WHOLE, DONE, replace(DONE, id=3, status="open")) == ("steps_open",)
    assert _gaps(WHOLE, DONE, replace(DONE, id=3, status=None)) == ("steps_open",)
    assert _gaps(WHOLE, DONE, replace(DONE, id=3, status="not_applicable")) == ()


def test_gaps_when_a_done_step_shows_no_evidence_then_it_is_named() -> None:
    assert _gaps(WHOLE, replace(DONE, evidence_text=" ")) == ("no_evidence",)


def a_file(**values: object) -> Evidence:
    return Evidence(**{"id": 8, "steps": frozenset({2}), **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("step", "files", "gaps"),
    [
        ({"evidence_text": ""}, [a_file()], ()),
        ({"evidence_text": ""}, [a_file(valid_until_on=TODAY)], ()),
        ({"evidence_text": ""}, [a_file(valid_until_on=date(2026, 11, 19))], ("evidence_expired",)),
        (
            {"evidence_text": ""},
            [a_file(valid_until_on=date(2026, 11, 19)), a_file(id=9)],
            (),
        ),
        (
            {"evidence_text": ""},
            [
                a_file(valid_until_on=None),
                a_file(id=9, replaces=frozenset({8}), valid_until_on=date(2026, 1, 1)),
            ],
            ("evidence_expired",),
        ),
        ({}, [a_file(valid_until_on=date(2026, 11, 19))], ()),
        ({"evidence_until_on": TODAY}, [], ()),
        ({"evidence_until_on": date(2026, 11, 19)}, [a_file()], ("evidence_expired",)),
        ({"evidence_text": ""}, [a_file(steps=frozenset({3}))], ("no_evidence",)),
    ],
)
def test_gaps_when_files_show_a_step_then_they_count_while_they_are_good(
    step: dict[str, object], files: list[Evidence], gaps: tuple[str, ...]
) -> None:
    item = Item(key="C3", category="C", stance="act")
    found = coverage([item], [WHOLE], [replace(DONE, **step)], {}, TODAY, files)  # type: ignore[arg-type]
    assert found.actions[0].gaps == gaps


def test_gaps_when_it_is_only_watched_then_nothing_is_a_gap() -> None:
    found = _of(Action(id=1, ref="C3"), replace(DONE, evidence_text=""), stance="watch").actions[0]
    assert (found.standing, found.gaps) == ("context", ())


LOWERS = replace(WHOLE, risks=frozenset({21, 22, 23}))


def a_risk(id: int, level: str | None = "high", status: str | None = "open") -> Risk:
    return Risk(id=id, residual_level=level, status=status)


def _with_risks(
    action: Action, *risks: Risk, stance: str = "act", is_verified: bool = True, **more: object
) -> Covered:
    item = Item(key="C3", category="C", stance=stance, is_verified=is_verified)
    found = coverage([item], [action], [DONE], {}, TODAY, risks=risks, **more)  # type: ignore[arg-type]
    return found.actions[0]


@pytest.mark.parametrize(
    ("risks", "above"),
    [
        ([a_risk(21)], {21}),
        ([a_risk(21), a_risk(22, "critical", None), a_risk(23, "moderate")], {21, 22}),
        ([a_risk(21, status="realised")], {21}),
        ([a_risk(21, status="accepted"), a_risk(22, status="closed")], set()),
        ([a_risk(21, None)], set()),
        ([a_risk(40)], set()),
        ([], set()),
    ],
)
def test_gaps_when_open_risks_that_it_lowers_are_above_what_is_accepted_then_they_are_a_gap(
    risks: list[Risk], above: set[int]
) -> None:
    found = _with_risks(LOWERS, *risks)
    assert found.above == above
    assert found.gaps == (("risks_above",) if above else ())


def test_standing_when_risks_are_above_then_it_is_still_what_the_record_says() -> None:
    assert _with_risks(LOWERS, a_risk(21)).standing == "in_place"
    planned = replace(LOWERS, status="planned")
    assert _with_risks(planned, a_risk(21)).standing == "under_way"
    assert _with_risks(planned, a_risk(21)).gaps == ("risks_above",)


def test_gaps_when_the_appetite_is_low_then_moderate_risks_count() -> None:
    above = frozenset({"moderate", "high", "critical"})
    assert _with_risks(LOWERS, a_risk(21, "moderate"), above=above).gaps == ("risks_above",)


@pytest.mark.parametrize(
    ("action", "of"),
    [
        (LOWERS, {"stance": "watch"}),
        (LOWERS, {"is_verified": False}),
        (replace(LOWERS, applies="no", reason_if_not="No such data"), {}),
    ],
)
def test_gaps_when_it_is_watched_unverified_or_does_not_apply_then_risks_are_told_but_no_gap(
    action: Action, of: dict[str, object]
) -> None:
    found = _with_risks(action, a_risk(21), **of)  # type: ignore[arg-type]
    assert (found.gaps, found.above) == ((), {21})


def test_next_step_when_steps_are_open_then_the_earliest_due_is_next() -> None:
    late = Step(id=3, ref="C3.2", action=frozenset({1}))
    soon = replace(late, id=4, ref="C3.3", status="open", due_on=TODAY)
    assert _of(WHOLE, DONE, late, soon).actions[0].next_step == soon
    assert _of(WHOLE, DONE, late).actions[0].next_step == late
    assert _of(WHOLE, DONE).actions[0].next_step is None
    assert _of(WHOLE, late, stance="watch").actions[0].next_step is None


@pytest.mark.parametrize(
    ("stance", "applies", "status", "standing"),
    [
        ("act", "yes", "verified", "in_place"),
        ("prepare", "partly", "planned", "under_way"),
        ("act", "yes", "in_progress", "under_way"),
        ("act", "yes", None, "not_started"),
        ("act", None, None, "not_started"),
        ("act", "no", "in_place", "not_applicable"),
        ("act", "yes", "not_applicable", "not_applicable"),
        ("watch", "yes", "in_place", "context"),
    ],
)
def test_standing_when_asked_then_as_worked_out_by_hand(
    stance: str, applies: str | None, status: str | None, standing: str
) -> None:
    assert standing_of(stance, applies, status) == standing


def test_totals_when_actions_differ_then_only_those_that_apply_are_the_whole() -> None:
    items = [Item(key=f"A{n}", category="AB"[n % 2], stance="act") for n in range(1, 5)]
    items.append(Item(key="A5", category="A", stance="watch"))
    actions = [
        replace(WHOLE, id=1, ref="A1"),
        replace(WHOLE, id=2, ref="A2", status="planned"),
        replace(WHOLE, id=3, ref="A3", applies="no"),
        replace(WHOLE, id=5, ref="A5"),
    ]
    found = coverage(items, actions, [], {}, TODAY)
    assert found.totals() == {
        "in_place": 1,
        "under_way": 1,
        "not_started": 0,
        "not_applicable": 1,
        "context": 1,
    }
    assert found.applying == 2
    assert found.gaps() == {"no_reason": 1}
    assert [each.item.key for each in found.of("A")] == ["A2", "A5"]


def test_words_when_asked_then_every_standing_and_gap_has_some() -> None:
    assert all(STANDINGS.values())
    assert all(GAPS.values())
