"""The clock of each incident in a list: what presses most, drills marked, told anew as time passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from riskreg import clock, deciding
from riskreg.cases import case_of
from riskreg.editing import new_record
from riskreg.i18n import translator
from riskreg.records.values import Instant
from riskreg.views import Register, View
from tests.builders import change
from tests.ui.desk import add
from ui.context import Context
from ui.tables import cells as labels
from ui.tables import clock_column, urgency
from ui.tables.model import LEVEL_ROLE, RecordModel

VIEW = View(
    kinds=("incident",), columns=("ref", "title", "severity", "aware_at"), sort=(("ref", False),)
)


def cells(model: RecordModel, key: str, role: int = 0) -> list[object]:
    column = model.view.columns.index(key)
    return [model.index(row, column).data(role) for row in range(model.rowCount())]


@pytest.fixture
def model(context: Context) -> RecordModel:
    for title, more in (
        ("Mail", {"aware_at": "2026-11-19T16:40", "severity": "high"}),
        ("Exercise", {"aware_at": "2026-11-20T08:40", "drill": True}),
        ("Letter stopped", {"near_miss": True}),
    ):
        given = {"title": title, "status": "assessing", "people_live_in": ["hong_kong"], **more}
        add(context.register, "incident", given)
    made = RecordModel(context, VIEW)
    QAbstractItemModelTester(made)
    made.ask(VIEW)
    return made


def test_clock_when_no_hours_are_set_then_it_counts_up_and_a_near_miss_has_none(
    model: RecordModel,
) -> None:
    assert cells(model, "aware_at") == ["26 h since aware", "10 h since aware", "Near miss"]
    assert cells(model, "aware_at", LEVEL_ROLE) == ["", "", ""]
    assert model.headerData(3, Qt.Orientation.Horizontal) == "Clock"


BY_CLOCK = replace(VIEW, sort=(("aware_at", False),))


def test_order_when_sorted_by_the_clock_then_what_is_due_first_stands_first(
    model: RecordModel, context: Context
) -> None:
    ours = context.register.organisation()
    everywhere = frozenset({"hong_kong", "eu_eea"})
    change(context.register, ours, offers_to=everywhere)
    for title, more in (
        ("Old", {"aware_at": "2026-01-01T09:00", "status": "closed"}),
        ("Europe, late", {"aware_at": "2026-11-16T09:00", "people_live_in": ["eu_eea"]}),
        ("Europe, soon", {"aware_at": "2026-11-18T09:00", "people_live_in": ["eu_eea"]}),
        ("Heard of", {}),
    ):
        given = {"status": "assessing", "people_live_in": ["hong_kong"], "our_role": "controller"}
        add(context.register, "incident", {"title": title, **given, **more})
    add(context.register, "asset", {"title": "x"})
    model.ask(BY_CLOCK)
    wanted = ["Europe, late", "Europe, soon", "Heard of", "Mail"]
    wanted += ["DRILL 演練  Exercise"]
    found = cells(model, "title")
    assert found[: len(wanted)] == wanted
    assert set(found[len(wanted) :]) == {"Old", "Letter stopped"}
    model.ask(replace(BY_CLOCK, sort=(("aware_at", True),)))
    assert cells(model, "title")[::-1][: len(wanted)] == wanted


def test_order_when_more_are_open_than_are_read_then_awareness_alone_sorts(
    model: RecordModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urgency, "MOST", 2)
    model.ask(BY_CLOCK)
    assert cells(model, "title")[0] == "Mail"
    assert set(cells(model, "title")) == {"Mail", "DRILL 演練  Exercise", "Letter stopped"}


def test_labels_when_a_list_is_narrowed_then_the_field_is_named_and_not_the_clock() -> None:
    t = translator("en")
    assert labels.label(("incident",), "aware_at", t) == "Clock"
    assert labels.field_label(("incident",), "aware_at", t) == "Aware"


def test_severity_when_assessed_then_it_has_a_shape_and_a_word(model: RecordModel) -> None:
    assert cells(model, "severity", LEVEL_ROLE) == ["high", "", ""]
    assert cells(model, "severity")[0] == "High"


def test_title_when_it_is_a_drill_then_each_row_says_so(model: RecordModel) -> None:
    assert cells(model, "title") == ["Mail", "DRILL 演練  Exercise", "Letter stopped"]


def test_clock_when_an_hour_passes_then_it_is_told_anew(
    model: RecordModel, context: Context
) -> None:
    with clock.fixed(clock.now() + timedelta(hours=1)):
        context.events.minute.emit()
        assert cells(model, "aware_at")[:2] == ["27 h since aware", "11 h since aware"]


def test_clock_when_somebody_puts_it_off_then_the_row_follows_at_once(
    model: RecordModel, context: Context
) -> None:
    register: Register = context.register
    case = case_of(register, register.find("I-2026-001"))
    zone, now = "Asia/Hong_Kong", clock.now()
    assert cells(model, "aware_at")[0] == "26 h since aware"
    for key in ("hk_pcpd", "hk_people"):
        rule = next(row.rule for row in case.board(now) if row.rule.key == key)
        context.change(
            deciding.decide(
                case, rule, "not_yet", reason="Wait", decided_by="Boss", now=now, t=translator("en"),
                decided_at=Instant.at(now, zone), again=Instant.at(now + timedelta(days=1), zone),
            )
        )  # fmt: skip
    assert cells(model, "aware_at")[0] == "Decide again Sat 18:40"
    assert cells(model, "aware_at", LEVEL_ROLE)[0] == "moderate"


def test_clock_when_a_rule_of_our_own_is_added_then_the_row_follows_at_once(
    model: RecordModel, context: Context
) -> None:
    rule = {
        "title": "Hotels: within 30 hours", "pattern": "contract_customer", "in_use": True,
        "trigger": "aware", "amount": "30", "unit": "hours",
    }  # fmt: skip
    assert cells(model, "aware_at")[0] == "26 h since aware"
    context.change(new_record(context.register, "own_rule", rule))
    fresh = RecordModel(context, VIEW)
    fresh.ask(VIEW)
    assert cells(model, "aware_at") == cells(fresh, "aware_at")
    assert cells(model, "aware_at")[0] != "26 h since aware"


def test_clock_when_more_are_seen_than_are_kept_then_each_row_still_has_one(
    qtbot: QtBot, model: RecordModel, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock_column, "_MOST", 1)
    clocks = model._clocks
    clocks.forget()
    ids = [model.id_at(row) for row in range(3)]
    for id in ids:
        clocks.want([id])
    qtbot.waitUntil(lambda: clocks.told(ids[0]) is not None, timeout=1000)


def test_clock_when_nobody_sees_the_list_then_a_minute_words_nothing(
    model: RecordModel, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells(model, "aware_at")
    model.is_seen = False
    asked: list[object] = []
    monkeypatch.setattr(context.jobs, "read", lambda *given, **_more: asked.append(given))
    context.events.minute.emit()
    assert asked == []
