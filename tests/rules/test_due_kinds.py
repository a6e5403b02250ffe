"""The next date of measures, tasks, processing, transfers, activities and evidence, at the edges of each rule."""

from __future__ import annotations

from datetime import date

import pytest

from riskreg.catalogue import vocabulary
from riskreg.records import (
    Activity,
    Evidence,
    Measure,
    Processing,
    Record,
    Task,
    Transfer,
)
from riskreg.rules.derive import Given, derive
from riskreg.rules.due import due

SOON, LATER = date(2026, 12, 1), date(2027, 6, 1)
LAST, HALF_A_YEAR_ON = date(2026, 6, 30), date(2026, 12, 30)


@pytest.mark.parametrize(
    ("record", "next_date"),
    [
        (Measure(status="agreed", due_on=SOON, next_review_on=LATER), SOON),
        (Measure(status=None, due_on=SOON), SOON),
        (Measure(status="in_place", due_on=SOON), None),
        (Measure(status="in_place", due_on=SOON, next_review_on=LATER), LATER),
        (Measure(status="in_place", next_review_on=LATER, evidence_until_on=SOON), SOON),
        (Measure(status="in_place", last_review_on=LAST, review_every_months=6), HALF_A_YEAR_ON),
        (Measure(status="retired", due_on=SOON, next_review_on=SOON, evidence_until_on=SOON), None),
        (Task(status="to_do", due_on=SOON), SOON),
        (Task(status=None, due_on=SOON), SOON),
        (Task(status="waiting", due_on=SOON, repeat_every_months=6, done_on=LAST), SOON),
        (Task(status="done", due_on=SOON), None),
        (Task(status="done", due_on=SOON, done_on=LAST, repeat_every_months=6), HALF_A_YEAR_ON),
        (Task(status="verified", done_on=LAST, repeat_every_months=6), HALF_A_YEAR_ON),
        (Task(status="verified", done_on=None, repeat_every_months=6), None),
        (Task(status="cancelled", due_on=SOON, done_on=LAST, repeat_every_months=6), None),
        (Processing(status="active", next_review_on=SOON), SOON),
        (Processing(last_review_on=LAST, review_every_months=6), HALF_A_YEAR_ON),
        (Processing(status="ended", next_review_on=SOON), None),
        (Activity(status="planned", planned_on=SOON, valid_until_on=LATER), SOON),
        (Activity(status=None, planned_on=SOON), SOON),
        (Activity(status="done", planned_on=SOON), None),
        (Activity(status="done", done_on=LAST, repeat_every_months=6), HALF_A_YEAR_ON),
        (Activity(status="done", done_on=LAST, repeat_every_months=6, valid_until_on=SOON), SOON),
        (Activity(status="cancelled", planned_on=SOON, valid_until_on=SOON), None),
        (Evidence(valid_until_on=SOON), SOON),
        (Evidence(), None),
    ],
)
def test_next_date_when_asked_then_it_follows_the_status(
    record: Record, next_date: date | None
) -> None:
    assert due(record) == next_date


@pytest.mark.parametrize(
    ("fields", "next_date"),
    [
        ({}, date(2026, 10, 9)),
        ({"next_review_on": date(2026, 10, 8)}, date(2026, 10, 8)),
        ({"filed_on": date(2026, 10, 1)}, None),
        ({"filed_on": date(2026, 10, 1), "next_review_on": SOON}, SOON),
        ({"mechanism": "consent", "next_review_on": SOON}, SOON),
        ({"status": "ended"}, None),
    ],
)
def test_next_date_when_a_transfer_owes_a_filing_then_that_comes_first(
    fields: dict[str, object], next_date: date | None
) -> None:
    given = Given(vocabulary=vocabulary(), title_of=lambda _ref: "")
    known = {"mechanism": "gba_contract", "effective_on": date(2026, 9, 24), "status": "active"}
    transfer = Transfer(**{**known, **fields})  # type: ignore[arg-type]
    assert derive(transfer, given)["due_at"] == next_date
