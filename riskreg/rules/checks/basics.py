"""Checks of what every kind of record must say once it counts: who answers for it, what shows it, since when, when it was looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from riskreg.errors import N_
from riskreg.records import (
    Action,
    Activity,
    Asset,
    Evidence,
    Incident,
    Measure,
    Record,
    Step,
    declared_links,
)
from riskreg.rules.checks.base import (
    POLICY,
    RECORDING,
    REVISING,
    ROLES,
    Check,
    Hit,
    check,
)
from riskreg.rules.checks.programme import counts, has_gap
from riskreg.rules.checks.snapshot import Snapshot
from riskreg.rules.showing import is_current

_SHOWN_IN: Final[Mapping[str, str]] = MappingProxyType(
    {"step": "steps", "measure": "measures", "activity": "activities"}
)
"""The field of a piece of evidence that links to each kind which has to be shown."""

_SINCE: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("incident", "closed"): "closed_at",
        ("asset", "disposed"): "last_disposal_on",
        ("step", "done"): "done_on",
        ("task", "done"): "done_on",
        ("task", "verified"): "done_on",
        ("activity", "done"): "done_on",
        ("transfer", "ended"): "ended_on",
    }
)
"""What says since when a status has held that ends something, by kind and status."""


@check(
    Record,
    "warning",
    field="owner",
    sentence=N_("Nobody answers for it: it has no owner."),
    source=ROLES,
)
def without_owner(record: Record, around: Snapshot) -> Iterator[Hit]:
    """A policy action as coverage says; anything else that is still counted on.

    The management is asked about those risks of them that are above what is accepted (`proposals.is_unowned`).
    """
    if "owner" not in declared_links(type(record)) or record.get("owner"):
        return
    if isinstance(record, Action):
        is_wanted = record.applies is not None and has_gap(record, "no_owner", around)
    else:
        is_wanted = around.is_kept(record)
    if is_wanted:
        yield Hit()


@check(
    Record,
    "warning",
    field="evidence_text",
    sentence=N_("It is called done or in place, and nothing shows that."),
    source=POLICY,
)
def done_without_evidence(record: Record, around: Snapshot) -> Iterator[Hit]:
    """A step that is ticked, a measure in place, an activity done: words that say what shows it, or a file."""
    match record:
        case Step():
            is_done = record.status == "done" and counts(record, around)
        case Measure():
            is_done = record.status == "in_place"
        case Activity():
            is_done = record.status == "done"
        case _:
            return
    is_shown = any(map(is_current, around.pointing(record, Evidence, _SHOWN_IN[record.kind])))
    if is_done and not is_shown and not record.evidence_text.strip():
        yield Hit()


@check(
    Record,
    "warning",
    field="",
    sentence=N_("Its status says that it is over or done, but not since when."),
    source=RECORDING,
)
def over_without_day(record: Record, around: Snapshot) -> Iterator[Hit]:
    """An incident closed, data disposed of (domain 5.5: what, when, who), a task done; of incidents completeness asks it too."""
    key = _SINCE.get((record.kind, getattr(record, "status", None) or ""))
    if key is None or record.get(key) is not None:
        return
    is_asked = not isinstance(record, Step) or counts(record, around)
    if is_asked and (not isinstance(record, Incident) or around.lacks(record, key)):
        yield Hit(field=key)


@check(
    Record,
    "warning",
    field="last_review_on",
    sentence=N_("It is in use or in place, and nobody has ever reviewed it."),
    source=REVISING,
)
def never_reviewed(record: Record, around: Snapshot) -> Iterator[Hit]:
    """An inventory is only worth what its last review is (domain 2.6); a policy action as coverage says."""
    match record:
        case Asset():
            is_wanted = record.status == "in_use" and record.last_review_on is None
        case Measure():
            is_wanted = record.status == "in_place" and record.last_review_on is None
        case Action():
            is_wanted = has_gap(record, "never_reviewed", around)
        case _:
            return
    if is_wanted:
        yield Hit()


CHECKS: Final[tuple[Check, ...]] = (
    without_owner,
    done_without_evidence,
    over_without_day,
    never_reviewed,
)
"""In the order in which they are asked."""
