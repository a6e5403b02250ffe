"""What is asked in an assessment, page by page: questions with their answers, as values and without a window.

The words are those of `resources/catalogue/assessment.toml` and `advice.toml`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from riskreg.advice_catalogue import advice_words
from riskreg.assessment_catalogue import (
    Circumstance,
    DataCategory,
    FactorWords,
)
from riskreg.assessment_catalogue import (
    assessment as catalogue,
)
from riskreg.errors import N_
from riskreg.formats import listed, sentences
from riskreg.i18n import Translator
from riskreg.records import Assessment, Record, declared, fields, stored
from riskreg.records.fields import Fields, Value
from riskreg.rules.regimes import Rule

HARMS: Final = "harms"
NO_SUCH_DATA: Final = "c0"
_ANSWERS: Final = {
    "raises": N_("Raises the risk"),
    "neutral": N_("Neither"),
    "lowers": N_("Lowers the risk"),
}
_TITLES: Final = {
    "harm": N_("What could happen"),
    "factors": N_("What speaks for harm"),
    "data": N_("What data it is"),
    "identity": N_("Who can be recognised"),
    "happened": N_("What happened to it"),
    "laws": N_("What some laws ask"),
}
_LEADS: Final = {
    "harm": N_("What could these people suffer? Tick what can be foreseen; one is enough."),
    "factors": N_(
        "The PCPD's eleven factors. Leave open what nobody knows yet: it is shown as missing, never guessed."
    ),
    "data": N_(
        "For each kind of data choose what fits best, or that there is none. The highest one counts."
    ),
    "identity": N_("How easily could somebody who has the data tell whose it is?"),
    "happened": N_("What happened to the data, and three things that stand beside the score."),
    "laws": N_("Asked because of where the people live and who we are. Each may stay open."),
}
_OF_LAW: Final[Mapping[str, Collection[str]]] = {
    "has_prescribed_data": ("significant_harm_or_500", "significant_harm_deemed"),
    "is_internal_only": ("significant_harm_or_500", "significant_harm_deemed"),
    "was_harm_avoided": (
        "significant_harm_deemed", "significant_harm", "likely_serious_harm", "high_risk",
        "real_risk_of_significant_harm", "unless_harm_avoided",
    ),
    "is_core_function_disrupted": ("designated_serious", "designated_other"),
    "is_critical_system_harmed": ("designated_serious", "designated_other"),
    "loss_cny": ("relatively_large", "relatively_large_critical"),
}  # fmt: skip
"""Fields that only some thresholds look at, with those thresholds: see `rules/advice`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer.

    Attributes:
        value: What is kept.
        text: What it says.
        more: When it fits, or an example.
        is_verified: A source has its wording.
    """

    value: Value
    text: str
    more: str = ""
    is_verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; it fills one field.

    Attributes:
        key: The field.
        text: What is asked.
        help: What helps to answer.
        options: Its answers; none where a figure is typed, several of which may hold for `HARMS`.
        note: The field for a remark beside it; empty where there is none.
        is_verified: A source has the question.
        is_suggested: What is known of the incident suggests that there is such data.
    """

    key: str
    text: str
    help: str = ""
    options: tuple[Option, ...] = ()
    note: str = ""
    is_verified: bool = True
    is_suggested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Questions that belong together."""

    key: str
    title: str
    lead: str
    questions: tuple[Question, ...]

    def answered(self, values: Fields) -> int:
        """How many of its questions have an answer."""
        return sum(is_answered(each.key, values) for each in self.questions)


def pages(t: Translator, data_types: Iterable[str], rules: Collection[Rule]) -> tuple[Page, ...]:
    """The pages in the order in which they are asked.

    Args:
        t: The language.
        data_types: The kinds of data of the incident: they suggest, and answer nothing.
        rules: Those that may concern it: what no threshold of theirs looks at is not asked.
    """
    words, suggested = catalogue(), catalogue().suggested(data_types)
    asked: dict[str, tuple[Question, ...]] = {
        "harm": (_harms(t),),
        "factors": tuple(_factor(each, t) for each in words.factors),
        "data": tuple(_category(each, each.key in suggested, t) for each in words.categories),
        "identity": (_ease(t),),
        "happened": (
            *(_circumstance(each, t) for each in words.circumstances),
            _yes_no("is_malicious", t),
            _figure("people_count", "severity.people", t),
            _yes_no("is_unintelligible", t),
        ),
        "laws": tuple(_laws(t, {rule.threshold.key for rule in rules})),
    }
    return tuple(
        Page(key=key, title=t.gettext(_TITLES[key]), lead=_lead(key, t), questions=found)
        for key, found in asked.items()
        if found
    )


def is_answered(key: str, values: Fields) -> bool:
    """Whether a question has an answer; that no harm can be foreseen is one."""
    if key == HARMS:
        return bool(values.get(HARMS)) or values.get("harm_foreseen") is False
    return values.get(key) is not None


def said(question: Question, values: Fields, t: Translator) -> str:
    """The answer to a question in words; empty where there is none."""
    if question.key == HARMS:
        if values.get("harm_foreseen") is False:
            return t.gettext(N_("None can be foreseen"))
        chosen = values.get(HARMS)
        held = chosen if isinstance(chosen, frozenset) else frozenset()
        return ", ".join(each.text for each in question.options if each.value in held)
    value = values.get(question.key)
    found = next((each.text for each in question.options if each.value == value), "")
    return found if question.options else ("" if value is None else str(value))


def asked_fields() -> tuple[str, ...]:
    """Every field that a person fills in an assessment, in the order of the record."""
    return tuple(
        key
        for key, what in stored(Assessment).items()
        if key not in declared(Record) and not isinstance(what, fields.Derived | fields.Links)
    )


def _lead(key: str, t: Translator) -> str:
    """What stands above the questions; above the kinds of data also what helps to choose."""
    hints = [each.text.get(t.language) for each in catalogue().hints] if key == "data" else []
    return sentences(t, t.gettext(_LEADS[key]), *hints)


def _harms(t: Translator) -> Question:
    options = (Option(value=each.key, text=each.text.get(t.language)) for each in catalogue().harms)
    question = advice_words().questions["harm.harms"].get(t.language)
    return Question(key=HARMS, text=question, options=tuple(options))


def _factor(words: FactorWords, t: Translator) -> Question:
    options = tuple(
        Option(value=key, text=t.gettext(_ANSWERS[key]), more=text.get(t.language))
        for key, text in words.answers.items()
    )
    return Question(
        key=words.key,
        text=words.question.get(t.language),
        options=options,
        note=f"{words.key}_note",
        is_verified=words.is_verified,
    )


def _category(words: DataCategory, is_suggested: bool, t: Translator) -> Question:
    none = Option(value=NO_SUCH_DATA, text=t.gettext(N_("No such data")))
    contexts = (
        Option(
            value=f"c{each.value}",
            text=each.text.get(t.language),
            more=each.example.get(t.language),
            is_verified=each.is_verified,
        )
        for each in words.contexts
    )
    return Question(
        key=f"context_{words.key}",
        text=words.label.get(t.language),
        help=words.help.get(t.language),
        options=(none, *contexts),
        is_suggested=is_suggested,
    )


def _ease(t: Translator) -> Question:
    """The steps of ease with the method's examples for each."""
    words = catalogue()
    options = tuple(
        Option(
            value=ease.key,
            text=ease.text.get(t.language),
            more=listed(
                (
                    t.gettext(N_("{what}: {when}")).format(
                        what=each.label.get(t.language), when=each.eases[ease.key].get(t.language)
                    )
                    for each in words.identifiers
                    if ease.key in each.eases
                ),
                t,
                ";",
            ),
        )
        for ease in words.eases
    )
    question = advice_words().questions["severity.ease"].get(t.language)
    return Question(key="ease", text=question, options=options)


def _circumstance(words: Circumstance, t: Translator) -> Question:
    options = tuple(
        Option(value=each.key, text=each.text.get(t.language)) for each in words.choices
    )
    return Question(key=words.key, text=words.label.get(t.language), options=options)


def _laws(t: Translator, thresholds: Collection[str]) -> Iterator[Question]:
    for key, looking in _OF_LAW.items():
        if not any(each in thresholds for each in looking):
            continue
        if key == "loss_cny":
            yield _figure(key, key, t)
        else:
            yield _yes_no(key, t, key)


def _yes_no(key: str, t: Translator, asked: str = "") -> Question:
    options = (
        Option(value=True, text=t.gettext(N_("Yes"))),
        Option(value=False, text=t.gettext(N_("No"))),
    )
    text = advice_words().questions[asked or f"severity.{key}"].get(t.language)
    return Question(key=key, text=text, options=options)


def _figure(key: str, asked: str, t: Translator) -> Question:
    return Question(key=key, text=advice_words().questions[asked].get(t.language))
