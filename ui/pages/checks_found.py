"""What the checks found, as their page shows it: by level, in words, no more of each than can be looked through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, cast

from riskreg import clock
from riskreg.checking import checked, sentence, source
from riskreg.i18n import Translator
from riskreg.records import Record, Step
from riskreg.records.terms import folded
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
        findings: All of them, in that order.
        owners: Who looks after a record, by its id; whoever looks after a policy action, of its steps too.
        names: What those who look after something are called, by id.
    """

    day: date
    number: int
    groups: tuple[Group, ...]
    findings: tuple[Finding, ...] = ()
    owners: Mapping[int, frozenset[int]] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which findings shall be shown.

    Attributes:
        level: Of this level alone; "" for all.
        kind: About records of this kind; "" for all.
        owner: About what this party looks after, 0 for what nobody does; None for all.
        words: That hold these words in ref, title or sentence.
    """

    level: str = ""
    kind: str = ""
    owner: int | None = None
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Everything is shown."""
        return self == Wish()


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
    found = checked(reader, day, work)
    owners = _owners(found.findings, found.snapshot.records)
    known = found.snapshot.records
    whose = frozenset().union(*owners.values())
    return Told(
        day=day,
        number=len(found.findings),
        groups=_groups(reader, Wordsmith(t, reader.vocabulary, zone), found.findings),
        findings=found.findings,
        owners=owners,
        names={id: known[id].title for id in whose if id in known},
    )


def narrowed(reader: Reader, told: Told, t: Translator, wish: Wish) -> tuple[Group, ...]:
    """The findings that fit a wish, by level; on the thread of a job."""
    smith = Wordsmith(t, reader.vocabulary, reader.organisation().zone)
    words = folded(wish.words)
    return _groups(
        reader,
        smith,
        [each for each in told.findings if _fits(each, told, wish) and _holds(each, smith, words)],
    )


def _fits(finding: Finding, told: Told, wish: Wish) -> bool:
    owners = told.owners.get(finding.id, frozenset())
    is_owned = wish.owner is None or (wish.owner in owners if wish.owner else not owners)
    is_of_level = wish.level in ("", finding.check.level)
    return is_of_level and wish.kind in ("", finding.kind) and is_owned


def _holds(finding: Finding, smith: Wordsmith, words: str) -> bool:
    if not words:
        return True
    title = titles.title(finding.kind, finding.ref, finding.title, smith.t.language)
    said = f"{finding.ref} {title} {sentence(finding, smith.t, smith.vocabulary)}"
    return all(word in folded(said) for word in words.split())


def _owners(
    findings: Iterable[Finding], records: Mapping[int, Record]
) -> Mapping[int, frozenset[int]]:
    return {each.id: _owner(records[each.id], records) for each in findings if each.id in records}


def _owner(record: Record, records: Mapping[int, Record]) -> frozenset[int]:
    if isinstance(record, Step):
        actions = (records[id] for id in record.action if id in records)
        return frozenset().union(*(_owner(action, records) for action in actions))
    return cast("frozenset[int]", getattr(record, "owner", frozenset()))


def _groups(reader: Reader, smith: Wordsmith, findings: Sequence[Finding]) -> tuple[Group, ...]:
    return tuple(
        _group(reader, smith, level, of)
        for level in LEVELS
        if (of := [each for each in findings if each.check.level == level])
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
