"""Each check with a record that has the fault and one that just does not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from string import Formatter
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from riskreg.records import Incident, Organisation, Record, Risk
from riskreg.records.values import Money
from riskreg.rules.checks import CHECKS, LEVELS, Finding, found, repair
from riskreg.rules.checks.texts import holds_card, holds_hkid
from tests.rules import (
    check_cases_anywhere,
    check_cases_breaches,
    check_cases_kinds,
    check_cases_works,
)
from tests.rules.check_records import (
    IN_THE_BIN,
    NOON,
    ONE,
    TODAY,
    YESTERDAY,
    around,
    asset,
    at,
    banded,
    incident,
    keys,
    risk,
    step,
)

CASES = {
    **check_cases_kinds.CASES,
    **check_cases_anywhere.CASES,
    **check_cases_works.CASES,
    **check_cases_breaches.CASES,
}


@pytest.mark.parametrize(
    ("key", "wrong", "right"),
    [(key, wrong, right) for key, cases in CASES.items() for wrong, right in cases],
)
def test_check_when_a_record_has_the_fault_then_it_is_found_and_just_not_otherwise(
    key: str, wrong: Sequence[Record], right: Sequence[Record]
) -> None:
    assert key in keys(wrong)
    assert key not in keys(right)


RESCORED = "came_true_not_rescored"
APART = {
    RESCORED, "time_changed_after_notice", "assessed_before_the_facts", "decided_by_older_rule",
}  # fmt: skip
"""Checks that ask the history or the catalogue: their tests are here and in test_checks_history."""


def test_checks_when_listed_then_each_has_a_case_and_a_name_of_its_own() -> None:
    assert CASES.keys() | APART == CHECKS.keys()
    assert len(CHECKS) >= 50
    for words in ("sentence", "ask"):
        assert len({getattr(check, words) for check in CHECKS.values()}) == len(CHECKS)
    assert {check.level for check in CHECKS.values()} == set(LEVELS)
    assert all(check.source and re.search("[a-z]", check.source) for check in CHECKS.values())


def test_sentence_when_it_names_something_then_every_hit_offers_it() -> None:
    seen = set()
    for cases in CASES.values():
        for wrong, _ in cases:
            for finding in found(around(*wrong, gone=IN_THE_BIN)):
                wanted = {
                    name for _, name, _, _ in Formatter().parse(finding.check.sentence) if name
                }
                assert wanted == finding.facts.keys(), finding.check.key
                assert finding.field, finding.check.key
                assert hasattr(type(around(*wrong).records[finding.id]), finding.field)
                seen.add(finding.check.key)
    assert seen >= CASES.keys()


SCORED = {"residual_likelihood": 2, "residual_impact": 2, "residual_score": 4}


@pytest.mark.parametrize(
    ("scored_at", "case", "is_found"),
    [
        (NOON, incident(2, risks=ONE, discovered_at=at("2026-11-19T12:01")), True),
        (NOON, incident(2, risks=ONE, discovered_at=at("2026-11-19T12:00")), False),
        (NOON, incident(2, risks=ONE, discovered_at=at("2026-11-19")), False),
        (NOON, incident(2, risks=ONE, discovered_at=at("2026-11-20")), True),
        (NOON, incident(2, risks=ONE, occurred_from_at=at("2026-11-20")), True),
        (NOON, incident(2, risks=ONE, discovered_at=at("2026-11-20"), drill=True), False),
        (NOON, incident(2, risks=ONE, discovered_at=at("2026-11-20"), status="not_a_breach"), False),
        (NOON, incident(2, risks=ONE), False),
        (NOON, incident(2, discovered_at=at("2026-11-20")), False),
        (None, incident(2, risks=ONE, discovered_at=at("2026-11-20")), False),
    ],
)  # fmt: skip
def test_risk_when_it_came_true_after_it_was_scored_then_that_is_found(
    scored_at: datetime | None, case: Incident, is_found: bool
) -> None:
    findings = found(around(risk(**SCORED), case, scored_at={1: scored_at}))
    assert (RESCORED in {finding.check.key for finding in findings}) is is_found


def test_found_when_there_are_many_then_the_gravest_stand_first_and_refs_in_their_order() -> None:
    clean = {"owner": frozenset({9}), "status": "open"}
    records = [
        Risk(id=1, ref="R-0010", title="a", **clean),
        Risk(id=2, ref="R-0002", title="b", **clean),
        Risk(id=3, ref="R-0003", title="c", residual_score=12, residual_level="high",
             residual_likelihood=4, residual_impact=3, **clean),
        asset(4, status="in_use"),
    ]  # fmt: skip
    findings = found(around(*records))
    order = [(list(LEVELS).index(each.check.level), each.kind != "risk") for each in findings]
    assert order == sorted(order)
    unscored = [each.ref for each in findings if each.check.key == "not_scored"]
    assert unscored == ["R-0002", "R-0010"]
    assert findings[0].ref == "R-0003"


class Impatient:
    """Stops at the second step."""

    def __init__(self) -> None:
        self.steps = 0

    def step(self, doing: str, done: int = 0, total: int = 0) -> None:
        self.steps += 1
        if self.steps > 1:
            raise KeyboardInterrupt


def test_found_when_the_user_stops_it_then_it_stops_between_records() -> None:
    records = [risk(id) for id in range(1, 1_000)]
    with pytest.raises(KeyboardInterrupt):
        found(around(*records), Impatient())


def only(findings: Sequence[Finding], key: str) -> Finding:
    (finding,) = [each for each in findings if each.check.key == key]
    return finding


@pytest.mark.parametrize(
    ("key", "record", "mended"),
    [
        ("treatment_only_in_detail", risk(treatment_option="shared"), {"treatment": "share"}),
        (
            "impact_below_a_dimension",
            risk(residual_impact=2, impact_legal=3, impact_people=4),
            {"residual_impact": 4},
        ),
        ("impact_only_by_dimension", risk(impact_legal=3), {"residual_impact": 3}),
        ("step_done_but_open", step(1, of=2, done_on=TODAY), {"status": "done"}),
        ("link_into_the_bin", risk(assets=frozenset({3, 90})), {"assets": frozenset({3})}),
        (
            "reviewed_since",
            risk(last_review_on=TODAY, next_review_on=YESTERDAY, review_every_months=6),
            {"next_review_on": date(2027, 5, 20)},
        ),
    ],
)
def test_repair_when_it_is_safe_then_the_record_has_the_fault_no_more(
    key: str, record: Record, mended: Mapping[str, Any]
) -> None:
    finding = only(found(around(record, gone=IN_THE_BIN)), key)
    changes = repair(finding)
    assert changes is not None
    (change,) = changes.changes
    assert (change.id, change.after) == (1, mended)
    assert key not in keys([record.having(mended)])


def test_repair_when_the_severity_is_not_the_assessed_one_then_the_newest_assessment_is_followed() -> (
    None
):
    case = incident(severity="low")
    made = check_cases_breaches.assessment(2, of=1, severity_band="high")
    finding = only(found(around(case, made)), "severity_differs")
    changes = repair(finding)
    assert changes is not None
    assert changes.changes[0].after == {"severity": "high"}


def test_repair_when_a_loss_falls_in_another_band_then_the_step_of_money_is_set() -> None:
    lost = risk(expected_loss=Money(1, "HKD"), impact_money=2, scored_by=frozenset({2}))
    finding = only(found(around(lost, banded())), "loss_in_another_band")
    assert finding.facts == {"step": 1, "impact": 2}
    changes = repair(finding)
    assert changes is not None
    assert changes.changes[0].after == {"impact_money": 1}


def test_repair_when_only_a_person_can_say_then_none_is_offered() -> None:
    late = risk(last_review_on=TODAY, next_review_on=YESTERDAY)
    for key in ("reviewed_since", "without_owner"):
        assert repair(only(found(around(late)), key)) is None


def test_register_when_it_is_new_then_the_organisation_has_no_fault() -> None:
    assert found(around(Organisation(id=1, title="Harbour Clinic"))) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A123456(3)", True),
        ("a123456 (3)", True),
        ("身份證A123456（3），已核對", True),
        ("Ａ１２３４５６（３）", True),
        ("A1234563", True),
        ("G123456(A)", True),
        ("g123456(a)", True),
        ("L555555(0)", True),
        ("C123456(9)", True),
        ("AB987654(3)", True),
        ("A123456(4)", False),
        ("A123456", False),
        ("A123456(3", False),
        ("A12345(3)", False),
        ("XA123456(3)", False),
        ("ref 0A123456(3)", False),
        ("A12345634", False),
        ("A1234563B", False),
        ("A123***(3)", False),
        ("R-0012 of I-2026-001", False),
    ],
)
def test_hkid_when_its_check_digit_fits_then_it_is_one(text: str, wanted: bool) -> None:
    # worked out by hand: A123456: 36*9 + 10*8 + 1*7 + 2*6 + 3*5 + 4*4 + 5*3 + 6*2 = 481; 481 + 3 = 44 * 11
    assert holds_hkid(text) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("4111111111111111", True),
        ("4111-1111-1111-1111.", True),
        ("４１１１ １１１１ １１１１ １１１１", True),
        ("5500 0055 5555 5559", True),
        ("3782 822463 10005", True),
        ("4111111111111112", False),
        ("411111111111", False),
        ("41111111111111111111", False),
        ("0000 0000 0000 0000", False),
        ("1234567812345670", False),  # the digit fits, but no card begins with 1
        ("A4111111111111111", False),
        ("+852 2345 6789", False),
    ],
)
def test_card_when_its_check_digit_fits_then_it_is_one(text: str, wanted: bool) -> None:
    assert holds_card(text) is wanted


@given(st.from_regex(r"[A-Z]{1,2}[0-9]{6}", fullmatch=True), st.integers(1, 6), st.integers(1, 9))
def test_hkid_when_any_digit_is_mistyped_then_it_is_none(
    number: str, place: int, more: int
) -> None:
    fitting = [digit for digit in "0123456789A" if holds_hkid(f"{number}({digit})")]
    assert len(fitting) == 1
    wrong = str((int(number[-place]) + more) % 10)
    mistyped = number[: len(number) - place] + wrong + number[len(number) - place + 1 :]
    assert not holds_hkid(f"{mistyped}({fitting[0]})")


@given(st.from_regex(r"4[0-9]{14}", fullmatch=True), st.integers(0, 14), st.integers(1, 9))
def test_card_when_any_digit_is_mistyped_then_it_is_none(
    number: str, place: int, more: int
) -> None:
    assume(set(number) != {"4"})
    (digit,) = [digit for digit in "0123456789" if holds_card(number + digit)]
    wrong = str((int(number[place]) + more) % 10)
    assert not holds_card(number[:place] + wrong + number[place + 1 :] + digit)


def test_number_when_it_is_found_then_no_finding_repeats_it() -> None:
    findings = found(around(risk(notes="A123456(3), 4111111111111111", owner=frozenset({9}))))
    told = {each.check.key: str(each.facts) for each in findings}
    assert {"hkid_in_text", "card_number_in_text"} <= told.keys()
    assert not any("123456" in facts or "1111" in facts for facts in told.values())
