"""The page of the checks: what is found stands there in words, leads to its record, and is put right where the program can."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from riskreg import clock
from riskreg.changes import Changed, ChangeSet
from riskreg.checking import checked
from riskreg.editing import new_record, set_fields
from riskreg.rules.checks import CHECKS
from riskreg.views import Register
from tests.ui.desk import a_context, add, prompts_of
from ui.context import Context
from ui.jobs import Jobs
from ui.pages.checks import ChecksPage
from ui.pages.checks_found import MOST
from ui.pages.checks_row import FindingRow
from ui.widgets.text import Text
from ui.window import MainWindow

LATE = {"title": "Laptop", "status": "open", "due_on": "2026-11-18"}
"""A risk whose day is past: a warning that only a person can settle."""
UNCHOSEN = {"title": "Mail", "status": "treating", "treatment_option": "shared"}
"""A risk whose detail says which treatment it is: the program can put it right."""


def a_page(qtbot: QtBot, context: Context) -> tuple[ChecksPage, list[tuple[int, str]]]:
    """The page as it is shown, and what it asks to be opened."""
    opened: list[tuple[int, str]] = []
    made = ChecksPage(context, lambda id, key: opened.append((id, key)))
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made, opened


def _of(page: ChecksPage, check: str) -> list[FindingRow]:
    return [row for row in page.rows if row.line.finding.check.key == check]


def _said(page: ChecksPage) -> str:
    """What stands in the middle of the page."""
    return " ".join(text.text() for text in page.stack.currentWidget().findChildren(Text))


def _apply(context: Context, changes: ChangeSet) -> Changed:
    """Change the register as some other part of the window does."""
    told: list[Changed] = []
    context.change(changes, told.append)
    return told[0]


def test_page_when_entered_then_it_shows_what_the_command_finds_gravest_first(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    page, _ = a_page(qtbot, context)
    page.enter()
    with clinic.reader() as reader:
        findings = checked(reader, clock.now().date()).findings
    assert len(findings) > 3
    assert [
        (row.line.finding.check.key, row.line.finding.ref, row.line.finding.field)
        for row in page.rows
    ] == [(each.check.key, each.ref, each.field) for each in findings]
    said = [text.text() for text in page.findChildren(Text)]
    assert f"Every record was held against {len(CHECKS)} checks." in page.subtitle.text()
    assert any(text.startswith("Warnings  ") for text in said)


def test_row_when_shown_then_it_says_record_sentence_and_source(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    add(opened, "risk", LATE)
    page, _ = a_page(qtbot, context)
    page.enter()
    [row] = [each for each in page.rows if each.line.finding.field == "due_on"]
    assert row.words.accessibleName() == "R-0001, Laptop: It was to be done by 18 Nov 2026."
    assert "Privacy Management Programme" in row.words.accessibleDescription()
    assert row.repair is None


def test_row_when_pressed_then_the_record_is_asked_for_at_the_field(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "risk", LATE)
    page, asked = a_page(qtbot, context)
    page.enter()
    [row] = [each for each in page.rows if each.line.finding.field == "due_on"]
    qtbot.mouseClick(row.words, Qt.MouseButton.LeftButton)
    assert asked == [(id, "due_on")]


def test_window_when_a_finding_is_pressed_then_the_panel_stands_at_the_field(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = window.go("checks")
    assert isinstance(page, ChecksPage)
    [row] = [
        each
        for each in page.rows
        if each.line.finding.ref == "R-0001" and each.line.finding.field == "due_on"
    ]
    wanted: list[object] = []
    for _ in range(2):  # again where the record is shown already
        row.words.click()
        assert window.panel.record_id == row.line.finding.id
        assert window.place == "checks"
        window.panel.form.wanted.connect(wanted.append)
    assert wanted == [window.panel.form.row("due_on")]


def test_put_right_when_pressed_then_one_change_mends_it_and_undo_brings_it_back(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "risk", UNCHOSEN)
    page, _ = a_page(qtbot, context)
    page.enter()
    [row] = [each for each in page.rows if each.repair]
    assert row.repair is not None
    assert "Treatment: empty → " in row.line.repair
    before = opened.head().seq
    qtbot.mouseClick(row.repair, Qt.MouseButton.LeftButton)
    assert opened.record(id).get("treatment")
    assert opened.head().seq == before + 1
    assert not [each for each in page.rows if each.repair]
    assert "R-0001 is put right." in page.undo_bar.words.text()
    context.act(lambda work: opened.undo(work), "")
    assert not page.undo_bar.isVisible()
    assert [each for each in page.rows if each.repair]


def test_put_right_when_the_record_changed_unseen_then_it_is_refused_and_said(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "risk", UNCHOSEN)
    page, _ = a_page(qtbot, context)
    page.enter()
    [row] = [each for each in page.rows if each.repair]
    opened.apply(set_fields(opened, id, {"treatment": "avoid"}))  # the page is not told
    assert row.repair is not None
    row.repair.click()
    assert len(prompts_of(context).errors) == 1
    assert opened.record(id).get("treatment") == "avoid"


def test_page_when_the_register_is_read_only_then_nothing_can_be_put_right(
    qtbot: QtBot, opened: Register
) -> None:
    from riskreg import register as door

    add(opened, "risk", UNCHOSEN)
    path = opened.path
    opened.close()
    reading = door.open(path, read_only=True)
    page, _ = a_page(qtbot, a_context(reading))
    page.enter()
    [row] = [each for each in page.rows if each.repair]
    assert row.repair is not None
    assert not row.repair.isEnabled()
    reading.close()


def test_page_when_a_finding_is_settled_then_it_goes_and_the_others_stay_as_they_are(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    first, second = (add(opened, "risk", {**LATE, "title": name}) for name in "ab")
    page, _ = a_page(qtbot, context)
    page.enter()
    stays = [row for row in page.rows if row.line.finding.id == second]
    late = next(row for row in page.rows if row.line.finding.id == first)
    with qtbot.waitActive(page):
        page.activateWindow()
    late.words.setFocus()
    assert late.words.hasFocus()
    _apply(context, set_fields(opened, first, {"due_on": "2026-12-24"}))
    assert [row for row in page.rows if row.line.finding.id == second] == stays
    assert page.rows[0].words.hasFocus()
    assert ("due_on", first) not in [
        (row.line.finding.field, row.line.finding.id) for row in page.rows
    ]


def test_level_when_its_chip_is_pressed_then_the_list_stands_where_it_begins(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    for place in range(6):
        add(clinic, "risk", {**UNCHOSEN, "title": f"Mail {place}"})
    page, _ = a_page(qtbot, context)
    page.resize(700, 300)
    page.enter()
    levels = {row.line.finding.check.level for row in page.rows}
    assert {level for level, jump in page.jumps.items() if jump.isVisible()} == levels
    warnings = [row for row in page.rows if row.line.finding.check.level == "warning"]
    QApplication.processEvents()  # the rows are laid out, as they are for a person
    with qtbot.waitSignal(page.turns.rested):
        page.jumps["hint"].click()
    hint = next(row for row in page.rows if row.line.finding.check.level == "hint")
    assert hint.visibleRegion().boundingRect().height() > 0
    assert warnings[0].visibleRegion().isEmpty()
    with qtbot.waitSignal(page.turns.rested):
        qtbot.mouseClick(page.jumps["warning"], Qt.MouseButton.LeftButton)
    assert not warnings[0].visibleRegion().isEmpty()


def test_page_when_hidden_then_it_asks_nothing_and_catches_up_when_seen(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "risk", LATE)
    page, _ = a_page(qtbot, context)
    page.enter()
    page.hide()
    started: list[object] = []
    context.jobs.started.connect(lambda job: started.append(job) if job.lane == "read" else None)
    _apply(context, set_fields(opened, id, {"due_on": "2026-12-24"}))
    assert started == []
    page.show()
    assert len(started) == 1
    assert "due_on" not in [row.line.finding.field for row in page.rows]
    page.enter()
    assert len(started) == 1


def test_page_when_nothing_is_found_then_it_says_so_and_how_many_were_asked(
    qtbot: QtBot, context: Context
) -> None:
    page, _ = a_page(qtbot, context)
    page.enter()
    assert page.rows == []
    assert _said(page) == f"Nothing was found. Every record was held against {len(CHECKS)} checks."


def test_print_when_pressed_then_the_report_of_the_checks_is_asked_for(
    qtbot: QtBot, context: Context
) -> None:
    page, _ = a_page(qtbot, context)
    with qtbot.waitSignal(context.events.report_wanted) as wanted:
        page.print.click()
    assert wanted.args == ["checks", ""]


def _refs(page: ChecksPage) -> set[str]:
    return {row.line.finding.ref for row in page.rows}


def _choose(box: QComboBox, key: object) -> None:
    assert box.findData(key) >= 0
    box.setCurrentIndex(box.findData(key))


def test_filter_when_level_kind_and_owner_are_chosen_then_only_those_findings_are_shown(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    add(opened, "risk", {**LATE, "owner": ["K. Chan"]})
    add(opened, "risk", UNCHOSEN)
    add(opened, "asset", {"title": "Payroll", "status": "in_use", "owner": ["S. Wong"]})
    page, _ = a_page(qtbot, context)
    page.enter()
    everything = len(page.rows)
    assert page.filter.isVisible()
    _choose(page.filter.kind, "asset")
    assert {row.line.finding.kind for row in page.rows} == {"asset"}
    assert f"{len(page.rows)} of {everything} are shown." in page.subtitle.text()
    page.filter.clear()
    assert len(page.rows) == everything
    _choose(page.filter.owner, opened.find("P-0001"))
    assert _refs(page) == {"R-0001"}
    _choose(page.filter.owner, 0)
    assert {"R-0001", "A-0001"}.isdisjoint(_refs(page))
    assert "R-0002" in _refs(page)
    _choose(page.filter.level, "hint")
    assert {row.line.finding.check.level for row in page.rows} <= {"hint"}
    assert page.filter.kind.itemText(1).startswith("Risks (")


def test_filter_when_words_are_typed_then_they_are_sought_and_an_end_is_one_press_away(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    add(opened, "risk", LATE)
    add(opened, "risk", UNCHOSEN)
    page, _ = a_page(qtbot, context)
    page.enter()
    everything = len(page.rows)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.start_search()
    assert page.filter.words.hasFocus()
    with qtbot.waitSignal(page.filter.changed):
        qtbot.keyClicks(page.filter.words, "laptop done")
    assert [row.line.finding.check.key for row in page.rows] == ["overdue"]
    with qtbot.waitSignal(page.filter.changed):
        qtbot.keyClicks(page.filter.words, " moon")
    assert page.rows == []
    assert _said(page) == "Nothing that was found fits the filter."
    [button] = page.stack.currentWidget().findChildren(QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(page.rows) == everything


def test_filter_when_the_register_changes_then_it_stays(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    id = add(opened, "risk", LATE)
    add(opened, "asset", {"title": "Payroll", "status": "in_use"})
    page, _ = a_page(qtbot, context)
    page.enter()
    _choose(page.filter.kind, "risk")
    _apply(context, set_fields(opened, id, {"due_on": "2026-12-24"}))
    assert page.filter.kind.currentData() == "risk"
    assert _refs(page) == {"R-0001"}


def test_keys_when_down_and_up_are_pressed_then_they_go_from_finding_to_finding(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    for place in range(3):
        add(opened, "risk", {**LATE, "title": f"Laptop {place}"})
    page, asked = a_page(qtbot, context)
    page.enter()
    rows = page.rows
    with qtbot.waitActive(page):
        page.activateWindow()
    page.start_search()
    qtbot.keyClick(page.filter.words, Qt.Key.Key_Down)
    assert rows[0].words.hasFocus()
    qtbot.keyClick(rows[0].words, Qt.Key.Key_Down)
    assert rows[1].words.hasFocus()
    qtbot.keyClick(rows[1].words, Qt.Key.Key_Up)
    assert rows[0].words.hasFocus()
    qtbot.keyClick(rows[0].words, Qt.Key.Key_Return)
    assert asked == [(rows[0].line.finding.id, rows[0].line.finding.field)]


@pytest.fixture
def crowd(opened: Register) -> Register:
    """3,500 risks with more than 10,000 faults among them."""
    [made] = new_record(opened, "risk", {**UNCHOSEN, "due_on": "2026-11-18"}).changes
    changes = tuple(replace(made, id=-place) for place in range(1, 3_501))
    opened.apply(ChangeSet(act="add", changes=changes))
    return opened


def test_page_when_10_000_things_are_found_then_it_says_how_many_more_and_never_freezes(
    qtbot: QtBot, crowd: Register
) -> None:
    jobs = Jobs()
    page, _ = a_page(qtbot, a_context(crowd, jobs=jobs))
    held: list[float] = []
    beat = QTimer(interval=5)
    since = clock.stopwatch()

    def _on_beat() -> None:
        nonlocal since
        held.append(since())
        since = clock.stopwatch()

    beat.timeout.connect(_on_beat)
    beat.start()
    page.enter()
    with qtbot.waitSignal(page.turns.rested, timeout=60_000):
        pass
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    beat.stop()
    jobs.close()
    told = page._told
    assert told is not None
    assert told.number > 10_000
    assert all(len(group.lines) <= MOST for group in told.groups)
    more = [
        text.text() for text in page.findChildren(Text) if "The report has them all" in text.text()
    ]
    assert len(more) == sum(group.number > MOST for group in told.groups) > 0
    assert max(held) < sum(held) / 3  # a frozen window would be held nearly all the time


def test_page_when_cancelled_then_it_stops_soon_and_can_be_asked_again(
    qtbot: QtBot, crowd: Register
) -> None:
    jobs = Jobs()
    page, _ = a_page(qtbot, a_context(crowd, jobs=jobs))
    page.enter()
    qtbot.waitUntil(lambda: bool(page.progress.bar.maximum()), timeout=10_000)
    since = clock.stopwatch()
    with qtbot.waitSignal(jobs.ended):
        page.progress.cancel.click()
    assert since() < 0.3
    assert "The checks were stopped" in _said(page)
    assert not page.progress.isVisible()
    assert page.again.isEnabled()
    with qtbot.waitSignal(page.turns.rested, timeout=60_000):
        page.again.click()
    assert page.rows
    jobs.close()


def test_page_when_the_register_changes_meanwhile_then_the_answer_is_of_what_is_now(
    qtbot: QtBot, opened: Register
) -> None:
    jobs = Jobs()
    id = add(opened, "risk", LATE)
    context = a_context(opened, jobs=jobs)
    page, _ = a_page(qtbot, context)
    page.enter()
    assert page._job is not None
    context.change(set_fields(opened, id, {"due_on": "2026-12-24"}))
    qtbot.waitUntil(lambda: not jobs.running and page._told is not None and not page._is_stale)
    assert "due_on" not in [row.line.finding.field for row in page.rows]
    jobs.close()


def test_number_when_the_register_was_left_alone_then_the_navigation_counts_what_is_found(
    qtbot: QtBot, window: MainWindow, clinic: Register
) -> None:
    badge = window.navigation.items["checks"].badge
    window.state.checks.pause.setInterval(0)
    window.state.checks.renew()
    with clinic.reader() as reader:
        number = len(checked(reader, clock.now().date()).findings)
    qtbot.waitUntil(lambda: badge.text() == str(number))
    add(clinic, "risk", UNCHOSEN)
    window.context.change(set_fields(clinic, clinic.find("R-0001"), {"due_on": None}))
    with clinic.reader() as reader:
        now = len(checked(reader, clock.now().date()).findings)
    assert now != number
    qtbot.waitUntil(lambda: badge.text() == str(now))
    assert window.navigation.items["checks"].accessibleName() == f"Checks, {now}"
