"""When a standard contract of the Greater Bay Area has to be filed.

Within ten working days of taking effect, with the office of each side by its own calendar (domain
2.8; the number of days is tagged [B] there: to be confirmed in article 8 of the Guidelines).
"""

from __future__ import annotations

from calendar import SATURDAY, SUNDAY
from datetime import MAXYEAR, date, timedelta
from functools import cache
from typing import Final

import holidays

from riskreg.records import Transfer

WORKING_DAYS: Final = 10
_CALENDARS: Final = {
    "hk_digital_policy_office": ("HK",),
    "guangdong_cac": ("CN",),
    "both": ("HK", "CN"),
}
_LAST_YEAR: Final = MAXYEAR - 1


def filing_due(transfer: Transfer) -> date | None:
    """The last day for filing, the earlier one where both offices are filed with; None where none is owed."""
    if transfer.mechanism != "gba_contract" or transfer.effective_on is None:
        return None
    places = _CALENDARS.get(transfer.files_with or "", ("HK",))
    return min(add_working_days(transfer.effective_on, WORKING_DAYS, place) for place in places)


def add_working_days(day: date, number: int, place: str) -> date:
    """The working day that is `number` working days after `day`, which is not counted itself.

    Args:
        day: Any day; in the last years that a date can have it is answered unchanged.
        number: From 0.
        place: `HK`, whose Saturdays do not count, `CN`, whose make-up days at weekends do, `US`
            (federal), or `EU` (the days on which the euro's payments rest: common to all its members).
    """
    if day.year >= _LAST_YEAR:
        return day
    calendar = _calendar(place)
    while number > 0:
        day += timedelta(days=1)
        number -= calendar.is_working_day(day)
    return day


def calendar_ends(place: str) -> int:
    """The last year whose working days are known: on the Mainland the last one with make-up days announced."""
    calendar = _calendar(place)
    announced: dict[int, object] = getattr(calendar, "special_public_holidays", {})
    return max(announced) if place == "CN" else calendar.end_year


@cache
def _calendar(place: str) -> holidays.HolidayBase:
    calendar: holidays.HolidayBase
    if place == "EU":
        calendar = holidays.financial_holidays("ECB")
    else:
        calendar = holidays.country_holidays(place)
    calendar.weekend = {
        SATURDAY,
        SUNDAY,
    }  # the library counts Saturdays of Hong Kong as working days
    return calendar
