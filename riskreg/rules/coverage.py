"""How an organisation stands to the policy actions: which apply, how far each one is, and where the gaps are.

The measure is the product's own: a policy action is in place when its record says so, and a gap is
something that such a statement would need and lacks. An action that only watches what the
Government does (stance `watch`) is context and never a gap (domain 1.4).

Risks do not change what an action counts as: its record says what was done, a risk says whether that is
enough. An open risk that the action is to lower and that is above what is accepted is a gap, whether the
action is in place (it does not work well enough) or not (it is needed now). A risk that was accepted or
closed is no gap. Of an action whose text is unverified (domain 1.2) such risks are told, never a gap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, TypeAlias, TypeVar

from riskreg.errors import N_
from riskreg.records import Action, Evidence, Record, Risk, Step
from riskreg.records.terms import Vocabulary
from riskreg.rules.due import add_months
from riskreg.rules.meaning import meant
from riskreg.rules.proposals import ABOVE, is_above
from riskreg.rules.showing import current

Standing = Literal["in_place", "under_way", "not_started", "not_applicable", "context"]

STANDINGS: Final[Mapping[Standing, str]] = {
    "in_place": N_("In place"),
    "under_way": N_("Under way"),
    "not_started": N_("Not started"),
    "not_applicable": N_("Does not apply"),
    "context": N_("Context only"),
}
"""What each standing is called, in the order of a legend."""

GAPS: Final[Mapping[str, str]] = {
    "applies_unknown": N_("Not said whether it applies"),
    "no_reason": N_("No reason given why it does not apply, or only partly"),
    "status_contradicts": N_("Applies, but its status says it does not"),
    "no_owner": N_("No owner"),
    "overdue": N_("Not in place by its due date"),
    "steps_open": N_("Called in place with steps still open"),
    "no_evidence": N_("A step is done without evidence"),
    "evidence_expired": N_("The evidence of a step is no longer good"),
    "risks_above": N_("Open risks above what is accepted"),
    "never_reviewed": N_("In place, never reviewed"),
    "review_overdue": N_("Review overdue"),
}
"""What each gap is called, in the order in which they are told."""

RISKS_ABOVE: Final = (
    N_("{number} open risk above what is accepted"),
    N_("{number} open risks above what is accepted"),
)
"""The gap `risks_above` of one action, with its number: one and many."""

_Files: TypeAlias = Mapping[int, Sequence[Evidence]]
"""The files kept as evidence by the step that they show."""

_R = TypeVar("_R", bound=Record)

_IN_PLACE: Final = ("in_place", "verified")
_UNDER_WAY: Final = ("planned", "in_progress")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What the catalogue says of a policy action, as far as coverage asks.

    Attributes:
        key: Its code, the ref of its record.
        category: Key of its category.
        stance: `act`, `prepare` or `watch`.
        is_verified: Its text was found in a source, wholly or in part.
    """

    key: str
    category: str
    stance: str
    is_verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """How one policy action stands.

    Attributes:
        item: The action in the catalogue.
        action: Its record, as it is kept.
        steps: The records of its steps in order, in the words of the built-in choices.
        standing: What it counts as.
        done: Steps that are done.
        counted: Steps that apply.
        incidents: Ids of the incidents that showed a gap in it.
        gaps: Keys of `GAPS`.
        above: Ids of the open risks it is to lower that are above what is accepted, also where they are no gap.
    """

    item: Item
    action: Action
    steps: tuple[Step, ...]
    standing: Standing
    done: int
    counted: int
    incidents: frozenset[int]
    gaps: tuple[str, ...]
    above: frozenset[int] = frozenset()

    @property
    def next_step(self) -> Step | None:
        """The first open step, the earliest due first; None where all are done or the action asks nothing."""
        if self.standing in ("context", "not_applicable"):
            return None
        still = [step for step in self.steps if step.status in ("open", None)]
        return min(still, key=lambda step: step.due_on or date.max, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How all policy actions stand, in the order of the catalogue."""

    actions: tuple[Covered, ...]

    def of(self, category: str) -> tuple[Covered, ...]:
        """The actions of one category."""
        return tuple(each for each in self.actions if each.item.category == category)

    def totals(self) -> Mapping[Standing, int]:
        """How many actions stand so, for every standing."""
        found = Counter(each.standing for each in self.actions)
        return {standing: found[standing] for standing in STANDINGS}

    @property
    def applying(self) -> int:
        """Actions that apply and ask something of an organisation."""
        totals = self.totals()
        return totals["in_place"] + totals["under_way"] + totals["not_started"]

    def gaps(self) -> Mapping[str, int]:
        """How many actions have each gap, those that nobody has left out."""
        found = Counter(gap for each in self.actions for gap in each.gaps)
        return {gap: found[gap] for gap in GAPS if found[gap]}


def coverage(
    items: Iterable[Item],
    actions: Iterable[Action],
    steps: Iterable[Step],
    incidents: Mapping[int, frozenset[int]],
    today: date,
    evidence: Iterable[Evidence] = (),
    risks: Iterable[Risk] = (),
    above: frozenset[str] = ABOVE,
    vocabulary: Vocabulary | None = None,
) -> Coverage:
    """How the policy actions stand.

    Args:
        items: The catalogue, in its order; an item without a record is left out.
        actions: The records.
        steps: The records of their steps, in order.
        incidents: The incidents that showed a gap, by the id of the action.
        today: The day where the organisation is.
        evidence: The files kept as evidence, those in the bin left out.
        risks: The risks, those in the bin left out; only those that actions are to lower matter.
        above: The levels of risk above what is accepted (`proposals.levels_above`).
        vocabulary: What the organisation's own choices count as; None where the records speak of the
            built-in ones already.
    """
    files = _by_step(_meant(evidence, vocabulary))
    high = frozenset(risk.id for risk in _meant(risks, vocabulary) if is_above(risk, above))
    by_ref = {action.ref: action for action in actions}
    by_action: dict[int, list[Step]] = {}
    for step in _meant(steps, vocabulary):
        for id in step.action:
            by_action.setdefault(id, []).append(step)
    return Coverage(
        actions=tuple(
            replace(
                _covered(
                    item, meaning, by_action.get(action.id, ()), incidents, today, files, high
                ),
                action=action,
            )
            for item in items
            if (action := by_ref.get(item.key))
            for meaning in _meant((action,), vocabulary)
        )
    )


def _meant(records: Iterable[_R], vocabulary: Vocabulary | None) -> Iterable[_R]:
    if vocabulary is None:
        return records
    return [meant(record, vocabulary) for record in records]


def _covered(
    item: Item,
    action: Action,
    steps: Sequence[Step],
    incidents: Mapping[int, frozenset[int]],
    today: date,
    files: _Files,
    high: frozenset[int],
) -> Covered:
    standing = standing_of(item.stance, action.applies, action.status)
    above = action.risks & high
    told = bool(above) and item.is_verified
    return Covered(
        item=item,
        action=action,
        steps=tuple(steps),
        standing=standing,
        done=sum(step.status == "done" for step in steps),
        counted=sum(step.status != "not_applicable" for step in steps),
        incidents=incidents.get(action.id, frozenset()),
        gaps=() if standing == "context" else tuple(_gaps(action, steps, today, files, told)),
        above=above,
    )


def standing_of(stance: str, applies: str | None, status: str | None) -> Standing:
    """What an action counts as; one of which nobody said whether it applies counts as applying."""
    if stance == "watch":
        return "context"
    if applies == "no" or status == "not_applicable":
        return "not_applicable"
    if status in _IN_PLACE:
        return "in_place"
    return "under_way" if status in _UNDER_WAY else "not_started"


def _gaps(
    action: Action, steps: Sequence[Step], today: date, files: _Files, has_risks: bool
) -> Iterator[str]:
    """In the order of `GAPS`."""
    if action.applies is None:
        yield "applies_unknown"
    if action.applies in ("no", "partly") and not action.reason_if_not.strip():
        yield "no_reason"
    if action.applies == "no":
        return
    if action.status == "not_applicable":
        if action.applies is not None:
            yield "status_contradicts"
        return
    if not action.owner:
        yield "no_owner"
    yield from _dated_gaps(action, steps, today, files, has_risks)


def _dated_gaps(
    action: Action, steps: Sequence[Step], today: date, files: _Files, has_risks: bool
) -> Iterator[str]:
    is_in_place = action.status in _IN_PLACE
    if not is_in_place and action.due_on is not None and action.due_on < today:
        yield "overdue"
    if is_in_place and any(step.status in ("open", None) for step in steps):
        yield "steps_open"
    done = [step for step in steps if step.status == "done"]
    if any(not step.evidence_text.strip() and step.id not in files for step in done):
        yield "no_evidence"
    if any(_is_expired(step, files.get(step.id, ()), today) for step in done):
        yield "evidence_expired"
    if has_risks:
        yield "risks_above"
    if is_in_place and action.last_review_on is None:
        yield "never_reviewed"
    elif _is_review_overdue(action, today):
        yield "review_overdue"


def _is_expired(step: Step, files: Sequence[Evidence], today: date) -> bool:
    """What shows it has a last day that is over; files count where nothing else is said to show it."""
    if step.evidence_until_on is not None:
        return step.evidence_until_on < today
    ends = [file.valid_until_on for file in files]
    return (
        bool(ends)
        and all(end is not None and end < today for end in ends)
        and not step.evidence_text.strip()
    )


def _by_step(evidence: Iterable[Evidence]) -> _Files:
    """The files that show each step."""
    found: dict[int, list[Evidence]] = {}
    for file in current(evidence):
        for step in file.steps:
            found.setdefault(step, []).append(file)
    return found


def _is_review_overdue(action: Action, today: date) -> bool:
    if action.last_review_on is None or not action.review_every_months:
        return False
    return add_months(action.last_review_on, action.review_every_months) < today
