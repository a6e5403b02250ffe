"""Into the bin: what depends on a record is told first, and nothing is asked where nothing does."""

from __future__ import annotations

from riskreg.views import Register
from tests.ui.desk import prompts_of
from ui.pages.listing import ListingPage
from ui.window import MainWindow


def test_bin_when_others_are_tied_to_it_then_they_are_named_and_the_person_decides(
    window: MainWindow, clinic: Register
) -> None:
    page, prompts = window.go("party"), prompts_of(window.context)
    chan = clinic.find("P-0001")
    assert isinstance(page, ListingPage)
    page.select(chan)
    prompts.answers = ["", "bin"]
    window.context.actions["delete"].trigger()
    (asked,) = prompts.asked
    assert "Risks: 4" in asked
    assert "R-0001 Risk 0 (Owner)" in asked
    assert clinic.record(chan).deleted_at is None
    window.context.actions["delete"].trigger()
    assert clinic.record(chan).deleted_at is not None
    assert page.undo_bar.words.text() == "1 record moved to the bin."


def test_bin_when_from_the_panel_then_it_is_told_too(window: MainWindow, clinic: Register) -> None:
    prompts, chan = prompts_of(window.context), clinic.find("P-0001")
    window.open_record(chan)
    prompts.answers = ["bin"]
    window.panel.head.bin_asked.emit()
    assert "Risks: 4" in prompts.asked[0]
    assert clinic.record(chan).deleted_at is not None


def test_bin_when_nothing_depends_on_it_then_nothing_is_asked(
    window: MainWindow, clinic: Register
) -> None:
    window.open_record(clinic.find("R-0001"))
    window.panel.head.bin_asked.emit()
    assert prompts_of(window.context).asked == []
    assert clinic.record(clinic.find("R-0001")).deleted_at is not None
