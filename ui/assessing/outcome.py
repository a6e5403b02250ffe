"""What the answers come to, in words: the band, the harm, the advice for each rule, the sum; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, cast

from riskreg.advice_catalogue import advice_words
from riskreg.assessment_catalogue import assessment as catalogue
from riskreg.cases import Case
from riskreg.errors import N_
from riskreg.i18n import Translator
from riskreg.records import Assessment
from riskreg.records.fields import Fields
from riskreg.rules.advice import Advice
from riskreg.rules.assessed import harm_of, severity_of
from riskreg.rules.regimes import Rule
from riskreg.rules.severity import CATEGORIES, Severity, band_of

LEVELS: Final[Mapping[str, str]] = {
    "low": "low",
    "medium": "moderate",
    "high": "high",
    "very_high": "critical",
}
"""The level of risk, with its shape and colour, by the band."""

OUTCOME_TONES: Final[Mapping[str, str]] = {
    "notify": "high",
    "consider": "moderate",
    "record": "low",
    "cannot_say": "muted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """The advice for one rule.

    Attributes:
        rule: Which.
        advice: What is advised.
        outcome: The same in words.
        reasons: Why, the weightiest first, in words.
    """

    rule: Rule
    advice: Advice
    outcome: str
    reasons: tuple[str, ...]


def assessed(case: Case, values: Fields) -> Case:
    """The case as it would stand with one more assessment."""
    made = Assessment(**cast("dict[str, Any]", dict(values)))
    return replace(case, assessments=(*case.assessments, made))


def advised(case: Case, now: datetime, t: Translator) -> Iterator[Advised]:
    """What the newest assessment advises for each rule in sight, the most urgent first."""
    words = advice_words()
    for row in case.board(now):
        found = case.advice(row.rule)
        reasons = tuple(words.of(each).get(t.language) for each in found.reasons)
        outcome = words.outcomes[found.outcome].get(t.language)
        yield Advised(rule=row.rule, advice=found, outcome=outcome, reasons=reasons)


def band_sentence(record: Assessment, t: Translator) -> str:
    """The band and what it means; while answers are missing, between which bands it will be."""
    found = severity_of(record)
    labels = {each.key: each.label.get(t.language) for each in catalogue().bands}
    if found.band is not None:
        text = next(each.text for each in catalogue().bands if each.key == found.band)
        return text.get(t.language)
    least, most = labels[found.least_band], labels[band_of(found.at_most)]
    if least == most:
        return t.gettext(N_("Whatever is still answered: {band}.")).format(band=least)
    said = t.gettext(N_("Not all is answered: it will be between {least} and {most}."))
    return said.format(least=least, most=most)


def band_word(record: Assessment, t: Translator) -> str:
    """What the band is called; empty while there is none."""
    band = severity_of(record).band
    return next((each.label.get(t.language) for each in catalogue().bands if each.key == band), "")


def harm_sentence(record: Assessment, t: Translator) -> str:
    """How likely harm is, and why."""
    found = harm_of(record)
    likely = next(each.text for each in catalogue().likelihoods if each.key == found.likelihood)
    reason = advice_words().reasons[found.reason].get(t.language)
    return t.gettext(N_("Harm to the people: {likelihood}. {reason}")).format(
        likelihood=likely.get(t.language), reason=reason
    )


def flag_words(record: Assessment, t: Translator) -> tuple[str, ...]:
    """What stands beside the score."""
    up = severity_of(record).flags
    return tuple(each.text.get(t.language) for each in catalogue().flags if each.key in up)


def missing_questions(record: Assessment) -> tuple[str, ...]:
    """The fields of the questions without which there is no score or no word on harm, in the order asked."""
    severity, harm = severity_of(record), harm_of(record)
    wanted: list[str] = list(harm.missing) if harm.likelihood == "cannot_say" else []
    for key in severity.missing:
        if key == "categories":
            wanted += [f"context_{each}" for each in CATEGORIES]
        else:
            wanted.append(f"context_{key}" if key in CATEGORIES else key)
    return tuple(dict.fromkeys(wanted))


def method_lines(record: Assessment, t: Translator) -> tuple[str, ...]:
    """The sum and where each of its parts is from."""
    found = severity_of(record)
    gettext = t.gettext
    lines = (
        gettext(N_("ENISA, 2013: context of the data × ease of identification + circumstances.")),
        gettext(N_("Context of the data: {value}")).format(value=_shown(found.dpc, t)),
        gettext(N_("Ease of identification: {value}")).format(value=_shown(found.ei, t)),
        gettext(N_("Circumstances: {value}")).format(value=_shown(found.cb, t)),
        _sum(found, t),
        gettext(N_("Below 2 low, from 2 medium, from 3 high, from 4 very high.")),
    )
    return lines


def _sum(found: Severity, t: Translator) -> str:
    if found.formula:
        return found.formula
    said = t.gettext(N_("Sum: at least {least}, at most {most}"))
    return said.format(least=found.at_least, most=found.at_most)


def _shown(value: int | Decimal | None, t: Translator) -> str:
    return t.gettext(N_("not answered")) if value is None else str(value)
