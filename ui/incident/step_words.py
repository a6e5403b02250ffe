"""The words of the next step: a title, why, and what its button says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from riskreg import case_words, clock, clock_words, rule_words
from riskreg.dates import instant_words
from riskreg.errors import N_
from riskreg.formats import sentences
from riskreg.i18n import Translator
from riskreg.records.values import Instant
from riskreg.rules.next_step import Step
from ui.incident.loaded import Loaded


class Words(NamedTuple):
    """What a step says: msgids."""

    title: str
    text: str
    button: str


CONTAIN_HINT: Final = N_(
    "Call it back, change the passwords, take the page down, ask the recipient to delete it."
)
WORDS: Final[Mapping[str, Words]] = {
    "contain": Words(N_("Contain it first; details can wait."), CONTAIN_HINT, N_("It is contained")),
    "when": Words(
        N_("When did it happen, and since when are you sure?"),
        N_("Every clock counts from these times. Roughly is good enough; “yesterday 18:00” is understood."),
        N_("Save these times"),
    ),
    "places": Words(
        N_("Where do the people live?"),
        N_("It decides which laws apply."),
        N_("Enter the places"),
    ),
    "role": Words(
        N_("Who are you in this?"),
        N_("Whether it is your own data or you process it for others decides whom you have to tell."),
        N_("Answer"),
    ),
    "people": Words(
        N_("How many people are affected?"),
        N_("A rough number is enough: ~150; or tbd while it is being counted."),
        N_("Enter the number"),
    ),
    "assess": Words(
        N_("How bad could this be for the people?"),
        N_("Answer what you know. What is not answered stays open; nothing is guessed."),
        N_("Assess…"),
    ),
    "decide": Words(N_("Decide: {rule}"), "", N_("Decide…")),
    "decide_again": Words(N_("Decide again: {rule}"), "", N_("Decide…")),
    "notify": Words(N_("Tell them: {rule}"), "", N_("Go to the notice")),
    "wait": Words(N_("Nothing to decide until {moment}"), "", N_("Decide now…")),
    "review": Words(
        N_("Look back: why could it happen?"),
        N_("Write down the root cause and what will be done against a repeat."),
        N_("Review it"),
    ),
    "close": Words(
        N_("It can be closed."),
        N_("Nothing is open any more."),
        N_("Close it"),
    ),
}  # fmt: skip
"""By the key of `rules.next_step.Step`."""

FIELDS: Final[Mapping[str, str]] = {
    "contain": "contained_at",
    "places": "people_live_in",
    "role": "our_role",
    "people": "people_count",
    "assess": "severity",
    "review": "root_cause",
    "close": "closed_at",
}
"""Where a step leads to in the form."""


def title(step: Step, loaded: Loaded | None, t: Translator) -> str:
    """What is to be done."""
    rule = rule_words.title(step.rule, t) if step.rule else ""
    zone = loaded.zone if loaded else "UTC"
    at = instant_words(Instant(step.at.utc, zone), t) if step.at else ""
    return t.gettext(WORDS[step.key].title).format(rule=rule, moment=at)


def text(step: Step, loaded: Loaded | None, t: Translator) -> str:
    """Why, and how long there is: the clock of the rule, else the tightest, else a hint."""
    hint = t.gettext(WORDS[step.key].text)
    if loaded is None:
        return hint
    now = clock.now()
    rows = loaded.rows(now)
    if step.rule is not None:
        found = next((row for row in rows if row.rule.key == step.rule.key), None)
        said = clock_words.sentence(found.clock, loaded.zone, t) if found else ""
        advice = rule_words.outcome(loaded.case.advice(step.rule), t)
        told = t.gettext(N_("Advice: {advice}.")).format(advice=advice)
        return sentences(t, said, told if step.key.startswith("decide") else "")
    running = case_words.running(loaded.spoken, rows)
    if step.key == "contain" and running:
        return clock_words.named_sentence(running[0], loaded.zone, t)
    if step.key == "contain" and loaded.incident.aware_at:
        return clock_words.hong_kong(now - loaded.incident.aware_at.utc, t)
    return hint
