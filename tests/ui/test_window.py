"""The window as a whole: places, counts, the panel, undo in words, one look and one language at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from riskreg import register as door
from riskreg.editing import set_fields
from riskreg.views import Register
from tests.ui.conftest import leave
from tests.ui.desk import FakePrompts, a_context, add
from ui.pages.listing import ListingPage
from ui.widgets.navigation import all_places
from ui.window import MainWindow

PLACES = [place.key for place in all_places()]


class Windows(QObject):
    """Counts widgets that become windows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


@pytest.mark.parametrize("place", PLACES)
def test_place_when_chosen_then_its_page_is_shown_and_marked(
    window: MainWindow, place: str
) -> None:
    window.navigation.items[place].click()
    assert window.middle.currentWidget() is window.page(place)
    here = [key for key, item in window.navigation.items.items() if item.isChecked()]
    assert here == [place]


def test_navigation_when_the_register_has_records_then_it_counts_them(window: MainWindow) -> None:
    marks = {key: item.badge.text() for key, item in window.navigation.items.items()}
    assert marks["incident"] == "2"
    assert marks["risk"] == "4"
    assert marks["asset"] == "2"
    assert marks["todo"] == "4"
    assert marks["action"] == "0/15"
    levels = {key: item.badge.property("level") for key, item in window.navigation.items.items()}
    assert (levels["incident"], levels["todo"], levels["risk"]) == ("high", "high", "plain")


def test_pages_when_all_are_visited_then_no_part_becomes_a_window_of_its_own(
    qapp: QApplication, window: MainWindow
) -> None:
    watch = Windows()
    qapp.installEventFilter(watch)
    for place in PLACES:
        window.go(place)
    qapp.removeEventFilter(watch)
    assert watch.seen == []


def test_controls_when_listened_to_then_each_has_a_name(window: MainWindow) -> None:
    nameless: list[str] = []
    window.new_record("risk")
    for place in PLACES:
        window.go(place)
        nameless += [
            f"{type(each).__name__} in {type(each.parent()).__name__}"
            for each in window.findChildren(QWidget)
            if isinstance(each, QAbstractButton | QLineEdit | QComboBox)
            and each.isVisible()
            and not isinstance(each.parent(), QLineEdit | QComboBox)
            and not (each.accessibleName() or (isinstance(each, QAbstractButton) and each.text()))
            and not each.objectName().startswith("qt_")
            and type(each) is not QAbstractButton  # the empty corner of a table
        ]
    assert nameless == []


def test_record_when_opened_from_home_then_its_list_stands_beside_it_with_its_row_chosen(
    window: MainWindow,
) -> None:
    register = window.context.register
    window.go("home")
    id = register.find("I-2026-002")
    window.context.events.open_record.emit(id)
    assert window.place == "incident"
    assert window.panel.isVisible()
    assert window.panel.record_id == id
    page = window.page("incident")
    assert isinstance(page, ListingPage)
    assert page.selected_ids() == [id]


def test_undo_when_something_changed_then_it_says_in_words_what_it_would_take_back(
    window: MainWindow,
) -> None:
    context = window.context
    context.change(
        set_fields(context.register, context.register.find("R-0001"), {"title": "Renamed"})
    )
    assert context.actions["undo"].text() == "Undo: edit of R-0001"
    assert window.status_line.undo.text().startswith("Undo: edit of R-0001")
    context.actions["undo"].trigger()
    assert context.register.record(context.register.find("R-0001")).title == "Risk 0"
    assert context.actions["redo"].text() == "Redo: edit of R-0001"


def test_search_when_asked_from_anywhere_then_it_looks_through_every_kind(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.search("payroll")
    page = window.page("search")
    assert isinstance(page, ListingPage)
    assert page.model.rowCount() == 2


def test_view_when_wanted_then_its_list_is_shown_with_its_conditions(window: MainWindow) -> None:
    facts = window.page("home").facts  # type: ignore[attr-defined]
    window.context.events.open_view.emit(facts.lacks[0].view)
    assert window.place == "asset"
    page = window.page("asset")
    assert isinstance(page, ListingPage)
    assert page.model.rowCount() == 1


def test_name_when_given_then_it_is_kept_and_shown(window: MainWindow) -> None:
    prompts = window.context.prompts
    assert isinstance(prompts, FakePrompts)
    prompts.lines.append("K. Chan")
    window.status_line.name_wanted.emit()
    assert window.context.settings.value.working_as == "K. Chan"
    assert window.status_line.name.text() == "Working: K. Chan"


def test_backup_when_made_then_the_state_at_the_bottom_says_when(window: MainWindow) -> None:
    assert window.status_line.backup.text() == "No backup yet"
    window.context.actions["backup"].trigger()
    assert window.status_line.backup.text() == "Checked backup today 18:40"


def test_window_when_the_look_changes_then_nothing_typed_is_lost(window: MainWindow) -> None:
    window.new_record("risk")
    window.panel.form.title_row.editor.set_value("Half a sentence")
    window.context.actions["theme"].trigger()
    assert window.context.theme.name == "dark"
    assert window.panel.form.title_row.editor.value() == "Half a sentence"
    window.context.actions["theme"].trigger()
    assert window.context.theme.name == "light"


def test_window_when_the_register_is_read_only_then_it_says_why_and_offers_no_change(
    qtbot: QtBot, opened: Register, path: Path
) -> None:
    add(opened, "risk", {"title": "x"})
    other = door.open(path, read_only=True)
    window = MainWindow(a_context(other))
    qtbot.addWidget(window, before_close_func=leave)
    window.show()
    window.turns.finish()
    assert window.status_line._state.text().startswith("Read-only")
    assert not window.context.actions["new_risk"].isEnabled()
    assert window.context.actions["export"].isEnabled()
    other.close()


def test_window_when_closed_with_unsaved_text_then_it_asks_and_stays_when_told_so(
    window: MainWindow,
) -> None:
    prompts = window.context.prompts
    assert isinstance(prompts, FakePrompts)
    prompts.answers.append("")
    window.new_record("incident")
    window.panel.quick.line.setText("Somebody lost a laptop")
    window.close()
    assert window.isVisible()
    assert prompts.asked
    window.panel.discard()


def test_window_when_closed_then_the_register_is_let_go(qtbot: QtBot, path: Path) -> None:
    window = MainWindow(a_context(door.create(path, name="Clinic")))
    window.show()
    with qtbot.waitSignal(window.finished):
        window.close()
    assert not window.isVisible()
    door.open(path).close()
