"""The days on which records ask for something, against cases worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg.records import (
    Action,
    Activity,
    Evidence,
    Measure,
    Party,
    Record,
    Risk,
    Step,
    Task,
    Transfer,
)
from riskreg.rules.coming import SORTS, dates, reason, sort
from riskreg.rules.due import due

TODAY = date(2026, 11, 20)
END = date(2027, 10, 31)


def told(record: Record) -> list[tuple[str, str, str]]:
    """Day, reason and sort of each date, of a record as the register would hold it."""
    held = record.having({"due_at": due(record)})
    return [(f"{day}", key, sort(held, key)) for day, key in dates(held, END, TODAY)]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (Risk(due_on=date(2027, 1, 5)), [("2027-01-05", "due_on", "treatment")]),
        (
            Risk(
                status="accepted",
                next_review_on=date(2027, 1, 5),
                accepted_until_on=date(2027, 6, 30),
            ),
            [("2027-01-05", "next_review_on", "review"),
             ("2027-06-30", "accepted_until_on", "acceptance")],
        ),
        (
            Risk(next_review_on=date(2027, 1, 5), accepted_until_on=date(2027, 6, 30)),
            [("2027-01-05", "next_review_on", "review")],
        ),
        (
            Risk(due_on=date(2026, 12, 1), next_review_on=date(2027, 1, 31), review_every_months=3),
            [("2026-12-01", "due_on", "treatment"), ("2027-01-31", "next_review_on", "review"),
             ("2027-04-30", "next_review_on", "review"), ("2027-07-31", "next_review_on", "review"),
             ("2027-10-31", "next_review_on", "review")],
        ),
        (
            Risk(next_review_on=date(2026, 11, 19), review_every_months=3),
            [("2026-11-19", "next_review_on", "review")],
        ),
        (Party(contract_until_on=date(2027, 3, 31)), [("2027-03-31", "contract_until_on", "contract")]),
        (
            Transfer(filing_due_on=date(2027, 2, 1), next_review_on=date(2027, 1, 1)),
            [("2027-01-01", "next_review_on", "review"), ("2027-02-01", "filing_due_on", "filing")],
        ),
        (
            Transfer(filing_due_on=date(2027, 2, 1), filed_on=TODAY, next_review_on=date(2027, 1, 1)),
            [("2027-01-01", "next_review_on", "review")],
        ),
        (Evidence(valid_until_on=date(2027, 3, 1)), [("2027-03-01", "valid_until_on", "evidence")]),
        (
            Step(status="done", evidence_until_on=date(2027, 3, 1)),
            [("2027-03-01", "evidence_until_on", "evidence")],
        ),
        (Step(due_on=date(2027, 3, 1)), [("2027-03-01", "due_on", "programme")]),
        (Action(due_on=date(2027, 3, 1)), [("2027-03-01", "due_on", "programme")]),
        (Measure(due_on=date(2027, 3, 1)), [("2027-03-01", "due_on", "measure")]),
        (
            Measure(status="in_place", next_review_on=date(2027, 1, 1),
                    evidence_until_on=date(2027, 2, 1)),
            [("2027-01-01", "next_review_on", "review"),
             ("2027-02-01", "evidence_until_on", "evidence")],
        ),
        (
            Action(status="in_place", last_review_on=date(2026, 6, 1), review_every_months=6),
            [("2026-12-01", "", "review"), ("2027-06-01", "", "review")],
        ),
        (
            Activity(activity_type="drill", planned_on=date(2026, 12, 1), repeat_every_months=6),
            [("2026-12-01", "planned_on", "drill"), ("2027-06-01", "", "drill")],
        ),
        (
            Activity(activity_type="training", status="done", done_on=date(2026, 3, 1),
                     repeat_every_months=12),
            [("2027-03-01", "", "training")],
        ),
        (
            Activity(activity_type="access_review", planned_on=date(2026, 12, 1)),
            [("2026-12-01", "planned_on", "review")],
        ),
        (
            Activity(activity_type="nil_return", planned_on=date(2026, 12, 1)),
            [("2026-12-01", "planned_on", "activity")],
        ),
        (
            Task(due_on=date(2027, 6, 1), repeat_every_months=3),
            [("2027-06-01", "due_on", "task"), ("2027-09-01", "", "task")],
        ),
        (Risk(due_on=date(2027, 11, 1)), []),
        (Risk(), []),
    ],
)  # fmt: skip
def test_dates_when_a_record_asks_for_something_then_each_day_is_told_with_its_reason(
    record: Record, expected: list[tuple[str, str, str]]
) -> None:
    assert told(record) == expected


@given(
    next_on=st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    months=st.integers(0, 30),
    due_on=st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)),
)
def test_dates_when_asked_then_they_are_in_order_once_each_and_within_the_year(
    next_on: date, months: int, due_on: date | None
) -> None:
    risk = Risk(next_review_on=next_on, review_every_months=months or None, due_on=due_on)
    held = risk.having({"due_at": due(risk)})
    days = [each.day for each in dates(held, END, TODAY)]
    assert days == sorted(set(days))
    assert all(day <= END for day in days)
    first = held.due_at
    assert (first in days) == (first is not None and first <= END)
    assert len([day for day in days if day < TODAY]) <= 2


def test_reason_when_it_is_counted_from_the_last_time_then_there_is_no_field() -> None:
    action = Action(last_review_on=date(2026, 6, 1), review_every_months=6)
    assert reason(action.having({"due_at": due(action)})) == ""


def test_sorts_when_asked_then_each_has_words() -> None:
    assert all(SORTS.values())
