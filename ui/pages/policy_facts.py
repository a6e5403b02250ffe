"""How the policy actions stand: the catalogue's text beside what the register holds, and what is tied to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple, cast

from riskreg import catalogue
from riskreg.catalogue import Category, PolicyAction, PolicyStep
from riskreg.programme import covered
from riskreg.records import Action, every_link
from riskreg.rules.coverage import Covered
from riskreg.views import Reader, View, Where
from ui.tables.listings import LISTINGS

TIED: Final = ("risks", "assets", "incidents", "measures", "tasks")
"""The links of an action that its row counts, in this order."""
_CHUNK: Final = 500
"""Records in one question."""


class StepState(NamedTuple):
    """One step: its text and how its record stands."""

    step: PolicyStep
    id: int
    status: str

    @property
    def is_done(self) -> bool:
        """It is ticked."""
        return self.status == "done"


class Tie(NamedTuple):
    """Records of one kind that are tied to an action: the field of the action, how many, and the list of them."""

    field: str
    number: int
    view: View


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionState:
    """One policy action: its text and how its record stands.

    Attributes:
        action: Its text.
        covered: How it stands; None where the register lacks it.
        steps: Its steps.
        ties: What is tied to it, only kinds of which there is something.
    """

    action: PolicyAction
    covered: Covered | None
    steps: tuple[StepState, ...]
    ties: tuple[Tie, ...]

    @property
    def id(self) -> int:
        """The record; 0 where the register lacks it."""
        return self.covered.action.id if self.covered else 0

    @property
    def status(self) -> str:
        """The key of its status."""
        return (self.covered and self.covered.action.status) or "not_started"

    @property
    def applies(self) -> str:
        """Whether it applies, by key; "" where nobody said."""
        return (self.covered and self.covered.action.applies) or ""

    @property
    def is_context(self) -> bool:
        """It only watches what the Government does."""
        return self.action.stance == "watch"

    @property
    def done(self) -> int:
        """Steps that are done."""
        return sum(step.is_done for step in self.steps)

    @property
    def counted(self) -> int:
        """Steps that apply."""
        return sum(step.status != "not_applicable" for step in self.steps)


class Group(NamedTuple):
    """The actions of one category, in the order of their codes."""

    category: Category
    actions: tuple[ActionState, ...]


def gather(reader: Reader, today: date) -> tuple[Group, ...]:
    """All policy actions by category.

    Args:
        reader: The register.
        today: The day where the organisation is.
    """
    known = {each.item.key: each for each in covered(reader, today).actions}
    ties = _ties(reader)
    return tuple(
        Group(
            category,
            tuple(
                _state(action, known.get(action.key), ties)
                for action in catalogue.policy_actions()
                if action.category == category.key
            ),
        )
        for category in catalogue.categories()
    )


def tied(field: str, id: int) -> View:
    """The list of the records that a field of an action ties to it."""
    link = every_link(Action)[field]
    return replace(LISTINGS[link.to].view(), where=(Where(link.back, "contains", id),))


def _state(
    action: PolicyAction, found: Covered | None, ties: Mapping[int, tuple[Tie, ...]]
) -> ActionState:
    steps = {step.ref: step for step in found.steps} if found else {}
    return ActionState(
        action=action,
        covered=found,
        steps=tuple(
            StepState(step, record.id, record.status or "open")
            for step in action.steps
            if (record := steps.get(step.key))
        ),
        ties=ties.get(found.action.id, ()) if found else (),
    )


def _ties(reader: Reader) -> Mapping[int, tuple[Tie, ...]]:
    """What is tied to each action, by its id, without what is in the bin; from its links, which is quicker than a question for each number."""
    view = View(kinds=("action",), columns=TIED)
    rows = reader.rows(view, reader.ids(view))
    values = {row.id: cast("tuple[frozenset[int], ...]", row.values) for row in rows}
    there = _there(reader, sorted({id for sets in values.values() for ids in sets for id in ids}))
    return {
        action: tuple(
            Tie(field, number, tied(field, action))
            for field, ids in zip(TIED, sets, strict=True)
            if (number := len(ids & there))
        )
        for action, sets in values.items()
    }


def _there(reader: Reader, ids: Sequence[int]) -> frozenset[int]:
    """Those of some records that are not in the bin."""
    found: set[int] = set()
    for start in range(0, len(ids), _CHUNK):
        names = reader.names(ids[start : start + _CHUNK])
        found.update(id for id, name in names.items() if not name.is_deleted)
    return frozenset(found)
