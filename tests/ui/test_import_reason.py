"""Import of a file that changes known times: the preview asks once for the reason, before anything is applied."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from riskreg.records import Incident
from riskreg.records.values import Instant
from riskreg.views import Register
from tests.ui.desk import a_context, add
from ui.context import Context
from ui.dialogs.importing import ImportDialog

PREVIEW = 3
LOG = "The log of the server was an hour off"
LATER = Instant.parse("2026-11-20T09:40", "Asia/Hong_Kong")


@pytest.fixture
def context(opened: Register, qtbot: QtBot) -> Context:
    return a_context(opened)


@pytest.fixture
def file(context: Context, tmp_path: Path) -> Path:
    """Two incidents whose awareness changes, one that gets its first, one that is new."""
    for title, at in (("Fax", "2026-11-19T18:40"), ("Mail", "2026-11-19T10:00"), ("Phone", "")):
        add(context.register, "incident", {"title": title, "aware_at": at or None})
    path = tmp_path / "times.csv"
    rows = ("I-2026-001,Fax", "I-2026-002,Mail", "I-2026-003,Phone", ",New")
    lines = ["Ref,Title,Aware", *(f"{row},2026-11-20 09:40" for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def at_preview(qtbot: QtBot, context: Context, file: Path) -> ImportDialog:
    made = ImportDialog(context, file)
    qtbot.addWidget(made)
    made.show()
    while made.pages.currentIndex() != PREVIEW:
        made.go_on()
    return made


def stored_of(register: Register, ref: str) -> Incident:
    record = register.record(register.find(ref))
    assert isinstance(record, Incident)
    return record


def test_preview_when_rows_move_known_times_then_it_says_how_many_and_asks_why(
    qtbot: QtBot, context: Context, file: Path
) -> None:
    dialog = at_preview(qtbot, context, file)
    asked = dialog.preview.reason
    assert asked.isVisible()
    assert asked.many.text() == "Times that clocks run from change in 2 incidents."
    assert asked.line.accessibleName().startswith("The old time stays in the history.")
    rejected = [line for line in dialog.plan.lines if line.state == "rejected"]
    assert [line.field for line in rejected] == ["Aware", "Aware"]
    assert all("once for all rows" in line.reason for line in rejected)
    assert dialog.next.text() == "Import 2 records"


def test_reason_when_it_is_typed_then_the_rows_go_in_with_it_and_the_history_keeps_both_times(
    qtbot: QtBot, context: Context, opened: Register, file: Path
) -> None:
    dialog = at_preview(qtbot, context, file)
    line = dialog.preview.reason.line
    line.setFocus()
    with qtbot.waitSignal(dialog.preview.reason.given):  # a pause in typing is enough
        qtbot.keyClicks(line, LOG)
    assert dialog.plan.counts["rejected"] == 0
    assert dialog.next.text() == "Import 4 records"
    assert dialog.preview.reason.isVisible()
    assert line.text() == LOG
    with qtbot.waitSignal(context.events.changed):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    for ref in ("I-2026-001", "I-2026-002"):
        assert stored_of(opened, ref).aware_at == LATER
        assert stored_of(opened, ref).trigger_reason == LOG
    for ref in ("I-2026-003", "I-2026-004"):
        assert stored_of(opened, ref).aware_at == LATER
        assert stored_of(opened, ref).trigger_reason == ""
    (entry,) = opened.about([opened.find("I-2026-001")])[:1]
    (change,) = [each for each in entry.changes if each.ref == "I-2026-001"]
    assert change.before["aware_at"] == Instant.parse("2026-11-19T18:40", "Asia/Hong_Kong")
    assert (change.after["aware_at"], change.after["trigger_reason"]) == (LATER, LOG)
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert stored_of(opened, "I-2026-001").trigger_reason == ""


def test_import_when_the_reason_was_just_typed_then_the_rows_are_looked_at_before_it_is_applied(
    qtbot: QtBot, context: Context, opened: Register, file: Path
) -> None:
    dialog = at_preview(qtbot, context, file)
    before = opened.head()
    dialog.preview.reason.line.setText(LOG)
    dialog.go_on()
    assert opened.head() == before
    assert dialog.plan.counts["rejected"] == 0
    dialog.go_on()
    assert stored_of(opened, "I-2026-001").trigger_reason == LOG


def test_import_when_no_reason_is_given_then_only_the_other_rows_go_in(
    qtbot: QtBot, context: Context, opened: Register, file: Path
) -> None:
    dialog = at_preview(qtbot, context, file)
    dialog.preview.reason.line.setText("   ")
    dialog.go_on()
    assert stored_of(opened, "I-2026-001").aware_at != LATER
    assert stored_of(opened, "I-2026-003").aware_at == LATER
    assert "2 rows were rejected" in dialog.outcome.rest.text()


def test_reason_when_another_file_is_read_then_it_is_forgotten(
    qtbot: QtBot, context: Context, file: Path
) -> None:
    dialog = at_preview(qtbot, context, file)
    dialog.preview.reason.line.setText(LOG)
    other = file.with_name("other.csv")
    other.write_text("Ref,Title\nI-2026-001,Fax again\n", encoding="utf-8")
    dialog.look_at(other)
    while dialog.pages.currentIndex() != PREVIEW:
        dialog.go_on()
    assert dialog.preview.reason.text == ""
    assert not dialog.preview.reason.isVisible()
