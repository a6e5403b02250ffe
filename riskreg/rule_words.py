"""A rule of notification in words: why it applies or not, and what is advised and why.

Advice is never a decision, and its words say so. Where a fact is not known the words name the question.
"""

from __future__ import annotations

from collections.abc import Iterable

from riskreg import clock_words, regimes_catalogue
from riskreg.advice_catalogue import advice_words
from riskreg.errors import N_
from riskreg.formats import listed
from riskreg.i18n import Translator
from riskreg.records.terms import Vocabulary
from riskreg.rules.advice import Advice
from riskreg.rules.own_rules import is_own
from riskreg.rules.regimes import Reason, Rule, Verdict


def because(verdict: Verdict, vocabulary: Vocabulary, t: Translator) -> tuple[str, ...]:
    """Why a rule applies, does not, or may, one sentence for each condition that counted."""
    said = (condition(reason, vocabulary, t) for reason in verdict.reasons)
    return tuple(dict.fromkeys(said))


def condition(reason: Reason, vocabulary: Vocabulary, t: Translator) -> str:
    """One condition and how it came out."""
    pattern = regimes_catalogue.reason_words(reason).get(t.language)
    terms = regimes_catalogue.list_of(reason.fact)
    known = vocabulary.terms_of(terms) if terms else None
    names = [known.label(key, t.language) if known else key for key in reason.keys]
    return pattern.format(names=listed(names, t))


def outcome(advice: Advice, t: Translator) -> str:
    """What is advised."""
    return advice_words().outcomes[advice.outcome].get(t.language)


def reasons(advice: Advice, t: Translator) -> tuple[str, ...]:
    """What led to an advice, the weightiest first."""
    said = (advice_words().of(claim).get(t.language) for claim in advice.reasons)
    return tuple(dict.fromkeys(said))


def questions(keys: Iterable[str], t: Translator) -> tuple[str, ...]:
    """What is asked where answers are missing that could still change an advice."""
    known = advice_words().questions
    return tuple(known[key].get(t.language) for key in keys if key in known)


def no_decision(t: Translator) -> str:
    """What stands beside every advice."""
    return advice_words().notice.get(t.language)


def reference(rule: Rule, t: Translator) -> str:
    """Where in the law or the contract it stands; "" where that is not said. What an organisation typed stays as it is."""
    known = regimes_catalogue.references().get(rule.legal_ref)
    return known.get(t.language) if known and not is_own(rule) else rule.legal_ref


def title(rule: Rule, t: Translator) -> str:
    """What a rule is called, with its regime: `EU and EEA, GDPR: Notice to the authority`."""
    own = rule.title.get(t.language)
    regime = clock_words.regime_title(rule.regime, t)
    if own == regime:
        return own
    return t.gettext(N_("{regime}: {clock}")).format(regime=regime, clock=own)
