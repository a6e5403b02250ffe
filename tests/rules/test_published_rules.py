"""A published version of a rule of notification never changes: decisions rest on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from riskreg import regimes_catalogue
from riskreg.records.terms import Text
from tests.freeze_rules import differing, digest, name, published

RULES = regimes_catalogue.rules()


def test_rules_when_published_then_each_says_what_it_said() -> None:
    assert differing(RULES, published()) == []


def test_rules_when_new_then_they_are_frozen_with_the_change_that_adds_them() -> None:
    """`python -m tests.freeze_rules` adds them."""
    assert {name(rule) for rule in RULES} == set(published())
    assert len(RULES) > 40


def test_versions_when_counted_then_none_is_left_out() -> None:
    versions: dict[str, list[int]] = {}
    for rule in RULES:
        versions.setdefault(rule.key, []).append(rule.version)
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in versions.values())


def test_digest_when_what_binds_differs_then_it_differs_and_only_then() -> None:
    rule = next(each for each in RULES if each.key == "eu_authority")
    same = replace(
        rule, in_force_to=date(2030, 1, 1), title=replace(rule.title, zh_Hant="改善了的字眼")
    )
    assert digest(same) == digest(rule)
    for other in (
        replace(rule, amount=96),
        replace(rule, title=Text(en="Another")),
        replace(rule, contents=rule.contents[1:]),
        replace(rule, verified="unverified"),
        replace(rule, in_force_from=None),
    ):
        assert digest(other) != digest(rule)
    assert differing([replace(rule, amount=96)], {name(rule): digest(rule)}) == [name(rule)]
    assert differing([], {name(rule): digest(rule)}) == [name(rule)]


def test_newest_when_a_rule_has_several_versions_then_only_its_last_is_looked_at() -> None:
    found = {rule.key: rule.version for rule in regimes_catalogue.newest()}
    assert len(found) == len(regimes_catalogue.newest()) == len({rule.key for rule in RULES})
    assert found["sg_people"] == 2
    assert found["eu_authority"] == 1
