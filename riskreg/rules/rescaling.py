"""What it means to put another scale in force: which risks change their level, and which scores have no step.

A score that the new scale lacks is never cut to its highest step: somebody says which step it becomes,
or it stays as it was given and has no level. Or the old scores keep the old scale: then each risk says
that it is scored by that, and nothing of it moves. A risk that says so already is not moved either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

from riskreg.changes import Change, edit
from riskreg.records import Risk, fields, stored
from riskreg.records.terms import Scale
from riskreg.rules.scoring import level, score

Axis: TypeAlias = Literal["likelihood", "impact"]
AXES: Final[tuple[Axis, ...]] = ("likelihood", "impact")
STAGES: Final = ("inherent", "residual", "target")
_SCORES: Final[Mapping[str, Axis]] = {
    key: "likelihood" if what.axis == "likelihood" else "impact"
    for key, what in stored(Risk).items()
    if isinstance(what, fields.Score)
}
"""The axis of each field that holds a step, the dimensions of impact among them."""
Mapped: TypeAlias = Mapping[tuple[Axis, int], int]
"""The step of the new scale that a step of the old one becomes."""


class Move(NamedTuple):
    """A level that changes; None where there is none, before or after."""

    risk: Risk
    stage: str
    was: str | None
    now: str | None


class Missing(NamedTuple):
    """A score that the new scale has no step for, and the ids of the risks that have it."""

    axis: Axis
    value: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What would change.

    Attributes:
        moves: In the order of the risks; one for each stage whose level changes.
        missing: By axis and value; each waits for a step of the new scale.
        looked_at: How many risks were looked at.
    """

    moves: tuple[Move, ...]
    missing: tuple[Missing, ...]
    looked_at: int


def effect(old: Scale, new: Scale, risks: Iterable[Risk], mapped: Mapped | None = None) -> Effect:
    """What would change if another scale came into force.

    Args:
        old: The scale in force.
        new: The one that would be.
        risks: Those of the register; one with a scale of its own is left out.
        mapped: What was said of scores so far.
    """
    known = mapped or {}
    looked_at = [risk for risk in risks if not risk.scored_by]
    moves = [move for risk in looked_at for move in _moves(risk, old, new, known)]
    lost: dict[tuple[Axis, int], list[int]] = {}
    for risk in looked_at:
        for place in sorted(_places(risk)):
            if place not in known and not 1 <= place[1] <= len(getattr(new, place[0])):
                lost.setdefault(place, []).append(risk.id)
    missing = (Missing(*place, tuple(lost[place])) for place in sorted(lost, key=_in_order))
    return Effect(moves=tuple(moves), missing=tuple(missing), looked_at=len(looked_at))


def _in_order(place: tuple[Axis, int]) -> tuple[int, int]:
    return AXES.index(place[0]), place[1]


def _places(risk: Risk) -> set[tuple[Axis, int]]:
    """The scores that a risk has, by axis."""
    pairs = ((axis, _given(risk, key)) for key, axis in _SCORES.items())
    return {(axis, value) for axis, value in pairs if value is not None}


def _given(risk: Risk, key: str) -> int | None:
    value = risk.get(key)
    return value if isinstance(value, int) else None


def _moves(risk: Risk, old: Scale, new: Scale, mapped: Mapped) -> Iterator[Move]:
    for stage in STAGES:
        likelihood, impact = (_given(risk, f"{stage}_{axis}") for axis in AXES)
        was = level(score(likelihood, impact, old), old)
        steps = (
            _becomes("likelihood", likelihood, mapped),
            _becomes("impact", impact, mapped),
        )
        now = level(score(*steps, new), new)
        if was != now:
            yield Move(risk, stage, was, now)


def _becomes(axis: Axis, value: int | None, mapped: Mapped) -> int | None:
    return None if value is None else mapped.get((axis, value), value)


def changes(risks: Iterable[Risk], mapped: Mapped) -> tuple[Change, ...]:
    """The changes that give risks the steps that were said; they belong in one set with the scale's own."""
    found = (edit(risk, _values(risk, mapped)) for risk in risks if not risk.scored_by)
    return tuple(change for change in found if change is not None)


def _values(risk: Risk, mapped: Mapped) -> dict[str, int | None]:
    return {
        key: _becomes(axis, value, mapped)
        for key, axis in _SCORES.items()
        if (value := _given(risk, key)) is not None
    }


def keeping(risks: Iterable[Risk], scale: int) -> tuple[Change, ...]:
    """The changes after which scores keep the scale they were given by.

    Args:
        risks: Those of the register; one without scores, or with a scale of its own, stays as it is.
        scale: The id of the record of that scale; negative for one that is new in the same set.
    """
    scored = (risk for risk in risks if not risk.scored_by and _places(risk))
    found = (edit(risk, {"scored_by": frozenset({scale})}) for risk in scored)
    return tuple(change for change in found if change is not None)
