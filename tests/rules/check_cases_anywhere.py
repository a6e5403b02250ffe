"""Cases of the checks of policy actions, of any kind of record, and of texts."""

from __future__ import annotations

from datetime import date

from riskreg.records import (
    Activity,
    Asset,
    Decision,
    Evidence,
    Notice,
    Risk,
    Step,
    Task,
    Transfer,
)
from tests.rules.check_records import (
    TODAY,
    TOMORROW,
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

CASES: Cases = {
    # policy actions
    "in_place_with_open_steps": [
        (
            [action(applies="yes", status="in_place"), step(status="open")],
            [action(applies="yes", status="in_place"), step(status="done")],
        ),
    ],
    "status_against_applies": [
        (
            [action(applies="yes", status="not_applicable")],
            [action(applies="no", status="not_applicable")],
        )
    ],
    "not_applying_without_reason": [
        ([action(applies="no")], [action(applies="no", reason_if_not="We hold none")]),
        ([action(applies="partly")], [action(applies="yes")]),
        ([action(applies="no")], [action(ref="A1", applies="no")]),
    ],
    "done_but_not_in_place": [
        (
            [action(applies="yes", status="in_progress"), step(status="done")],
            [action(applies="yes", status="in_place"), step(status="done")],
        ),
        (
            [action(applies="yes", status="planned"), step(status="done")],
            [action(applies="yes", status="planned"), step(status="open")],
        ),
    ],
    "step_done_but_open": [
        (
            [step(1, of=2, done_on=TODAY, status="open")],
            [step(1, of=2, done_on=TODAY, status="done")],
        ),
        ([step(1, of=2, done_on=TODAY)], [step(1, of=2, done_on=TOMORROW)]),
    ],
    # any kind
    "overdue": [
        (
            [Activity(id=1, title="Drill", planned_on=YESTERDAY, status="planned")],
            [Activity(id=1, title="Drill", planned_on=YESTERDAY, status="done")],
        ),
        (
            [Task(id=1, title="Ask", due_on=YESTERDAY, status="waiting")],
            [Task(id=1, title="Ask", due_on=YESTERDAY, status="done")],
        ),
        ([risk(due_on=YESTERDAY)], [risk(due_on=TODAY)]),
        ([risk(due_on=YESTERDAY, status="treating")], [risk(due_on=YESTERDAY, status="closed")]),
        ([risk(due_on=YESTERDAY)], [risk(due_on=YESTERDAY, status="accepted")]),
        (
            [action(applies="yes", due_on=YESTERDAY)],
            [action(applies="yes", due_on=YESTERDAY, status="in_place")],
        ),
        (
            [step(1, of=2, due_on=YESTERDAY), action(2, applies="yes")],
            [step(1, of=2, due_on=YESTERDAY), action(2, applies="no")],
        ),
    ],
    "review_overdue": [
        ([risk(next_review_on=YESTERDAY)], [risk(next_review_on=TODAY)]),
        (
            [asset(last_review_on=date(2025, 11, 19), review_every_months=12)],
            [asset(last_review_on=date(2025, 11, 20), review_every_months=12)],
        ),
        (
            [asset(next_review_on=YESTERDAY, status="retired")],
            [asset(next_review_on=YESTERDAY, status="disposed")],
        ),
        (
            [action(applies="yes", status="in_place", last_review_on=date(2025, 1, 1),
                    review_every_months=12)],
            [action(applies="no", status="in_place", last_review_on=date(2025, 1, 1),
                    review_every_months=12)],
        ),
    ],
    "reviewed_since": [
        (
            [risk(last_review_on=TODAY, next_review_on=YESTERDAY)],
            [risk(last_review_on=TODAY, next_review_on=TODAY)],
        )
    ],
    "in_the_future": [
        ([asset(last_review_on=TOMORROW)], [asset(last_review_on=TODAY)]),
        ([risk(accepted_on=TOMORROW)], [risk(accepted_until_on=TOMORROW)]),
        (
            [incident(discovered_at=at("2026-11-21T00:00"))],
            [incident(discovered_at=at("2026-11-20T23:59"))],
        ),
        (
            [Notice(id=1, title="First", sent_at=at("2027-01-01"))],
            [Notice(id=1, title="First", next_due_at=at("2027-01-01"), planned_at=at("2027-01"))],
        ),
        (
            [Decision(id=1, title="Wait", decided_at=at("2027-01-01"))],
            [Decision(id=1, title="Wait", decide_again_at=at("2027-01-01"))],
        ),
    ],
    "ends_before_it_begins": [
        (
            [party(from_on=TODAY, until_on=YESTERDAY)],
            [party(from_on=TODAY, until_on=TODAY)],
        ),
        (
            [risk(accepted_on=TODAY, accepted_until_on=YESTERDAY)],
            [risk(accepted_until_on=YESTERDAY)],
        ),
    ],
    "evidence_expired": [
        (
            [Evidence(id=1, title="Photo", valid_until_on=YESTERDAY)],
            [Evidence(id=1, title="Photo", valid_until_on=TODAY)],
        ),
        (
            [Evidence(id=1, title="Photo", valid_until_on=YESTERDAY)],
            [
                Evidence(id=1, title="Photo", valid_until_on=YESTERDAY),
                Evidence(id=2, title="Photo of today", replaces=frozenset({1})),
            ],
        ),
        (
            [step(1, of=2, status="done", evidence_until_on=YESTERDAY)],
            [step(1, of=2, status="done", evidence_until_on=TODAY)],
        ),
        (
            [step(1, of=2, status="done", evidence_until_on=YESTERDAY), action(2, applies="yes")],
            [step(1, of=2, status="done", evidence_until_on=YESTERDAY), action(2, applies="no")],
        ),
        (
            [step(1, of=2, status="done", evidence_until_on=YESTERDAY)],
            [step(1, of=2, status="open", evidence_until_on=YESTERDAY)],
        ),
    ],
    "duty_of_someone_who_left": [
        ([risk(owner=TWO), party(2, until_on=YESTERDAY)], [risk(owner=TWO), party(2, until_on=TODAY)]),
        (
            [asset(custodian=TWO), party(2, until_on=YESTERDAY)],
            [asset(custodian=TWO, status="disposed"), party(2, until_on=YESTERDAY)],
        ),
        (
            [action(owner=TWO, status="in_place"), party(2, until_on=YESTERDAY)],
            [action(owner=TWO, status="not_applicable"), party(2, until_on=YESTERDAY)],
        ),
        (
            [risk(owner=TWO), party(2, until_on=YESTERDAY)],
            [risk(accepted_by=TWO), party(2, until_on=YESTERDAY)],
        ),
    ],
    "link_into_the_bin": [([risk(assets=frozenset({90}))], [risk(assets=frozenset({91}))])],
    "about_disposed_data": [
        (
            [risk(assets=TWO), asset(2, status="disposed")],
            [risk(assets=frozenset({2, 3})), asset(2, status="disposed"), asset(3)],
        ),
        (
            [Transfer(id=1, title="To Shenzhen", assets=TWO), asset(2, status="disposed")],
            [
                Transfer(id=1, title="To Shenzhen", assets=TWO, status="ended"),
                asset(2, status="disposed"),
            ],
        ),
        (
            [risk(assets=TWO), asset(2, status="disposed")],
            [risk(assets=TWO, status="closed"), asset(2, status="disposed")],
        ),
    ],
    "same_title": [
        (
            [Risk(id=1, title="Mail  GOES astray"), Risk(id=0, ref="R-1", title="Mail goes astray")],
            [Risk(id=1, title="Mail goes astray"), Asset(id=2, title="Mail goes astray")],
        ),
        (
            [Risk(id=1, title="a"), Risk(id=0, ref="R-1", title="a")],
            [Step(id=1, title="a"), Step(id=0, title="a")],
        ),
        (
            [Risk(id=1, title="a"), Risk(id=0, ref="R-1", title="a")],
            [Decision(id=1, title="a"), Decision(id=0, title="a")],
        ),
    ],
    # texts
    "hkid_in_text": [
        ([risk(notes="Her card is A123456(3).")], [risk(notes="Her card is A123456(4).")]),
        ([party(address="A123456（3）")], [party(address="A123***(3)")]),
        (
            [incident(other_facts=(("card", "AB987654(3)"),))],
            [incident(other_facts=(("card", "AB987654(4)"),))],
        ),
    ],
    "card_number_in_text": [
        ([risk(cause="Card 4111 1111 1111 1111")], [risk(cause="Card 4111 1111 1111 1112")]),
        ([asset(tags=frozenset({"5500005555555559"}))], [asset(tags=frozenset({"550000"}))]),
    ],
}  # fmt: skip
