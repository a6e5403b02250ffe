"""What another scale does to risks, worked out by hand from the matrices of domain.md 4."""

from __future__ import annotations

from riskreg import catalogue
from riskreg.changes import ChangeSet, addition
from riskreg.records import Risk
from riskreg.rules.rescaling import Missing, changes, effect, keeping
from riskreg.rules.scales import dumps
from riskreg.views import Register
from tests.builders import a_risk, add

READY = {scale.key: scale for scale in catalogue.ready_scales()}
FIVE, THREE, NIST = (READY[key] for key in ("default_5x5", "simple_3x3", "nist_800_30"))


def test_effect_when_steps_are_missing_then_they_are_named_and_nothing_is_cut() -> None:
    risks = [
        Risk(id=1, residual_likelihood=5, residual_impact=2, target_likelihood=2, target_impact=2),
        Risk(id=2, inherent_likelihood=4, residual_likelihood=5, residual_impact=4),
    ]
    found = effect(FIVE, THREE, risks)
    assert found.missing == (
        Missing("likelihood", 4, (2,)),
        Missing("likelihood", 5, (1, 2)),
        Missing("impact", 4, (2,)),
    )
    assert [(move.risk.id, move.stage, move.was, move.now) for move in found.moves] == [
        (1, "residual", "high", None),  # 5 x 2 = 10; 5 is no step
        (1, "target", "low", "moderate"),  # 4: 1-4 low, 3-4 moderate
        (2, "residual", "critical", None),
    ]
    assert found.looked_at == 2


def test_effect_when_steps_were_said_then_the_levels_are_those_they_give() -> None:
    risks = [Risk(id=1, residual_likelihood=5, residual_impact=2)]
    found = effect(FIVE, THREE, risks, {("likelihood", 5): 2})
    assert found.missing == ()
    assert [move.now for move in found.moves] == ["moderate"]  # 2 x 2 = 4


def test_effect_when_a_table_replaces_the_product_then_only_what_differs_is_named() -> None:
    risks = [
        Risk(id=1, residual_likelihood=5, residual_impact=1),  # 5 moderate; VH x VL is VL
        Risk(id=2, residual_likelihood=3, residual_impact=3),  # 9 moderate; M x M is M
        Risk(id=3, residual_impact=3),
    ]
    found = effect(FIVE, NIST, risks)
    assert [(move.risk.id, move.was, move.now) for move in found.moves] == [
        (1, "moderate", "very_low")
    ]


def test_effect_when_the_scale_is_the_same_then_there_is_none() -> None:
    risks = [Risk(id=1, residual_likelihood=5, residual_impact=5)]
    assert effect(FIVE, FIVE, risks).moves == ()


def test_changes_when_applied_with_the_scale_then_the_register_is_as_was_foretold(
    opened: Register,
) -> None:
    ids = [a_risk(opened, likelihood=likely, impact=2).id for likely in (2, 5)]
    risks = [risk for risk in opened.records(ids).values() if isinstance(risk, Risk)]
    said = {("likelihood", 5): 3}
    foretold = effect(opened.vocabulary.scale, THREE, risks, said)  # type: ignore[arg-type]
    scale = addition("scale", {"title": "3 × 3", "text": dumps(THREE), "is_default": True})
    done = changes(risks, said)  # type: ignore[arg-type]
    assert [(change.id, change.after) for change in done] == [(ids[1], {"residual_likelihood": 3})]
    opened.apply(ChangeSet(act="edit", changes=(scale, *done)))
    for move in foretold.moves:
        assert opened.record(move.risk.id).get("residual_level") == move.now
    assert [opened.record(id).get("residual_level") for id in ids] == ["moderate", "high"]
    assert opened.verify().ok


def test_effect_when_a_risk_has_a_scale_of_its_own_then_it_is_not_moved() -> None:
    own = Risk(id=1, residual_likelihood=5, residual_impact=5, scored_by=frozenset({9}))
    found = effect(FIVE, THREE, [own])
    assert (found.moves, found.missing, found.looked_at) == ((), (), 0)
    assert changes([own], {("impact", 5): 3}) == ()


def test_effect_when_dimensions_have_steps_then_they_are_asked_for_and_follow() -> None:
    risk = Risk(id=1, impact_legal=5, impact_money=2, expected_loss=None)
    assert effect(FIVE, THREE, [risk]).missing == (Missing("impact", 5, (1,)),)
    (change,) = changes([risk], {("impact", 5): 3})
    assert change.after == {"impact_legal": 3}


def test_keeping_when_scores_keep_their_scale_then_no_level_moves(opened: Register) -> None:
    ids = [a_risk(opened, likelihood=likely, impact=4).id for likely in (2, 5)]
    bare = add(opened, "risk", "Never scored").id
    risks = [risk for risk in opened.records([*ids, bare]).values() if isinstance(risk, Risk)]
    old = {"title": "5 × 5", "text": dumps(FIVE), "is_default": False}
    new = {"title": "3 × 3", "text": dumps(THREE), "is_default": True}
    scales = (addition("scale", old, -1), addition("scale", new, -2))
    done = opened.apply(ChangeSet(act="edit", changes=(*scales, *keeping(risks, -1))))
    assert [opened.record(id).get("residual_level") for id in ids] == ["moderate", "critical"]
    assert {opened.record(id).get("scored_by") for id in ids} == {frozenset({done.new[-1]})}
    assert opened.record(bare).get("scored_by") == frozenset()
    assert opened.vocabulary.scale.key == opened.record(done.new[-2]).ref
    assert opened.verify().ok
    opened.undo()
    assert opened.record(ids[0]).get("scored_by") == frozenset()
