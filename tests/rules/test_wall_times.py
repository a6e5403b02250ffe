"""Local times that the clocks showed once, twice or never (reliability.md H3, H4)."""

from __future__ import annotations

from datetime import datetime

import pytest

from riskreg.records.values import Unfit
from riskreg.rules.wall_times import Reading, wall_time


def shown(reading: Reading | None) -> str:
    assert reading is not None
    local = (reading.utc + reading.offset).replace(tzinfo=None)
    return f"{local.isoformat()} {reading.offset.total_seconds() / 3600:+g}"


@pytest.mark.parametrize(
    ("zone", "wall", "offsets"),
    [
        ("Asia/Hong_Kong", "2026-11-20T18:40", ["+8"]),
        ("Asia/Kathmandu", "2026-11-20T18:40", ["+5.75"]),
        ("Europe/Berlin", "2026-10-25T02:30", ["+2", "+1"]),
        ("Europe/Berlin", "2026-10-25T02:00", ["+2", "+1"]),
        ("Europe/Berlin", "2026-10-25T02:59:59", ["+2", "+1"]),
        ("Europe/Berlin", "2026-10-25T03:00", ["+1"]),
        ("Europe/Berlin", "2026-10-25T01:59:59", ["+2"]),
        ("Australia/Lord_Howe", "2026-04-05T01:45", ["+11", "+10.5"]),
        ("America/Havana", "2026-11-01T00:00", ["-4", "-5"]),
    ],
)
def test_local_time_when_it_was_shown_then_each_moment_with_its_offset(zone, wall, offsets):
    found = wall_time(datetime.fromisoformat(wall), zone)
    assert found.kind == ("twice" if len(offsets) == 2 else "once")
    whole = datetime.fromisoformat(wall).isoformat()
    assert [shown(each) for each in found.readings] == [f"{whole} {each}" for each in offsets]
    assert (found.before, found.after) == (None, None)


@pytest.mark.parametrize(
    ("zone", "wall", "before", "after"),
    [
        ("Europe/London", "2026-03-29T01:30", "2026-03-29T00:59:00 +0", "2026-03-29T02:00:00 +1"),
        ("Europe/London", "2026-03-29T01:00", "2026-03-29T00:59:00 +0", "2026-03-29T02:00:00 +1"),
        (
            "Europe/London",
            "2026-03-29T01:59:59",
            "2026-03-29T00:59:59 +0",
            "2026-03-29T02:00:00 +1",
        ),
        (
            "Australia/Lord_Howe",
            "2026-10-04T02:15",
            "2026-10-04T01:59:00 +10.5",
            "2026-10-04T02:30:00 +11",
        ),
        # the day that Samoa left out
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-29T23:59:00 -10", "2011-12-31T00:00:00 +14"),
        # Beirut changes at midnight
        ("Asia/Beirut", "2026-03-29T00:30", "2026-03-28T23:59:00 +2", "2026-03-29T01:00:00 +3"),
    ],
)
def test_local_time_when_it_was_skipped_then_the_nearest_that_were_not(zone, wall, before, after):
    found = wall_time(datetime.fromisoformat(wall), zone)
    assert (found.kind, found.readings) == ("never", ())
    assert (shown(found.before), shown(found.after)) == (before, after)


def test_local_time_when_there_is_no_such_zone_then_refused():
    with pytest.raises(Unfit):
        wall_time(datetime.fromisoformat("2026-11-20T18:40"), "Europe/Atlantis")
