"""A 30-day rule over the notices that Washington State publishes, against day numbers counted in integers.

The rule is an organisation's own, the notices come in by a real import, and each clock is read from the
register. What it should say is worked out from the text of the file, without `datetime` and without the rules.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from riskreg import cases
from riskreg.exchange import importing
from riskreg.records import Incident
from riskreg.records.values import Count
from riskreg.rules.deadlines import Clock
from riskreg.views import Register, View
from tests.builders import add
from tests.e2e.program import Program
from tests.exchange import test_beside
from tests.rules import independent_clocks

DAYS = 30
ZONE = "America/New_York"
"""Of the pattern that the rule is made from; midnight in Washington is 03:00 of the same day there."""
MAP = test_beside.MAP.read_text("utf-8") + '"notice.rule_key" = "own.OR-0001"\n'
NOW = datetime(2026, 11, 20, 10, 40, tzinfo=UTC)
TWIN = """DateAware,DateSubmitted,DateStart,DateEnd,Name,Id
03/01/2024 12:00:00 AM,03/31/2024 12:00:00 AM,,,On the last day through a change of clocks,1
03/01/2024 12:00:00 AM,04/01/2024 12:00:00 AM,,,One day late through a change of clocks,2
01/30/2024 12:00:00 AM,02/29/2024 12:00:00 AM,,,On the last day which is a leap day,3
12/15/2025 12:00:00 AM,01/15/2026 12:00:00 AM,,,One day late over the new year,4
05/05/2025 12:00:00 AM,05/05/2025 12:00:00 AM,,,The same day,5
06/10/2025 12:00:00 AM,06/09/2025 12:00:00 AM,,,Told the day before they were aware,6
,06/09/2025 12:00:00 AM,,,Never said when they were aware,7
"""


class Expected(NamedTuple):
    """What integers say of one row."""

    days: int
    last_second: int

    @property
    def state(self) -> str:
        return "met_late" if self.days > DAYS else "met"


def day_number(text: str) -> int:
    """Days since 1 March of the year 0 in the Gregorian calendar, from `07/16/2020 ...`."""
    month, day, year = (int(part) for part in text.partition(" ")[0].split("/"))
    year, month = (year - 1, month + 9) if month < 3 else (year, month - 3)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day - 1


UNIX = day_number("01/01/1970")


def expected(row: Mapping[str, str]) -> Expected:
    aware, sent = day_number(row["DateAware"]), day_number(row["DateSubmitted"])
    last = independent_clocks.first_second(ZONE, aware - UNIX + DAYS + 1) - 1
    return Expected(sent - aware, last)


def clocks(store: Register, path: Path, tmp_path: Path) -> dict[str, Clock]:
    """The clock of the 30-day rule of every incident that the file brings in, by its reference there."""
    add(
        store, "own_rule", "Thirty days", pattern="us_glba", in_use=True, recipient="authority",
        trigger="aware", amount=Count(DAYS), unit="calendar_days", clause="RCW 19.255.010",
    )  # fmt: skip
    named = tmp_path / "map.toml"
    named.write_text(MAP, "utf-8")
    importing.import_file(store, path, map=named)
    found = {}
    for case in cases.cases_of(store, store.ids(View(kinds=("incident",)))).values():
        assert isinstance(case.incident, Incident)
        for row in case.board(NOW):
            if row.rule.key == "own.OR-0001":
                found[case.incident.external_ref] = row.clock
    return found


def compare(rows: list[dict[str, str]], found: Mapping[str, Clock]) -> int:
    """How many were late; every clock is what integers say."""
    late = 0
    for row in rows:
        clock, wanted = found[row["Id"]], expected(row)
        assert clock.state == wanted.state, row
        assert clock.due_at is not None
        assert clock.due_at.timestamp() == wanted.last_second, row
        assert clock.said_to_the_day
        assert ("sent_before_trigger" in clock.notes) == (wanted.days < 0), row
        late += wanted.state == "met_late"
    return late


def rows_of(text: str) -> list[dict[str, str]]:
    return [
        row
        for row in csv.DictReader(io.StringIO(text))
        if row["DateAware"] and row["DateSubmitted"]
    ]


def test_days_when_counted_in_integers_then_they_are_those_of_the_calendar() -> None:
    assert day_number("03/01/0000") == 0
    assert UNIX == 719_468
    assert day_number("03/01/2024 12:00:00 AM") - day_number("02/28/2024") == 2
    assert day_number("03/01/2100") - day_number("02/28/2100") == 1


def test_twin_when_imported_then_each_clock_is_what_integers_say(
    opened: Register, tmp_path: Path
) -> None:
    path = tmp_path / "twin.csv"
    path.write_text(TWIN, "utf-8")
    found = clocks(opened, path, tmp_path)
    assert compare(rows_of(TWIN), found) == 2
    assert [found[str(id)].state for id in range(1, 8)] == [
        "met", "met_late", "met", "met_late", "met", "met", "waiting",
    ]  # fmt: skip
    assert all(found[id].needs_reason for id in ("2", "4"))


def test_washington_when_imported_then_all_clocks_are_what_integers_say(
    opened: Register, shared_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shared_data / "registers" / "washington_ag.csv"
    rows = rows_of(path.read_text("utf-8-sig"))
    late = compare(rows, clocks(opened, path, tmp_path))
    told = {row["Id"]: row["DaysElapsedBeforeNotification"] for row in rows}
    agreeing = sum(told[row["Id"]] == str(expected(row).days) for row in rows)
    with capsys.disabled():
        print(
            f"\n{late} of {len(rows)} notices were sent after more than {DAYS} days; "
            f"the file's own count of days agrees in {agreeing}"
        )
    assert len(rows) == 799
    assert 0 < late < len(rows)


def test_twin_when_asked_by_command_then_it_says_the_same(tmp_path: Path) -> None:
    program, register = Program(tmp_path / "home"), tmp_path / "r.riskreg"
    path, named = tmp_path / "twin.csv", tmp_path / "map.toml"
    path.write_text(TWIN, "utf-8")
    named.write_text(MAP, "utf-8")
    program.quickly("new", register, "--name", "Clinic")
    program.quickly(
        "add", register, "own_rule", "title=Thirty days", "pattern=us_glba", "in_use=true",
        "recipient=authority", "trigger=aware", f"amount={DAYS}", "unit=calendar_days",
    )  # fmt: skip
    program.quickly("import", register, path, "--map", named)
    told = program.json("clocks", register)
    states = [each["state"] for each in told if each["rule"] == "own.OR-0001"]
    assert sorted(states) == sorted([expected(row).state for row in rows_of(TWIN)] + ["waiting"])
