"""Reports in the window: what is asked, what is seen, where copies go."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from riskreg import reports
from riskreg.errors import Cancelled, Expected
from riskreg.i18n import translator
from riskreg.records import ReportProfile
from riskreg.reports.sheets import Sheets
from riskreg.reports.summary_facts import profiles_of
from riskreg.views import Register
from tests.ui.desk import a_context, add, prompts_of
from ui.context import Context
from ui.dialogs.decisions import DecisionsDialog
from ui.dialogs.paper import PaperDialog
from ui.dialogs.printing import print_sheets
from ui.dialogs.report import ReportDialog
from ui.jobs import Jobs
from ui.pages.reports import OFFERS, ReportsPage
from ui.window import MainWindow

EN = translator("en")


def texts(path: Path) -> list[str]:
    document = pdfium.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def chosen(dialog: ReportDialog, name: str) -> None:
    dialog.report.setCurrentIndex(dialog.report.findData(name))
    dialog.report.activated.emit(0)


def a_printer(path: Path) -> QPrinter:
    """One that writes what it would print into a PDF."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setResolution(150)
    return printer


def risks(register: Register, number: int) -> None:
    for each in range(number):
        add(register, "risk", {"title": f"Risk {each}", "cause": "Because. " * 60})


@pytest.fixture
def paper(clinic: Register) -> reports.Paper:
    risks(clinic, 12)
    return reports.draw(clinic, "risk-register", EN)


# which report, about what


def test_reports_page_when_shown_then_every_report_is_offered_once(
    qtbot: QtBot, context: Context
) -> None:
    made, decided = [], []
    page = ReportsPage(context, made.append, lambda: decided.append(1))
    qtbot.addWidget(page)
    assert sorted(offer.key for offer in OFFERS) == sorted(reports.REPORTS)
    for button in page.findChildren(QPushButton):
        if "PDF" in button.text():
            button.click()
    assert made == [offer.key for offer in OFFERS]
    page.findChildren(QPushButton)[1].click()
    assert decided == [1]


def test_report_when_each_is_chosen_then_only_what_it_needs_is_asked(
    qtbot: QtBot, context: Context
) -> None:
    dialog = ReportDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    for name in reports.REPORTS:
        chosen(dialog, name)
        assert dialog.ref.isVisible() == (reports.REPORTS[name].about != "all"), name
        assert (
            dialog.since.isVisible() == dialog.until.isVisible() == reports.REPORTS[name].compares
        ), name
    chosen(dialog, "record")
    assert dialog.ref.accessibleName() == "Reference of the record"


def test_report_when_a_record_is_wanted_and_none_is_named_then_the_dialog_says_so_and_keeps_all(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    dialog = ReportDialog(context, "record")
    qtbot.addWidget(dialog)
    dialog.where.setText(str(tmp_path / "x.pdf"))
    dialog.make()
    assert "none is named" in dialog.message.text()
    dialog.ref.setText("r-0001")
    add(context.register, "risk", {"title": "Mail goes astray"})
    dialog.make()
    assert "Mail goes astray" in "".join(texts(tmp_path / "x.pdf"))
    entry = context.register.log(limit=1)[0]
    assert (entry.facts["report"], entry.facts["ref"]) == ("record", "r-0001")


def test_report_of_changes_when_moments_are_written_by_hand_then_they_are_read(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    add(context.register, "risk", {"title": "Mail goes astray"})
    dialog = ReportDialog(context, "changes")
    qtbot.addWidget(dialog)
    assert dialog.since.text() == ""  # the register is younger than the month
    dialog.where.setText(str(tmp_path / "x.pdf"))
    dialog.since.setText("some day")
    dialog.make()
    assert "“some day” is not a moment" in dialog.message.text()
    assert not (tmp_path / "x.pdf").exists()
    dialog.since.setText("1")
    dialog.until.setText("20 Nov 2026")
    dialog.make()
    text = "".join(texts(tmp_path / "x.pdf"))
    assert "(entry 1)" in text
    assert "Mail goes astray" in text


def test_panel_when_its_menu_prints_then_the_record_is_asked_for(
    qtbot: QtBot, context: Context, clinic: Register
) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    wanted = []
    context.events.report_wanted.connect(lambda name, ref: wanted.append((name, ref)))
    window.open_record(clinic.find("R-0001"))
    window.panel.head.print_asked.emit()
    assert wanted == [("record", "R-0001")]
    (dialog,) = window.findChildren(ReportDialog)
    assert (dialog.report.currentData(), dialog.ref.text()) == ("record", "R-0001")
    dialog.close()


# looking, saving, printing


def test_report_when_looked_at_then_its_pages_are_there_and_nothing_is_written_or_noted(
    qtbot: QtBot, context: Context, clinic: Register, tmp_path: Path
) -> None:
    risks(clinic, 12)
    before = clinic.head().seq
    dialog = ReportDialog(context)
    qtbot.addWidget(dialog)
    dialog.where.setText(str(tmp_path / "x.pdf"))
    dialog.preview()
    (shown,) = dialog.findChildren(PaperDialog)
    assert shown.where.text().startswith("Page 1 of ")
    assert list(tmp_path.iterdir()) == [clinic.path] or not (tmp_path / "x.pdf").exists()
    assert clinic.head().seq == before
    shown.close()


def test_pages_when_scrolled_by_keys_then_the_page_in_sight_is_named(
    qtbot: QtBot, context: Context, paper: reports.Paper, tmp_path: Path
) -> None:
    dialog = PaperDialog(context, paper, tmp_path / "x.pdf", Sheets(paper.content))
    qtbot.addWidget(dialog)
    dialog.show()
    last = f"Page {paper.pages} of {paper.pages}"
    qtbot.keyClick(dialog.view, Qt.Key.Key_End)
    assert dialog.where.text() == last == dialog.view.accessibleDescription()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Home)
    assert dialog.where.text() == f"Page 1 of {paper.pages}"
    qtbot.keyClick(dialog.view, Qt.Key.Key_PageDown)
    assert dialog.view.verticalScrollBar().value() > 0
    dialog.fit.setCurrentIndex(1)
    dialog.view.go_to(2)
    assert dialog.where.text() == f"Page 3 of {paper.pages}"
    seen = dialog.view.viewport().grab().toImage()
    assert len({seen.pixel(x, 200) for x in range(0, seen.width(), 3)}) > 2


def test_pages_when_saved_then_the_file_holds_these_bytes_and_the_journal_says_where(
    qtbot: QtBot, context: Context, paper: reports.Paper, tmp_path: Path
) -> None:
    prompts_of(context).files += [None, tmp_path / "for the board"]
    dialog = PaperDialog(context, paper, tmp_path / "x.pdf", Sheets(paper.content))
    qtbot.addWidget(dialog)
    before = context.register.head().seq
    dialog.save()
    assert context.register.head().seq == before
    add(context.register, "risk", {"title": "Newer than the pages"})
    dialog.save()
    assert (tmp_path / "for the board.pdf").read_bytes() == paper.content
    entry = context.register.log(limit=1)[0]
    assert (entry.act, entry.facts["file"]) == ("report", "for the board.pdf")
    assert entry.facts["fingerprint"] == paper.fingerprint
    assert "not encrypted" in dialog.message.text()


def test_pages_when_the_file_cannot_be_written_then_they_stay_on_the_screen(
    qtbot: QtBot, context: Context, paper: reports.Paper, tmp_path: Path
) -> None:
    (tmp_path / "folder.pdf").mkdir()
    prompts_of(context).files.append(tmp_path / "folder.pdf")
    dialog = PaperDialog(context, paper, tmp_path / "x.pdf", Sheets(paper.content))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.save()
    assert "folder.pdf" in dialog.message.text()
    assert dialog.keep.isEnabled()
    assert dialog.isVisible()


def test_pages_when_printed_then_each_is_on_paper_in_full_and_noted(
    qtbot: QtBot, context: Context, paper: reports.Paper, tmp_path: Path
) -> None:
    prompts_of(context).printers += [None, a_printer(tmp_path / "Office printer.pdf")]
    dialog = PaperDialog(context, paper, tmp_path / "x.pdf", Sheets(paper.content))
    qtbot.addWidget(dialog)
    dialog.print()
    assert not (tmp_path / "Office printer.pdf").exists()
    dialog.print()
    with_pages = pdfium.PdfDocument(tmp_path / "Office printer.pdf")
    mine = pdfium.PdfDocument(paper.content)
    assert len(with_pages) == paper.pages
    for page in (0, paper.pages - 1):
        printed, meant = (
            each[page].render(scale=0.5, grayscale=True).to_pil() for each in (with_pages, mine)
        )
        assert abs(printed.width - meant.width) <= 1
        size = (40, 56)
        pairs = zip(printed.resize(size).tobytes(), meant.resize(size).tobytes(), strict=True)
        assert max(abs(one - other) for one, other in pairs) < 40
    with_pages.close()
    mine.close()
    entry = context.register.log(limit=1)[0]
    assert (entry.act, entry.facts["file"]) == ("report", "Office printer.pdf")
    assert f"{paper.pages} pages went to Office printer.pdf." in dialog.message.text()


def test_print_when_stopped_after_a_page_then_it_ends_and_the_journal_still_says_where(
    qtbot: QtBot, context: Context, paper: reports.Paper, tmp_path: Path
) -> None:
    dialog = PaperDialog(context, paper, tmp_path / "x.pdf", Sheets(paper.content))
    qtbot.addWidget(dialog)

    class Stop:
        def step(self, doing: str, done: int = 0, total: int = 0) -> None:
            if done == 1:
                raise Cancelled

    before = context.register.head().seq
    with pytest.raises(Cancelled):
        dialog._send(a_printer(tmp_path / "p.pdf"), "p.pdf", Stop())
    assert context.register.head().seq == before + 1
    assert context.register.log(limit=1)[0].facts["file"] == "p.pdf"


def test_print_when_cancelled_in_the_window_then_it_stops_at_the_next_page(
    qtbot: QtBot, opened: Register, tmp_path: Path
) -> None:
    risks(opened, 40)
    jobs = Jobs()
    context = a_context(opened, jobs=jobs)
    prompts_of(context).printers.append(a_printer(tmp_path / "p.pdf"))
    prompts_of(context).printers[0].setResolution(300)
    paper = reports.draw(opened, "risk-register", EN)
    dialog = PaperDialog(context, paper, tmp_path / "x.pdf", Sheets(paper.content))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.print()
    assert not dialog.start.isEnabled()
    qtbot.waitUntil(lambda: dialog.progress.bar.value() >= 1)
    dialog.progress.cancel_job()
    qtbot.waitUntil(lambda: dialog.start.isEnabled(), timeout=3_000)
    assert dialog.message.text() == "Cancelled."
    dialog.close()
    jobs.close()


def test_print_when_some_pages_and_copies_are_asked_for_then_only_these_go_out(
    paper: reports.Paper, tmp_path: Path, qapp: object
) -> None:
    printer = a_printer(tmp_path / "p.pdf")
    printer.setFromTo(2, 3)
    sheets, sent = Sheets(paper.content), []
    print_sheets(sheets, printer, Quiet(), sent.append)
    assert sent == [1, 2]
    document = pdfium.PdfDocument(tmp_path / "p.pdf")
    assert len(document) == 2
    document.close()
    sheets.close()


@pytest.mark.qt_log_ignore("QPainter|QPdf|QPrinter|file")
def test_print_when_the_printer_takes_nothing_then_it_is_said_in_three_sentences(
    paper: reports.Paper, tmp_path: Path, qapp: object
) -> None:
    sheets = Sheets(paper.content)
    printer = a_printer(tmp_path / "gone" / "deep" / "p.pdf")
    with pytest.raises(Expected) as failed:
        print_sheets(sheets, printer, Quiet())
    assert failed.value.id == "cannot_print"
    sheets.close()


class Quiet:
    def step(self, doing: str, done: int = 0, total: int = 0) -> None:
        """Nobody looks."""


# decisions of the summary


def test_decisions_when_typed_then_they_are_a_record_that_undo_takes_back(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    dialog = DecisionsDialog(context)
    qtbot.addWidget(dialog)
    for cell, text in zip(dialog.rows[0], ("Buy a safe", "Keys | lie about", "1 Jan"), strict=True):
        qtbot.keyClicks(cell, text)
    dialog.rows[2][0].insert("整理檔案")  # as an input method does
    dialog.save()
    (kept,) = profiles_of(opened)
    assert isinstance(kept, ReportProfile)
    assert kept.lines == "Buy a safe | Keys , lie about | 1 Jan\n整理檔案"
    paper = reports.draw(opened, "summary", EN)
    document = pdfium.PdfDocument(io.BytesIO(paper.content))
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "Buy a safe" in text
    assert "整理檔案" in text
    opened.undo()
    assert profiles_of(opened) == []


def test_decisions_when_opened_again_then_the_lines_are_there_and_saving_them_changes_nothing(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    add(opened, "profile", {"title": "x", "report": "summary", "lines": "One | why\nTwo"})
    before = opened.head().seq
    dialog = DecisionsDialog(context)
    qtbot.addWidget(dialog)
    assert [cell.text() for cell in dialog.rows[0]] == ["One", "why", ""]
    assert dialog.rows[1][0].text() == "Two"
    dialog.save()
    assert opened.head().seq == before
    dialog = DecisionsDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.rows[1][0].clear()
    qtbot.mouseClick(dialog.more, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(dialog.rows[-1][0], "Three")
    qtbot.keyClick(dialog.rows[-1][0], Qt.Key.Key_Return)
    (kept,) = profiles_of(opened)
    assert kept.lines == "One | why\nThree"


def test_decisions_when_a_script_added_others_then_they_are_shown_and_kept_in_one_place(
    qtbot: QtBot, context: Context, opened: Register
) -> None:
    for lines in ("One | why", "Two\nThree"):
        add(opened, "profile", {"title": "x", "report": "summary", "lines": lines})
    dialog = DecisionsDialog(context)
    qtbot.addWidget(dialog)
    assert [row[0].text() for row in dialog.rows[:3]] == ["One", "Two", "Three"]
    dialog.rows[1][2].setText("May")
    dialog.save()
    assert [each.lines for each in profiles_of(opened)] == ["One | why\nTwo |  | May\nThree", ""]
    opened.undo()
    assert [each.lines for each in profiles_of(opened)] == ["One | why", "Two\nThree"]
