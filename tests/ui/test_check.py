"""The check page: a whole history is called whole, a damaged one is not, and no more is promised than is so."""

from __future__ import annotations

import sqlcipher3
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from riskreg.views import Register
from tests.ui.desk import a_context, add
from ui.jobs import Jobs
from ui.pages.check import HONEST, CheckPage
from ui.widgets.text import Text


def a_page(qtbot: QtBot, register: Register, jobs: Jobs | None = None) -> CheckPage:
    made = CheckPage(a_context(register, jobs=jobs))
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def test_check_when_the_history_is_whole_then_it_says_so_with_figures_and_code(
    qtbot: QtBot, opened: Register
) -> None:
    add(opened, "risk", {"title": "x"})
    page = a_page(qtbot, opened)
    code = opened.head().fingerprint
    qtbot.mouseClick(page.start, Qt.MouseButton.LeftButton)
    assert "The history is whole." in page.texts()
    assert "2 entries" in page.texts()
    assert code in page.texts()
    assert not page.progress.isVisible()


def test_check_when_a_printed_code_is_given_then_it_is_looked_for(
    qtbot: QtBot, opened: Register
) -> None:
    printed = opened.head().fingerprint
    add(opened, "risk", {"title": "x"})
    page = a_page(qtbot, opened)
    page.code.setText(f" {printed.lower()} ")
    page.check()
    assert "is in this history" in page.texts()
    assert "does not prove the entries were true" in page.texts()


def test_check_when_the_code_is_of_another_history_then_it_is_a_finding(
    qtbot: QtBot, opened: Register
) -> None:
    page = a_page(qtbot, opened)
    page.code.setText("1-0000-0000-0000-0000-0000")
    page.check()
    assert "The history is whole." not in page.texts()
    assert len(page.findings) == 1


def test_check_when_the_file_was_altered_then_each_finding_is_told_and_leads_to_its_record(
    qtbot: QtBot, opened: Register
) -> None:
    id = add(opened, "risk", {"title": "honest"})
    with sqlcipher3.dbapi2.connect(str(opened.path)) as other:
        other.execute("UPDATE records SET title = 'altered' WHERE id = ?", (id,))
    other.close()
    page = a_page(qtbot, opened)
    page.check()
    assert any("R-0001" in text.text() for text in page.findings)
    assert "altered" not in page.texts()


def test_check_when_on_threads_then_progress_is_shown_and_it_ends(
    qtbot: QtBot, opened: Register
) -> None:
    jobs = Jobs()
    page = a_page(qtbot, opened, jobs)
    with qtbot.waitSignal(jobs.ended):
        page.check()
        assert page.progress.isVisible()
        assert not page.start.isEnabled()
    assert "The history is whole." in page.texts()
    assert page.start.isEnabled()
    jobs.close()


def test_check_when_cancelled_then_it_stops_without_an_answer(
    qtbot: QtBot, opened: Register
) -> None:
    jobs = Jobs()
    page = a_page(qtbot, opened, jobs)
    with qtbot.waitSignal(jobs.ended):
        page.check()
        page.progress.cancel.click()
    assert page.start.isEnabled()
    jobs.close()


def test_page_when_shown_then_it_promises_no_more_than_is_so(
    qtbot: QtBot, opened: Register
) -> None:
    page = a_page(qtbot, opened)
    said = " ".join(text.text() for text in page.findChildren(Text))
    assert all(sentence in said for sentence in HONEST)
    for word in ("tamper-proof", "cannot be changed", "authenticated"):
        assert word not in said.casefold()
