"""Which rules apply to whom, the catalogue of rules as it ships, and a rule kept whole as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg import catalogue, regimes_catalogue
from riskreg.records import Incident
from riskreg.records.terms import Text
from riskreg.rules import rule_text
from riskreg.rules.regimes import (
    COUNTED,
    Facts,
    Reason,
    Rule,
    Verdict,
    When,
    applied,
    applies,
    in_force,
    in_sight,
)

TODAY = date(2026, 11, 29)
RULES = regimes_catalogue.rules()
BY_KEY = {rule.key: rule for rule in RULES}
REGIMES = frozenset(
    (
        *("hk_pdpo", "hk_cap653", "hk_sector", "contracts", "gba", "cn_pipl", "cn_measures"),
        *("gdpr", "uk_gdpr", "ch_fadp", "sg_pdpa", "mo_law8", "my_pdpa", "th_pdpa", "ph_dpa"),
        *("id_pdp", "jp_appi", "kr_pipa", "tw_pdpa", "vn_pdp", "in_dpdp", "au_privacy"),
        *("ca_pipeda", "us"),
    )
)
SHIPPED = catalogue.resources_folder() / "catalogue" / "regimes.toml"


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
    assert keys_of(given) == {"eu_processor"}
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
    assert set(shown) == {"hk_pcpd", "hk_people"}
    assert shown["hk_pcpd"].missing == {"roles"}


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


# --- the catalogue ---


def test_catalogue_when_read_then_holds_every_row_of_the_facts() -> None:
    regimes = {regime.key for regime in regimes_catalogue.regimes()}
    assert regimes == {rule.regime for rule in RULES}
    assert regimes == REGIMES


@pytest.mark.parametrize(
    ("key", "trigger", "unit", "amount", "recipient"),
    [
        # domain.md 2.7, 2.8, 3.1, read by hand
        ("hk_pcpd", "aware", "as_soon_as_practicable", None, "authority"),
        ("hk_people", "aware", "as_soon_as_practicable", None, "individuals"),
        ("ci_serious", "aware", "hours", 12, "authority"),
        ("ci_other", "aware", "hours", 48, "authority"),
        ("ci_form", "notice", "hours", 48, "authority"),
        ("ci_report", "aware", "calendar_days", 14, "authority"),
        ("eu_authority", "aware", "hours", 72, "authority"),
        ("eu_people", "aware", "as_soon_as_practicable", None, "individuals"),
        ("eu_processor", "aware", "as_soon_as_practicable", None, "other"),
        ("uk_authority", "aware", "hours", 72, "authority"),
        ("cn_authority", "aware", "at_once", None, "authority"),
        ("cn_people", "aware", "at_once", None, "individuals"),
        ("cn_measures_large", "discovered", "hours", 4, "authority"),
        ("cn_measures_critical", "discovered", "hours", 1, "authority"),
        ("cn_measures_summary", "closed", "calendar_days", 30, "authority"),
        ("sg_assess", "discovered", "calendar_days", 30, "ourselves"),
        ("sg_authority", "notifiable", "calendar_days", 3, "authority"),
        ("my_authority", "discovered", "hours", 72, "authority"),
        ("my_people", "notice", "calendar_days", 7, "individuals"),
        ("th_authority", "aware", "hours", 72, "authority"),
        ("ph_authority", "aware", "hours", 72, "authority"),
        ("ph_people", "aware", "hours", 72, "individuals"),
        ("id_authority", "aware", "hours", 72, "authority"),
        ("id_people", "aware", "hours", 72, "individuals"),
        ("jp_first", "aware", "calendar_days", 5, "authority"),
        ("jp_final", "aware", "calendar_days", 30, "authority"),
        ("jp_final_malicious", "aware", "calendar_days", 60, "authority"),
        ("kr_authority", "aware", "hours", 72, "authority"),
        ("au_assess", "discovered", "calendar_days", 30, "ourselves"),
        ("au_authority", "aware", "as_soon_as_practicable", None, "authority"),
        ("ca_authority", "aware", "as_soon_as_practicable", None, "authority"),
        ("us_hipaa", "discovered", "calendar_days", 60, "authority"),
        ("us_glba", "discovered", "calendar_days", 30, "authority"),
        ("us_sec", "notifiable", "working_days", 4, "authority"),
    ],
)
def test_rule_when_read_then_says_what_the_facts_say(key, trigger, unit, amount, recipient):
    rule = BY_KEY[key]
    assert (rule.trigger, rule.unit, rule.amount, rule.recipient) == (
        trigger,
        unit,
        amount,
        recipient,
    )


def test_rules_when_the_facts_are_background_only_then_marked_unverified() -> None:
    """Rows that domain.md tags [B] or [D]; every other rule names where it is from."""
    unverified = {rule.key for rule in RULES if rule.verified == "unverified"}
    assert {rule.key for rule in RULES if rule.regime in ("hk_sector", "contracts")} <= unverified
    assert {"kr_people", "tw_people", "tw_authority", "vn_authority"} <= unverified
    assert {"in_first", "in_details", "in_people", "hk_pdpo_mandatory"} <= unverified
    assert all(rule.sources for rule in RULES if rule.key not in unverified)


def test_hong_kong_when_its_texts_are_read_then_none_says_that_the_law_requires_notice() -> None:
    """Domain 7.1 and 7.2: the PCPD recommends; there is no duty, and no 72 hours."""
    own = [rule for rule in RULES if rule.regime == "hk_pdpo"]
    assert {rule.basis for rule in own} == {"recommended", "own", "proposed"}
    for rule in own:
        assert rule.basis != "recommended" or rule.amount is None
        assert rule.basis == "recommended" or all(when.switched for when in rule.applies)
    said = [*own, *(each for each in regimes_catalogue.regimes() if each.key == "hk_pdpo")]
    for text in texts_in(tuple(said)):
        assert not re.search(r"\brequire|\bmust\b|\bobliged|72", text.en)
        assert not re.search("必須|必须|規定須|应当|須於|须于|72", text.zh_Hant + text.zh_Hans)


def test_rules_when_no_hours_are_set_then_no_amount() -> None:
    for rule in RULES:
        assert (rule.amount is None) == (rule.unit not in COUNTED)


def test_contents_when_they_name_fields_then_an_incident_has_them() -> None:
    columns = {field.name for field in fields(Incident)}
    for content in regimes_catalogue.contents().values():
        assert set(content.fields) <= columns, content.key


def test_catalogue_when_entries_are_not_used_then_they_are_not_there() -> None:
    used = {rule.threshold.key for rule in RULES}
    assert used == set(regimes_catalogue.thresholds())
    named = {each.key for rule in RULES for each in rule.contents}
    assert named == set(regimes_catalogue.contents())
    assert {key for rule in RULES for key in rule.sources} <= set(regimes_catalogue.sources())


@pytest.mark.parametrize("field", [field.name for field in fields(When)])
def test_reason_when_it_holds_or_not_then_has_words_in_three_languages(field) -> None:
    for holds in (True, False) if field == "switched" else (True, False, None):
        words = regimes_catalogue.reason_words(Reason(field, holds, ()))
        assert all(words)
        names = ["{names}" in text for text in words]
        assert names == [field != "switched"] * 3
    known = catalogue.vocabulary().terms
    assert regimes_catalogue.list_of(field) in known or field == "switched"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('trigger = "aware"', 'trigger = "awake"', "trigger"),
        ('zone = "Asia/Singapore"', 'zone = "Asia/Atlantis"', "zone"),
        ('phase = "first"', 'phase = "first"\nfoo = 1', "'foo'"),
        ('people = ["hong_kong"]', 'people = ["kowloon"]', "'kowloon'"),
        ('sources = ["S80"]', 'sources = ["S99"]', "'S99'"),
        ('after = ["my_authority"]', 'after = ["my_nobody"]', "'my_nobody'"),
        ('threshold = "high_risk"', 'threshold = "higher_risk"', "'higher_risk'"),
        ("version = 1", "version = 2", "versions"),
        ("amount = 72", "amount = 72.5", "amount"),
    ],
)
def test_catalogue_when_damaged_then_says_where(tmp_path: Path, monkeypatch, old, new, said):
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "catalogue").mkdir()
    damaged = tmp_path / "catalogue" / "regimes.toml"
    damaged.write_text(text.replace(old, new, 1), encoding="utf-8")
    forget()
    monkeypatch.setattr(regimes_catalogue, "resources_folder", lambda: tmp_path)
    try:
        with pytest.raises(ValueError, match=r"regimes\.toml: rule \w+: ") as caught:
            regimes_catalogue.rules()
        assert said in str(caught.value)
    finally:
        forget()


def forget() -> None:
    for name in ("_file", "_tables", "regimes", "rules", "sources", "contents", "thresholds"):
        getattr(regimes_catalogue, name).cache_clear()


# --- the texts ---


def texts_in(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item)
    elif is_dataclass(value):
        for part in fields(value):
            yield from texts_in(getattr(value, part.name))


TRADITIONAL = "資據數記錄險評處應與為關開網絡電腦個權責報類種號碼國區門機構員業發現還進時間統計訂證認護變樣檢標單備儲雲聯監規從對層義習"
SIMPLIFIED = "资据数记录险评处应与为关开网络电脑个权责报类种号码国区门机构员业发现还进时间统计订证认护变样检标单备储云联监规从对层义习"


def test_texts_when_chinese_then_each_in_its_script() -> None:
    every = (RULES, regimes_catalogue.regimes(), tuple(regimes_catalogue.thresholds().values()))
    for text in texts_in(every):
        for old, new in zip(TRADITIONAL, SIMPLIFIED, strict=True):
            if old != new:
                assert new not in text.zh_Hant, text
                assert old not in text.zh_Hans, text
