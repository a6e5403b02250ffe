"""Duplicate: the copy stands in the panel with the cursor in its name; undo takes it away."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPlainTextEdit

from riskreg.views import Register, View
from tests.ui.desk import add, prompts_of
from ui.pages.listing import ListingPage
from ui.window import MainWindow


def risks(register: Register) -> list[int]:
    return list(register.ids(View(kinds=("risk",))))


def test_duplicate_when_a_record_is_in_the_panel_then_its_copy_is_opened_at_its_title(
    window: MainWindow, clinic: Register
) -> None:
    before = risks(clinic)
    window.open_record(clinic.find("R-0001"))
    window.context.actions["duplicate"].trigger()
    (made,) = set(risks(clinic)) - set(before)
    assert window.panel.record_id == made
    assert clinic.record(made).title == "Risk 0 (copy)"
    assert clinic.record(made).get("owner") == clinic.record(before[0]).get("owner")
    assert QApplication.focusWidget() in window.panel.form.row("title").editor.controls()
    window.context.actions["undo"].trigger()
    assert risks(clinic) == before


def test_duplicate_when_a_row_is_chosen_then_that_record_is_copied(
    window: MainWindow, clinic: Register
) -> None:
    page = window.go("asset")
    assert isinstance(page, ListingPage)
    page.select(clinic.find("A-0002"))
    window.context.actions["duplicate"].trigger()
    assert clinic.record(window.panel.record_id).title == "Visitors' book (copy)"


def test_duplicate_when_something_is_not_saved_then_it_is_asked_about_first(
    window: MainWindow, clinic: Register
) -> None:
    before = risks(clinic)
    window.open_record(clinic.find("R-0001"))
    (line,) = window.panel.form.row("title").editor.controls()
    assert isinstance(line, QPlainTextEdit)
    line.setPlainText("Renamed")
    prompts_of(window.context).answers = ["", "save"]
    window.context.actions["duplicate"].trigger()
    assert risks(clinic) == before
    window.context.actions["duplicate"].trigger()
    (made,) = set(risks(clinic)) - set(before)
    assert clinic.record(made).title == "Renamed (copy)"


def test_duplicate_when_nothing_is_chosen_or_it_cannot_be_then_nothing_is_made(
    window: MainWindow, clinic: Register
) -> None:
    before = clinic.head()
    window.context.actions["duplicate"].trigger()
    window.open_record(clinic.find("C3"))
    window.context.actions["duplicate"].trigger()
    assert clinic.head() == before
    assert len(prompts_of(window.context).errors) == 1
    assert add(clinic, "risk", {"title": "Still possible"})
