"""What a manager is asked to decide: each rule finds records about which somebody above the DPO has not spoken yet.

What is above is what an organisation does not accept without saying so: what exceeds the appetite
that its management has set, and high and critical where it has set none (domain 4.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from riskreg.errors import N_
from riskreg.records import Action, Incident, Risk
from riskreg.records.terms import Terms
from riskreg.rules.next_step import is_over

ABOVE: Final = frozenset({"high", "critical"})
"""Levels of risk that are not accepted by silence, where the management has set no appetite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a proposal is put, as msgids with the placeholders `title ref level day number`."""

    title: str
    reason: str
    by: str = ""


RULES: Final = {
    "undecided": Wording(
        title=N_("Notify: {title}"),
        reason=N_(
            "{ref} is not assessed. Tell the people and the PCPD where harm is a real risk."
        ),
        by=N_("as soon as practicable"),
    ),
    "untreated": Wording(
        title=N_("Choose a treatment: {title}"),
        reason=N_("{ref} is {level}, and no treatment is chosen."),
    ),
    "unaccepted": Wording(
        title=N_("Accept this risk: {title}"),
        reason=N_("{ref} is {level} and is to be kept, but nobody has accepted it."),
    ),
    "late": Wording(
        title=N_("Set a new date, or give more means: {title}"),
        reason=N_("{ref} is {level}; its treatment was due on {day}."),
    ),
    "unowned": Wording(
        title=N_("Name an owner: {title}"),
        reason=N_("{ref} is {level}, and nobody is responsible."),
    ),
    "unanswered": Wording(
        title=N_("Say which policy actions apply to us"),
        reason=N_("{number} of them have no answer yet."),
    ),
}  # fmt: skip
"""What each rule is called on paper, in the order of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One decision that is asked for.

    Attributes:
        rule: A key of `RULES`.
        ids: The records it is about; a rule over many names them together.
    """

    rule: str
    ids: tuple[int, ...]


def is_undecided(incident: Incident) -> bool:
    """An open incident of which nobody said how bad it is for the people.

    Source: PCPD, Guidance on Data Breach Handling (30 June 2023), steps 3 and 4 (domain 2.3).
    """
    is_real = not incident.near_miss and not incident.drill
    return is_real and not is_over(incident) and incident.assessed_at is None


def is_untreated(risk: Risk, above: frozenset[str] = ABOVE) -> bool:
    """A risk above what is accepted without a treatment (ISO 31000:2018, 6.5; domain 4.4)."""
    return is_above(risk, above) and risk.treatment is None


def is_unaccepted(risk: Risk, above: frozenset[str] = ABOVE) -> bool:
    """A risk above what is accepted that shall be kept, which somebody must accept (ISO/IEC 27005; domain 4.4)."""
    return is_above(risk, above) and risk.treatment == "retain"


def is_late(risk: Risk, today: date, above: frozenset[str] = ABOVE) -> bool:
    """A risk above what is accepted whose treatment is not done by its day (domain 4.4)."""
    return is_above(risk, above) and risk.due_on is not None and risk.due_on < today


def is_unowned(risk: Risk, above: frozenset[str] = ABOVE) -> bool:
    """A risk above what is accepted that nobody answers for (ISO 31000:2018, 5.4.3)."""
    return is_above(risk, above) and not risk.owner


def is_unanswered(action: Action) -> bool:
    """A policy action of which nobody said whether it applies (Policy Statement of 8 December 2023; domain 1.4)."""
    return action.applies is None


def levels_above(appetite: str | None, levels: Terms) -> frozenset[str]:
    """The levels that exceed an appetite, itself a key of the list `level`."""
    if not appetite:
        return ABOVE
    most = levels.order(appetite)
    return frozenset(term.key for term in levels.terms if levels.order(term.key) > most)


def is_above(risk: Risk, above: frozenset[str] = ABOVE) -> bool:
    """Whether the level of a risk is one of `above`, and it is neither accepted nor closed."""
    return risk.residual_level in above and risk.status not in ("accepted", "closed")


def proposals(
    incidents: Iterable[Incident],
    risks: Iterable[Risk],
    actions: Iterable[Action],
    today: date,
    above: frozenset[str] = ABOVE,
) -> tuple[Proposal, ...]:
    """What is to be decided, in the order of `RULES`; of each risk only the first thing that it lacks.

    Args:
        incidents: In the order of the page.
        risks: Likewise, worst first.
        actions: Those that ask something of an organisation.
        today: Where the organisation is.
        above: The levels that are not accepted by silence (`levels_above`).
    """
    found = [Proposal(rule="undecided", ids=(each.id,)) for each in incidents if is_undecided(each)]
    found += [
        Proposal(rule=rule, ids=(risk.id,))
        for risk in risks
        if (rule := next(_lacking(risk, today, above), ""))
    ]
    order = list(RULES)
    found.sort(key=lambda proposal: order.index(proposal.rule))
    if unanswered := tuple(action.id for action in actions if is_unanswered(action)):
        found.append(Proposal(rule="unanswered", ids=unanswered))
    return tuple(found)


def _lacking(risk: Risk, today: date, above: frozenset[str]) -> Iterator[str]:
    if is_untreated(risk, above):
        yield "untreated"
    if is_unaccepted(risk, above):
        yield "unaccepted"
    if is_late(risk, today, above):
        yield "late"
    if is_unowned(risk, above):
        yield "unowned"
