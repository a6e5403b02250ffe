"""How the sample register answers its incidents: assessments and decisions made by the rules, texts with checksums.

What a person would have typed stands in `resources/sample/response.toml`; what the program adds to it follows
here as it does in the window, so that the sample holds nothing that the program would not have made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from riskreg import clock
from riskreg.cases import Case, case_of
from riskreg.changes import ChangeSet
from riskreg.deciding import assess, decide
from riskreg.i18n import Translator, translator
from riskreg.records.fields import Fields, Value
from riskreg.rules.regimes import Rule, in_force
from riskreg.views import Reader

LANGUAGE: Final = "en"
"""Of the titles that the program makes."""


def answer(reader: Reader, kind: str, values: Fields) -> ChangeSet:
    """The change set that adds an assessment or a decision, which is -1 in it.

    Args:
        reader: The register as it was at that moment.
        kind: One of `ANSWERS`.
        values: What the person typed.
    """
    (incident,) = cast("frozenset[int]", values["incident"])
    rest = {key: value for key, value in values.items() if key != "incident"}
    return ANSWERS[kind](case_of(reader, incident), rest, translator(LANGUAGE))


def checked(kind: str, values: Fields) -> Fields:
    """The values with the checksum of a text that was sent."""
    text = values.get("text") if kind == "notice" else None
    return {**values, "text_sha256": _sha256(str(text))} if text else values


def _assessed(case: Case, given: Mapping[str, Value], t: Translator) -> ChangeSet:
    said: dict[str, Any] = dict(given)
    return assess(case, said, at=said.pop("made_at"), by=said.pop("made_by"), t=t)


def _decided(case: Case, given: Mapping[str, Value], t: Translator) -> ChangeSet:
    said: dict[str, Any] = dict(given)
    rule = _rule(case, said.pop("rule_key"))
    how, again = said.pop("decided_how", None), said.pop("decide_again_at", None)
    return decide(
        case, rule, said.pop("answer"), how=how, again=again, now=clock.now(), t=t, **said
    )


def _rule(case: Case, key: str) -> Rule:
    """The rule in force for the incident."""
    rules = in_force(case.rules, case.day(clock.now()))
    return next(rule for rule in rules if rule.key == key)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


ANSWERS: Final[Mapping[str, Callable[[Case, Fields, Translator], ChangeSet]]] = {
    "assessment": _assessed,
    "decision": _decided,
}
