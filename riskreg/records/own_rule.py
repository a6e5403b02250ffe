"""A rule of notification that the organisation added itself.

The hours of a contract, an insurer, a regulator of its sector, a target of its own; made from a pattern of
the catalogue and always shown as its own (domain.md 2.10).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from riskreg.errors import N_
from riskreg.records import values
from riskreg.records.base import Record
from riskreg.records.declaring import choice, count, line, links, prose, yes_no

TIME = N_("Its time")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRule(Record):
    """One rule; its title is what it is called."""

    kind: ClassVar[str] = "own_rule"
    prefix: ClassVar[str] = "OR"
    by_title: ClassVar[bool] = False
    icon: ClassVar[str] = "timer"
    singular: ClassVar[str] = N_("Own rule of notification")
    plural: ClassVar[str] = N_("Own rules of notification")

    pattern: str = line(
        N_("Made from"), short=True, plain=True, help=N_("The key of a rule of the catalogue.")
    )
    in_use: bool | None = yes_no(N_("In use"), short=True)
    party: frozenset[int] = links(
        N_("Whom to tell"),
        "must_be_told",
        "party",
        "told_by_rule",
        N_("Rules that make us tell them"),
        one=True,
        short=True,
        help=N_("It counts where they are concerned; without one it counts always."),
    )
    recipient: str | None = choice(N_("To whom"), "notice_recipient", section=TIME)
    trigger: str | None = choice(N_("Counts from"), "rule_trigger", section=TIME, short=True)
    amount: values.Count | None = count(N_("Number"), section=TIME, short=True)
    unit: str | None = choice(N_("Unit of time"), "rule_unit", section=TIME, short=True)
    clause: str = line(N_("Clause"), section=TIME, help=N_("Where the contract or policy says so."))
    wording: str = prose(N_("Wording"), section=TIME)
