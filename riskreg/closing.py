"""Closing an incident: what would be missing, and the review with what follows from it, as one change set.

What regulators and auditors ask for when they look back is in domain.md 5.6; a linked risk is scored again
after each incident (domain.md 4.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from riskreg import clock
from riskreg.cases import Case, case_of
from riskreg.changes import Change, ChangeSet, addition, edit
from riskreg.checked_boards import with_boards
from riskreg.errors import N_, Expected
from riskreg.moved_times import REASON, reason_for
from riskreg.programme import items
from riskreg.records import Incident, Risk
from riskreg.records.fields import Fields, Value
from riskreg.records.terms import Scale
from riskreg.records.values import Instant
from riskreg.rules.checks import Finding, found, taken
from riskreg.rules.next_step import OVER
from riskreg.views import Reader
from riskreg.work import QUIET, Work

ACT: Final = "close_incident"
AGAIN: Final = N_("It was opened again and is closed again.")
"""Why the moment of closing changes; in the language of whoever closes."""
ASKED_HERE: Final = frozenset({"closed_without_review", "closed_with_open_tasks"})
"""Checks about what the review itself asks for."""
_DIMENSIONS: Final = (
    "impact_people", "impact_legal", "impact_money", "impact_operations", "impact_reputation",
)  # fmt: skip


class Measure(NamedTuple):
    """Something to be done against a repeat.

    Attributes:
        title: What.
        due_on: Until when.
    """

    title: str
    due_on: date | None = None


class Rescored(NamedTuple):
    """A risk that came true, scored again.

    Attributes:
        risk: As it is.
        likelihood: A step of the scale.
        impact: A step of the scale; None leaves it as it is.
        reason: Why.
    """

    risk: Risk
    likelihood: int | None
    impact: int | None
    reason: str


def lacks(reader: Reader, id: int, today: date, work: Work = QUIET) -> tuple[Finding, ...]:
    """What the checks would say of an incident, and of what belongs to it, were it closed now; the gravest first.

    Args:
        reader: The register; only this thread may use it meanwhile.
        id: Of the incident.
        today: The day where the organisation is.
        work: Progress; may cancel.
    """
    now = clock.now()
    snapshot = with_boards(taken(reader, items(), today, work, now), now)
    incident = snapshot.records.get(id)
    if not isinstance(incident, Incident):
        return ()
    case = case_of(reader, id)
    if not is_over(case):
        closed_at = incident.closed_at or Instant.at(now)
        incident = incident.having({"status": "closed", "closed_at": closed_at})
    looked_at = replace(snapshot, records={**snapshot.records, id: incident})
    own = {id, *_belonging(case)}
    return tuple(
        each
        for each in found(looked_at, work)
        if each.id in own and each.check.key not in ASKED_HERE
    )


def is_over(case: Case) -> bool:
    """Whether an incident is closed already, or was found to be no breach: its status stays as it is."""
    return (case.meant or case).incident.status in OVER


def proposed(risk: Risk, scale: Scale) -> int | None:
    """The likelihood that is proposed for a risk that came true: one step higher; None where there is none higher."""
    if risk.residual_likelihood is None:
        return None
    higher = [each.value for each in scale.likelihood if each.value > risk.residual_likelihood]
    return min(higher, default=None)


def has_dimensions(risk: Risk) -> bool:
    """Whether its impact follows from what it falls on, and is not set by itself."""
    return any(risk.get(key) is not None for key in _DIMENSIONS)


def close(
    case: Case,
    review: Fields,
    *,
    measures: Sequence[Measure] = (),
    rescored: Iterable[Rescored] = (),
    at: Instant,
    is_closed: bool = True,
    why_again: str = "",
) -> ChangeSet:
    """The change set that keeps a review, makes its measures tasks, scores risks again, and closes the incident.

    Args:
        case: Of the incident.
        review: `root_cause lessons prevention_words actions` of the incident, those that are given.
        measures: Tasks of the type "corrective": done is not verified.
        rescored: Risks that came true; each notes the incident it follows from and the reason, which a
            privileged incident keeps to itself.
        at: When.
        is_closed: It is closed; otherwise, and where it is over already, only the review is kept.
        why_again: Why its moment of closing changes, where it was closed before and opened again; "" leaves
            that moment, from which clocks run.

    Raises:
        Expected: A risk is scored again without a reason ("rescored_why").
    """
    incident = case.incident
    today, again = at.local.date(), tuple(rescored)
    values: dict[str, Value] = {**review, "reviewed_on": incident.reviewed_on or today}
    if is_closed and not is_over(case):
        values["status"] = "closed"
        values |= _closed(incident, at, why_again)
    if incident.is_privileged and again:
        said = (_note(today, each.risk.ref, each.reason) for each in again)
        values["notes"] = "\n".join(filter(None, (incident.notes, *said)))
    own = edit(incident, values)
    changes = [
        *((own,) if own else ()),
        *(_task(case, each, -1 - place) for place, each in enumerate(measures)),
        *_scored(case, again, today),
    ]
    return ChangeSet(act=ACT, changes=tuple(changes), facts={"refs": incident.ref})


def _closed(incident: Incident, at: Instant, why: str) -> dict[str, Value]:
    """The moment of closing; of one that was opened again the new one, with the reason."""
    if incident.closed_at is None:
        return {"closed_at": at}
    if incident.status is None or not why:
        return {}
    after: dict[str, Value] = {"closed_at": at}
    return {**after, REASON: reason_for(incident, after, ["closed_at"], why)}


def _task(case: Case, measure: Measure, id: int) -> Change:
    incident = case.incident
    return addition(
        "task",
        {
            "title": measure.title.strip(),
            "task_type": "corrective",
            "status": "to_do",
            "due_on": measure.due_on,
            "incidents": frozenset({incident.id}),
            "risks": incident.risks,
            "is_privileged": incident.is_privileged,
        },
        id,
    )


def _scored(case: Case, rescored: Iterable[Rescored], today: date) -> Iterator[Change]:
    for risk, likelihood, impact, reason in rescored:
        if not reason.strip():
            raise Expected("rescored_why", ref=risk.ref)
        said = _note(today, case.incident.ref, "" if case.incident.is_privileged else reason)
        values: dict[str, Value] = {
            "residual_likelihood": likelihood,
            "last_review_on": today,
            "notes": "\n".join(filter(None, (risk.notes, said))),
        }
        if impact is not None:
            values["residual_impact"] = impact
        if change := edit(risk, values):
            yield change


def _note(today: date, ref: str, reason: str) -> str:
    return f"{today.isoformat()}, {ref}" + (f": {reason.strip()}" if reason else "")


def _belonging(case: Case) -> Iterator[int]:
    """What is part of an incident; tasks and risks are looked at in the review itself."""
    for records in (case.assessments, case.decisions, case.notices, case.entries, case.evidence):
        yield from (each.id for each in records)
