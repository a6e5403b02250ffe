"""Conditions read what `show --json` prints; what could not match anything is refused, not empty."""

from __future__ import annotations

from datetime import date

import pytest

from riskreg import editing, register
from riskreg.asking import rows_as_json, where_of
from riskreg.errors import Expected
from riskreg.records.values import Count, Instant
from riskreg.views import View, Where


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asking")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISKREG_HOME", str(folder / "home"))
        made = register.create(folder / "t.riskreg", name="Test")
        made.apply(editing.new_record(made, "asset", {"title": "Files"}))
        yield made
        made.close()


@pytest.mark.parametrize(
    ("kind", "text", "where"),
    [
        ("risk", "status = open", Where("status", "=", "open")),
        ("risk", "status=open", Where("status", "=", "open")),
        ("risk", "status!=open", Where("status", "!=", "open")),
        ("risk", "residual_score >= 12", Where("residual_score", ">=", 12)),
        ("risk", "residual_score ge 12", Where("residual_score", ">=", 12)),
        ("risk", "residual_level = high", Where("residual_level", "=", "high")),
        ("risk", "due_on<2026-12-01", Where("due_on", "<", date(2026, 12, 1))),
        ("risk", "status in open,treating", Where("status", "in", ("open", "treating"))),
        ("risk", 'status in ["open", "treating"]', Where("status", "in", ("open", "treating"))),
        ("risk", "title contains in transit = bad", Where("title", "contains", "in transit = bad")),
        ("risk", "title CONTAINS 外洩", Where("title", "contains", "外洩")),
        ("risk", "title = a = b", Where("title", "=", "a = b")),
        ("risk", "due_on empty", Where("due_on", "empty", True)),
        ("risk", "due_on empty no", Where("due_on", "empty", False)),
        ("risk", "due_on =", Where("due_on", "empty", True)),
        ("risk", "due_on !=", Where("due_on", "empty", False)),
        ("risk", "ref = R-0001", Where("ref", "=", "R-0001")),
        ("incident", "people_count > ~150", Where("people_count", ">", Count(150, "approximate"))),
        ("incident", "near_miss = yes", Where("near_miss", "=", True)),
        ("incident", "data_types contains health", Where("data_types", "contains", "health")),
        ("incident", "data_types = health,contact",
         Where("data_types", "=", frozenset({"health", "contact"}))),
        ("incident", "aware_at >= 2026-03",
         Where("aware_at", ">=", Instant.parse("2026-03", "Asia/Hong_Kong"))),
        ("incident", "tags in a,b", Where("tags", "in", ("a", "b"))),
    ],
)  # fmt: skip
def test_where_of_when_well_formed_is_typed(opened, kind, text, where):
    assert where_of(opened, kind, text) == where


def test_where_of_when_links_are_asked_takes_refs(opened):
    id = opened.find("A-0001")
    assert where_of(opened, "risk", "assets contains A-0001") == Where("assets", "contains", id)
    assert where_of(opened, "risk", "assets = A-0001") == Where("assets", "=", frozenset({id}))
    assert where_of(opened, "risk", "assets in A-0001") == Where("assets", "in", (id,))


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("", "bad_filter"),
        ("status", "bad_filter"),
        ("status open", "bad_filter"),
        ("statusin open", "bad_filter"),
        ("= open", "bad_filter"),
        ("due_on <", "bad_filter"),
        ("due_on empty maybe", "bad_filter"),
        ("impact = 3", "no_field"),
        ("status = opne", "bad_value"),
        ("status in open,opne", "bad_value"),
        ("residual_level = awful", "bad_value"),
        ("due_on = soon", "bad_value"),
        ("residual_score > much", "bad_value"),
        ("tags = [x", "bad_value"),
        ("assets contains A-0099", "no_record"),
    ],
)
def test_where_of_when_it_cannot_be_meant_is_refused(opened, text, id):
    with pytest.raises(Expected) as caught:
        where_of(opened, "risk", text)
    assert caught.value.id == id
    assert len([part for part in caught.value.message() if part]) == 3


def test_rows_as_json_when_asked_for_columns_prints_what_show_prints(opened):
    opened.apply(
        editing.new_record(
            opened, "risk", {"title": "R", "assets": "A-0001", "due_on": "2026-12-01"}
        )
    )
    columns = ("ref", "title", "assets", "due_on", "created_at", "incidents")
    view = View(kinds=("risk",), columns=columns)
    [found] = rows_as_json(opened, view, opened.rows(view, opened.ids(view)))
    whole = editing.as_json(opened, opened.find("R-0001"))
    assert found == {key: whole[key] for key in columns}
