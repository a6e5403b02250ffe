"""How the policy actions stand: the catalogue's text beside what the register holds, and what is tied to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from riskreg import catalogue
from riskreg.catalogue import Category, PolicyAction, PolicyStep
from riskreg.programme import covered
from riskreg.records import Action, every_link
from riskreg.rules.coverage import Covered
from riskreg.views import Reader, View, Where
from ui.tables.listings import LISTINGS

TIED: Final = ("risks", "assets", "incidents", "measures", "tasks")
"""The links of an action that its row counts, in this order."""


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
    return tuple(
        Group(
            category,
            tuple(
                _state(reader, action, known)
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


def _state(reader: Reader, action: PolicyAction, known: Mapping[str, Covered]) -> ActionState:
    found = known.get(action.key)
    steps = {step.ref: step for step in found.steps} if found else {}
    return ActionState(
        action=action,
        covered=found,
        steps=tuple(
            StepState(step, record.id, record.status or "open")
            for step in action.steps
            if (record := steps.get(step.key))
        ),
        ties=tuple(_ties(reader, found.action.id)) if found else (),
    )


def _ties(reader: Reader, id: int) -> list[Tie]:
    views = {field: tied(field, id) for field in TIED}
    found = [Tie(field, reader.count(view), view) for field, view in views.items()]
    return [tie for tie in found if tie.number]
