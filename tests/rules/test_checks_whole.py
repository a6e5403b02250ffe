"""How complete a register is."""

from __future__ import annotations

from riskreg.records import Action, Organisation, Party, Risk, Step
from riskreg.rules.checks.whole import completeness

REACHED = {"party_type": "person", "email": "a@b.hk"}


def test_completeness_when_nothing_is_asked_of_any_record_then_all_are_complete() -> None:
    found = completeness([Organisation(id=1, title="Clinic")])
    assert (found.records, found.complete, found.percent, found.missing) == (0, 0, 100, ())


def test_completeness_when_one_of_three_lacks_something_then_the_share_is_rounded_down() -> None:
    parties = [Party(id=1, **REACHED), Party(id=2, **REACHED), Party(id=3, party_type="police")]
    found = completeness(parties)
    assert (found.records, found.complete, found.percent) == (3, 2, 66)
    ((kind, rule, number),) = found.missing
    assert (kind, rule.field, number) == ("party", "phone", 1)
    assert rule.reason


def test_completeness_when_fields_are_missing_then_the_most_frequent_stand_first() -> None:
    records = [Risk(id=1, event="e"), Risk(id=2), Action(id=3), Step(id=4, status="done")]
    found = completeness(records)
    told = [(kind, rule.field, number) for kind, rule, number in found.missing]
    assert told[:3] == [
        ("risk", "owner", 2),
        ("risk", "residual_likelihood", 2),
        ("risk", "residual_impact", 2),
    ]
    assert ("risk", "event", 1) in told
    assert told[-2:] == [("action", "applies", 1), ("step", "evidence_text", 1)]
    assert found.complete == 0


def test_completeness_when_a_record_is_over_then_it_lacks_nothing() -> None:
    assert completeness([Risk(id=1, status="closed")]).percent == 100
