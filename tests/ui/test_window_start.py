"""The program before there is a register: three doors, each of which leads into the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from riskreg import register as door
from riskreg.errors import Message
from riskreg.settings import Settings
from tests.ui.conftest import leave
from tests.ui.desk import FakePrompts
from ui import app
from ui.jobs import InStep, Jobs
from ui.settings import Preferences
from ui.start_window import StartWindow
from ui.window import MainWindow


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakePrompts:
    prompts = FakePrompts()
    monkeypatch.setattr(app, "WindowPrompts", lambda t: prompts)
    return prompts


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, fake: FakePrompts) -> Iterator[app.Program]:
    made = app.Program(
        qapp, Preferences(Settings(language="en", theme="light"), lambda _: None), Jobs(InStep())
    )
    yield made
    if isinstance(made.window, MainWindow):
        leave(made.window)
        made.window.context.register.close()
    if made.window is not None:
        made.window.close()


def test_start_when_there_is_no_register_then_three_doors_stand_open(program: app.Program) -> None:
    program.start(None)
    assert isinstance(program.window, StartWindow)
    assert [door.text() for door in program.window.page.doors] == [
        "Try the sample", "Start my register", "Bring my spreadsheet",
    ]  # fmt: skip


def test_door_when_a_register_is_started_then_five_answers_make_it(
    qtbot: QtBot, program: app.Program, tmp_path: Path
) -> None:
    program.start(None)
    assert isinstance(program.window, StartWindow)
    page = program.window.page
    qtbot.mouseClick(page.doors[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.form.make, Qt.MouseButton.LeftButton)
    assert page.form.problem.text() == "The organisation's name is missing."
    page.form.name.setText("海港診所")
    page.form.working_as.setText("K. Chan")
    page.form.path.setText(str(tmp_path / "mine"))
    qtbot.mouseClick(page.form.make, Qt.MouseButton.LeftButton)
    assert isinstance(program.window, MainWindow)
    register = program.window.context.register
    assert (register.organisation().title, register.path.name) == ("海港診所", "mine.riskreg")
    assert program.window.context.settings.value.working_as == "K. Chan"


def test_program_when_it_starts_again_then_the_register_opened_last_is_open(
    program: app.Program, path: Path
) -> None:
    door.create(path, name="Clinic").close()
    program._preferences.opened(path)
    program.start(None)
    assert isinstance(program.window, MainWindow)
    assert program.window.context.register.path.name == path.name


def test_program_when_a_file_is_no_register_then_three_sentences_say_so_and_the_doors_stand_open(
    program: app.Program, fake: FakePrompts, tmp_path: Path
) -> None:
    wrong = tmp_path / "letter.riskreg"
    wrong.write_bytes(b"%PDF-1.7 not a register")
    program.start(wrong)
    assert isinstance(program.window, StartWindow)
    assert all(fake.errors[0])


def test_language_when_changed_then_the_window_is_made_anew_in_it_at_the_same_place(
    program: app.Program, path: Path
) -> None:
    door.create(path, name="Clinic").close()
    program.start(path)
    assert isinstance(program.window, MainWindow)
    program.window.go("risk")
    program.window.sitting.choose_language("zh_Hant")
    assert isinstance(program.window, MainWindow)
    assert program.window.place == "risk"
    assert program.window.page("risk").title.text() == "風險"


def test_look_when_changed_after_the_language_then_nothing_of_the_old_window_answers(
    qtbot: QtBot, program: app.Program, path: Path
) -> None:
    door.create(path, name="Clinic").close()
    program.start(path)
    assert isinstance(program.window, MainWindow)
    for place in ("risk", "history", "action", "check"):
        program.window.go(place)
    old = program.window
    old.sitting.choose_language("zh_Hant")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(old)
    program.theme.choose("dark")
    program.theme.choose("light")
    assert program.window.isVisible()


def test_last_resort_when_a_bug_shows_then_plain_words_are_said_once_and_nothing_is_saved(
    program: app.Program, fake: FakePrompts, path: Path
) -> None:
    opened = door.create(path, name="Clinic")
    before = opened.head()
    error = ValueError("the content of a record")
    program.last_resort(ValueError, error, None)
    assert opened.head() == before
    told: Message = fake.errors[0]
    assert "content of a record" not in " ".join(told)
    assert all(told)
    opened.close()


def test_register_when_it_lies_in_a_synchronised_folder_then_it_is_said_once_and_can_be_moved(
    qtbot: QtBot, program: app.Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("OneDrive", str(tmp_path / "OneDrive"))
    path = tmp_path / "OneDrive" / "clinic.riskreg"
    path.parent.mkdir()
    door.create(path, name="Harbour Clinic Ltd").close()
    program.start(path)
    assert isinstance(program.window, MainWindow)
    notice = program.window.notice
    assert notice.isVisible()
    assert "OneDrive" in notice.words.text()
    move = next(each for each in notice.findChildren(QPushButton) if each.text())
    old = program.window
    qtbot.mouseClick(move, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow) and program.window is not old)
    assert program.window.context.register.path == tmp_path / "Registers" / "clinic.riskreg"
    assert not path.exists()
    assert not program.window.notice.isVisible()


def test_register_when_it_was_said_before_then_it_is_not_said_again(
    program: app.Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path))
    path = tmp_path / "clinic.riskreg"
    door.create(path, name="Harbour Clinic Ltd").close()
    program._preferences.change(synced=(str(path),))
    program.start(path)
    assert isinstance(program.window, MainWindow)
    assert not program.window.notice.isVisible()


def test_start_form_when_the_folder_is_synchronised_then_another_is_offered(
    qtbot: QtBot, program: app.Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("OneDrive", str(tmp_path / "OneDrive"))
    program.start(None)
    assert isinstance(program.window, StartWindow)
    page = program.window.page
    qtbot.mouseClick(page.doors[1], Qt.MouseButton.LeftButton)
    assert not page.form.synced.isVisible()
    page.form.path.setText(str(tmp_path / "OneDrive" / "clinic.riskreg"))
    assert page.form.synced.isVisible()
    move = next(each for each in page.form.synced.findChildren(QPushButton) if each.text())
    qtbot.mouseClick(move, Qt.MouseButton.LeftButton)
    assert page.form.path.text() == str(tmp_path / "Registers" / "clinic.riskreg")
    assert not page.form.synced.isVisible()


def test_start_when_the_settings_were_damaged_then_it_is_said_where_they_are(
    qtbot: QtBot, program: app.Program, fake: FakePrompts, tmp_path: Path
) -> None:
    program.start(None)
    program.tell_set_aside(tmp_path / "settings.damaged.json")
    qtbot.waitUntil(lambda: bool(fake.told))
    assert "settings.damaged.json" in fake.told[0]
