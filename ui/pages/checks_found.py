"""What the checks found, as their page shows it: by level, in words, no more of each than can be looked through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from riskreg import clock
from riskreg.checking import checked, sentence, source
from riskreg.i18n import Translator
from riskreg.rules.checks import LEVELS, Finding, Level
from riskreg.views import EntryChange, Reader
from riskreg.work import Work
from ui import titles
from ui.forms.story import Wordsmith, change_lines, linked

MOST: Final = 200
"""Findings of one level that are shown; the report has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One finding in words.

    Attributes:
        finding: What was found.
        title: What its record is called.
        sentence: What is wrong.
        source: The law, standard or guidance that asks for it.
        repair: What putting it right would change, a line for each field; empty where only a person can.
    """

    finding: Finding
    title: str
    sentence: str
    source: str
    repair: str

    @property
    def key(self) -> tuple[str, int, str]:
        """Names the same fault of the same record, asked again."""
        return self.finding.check.key, self.finding.id, self.finding.field


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The findings of one level.

    Attributes:
        level: How grave they are.
        number: How many there are.
        lines: The first `MOST` of them.
    """

    level: Level
    number: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The answer of all checks.

    Attributes:
        day: The day it was asked for, where the organisation is.
        number: How many things they found.
        groups: By level, the gravest first; none that is empty.
    """

    day: date
    number: int
    groups: tuple[Group, ...]


def today(zone: str) -> date:
    """The day where the organisation is."""
    return clock.today(zone)


def gather(reader: Reader, t: Translator, work: Work) -> Told:
    """Ask every check, on the thread of a job.

    Args:
        reader: The register; only this thread may use it meanwhile.
        t: The language of the window.
        work: Progress; may cancel.

    Raises:
        Cancelled: The person stopped it.
    """
    zone = reader.organisation().zone
    day = today(zone)
    findings = checked(reader, day, work).findings
    smith = Wordsmith(t, reader.vocabulary, zone)
    return Told(
        day=day,
        number=len(findings),
        groups=tuple(
            _group(reader, smith, level, of)
            for level in LEVELS
            if (of := [each for each in findings if each.check.level == level])
        ),
    )


def _group(reader: Reader, smith: Wordsmith, level: Level, findings: Sequence[Finding]) -> Group:
    lines = tuple(_line(reader, smith, finding) for finding in findings[:MOST])
    return Group(level=level, number=len(findings), lines=lines)


def _line(reader: Reader, smith: Wordsmith, finding: Finding) -> Line:
    return Line(
        finding=finding,
        title=titles.title(finding.kind, finding.ref, finding.title, smith.t.language),
        sentence=sentence(finding, smith.t, smith.vocabulary),
        source=source(finding, smith.t),
        repair=_repair(reader, smith, finding),
    )


def _repair(reader: Reader, smith: Wordsmith, finding: Finding) -> str:
    """What the change of a finding would do, told as the history tells what was done."""
    change = finding.change
    if change is None:
        return ""
    told = EntryChange(
        id=finding.id, ref=finding.ref, kind=finding.kind, version=change.version,
        before=change.before, after=change.after,
    )  # fmt: skip
    names = titles.named(reader.names(linked(told)), smith.t.language)
    return "\n".join(text for text, _tone in change_lines(smith, told, names))
