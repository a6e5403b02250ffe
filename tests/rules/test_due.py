"""The next date of each kind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg.records import KINDS, Action, Asset, Incident, Party, Record, Risk, Step
from riskreg.rules.due import add_months, due, spans

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("record", "wanted"),
    [
        (Risk(), None),
        (Risk(due_on=JUNE, next_review_on=MAY), MAY),
        (Risk(due_on=MAY, next_review_on=JUNE, status="treating"), MAY),
        (Risk(due_on=JUNE), JUNE),
        (Risk(due_on=MAY, status="closed"), None),
        (Asset(next_review_on=MAY), MAY),
        (Asset(next_review_on=MAY, status="retired"), MAY),
        (Asset(next_review_on=MAY, status="disposed"), None),
        (Action(due_on=MAY), MAY),
        (Action(due_on=MAY, applies="no"), None),
        (Action(due_on=MAY, applies="partly"), MAY),
        (Action(due_on=MAY, status="not_applicable"), None),
        (Action(due_on=MAY, status="in_place"), None),
        (Action(due_on=JUNE, last_review_on=date(2025, 11, 1), review_every_months=6), MAY),
        (Action(status="verified", last_review_on=date(2025, 11, 1), review_every_months=6), MAY),
        (Action(last_review_on=MAY), None),
        (Action(last_review_on=MAY, review_every_months=0), None),
        (Action(review_every_months=6), None),
        (Incident(title="x"), None),
        (Risk(last_review_on=date(2025, 11, 1), review_every_months=6), MAY),
        (Risk(last_review_on=MAY, review_every_months=6, next_review_on=JUNE), JUNE),
        (Risk(status="accepted", accepted_until_on=MAY, next_review_on=JUNE), MAY),
        (Risk(status="treating", accepted_until_on=MAY), None),
        (Asset(last_review_on=date(2025, 11, 1), review_every_months=6), MAY),
        (Step(status="open", due_on=MAY, evidence_until_on=JUNE), MAY),
        (Step(status="done", due_on=MAY, evidence_until_on=JUNE), JUNE),
        (Step(status="not_applicable", due_on=MAY, evidence_until_on=JUNE), None),
        (Party(contract_until_on=MAY), MAY),
        (Party(contract_until_on=MAY, until_on=JUNE), MAY),
        (Party(contract_until_on=MAY, until_on=MAY), MAY),
        (Party(contract_until_on=JUNE, until_on=MAY), None),
    ],
)
def test_due_when_a_record_stands_so_then_its_next_date(record: Record, wanted: Any) -> None:
    assert due(record) == wanted


def test_due_when_any_kind_is_asked_then_it_answers() -> None:
    for kind in KINDS.values():
        assert due(kind()) is None


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), 6, date(2026, 9, 30)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
    ],
)
def test_add_months_when_the_month_is_shorter_then_its_last_day(
    day: date, months: int, wanted: date
) -> None:
    assert add_months(day, months) == wanted


@given(st.dates(date(1900, 1, 1), date(2900, 1, 1)), st.integers(0, 10_000))
def test_add_months_when_any_day_and_number_then_that_many_months_later(
    day: date, months: int
) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_due_when_the_review_would_be_after_the_last_year_then_it_stays_in_it() -> None:
    far = Action(last_review_on=date(9999, 6, 1), review_every_months=12)
    assert due(far) == date(9999, 6, 1)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2025, 1, 1), "overdue"),
        (date(2026, 11, 19), "overdue"),
        (date(2026, 11, 20), "today"),
        (date(2026, 11, 21), "week"),
        (date(2026, 11, 27), "week"),
        (date(2026, 11, 28), "month"),
        (date(2026, 12, 20), "month"),
        (date(2026, 12, 21), "later"),
        (date(9999, 12, 31), "later"),
    ],
)
def test_spans_when_a_day_is_looked_up_then_it_falls_into_one_part(day: date, key: str) -> None:
    parts = spans(date(2026, 11, 20))
    assert next(part.key for part in parts if part.until is None or day <= part.until) == key
