"""The history as values: its entries, who made them and what they did, where it stands, what verifying it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from riskreg.records.fields import Fields


class Actor(NamedTuple):
    """Who made an entry.

    The account of the computer, not verified, and the name the person gave for this sitting.
    """

    account: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """What an entry did to one record.

    `before` and `after` hold Python values, without what was erased.
    """

    id: int
    ref: str
    kind: str
    version: int
    before: Fields | None
    after: Fields | None
    is_erased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the journal.

    `changes` is empty for a note (an export, a backup, a verification).
    """

    seq: int
    at: datetime
    actor: Actor
    act: str
    facts: Mapping[str, str]
    undoes: int | None = None
    changes: tuple[EntryChange, ...] = ()
    count: int = 0
    """How many records it changed, also where `changes` was not asked for."""


class Head(NamedTuple):
    """Where the history stands."""

    seq: int
    fingerprint: str
    """`412-ABCD-EFGH-JKMN-PQRS-TVWX`."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that verification found wrong.

    `id` names the sort of finding (the edge has words for each); `where` names what: an entry's
    number, a ref and field.
    """

    id: str
    where: str = ""
    ref: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The answer of `verify`."""

    entries: int
    records: int
    fingerprint: str
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()
    """What is worth knowing and nothing wrong: entries dated before the one they follow."""

    @property
    def ok(self) -> bool:
        """Nothing was found."""
        return not self.findings
