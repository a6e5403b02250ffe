"""The words of advice: what is advised, why, and what is still to be answered.

Read once from `resources/catalogue/advice.toml`, in every language. The rules are in
`riskreg.rules.advice`; a file that does not fit is a `ValueError` that names the file and the entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, get_args

from riskreg.assessment_catalogue import Assessment, assessment, same_keys
from riskreg.catalogue import resources_folder
from riskreg.catalogue_entries import Entry, read
from riskreg.records.terms import Text
from riskreg.rules.advice import Outcome
from riskreg.rules.claims import Claim

FILE: Final = "advice.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimWords:
    """The sentences of a claim by whether it holds; one that can only hold has no others."""

    key: str
    holds: Text
    fails: Text | None
    open: Text | None

    def text(self, holds: bool | None) -> Text:
        """What is said of it."""
        said = {True: self.holds, False: self.fails, None: self.open}[holds]
        return said or self.holds


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceWords:
    """The words of advice.

    Attributes:
        notice: What stands beside every advice: it is no decision.
        outcomes: What may be advised.
        claims: What was said of the incident, by key.
        reasons: Why harm counts as it does, by key.
        questions: What is asked where an answer is missing, by its key.
    """

    notice: Text
    outcomes: Mapping[str, Text]
    claims: Mapping[str, ClaimWords]
    reasons: Mapping[str, Text]
    questions: Mapping[str, Text]

    def of(self, claim: Claim) -> Text:
        """What a reason of an advice says."""
        return self.claims[claim.key].text(claim.holds)


@cache
def advice_words() -> AdviceWords:
    """Return the words of advice; the questions include those of the assessment."""
    file = read(resources_folder() / "catalogue" / FILE, FILE)
    file.only("notice", "outcome", "claim", "reason", "question")
    outcomes = {key: _text(entry) for key, entry in file.keyed("outcome")}
    same_keys(file, "outcome", outcomes, get_args(Outcome))
    return AdviceWords(
        notice=file.inner("notice").text(),
        outcomes=outcomes,
        claims={key: _claim(entry) for key, entry in file.keyed("claim")},
        reasons={key: _text(entry) for key, entry in file.keyed("reason")},
        questions={
            **_asked(assessment()),
            **{key: _text(entry) for key, entry in file.keyed("question")},
        },
    )


def _asked(found: Assessment) -> dict[str, Text]:
    """What an assessment asks, by the keys that advice uses for what is missing."""
    return {
        **{f"severity.{each.key}": each.label for each in found.categories},
        **{f"severity.{each.key}": each.label for each in found.circumstances},
        **{f"harm.{each.key}": each.question for each in found.factors},
    }


def _text(entry: Entry) -> Text:
    return entry.only("key", "text").inner("text").text()


def _claim(entry: Entry) -> ClaimWords:
    entry.only("key", "holds", "fails", "open")
    fails, pending = entry.maybe_text("fails"), entry.maybe_text("open")
    if (fails is None) != (pending is None):
        entry.fail("fails and open stand together")
    return ClaimWords(
        key=entry.get("key", str), holds=entry.inner("holds").text(), fails=fails, open=pending
    )
