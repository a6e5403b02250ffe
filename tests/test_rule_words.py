"""Why a rule applies and what is advised, in every language."""

from __future__ import annotations

import pytest

from riskreg import regimes_catalogue, rule_words
from riskreg.catalogue import vocabulary
from riskreg.i18n import translator, translators
from riskreg.rules.advice import Advice, advise
from riskreg.rules.claims import NO_FACTS
from riskreg.rules.regimes import Reason, Verdict

EN = translator("en")


def test_because_when_places_decide_then_they_are_named_once() -> None:
    reason = Reason("people", False, ("eu_eea",))
    said = rule_words.because(Verdict("no", (reason, reason)), vocabulary(), EN)
    assert len(said) == 1
    assert vocabulary().terms_of("country_or_place").label("eu_eea", "en") in said[0]


@pytest.mark.parametrize("t", list(translators()), ids=lambda t: t.language)
def test_words_when_nothing_was_answered_then_each_rule_names_what_to_ask(t) -> None:
    for rule in regimes_catalogue.rules():
        advice = advise(rule.threshold.key, NO_FACTS, to_people=rule.recipient == "individuals")
        assert rule_words.outcome(advice, t)
        assert rule_words.reasons(advice, t)
        assert len(rule_words.questions(advice.missing, t)) == len(advice.missing)
        assert rule_words.title(rule, t)


def test_no_decision_when_asked_then_it_says_that_people_decide() -> None:
    assert "deci" in rule_words.no_decision(EN).lower()
    assert rule_words.outcome(Advice(outcome="record", reasons=()), EN)
