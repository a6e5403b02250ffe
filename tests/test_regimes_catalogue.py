"""The rules of notification that ship: every row of the facts, in three languages, refused where damaged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from riskreg import catalogue, regimes_catalogue, rule_words
from riskreg.i18n import translator
from riskreg.records import Incident
from riskreg.records.terms import Text
from riskreg.rules.regimes import COUNTED, Reason, When

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


def test_rules_when_the_sources_do_not_say_from_when_they_run_then_the_note_does() -> None:
    assumed = {rule.key for rule in RULES if rule.note and "is assumed" in rule.note.en}
    assert {"th_authority", "id_people", "jp_final", "cn_measures_large", "us_hipaa"} <= assumed
    stated = {"eu_authority", "uk_authority", "sg_authority", "my_authority", "ph_authority"}
    assert not assumed & {*stated, "ci_serious", "ci_other", "ci_report", "ci_form"}


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


def test_references_when_a_rule_stands_in_a_law_then_they_are_said_in_three_languages() -> None:
    known = regimes_catalogue.references()
    assert {rule.legal_ref for rule in RULES if rule.legal_ref} == set(known)
    english = re.compile(r"\b(art|reg|rule|the|and|of|step|contract|law|Code)\b")
    for key, words in known.items():
        assert words.get("en") == key
        for language in ("zh_Hant", "zh_Hans"):
            assert words.get(language), key
            assert not english.search(words.get(language)), words.get(language)


def test_reference_when_an_own_rule_says_the_same_then_it_stays_as_it_was_typed() -> None:
    t = translator("zh_Hant")
    rule = BY_KEY["eu_processor"]
    assert rule_words.reference(rule, t) == "第 33(2) 條"
    assert rule_words.reference(rule, translator("en")) == "art. 33(2)"
    own = replace(rule, key="own.1")
    assert rule_words.reference(own, t) == "art. 33(2)"
