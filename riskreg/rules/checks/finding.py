"""Holding records against checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from riskreg.changes import ChangeSet, edit
from riskreg.records import KINDS, Record
from riskreg.rules.checks import (
    anywhere,
    assets,
    basics,
    breaches,
    decisions,
    dimensions,
    incidents,
    limits,
    notices,
    programme,
    risks,
    texts,
    works,
)
from riskreg.rules.checks.base import LEVELS, Check, Finding, Hit
from riskreg.rules.checks.snapshot import Snapshot
from riskreg.work import CHECKING, QUIET, Work, uncollected

CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        check.key: check
        for room in (
            incidents,
            breaches,
            decisions,
            notices,
            limits,
            risks,
            dimensions,
            assets,
            works,
            programme,
            basics,
            anywhere,
            texts,
        )
        for check in room.CHECKS
    }
)
"""Every check by its key."""

_STEP: Final = 200
"""Records between two looks at whether to stop: a few milliseconds."""


def found(around: Snapshot, work: Work = QUIET) -> list[Finding]:
    """What the checks find, the gravest first, then by kind, ref and check.

    Raises:
        Cancelled: The user stopped it.
    """
    asked = {kind.kind: _asked(kind) for kind in KINDS.values()}
    findings: list[Finding] = []
    with uncollected():
        for place, record in enumerate(around.records.values()):
            if place % _STEP == 0:
                work.step(CHECKING, place, len(around.records))
            findings += _of(record, asked[record.kind], around)
    return sorted(findings, key=_place)


def repair(finding: Finding) -> ChangeSet | None:
    """The change that mends what was found; None where only a person can say what is right.

    The door refuses it where the record has changed since.
    """
    if finding.change is None:
        return None
    return ChangeSet(act="edit", changes=(finding.change,))


def _asked(kind: type[Record]) -> Sequence[Check]:
    return [check for check in CHECKS.values() if issubclass(kind, check.kind)]


def _of(record: Record, asked: Iterable[Check], around: Snapshot) -> Iterator[Finding]:
    for check in asked:
        for hit in check.ask(record, around):
            yield _finding(check, around.kept(record), hit)


def _finding(check: Check, record: Record, hit: Hit) -> Finding:
    return Finding(
        check=check, id=record.id, ref=record.ref, kind=record.kind, title=record.title,
        field=hit.field or check.field, facts=hit.facts,
        change=None if hit.repair is None else edit(record, hit.repair),
    )  # fmt: skip


_LEVELS: Final = list(LEVELS)
_KINDS: Final = list(KINDS)
_CHECKS: Final = list(CHECKS)


def _place(finding: Finding) -> tuple[int, int, list[tuple[int, str]], int]:
    parts = re.findall(r"\d+|\D+", finding.ref)
    numbered = [(int(part), "") if part.isdigit() else (0, part) for part in parts]
    check = finding.check
    return (
        _LEVELS.index(check.level),
        _KINDS.index(finding.kind),
        numbered,
        _CHECKS.index(check.key),
    )
