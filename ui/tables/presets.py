"""The usual ways to narrow each list a person can open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from riskreg.errors import N_
from riskreg.records.terms import Vocabulary
from riskreg.rules.statistics import is_open, overdue
from riskreg.views import Where
from ui.tables.listings import WEEK, Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A usual way to narrow a list: its name (a msgid) and its conditions."""

    label: str
    where: tuple[Where, ...] = ()


def presets(listing: Listing, vocabulary: Vocabulary, today: date) -> tuple[Preset, ...]:
    """The usual ways to narrow a list, the whole list first."""
    own = _todo(today) if listing.key == "todo" else ()
    by_kind = _PRESETS.get(listing.key)
    return (Preset(label=N_("All")), *own, *(by_kind(vocabulary) if by_kind else ()))


def open_statuses(kind: str, vocabulary: Vocabulary) -> Where:
    """The condition that a record still calls for attention."""
    terms = vocabulary.terms_of(f"{kind}_status")
    return Where("status", "in", tuple(term.key for term in terms.terms if term.open))


def _counting(vocabulary: Vocabulary, kind: str, *statuses: str) -> Where:
    """The condition that a status is one of these, or counts as one."""
    return Where("status", "in", vocabulary.terms_of(f"{kind}_status").counting_as(*statuses))


def _todo(today: date) -> tuple[Preset, ...]:
    return (
        Preset(label=N_("Overdue"), where=overdue(today).where),
        Preset(label=N_("Within seven days"), where=(Where("due_at", "<=", today + WEEK),)),
    )


def _incidents(vocabulary: Vocabulary) -> tuple[Preset, ...]:
    return (
        Preset(label=N_("All open"), where=is_open("incident", vocabulary)),
        Preset(label=N_("Near misses"), where=(Where("near_miss", "=", True),)),
        Preset(label=N_("Not yet aware"), where=(Where("aware_at", "empty", True),)),
    )


def _risks(vocabulary: Vocabulary) -> tuple[Preset, ...]:
    return (
        Preset(label=N_("All open"), where=is_open("risk", vocabulary)),
        Preset(label=N_("High and critical"), where=(Where("residual_level", "in", ("high", "critical")),)),
        Preset(label=N_("Without owner"), where=(Where("owner", "empty", True),)),
        Preset(label=N_("Not scored"), where=(Where("residual_score", "empty", True),)),
    )  # fmt: skip


def _assets(vocabulary: Vocabulary) -> tuple[Preset, ...]:
    return (
        Preset(label=N_("In use"), where=(_counting(vocabulary, "asset", "in_use"),)),
        Preset(label=N_("Without retention"), where=(Where("retention", "empty", True),)),
        Preset(label=N_("Without owner"), where=(Where("owner", "empty", True),)),
    )


def _steps(vocabulary: Vocabulary) -> tuple[Preset, ...]:
    return (
        Preset(label=N_("Open steps"), where=(open_statuses("step", vocabulary),)),
        Preset(label=N_("Steps done"), where=(_counting(vocabulary, "step", "done"),)),
    )


def _tasks(vocabulary: Vocabulary) -> tuple[Preset, ...]:
    return (
        Preset(label=N_("All open"), where=is_open("task", vocabulary)),
        Preset(
            label=N_("Done, not verified"),
            where=(_counting(vocabulary, "task", "done"),),
        ),
        Preset(label=N_("Without owner"), where=(Where("owner", "empty", True),)),
    )


def _measures(vocabulary: Vocabulary) -> tuple[Preset, ...]:
    return (
        Preset(label=N_("In place"), where=(_counting(vocabulary, "measure", "in_place"),)),
        Preset(
            label=N_("Not in place yet"),
            where=(_counting(vocabulary, "measure", "proposed", "agreed", "being_built"),),
        ),
        Preset(label=N_("Not tried yet"), where=(Where("effectiveness", "empty", True),)),
    )


def _activities(vocabulary: Vocabulary) -> tuple[Preset, ...]:
    return (
        Preset(label=N_("Planned"), where=is_open("activity", vocabulary)),
        Preset(label=N_("Done"), where=(_counting(vocabulary, "activity", "done"),)),
    )


def _transfers(vocabulary: Vocabulary) -> tuple[Preset, ...]:
    return (
        Preset(label=N_("All open"), where=is_open("transfer", vocabulary)),
        Preset(
            label=N_("Not filed"),
            where=(Where("filing_due_on", "empty", False), Where("filed_on", "empty", True)),
        ),
    )


def _evidence(vocabulary: Vocabulary) -> tuple[Preset, ...]:
    return (
        Preset(label=N_("Current"), where=is_open("evidence", vocabulary)),
        Preset(label=N_("Replaced"), where=(_counting(vocabulary, "evidence", "replaced"),)),
    )


_PRESETS: Final = {
    "evidence": _evidence,
    "task": _tasks,
    "measure": _measures,
    "activity": _activities,
    "transfer": _transfers,
    "incident": _incidents,
    "risk": _risks,
    "asset": _assets,
    "step": _steps,
}
