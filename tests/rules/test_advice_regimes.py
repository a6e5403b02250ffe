"""Every rule of notification that ships can be advised on, and to whom it goes is heeded."""

from __future__ import annotations

import pytest

from riskreg.advice_catalogue import advice_words
from riskreg.regimes_catalogue import rules, thresholds
from riskreg.rules.advice import THRESHOLDS, advise
from riskreg.rules.claims import NO_FACTS
from riskreg.rules.regimes import Rule


def test_thresholds_when_the_catalogue_names_them_then_each_has_its_rule_and_none_is_idle() -> None:
    assert set(thresholds()) == set(THRESHOLDS)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule.key}-{rule.version}")
def test_advise_when_a_rule_ships_then_its_threshold_is_advised_on_in_words(rule: Rule) -> None:
    to_people = rule.recipient == "individuals"
    found = advise(rule.threshold.key, NO_FACTS, to_people=to_people)
    assert found.outcome != "record"
    assert all(all(advice_words().of(reason)) for reason in found.reasons)


def test_hong_kong_when_its_rules_are_advised_on_then_no_reason_speaks_of_a_duty() -> None:
    ours = [rule for rule in rules() if rule.key in ("hk_pcpd", "hk_people")]
    assert [rule.basis for rule in ours] == ["recommended", "recommended"]
    for rule in ours:
        found = advise(rule.threshold.key, NO_FACTS)
        assert found.reasons[-1].key == "recommended_only"
        assert "every_breach" not in {reason.key for reason in found.reasons}
