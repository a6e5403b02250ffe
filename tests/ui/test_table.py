"""The table: one model for every kind over a real register, asked in pages."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from riskreg.editing import set_fields, to_bin
from riskreg.errors import Expected
from riskreg.records import KINDS, columns
from riskreg.records.values import Count
from riskreg.views import Register, Row, View, Where
from tests.ui.desk import FakePrompts, a_context, add
from ui.context import Context
from ui.tables import cells, conditions
from ui.tables.answers import Answer
from ui.tables.listings import LISTINGS
from ui.tables.model import LEVEL_ROLE, PAGE, TONE_ROLE, RecordModel
from ui.tables.table import RecordTable


def a_model(context: Context, key: str = "risk") -> RecordModel:
    model = RecordModel(context, LISTINGS[key].view())
    model.ask(LISTINGS[key].view())
    return model


def a_table(qtbot: QtBot, context: Context, key: str = "risk") -> RecordTable:
    table = RecordTable(context, key, a_model(context, key))
    qtbot.addWidget(table)
    table.resize(1000, 400)
    table.show()
    table.widths.fit()
    return table


def column(model: RecordModel, key: str) -> list[str]:
    place = model.view.columns.index(key)
    return [model.index(row, place).data() for row in range(model.rowCount())]


def test_widths_when_the_title_has_room_to_spare_then_choices_are_not_cut(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    table = a_table(qtbot, context, "transfer")
    column = LISTINGS["transfer"].columns.index("mechanism")
    usual = table.columnWidth(column)
    table.resize(1800, 400)
    assert table.columnWidth(column) > usual
    header = table.horizontalHeader()
    assert header.length() == table.viewport().width()
    before = table.columnWidth(column)
    header.resizeSection(0, header.sectionSize(0) + 20)
    table.widths.fit()
    assert table.columnWidth(column) == before


def test_model_when_qt_checks_it_then_it_keeps_every_promise(
    context: Context, clinic: Register
) -> None:
    for key in ("risk", "incident", "asset", "todo", "step"):
        model = a_model(context, key)
        tester = QAbstractItemModelTester(
            model, QAbstractItemModelTester.FailureReportingMode.Warning
        )
        model.sort(1)
        model.ask(replace(model.view, words="nothing like this"))
        model.ask(LISTINGS[key].view())
        context.act(clinic.undo, "")
        assert tester.model() is model


def test_model_when_asked_then_rows_stand_as_the_register_sorts_them(
    context: Context, clinic: Register
) -> None:
    model = a_model(context)
    assert column(model, "residual_score") == ["25", "12", "4", "1"]
    model.sort(model.view.columns.index("residual_score"), Qt.SortOrder.AscendingOrder)
    assert column(model, "residual_score") == ["1", "4", "12", "25"]


def test_model_when_filtered_then_it_says_how_many_there_are_without(
    context: Context, clinic: Register
) -> None:
    model = a_model(context)
    where = (Where("residual_level", "in", ("high", "critical")),)
    model.ask(replace(model.view, where=where))
    assert (column(model, "residual_level"), model.of) == (["Critical", "High"], 4)


def test_cell_when_it_is_a_level_then_shape_word_and_speech_go_with_it(
    context: Context, clinic: Register
) -> None:
    model = a_model(context)
    index = model.index(0, model.view.columns.index("residual_level"))
    assert index.data(LEVEL_ROLE) == "critical"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Residual level: Critical"


def test_cell_when_a_date_is_past_then_it_stands_out(context: Context, clinic: Register) -> None:
    model = a_model(context)
    place = model.view.columns.index("due_at")
    assert [model.index(row, place).data(TONE_ROLE) for row in range(4)] == [
        "high",
        "high",
        "moderate",
        "text",
    ]


def test_cell_when_an_incident_is_open_then_its_clock_counts_up(
    context: Context, clinic: Register
) -> None:
    model = a_model(context, "incident")
    assert column(model, "aware_at") == ["Closed", "10 h since aware", "26 h since aware"]


def test_cell_when_a_record_is_of_the_catalogue_then_its_title_is_in_the_language(
    opened: Register,
) -> None:
    model = a_model(a_context(opened, "zh_Hant"), "step")
    assert all(not title.isascii() for title in column(model, "title"))


def test_cell_when_text_looks_like_markup_then_it_is_shown_as_it_is(context: Context) -> None:
    add(context.register, "risk", {"title": "<b>bold</b> &amp; <img src=x>"})
    assert column(a_model(context), "title") == ["<b>bold</b> &amp; <img src=x>"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "organisation"])
def test_columns_when_every_one_of_a_kind_is_shown_then_each_has_a_cell(
    context: Context, clinic: Register, kind: str
) -> None:
    every = tuple(columns(KINDS[kind]))
    model = RecordModel(context, View(kinds=(kind,), columns=every))
    model.ask(model.view)
    for place in range(len(every)):
        if model.rowCount():
            assert isinstance(model.index(0, place).data(), str)
        assert model.headerData(place, Qt.Orientation.Horizontal)


def test_model_when_a_record_is_gone_before_it_is_painted_then_its_row_is_disabled(
    context: Context, clinic: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = a_model(context)
    gone, real = model.id_at(1), clinic.rows
    monkeypatch.setattr(
        clinic, "rows", lambda view, ids: [row for row in real(view, ids) if row.id != gone]
    )
    model.repaint_all()
    assert model.index(1, 0).data() == "no longer here"
    assert not model.index(1, 0).flags() & Qt.ItemFlag.ItemIsEnabled
    assert model.index(0, 0).flags() & Qt.ItemFlag.ItemIsEnabled


def test_model_when_the_file_is_busy_then_a_placeholder_stands_there_until_it_is_free(
    qtbot: QtBot, context: Context, clinic: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, real, refusals = a_model(context), clinic.rows, [1, 1]

    def rows(view: View, ids: Sequence[int]) -> list[Row]:
        if refusals:
            refusals.pop()
            raise Expected("busy")
        return real(view, ids)

    monkeypatch.setattr(clinic, "rows", rows)
    model.repaint_all()
    assert model.index(0, 0).data() == "…"
    qtbot.waitUntil(lambda: model.index(0, 0).data().startswith("R-"))


def test_model_when_the_register_changes_then_it_asks_again(
    context: Context, clinic: Register
) -> None:
    model = a_model(context)
    context.change(set_fields(clinic, model.id_at(3), {"title": "Renamed"}))
    assert "Renamed" in column(model, "title")
    context.change(to_bin(clinic, [model.id_at(0)]))
    assert model.rowCount() == 3


def test_model_when_there_are_many_rows_then_only_pages_that_are_painted_are_fetched(
    qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = context.register
    model, asked = a_model(context), list[int]()
    real: Callable[..., list[Row]] = register.rows
    ids = array("q", range(1, 100_001))
    monkeypatch.setattr(
        register, "rows", lambda view, ids: asked.append(len(ids)) or real(view, ids)
    )
    model._on_answered(Answer(ids, len(ids), {}))
    table = RecordTable(context, "risk", model)
    qtbot.addWidget(table)
    table.resize(800, 400)
    table.show()
    table.scrollToBottom()
    table.selectAll()
    table.grab()
    assert table.selected_count() == 100_000
    assert model.rowCount() == 100_000
    assert sum(asked) <= 6 * PAGE


def test_selection_when_the_list_is_sorted_anew_then_the_same_records_stay_chosen(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    table = a_table(qtbot, context)
    model = table.model()
    assert isinstance(model, RecordModel)
    wanted = model.id_at(1)
    table.select(wanted)
    model.sort(0, Qt.SortOrder.AscendingOrder)
    assert table.selected_ids() == [wanted]
    assert table.currentIndex().row() == model.row_of(wanted)


def test_selection_when_a_chosen_record_leaves_the_list_then_it_is_no_longer_chosen(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    table = a_table(qtbot, context)
    model = table.model()
    assert isinstance(model, RecordModel)
    table.select(model.id_at(0))
    context.change(to_bin(clinic, [model.id_at(0)]))
    assert table.selected_ids() == []
    assert table.currentIndex() == QModelIndex()


def test_table_when_a_header_is_clicked_then_it_sorts_and_once_more_turns_round(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    table = a_table(qtbot, context)
    header = table.horizontalHeader()
    spot = header.viewport().rect().topLeft()
    spot.setX(header.sectionViewportPosition(1) + 10)
    spot.setY(10)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert table.model().view.sort == (("title", False),)  # type: ignore[attr-defined]
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert table.model().view.sort == (("title", True),)  # type: ignore[attr-defined]


def test_table_when_a_row_is_clicked_then_its_record_is_picked(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    table = a_table(qtbot, context)
    spot = table.visualRect(table.model().index(2, 1)).center()
    with qtbot.waitSignal(table.picked) as told:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == [table.model().id_at(2)]  # type: ignore[attr-defined]


def test_table_when_it_is_narrow_then_the_last_columns_give_way_and_come_back(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    table = a_table(qtbot, context)
    table.resize(560, 400)
    qtbot.waitUntil(lambda: table.isColumnHidden(6))
    assert not table.isColumnHidden(1)
    assert table.columnWidth(1) >= 200
    table.resize(1200, 400)
    qtbot.waitUntil(lambda: not table.isColumnHidden(6))


def test_table_when_a_column_is_widened_then_it_is_remembered(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    table = a_table(qtbot, context)
    table.horizontalHeader().resizeSection(2, 177)
    assert context.settings.width("risk", "residual_level", 0) == 177
    other = a_table(qtbot, context)
    assert other.columnWidth(2) == 177


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "organisation"])
def test_conditions_when_a_column_can_be_filtered_then_every_way_to_compare_is_answered(
    context: Context, clinic: Register, kind: str
) -> None:
    values = {"Choices": "basic", "Instant": None, "Day": None}
    for key, what in columns(KINDS[kind]).items():
        if not conditions.can_filter(key, what):
            continue
        for each in conditions.operators(what):
            value: object = (
                each is conditions.EMPTY if each.op == "empty" else values.get(type(what).__name__)
            )
            if each.op == "empty":
                where = Where(key, "empty", bool(value))
                assert clinic.count(View(kinds=(kind,), where=(where,))) >= 0
                label = context.t.label(kind, key)
                assert label in conditions.words(where, what, label, context.t, clinic.vocabulary)


def test_condition_when_it_is_told_then_values_are_in_words(
    context: Context, clinic: Register
) -> None:
    what = columns(KINDS["risk"])["residual_level"]
    told = conditions.words(
        Where("residual_level", "in", ("high", "critical")),
        what,
        "Level",
        context.t,
        clinic.vocabulary,
    )
    assert told == "Level: High, Critical"
    count = columns(KINDS["incident"])["people_count"]
    more = conditions.words(
        Where("people_count", ">=", Count(100)), count, "People", context.t, clinic.vocabulary
    )
    assert more == "People ≥ 100"


def test_model_when_a_question_is_refused_then_the_person_is_told(
    context: Context, clinic: Register, prompts: FakePrompts
) -> None:
    model = a_model(context)
    model.ask(replace(model.view, where=(Where("no_such_field", "=", "x"),)))
    assert len(prompts.errors) == 1


def test_cells_when_columns_of_several_kinds_are_asked_then_they_are_the_common_ones() -> None:
    found = cells.columns_of(("risk", "asset"))
    assert {"ref", "title", "due_at", "updated_at"} <= set(found)


def test_table_when_its_rows_are_asked_anew_then_no_record_is_picked(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    table = a_table(qtbot, context)
    table.setFocus()
    table.select(table.model().id_at(1))  # type: ignore[attr-defined]
    with qtbot.assertNotEmitted(table.picked, wait=200):
        table.model().sort(1)


def test_table_when_moved_by_keys_then_the_record_is_picked_once_they_rest(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    table = a_table(qtbot, context)
    table.select(table.model().id_at(0))  # type: ignore[attr-defined]
    with qtbot.waitSignal(table.picked) as told:
        qtbot.keyClick(table, Qt.Key.Key_Down)
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert told.args == [table.model().id_at(2)]  # type: ignore[attr-defined]
