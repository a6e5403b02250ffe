"""What stands on the timeline of an incident: one moment, what it can tell, and which records tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from riskreg.records.fields import Value
from riskreg.records.incident import TRIGGERS
from riskreg.records.values import Instant
from riskreg.views import Actor

What = Literal[
    "logged",
    "reached",
    "entry",
    "assessed",
    "decided",
    "prepared",
    "approved",
    "sent",
    "replied",
    "changed",
    "held",
    "released",
    "custody",
    "withdrawn",
    "restored",
    "erased",
]
"""What a moment tells; the words for each stand in `timeline_words`."""

KINDS_TOLD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "entry": "incident",
        "assessment": "incident",
        "decision": "incident",
        "notice": "incident",
        "evidence": "incidents",
    }
)
"""Kinds whose records belong to an incident's timeline, with the link by which they do."""

REACHED: Final = (*TRIGGERS, "occurred_to_at", "assessed_at", "recovered_at")
"""Times of the incident that stand on its timeline by themselves."""

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class Recorded(NamedTuple):
    """The entry of the journal that a moment was read from, or its record was made by."""

    seq: int
    at: datetime
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One line of the timeline.

    Attributes:
        at: When it happened, as well as it is known.
        what: What it tells.
        id: The record it is about.
        ref: Its ref.
        kind: Its kind.
        text: What people wrote: the entry, the reason of a decision, change, hold or erasure, the reply;
            "" where there is nothing or it was erased.
        who: Who did it, as stated; "" where nobody is named.
        result: What came of it.
        field: Key of the field it tells of; for `custody` the sort of event (`custody.What`).
        old: The value before a change.
        new: The value after it; a decision's answer, a notice's phase, an assessment's band.
        about: `regime recipient rule_key` of a decision or notice, `rule` where it is an own one (its title),
            `channel addressee` of a notice; `outcome` of an assessment.
        others: Records it was linked to.
        in_summary: It stands in reports that tell the course.
        is_privileged: Legal advice: left out where it is not asked for by name.
        is_withdrawn: It was taken back later.
        recorded: Where the journal has it; None where it does not say.
    """

    at: Instant
    what: What
    id: int
    ref: str
    kind: str
    text: str = ""
    who: str = ""
    result: str = ""
    about: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    field: str = ""
    old: Value = None
    new: Value = None
    others: frozenset[int] = frozenset()
    in_summary: bool = False
    is_privileged: bool = False
    is_withdrawn: bool = False
    recorded: Recorded | None = None
