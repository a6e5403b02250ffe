"""What a decision kept as JSON is told in words, and only where people read it."""

from riskreg import kept_words
from riskreg.i18n import translator
from riskreg.regimes_catalogue import rules
from riskreg.rules import rule_text

RULE = next(each for each in rules() if each.key == "eu_authority")
REASONS = '{"applies":"yes","facts":[],"flags":[],"missing":[],"reasons":[{"facts":[],"holds":true,"key":"recommended_only","missing":[]}]}'


def test_rule_when_it_was_kept_then_its_name_version_and_article_are_told() -> None:
    said = kept_words.told("decision", "rule_text", rule_text.dumps(RULE), translator("en"))
    assert said == "EU and EEA, GDPR: Notice to the authority (version 1, art. 33(1), 33(3))"


def test_reasons_when_they_were_kept_then_they_are_told_as_beside_the_advice() -> None:
    said = kept_words.told("decision", "advice_reasons", REASONS, translator("en"))
    assert "PCPD recommends" in said
    assert "{" not in said


def test_words_when_they_are_no_such_json_or_another_field_then_they_stay() -> None:
    t = translator("zh_Hant")
    assert kept_words.told("decision", "rule_text", "{broken", t) == "{broken"
    assert kept_words.told("decision", "advice_reasons", "{}", t) == "{}"
    assert kept_words.told("decision", "reason", "Asked", t) == "Asked"
    assert kept_words.told("decision", "rule_text", "", t) == ""
