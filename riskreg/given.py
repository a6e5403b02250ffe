"""What the door gives to rules and storage: the words of the catalogue, the rules of the moment, who acts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from riskreg import catalogue, planning, settings
from riskreg.records import values
from riskreg.records.terms import Vocabulary
from riskreg.rules import derive
from riskreg.storage.lock import account
from riskreg.views import Actor


@cache
def _titles() -> Mapping[str, str]:
    """English titles of policy actions and steps by ref."""
    found: dict[str, str] = {}
    for action in catalogue.policy_actions():
        found[action.key] = action.title.en
        found |= {step.key: step.text.en for step in action.steps}
    return found


@cache
def _words() -> Mapping[str, str]:
    """All words of policy actions and steps by ref, in every language, for the search."""
    found: dict[str, str] = {}
    for action in catalogue.policy_actions():
        found[action.key] = " ".join(action.title)
        found |= {step.key: " ".join(step.text) for step in action.steps}
    return found


def given_by(vocabulary: Vocabulary) -> derive.Given:
    """What derived fields are computed from, with these choices and scales."""
    return derive.Given(vocabulary=vocabulary, title_of=lambda ref: _titles().get(ref, ""))


def words_of(ref: str) -> str:
    """All words of a policy action or step, in every language, for the search; "" where there is none."""
    return _words().get(ref, "")


def rules_at(vocabulary: Vocabulary, at: values.Instant) -> planning.Rules:
    """What a change set is checked against at a moment."""
    return planning.Rules(vocabulary=vocabulary, given=given_by(vocabulary), at=at)


def actor() -> Actor:
    """Who works at this computer: the account, and the name given for this sitting."""
    return Actor(account(), settings.load().settings.working_as)
