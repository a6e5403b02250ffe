"""Cases of the checks of incidents being handled: breaches, decisions, assessments, notices and own rules."""

from __future__ import annotations

import hashlib
from typing import Any

from riskreg import regimes_catalogue
from riskreg.records import (
    Assessment,
    Decision,
    Entry,
    Evidence,
    Incident,
    Notice,
    Organisation,
    OwnRule,
    Task,
)
from riskreg.records.values import Count, Money
from riskreg.rules import rule_text
from riskreg.rules.regimes import Rule
from tests.rules.check_records import ONE, TODAY, TWO, Cases, at, incident

EU, EU_PEOPLE, PCPD = "eu_authority", "eu_people", "hk_pcpd"
AWARE, DAYS_LATER = at("2026-11-10T10:00"), at("2026-11-13T10:01")
IN_TIME = at("2026-11-13T10:00")


def rule(key: str) -> Rule:
    return next(each for each in regimes_catalogue.rules() if each.key == key)


def decision(id: int = 1, key: str = EU, of: int = 2, **values: Any) -> Decision:
    known = {
        "answer": "yes", "reason": "Bank data", "decided_by": "Director",
        "decided_at": at("2026-11-12T10:00"), "rule_key": key,
        "rule_text": rule_text.dumps(rule(key)), "incident": frozenset({of}),
    }  # fmt: skip
    return Decision(id=id, ref=f"D-{id:04}", title=f"Decision {id}", **{**known, **values})


def notice(id: int = 1, key: str = EU, of: int = 2, **values: Any) -> Notice:
    known = {
        "sent_at": IN_TIME, "phase": "first", "recipient": "authority", "rule_key": key,
        "regime": "gdpr", "incident": frozenset({of}),
    }  # fmt: skip
    return Notice(id=id, ref=f"N-{id:04}", title=f"Notice {id}", **{**known, **values})


def told_pcpd(id: int = 1, **values: Any) -> Notice:
    return notice(id, PCPD, **{"regime": "hk_pdpo", **values})


def assessment(id: int = 1, of: int = 2, **values: Any) -> Assessment:
    known = {"made_at": at("2026-11-12T09:00"), "made_by": "K. Chan", "incident": frozenset({of})}
    return Assessment(id=id, ref=f"AS-{id:04}", title=f"Assessment {id}", **{**known, **values})


def own_rule(**values: Any) -> OwnRule:
    known = {"pattern": "contract_customer", "in_use": True, "amount": Count(24), "unit": "hours",
             "trigger": "aware", "clause": "12.3"}  # fmt: skip
    return OwnRule(id=1, ref="OR-0001", title="Tell Big customer", **{**known, **values})


def ours(**values: Any) -> Organisation:
    return Organisation(id=1, ref="ORG", title="Clinic", **values)


def _done(task_type: str) -> Task:
    return Task(
        id=2, ref="T-0001", title="Tell", task_type=task_type, status="done", incidents=ONE
    )  # fmt: skip


def file(**values: Any) -> Evidence:
    return Evidence(id=3, ref="F-0001", title="Copy", **values)


def in_europe(id: int = 2, **values: Any) -> Incident:
    known = {"aware_at": AWARE, "our_role": "controller", "people_live_in": frozenset({"eu_eea"})}
    return incident(id, **{**known, **values})


def closed(**values: Any) -> Incident:
    return incident(1, status="closed", **values)


IN_MACAU = Organisation(
    id=9,
    ref="ORG",
    title="Clinic",
    zone="Asia/Hong_Kong",
    established_in=frozenset({"hong_kong", "macau"}),
)
"""Of Macau only a voluntary notice is in sight."""
AHEAD = {"sent_at": at("2026-12-05T09:00")}
LAW = {"regime": "gdpr", "recipient": "individuals"}
REVIEWED = {"root_cause": "Autofill", "lessons": "Check twice", "reviewed_on": TODAY}
HIGH = {"of": 1, "outcome": "high_risk"}
TEXT = "Dear Sir"
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()

CASES: Cases = {
    # breaches
    "closed_without_decision": [
        (
            [closed(aware_at=AWARE, our_role="controller"), IN_MACAU],
            [closed(aware_at=AWARE, our_role="controller"), IN_MACAU,
             decision(2, PCPD, of=1, answer="no"), decision(3, "hk_people", of=1, answer="no")],
        ),
        (
            [closed(aware_at=AWARE, our_role="controller")],
            [closed(aware_at=AWARE, our_role="controller"), decision(2, PCPD, of=1, answer="no"),
             decision(3, "hk_people", of=1, answer="no")],
        ),
        (
            [closed(aware_at=AWARE, our_role="controller")],
            [incident(1, status="recovering", aware_at=AWARE, our_role="controller")],
        ),
        (
            [closed(aware_at=AWARE, our_role="controller")],
            [closed(aware_at=AWARE, our_role="controller", drill=True)],
        ),
        (
            [closed(aware_at=AWARE, our_role="controller"), decision(2, PCPD, of=1)],
            [closed(aware_at=AWARE, our_role="controller"), notice(2, PCPD, of=1),
             notice(3, "hk_people", of=1)],
        ),
    ],
    "closed_without_containment": [
        ([closed()], [closed(contained_at=AWARE)]),
        ([closed()], [closed(containment="Recalled")]),
        ([closed()], [closed(near_miss=True)]),
    ],
    "closed_without_review": [
        ([closed()], [closed(**REVIEWED)]),
        ([closed(**{**REVIEWED, "lessons": " "})], [closed(**REVIEWED)]),
        ([closed()], [incident(1, status="recovering")]),
    ],
    "closed_with_open_tasks": [
        (
            [closed(), Task(id=2, ref="T-0001", title="Tell", status="to_do", incidents=ONE)],
            [closed(), Task(id=2, ref="T-0001", title="Tell", status="verified", incidents=ONE)],
        ),
        (
            [closed(), _done("corrective")],
            [closed(), _done("follow_up")],
        ),
    ],
    "recovered_before_contained": [
        (
            [incident(recovered_at=AWARE, contained_at=IN_TIME)],
            [incident(recovered_at=AWARE, contained_at=AWARE)],
        )
    ],
    "told_before_processor_knew": [
        (
            [incident(processor_informed_at=AWARE, processor_aware_at=IN_TIME)],
            [incident(processor_informed_at=at("2026-11-13"), processor_aware_at=IN_TIME)],
        )
    ],
    "aware_before_it_happened": [
        (
            [incident(aware_at=AWARE, occurred_from_at=IN_TIME)],
            [incident(aware_at=AWARE, occurred_from_at=at("2026-11-10"))],
        )
    ],
    "time_long_ago": [
        (
            [incident(aware_at=at("2016-11-01"), created_at=IN_TIME)],
            [incident(aware_at=at("2016-11-30"), created_at=IN_TIME)],
        )
    ],
    "people_live_nowhere": [
        (
            [incident(status="assessing"), assessment(2, of=1)],
            [incident(status="assessing", people_live_in=frozenset({"unknown"})),
             assessment(2, of=1)],
        ),
        ([incident(status="assessing"), assessment(2, of=1)], [incident(status="assessing")]),
    ],
    "severity_differs": [
        (
            [incident(severity="low"), assessment(2, of=1, severity_band="high")],
            [incident(severity="high"), assessment(2, of=1, severity_band="high")],
        ),
        (
            [
                incident(severity="low"),
                assessment(2, of=1, severity_band="low"),
                assessment(3, of=1, severity_band="high", made_at=at("2026-11-13T09:00")),
            ],
            [
                incident(severity="low"),
                assessment(2, of=1, severity_band="low", made_at=at("2026-11-14T09:00")),
                assessment(3, of=1, severity_band="high", made_at=at("2026-11-13T09:00")),
            ],
        ),
    ],
    "closed_half_assessed": [
        ([closed(), assessment(2, of=1)], [closed(), assessment(2, of=1, outcome="unlikely")]),
        ([closed(), assessment(2, of=1, outcome="more_needed")], [closed()]),
    ],
    "high_risk_people_not_told": [
        (
            [incident(), assessment(2, **HIGH)],
            [incident(), assessment(2, **HIGH), notice(3, EU_PEOPLE, of=1, **LAW)],
        ),
        (
            [incident(), assessment(2, **HIGH)],
            [incident(), assessment(2, **HIGH),
             decision(3, EU_PEOPLE, of=1, answer="no", recipient="individuals")],
        ),
        (
            [incident(), assessment(2, of=1, severity_band="very_high")],
            [incident(), assessment(2, of=1, severity_band="very_high", outcome="risk")],
        ),
        (
            [incident(), assessment(2, **HIGH), notice(3, of=1)],
            [incident(drill=True), assessment(2, **HIGH)],
        ),
        (
            [incident(), assessment(2, **HIGH), notice(3, EU_PEOPLE, of=1, **AHEAD, **LAW)],
            [incident(), assessment(2, **HIGH), notice(3, EU_PEOPLE, of=1, **LAW)],
        ),
    ],
    "drill_in_earnest": [
        ([incident(drill=True, police_ref="CN 1")], [incident(police_ref="CN 1")]),
        ([incident(drill=True, cost=Money(100, "HKD"))], [incident(drill=True)]),
    ],
    # notices
    "told_before_aware": [
        (
            [notice(), in_europe(aware_at=at("2026-11-13T10:01"))],
            [notice(), in_europe(aware_at=at("2026-11-13T10:00"))],
        )
    ],
    "late_without_reason": [
        ([notice(sent_at=DAYS_LATER), in_europe()], [notice(sent_at=IN_TIME), in_europe()]),
        (
            [notice(sent_at=DAYS_LATER), in_europe()],
            [notice(sent_at=DAYS_LATER, late_reason="Bank shut"), in_europe()],
        ),
        (
            [notice(sent_at=DAYS_LATER), in_europe()],
            [notice(sent_at=DAYS_LATER), in_europe(drill=True)],
        ),
        (
            [notice(sent_at=DAYS_LATER), in_europe()],
            [notice(sent_at=DAYS_LATER, phase="further"), notice(3, sent_at=IN_TIME), in_europe()],
        ),
    ],
    "sent_without_proof": [
        ([notice()], [notice(), file(notices=ONE)]),
        ([notice()], [notice(receipt="DPC-1")]),
        ([notice()], [notice(sent_at=None)]),
    ],
    "sent_without_receipt": [
        ([notice(sent_at=at("2026-11-05"))], [notice(sent_at=at("2026-11-07"))]),
        ([notice(sent_at=at("2026-11-05"))], [notice(sent_at=at("2026-11-05"), reply="Noted")]),
        ([notice(sent_at=at("2026-11-05"))], [notice(sent_at=at("2026-11-05"), **LAW)]),
    ],
    "approved_after_sent": [
        ([notice(approved_at=DAYS_LATER)], [notice(approved_at=IN_TIME)]),
    ],
    "sent_without_approval": [
        ([notice()], [notice(approved_by="Director")]),
    ],
    "replied_before_sent": [
        ([notice(replied_at=AWARE)], [notice(replied_at=at("2026-11-13"))]),
    ],
    "advice_attached_to_notice": [
        (
            [notice(), file(notices=ONE, is_privileged=True)],
            [notice(is_privileged=True), file(notices=ONE, is_privileged=True)],
        ),
        (
            [notice(), file(notices=ONE, is_privileged=True)],
            [notice(), file(notices=ONE)],
        ),
    ],
    "next_notice_overdue": [
        (
            [notice(next_due_at=at("2026-11-19")), in_europe()],
            [notice(next_due_at=at("2026-11-21")), in_europe()],
        ),
        (
            [notice(next_due_at=at("2026-11-19")), in_europe()],
            [notice(next_due_at=at("2026-11-19")), in_europe(),
             notice(3, phase="further", sent_at=at("2026-11-19"))],
        ),
        (
            [notice(next_due_at=at("2026-11-19")), in_europe(), notice(3, sent_at=AWARE)],
            [notice(next_due_at=at("2026-11-20T19:00")), in_europe()],
        ),
    ],
    "follows_no_first": [
        (
            [notice(phase="further"), in_europe()],
            [notice(phase="further"), notice(3), in_europe()],
        ),
        (
            [notice(phase="final"), notice(3, sent_at=None), in_europe()],
            [notice(phase="first"), in_europe()],
        ),
        (
            [notice(phase="final"), notice(3, regime="hk_pdpo"), in_europe()],
            [notice(phase="final", sent_at=None), in_europe()],
        ),
    ],
    "fewer_told_than_affected": [
        (
            [notice(people_told=Count(11), **LAW), in_europe(people_count=Count(12))],
            [notice(people_told=Count(12), **LAW), in_europe(people_count=Count(12))],
        ),
        (
            [notice(people_told=Count(11), **LAW), in_europe(people_count=Count(12))],
            [notice(people_told=Count(11), not_told_reason="One has died", **LAW),
             in_europe(people_count=Count(12))],
        ),
        (
            [notice(people_told=Count(4), **LAW), in_europe(people_count=Count(12)),
             notice(3, people_told=Count(7), sent_at=AWARE, **LAW)],
            [notice(people_told=Count(4), **LAW), in_europe(people_count=Count(12)),
             notice(3, people_told=Count(8), sent_at=AWARE, **LAW)],
        ),
        (
            [notice(people_told=Count(7), phase="further", **LAW), in_europe(people_count=Count(12)),
             notice(3, people_told=Count(7), sent_at=AWARE, **LAW)],
            [notice(people_told=Count(12), phase="further", **LAW), in_europe(people_count=Count(12)),
             notice(3, people_told=Count(7), sent_at=AWARE, **LAW)],
        ),
    ],
    "text_is_not_the_one_sent": [
        (
            [notice(text=f"{TEXT}.", text_sha256=SHA256)],
            [notice(text=TEXT, text_sha256=SHA256.upper())],
        ),
        ([notice(text=TEXT, text_sha256="0" * 64)], [notice(text="", text_sha256=SHA256)]),
    ],
    "sent_without_decision": [
        ([notice(), in_europe()], [notice(), in_europe(), decision(3)]),
        ([notice(), in_europe()], [notice(decision=frozenset({3})), in_europe()]),
        ([notice(), in_europe(), decision(3, PCPD)], [notice(sent_at=None), in_europe()]),
    ],
    "told_by_word_of_mouth": [
        (
            [told_pcpd(channel="telephone"), in_europe()],
            [told_pcpd(channel="online_form"), in_europe()],
        ),
        (
            [told_pcpd(channel="in_person"), in_europe()],
            [told_pcpd(channel="in_person", text=TEXT), in_europe()],
        ),
        (
            [told_pcpd(channel="telephone"), in_europe()],
            [told_pcpd(channel="telephone"), told_pcpd(3, channel="fax"), in_europe()],
        ),
        (
            [told_pcpd(channel="telephone"), told_pcpd(3, channel="fax", sent_at=None), in_europe()],
            [told_pcpd(channel="telephone", sent_at=None), in_europe()],
        ),
        (
            [told_pcpd(channel="telephone"), in_europe()],
            [notice(channel="telephone"), in_europe()],
        ),
    ],
    "drill_told_in_earnest": [
        (
            [notice(receipt="DPC-1"), in_europe(drill=True)],
            [notice(receipt="DPC-1"), in_europe()],
        ),
        ([notice(receipt="DPC-1"), in_europe(drill=True)], [notice(), in_europe(drill=True)]),
    ],
    # decisions
    "decision_unexplained": [
        ([decision(reason=" ")], [decision()]),
        ([decision(decided_by="")], [decision()]),
        ([decision(decided_at=None)], [decision()]),
    ],
    "not_decided_again": [
        (
            [decision(answer="not_yet", decide_again_at=at("2026-11-20T18:30")), in_europe()],
            [decision(answer="not_yet", decide_again_at=at("2026-11-20T18:41")), in_europe()],
        ),
        (
            [decision(answer="not_yet", decide_again_at=at("2026-11-16T10:00")), in_europe()],
            [decision(answer="not_yet", decide_again_at=at("2026-11-16T10:00")), in_europe(),
             decision(3, decided_at=at("2026-11-16T10:00"))],
        ),
        (
            [decision(answer="not_yet", decide_again_at=at("2026-11-16T10:00")), in_europe()],
            [decision(answer="not_yet", decide_again_at=at("2026-11-16T10:00")),
             in_europe(status="closed")],
        ),
    ],
    "not_yet_for_ever": [
        (
            [decision(answer="not_yet")],
            [decision(answer="not_yet", decide_again_at=at("2026-11-30"))],
        ),
        ([decision(answer="not_yet")], [decision()]),
    ],
    "decided_and_not_sent": [
        ([decision(), in_europe()], [decision(), in_europe(), notice(3)]),
        ([decision(), in_europe()], [decision(), in_europe(aware_at=at("2026-11-19T10:00"))]),
        ([decision(), in_europe()], [decision(answer="no"), in_europe()]),
        ([decision(), in_europe()], [decision(), in_europe(near_miss=True)]),
    ],
    "decided_before_discovery": [
        (
            [decision(), in_europe(discovered_at=at("2026-11-12T10:01"))],
            [decision(), in_europe(discovered_at=at("2026-11-12"))],
        )
    ],
    "decided_against_advice": [
        (
            [decision(advice="notify", answer="no")],
            [decision(advice="notify", answer="no", exemption="protected")],
        ),
        (
            [decision(advice="notify", answer="no")],
            [decision(advice="notify", answer="no", legal_basis="Article 33(1)")],
        ),
        ([decision(advice="notify", answer="no")], [decision(advice="consider", answer="no")]),
        ([decision(advice="notify", answer="no")], [decision(advice="notify")]),
    ],
    "rule_unreadable": [
        ([decision(rule_text="")], [decision()]),
        ([decision(rule_text="{")], [decision(rule_text="", rule_key="")]),
        (
            [decision(rule_text=""), in_europe()],
            [decision(rule_text=""), in_europe(external_ref="B-7")],
        ),
    ],
    "decided_without_assessment": [
        ([decision(answer="no")], [decision(answer="no", assessment=TWO)]),
        ([decision(answer="no")], [decision(answer="not_applicable")]),
    ],
    # assessments
    "judged_below_the_score": [
        (
            [assessment(outcome="unlikely", severity_band="medium")],
            [assessment(outcome="unlikely", severity_band="medium", reasoning="All found again")],
        ),
        (
            [assessment(outcome="unlikely", severity_band="medium")],
            [assessment(outcome="unlikely", severity_band="low")],
        ),
        (
            [assessment(outcome="risk", severity_band="very_high")],
            [assessment(outcome="risk", severity_band="high")],
        ),
    ],
    "assessment_unsigned": [
        ([assessment(made_by="")], [assessment()]),
        ([assessment(made_at=None)], [assessment()]),
    ],
    # own rules
    "own_rule_unread": [
        ([own_rule(pattern="no_such_rule")], [own_rule()]),
        ([own_rule(amount=None)], [own_rule(amount=None, in_use=False)]),
    ],
    "own_rule_from_nowhere": [
        ([own_rule(clause="")], [own_rule()]),
        ([own_rule(clause="")], [own_rule(clause="", wording="Within a day")]),
        ([own_rule(clause="")], [own_rule(clause="", in_use=False)]),
    ],
    # the organisation
    "rules_not_settled": [
        ([ours(), incident(2)], [ours()]),
        ([ours(ci_operator="no"), incident(2)], [ours(), incident(2, drill=True)]),
        (
            [ours(), incident(2)],
            [ours(ci_operator="no", sector="health"),
             incident(2)],
        ),
    ],
    # any kind
    "hold_without_name": [
        ([incident(hold_reason="Claim")], [incident(hold_reason="Claim", hold_by="Counsel")]),
        ([notice(hold_reason="Claim")], [notice()]),
    ],
    "hold_without_reason": [
        ([incident(hold_by="Counsel")], [incident(hold_reason="Claim", hold_by="Counsel")]),
    ],
    "of_no_incident": [
        ([notice(incident=frozenset())], [notice()]),
        ([decision(incident=frozenset())], [decision()]),
        ([Entry(id=1, ref="E-0001", title="Rang")], [Entry(id=1, ref="E-0001", title="Rang", incident=TWO)]),
    ],
}  # fmt: skip
