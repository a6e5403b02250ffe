"""Cases H of reliability.md that only the whole program shows: its clock and zone changed, times that occur twice or never."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import TZPATH

import pytest

from riskreg import clock
from riskreg import register as registers
from riskreg.cases import case_of
from riskreg.records.values import Instant
from tests.builders import an_incident, change
from tests.conftest import NOW
from tests.e2e.program import Program, digest

AWARE = "2026-10-23T10:00[Europe/London]"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home", now="2026-10-24T09:00:00+00:00")


@pytest.fixture
def register(program: Program, tmp_path: Path) -> Path:
    """One incident in Europe that somebody in London became aware of before the clocks went back."""
    path = tmp_path / "clinic.riskreg"
    program.quickly("new", path, "--name", "Clinic")
    program.quickly(
        "add", path, "incident", "title=Payroll mail", f"aware_at={AWARE}",
        "our_role=controller", "people_live_in=eu_eea",
    )  # fmt: skip
    return path


def eu(program: Program, register: Path) -> Any:
    rows = program.json("clocks", register)
    return next(row for row in rows if row["rule"] == "eu_authority")


def test_deadline_when_clocks_go_back_then_it_is_72_real_hours(
    program: Program, register: Path
) -> None:
    """H2: 09:00 in London, where counting on the clock face says 10:00."""
    due = datetime.fromisoformat(eu(program, register)["due_at"])
    assert due.astimezone(UTC) == datetime(2026, 10, 26, 9, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "Not/A_Zone", ":/etc/none"])
def test_clocks_when_the_computer_is_in_another_zone_or_in_none_then_they_say_the_same(
    program: Program, register: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    """H11, H12, H19: what is shown goes by the organisation and the regulator, never by the computer."""
    monkeypatch.setenv("TZ", "Asia/Hong_Kong")
    here = (program.said("clocks", register), program.said("show", register, "I-2026-001"))
    monkeypatch.setenv("TZ", zone)
    assert (program.said("clocks", register), program.said("show", register, "I-2026-001")) == here


def test_local_time_when_it_occurs_twice_then_it_is_asked_and_each_answer_kept(
    program: Program, register: Path
) -> None:
    """H3: the first and the second 02:30; their deadlines are an hour apart."""
    before = digest(register)
    told = program.refused(
        "set",
        register,
        "I-2026-001",
        "aware_at=2026-10-25T02:30[Europe/Berlin]",
        "trigger_reason=The log says so",
    )
    assert "+02:00" in told
    assert digest(register) == before
    due = []
    for offset in ("+02:00", "+01:00"):
        program.quickly(
            "set", register, "I-2026-001", f"aware_at=2026-10-25T02:30{offset}[Europe/Berlin]",
            f"trigger_reason=The log says {offset}",
        )  # fmt: skip
        due.append(datetime.fromisoformat(eu(program, register)["due_at"]).astimezone(UTC))
    assert due == [datetime(2026, 10, 28, hour, 30, tzinfo=UTC) for hour in (0, 1)]


def test_local_time_when_it_never_occurs_then_it_is_refused(
    program: Program, register: Path
) -> None:
    """H4."""
    told = program.refused(
        "set", register, "I-2026-001", "occurred_from_at=2026-03-29T01:30[Europe/London]"
    )
    assert "put forward" in told


def test_clock_when_set_back_during_a_session_then_order_stays_and_it_is_said(path: Path) -> None:
    """H8: entries keep their order, the check names the one, deadlines rest on stored instants."""
    aware = Instant.parse(AWARE)
    with clock.fixed(NOW):
        opened = registers.create(path, name="Clinic")
        made = an_incident(opened, aware_at=aware)
    with clock.fixed(NOW - timedelta(hours=2)):
        change(opened, made, narrative="The clock of this computer was wrong")
        found = opened.verify()
    log = opened.log()
    board = case_of(opened, made.id).moments
    opened.close()
    assert [entry.seq for entry in log] == sorted((entry.seq for entry in log), reverse=True)
    assert found.ok
    assert [(each.id, each.where) for each in found.remarks] == [("clock_backwards", "3")]
    assert board.aware == aware


def test_verify_when_the_clock_was_set_back_then_the_command_says_so_and_ends_well(
    program: Program, register: Path, tmp_path: Path
) -> None:
    earlier = Program(tmp_path / "home", now="2026-09-26T09:00:00+00:00")
    earlier.said("set", register, "I-2026-001", "narrative=Four weeks early")
    told = program.said("verify", register)
    assert "the computer's clock was set back" in told
    assert program.json("verify", register)["remarks"][0]["id"] == "clock_backwards"


def test_clock_when_a_year_ahead_and_corrected_then_nothing_of_it_was_stored(path: Path) -> None:
    """H9: what is overdue is worked out when it is shown."""
    opened = registers.create(path, name="Clinic")
    made = an_incident(
        opened, aware_at=Instant(NOW, "Asia/Hong_Kong"), our_role="controller",
        people_live_in=frozenset({"eu_eea"}),
    )  # fmt: skip

    def state(at: datetime) -> str:
        rows = case_of(opened, made.id).board(at)
        return next(row.clock.state for row in rows if row.rule.key == "eu_authority")

    head = opened.head()
    with clock.fixed(NOW + timedelta(days=365)):
        assert state(clock.now()) == "missed"
        assert opened.record(made.id) == made
    assert state(NOW) == "running"
    assert opened.head() == head
    assert opened.record(made.id) == made
    opened.close()


def test_zones_when_the_table_is_missing_then_it_fails_at_once_and_opens_nothing(
    program: Program, register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """H13."""
    without = tmp_path / "without"
    without.mkdir()
    (without / "sitecustomize.py").write_text('import sys\nsys.modules["tzdata"] = None\n', "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(without))
    monkeypatch.setenv("PYTHONTZPATH", "")
    before = digest(register)
    assert "time zones is missing" in program.refused("clocks", register)
    assert digest(register) == before


def test_zone_when_its_country_changes_the_rules_then_the_deadline_is_the_same_instant(
    program: Program, register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """H14: a table in which Brussels has the clocks of Moscow; only what is displayed moves."""
    before = eu(program, register)
    zones = next((Path(each) for each in TZPATH if Path(each, "Europe/Moscow").exists()), None)
    if zones is None:
        pytest.skip("this computer has no table of zones of its own")
    newer = tmp_path / "zones"
    (newer / "Europe").mkdir(parents=True)
    for name in ("Brussels", "London"):
        (newer / "Europe" / name).write_bytes((zones / "Europe/Moscow").read_bytes())
    monkeypatch.setenv("PYTHONTZPATH", str(newer))
    after = eu(program, register)
    assert after["due_at"] != before["due_at"]
    for key in ("due_at", "trigger_at"):
        assert datetime.fromisoformat(after[key]) == datetime.fromisoformat(before[key])
