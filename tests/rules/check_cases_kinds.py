"""Cases of the checks of incidents, risks, data and parties."""

from __future__ import annotations

from riskreg.records import Organisation
from riskreg.records.values import Count, Money
from tests.rules.check_records import (
    HEALTH,
    ONE,
    TODAY,
    TWO,
    WHOLE,
    YESTERDAY,
    Cases,
    asset,
    at,
    banded,
    incident,
    party,
    processing,
    risk,
    scored,
)

LOSS = Money(25_000_000, "HKD")

CASES: Cases = {
    # incidents
    "times_out_of_order": [
        (
            [incident(discovered_at=at("2026-11-02"), occurred_from_at=at("2026-11-03"))],
            [incident(discovered_at=at("2026-11-03"), occurred_from_at=at("2026-11-03T18:00"))],
        ),
        (
            [incident(discovered_at=at("2026-11-03T10:00"), aware_at=at("2026-11-03T09:59"))],
            [incident(discovered_at=at("2026-11-03T10:00"), aware_at=at("2026-11-03T10:00"))],
        ),
        (
            [incident(contained_at=at("2026-10"), occurred_from_at=at("2026-11-01"))],
            [incident(contained_at=at("2026-11"), occurred_from_at=at("2026-11-30"))],
        ),
        (
            [incident(closed_at=at("2026-11-02"), discovered_at=at("2026-11-03"))],
            [incident(closed_at=at("2026-11-04"), discovered_at=at("2026-11-03"))],
        ),
    ],
    "harm_not_assessed": [
        ([incident(status="reported")], [incident(status="reported", assessed_at=at("2026-11"))])
    ],
    "closing_moment_while_open": [
        (
            [incident(status="recovering", closed_at=at("2026-11-19"))],
            [incident(status="closed", closed_at=at("2026-11-19"))],
        )
    ],
    "incident_without_asset": [
        ([incident()], [incident(assets=TWO)]),
        ([incident(near_miss=False)], [incident(near_miss=True)]),
        ([incident(status="closed")], [incident(status="not_a_breach")]),
    ],
    "data_of_nobody": [
        (
            [incident(data_types=HEALTH, people_count=Count(0))],
            [incident(data_types=HEALTH, people_count=Count(None, "to_be_determined"))],
        ),
        ([incident(data_types=HEALTH, people_count=Count(0))], [incident(people_count=Count(0))]),
    ],
    "data_not_in_the_inventory": [
        (
            [incident(assets=TWO, data_types=frozenset({"health", "basic"})),
             asset(2, data_types=frozenset({"basic"}))],
            [incident(assets=TWO, data_types=HEALTH), asset(2, data_types=HEALTH)],
        ),
        (
            [incident(assets=TWO, data_types=HEALTH), asset(2, data_types=frozenset({"basic"}))],
            [incident(assets=TWO, data_types=HEALTH), asset(2)],
        ),
    ],
    "closed_without_risk": [
        ([incident(status="closed")], [incident(status="closed", risks=TWO)]),
        ([incident(status="closed")], [incident(status="closed", drill=True)]),
    ],
    "drill_and_near_miss": [
        ([incident(drill=True, near_miss=True)], [incident(drill=True, near_miss=False)])
    ],
    # risks
    "residual_above_inherent": [
        (
            [scored(4, 3, "high", inherent_score=9)],
            [scored(3, 3, "moderate", inherent_score=9)],
        )
    ],
    "target_above_residual": [
        ([scored(2, 2, "low", target_score=5)], [scored(2, 2, "low", target_score=4)])
    ],
    "target_missed": [
        (
            [scored(3, 3, "moderate", target_score=4, target_on=YESTERDAY)],
            [scored(3, 3, "moderate", target_score=4, target_on=TODAY)],
        ),
        (
            [scored(3, 3, "moderate", target_score=4, target_on=YESTERDAY)],
            [scored(2, 2, "low", target_score=4, target_on=YESTERDAY)],
        ),
    ],
    "off_the_scale": [([scored(7, 3, "", status="open")], [scored(5, 5, "critical")])],
    "impact_below_a_dimension": [
        ([scored(2, 2, "low", impact_legal=3)], [scored(2, 3, "moderate", impact_legal=3)]),
        ([scored(2, 2, "low", impact_legal=3)], [scored(2, 4, "moderate", impact_legal=3)]),
    ],
    "impact_only_by_dimension": [
        ([risk(impact_people=2)], [scored(2, 2, "low", impact_people=2)]),
        ([risk(impact_people=2)], [risk()]),
    ],
    "loss_in_another_band": [
        (
            [risk(expected_loss=LOSS, impact_money=2, scored_by=TWO), banded()],
            [risk(expected_loss=LOSS, impact_money=3, scored_by=TWO), banded()],
        ),
        (
            [risk(expected_loss=LOSS, impact_money=2, scored_by=TWO), banded()],
            [risk(expected_loss=LOSS, impact_money=2), banded()],
        ),
    ],
    "loss_without_band": [
        (
            [risk(expected_loss=Money(1, "USD"), scored_by=TWO), banded()],
            [risk(expected_loss=LOSS, scored_by=TWO), banded()],
        ),
        (
            [risk(expected_loss=Money(1, "USD"), scored_by=TWO), banded()],
            [risk(expected_loss=Money(1, "USD")), banded()],
        ),
    ],
    "not_scored": [
        ([risk(residual_likelihood=3)], [scored(3, 1, "low")]),
        ([risk()], [risk(inherent_likelihood=3, inherent_impact=3, inherent_score=9)]),
        ([risk(status="open")], [risk(status="closed")]),
    ],
    "above_appetite_untreated": [
        ([scored(5, 2, "high")], [scored(5, 2, "high", treatment="modify")]),
        ([scored(5, 2, "high")], [scored(3, 3, "moderate")]),
    ],
    "kept_unaccepted": [
        (
            [scored(5, 2, "high", treatment="retain")],
            [scored(5, 2, "high", treatment="retain", status="accepted")],
        )
    ],
    "treatment_without_words": [
        ([risk(treatment="modify")], [risk(treatment="modify", treatment_text="Encrypt it")]),
        ([risk(treatment="avoid", treatment_text=" \n")], [risk(treatment="retain")]),
    ],
    "treatment_contradicts_detail": [
        (
            [risk(treatment="retain", treatment_option="shared")],
            [risk(treatment="share", treatment_option="shared")],
        ),
        (
            [risk(treatment="avoid", treatment_option="source_removed")],
            [risk(treatment=None, treatment_option="source_removed")],
        ),
    ],
    "treatment_only_in_detail": [
        ([risk(treatment_option="not_begun")], [risk(treatment="avoid")]),
    ],
    "acceptance_unexplained": [
        (
            [risk(status="accepted", **{**WHOLE, key: empty})],
            [risk(status="accepted", **WHOLE)],
        )
        for key, empty in (
            ("accepted_by", frozenset()),
            ("accepted_on", None),
            ("accepted_until_on", None),
            ("acceptance_reason", " "),
        )
    ]
    + [([risk(status="accepted")], [risk(status="open")])],
    "acceptance_ended": [
        (
            [risk(status="accepted", accepted_until_on=YESTERDAY)],
            [risk(status="accepted", accepted_until_on=TODAY)],
        )
    ],
    "closed_while_it_comes_true": [
        (
            [risk(status="closed"), incident(2, risks=ONE, status="recovering")],
            [risk(status="closed"), incident(2, risks=ONE, status="closed")],
        ),
        (
            [risk(status="closed"), incident(2, risks=ONE)],
            [risk(status="closed"), incident(2, risks=ONE, drill=True)],
        ),
    ],
    "accepted_beyond_tolerance": [
        (
            [scored(5, 2, "high", status="accepted"), Organisation(id=2, tolerance="moderate")],
            [scored(5, 2, "high", status="accepted"), Organisation(id=2, tolerance="high")],
        ),
        (
            [scored(5, 2, "high", status="accepted"), Organisation(id=2, tolerance="low")],
            [scored(5, 2, "high", status="treating"), Organisation(id=2, tolerance="low")],
        ),
        (
            [scored(5, 5, "critical", status="accepted"), Organisation(id=2, tolerance="high")],
            [scored(5, 5, "critical", status="accepted"), Organisation(id=2)],
        ),
    ],
    "tolerance_below_appetite": [
        (
            [Organisation(id=1, tolerance="low", appetite="moderate")],
            [Organisation(id=1, tolerance="low", appetite="low")],
        )
    ],
    # data and parties
    "sensitive_without_retention": [
        ([asset(data_types=HEALTH)], [asset(data_types=HEALTH, retention="7 years")]),
        ([asset(data_types=HEALTH)], [asset(data_types=HEALTH, retention_months=84)]),
        ([asset(data_types=HEALTH)], [asset(data_types=frozenset({"contact"}))]),
        ([asset(data_types=HEALTH)], [asset(data_types=HEALTH, status="disposed")]),
    ],
    "sensitive_unencrypted_on_the_move": [
        (
            [asset(data_types=HEALTH, encryption="none", storage_medium="device")],
            [asset(data_types=HEALTH, encryption="rest", storage_medium="device")],
        ),
        (
            [asset(data_types=HEALTH, encryption="none", storage_medium="removable_media")],
            [asset(data_types=HEALTH, encryption="none", storage_medium="paper")],
        ),
    ],
    "sensitive_called_public": [
        (
            [asset(data_types=HEALTH, classification="public")],
            [asset(data_types=HEALTH, classification="internal")],
        )
    ],
    "retention_without_disposal": [
        (
            [asset(retention="7 years")],
            [asset(retention="7 years", disposal_method="shredding")],
        ),
        ([asset(retention_months=84)], [asset()]),
    ],
    "keeper_not_named_processor": [
        (
            [asset(custodian=TWO), party(2, party_type="processor")],
            [asset(custodian=TWO, processors=TWO), party(2, party_type="processor")],
        ),
        (
            [asset(custodian=TWO), party(2, party_type="processor")],
            [asset(custodian=TWO), party(2, party_type="person")],
        ),
    ],
    "processor_without_contract": [
        (processing(), processing(contract_ref="C-7, safe")),
        (processing(), (party(), asset(2, status="disposed", processors=ONE))),
    ],
    "processor_without_notice_window": [
        (
            processing(contract_ref="C-7"),
            processing(contract_ref="C-7", notice_hours=24),
        )
    ],
    "processing_after_the_contract": [
        (
            processing(contract_until_on=YESTERDAY),
            processing(contract_until_on=TODAY),
        ),
        (processing(until_on=YESTERDAY), (party(until_on=YESTERDAY),)),
    ],
    "processing_beyond_the_contract": [
        (
            processing(processes=frozenset({"contact"})),
            processing(processes=frozenset({"contact", "health"})),
        ),
        (processing(processes=frozenset({"contact"})), processing()),
    ],
    "contact_unreachable": [
        ([party(party_type="processor")], [party(party_type="processor", email="a@b.hk")]),
        ([party(party_type="insurer")], [party(party_type="customer")]),
        ([party(until_on=TODAY)], [party(until_on=YESTERDAY)]),
    ],
}  # fmt: skip
