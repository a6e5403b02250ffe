"""How the policy actions stand: the catalogue's text beside what the register holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from riskreg import catalogue
from riskreg.catalogue import Category, PolicyAction, PolicyStep
from riskreg.views import Reader, Row, View

_ACTION: tuple[str, ...] = ("ref", "status", "applies", "due_at")
_STEP: tuple[str, ...] = ("ref", "status", "done_on")


class StepState(NamedTuple):
    """One step: its text and how its record stands."""

    step: PolicyStep
    id: int
    status: str

    @property
    def is_done(self) -> bool:
        """It is ticked."""
        return self.status == "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionState:
    """One policy action: its text and how its record stands; `id` is 0 where the register lacks it."""

    action: PolicyAction
    id: int
    status: str
    applies: str
    steps: tuple[StepState, ...]

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


def gather(reader: Reader) -> tuple[Group, ...]:
    """All policy actions by category."""
    actions, steps = _by_ref(reader, "action", _ACTION), _by_ref(reader, "step", _STEP)
    return tuple(
        Group(
            category,
            tuple(
                _state(action, actions, steps)
                for action in catalogue.policy_actions()
                if action.category == category.key
            ),
        )
        for category in catalogue.categories()
    )


def _by_ref(reader: Reader, kind: str, columns: tuple[str, ...]) -> dict[str, Row]:
    view = View(kinds=(kind,), columns=columns)
    return {str(row.values[0]): row for row in reader.rows(view, reader.ids(view))}


def _state(
    action: PolicyAction, actions: Mapping[str, Row], steps: Mapping[str, Row]
) -> ActionState:
    row = actions.get(action.key)
    return ActionState(
        action=action,
        id=row.id if row else 0,
        status=str((row and row.values[1]) or "not_started"),
        applies=str((row and row.values[2]) or ""),
        steps=tuple(
            StepState(step, found.id, str(found.values[1] or "open"))
            for step in action.steps
            if (found := steps.get(step.key))
        ),
    )
