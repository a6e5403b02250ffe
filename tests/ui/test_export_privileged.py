"""Ways out of the window: privileged records behind a tick that is off, and one incident for an authority."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pytest
from pytestqt.qtbot import QtBot

from riskreg.views import Register, View
from tests.builders import add, an_incident
from tests.conftest import NOW
from tests.ui.desk import a_context
from ui.context import Context
from ui.dialogs.calendar import CalendarDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.outgoing import OutgoingDialog
from ui.dialogs.report import ReportDialog

SECRET = "Counsel says"


@pytest.fixture
def context(opened: Register, qtbot: QtBot) -> Context:
    found = an_incident(opened, "Mail gone astray")
    add(opened, "task", f"{SECRET} pay", is_privileged=True, due_on=NOW.date())
    add(opened, "task", "Ring the recipient", due_on=NOW.date(), incidents=frozenset({found.id}))
    return a_context(opened)


def shown(qtbot: QtBot, dialog: OutgoingDialog) -> OutgoingDialog:
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def text_of(path: Path) -> str:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return " ".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        )
    if path.suffix == ".pdf":
        document = pdfium.PdfDocument(path)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        return text
    return path.read_text("utf-8")


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (ExportDialog, "x.xlsx"),
        (CalendarDialog, "x.ics"),
        (lambda context: ReportDialog(context, "to-do"), "x.pdf"),
    ],
)
def test_dialog_when_something_is_privileged_then_it_stays_until_it_is_ticked(
    qtbot: QtBot, context: Context, tmp_path: Path, make, name: str
) -> None:
    dialog = shown(qtbot, make(context))
    assert dialog.privileged.isVisible()
    assert not dialog.privileged.isChecked()
    assert dialog.privileged.text().startswith("With the 1 legally privileged record")
    dialog.where.setText(str(tmp_path / name))
    dialog.make()
    assert "1 legally privileged record was left out." in dialog.message.text()
    assert SECRET not in text_of(tmp_path / name)
    dialog.privileged.setChecked(True)
    dialog.make()
    assert "left out" not in dialog.message.text()
    assert SECRET in text_of(tmp_path / name)


def test_dialog_when_nothing_is_privileged_then_nothing_is_asked(
    qtbot: QtBot, opened: Register
) -> None:
    dialog = shown(qtbot, ExportDialog(a_context(opened)))
    assert not dialog.privileged.isVisible()


def test_authority_when_an_incident_is_open_then_it_alone_can_be_written(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    dialog = shown(qtbot, ExportDialog(context, View(kinds=("incident",)), ref="I-2026-001"))
    assert isinstance(dialog, ExportDialog)
    dialog.one_only.setChecked(True)
    dialog.for_authority.setChecked(True)
    assert not dialog.one_only.isChecked()
    assert not dialog.one_only.isEnabled()
    dialog.where.setText(str(tmp_path / "x.xlsx"))
    dialog.make()
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert "Incidents" in book.sheetnames
    assert "Tasks" not in book.sheetnames
    assert "For an authority: incident I-2026-001 only" in text_of(tmp_path / "x.xlsx")


def test_authority_when_another_record_is_open_then_it_is_not_offered(
    qtbot: QtBot, context: Context
) -> None:
    dialog = shown(qtbot, ExportDialog(context, View(kinds=("task",)), ref="T-0002"))
    assert isinstance(dialog, ExportDialog)
    assert not dialog.for_authority.isVisible()
