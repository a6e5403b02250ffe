"""A policy action of the 2023 Policy Statement, and the steps a small organisation takes for it.

The ref is the key of the catalogue row (`C3`, `C3.2`): the product's working numbering, not the
official one. The record keeps the
key; the title is derived from the catalogue and never copied into the journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from riskreg.errors import N_
from riskreg.records.base import Record
from riskreg.records.declaring import choice, day, derived_line, duration, line, links, prose

TIES = N_("Ties")
REVIEW = N_("Review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Record):
    """One of the 18 policy actions, and how this organisation stands to it."""

    kind: ClassVar[str] = "action"
    prefix: ClassVar[str] = ""
    numbering: ClassVar[Literal["plain", "yearly", "catalogue", "single"]] = "catalogue"
    icon: ClassVar[str] = "landmark"
    singular: ClassVar[str] = N_("Policy action")
    plural: ClassVar[str] = N_("Policy actions")

    title: str = derived_line(N_("Title"), short=True)
    applies: str | None = choice(N_("Applies to us"), "action_applies", short=True)
    reason_if_not: str = prose(N_("Why not, or why partly"), short=True)
    status: str | None = choice(N_("Status"), "action_status", short=True)
    owner: frozenset[int] = links(
        N_("Owner"),
        "owner",
        "party",
        "owned_actions",
        N_("Policy actions owned"),
        one=True,
        short=True,
    )
    due_on: date | None = day(N_("Due"), section=REVIEW, short=True)
    last_review_on: date | None = day(N_("Last review"), section=REVIEW)
    review_every_months: int | None = duration(
        N_("Review every (months)"), "months", section=REVIEW
    )
    risks: frozenset[int] = links(
        N_("Risks lowered"), "lowers", "risk", "actions", N_("Policy actions"), section=TIES
    )
    assets: frozenset[int] = links(
        N_("Data protected"), "protects", "asset", "actions", N_("Policy actions"), section=TIES
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Record):
    """One thing to do for a policy action, and the proof that it was done."""

    kind: ClassVar[str] = "step"
    prefix: ClassVar[str] = ""
    numbering: ClassVar[Literal["plain", "yearly", "catalogue", "single"]] = "catalogue"
    icon: ClassVar[str] = "list-checks"
    singular: ClassVar[str] = N_("Step")
    plural: ClassVar[str] = N_("Steps")

    title: str = derived_line(N_("Title"), short=True)
    status: str | None = choice(N_("Status"), "step_status", short=True)
    due_on: date | None = day(N_("Due"), short=True)
    done_on: date | None = day(N_("Done on"), short=True)
    done_by: str = line(N_("Done by"), short=True)
    evidence_text: str = prose(
        N_("Evidence"), short=True, help=N_("What shows that it was done, and where it is kept.")
    )
    evidence_until_on: date | None = day(
        N_("Evidence good until"), short=True, help=N_("When it must be done or shown again.")
    )
    action: frozenset[int] = links(
        N_("Policy action"), "step_of", "action", "steps", N_("Steps"), one=True, section=TIES
    )
