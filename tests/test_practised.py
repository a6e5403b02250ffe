"""A drill's tasks and decisions stand in To do with a mark, and are overdue for nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from riskreg.coming import coming
from riskreg.errors import Expected
from riskreg.exchange import calendar
from riskreg.i18n import translator
from riskreg.programme import items
from riskreg.records import LISTED_KINDS
from riskreg.rules import checks, statistics
from riskreg.rules.practice import COLUMN
from riskreg.views import Register, View, Where
from tests.builders import add, an_incident

EN = translator("en")
DAY, LATER = date(2026, 11, 2), date(2026, 11, 20)


@pytest.fixture
def opened(opened: Register) -> Register:
    """A drill and a breach with a task each; one task is of both, one was learnt from the drill."""
    drill = an_incident(opened, "Trial", drill=True).id
    real = an_incident(opened, "Lost phone").id
    for title, incidents, task_type in (
        ("Call the team", {drill}, "follow_up"),
        ("Call the owner", {real}, "follow_up"),
        ("Keep the minutes", {drill, real}, None),
        ("Print the new contact sheet", {drill}, "corrective"),
        ("Shred the old ones", set(), None),
    ):
        add(
            opened, "task", title, incidents=frozenset(incidents), task_type=task_type, due_on=DAY
        )  # fmt: skip
    return opened


def practised(opened: Register, *kinds: str) -> list[object]:
    view = View(kinds=kinds, columns=("title", COLUMN), where=(Where(COLUMN, "=", True),))
    rows = opened.rows(view, opened.ids(view))
    assert all(row.values[1] is True for row in rows)
    return [row.values[0] for row in rows]


def test_column_when_asked_over_kinds_then_a_drill_and_what_is_only_of_drills_is_named(
    opened: Register,
) -> None:
    assert practised(opened, *LISTED_KINDS) == ["Trial", "Call the team"]
    assert practised(opened, "task", "risk") == practised(opened, "task") == ["Call the team"]
    assert practised(opened, "incident") == ["Trial"]
    with pytest.raises(Expected, match="no field"):
        opened.ids(View(kinds=("risk",), where=(Where(COLUMN, "=", True),)))


def test_overdue_when_counted_then_a_drill_is_not_among_it(opened: Register) -> None:
    view = statistics.overdue(LATER)
    titles = {row.values[1] for row in opened.rows(view, opened.ids(view))}
    assert "Call the team" not in titles
    assert len(titles) == opened.count(view) == 4


def test_dates_when_told_then_the_drill_stands_among_them_with_its_mark(opened: Register) -> None:
    told = {item.title: item.is_drill for item in coming(opened, EN) if item.kind == "task"}
    assert told["DRILL 演練 · Call the team"]
    assert not told["Call the owner"]
    assert len(told) == 5


@pytest.mark.parametrize("is_refs_only", [False, True])
def test_calendar_when_made_then_a_drill_is_marked(
    opened: Register, tmp_path: Path, is_refs_only: bool
) -> None:
    target = tmp_path / "a.ics"
    calendar.export(opened, target, EN, is_refs_only=is_refs_only)
    found = calendar.told_in(target.read_bytes()) or []
    marked = [each.summary for each in found if each.summary.startswith("DRILL 演練 T-0001")]
    assert (len(marked), len([each for each in found if "DRILL" in each.summary])) == (1, 1)


def test_check_when_a_drill_s_task_is_late_then_it_is_nothing_to_be_asked_about(
    opened: Register,
) -> None:
    found = checks.found(checks.taken(opened, items(), LATER))
    late = {each.ref for each in found if each.check.key == "overdue"}
    assert late == {"T-0002", "T-0003", "T-0004", "T-0005"}
