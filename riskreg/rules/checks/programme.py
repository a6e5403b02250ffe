"""Checks of policy actions and their steps: what an action claims and its steps do not bear out (domain 1.4).

The gaps themselves are found in `rules.coverage`; here they become findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from riskreg.errors import N_
from riskreg.records import Action, Step
from riskreg.rules.checks.base import POLICY, Check, Hit, Term, check
from riskreg.rules.checks.snapshot import Snapshot


def has_gap(action: Action, gap: str, around: Snapshot) -> bool:
    """Whether coverage finds this gap; a policy action that only watches the Government has none."""
    covered = around.covered.get(action.id)
    return covered is not None and gap in covered.gaps


def counts(step: Step, around: Snapshot) -> bool:
    """Whether the policy action of a step asks something of us."""
    found = [around.covered[id] for id in step.action if id in around.covered]
    return all(each.standing not in ("context", "not_applicable") for each in found)


@check(
    Action,
    "error",
    field="status",
    sentence=N_("It is called in place, but steps are still open: {refs}."),
    source=POLICY,
)
def in_place_with_open_steps(action: Action, around: Snapshot) -> Iterator[Hit]:
    """Coverage: `steps_open`."""
    if has_gap(action, "steps_open", around):
        steps = around.covered[action.id].steps
        still = (step.ref for step in steps if step.status in ("open", None))
        yield Hit(facts={"refs": tuple(still)})


@check(
    Action,
    "warning",
    field="reason_if_not",
    sentence=N_("It is said not to apply, or only in part, without a reason."),
    source=POLICY,
)
def not_applying_without_reason(action: Action, around: Snapshot) -> Iterator[Hit]:
    """Coverage: `no_reason`."""
    if has_gap(action, "no_reason", around):
        yield Hit()


@check(
    Action,
    "error",
    field="status",
    sentence=N_("It applies to us, but its status says that it does not."),
    source=POLICY,
)
def status_against_applies(action: Action, around: Snapshot) -> Iterator[Hit]:
    """Coverage: `status_contradicts`."""
    if has_gap(action, "status_contradicts", around):
        yield Hit()


@check(
    Action,
    "warning",
    field="status",
    sentence=N_("All its steps are done, but its status is “{status}”."),
    source=POLICY,
)
def done_but_not_in_place(action: Action, around: Snapshot) -> Iterator[Hit]:
    """The other way round: either more is to be done, or it is in place."""
    covered = around.covered.get(action.id)
    if covered is None or covered.standing not in ("under_way", "not_started"):
        return
    if covered.counted and covered.done == covered.counted and action.status:
        yield Hit(facts={"status": Term("action_status", around.kept(action).status or "")})


@check(
    Step,
    "hint",
    field="status",
    sentence=N_("It says that it was done on {day}, but it is not ticked as done."),
    source=POLICY,
)
def step_done_but_open(step: Step, around: Snapshot) -> Iterator[Hit]:
    """The day says it, so this can be repaired; a day that has not come yet is a plan or a slip."""
    day = step.done_on
    if day is not None and day <= around.today and step.status in ("open", None):
        yield Hit(facts={"day": day}, repair={"status": "done"})


CHECKS: Final[tuple[Check, ...]] = (
    in_place_with_open_steps,
    status_against_applies,
    not_applying_without_reason,
    done_but_not_in_place,
    step_done_but_open,
)
"""In the order in which they are asked."""
