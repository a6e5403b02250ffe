"""The calendar file and the export of one record, from the window."""

from __future__ import annotations

from pathlib import Path

import icalendar
import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from riskreg.views import Register
from tests.ui.desk import a_context
from tests.ui.desk import add as add_record
from ui.context import Context
from ui.dialogs.calendar import CalendarDialog
from ui.dialogs.export import ExportDialog


@pytest.fixture
def context(opened: Register, qtbot: QtBot) -> Context:
    return a_context(opened)


def add(register: Register, kind: str, **given: object) -> int:
    return add_record(register, kind, given)


def events(path: Path) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def test_calendar_when_made_then_it_holds_what_has_a_date_and_reminds_the_day_before(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    add(context.register, "risk", title="Mail goes astray", next_review_on="2027-01-29")
    add(context.register, "risk", title="Without a date")
    dialog = CalendarDialog(context)
    qtbot.addWidget(dialog)
    dialog.where.setText(str(tmp_path / "dates"))
    dialog.make()
    (event,) = events(tmp_path / "dates.ics")
    assert event["SUMMARY"] == "R-0001 Mail goes astray"
    assert len(event.walk("VALARM")) == 1
    assert "1 event written." in dialog.message.text()
    assert context.register.log(limit=1)[0].facts["file"] == "dates.ics"


def test_calendar_when_others_see_it_then_titles_stay_out(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    add(context.register, "task", title="Call the patient", due_on="2027-01-29")
    dialog = CalendarDialog(context)
    qtbot.addWidget(dialog)
    dialog.where.setText(str(tmp_path / "dates.ics"))
    dialog.refs_only.setChecked(True)
    dialog.remind.setChecked(False)
    dialog.make()
    content = (tmp_path / "dates.ics").read_text(encoding="utf-8")
    assert "T-0001" in content
    assert "patient" not in content
    assert "VALARM" not in content


def test_calendar_when_nothing_has_a_date_then_it_says_so_and_stays_open(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    dialog = CalendarDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.where.setText(str(tmp_path / "dates.ics"))
    dialog.make()
    assert "Nothing in this register has a date yet." in dialog.message.text()
    assert dialog.isVisible()
    assert not (tmp_path / "dates.ics").exists()


def test_export_when_only_the_open_record_is_wanted_then_its_ties_come_along_and_nothing_else(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    register = context.register
    add(register, "asset", title="Staff files")
    add(register, "asset", title="Customer files")
    add(register, "incident", title="Folder lost", assets=["A-0001"])
    add(register, "incident", title="Another")
    dialog = ExportDialog(context, ref="A-0001")
    qtbot.addWidget(dialog)
    dialog.where.setText(str(tmp_path / "one.xlsx"))
    dialog.one_only.setChecked(True)
    dialog.make()
    book = openpyxl.load_workbook(tmp_path / "one.xlsx")
    assert [row[0] for row in book["Data we hold"].iter_rows(min_row=2, values_only=True)] == [
        "A-0001"
    ]
    found = [row[0] for row in book["Incidents"].iter_rows(min_row=2, values_only=True)]
    assert len(found) == 1
    assert "Risks" not in book.sheetnames


def test_export_when_no_record_is_open_then_nothing_is_offered(
    qtbot: QtBot, context: Context
) -> None:
    dialog = ExportDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.one_only.isVisible()
