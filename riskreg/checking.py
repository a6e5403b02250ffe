"""The checks as window, command line and paper ask for them, and their findings in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from riskreg import clock
from riskreg.checked_boards import with_boards
from riskreg.dates import day_words
from riskreg.formats import listed, number_words
from riskreg.i18n import Translator
from riskreg.programme import items
from riskreg.records.jsons import Json
from riskreg.records.terms import Vocabulary
from riskreg.rules.checks import LEVELS, Fact, Finding, Label, Snapshot, Term, found, taken
from riskreg.rules.checks.whole import Completeness, completeness
from riskreg.views import Reader
from riskreg.work import QUIET, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A register that was checked.

    Attributes:
        snapshot: What was looked at.
        findings: What was found, the gravest first.
        completeness: How complete the records are.
    """

    snapshot: Snapshot
    findings: tuple[Finding, ...]
    completeness: Completeness


def checked(reader: Reader, today: date, work: Work = QUIET) -> Checked:
    """Hold a register against every check.

    Args:
        reader: The register; only this thread may use it meanwhile.
        today: The day where the organisation is.
        work: Progress; may cancel.

    Raises:
        Cancelled: The user stopped it.
    """
    now = clock.now()
    snapshot = with_boards(taken(reader, items(), today, work, now), now)
    return Checked(
        snapshot=snapshot,
        findings=tuple(found(snapshot, work)),
        completeness=completeness(snapshot.records.values()),
    )


def sentence(finding: Finding, t: Translator, vocabulary: Vocabulary) -> str:
    """What is wrong, in words."""
    facts = {key: _fact(fact, t, vocabulary) for key, fact in finding.facts.items()}
    return t.gettext(finding.check.sentence).format(**facts)


def _fact(fact: Fact | tuple[Fact, ...], t: Translator, vocabulary: Vocabulary) -> str:
    match fact:
        case Term():
            return vocabulary.terms_of(fact.terms).label(fact.key, t.language)
        case Label():
            return t.label(fact.kind, fact.key)
        case tuple():
            return listed((_fact(each, t, vocabulary) for each in fact), t)
        case date():
            return day_words(fact, t)
        case int():
            return number_words(fact)
        case str():
            return fact


def level(finding: Finding, t: Translator) -> str:
    """How grave it is, in words."""
    return t.gettext(LEVELS[finding.check.level])


def source(finding: Finding, t: Translator) -> str:
    """The law, standard or guidance that asks for it."""
    return t.gettext(finding.check.source)


def as_json(finding: Finding, t: Translator, vocabulary: Vocabulary) -> Json:
    """A finding as `checks --json` prints it: keys for programs, sentence and source for people."""
    return {
        "check": finding.check.key,
        "level": finding.check.level,
        "ref": finding.ref,
        "kind": finding.kind,
        "field": finding.field,
        "sentence": sentence(finding, t, vocabulary),
        "source": source(finding, t),
        "repairable": finding.change is not None,
    }
