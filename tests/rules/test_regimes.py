"""Which rules apply to whom, and a rule kept whole as text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg import catalogue, regimes_catalogue
from riskreg.rules import rule_text
from riskreg.rules.regimes import (
    Facts,
    Reason,
    Rule,
    Verdict,
    applied,
    applies,
    in_force,
    in_sight,
)

TODAY = date(2026, 11, 29)
RULES = regimes_catalogue.rules()
BY_KEY = {rule.key: rule for rule in RULES}


def facts(*people: str, role: str | None = "controller", **more) -> Facts:
    given = {"established_in": frozenset({"hong_kong"}), "offers_to": frozenset(), "on": TODAY}
    given |= {"ci_operator": "no", "mechanisms": frozenset()}
    return Facts(people_live_in=frozenset(people), role=role, **{**given, **more})


def keys_of(given: Facts, answer: str = "yes") -> set[str]:
    return {each.rule.key for each in applied(RULES, given) if each.verdict.applies == answer}


# --- which apply ---


def test_hong_kong_alone_when_controller_then_only_its_recommendations() -> None:
    given = facts("hong_kong")
    assert keys_of(given) == {"hk_pcpd", "hk_people"}
    assert keys_of(given, "ask") == set()


def test_four_places_when_we_offer_to_them_then_each_regime() -> None:
    places = ("hong_kong", "eu_eea", "singapore", "mainland_china")
    found = keys_of(facts(*places, offers_to=frozenset(places)))
    assert found == {
        "hk_pcpd",
        "hk_people",
        "eu_authority",
        "eu_details",
        "eu_people",
        "cn_authority",
        "cn_people",
        "sg_assess",
        "sg_authority",
        "sg_people",
    }


def test_eu_when_we_are_its_processor_then_only_the_notice_to_the_controller() -> None:
    given = facts("eu_eea", role="processor", offers_to=frozenset({"eu_eea"}))
    assert keys_of(given) == {"eu_processor", "contract_customer"}
    assert applies(BY_KEY["eu_authority"], given) == Verdict(
        "no",
        (
            Reason("roles", False, ("controller", "joint_controller")),
            Reason("established", False, ("eu_eea",)),
        ),
    )


def test_eu_when_not_said_whether_we_offer_there_then_asks_that() -> None:
    verdict = applies(BY_KEY["eu_authority"], facts("eu_eea", offers_to=None))
    assert (verdict.applies, verdict.missing) == ("ask", {"reach"})


def test_role_when_not_known_then_asked_and_shown() -> None:
    found = applied(RULES, facts("hong_kong", role=None))
    shown = {each.rule.key: each.verdict for each in in_sight(found)}
    assert set(shown) == {"hk_pcpd", "hk_people", "contract_customer"}
    assert shown["hk_pcpd"].missing == shown["contract_customer"].missing == {"roles"}


@pytest.mark.parametrize("people", [(), ("unknown",), ("hong_kong", "unknown")])
def test_places_when_not_all_known_then_foreign_laws_are_asked_about_and_out_of_sight(
    people,
) -> None:
    found = applied(RULES, facts(*people, offers_to=None))
    asked = {each.rule.key for each in found if each.verdict.applies == "ask"}
    assert {"eu_authority", "sg_authority", "jp_first"} <= asked
    assert {each.rule.key for each in in_sight(found)} == {"hk_pcpd", "hk_people"}


def test_critical_infrastructure_when_designated_then_its_rules_and_a_supplier_its_contract() -> (
    None
):
    designated = keys_of(facts("hong_kong", ci_operator="designated"))
    assert {"ci_serious", "ci_other", "ci_form", "ci_report"} <= designated
    assert "contract_operator" not in designated
    supplier = keys_of(facts("hong_kong", ci_operator="supplier"))
    assert {key for key in supplier if key.startswith("c")} == {"contract_operator"}
    verdict = applies(BY_KEY["ci_serious"], facts("hong_kong", ci_operator=None))
    assert verdict == Verdict("ask", (Reason("ci_operator", None, ("designated",)),))


def test_gba_contract_when_data_moves_under_it_then_its_parties_are_told() -> None:
    found = keys_of(facts("hong_kong", mechanisms=frozenset({"gba_contract", "consent"})))
    assert {"gba_party", "gba_authority"} <= found


def test_switched_rules_when_not_switched_on_then_never_apply() -> None:
    every = frozenset(catalogue.vocabulary().terms_of("country_or_place").keys)
    switched = {rule.key for rule in RULES if any(when.switched for when in rule.applies)}
    assert {"hk_pdpo_mandatory", "hkma", "police", "contract_customer"} <= switched
    assert not switched & keys_of(facts(*every, established_in=every, offers_to=every))
    on = facts("hong_kong", switched_on=frozenset({"hkma"}))
    assert keys_of(on) == {"hk_pcpd", "hk_people", "hkma"}
    assert applies(BY_KEY["hkma"], on) == Verdict("yes", (Reason("switched", True, ("hkma",)),))


def test_rule_when_not_yet_or_no_longer_in_force_then_left_out() -> None:
    before = facts("hong_kong", ci_operator="designated", on=date(2025, 12, 31))
    assert not {"ci_serious", "ci_other"} & keys_of(before)
    assert "ci_serious" in keys_of(replace(before, on=date(2026, 1, 1)))


def test_versions_when_one_follows_another_then_the_newest_in_force() -> None:
    first = replace(BY_KEY["eu_authority"], in_force_to=date(2026, 12, 31))
    second = replace(first, version=2, amount=96, in_force_from=date(2027, 1, 1), in_force_to=None)
    for rules in ((first, second), (second, first)):
        assert in_force(rules, date(2026, 12, 31)) == (first,)
        assert in_force(rules, date(2027, 1, 1)) == (second,)
        assert in_force(rules, date(2018, 5, 24)) == ()
    corrected = replace(first, version=3)
    assert in_force((first, second, corrected), date(2026, 11, 1)) == (corrected,)


@given(
    role=st.sampled_from([None, "controller", "processor"]),
    people=st.sampled_from([(), ("eu_eea",), ("unknown",), ("hong_kong",)]),
    offers=st.sampled_from([None, frozenset(), frozenset({"eu_eea"})]),
)
def test_answer_when_a_fact_becomes_known_then_a_sure_answer_never_changes(
    role, people, offers
) -> None:
    """Monotone: `yes` and `no` stay whatever else is learnt; only `ask` may become either."""
    now = facts(*people, role=role, offers_to=offers)
    roles = [role] if role else ["controller", "processor"]
    places = [people] if people and "unknown" not in people else [("eu_eea",), ("hong_kong",)]
    offered = [offers] if offers is not None else [frozenset(), frozenset({"eu_eea"})]
    for rule in RULES:
        before = applies(rule, now).applies
        after = {
            applies(rule, facts(*where, role=who, offers_to=what)).applies
            for where, who, what in product(places, roles, offered)
        }
        assert before == "ask" or after == {before}


# --- as text ---


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_rule_when_kept_as_text_then_read_back_whole(rule: Rule) -> None:
    text = rule_text.dumps(rule)
    assert rule_text.loads(text) == rule
    assert rule_text.dumps(rule_text.loads(text)) == text
    assert list(json.loads(text)) == sorted(json.loads(text))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"extra": 1}, "extra"),
        ({"unit": "fortnights"}, "unit"),
        ({"amount": None}, "amount"),
        ({"amount": True}, "amount"),
        ({"amount": 0}, "amount"),
        ({"version": 0}, "version"),
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"trigger": "notice"}, "after"),
        ({"after": ["eu_people"]}, "after"),
        ({"unit": "working_days", "calendar": None}, "calendar"),
        ({"applies": []}, "applies"),
        ({"applies": [{}]}, "applies"),
        ({"applies": [{"moon": ["full"]}]}, "applies"),
        ({"applies": [{"people": ["uk"], "switched": "yes"}]}, "switched"),
        ({"title": {"en": "Notice"}}, "title"),
        ({"title": {"en": "Notice", "zh_Hant": " ", "zh_Hans": "通知"}}, "title"),
        ({"in_force_from": "2018-05-25", "in_force_to": "2018-05-24"}, "in_force_to"),
        ({"in_force_from": "25 May"}, "in_force"),
        ({"form": 2}, "form"),
    ],
)
def test_rule_when_text_is_damaged_then_refused_with_the_field(change, field) -> None:
    values = json.loads(rule_text.dumps(BY_KEY["eu_authority"])) | change
    with pytest.raises(rule_text.NoRule, match=field):
        rule_text.loads(json.dumps(values))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"form":1}', "\x00"])
def test_rule_when_text_is_something_else_then_refused(text) -> None:
    with pytest.raises(rule_text.NoRule):
        rule_text.loads(text)


@given(
    field=st.sampled_from(sorted(json.loads(rule_text.dumps(BY_KEY["eu_authority"])))),
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["key", "text", "en", "people", "moon"]), inner)
        ),
        max_leaves=6,
    ),
)
def test_rule_when_any_field_is_anything_then_read_or_refused_and_never_changed(field, value):
    values = json.loads(rule_text.dumps(BY_KEY["eu_authority"])) | {field: value}
    try:
        rule = rule_text.loads(json.dumps(values))
    except rule_text.NoRule:
        return
    assert rule_text.loads(rule_text.dumps(rule)) == rule


def test_applied_when_only_the_day_differs_then_the_conditions_are_asked_once() -> None:
    given = facts("hong_kong", "eu_eea")
    first, again = (applied(RULES, replace(given, on=on)) for on in (TODAY, date(2026, 11, 28)))
    assert [each.rule for each in again] == list(in_force(RULES, date(2026, 11, 28)))
    assert all(one.verdict is other.verdict for one, other in zip(first, again, strict=True))
    changed = tuple(replace(rule, applies=()) for rule in RULES)
    assert {each.verdict.applies for each in applied(changed, given)} == {"no"}
