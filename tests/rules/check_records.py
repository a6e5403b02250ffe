"""Records in a word each, as the checks are shown them, and what is known around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from riskreg.catalogue import vocabulary
from riskreg.checked_boards import with_boards
from riskreg.records import Action, Asset, Incident, Party, Record, Risk, ScoringScale, Step
from riskreg.records.terms import Dimension
from riskreg.records.values import Instant
from riskreg.rules import scales
from riskreg.rules.checks import Snapshot, found, snapshot
from riskreg.rules.coverage import Item
from riskreg.rules.own import overlaid
from riskreg.views import Name
from tests.conftest import NOW

Cases: TypeAlias = Mapping[str, Sequence[tuple[Sequence[Record], Sequence[Record]]]]
"""By check: records of which the first (id 1) has the fault, and others of which it just has not."""

TODAY = date(2026, 11, 20)
YESTERDAY, TOMORROW = date(2026, 11, 19), date(2026, 11, 21)
ITEMS = (
    Item(key="C3", category="C", stance="act"),
    Item(key="A1", category="A", stance="watch"),
)
NOON = datetime(2026, 11, 19, 4, tzinfo=UTC)
IN_THE_BIN = {90: Name("asset", "A-0090", "Old ledger", True)}


def at(text: str) -> Instant:
    return Instant.parse(text, "Asia/Hong_Kong")


def around(*records: Record, **given: Any) -> Snapshot:
    known = {
        "vocabulary": overlaid(vocabulary(), records), "today": TODAY, "items": ITEMS, "now": NOW,
    }  # fmt: skip
    return with_boards(snapshot(records, **{**known, **given}), NOW)


def asset(id: int = 1, **values: Any) -> Asset:
    return Asset(id=id, ref=f"A-{id:04}", title=f"Data {id}", **values)


def risk(id: int = 1, **values: Any) -> Risk:
    return Risk(id=id, ref=f"R-{id:04}", title=f"Risk {id}", **values)


def incident(id: int = 1, **values: Any) -> Incident:
    return Incident(id=id, ref=f"I-2026-{id:03}", title=f"Case {id}", **values)


def party(id: int = 1, **values: Any) -> Party:
    return Party(id=id, ref=f"P-{id:04}", title=f"Party {id}", **values)


def action(id: int = 1, ref: str = "C3", **values: Any) -> Action:
    return Action(id=id, ref=ref, title=f"Action {ref}", **values)


def step(id: int = 2, of: int = 1, **values: Any) -> Step:
    return Step(id=id, ref="C3.1", title="Step", action=frozenset({of}), **values)


def scored(likelihood: int, impact: int, level: str, **values: Any) -> Risk:
    return risk(
        residual_likelihood=likelihood, residual_impact=impact,
        residual_score=likelihood * impact, residual_level=level, **values,
    )  # fmt: skip


def banded(id: int = 2) -> ScoringScale:
    """The scale that ships with bands of money: up to HKD 10,000 the first step, above 2,000,000 the last."""
    bands = Dimension(key="money", currency="HKD", up_to=(10_000, 100_000, 500_000, 2_000_000))
    scale = replace(vocabulary().scale, dimensions=(bands,))
    return ScoringScale(id=id, ref=f"SC-{id:04}", title="With bands", text=scales.dumps(scale))


def processing(**values: Any) -> tuple[Party, Asset]:
    """A party with some values, and data in use that it processes."""
    held = asset(2, status="in_use", data_types=frozenset({"health"}), processors=frozenset({1}))
    return party(**values), held


HEALTH = frozenset({"health"})
ONE = frozenset({1})
TWO = frozenset({2})
WHOLE = {
    "accepted_by": TWO, "accepted_on": YESTERDAY, "accepted_until_on": TOMORROW,
    "acceptance_reason": "Too dear to mend",
}  # fmt: skip


def keys(records: Sequence[Record], id: int = 1) -> set[str]:
    """The checks that find something in a record."""
    findings = found(around(*records, gone=IN_THE_BIN))
    return {finding.check.key for finding in findings if finding.id == id}
