"""Checks that no record alone can answer: what the history or a newer catalogue says, from real registers where it can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from riskreg import clock
from riskreg.checking import checked, sentence
from riskreg.i18n import translator
from riskreg.records import Record
from riskreg.records.values import Count, Instant
from riskreg.rules import rule_text
from riskreg.rules.checks import Finding, found
from riskreg.views import Register
from tests.builders import add, an_incident, change
from tests.conftest import NOW
from tests.rules.check_cases_breaches import EU, decision, in_europe, rule
from tests.rules.check_records import around

AWARE = Instant.parse("2026-11-20T09:00[Asia/Hong_Kong]")
EARLIER = Instant.parse("2026-11-20T08:00[Asia/Hong_Kong]")
TODAY = date(2026, 11, 20)


def after(minutes: int):
    return clock.fixed(NOW + timedelta(minutes=minutes))


def of(opened: Register, key: str) -> list[Finding]:
    return [each for each in checked(opened, TODAY).findings if each.check.key == key]


@pytest.fixture
def incident(opened: Register) -> Record:
    return an_incident(opened, status="assessing", aware_at=AWARE)


def tell(opened: Register, incident: Record, minutes: int) -> Record:
    at = Instant(NOW + timedelta(minutes=minutes), "Asia/Hong_Kong")
    return add(opened, "notice", sent_at=at, phase="first", incident=frozenset({incident.id}))


def move(opened: Register, incident: Record, minutes: int) -> None:
    with after(minutes):
        change(
            opened, opened.record(incident.id), aware_at=EARLIER, trigger_reason="IT rang at eight"
        )


def test_time_when_changed_after_a_notice_then_it_is_found_and_says_which(
    opened: Register, incident: Record
) -> None:
    told = tell(opened, incident, 10)
    move(opened, incident, 20)
    (finding,) = of(opened, "time_changed_after_notice")
    words = sentence(finding, translator("en"), opened.vocabulary)
    assert words == f"“Aware” was changed on 20 Nov 2026, after {told.ref} had been sent."


def test_time_when_changed_before_the_notice_or_told_since_then_it_is_not_found(
    opened: Register, incident: Record
) -> None:
    move(opened, incident, 20)
    tell(opened, incident, 30)
    assert not of(opened, "time_changed_after_notice")
    tell(opened, incident, 5)
    assert not of(opened, "time_changed_after_notice")


def test_time_when_set_for_the_first_time_after_a_notice_then_it_is_not_found(
    opened: Register, incident: Record
) -> None:
    tell(opened, incident, 10)
    with after(20):
        change(opened, opened.record(incident.id), contained_at=AWARE)
    assert not of(opened, "time_changed_after_notice")


def test_assessment_when_the_facts_changed_since_then_it_is_found_until_a_newer_one(
    opened: Register, incident: Record
) -> None:
    about = {"incident": frozenset({incident.id})}
    add(opened, "assessment", made_at=Instant(NOW, "Asia/Hong_Kong"), **about)
    assert not of(opened, "assessed_before_the_facts")
    with after(20):
        change(opened, opened.record(incident.id), people_count=Count(800))
    (finding,) = of(opened, "assessed_before_the_facts")
    assert finding.facts == {"ref": "AS-0001", "day": TODAY}
    later = Instant(NOW + timedelta(minutes=30), "Asia/Hong_Kong")
    add(opened, "assessment", made_at=later, **about)
    assert not of(opened, "assessed_before_the_facts")


def test_assessment_when_only_words_changed_then_it_is_not_found(
    opened: Register, incident: Record
) -> None:
    add(
        opened, "assessment", made_at=Instant(NOW, "Asia/Hong_Kong"),
        incident=frozenset({incident.id}),
    )  # fmt: skip
    with after(20):
        change(opened, opened.record(incident.id), narrative="The clerk rang")
    assert not of(opened, "assessed_before_the_facts")


def test_decision_when_its_rule_has_a_newer_version_then_an_open_incident_says_so() -> None:
    newer = replace(rule(EU), version=2, in_force_from=date(2026, 11, 19))
    ahead = replace(newer, in_force_from=date(2026, 11, 21))

    def keys(rules, **values) -> list[str]:
        seen = replace(around(decision(), in_europe(**values)), rules=(rule(EU), *rules))
        return [each.check.key for each in found(seen)]

    assert "decided_by_older_rule" in keys([newer])
    assert "decided_by_older_rule" not in keys([ahead])
    assert "decided_by_older_rule" not in keys([])
    assert "decided_by_older_rule" not in keys([newer], status="closed")
    assert rule_text.loads(decision().rule_text).version == 1


def test_register_when_checked_then_clocks_of_its_own_rules_are_known(
    opened: Register, incident: Record
) -> None:
    add(
        opened, "own_rule", "Tell the bank", pattern="contract_customer", in_use=True,
        amount=Count(2), unit="hours", trigger="aware",
    )  # fmt: skip
    at = Instant(NOW, "Asia/Hong_Kong")
    about = {"incident": frozenset({incident.id}), "rule_key": "own.OR-0001"}
    late = add(opened, "notice", sent_at=at, phase="first", **about)
    (finding,) = of(opened, "late_without_reason")
    assert finding.ref == late.ref
    change(opened, late, late_reason="Their line was dead")
    assert not of(opened, "late_without_reason")
