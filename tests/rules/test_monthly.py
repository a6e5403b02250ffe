"""What a month came to, at the edges of days, months and years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from riskreg.catalogue import vocabulary
from riskreg.records import Incident, Risk
from riskreg.records.values import Instant
from riskreg.rules.compared import Net
from riskreg.rules.monthly import DEEDS, deeds, incident_figures, known_on, trend

SCALE = vocabulary().scale
ZONE = "Asia/Hong_Kong"
TODAY = date(2026, 11, 20)


def at(text: str) -> Instant:
    return Instant.parse(text, ZONE)


def found(text: str, **values: object) -> Incident:
    return Incident(discovered_at=at(text), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("when", "this_month", "last_month", "in_year"),
    [
        ("2026-11-01T00:00", 1, 0, 1),
        ("2026-10-31T23:59", 0, 1, 1),
        ("2026-10-01", 0, 1, 1),
        ("2026-09-30", 0, 0, 1),
        ("2025-11-21", 0, 0, 1),
        ("2025-11-20", 0, 0, 0),
        ("2026-11-20T23:59", 1, 0, 1),
        ("2026-11-21", 0, 0, 0),
        ("2026-10-31T23:30+07:00[Asia/Bangkok]", 1, 0, 1),
    ],
)
def test_figures_when_an_incident_is_at_an_edge_then_the_day_of_the_zone_decides(
    when: str, this_month: int, last_month: int, in_year: int
) -> None:
    figures = incident_figures([found(when)], TODAY, ZONE)
    assert (figures.this_month, figures.last_month, figures.in_year) == (
        this_month,
        last_month,
        in_year,
    )


def test_figures_when_the_month_is_january_then_the_last_one_is_december() -> None:
    figures = incident_figures([found("2025-12-31")], date(2026, 1, 1), ZONE)
    assert (figures.this_month, figures.last_month, figures.in_year) == (0, 1, 1)


def test_figures_when_there_are_drills_and_near_misses_then_they_are_no_incidents() -> None:
    figures = incident_figures(
        [found("2026-11-02", drill=True), found("2026-11-03", near_miss=True),
         found("2026-11-04", drill=True, near_miss=True), found("2026-11-05")],
        TODAY, ZONE,
    )  # fmt: skip
    assert (figures.this_month, figures.near_misses) == (1, 1)


def test_figures_when_some_are_contained_then_the_median_counts_from_aware() -> None:
    taken = [
        found("2026-11-02", aware_at=at(start), contained_at=at(end))
        for start, end in (
            ("2026-11-02T08:00", "2026-11-02T10:00"),
            ("2026-11-02T08:00", "2026-11-03T08:00"),
            ("2026-11-02T08:00", "2026-11-02T07:00"),
        )
    ]
    figures = incident_figures(
        [*taken, found("2026-11-02", aware_at=at("2026-11-02"))], TODAY, ZONE
    )
    assert figures.contained_in == timedelta(hours=2)
    assert incident_figures([], TODAY, ZONE).contained_in is None


def test_known_on_when_it_was_not_said_then_the_next_best_moment_counts() -> None:
    assert known_on(Incident(), ZONE) is None
    aware = Incident(aware_at=at("2026-11-02"), created_at=at("2026-11-09"))
    assert known_on(aware, ZONE) == date(2026, 11, 2)
    assert known_on(Incident(created_at=at("2026-11-09")), ZONE) == date(2026, 11, 9)


def net(kind: str, before: dict, after: dict, **values: bool) -> Net:
    return Net(id=1, ref="X-1", kind=kind, before=before, after=after, **values)


RISK = Risk(residual_likelihood=3, residual_impact=4)


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        (None, "same"),
        (net("risk", {}, {"title": "x"}, is_new=True), "new"),
        (net("risk", {"residual_likelihood": 2}, {"residual_likelihood": 3}), "worse"),
        (net("risk", {"residual_impact": 5}, {"residual_impact": 4}), "better"),
        (net("risk", {"residual_likelihood": 4, "residual_impact": 3}, {}), "same"),
        (net("risk", {"residual_likelihood": None}, {"residual_likelihood": 3}), "new"),
        (net("risk", {"title": "old"}, {"title": "new"}), "same"),
    ],
)
def test_trend_when_a_risk_moved_then_its_scores_decide(changed: Net | None, wanted: str) -> None:
    assert trend(RISK, changed, SCALE) == wanted


def test_trend_when_the_score_was_taken_away_then_it_did_not_move() -> None:
    lost = net("risk", {"residual_likelihood": 2}, {"residual_likelihood": None})
    assert trend(Risk(residual_impact=4), lost, SCALE) == "same"


@pytest.mark.parametrize(
    ("changed", "counted"),
    [
        (net("incident", {}, {"status": "reported"}, is_new=True), {"new_incident"}),
        (net("incident", {}, {"status": "closed"}, is_new=True), {"new_incident"}),
        (net("incident", {"status": None}, {"status": "closed"}), {"closed_incident"}),
        (net("risk", {}, {"residual_likelihood": 3}, is_new=True), {"new_risk"}),
        (net("risk", {"residual_impact": 1}, {"residual_impact": 2}), {"rescored"}),
        (net("risk", {"status": "open", "residual_impact": 2},
             {"status": "closed", "residual_impact": 1}), {"closed_risk", "rescored"}),
        (net("asset", {"retention": ""}, {"retention": "7 years"}), {"retention"}),
        (net("asset", {"retention": "6 years"}, {"retention": "7 years"}), set()),
        (net("asset", {"retention": "6 years"}, {"retention": ""}), set()),
        (net("asset", {}, {"retention": "7 years"}, is_new=True), set()),
        (net("step", {"status": "open"}, {"status": "done"}), {"step_done"}),
        (net("step", {"status": "done"}, {"status": "open"}), set()),
        (net("risk", {"status": "open"}, {}, is_gone=True), set()),
        (net("risk", {"deleted_at": None, "residual_impact": 1},
             {"deleted_at": at("2026-11-01"), "residual_impact": 2}), set()),
    ],
)  # fmt: skip
def test_deeds_when_a_record_changed_then_it_counts_as_what_was_done(
    changed: Net, counted: set[str]
) -> None:
    told = deeds([changed], vocabulary())
    assert {deed for deed, number in told.items() if number} == counted
    assert tuple(told) == DEEDS


def test_incidents_when_one_was_found_to_be_no_breach_then_it_counts_nowhere() -> None:
    none = found("2026-11-10").having({"status": "not_a_breach"})
    figures = incident_figures([found("2026-11-11"), none], TODAY, ZONE)
    assert (figures.this_month, figures.in_year, figures.near_misses) == (1, 1, 0)
