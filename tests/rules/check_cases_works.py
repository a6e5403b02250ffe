"""Cases of the checks of measures, tasks, processing, transfers and activities."""

from __future__ import annotations

from datetime import date
from typing import Any

from riskreg.records import Activity, Evidence, Measure, Processing, Task, Transfer
from tests.rules.check_records import (
    ONE,
    TODAY,
    TWO,
    YESTERDAY,
    Cases,
    action,
    asset,
    at,
    incident,
    party,
    risk,
    step,
)


def measure(id: int = 1, **values: Any) -> Measure:
    return Measure(id=id, ref=f"M-{id:04}", title=f"Measure {id}", **values)


def task(id: int = 1, **values: Any) -> Task:
    return Task(id=id, ref=f"T-{id:04}", title=f"Task {id}", **values)


def active(**values: Any) -> Processing:
    return Processing(id=1, ref="PR-0001", title="Payroll", status="active", **values)


def sent(**values: Any) -> Transfer:
    return Transfer(id=1, ref="TR-0001", title="To Shenzhen", status="active", **values)


def done(id: int = 1, **values: Any) -> Activity:
    return Activity(id=id, ref=f"AC-{id:04}", title=f"Training {id}", status="done", **values)


def shown(**values: Any) -> Evidence:
    return Evidence(id=2, ref="F-0001", title="Photo", **values)


def newer(**values: Any) -> Evidence:
    return Evidence(id=3, ref="F-0002", title="Photo again", **values)


def file(**values: Any) -> Evidence:
    return Evidence(id=1, ref="F-0001", title="Photo", **values)


VERIFIED = {
    "task_type": "corrective", "status": "verified", "verified_by": TWO, "verified_on": YESTERDAY,
    "verification_method": "Tried it", "verification_result": "effective",
}  # fmt: skip
RECORDED = {
    "purposes": "Pay", "basis": "contract", "subject_categories": frozenset({"employees"}),
    "data_types": frozenset({"economic"}), "recipients": "Bank", "retention": "7 years",
    "security_measures": "Locked",
}  # fmt: skip
YEARS_AGO = date(2024, 3, 1)

CASES: Cases = {
    "done_without_evidence": [
        ([measure(status="in_place")], [measure(status="in_place", evidence_text="Photo")]),
        ([measure(status="in_place")], [measure(status="in_place"), shown(measures=ONE)]),
        ([measure(status="in_place")], [measure(status="agreed")]),
        ([done()], [done(), shown(activities=ONE)]),
        (
            [step(1, of=2, status="done"), action(2)],
            [step(1, of=2, status="done", evidence_text="Minutes of 3 May"), action(2)],
        ),
        (
            [step(1, of=3, status="done"), action(3)],
            [step(1, of=3, status="done"), action(3), shown(steps=ONE)],
        ),
        (
            [step(1, of=2, status="done"), action(2)],
            [step(1, of=2, status="done"), action(2, ref="A1")],
        ),
    ],
    "replaced_still_current": [
        (
            [file(status="current"), newer(replaces=ONE)],
            [file(status="replaced"), newer(replaces=ONE)],
        ),
        ([file(), newer(replaces=ONE)], [file(), newer()]),
        ([file(), newer(replaces=ONE)], [file(status="destroyed"), newer(replaces=ONE)]),
    ],
    "measure_that_does_not_work": [
        (
            [measure(status="in_place", effectiveness="not_effective")],
            [measure(status="being_built", effectiveness="not_effective")],
        )
    ],
    "effectiveness_without_test": [
        (
            [measure(effectiveness="effective")],
            [measure(effectiveness="effective", tested_on=YESTERDAY)],
        ),
        ([measure(effectiveness="partly_effective")], [measure(effectiveness="not_tested")]),
    ],
    "measure_without_purpose": [
        ([measure(status="in_place")], [measure(status="in_place", risks=TWO)]),
        ([measure(status="in_place")], [measure(status="in_place", actions=TWO)]),
    ],
    "correction_not_verified": [
        (
            [task(task_type="corrective", status="done")],
            [task(task_type="corrective", status="verified")],
        ),
        (
            [task(task_type="corrective", status="done")],
            [task(task_type="routine", status="done")],
        ),
    ],
    "verification_unexplained": [
        ([task(**{**VERIFIED, key: empty})], [task(**VERIFIED)])
        for key, empty in (
            ("verified_by", frozenset()),
            ("verified_on", None),
            ("verification_method", " "),
            ("verification_result", None),
        )
    ],
    "verified_by_the_doer": [
        (
            [task(verified_by=TWO, owner=TWO), party(2)],
            [task(verified_by=TWO, owner=frozenset({3})), party(2)],
        ),
        (
            [task(verified_by=TWO, done_by="party 2 "), party(2)],
            [task(verified_by=TWO, done_by="Somebody else", owner=TWO), party(2)],
        ),
    ],
    "verified_as_failed": [
        (
            [task(**{**VERIFIED, "verification_result": "not_effective"})],
            [task(**{**VERIFIED, "verification_result": "partly_effective"})],
        )
    ],
    "processing_unexplained": [
        ([active(**{**RECORDED, key: empty})], [active(**RECORDED)])
        for key, empty in (
            ("purposes", ""),
            ("basis", None),
            ("data_types", frozenset()),
            ("security_measures", "\n"),
        )
    ]
    + [([active()], [active(our_role="processor")])],
    "processing_for_nobody": [
        ([active(our_role="processor")], [active(our_role="processor", controllers=TWO)]),
        ([active(our_role="processor")], [active(our_role="controller")]),
    ],
    "processing_before_assessment": [
        ([active(pia_status="needed")], [active(pia_status="done")]),
        ([active(pia_status="begun")], [active(pia_status="not_needed")]),
    ],
    "transfer_without_contract": [
        ([sent()], [sent(mechanism="consent")]),
        (
            [sent(mechanism="none")],
            [Transfer(id=1, title="To Shenzhen", status="planned", mechanism="none")],
        ),
    ],
    "filing_overdue": [
        ([sent(filing_due_on=YESTERDAY)], [sent(filing_due_on=TODAY)]),
        ([sent(filing_due_on=YESTERDAY)], [sent(filing_due_on=YESTERDAY, filed_on=TODAY)]),
    ],
    "not_filed_again": [
        (
            [sent(filed_on=YEARS_AGO, refile_triggers=frozenset({"purpose", "scope"}))],
            [sent(filed_on=YEARS_AGO, refile_triggers=frozenset({"scope"}), refiled_on=TODAY)],
        ),
        (
            [sent(filed_on=YEARS_AGO, refile_triggers=frozenset({"scope"}))],
            [sent(refile_triggers=frozenset({"scope"}))],
        ),
    ],
    "nil_return_without_period": [
        (
            [done(activity_type="nil_return", period_from_on=YEARS_AGO)],
            [done(activity_type="nil_return", period_from_on=YEARS_AGO, period_until_on=YEARS_AGO)],
        ),
        ([done(activity_type="nil_return")], [done(activity_type="training")]),
    ],
    "activity_lapsed": [
        (
            [done(done_on=YEARS_AGO, valid_until_on=YESTERDAY)],
            [done(done_on=YEARS_AGO, valid_until_on=TODAY)],
        ),
        (
            [done(done_on=date(2025, 11, 19), repeat_every_months=12)],
            [done(done_on=date(2025, 11, 20), repeat_every_months=12)],
        ),
        (
            [done(done_on=YEARS_AGO, valid_until_on=YESTERDAY), done(2, activity_type="drill")],
            [done(done_on=YEARS_AGO, valid_until_on=YESTERDAY), done(2, done_on=YESTERDAY)],
        ),
    ],
    "without_owner": [
        ([risk()], [risk(owner=TWO)]),
        ([risk()], [risk(status="closed")]),
        ([action(applies="yes")], [action(applies="yes", owner=TWO)]),
        ([action(applies="yes")], [action(applies=None)]),
        ([measure(status="in_place")], [measure(status="in_place", owner=TWO)]),
        ([measure()], [measure(status="retired")]),
        ([task()], [task(status="cancelled")]),
    ],
    "over_without_day": [
        ([incident(status="closed")], [incident(status="closed", closed_at=at("2026-11-19"))]),
        ([asset(status="disposed")], [asset(status="disposed", last_disposal_on=YESTERDAY)]),
        ([task(status="done")], [task(status="done", done_on=TODAY)]),
        ([task(status="verified")], [task(status="doing")]),
        ([done()], [done(done_on=TODAY)]),
        (
            [step(1, of=2, status="done"), action(2)],
            [step(1, of=2, status="done"), action(2, applies="no")],
        ),
    ],
    "never_reviewed": [
        ([asset(status="in_use")], [asset(status="in_use", last_review_on=YESTERDAY)]),
        ([asset(status="in_use")], [asset(status="planned")]),
        ([measure(status="in_place")], [measure(status="in_place", last_review_on=YESTERDAY)]),
        (
            [action(applies="yes", status="in_place")],
            [action(applies="yes", status="in_place", last_review_on=YESTERDAY)],
        ),
    ],
}
