"""Checks of what is done to keep data safe, and of the files that show it (domain 2.5, 2.8, 5.3, 5.6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from riskreg.errors import N_
from riskreg.records import (
    Activity,
    Evidence,
    Measure,
    Party,
    Processing,
    Task,
    Transfer,
)
from riskreg.rules.checks.base import (
    BREACH_RECORD,
    REVISING,
    Check,
    Hit,
    Term,
    check,
    lacking,
)
from riskreg.rules.checks.snapshot import Snapshot
from riskreg.rules.due import add_months
from riskreg.rules.showing import is_current

_ICT: Final = N_("PCPD, Guidance Note on Data Security Measures for ICT (30 August 2022)")
_CORRECTING: Final = N_("ISO/IEC 27001:2022, 10.2 (corrective action)")
_CONTROLLER: Final = N_("GDPR, art. 30(1) (record of processing)")
_PROCESSOR: Final = N_("GDPR, art. 30(2) (record of a processor)")
_ASSESSING: Final = N_("PCPD, Privacy Impact Assessments (information leaflet)")
_FILING: Final = N_("GBA Standard Contract (filing within ten working days)")
_ABROAD: Final = N_("PCPD, Recommended Model Contractual Clauses")

_ARTICLE_30: Final = (
    "purposes", "basis", "subject_categories", "data_types", "recipients", "retention",
    "security_measures",
)  # fmt: skip
"""What a controller's record of processing holds (domain 5.3), and the basis, which is asked for with it."""

_VERIFIED_BY: Final = ("verified_by", "verified_on", "verification_method", "verification_result")


# Measures


@check(
    Measure,
    "error",
    field="effectiveness",
    sentence=N_("It is counted on as in place, but was found not to work."),
    source=_ICT,
)
def measure_that_does_not_work(measure: Measure, around: Snapshot) -> Iterator[Hit]:
    """Area 6 of the guidance: test controls, act on what is found."""
    if measure.status == "in_place" and measure.effectiveness == "not_effective":
        yield Hit()


@check(
    Measure,
    "hint",
    field="tested_on",
    sentence=N_("It is said to work, but not when that was tried."),
    source=_ICT,
)
def effectiveness_without_test(measure: Measure, around: Snapshot) -> Iterator[Hit]:
    """Whether in whole or in part."""
    is_said = measure.effectiveness in ("effective", "partly_effective")
    if is_said and measure.tested_on is None and around.is_kept(measure):
        yield Hit()


@check(
    Measure,
    "hint",
    field="risks",
    sentence=N_(
        "It is in place, but lowers no risk, protects no data and serves no policy action."
    ),
    source=REVISING,
)
def measure_without_purpose(measure: Measure, around: Snapshot) -> Iterator[Hit]:
    """What nothing depends on is either not linked or not needed."""
    is_tied = measure.risks or measure.assets or measure.actions
    if measure.status == "in_place" and not is_tied:
        yield Hit()


# Tasks


@check(
    Task,
    "warning",
    field="verified_on",
    sentence=N_("It was to correct something and is done, but nobody has verified that it worked."),
    source=_CORRECTING,
)
def correction_not_verified(task: Task, around: Snapshot) -> Iterator[Hit]:
    """Done is not verified: domain 5.6 asks for proof of corrective action done and verified."""
    if task.task_type == "corrective" and task.status == "done":
        yield Hit()


@check(
    Task,
    "warning",
    field="verified_by",
    sentence=N_("It counts as verified, but something of that is missing: {fields}."),
    source=_CORRECTING,
)
def verification_unexplained(task: Task, around: Snapshot) -> Iterator[Hit]:
    """By whom, when, how and with what result."""
    if task.status == "verified" and task.task_type == "corrective":
        yield from lacking(task, _VERIFIED_BY)


@check(
    Task,
    "warning",
    field="verified_by",
    sentence=N_("{ref} verified what they did themselves."),
    source=_CORRECTING,
)
def verified_by_the_doer(task: Task, around: Snapshot) -> Iterator[Hit]:
    """Whoever is named as having done it; where nobody is, whoever owns it."""
    for party in around.linked(task.verified_by, Party):
        did = task.done_by.strip().casefold()
        if did == party.title.casefold() if did else party.id in task.owner:
            yield Hit(facts={"ref": party.ref})


@check(
    Task,
    "error",
    field="verification_result",
    sentence=N_("It counts as verified, but the result was that it did not work."),
    source=_CORRECTING,
)
def verified_as_failed(task: Task, around: Snapshot) -> Iterator[Hit]:
    """It is to be done again, or something else instead."""
    if task.status == "verified" and task.verification_result == "not_effective":
        yield Hit()


# Processing and transfers


@check(
    Processing,
    "warning",
    field="purposes",
    sentence=N_("Its record lacks what it must hold: {fields}."),
    source=_CONTROLLER,
)
def processing_unexplained(processing: Processing, around: Snapshot) -> Iterator[Hit]:
    """Of what goes on and is our own; what we do for others has a record of its own (`processing_for_nobody`)."""
    if processing.status == "active" and processing.our_role != "processor":
        yield from lacking(processing, _ARTICLE_30)


@check(
    Processing,
    "warning",
    field="controllers",
    sentence=N_("We process for others here, but it does not say for whom."),
    source=_PROCESSOR,
)
def processing_for_nobody(processing: Processing, around: Snapshot) -> Iterator[Hit]:
    """Article 30(2)(a): each controller on behalf of which the processor acts."""
    is_for_others = processing.our_role == "processor" and around.is_open(processing)
    if is_for_others and not processing.controllers:
        yield Hit()


@check(
    Processing,
    "warning",
    field="pia_status",
    sentence=N_("It goes on, although it needs a privacy impact assessment that is not done."),
    source=_ASSESSING,
)
def processing_before_assessment(processing: Processing, around: Snapshot) -> Iterator[Hit]:
    """An assessment comes before a new project, not after it (domain 2.6)."""
    if processing.status == "active" and processing.pia_status in ("needed", "begun"):
        yield Hit()


@check(
    Transfer,
    "error",
    field="mechanism",
    sentence=N_("Data are sent, and nothing binds whoever receives them."),
    source=_ABROAD,
)
def transfer_without_contract(transfer: Transfer, around: Snapshot) -> Iterator[Hit]:
    """Whatever the means: a contract, an assessment, consent (domain 2.8)."""
    if transfer.status == "active" and transfer.mechanism in (None, "none"):
        yield Hit()


@check(
    Transfer,
    "error",
    field="filed_on",
    sentence=N_("It was to be filed by {day}, and no filing is noted."),
    source=_FILING,
)
def filing_overdue(transfer: Transfer, around: Snapshot) -> Iterator[Hit]:
    """The day is worked out by `rules.filing` from the day on which the contract takes effect."""
    day = transfer.filing_due_on
    is_owed = day is not None and transfer.filed_on is None and around.is_open(transfer)
    if day is not None and is_owed and day < around.today:
        yield Hit(facts={"day": day})


@check(
    Transfer,
    "error",
    field="refile_triggers",
    sentence=N_("It changed since it was filed ({changes}), and was not filed again."),
    source=N_("GBA Standard Contract (supplement and file again on change)"),
)
def not_filed_again(transfer: Transfer, around: Snapshot) -> Iterator[Hit]:
    """Domain 2.8: a change of purpose, scope, method, recipient and the like needs a new contract and filing."""
    is_filed = transfer.filed_on is not None and around.is_open(transfer)
    if is_filed and transfer.refile_triggers and transfer.refiled_on is None:
        changes = (Term("refile_trigger", key) for key in sorted(transfer.refile_triggers))
        yield Hit(facts={"changes": tuple(changes)})


# Activities


@check(
    Activity,
    "warning",
    field="period_from_on",
    sentence=N_("It confirms that nothing happened, but not in which period."),
    source=BREACH_RECORD,
)
def nil_return_without_period(activity: Activity, around: Snapshot) -> Iterator[Hit]:
    """A nil return covers days; without both ends it covers none."""
    is_nil = activity.activity_type == "nil_return" and activity.status == "done"
    if is_nil and None in (activity.period_from_on, activity.period_until_on):
        yield Hit()


@check(
    Activity,
    "warning",
    field="valid_until_on",
    sentence=N_("It was to be done again by {day}, and has not been."),
    source=REVISING,
)
def activity_lapsed(activity: Activity, around: Snapshot) -> Iterator[Hit]:
    """By the day until which it is good, or by its cadence; any later one of its type settles it."""
    done, months = activity.done_on, activity.repeat_every_months
    if activity.status != "done" or done is None:
        return
    again = activity.valid_until_on or (add_months(done, months) if months else None)
    is_last = around.last_done(activity.activity_type or "") == done
    if again is not None and again < around.today and is_last:
        yield Hit(facts={"day": again})


# Files


@check(
    Evidence,
    "error",
    field="status",
    sentence=N_("{ref} is its newer version, but it still counts as current."),
    source=REVISING,
)
def replaced_still_current(file: Evidence, around: Snapshot) -> Iterator[Hit]:
    """As an import leaves it that only links the newer one; there is no doubt, so this can be repaired."""
    newer = around.pointing(file, Evidence, "replaces")
    if newer and is_current(file):
        yield Hit(facts={"ref": newer[0].ref}, repair={"status": "replaced"})


CHECKS: Final[tuple[Check, ...]] = (
    measure_that_does_not_work,
    effectiveness_without_test,
    measure_without_purpose,
    correction_not_verified,
    verification_unexplained,
    verified_by_the_doer,
    verified_as_failed,
    transfer_without_contract,
    filing_overdue,
    not_filed_again,
    processing_unexplained,
    processing_for_nobody,
    processing_before_assessment,
    nil_return_without_period,
    activity_lapsed,
    replaced_still_current,
)
"""In the order in which they are asked."""
