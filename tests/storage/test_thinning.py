"""Which backups stay: three at the least, the newest, and one for each day, week and month that had any."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg.settings import KEEPING, Keeping
from riskreg.storage.backup import LEAST, RECENT, RECENT_MOST, kept

FROM = datetime(2024, 1, 1, tzinfo=UTC)
USUAL = KEEPING["usual"]
MOMENTS = st.lists(
    st.integers(0, 3 * 366 * 24 * 60).map(lambda minutes: FROM + timedelta(minutes=minutes)),
    max_size=120,
)
KEEPINGS = st.sampled_from(sorted(KEEPING.values()))


@given(MOMENTS, KEEPINGS)
def test_kept_when_backups_are_of_any_age_then_never_fewer_than_three_stay_and_the_newest_do(
    moments: list[datetime], keeping: Keeping
) -> None:
    stay = kept(moments, keeping)
    assert len(stay) >= min(LEAST, len(moments))
    times = sorted((moments[place] for place in stay), reverse=True)
    assert times[:LEAST] == sorted(moments, reverse=True)[:LEAST]


@given(MOMENTS, KEEPINGS)
def test_kept_when_thinned_again_then_nothing_more_goes(
    moments: list[datetime], keeping: Keeping
) -> None:
    once = [moments[place] for place in sorted(kept(moments, keeping))]
    assert len(kept(once, keeping)) == len(once)


@given(MOMENTS, KEEPINGS)
def test_kept_when_counted_then_it_stays_within_what_was_asked(
    moments: list[datetime], keeping: Keeping
) -> None:
    assert len(kept(moments, keeping)) <= LEAST + RECENT_MOST + sum(keeping)


@given(MOMENTS, KEEPINGS)
def test_kept_when_a_day_is_among_the_last_that_have_any_then_its_newest_stays(
    moments: list[datetime], keeping: Keeping
) -> None:
    stay = {moments[place] for place in kept(moments, keeping)}
    days = sorted({moment.date() for moment in moments}, reverse=True)[: keeping.days]
    assert {max(each for each in moments if each.date() == day) for day in days} <= stay


@given(MOMENTS, KEEPINGS, st.integers(1, 400))
def test_kept_when_one_more_is_made_then_no_month_that_still_counts_is_left_without(
    moments: list[datetime], keeping: Keeping, days: int
) -> None:
    """Thinning day after day must not starve the months: what stays now is what later ones rest on."""
    stay = [moments[place] for place in kept(moments, keeping)]
    later = [*stay, max(moments, default=FROM) + timedelta(days=days)]
    months = sorted({(at.year, at.month) for at in later}, reverse=True)[: keeping.months]
    left = {(at.year, at.month) for at in (later[place] for place in kept(later, keeping))}
    assert set(months) <= left


def test_kept_when_one_is_made_every_day_for_three_years_then_two_dozen_stay() -> None:
    backups: list[datetime] = []
    for day in range(3 * 365):
        backups.append(FROM + timedelta(days=day, hours=9))
        backups = [backups[place] for place in sorted(kept(backups, USUAL))]
    ages = [(backups[-1] - made).days for made in reversed(backups)]
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(backups) in range(18, 26)
    assert ages[-1] in range(330, 365)


@pytest.mark.parametrize("off", [timedelta(days=4000), timedelta(days=-4000)])
def test_kept_when_the_clock_was_wrong_for_a_day_then_the_other_days_still_count(
    off: timedelta,
) -> None:
    right = [FROM + timedelta(days=day) for day in range(6)]
    moments = [*right, FROM + off]
    assert {moments[place] for place in kept(moments, USUAL)} == set(moments)


def test_kept_when_many_are_made_in_an_hour_then_the_newest_ten_stay() -> None:
    moments = [FROM + timedelta(minutes=minute) for minute in range(60)]
    assert kept(moments, USUAL) == frozenset(range(50, 60))
    assert moments[59] - moments[0] < RECENT
