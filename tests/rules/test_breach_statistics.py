"""Figures of breaches, against figures counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from riskreg.breach_figures import breach_figures
from riskreg.catalogue import vocabulary
from riskreg.records import Decision, Incident, Notice
from riskreg.records.values import Count, Instant
from riskreg.rules.breach_statistics import Figures, Happened, figures, grouped
from riskreg.rules.counting import sort_of_meant
from riskreg.rules.monthly import incident_figures

ZONE = "Asia/Hong_Kong"
NOW = datetime(2026, 8, 1, tzinfo=UTC)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def at(text: str) -> Instant:
    return Instant.parse(text, ZONE)


def an(day: str = "2026-03-10T09:00", **values: object) -> Incident:
    return Incident(**{"title": "x", "discovered_at": at(day), **values})  # type: ignore[arg-type]


def counted(*incidents: Incident) -> Figures:
    return figures([Happened(incident=each, now=NOW) for each in incidents], FIRST, LAST, ZONE)


def test_sorts_when_they_differ_then_each_is_counted_once_and_apart() -> None:
    found = counted(
        an(), an(near_miss=True), an(drill=True, near_miss=True), an(status="not_a_breach"),
        an(drill=True, status="not_a_breach"),
    )  # fmt: skip
    assert found.sorts == {"breach": 1, "near_miss": 1, "drill": 2, "not_a_breach": 1}
    assert found.breaches == sum(found.months.values()) == sum(found.categories.values()) == 1


@pytest.mark.parametrize("what", [{"near_miss": True}, {"drill": True}, {"status": "not_a_breach"}])
def test_figures_when_it_is_no_breach_then_it_is_in_no_other_figure(what) -> None:
    everything = {
        "category": "ransomware", "cause": "external_malicious", "people_count": Count(50),
        "aware_at": at("2026-03-10T09:00"), "contained_at": at("2026-03-10T10:00"),
    }  # fmt: skip
    found = counted(an(**everything, **what))
    assert not found.categories
    assert not found.causes
    assert found.people == found.people_unknown == 0
    assert found.contained.number == 0


def test_months_when_an_incident_is_at_midnight_then_the_organisations_calendar_says() -> None:
    found = counted(an("2026-01-31T23:59"), an("2026-02-01T00:00"), an("2025-12-31T23:59"))
    assert found.months[date(2026, 1, 1)] == 1
    assert found.months[date(2026, 2, 1)] == 1
    assert len(found.months) == 12
    assert found.breaches == 2


def test_people_when_some_are_not_known_then_the_sum_is_of_the_others() -> None:
    found = counted(
        an(people_count=Count(100)), an(people_count=Count(20, "approximate")), an(),
        an(people_count=Count(None, "unknown")),
    )  # fmt: skip
    assert (found.people, found.people_unknown) == (120, 2)


def test_spans_when_three_were_contained_then_the_middle_and_longest_are_told() -> None:
    aware = at("2026-03-10T09:00")
    found = counted(
        an(aware_at=aware, contained_at=at("2026-03-10T10:00")),
        an(aware_at=aware, contained_at=at("2026-03-10T14:00")),
        an(aware_at=aware, contained_at=at("2026-03-09T14:00")),
        an(aware_at=aware),
    )
    assert found.contained.number == 3
    assert found.contained.median == timedelta(hours=1)
    assert found.contained.longest == timedelta(hours=5)


def test_decided_when_it_was_put_off_first_then_the_first_answer_counts() -> None:
    made = (
        Decision(title="d", answer="not_yet", decided_at=at("2026-03-10T10:00")),
        Decision(title="d", answer="no", decided_at=at("2026-03-12T09:00")),
        Decision(title="d", answer="yes", decided_at=at("2026-03-13T09:00")),
    )
    incident = an(aware_at=at("2026-03-10T09:00"))
    found = figures([Happened(incident=incident, decisions=made, now=NOW)], FIRST, LAST, ZONE)
    assert found.decided.median == timedelta(days=2)


def test_told_when_a_notice_was_sent_or_withdrawn_then_only_the_first_counts() -> None:
    sent = at("2026-03-11T09:00")
    notices = (
        Notice(title="n", recipient="authority", phase="first", sent_at=sent),
        Notice(title="n", recipient="individuals", phase="withdrawn", sent_at=sent),
        Notice(title="n", recipient="individuals", phase="first"),
        Notice(title="n", recipient="individuals", phase="first", sent_at=at("2026-09-11T09:00")),
    )
    happened = Happened(incident=an(), notices=notices, now=NOW)
    found = figures([happened], FIRST, LAST, ZONE)
    assert (found.authority, found.individuals) == (1, 0)


def test_figures_when_beside_those_of_the_month_then_they_agree() -> None:
    incidents = [
        an(f"2026-{month:02}-15T09:00", near_miss=month % 3 == 0) for month in range(1, 12)
    ]
    monthly = incident_figures(incidents, date(2026, 12, 31), ZONE)
    found = counted(*incidents)
    assert found.breaches == monthly.in_year
    assert found.sorts["near_miss"] == monthly.near_misses


def test_groups_when_categories_are_summed_then_none_is_lost_or_counted_twice() -> None:
    keys = vocabulary().terms_of("incident_category").keys
    counts: dict[str | None, int] = dict.fromkeys(keys, 1)
    counts[None] = 3
    found = grouped(counts, breach_figures().group_of)
    assert sum(found.values()) == len(keys) + 3
    assert found[None] == 3
    assert set(found) - {None} <= {group.key for group in breach_figures().groups}
    assert found["hacking"] == 6


def test_years_when_read_then_they_are_those_of_the_source() -> None:
    found = {each.year: each for each in breach_figures().years}
    assert [found[year].notifications for year in (2023, 2024, 2025)] == [157, 203, 246]
    newest = found[2025]
    assert newest.public is not None
    assert newest.private is not None
    assert newest.public + newest.private == newest.notifications
    assert (newest.hacking, newest.schools) == (81, 92)
    assert all(each.source.title for each in found.values())


def test_sort_when_it_is_a_drill_of_a_near_miss_then_it_is_a_drill() -> None:
    assert sort_of_meant(an(drill=True, near_miss=True)) == "drill"
