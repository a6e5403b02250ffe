"""Figures about the register: where the risks sit, how many of each level and status, what is open, overdue or lacking.

A figure is never without the list behind it: each question is a `View`, which the register counts
and the window opens. What a figure means is decided here once, for window, page and print.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from riskreg.errors import N_
from riskreg.records import KINDS, LISTED_KINDS
from riskreg.records.fields import Value
from riskreg.records.terms import Scale, Terms, Vocabulary
from riskreg.rules.practice import FOR_REAL
from riskreg.rules.scoring import level, score
from riskreg.views import Reader, View, Where

HEAT_KEYS: Final = ("residual_likelihood", "residual_impact")
"""What to tally for `heat_map`."""

STATUS_LISTS: Final[Mapping[str, str]] = {
    "incident": "incident_status",
    "risk": "risk_status",
    "asset": "asset_status",
    "measure": "measure_status",
    "task": "task_status",
    "processing": "processing_status",
    "transfer": "transfer_status",
    "activity": "activity_status",
    "evidence": "evidence_status",
}
"""The list of statuses of each kind that can be open."""


IN_FORCE: Final[Mapping[str, tuple[str, ...]]] = {"measure": ("in_place",)}
"""Statuses of what is done and still looked after: it has an owner and is reviewed."""


class Cell(NamedTuple):
    """A cell of the heat map: a step of each axis, the level of their score, how many risks sit there."""

    likelihood: int
    impact: int
    level: str | None
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Risks by likelihood and impact.

    Attributes:
        rows: Most likely first, each from the least impact to the greatest.
        unscored: Risks that have no place on it.
        otherwise: Risks that are not looked at, as another scale scores them.
    """

    rows: tuple[tuple[Cell, ...], ...]
    unscored: int
    otherwise: int = 0

    @property
    def scored(self) -> int:
        """Risks that have a place on it."""
        return sum(cell.number for row in self.rows for cell in row)


def heat_map(tally: Mapping[tuple[Value, ...], int], scale: Scale, otherwise: int = 0) -> HeatMap:
    """Risks on the organisation's scale.

    Args:
        tally: How many of the risks that it scores have each likelihood and impact; what is not on the
            scale counts as unscored.
        scale: The scale in force.
        otherwise: How many risks another scale scores.
    """
    rows = tuple(
        tuple(
            Cell(
                likely.value,
                impact.value,
                level(score(likely.value, impact.value, scale), scale),
                tally.get((likely.value, impact.value), 0),
            )
            for impact in scale.impact
        )
        for likely in reversed(scale.likelihood)
    )
    scored = sum(cell.number for row in rows for cell in row)
    return HeatMap(rows=rows, unscored=sum(tally.values()) - scored, otherwise=otherwise)


def counts(tally: Mapping[tuple[Value, ...], int], terms: Terms) -> Mapping[str | None, int]:
    """How many have each choice of a list, in its order, zeros of those on offer included; None counts those without any.

    Args:
        tally: How many have each value of one column.
        terms: The list of choices; levels and statuses are such lists.
    """
    found: dict[str | None, int] = {
        key: tally.get((key,), 0) for key in terms.keys if key in terms.offered or (key,) in tally
    }
    return {**found, None: sum(tally.values()) - sum(found.values())}


class Question(NamedTuple):
    """A figure that Home shows: its key, what it is called (a msgid), and the view that lists what is behind it."""

    key: str
    label: str
    view: View


class Figure(NamedTuple):
    """An answered question."""

    key: str
    label: str
    view: View
    number: int


_LACKS: Final = (
    ("aware_unknown", N_("Open incidents, unknown since when"), "incident", "aware_at"),
    ("not_scored", N_("Risks without a score"), "risk", "residual_score"),
    ("risk_owner", N_("Risks without owner"), "risk", "owner"),
    ("retention", N_("Data assets without retention"), "asset", "retention"),
    ("asset_owner", N_("Data assets without owner"), "asset", "owner"),
)


def is_open(kind: str, vocabulary: Vocabulary) -> tuple[Where, ...]:
    """The conditions that a record still calls for attention; one without a status does."""
    terms = vocabulary.terms_of(STATUS_LISTS[kind]).terms
    return tuple(Where("status", "!=", term.key) for term in terms if term.open is False)


def is_kept(kind: str, vocabulary: Vocabulary) -> tuple[Where, ...]:
    """The conditions that somebody still looks after a record: it is open, or done and in force."""
    terms = vocabulary.terms_of(STATUS_LISTS[kind])
    kept = terms.counting_as(*IN_FORCE.get(kind, ()))
    return tuple(
        Where("status", "!=", term.key)
        for term in terms.terms
        if term.open is False and term.key not in kept
    )


def open_records(kind: str, vocabulary: Vocabulary) -> View:
    """The records of a kind that still call for attention."""
    return View(kinds=(kind,), where=is_open(kind, vocabulary))


def overdue(today: date) -> View:
    """What had to be done before today, the oldest first; not what is only practised."""
    return View(
        kinds=LISTED_KINDS,
        columns=("ref", "title", "due_at"),
        where=(Where("due_at", "<", today), FOR_REAL),
        sort=(("due_at", False),),
    )


def scored_here(vocabulary: Vocabulary) -> tuple[Where, ...]:
    """The conditions that a risk is scored by the scale in force: it names no scale that scores otherwise."""
    others = sorted(vocabulary.other_scales)
    return tuple(Where("scored_by", "!=", frozenset({id})) for id in others)


def mapped_risks(vocabulary: Vocabulary) -> View:
    """The open risks of the heat map, which is that of the scale in force."""
    return View(kinds=("risk",), where=(*is_open("risk", vocabulary), *scored_here(vocabulary)))


def scored_otherwise(vocabulary: Vocabulary) -> View | None:
    """The open risks that another scale scores, which have no place on the heat map; None where there is no such scale."""
    others = tuple(sorted(vocabulary.other_scales))
    if not others:
        return None
    is_by = Where("scored_by", "in", others)
    return View(kinds=("risk",), where=(*is_open("risk", vocabulary), is_by))


def mapped(reader: Reader, view: View | None = None) -> HeatMap:
    """The heat map of a register.

    Args:
        reader: Who is asked.
        view: Which risks; all where it is None. Of them only open ones count.
    """
    vocabulary = reader.vocabulary
    of = replace(view or View(kinds=("risk",)), sort=())
    here, others = mapped_risks(vocabulary), scored_otherwise(vocabulary)
    tally = reader.tally(replace(of, where=(*of.where, *here.where)), HEAT_KEYS)
    otherwise = reader.count(replace(of, where=(*of.where, *others.where))) if others else 0
    return heat_map(tally, vocabulary.scale, otherwise)


def risks_at(likelihood: int, impact: int, vocabulary: Vocabulary) -> View:
    """The open risks in one cell of the heat map."""
    places = (Where(HEAT_KEYS[0], "=", likelihood), Where(HEAT_KEYS[1], "=", impact))
    asked = mapped_risks(vocabulary)
    return replace(asked, where=(*asked.where, *places))


def questions(vocabulary: Vocabulary, today: date) -> tuple[Question, ...]:
    """What Home asks besides: how many incidents are open, and what is overdue."""
    is_waiting = open_records("incident", vocabulary)
    return (
        Question("open_incidents", N_("Incidents that are open"), is_waiting),
        Question("overdue", N_("Things overdue"), overdue(today)),
    )


def lacks(vocabulary: Vocabulary, kinds: Iterable[str] = KINDS) -> tuple[Question, ...]:
    """What the register may lack, for these kinds: open records in which a field that matters is empty."""
    wanted = frozenset(kinds)
    return tuple(
        Question(
            key,
            label,
            View(kinds=(kind,), where=(*is_open(kind, vocabulary), Where(field, "empty"))),
        )
        for key, label, kind, field in _LACKS
        if kind in wanted
    )


def figures(asked: Sequence[Question], numbers: Sequence[int]) -> tuple[Figure, ...]:
    """Questions with the number of records that answer each, in the same order."""
    return tuple(
        Figure(question.key, question.label, question.view, number)
        for question, number in zip(asked, numbers, strict=True)
    )
