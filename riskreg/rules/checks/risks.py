"""Checks of risks: scores that contradict each other, treatment and acceptance that lack something (domain 4.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from riskreg.errors import N_
from riskreg.records import Incident, Risk
from riskreg.rules.checks.base import (
    ACCEPTING,
    REVIEWING,
    SCORING,
    TREATING,
    Check,
    Hit,
    Term,
    check,
    lacking,
)
from riskreg.rules.checks.snapshot import Snapshot
from riskreg.rules.proposals import is_unaccepted, is_untreated
from riskreg.rules.scoring import level, score

_OPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "not_begun": "avoid",
        "taken_for_gain": "retain",
        "source_removed": "modify",
        "likelihood_changed": "modify",
        "consequence_changed": "modify",
        "shared": "share",
        "retained": "retain",
    }
)
"""Which of the four treatments of ISO/IEC 27005 each option of ISO 31000 is (domain 4.4)."""

_ACCEPTED_BY: Final = ("accepted_by", "accepted_on", "accepted_until_on", "acceptance_reason")


@check(
    Risk,
    "warning",
    field="residual_likelihood",
    sentence=N_("The residual score {residual} is above the inherent score {inherent}."),
    source=SCORING,
)
def residual_above_inherent(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """Controls that make a risk worse are a slip of the pen, or need a word."""
    inherent, residual = risk.inherent_score, risk.residual_score
    if inherent is not None and residual is not None and residual > inherent:
        yield Hit(facts={"residual": residual, "inherent": inherent})


@check(
    Risk,
    "warning",
    field="target_likelihood",
    sentence=N_("The target score {target} is above the residual score {residual} of today."),
    source=SCORING,
)
def target_above_residual(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """A treatment that is planned to make a risk worse."""
    residual, target = risk.residual_score, risk.target_score
    if residual is not None and target is not None and target > residual:
        yield Hit(facts={"target": target, "residual": residual})


@check(
    Risk,
    "warning",
    field="target_on",
    sentence=N_("It was to come down to {target} by {day} and still stands at {residual}."),
    source=REVIEWING,
)
def target_missed(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """The day of the target is past, and nobody scored the risk down to it."""
    residual, target, day = risk.residual_score, risk.target_score, risk.target_on
    if residual is None or target is None or day is None or not around.is_open(risk):
        return
    if day < around.today and residual > target:
        yield Hit(facts={"target": target, "day": day, "residual": residual})


@check(
    Risk,
    "error",
    field="residual_likelihood",
    sentence=N_("It has scores from which its scale makes no level."),
    source=SCORING,
)
def off_the_scale(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """Scores of a larger scale that was used before."""
    pairs = (
        (risk.residual_likelihood, risk.residual_impact),
        (risk.inherent_likelihood, risk.inherent_impact),
    )
    scale = around.vocabulary.scale_by(risk.scored_by)
    if any(None not in pair and level(score(*pair, scale), scale) is None for pair in pairs):
        yield Hit()


@check(
    Risk,
    "warning",
    field="residual_likelihood",
    sentence=N_("It is not scored: likelihood or impact is missing."),
    source=SCORING,
)
def not_scored(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """Neither with the controls of today nor before any."""
    is_scored = risk.residual_score is not None or risk.inherent_score is not None
    if not is_scored and around.lacks(risk, "residual_likelihood") | around.lacks(
        risk, "residual_impact"
    ):
        yield Hit()


@check(
    Risk,
    "error",
    field="treatment",
    sentence=N_("Its level, {level}, is above what is accepted, and no treatment is chosen."),
    source=TREATING,
)
def above_appetite_untreated(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """The decision that `proposals` asks the management for."""
    if is_untreated(risk, around.above):
        yield Hit(facts={"level": Term("level", risk.residual_level or "")})


@check(
    Risk,
    "error",
    field="accepted_by",
    sentence=N_("It is to be kept although its level is {level}, and nobody has accepted it."),
    source=ACCEPTING,
)
def kept_unaccepted(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """Likewise; it is not accepted by its status."""
    if is_unaccepted(risk, around.above):
        yield Hit(facts={"level": Term("level", risk.residual_level or "")})


@check(
    Risk,
    "warning",
    field="treatment_text",
    sentence=N_("A treatment is chosen, but it does not say what will be done."),
    source=TREATING,
)
def treatment_without_words(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """As completeness asks for it."""
    if around.lacks(risk, "treatment_text"):
        yield Hit()


@check(
    Risk,
    "warning",
    field="treatment_option",
    sentence=N_("The treatment says “{treatment}”, its detail says “{option}”."),
    source=TREATING,
)
def treatment_contradicts_detail(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """Each of the seven options of ISO 31000 belongs to one of the four treatments; where none is chosen, it says which."""
    wanted = _OPTIONS.get(risk.treatment_option or "")
    if wanted is None or risk.treatment == wanted:
        return
    if risk.treatment is not None:
        option = Term("risk_treatment_option", risk.treatment_option or "")
        treatment = Term("risk_treatment", risk.treatment)
        yield Hit(facts={"treatment": treatment, "option": option})


@check(
    Risk,
    "hint",
    field="treatment",
    sentence=N_("Its detail says “{option}”, but the treatment itself is not chosen."),
    source=TREATING,
)
def treatment_only_in_detail(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """The detail leaves no doubt which of the four it is, so this can be repaired."""
    wanted = _OPTIONS.get(risk.treatment_option or "")
    if wanted is not None and risk.treatment is None:
        option = Term("risk_treatment_option", risk.treatment_option or "")
        yield Hit(facts={"option": option}, repair={"treatment": wanted})


@check(
    Risk,
    "warning",
    field="accepted_by",
    sentence=N_("It is accepted, but something of the decision is missing: {fields}."),
    source=ACCEPTING,
)
def acceptance_unexplained(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """Who, when, until when and why (domain 4.4)."""
    if risk.status == "accepted":
        yield from lacking(risk, _ACCEPTED_BY)


@check(
    Risk,
    "error",
    field="accepted_until_on",
    sentence=N_("It was accepted until {day}; since then nobody has decided again."),
    source=ACCEPTING,
)
def acceptance_ended(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """On that day it is decided again."""
    until = risk.accepted_until_on
    if risk.status == "accepted" and until is not None and until < around.today:
        yield Hit(facts={"day": until})


@check(
    Risk,
    "warning",
    field="residual_likelihood",
    sentence=N_("It came true in {ref}, and its scores have not been set anew since."),
    source=REVIEWING,
)
def came_true_not_rescored(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """Domain 4.4: score again after every linked incident. The journal says when it was scored, for any edit moves `updated_at`."""
    scored = around.scored_at.get(risk.id)
    if scored is None or not around.is_open(risk):
        return
    later = [
        (came, incident.ref)
        for incident in around.pointing(risk, Incident, "risks")
        if is_real(incident) and (came := came_to_light(incident)) and came > scored
    ]
    if later:
        yield Hit(facts={"ref": max(later)[1]})


@check(
    Risk,
    "warning",
    field="status",
    sentence=N_("It is closed, but {ref}, where it came true, is still open."),
    source=REVIEWING,
)
def closed_while_it_comes_true(risk: Risk, around: Snapshot) -> Iterator[Hit]:
    """A risk is not over while an incident of it is dealt with."""
    if risk.status != "closed":
        return
    for incident in around.pointing(risk, Incident, "risks"):
        if is_real(incident) and around.is_open(incident):
            yield Hit(facts={"ref": incident.ref})


def is_real(incident: Incident) -> bool:
    """Something happened: it is neither a drill nor found to be no breach."""
    return not incident.drill and incident.status != "not_a_breach"


def came_to_light(incident: Incident) -> datetime | None:
    """When an incident was discovered, or else happened; the start of the day or month that is stated, UTC."""
    moment = incident.discovered_at or incident.occurred_from_at
    return None if moment is None else moment.utc


CHECKS: Final[tuple[Check, ...]] = (
    above_appetite_untreated,
    kept_unaccepted,
    acceptance_ended,
    acceptance_unexplained,
    off_the_scale,
    not_scored,
    residual_above_inherent,
    target_above_residual,
    target_missed,
    treatment_without_words,
    treatment_contradicts_detail,
    treatment_only_in_detail,
    came_true_not_rescored,
    closed_while_it_comes_true,
)
"""In the order in which they are asked."""
