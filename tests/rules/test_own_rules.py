"""Rules that an organisation adds: hours of a contract, its own target."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from riskreg import regimes_catalogue
from riskreg.records.terms import Text
from riskreg.records.values import Instant
from riskreg.rules import rule_text
from riskreg.rules.deadlines import Moments, clock
from riskreg.rules.own_rules import is_own, own_rule
from tests.rules.clock_builders import the_rule, utc

CUSTOMER = {"title": "Bank of Example", "addressee": "Its hotline", "amount": 24, "unit": "hours"}


def test_contract_when_hours_are_given_then_a_clock_of_its_own() -> None:
    rule = own_rule(the_rule("contract_customer"), "bank", CUSTOMER)
    assert (rule.key, rule.basis, rule.verified) == ("own.bank", "contract", "own")
    assert rule.title == Text(
        en="Bank of Example", zh_Hant="Bank of Example", zh_Hans="Bank of Example"
    )
    moments = Moments(aware=Instant.parse("2026-11-20T18:40[Asia/Hong_Kong]"))
    found = clock(rule, moments, utc("2026-11-21T10:40:00"))
    assert (found.state, found.elapsed) == ("due_soon", timedelta(hours=24))
    assert rule_text.loads(rule_text.dumps(rule)) == rule


def test_processor_when_it_told_us_then_its_own_limit_is_met_or_not() -> None:
    """Domain 3.3, 6: a row of its own from the processor's awareness to its word to us."""
    rule = own_rule(the_rule("contract_processor"), "payroll", {"amount": 12, "unit": "hours"})
    moments = Moments(processor_aware=Instant.parse("2026-11-20T06:00[Asia/Hong_Kong]"))
    told = replace(moments, notices={rule.key: Instant.parse("2026-11-20T18:01[Asia/Hong_Kong]")})
    assert clock(rule, told, utc("2026-11-21")).state == "met_late"


def test_regulator_of_the_sector_when_made_own_then_no_law_is_claimed() -> None:
    rule = own_rule(the_rule("hkma"), "hkma", {"amount": 1, "unit": "hours"}, version=2)
    assert (rule.basis, rule.verified, rule.version, rule.sources) == ("own", "own", 2, ())


def test_own_rule_when_a_unit_without_hours_is_chosen_then_no_amount_stays() -> None:
    rule = own_rule(the_rule("hk_own_target"), "soon", {"unit": "as_soon_as_practicable"})
    assert rule.amount is None


def test_own_rule_when_made_then_known_from_the_catalogue() -> None:
    assert is_own(own_rule(the_rule("contract_insurer"), "cyber", {}))
    assert not any(is_own(rule) for rule in regimes_catalogue.rules())


@pytest.mark.parametrize(
    ("key", "changes", "said"),
    [
        ("bank", {"verified": "law"}, "verified"),
        ("bank", {"basis": "law"}, "basis"),
        ("bank", {"key": "eu_authority"}, "key"),
        (" ", {}, "key"),
        ("bank", {"unit": "hours"}, "amount"),
        ("bank", {"unit": "working_days", "amount": 2}, "calendar"),
        ("bank", {"title": ""}, "title"),
        ("bank", {"zone": "HKT"}, "zone"),
        ("bank", {"trigger": "notice"}, "after"),
    ],
)
def test_own_rule_when_it_cannot_be_then_refused_with_the_field(key, changes, said) -> None:
    with pytest.raises(rule_text.NoRule, match=said):
        own_rule(the_rule("contract_customer"), key, changes)
