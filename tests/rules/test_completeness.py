"""What a record lacks, against domain.md 1.4, 2.1, 2.3, 2.6, 3.1, 4.4 and 5.1."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from riskreg.records import (
    KINDS,
    Action,
    Asset,
    Evidence,
    Incident,
    Party,
    Record,
    Risk,
    Step,
    every_field,
)
from riskreg.records.values import Count, Instant
from riskreg.rules.checks.whole import completeness
from riskreg.rules.completeness import RULES, missing


def lacks(record: Record) -> list[str]:
    return [rule.field for rule in missing(record)]


def test_missing_when_an_incident_has_one_sentence_then_its_times_people_and_data_are_asked_for() -> (
    None
):
    found = lacks(Incident(title="Payroll mailed to a former employee", status="reported"))
    assert found == [
        "occurred_from_at",
        "discovered_at",
        "aware_at",
        "contained_at",
        "narrative",
        "cause",
        "data_types",
        "people_count",
        "people_live_in",
    ]


@pytest.mark.parametrize("mark", ["near_miss", "drill"])
def test_missing_when_nobody_was_affected_then_nobody_is_counted(mark: str) -> None:
    found = lacks(replace(Incident(title="x"), **{mark: True}))
    assert "cause" in found
    assert not {"aware_at", "people_count", "people_live_in", "contained_at"} & set(found)


def test_missing_when_it_is_closed_then_it_is_still_asked_for_and_since_when() -> None:
    assert lacks(Incident(title="x", status="closed"))[-1] == "closed_at"
    assert lacks(Incident(title="x", status="not_a_breach")) == []


def test_missing_when_a_count_is_to_be_determined_then_it_was_thought_of() -> None:
    counted = Incident(title="x", people_count=Count(None, "to_be_determined"))
    assert "people_count" not in lacks(counted)


def test_missing_when_text_is_only_spaces_then_it_is_empty() -> None:
    assert "event" in lacks(Risk(title="x", event=" \n"))
    assert "event" not in lacks(Risk(title="x", event="Mail goes astray"))


@pytest.mark.parametrize(
    ("level", "treatment", "expected"),
    [
        ("moderate", None, []),
        ("high", None, ["treatment"]),
        ("critical", None, ["treatment"]),
        ("critical", "retain", []),
        ("low", "modify", ["treatment_text", "due_on"]),
    ],
)
def test_missing_when_a_risk_is_above_appetite_or_treated_then_a_decision_and_a_date_are_asked_for(
    level: str, treatment: str | None, expected: list[str]
) -> None:
    risk = Risk(
        title="x", event="y", owner=frozenset({1}), assets=frozenset({2}), status="open",
        residual_likelihood=1, residual_impact=1, residual_level=level, treatment=treatment,
    )  # fmt: skip
    assert lacks(risk) == expected


def test_missing_when_a_risk_is_accepted_then_who_until_when_and_why_are_asked_for() -> None:
    asked = {"accepted_by", "accepted_until_on", "acceptance_reason"}
    assert asked <= set(lacks(Risk(title="x", status="accepted")))
    assert not asked & set(lacks(Risk(title="x", status="open")))
    told = Risk(
        title="x", status="accepted", accepted_by=frozenset({1}), acceptance_reason="It costs more.",
        accepted_until_on=date(2027, 1, 1),
    )  # fmt: skip
    assert not asked & set(lacks(told))


def test_missing_when_a_risk_is_closed_an_asset_disposed_or_in_the_bin_then_nothing_is() -> None:
    assert lacks(Risk(title="x", status="closed")) == []
    assert lacks(Asset(title="x", status="disposed")) == []
    binned = Instant.at(datetime(2026, 11, 20, tzinfo=UTC))
    assert lacks(Incident(title="x", deleted_at=binned)) == []


@pytest.mark.parametrize(
    ("applies", "status", "expected"),
    [
        (None, "not_started", ["applies"]),
        ("no", "not_applicable", ["reason_if_not"]),
        ("yes", "planned", ["owner", "due_on"]),
        ("partly", "verified", ["reason_if_not", "owner", "last_review_on"]),
    ],
)
def test_missing_when_a_policy_action_is_answered_then_what_follows_is_asked_for(
    applies: str | None, status: str, expected: list[str]
) -> None:
    assert lacks(Action(applies=applies, status=status)) == expected


def test_missing_when_a_step_is_done_then_its_evidence_is_asked_for() -> None:
    assert lacks(Step(status="done")) == ["evidence_text"]
    assert lacks(Step(status="open")) == []


def test_missing_when_a_file_shows_a_step_then_no_words_are_asked_for() -> None:
    done = Step(id=1, status="done")
    assert missing(done, is_shown=True) == ()
    file = Evidence(id=2, title="Photo", steps=frozenset({1}))
    for files, percent in (
        ([file], 100),
        ([replace(file, status="replaced")], 0),
        ([replace(file, status="destroyed")], 0),
        ([file, Evidence(id=3, title="x", replaces=frozenset({2}))], 0),
        ([replace(file, status="replaced"), replace(file, id=3, replaces=frozenset({2}))], 100),
    ):
        assert completeness([done, *files]).percent == percent


def test_missing_when_someone_can_be_reached_one_way_then_that_is_enough() -> None:
    assert lacks(Party(title="Amy", party_type="person")) == ["phone"]
    assert lacks(Party(title="Amy", party_type="person", email="amy@example.org")) == []
    assert lacks(Party(title="A customer", party_type="customer")) == []


def test_rules_when_read_then_each_names_a_field_a_section_and_one_sentence() -> None:
    for kind, rules in RULES.items():
        for rule in rules:
            assert rule.field in every_field(KINDS[kind])
            assert rule.source[0].isdigit()
            assert rule.reason.endswith((".", "?"))
