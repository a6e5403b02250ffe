"""Checks of how much risk the organisation takes: its appetite, its tolerance, and what was accepted beyond them (domain 4.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from riskreg.errors import N_
from riskreg.records import Organisation, Risk
from riskreg.rules.checks.base import ACCEPTING, Check, Hit, Term, check
from riskreg.rules.checks.snapshot import Snapshot

_LEADING: Final = N_("ISO 31000:2018, 6.3.4 (risk criteria)")


@check(
    Risk,
    "error",
    field="accepted_by",
    sentence=N_("It is accepted at the level {level}; the most that may be accepted is {most}."),
    source=ACCEPTING,
)
def accepted_beyond_tolerance(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """What is above the tolerance may not be accepted at all; where none is set, anything may."""
    of = around.organisation
    if of is None or risk.status != "accepted" or not (risk.residual_level and of.tolerance):
        return
    levels = around.vocabulary.terms_of("level")
    if levels.order(risk.residual_level) > levels.order(of.tolerance):
        facts = {"level": Term("level", risk.residual_level), "most": Term("level", of.tolerance)}
        yield Hit(facts=facts)


@check(
    Organisation,
    "error",
    field="tolerance",
    sentence=N_("The tolerance ({most}) is below the appetite ({level})."),
    source=_LEADING,
)
def tolerance_below_appetite(organisation: Organisation, around: Snapshot) -> Iterator[Hit]:
    """What needs no treatment would be more than what may be accepted."""
    most, level = organisation.tolerance, organisation.appetite
    levels = around.vocabulary.terms_of("level")
    if most and level and levels.order(most) < levels.order(level):
        yield Hit(facts={"most": Term("level", most), "level": Term("level", level)})


CHECKS: Final[tuple[Check, ...]] = (accepted_beyond_tolerance, tolerance_below_appetite)
"""In the order in which they are asked."""
