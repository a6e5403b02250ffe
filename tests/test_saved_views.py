"""A view as text and back, whole or with something gone."""

from __future__ import annotations

import json
from datetime import date

import pytest

from riskreg import editing
from riskreg.records.values import Count
from riskreg.saved_views import settled, view_from_json, view_to_json
from riskreg.views import Register, View, Where

TODAY = date(2026, 11, 20)
ZONE = "Asia/Hong_Kong"
RISKS = View(kinds=("risk",), columns=("ref", "title"), sort=(("ref", False),))


def add(register: Register, kind: str, **given: object) -> int:
    return register.apply(editing.new_record(register, kind, given)).new[-1]


@pytest.mark.parametrize(
    "where",
    [
        Where("title", "contains", "“外洩” \\"),
        Where("status", "in", ("open", "treating")),
        Where("status", "!=", "open"),
        Where("due_on", "<", date(2026, 11, 30)),
        Where("due_on", "within", 7),
        Where("residual_score", ">=", 12),
        Where("residual_level", "in", ("high", "critical")),
        Where("owner", "empty", True),
        Where("tags", "contains", '2026, "plan"'),
    ],
)
def test_view_when_written_and_read_then_it_is_the_same(opened: Register, where: Where) -> None:
    view = View(
        kinds=("risk",), columns=("ref", "title", "owner"), where=(where,), sort=(("due_at", True),), words="a b"
    )  # fmt: skip
    text = view_to_json(opened, view)
    assert view_from_json(opened, text, RISKS) == (view, ())
    assert text == json.dumps(
        json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def test_view_when_it_counts_people_then_about_stays_about(opened: Register) -> None:
    where = (Where("people_count", ">=", Count(150, "approximate")),)
    view = View(kinds=("incident",), columns=("ref",), where=where)
    usual = View(kinds=("incident",))
    assert view_from_json(opened, view_to_json(opened, view), usual).view.where == where


def test_view_when_a_condition_names_a_record_then_the_text_holds_its_ref(opened: Register) -> None:
    id = add(opened, "party", title="K. Chan")
    view = View(kinds=("risk",), columns=("ref",), where=(Where("owner", "contains", id),))
    text = view_to_json(opened, view)
    assert '"P-0001"' in text
    assert view_from_json(opened, text, RISKS).view.where == view.where


def test_view_when_something_is_gone_then_the_rest_opens_and_it_is_named(opened: Register) -> None:
    told = {
        "columns": ["ref", "colour", "title"],
        "sort": [["shade", True], ["title", False]],
        "where": [
            ["colour", "=", "red"],
            ["status", "in", ["open", "no such status"]],
            ["owner", "contains", "P-0099"],
            ["title", "contains", "kept"],
            ["title", "resembles", "x"],
        ],
    }
    found = view_from_json(opened, json.dumps(told), RISKS)
    assert found.view.columns == ("ref", "title")
    assert found.view.sort == (("title", False),)
    assert found.view.where == (Where("title", "contains", "kept"),)
    assert set(found.left_out) == {"colour", "shade", "status", "owner", "title"}
    opened.ids(found.view)


@pytest.mark.parametrize("text", ["", "not json", "[]", '{"where": 3}', "[" * 100_000])
def test_view_when_its_text_is_damaged_then_the_usual_list_opens(
    opened: Register, text: str
) -> None:
    assert view_from_json(opened, text, RISKS).view.columns == RISKS.columns


def test_view_when_days_count_from_today_then_the_register_is_asked_for_those_days(
    opened: Register,
) -> None:
    for day in ("2026-11-19", "2026-11-20", "2026-11-27", "2026-11-28"):
        add(opened, "risk", title=day, status="open", due_on=day)
    view = View(kinds=("risk",), columns=("title",), where=(Where("due_on", "within", 7),))
    found = opened.rows(view, opened.ids(settled(view, TODAY, ZONE)))
    assert [row.values[0] for row in found] == ["2026-11-20", "2026-11-27"]


def test_view_when_moments_count_back_from_today_then_whole_days_of_the_zone_fit(
    opened: Register,
) -> None:
    for moment in ("2026-11-12T23:59", "2026-11-13T00:00", "2026-11-20T23:59", "2026-11-21T00:00"):
        add(opened, "incident", title=moment, status="assessing", aware_at=moment)
    view = View(kinds=("incident",), columns=("title",), where=(Where("aware_at", "within", -7),))
    found = opened.rows(view, opened.ids(settled(view, TODAY, ZONE)))
    assert [row.values[0] for row in found] == ["2026-11-13T00:00", "2026-11-20T23:59"]
