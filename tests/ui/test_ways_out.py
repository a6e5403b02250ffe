"""Ways out, taken from the very message that says what failed: real files, the real window, real clicks."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from riskreg import register as door
from riskreg.settings import Settings
from riskreg.views import Register, View
from tests.builders import a_risk
from tests.faults import disk
from tests.ui.conftest import leave
from ui import app, ways_out
from ui.dialogs.importing import ImportDialog
from ui.dialogs.open_backup import OpenBackupDialog
from ui.dialogs.settings import SettingsDialog
from ui.jobs import InStep, Jobs
from ui.prompts import WindowPrompts
from ui.question import Question
from ui.settings import Preferences
from ui.start_window import StartWindow
from ui.window import MainWindow

RISKS = View(kinds=("risk",))


class Clicker:
    """Clicks buttons of the message boxes that come, each by its words; what was said is remembered."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.wanted: list[str] = []
        self.said: list[str] = []
        self.offered: list[list[str]] = []
        self._timer = QTimer()
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, Question):
            return
        buttons = {button.text(): button for button in box.buttons}
        self.said.append(" ".join(box.said))
        self.offered.append(sorted(buttons))
        words = self.wanted.pop(0) if self.wanted else "Close"
        self._qtbot.mouseClick(buttons[words], Qt.MouseButton.LeftButton)


class Chosen(WindowPrompts):
    """The system's own dialogs cannot be clicked: they answer what the person means."""

    files: list[Path]

    def save_file(self, title: str, patterns: str, suggestion: Path) -> Path | None:
        return self.files.pop(0)

    def folder(self, title: str, folder: Path | None = None) -> Path | None:
        return self.files.pop(0)


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setattr(Chosen, "files", [], raising=False)
    monkeypatch.setattr(app, "WindowPrompts", Chosen)
    return Chosen.files


@pytest.fixture
def clicker(qtbot: QtBot) -> Iterator[Clicker]:
    made = Clicker(qtbot)
    yield made
    made._timer.stop()


@pytest.fixture
def program(qapp: QApplication, files: list[Path], clicker: Clicker) -> Iterator[app.Program]:
    made = app.Program(
        qapp, Preferences(Settings(language="en", theme="light"), lambda _: None), Jobs(InStep())
    )
    yield made
    if isinstance(made.window, MainWindow):
        leave(made.window)
        made.window.context.register.close()
    if made.window is not None:
        made.window.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 1,200 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    try:
        with disk.small_disk(folder, 1_200) as found:
            yield found
    except PermissionError:
        pytest.skip("only root can mount a small disk")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def a_register(path: Path, new_register: Path, *, is_backed_up: bool = False) -> Path:
    """A register with one risk."""
    shutil.copy(new_register, path)
    found = door.open(path)
    a_risk(found, title="Saved before")
    if is_backed_up:
        found.backup()
    found.close()
    return path


def window_of(program: app.Program) -> MainWindow:
    assert isinstance(program.window, MainWindow)
    program.window.turns.finish()
    return program.window


def risks(found: Register) -> list[str]:
    return [str(row.values[1]) for row in found.rows(View(kinds=("risk",), columns=("ref", "title")), found.ids(RISKS))]  # fmt: skip


def typing(program: app.Program, title: str) -> MainWindow:
    """Somebody types a new risk and does not save it yet."""
    window = window_of(program)
    window.new_record("risk")
    line = window.panel.form.title_row.editor.controls()[0]
    line.setPlainText(title)  # type: ignore[attr-defined]
    assert window.panel.is_dirty
    return window


def press(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """A button of the message in the panel."""
    button = next(each for each in window.panel.message.buttons if each.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def typed_in(window: MainWindow) -> str:
    line = window.panel.form.title_row.editor.controls()[0]
    return str(line.toPlainText())  # type: ignore[attr-defined]


# a register that cannot be opened


def half(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 3 // 4])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def other(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 a zip file of the sync program")


@pytest.mark.parametrize("spoil", [half, empty, other])
def test_register_when_it_is_damaged_then_the_message_opens_a_backup_beside_it(
    qtbot: QtBot, program: app.Program, clicker: Clicker, path: Path, new_register: Path,
    spoil: Callable[[Path], None],
) -> None:  # fmt: skip
    a_register(path, new_register, is_backed_up=True)
    spoil(path)
    before = digest(path)
    clicker.wanted = ["Open a backup…"]
    program.start(path)
    assert clicker.offered == [["Close", "Open a backup…", "Show the folder"]]
    assert isinstance(program.window, StartWindow)
    (dialog,) = program.window.findChildren(OpenBackupDialog)
    assert dialog.isVisible()
    assert dialog.table.item(0, 4).text() == "now: whole"
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    window = window_of(program)
    found = window.context.register
    assert found.path.parent == path.parent
    assert found.path != path
    assert risks(found) == ["Saved before"]
    assert found.verify().ok
    assert not found.read_only
    assert digest(path) == before
    assert "was not touched" in window.notice.words.text()
    assert window.notice.isVisible()


def test_register_when_it_is_damaged_and_there_is_no_backup_then_only_the_folder_is_offered(
    program: app.Program, clicker: Clicker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(app, "show_folder", shown.append)
    path = tmp_path / "clinic.riskreg"
    empty(path)
    clicker.wanted = ["Show the folder"]
    program.start(path)
    assert clicker.offered == [["Close", "Show the folder"]]
    assert shown == [path]


def test_backup_when_it_turns_out_damaged_too_then_the_list_is_offered_again(
    qtbot: QtBot, program: app.Program, clicker: Clicker, path: Path, new_register: Path
) -> None:
    a_register(path, new_register, is_backed_up=True)
    found = door.open(path)
    (backup, *_) = found.backups()
    found.close()
    half(path)
    half(backup.path)
    clicker.wanted = ["Open a backup…", "Close"]
    program.start(path)
    assert program.window is not None
    (dialog,) = program.window.findChildren(OpenBackupDialog)
    states = [dialog.table.item(row, 4).text() for row in range(dialog.table.rowCount())]
    assert states[-1] == "now: damaged"
    dialog.table.selectRow(dialog.table.rowCount() - 1)
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert "Open a backup…" in clicker.offered[-1]
    assert isinstance(program.window, StartWindow)


def test_register_when_somebody_has_it_open_then_the_message_opens_it_for_reading(
    program: app.Program, clicker: Clicker, path: Path, new_register: Path
) -> None:
    a_register(path, new_register)
    held = door.open(path)
    clicker.wanted = ["Open it read-only"]
    program.start(path)
    window = window_of(program)
    assert window.context.register.read_only == door.ASKED
    assert risks(window.context.register) == ["Saved before"]
    assert "open by" in clicker.said[0]
    assert not window.notice.isVisible()
    held.close()


# a register that cannot be saved


@pytest.mark.skipif(os.name != "posix", reason="POSIX ways to make a disk full")
def test_save_when_the_disk_is_full_then_a_copy_opens_with_what_was_typed(
    small: Path, qtbot: QtBot, program: app.Program, clicker: Clicker, files: list[Path],
    tmp_path: Path, new_register: Path,
) -> None:  # fmt: skip
    path = a_register(small / "clinic.riskreg", new_register)
    program.start(path)
    window = typing(program, "Typed on a full disk")
    filler = disk.fill(small)
    window.panel.save()
    assert "the disk is full" in window.panel.message.text()
    labels = [button.text() for button in window.panel.message.buttons]
    assert labels == ["Save again", "Move the register…", "Save a copy…", "Show the folder"]
    files.append(tmp_path / "copy")
    clicker.wanted = ["Open the copy"]
    press(qtbot, window, "Save a copy…")
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow) and program.window is not window)
    after = window_of(program)
    assert after.context.register.path == tmp_path / "copy.riskreg"
    assert typed_in(after) == "Typed on a full disk"
    after.panel.save()
    assert sorted(risks(after.context.register)) == ["Saved before", "Typed on a full disk"]
    assert after.context.register.verify().ok
    filler.unlink()
    old = door.open(path)
    assert (risks(old), old.verify().ok) == (["Saved before"], True)
    old.close()


@pytest.mark.skipif(os.name != "posix", reason="POSIX ways to make a disk full")
def test_save_when_the_disk_is_full_then_the_register_moves_with_what_was_typed(
    small: Path, qtbot: QtBot, program: app.Program, files: list[Path], tmp_path: Path,
    new_register: Path,
) -> None:  # fmt: skip
    path = a_register(small / "clinic.riskreg", new_register)
    program.start(path)
    window = typing(program, "Typed on a full disk")
    disk.fill(small)
    window.panel.save()
    target = tmp_path / "roomy"
    target.mkdir()
    files.append(target)
    press(qtbot, window, "Move the register…")
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow) and program.window is not window)
    after = window_of(program)
    assert after.context.register.path == target / "clinic.riskreg"
    assert not path.exists()
    assert typed_in(after) == "Typed on a full disk"
    after.panel.save()
    assert sorted(risks(after.context.register)) == ["Saved before", "Typed on a full disk"]
    assert after.context.register.verify().ok


def test_move_when_the_other_folder_cannot_take_it_then_it_opens_again_with_what_was_typed(
    qtbot: QtBot, program: app.Program, clicker: Clicker, files: list[Path], path: Path,
    tmp_path: Path, new_register: Path,
) -> None:  # fmt: skip
    a_register(path, new_register)
    program.start(path)
    window = window_of(program)
    window.open_record(window.context.register.find("R-0001"))
    qtbot.waitUntil(lambda: window.panel.ref == "R-0001")
    window.panel.form.title_row.editor.controls()[0].setPlainText("Typed before the move")  # type: ignore[attr-defined]
    wrong = tmp_path / "a file"
    wrong.write_text("no folder")
    files.append(wrong)
    window.ways.go("move")
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow) and program.window is not window)
    after = window_of(program)
    assert after.context.register.path == path
    assert (after.panel.ref, typed_in(after)) == ("R-0001", "Typed before the move")
    assert after.panel.is_dirty
    assert len(clicker.said) == 1


def test_save_when_the_file_was_moved_by_another_program_then_a_copy_has_all_of_it(
    qtbot: QtBot, program: app.Program, clicker: Clicker, files: list[Path], path: Path,
    tmp_path: Path, new_register: Path,
) -> None:  # fmt: skip
    a_register(path, new_register)
    program.start(path)
    window = typing(program, "Typed after it was gone")
    path.rename(tmp_path / "moved.riskreg")
    window.panel.save()
    assert "was moved, replaced or deleted" in window.panel.message.text()
    files.append(tmp_path / "copy.riskreg")
    clicker.wanted = ["Open the copy"]
    press(qtbot, window, "Save a copy…")
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow) and program.window is not window)
    after = window_of(program)
    assert typed_in(after) == "Typed after it was gone"
    after.panel.save()
    assert sorted(risks(after.context.register)) == ["Saved before", "Typed after it was gone"]
    assert after.context.register.verify().ok


@pytest.mark.skipif(os.name != "posix", reason="mounting")
def test_register_when_its_folder_is_read_only_then_the_bar_saves_a_copy_that_can_be_changed(
    small: Path, qtbot: QtBot, program: app.Program, clicker: Clicker, files: list[Path],
    tmp_path: Path, new_register: Path,
) -> None:  # fmt: skip
    path = a_register(small / "clinic.riskreg", new_register)
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    try:
        program.start(path)
        window = window_of(program)
        assert window.context.register.read_only == door.NO_FOLDER
        assert window.notice.isVisible()
        copy = next(each for each in window.notice.findChildren(QPushButton) if each.text())
        assert copy.text() == "Save a copy…"
        files.append(tmp_path / "copy.riskreg")
        clicker.wanted = ["Open the copy"]
        qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(
            lambda: isinstance(program.window, MainWindow) and program.window is not window
        )
        after = window_of(program)
        assert not after.context.register.read_only
        a_risk(after.context.register, title="Changed in the copy")
        assert after.context.register.verify().ok
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(small)], check=True)


def test_settings_when_the_file_was_moved_then_a_copy_opens_from_the_dialog(
    qtbot: QtBot, program: app.Program, clicker: Clicker, files: list[Path], path: Path,
    tmp_path: Path, new_register: Path,
) -> None:  # fmt: skip
    a_register(path, new_register)
    program.start(path)
    window = window_of(program)
    window.over.settings()
    (dialog,) = window.findChildren(SettingsDialog)
    dialog.organisation.title.setText("Harbour Dental Ltd")
    path.rename(tmp_path / "moved.riskreg")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    copy = next(each for each in dialog.message.buttons if each.text() == "Save a copy…")
    files.append(tmp_path / "copy.riskreg")
    clicker.wanted = ["Open the copy"]
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow) and program.window is not window)
    after = window_of(program).context.register
    assert after.path == tmp_path / "copy.riskreg"
    assert not isValid(dialog) or not dialog.isVisible()
    assert (risks(after), after.verify().ok) == (["Saved before"], True)


@pytest.mark.skipif(os.name != "posix", reason="POSIX ways to make a disk full")
def test_import_when_the_disk_gets_full_then_its_dialog_offers_the_ways_out(
    small: Path, qtbot: QtBot, program: app.Program, files: list[Path], tmp_path: Path,
    new_register: Path,
) -> None:  # fmt: skip
    program.start(a_register(small / "clinic.riskreg", new_register))
    window = window_of(program)
    sheet = tmp_path / "risks.csv"
    rows = "".join(f"Risk {number},{'A letter went astray. ' * 40}\n" for number in range(900))
    sheet.write_text("Title,Cause\n" + rows, encoding="utf-8")
    dialog = ImportDialog(window.context, sheet, window)
    dialog.open()
    for _ in range(6):
        if "disk is full" not in dialog.message.text():
            qtbot.mouseClick(dialog.next, Qt.MouseButton.LeftButton)
    assert "the disk is full" in dialog.message.text()
    labels = [button.text() for button in dialog.message.buttons]
    assert labels == ["Move the register…", "Save a copy…", "Show the folder"]
    assert risks(window.context.register) == ["Saved before"]
    dialog.close()


@pytest.mark.skipif(os.name != "posix", reason="POSIX ways to make a disk full")
def test_undo_when_the_disk_is_full_then_its_message_offers_the_ways_out_too(
    small: Path, program: app.Program, clicker: Clicker, files: list[Path], tmp_path: Path,
    new_register: Path,
) -> None:  # fmt: skip
    path = a_register(small / "clinic.riskreg", new_register)
    program.start(path)
    window = window_of(program)
    disk.fill(small)
    files.append(tmp_path / "copy.riskreg")
    clicker.wanted = ["Save a copy…", "Cancel"]
    window.context.actions["undo"].trigger()
    assert "the disk is full" in clicker.said[0]
    assert clicker.offered[0] == [
        "Close", "Move the register…", "Save a copy…", "Show the folder",
    ]  # fmt: skip
    assert program.window is window
    copy = door.open(tmp_path / "copy.riskreg")
    assert (risks(copy), copy.verify().ok) == (["Saved before"], True)
    copy.close()


def test_copy_when_its_name_is_taken_then_nothing_is_written_over(
    program: app.Program, clicker: Clicker, files: list[Path], path: Path, tmp_path: Path,
    new_register: Path,
) -> None:  # fmt: skip
    a_register(path, new_register)
    program.start(path)
    taken = tmp_path / "letter.riskreg"
    taken.write_text("mine")
    files.append(taken)
    window_of(program).ways.go("copy")
    assert "exists already" in clicker.said[0]
    assert taken.read_text() == "mine"


def test_folder_when_wanted_then_the_systems_file_manager_shows_it(
    program: app.Program, path: Path, new_register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(
        ways_out.QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile())
    )
    program.start(a_register(path, new_register))
    window_of(program).context.events.way_wanted.emit("folder")
    assert shown == [str(path.parent)]
