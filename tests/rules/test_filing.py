"""The filing of a standard contract of the Greater Bay Area, against calendars read by hand."""

from __future__ import annotations

from datetime import date

import pytest

from riskreg.records import Transfer
from riskreg.rules.filing import add_working_days, filing_due


@pytest.mark.parametrize(
    ("place", "start", "number", "due"),
    [
        ("HK", date(2026, 11, 24), 1, date(2026, 11, 25)),
        # Saturday and Sunday
        ("HK", date(2026, 11, 27), 1, date(2026, 11, 30)),
        # Christmas Day, the first weekday after it, Saturday, Sunday
        ("HK", date(2025, 12, 24), 2, date(2025, 12, 30)),
        # National Day is one day in Hong Kong, a week on the Mainland
        ("HK", date(2026, 9, 30), 1, date(2026, 10, 2)),
        ("CN", date(2026, 9, 30), 1, date(2026, 10, 8)),
        # Saturday 10 October 2026 is a working day on the Mainland, and none here
        ("CN", date(2026, 10, 9), 1, date(2026, 10, 10)),
        ("HK", date(2026, 10, 9), 1, date(2026, 10, 12)),
        # Lunar New Year
        ("HK", date(2026, 2, 16), 1, date(2026, 2, 20)),
        ("HK", date(2026, 11, 24), 0, date(2026, 11, 24)),
    ],
)
def test_working_days_when_added_then_each_place_has_its_own(
    place: str, start: date, number: int, due: date
) -> None:
    assert add_working_days(start, number, place) == due


def test_working_days_when_the_calendar_ends_then_they_end_too() -> None:
    assert add_working_days(date.max, 10, "HK") == date.max


def a_transfer(**fields: object) -> Transfer:
    known = {"mechanism": "gba_contract", "effective_on": date(2026, 9, 24), **fields}
    return Transfer(**known)  # type: ignore[arg-type]


def test_filing_when_both_offices_are_filed_with_then_the_earlier_day_counts() -> None:
    hong_kong = filing_due(a_transfer(files_with="hk_digital_policy_office"))
    mainland = filing_due(a_transfer(files_with="guangdong_cac"))
    assert (hong_kong, mainland) == (date(2026, 10, 9), date(2026, 10, 15))
    assert filing_due(a_transfer(files_with="both")) == hong_kong


def test_filing_when_it_is_not_said_where_then_hong_kong_counts() -> None:
    assert filing_due(a_transfer()) == date(2026, 10, 9)


@pytest.mark.parametrize("fields", [{"mechanism": "consent"}, {"effective_on": None}])
def test_filing_when_no_such_contract_is_in_force_then_none_is_owed(
    fields: dict[str, object],
) -> None:
    assert filing_due(a_transfer(**fields)) is None
