"""Files attached in the window, opened as copies, saved, and noticed when they are edited."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from riskreg import evidence
from riskreg.changes import ChangeSet, edit
from riskreg.editing import set_fields, to_bin
from riskreg.views import Register, View
from tests.conftest import NOW
from tests.ui.desk import FakePrompts, add
from ui.context import Context
from ui.forms.panel import RecordPanel
from ui.pages.listing import ListingPage
from ui.tables.listings import LISTINGS
from ui.tables.presets import presets
from ui.window import MainWindow

CONTENT = b"the minutes of the drill"


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "Minutes.pdf"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def risk(panel: RecordPanel, opened: Register) -> int:
    id = add(opened, "risk", {"title": "Mail goes astray"})
    panel.show_record(id)
    return id


@pytest.fixture
def opened_files(panel: RecordPanel) -> list[Path]:
    """What the system was asked to open."""
    found: list[Path] = []
    panel.copies.opener = lambda path: not found.append(path)
    return found


def kept(register: Register) -> list[evidence.Evidence]:
    view = View(kinds=("evidence",))
    return [evidence.evidence(register, id) for id in register.ids(view)]


def attach(panel: RecordPanel, prompts: FakePrompts, path: Path) -> None:
    prompts.files.append(path)
    panel._context.actions["attach"].trigger()


def drop(panel: RecordPanel, *urls: QUrl) -> None:
    mime = QMimeData()
    mime.setUrls(list(urls))
    copy, button, held = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier  # fmt: skip
    QApplication.sendEvent(panel, QDragEnterEvent(QPoint(5, 5), copy, mime, button, held))
    target: QWidget = panel.drop_zone
    if target.isVisible():  # the pointer is over it now, as the window system would tell
        QApplication.sendEvent(target, QDragEnterEvent(QPoint(5, 5), copy, mime, button, held))
        QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), copy, mime, button, held))


def test_attach_when_commanded_then_kept_tied_and_shown(
    panel: RecordPanel, risk: int, prompts: FakePrompts, opened: Register, minutes: Path
) -> None:
    attach(panel, prompts, minutes)
    [made] = kept(opened)
    assert opened.content(made.sha256) == CONTENT
    assert made.risks == frozenset({risk})
    assert panel.message.text() == "F-0001 is kept: Minutes.pdf"
    assert made.id in panel._stored.links["evidence_files"], "the panel shows the tie"
    panel.message.buttons[0].click()
    opened.undo()
    assert kept(opened) == []


def test_attach_when_something_else_changes_then_what_was_told_of_the_file_goes(
    panel: RecordPanel, risk: int, prompts: FakePrompts, opened: Register, minutes: Path
) -> None:
    attach(panel, prompts, minutes)
    assert panel.message.isVisibleTo(panel)
    change = edit(opened.record(risk), {"title": "Mail to a wrong person, again"})
    assert change is not None
    panel._context.change(ChangeSet(act="edit", changes=(change,)))
    assert not panel.message.isVisibleTo(panel)
    assert panel.message.text() == ""


def test_attach_when_files_are_dropped_then_each_is_kept(
    panel: RecordPanel, risk: int, opened: Register, minutes: Path, tmp_path: Path
) -> None:
    other = tmp_path / "b.txt"
    other.write_bytes(b"")
    drop(panel, QUrl.fromLocalFile(str(minutes)), QUrl.fromLocalFile(str(other)))
    assert [made.file_name for made in kept(opened)] == ["Minutes.pdf", "b.txt"]
    assert panel.drop_zone.isHidden()
    assert minutes.read_bytes() == CONTENT


def test_drop_when_it_is_no_file_of_this_computer_then_nothing(
    panel: RecordPanel, risk: int, opened: Register
) -> None:
    drop(panel, QUrl("https://example.org/a.pdf"))
    assert panel.drop_zone.isHidden()
    assert kept(opened) == []


def test_attach_when_a_folder_or_too_large_then_told_and_nothing_kept(
    panel: RecordPanel, risk: int, prompts: FakePrompts, opened: Register, tmp_path: Path
) -> None:
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(evidence.MOST + 1)
    drop(panel, QUrl.fromLocalFile(str(tmp_path)), QUrl.fromLocalFile(str(large)))
    assert ["not an ordinary file" in str(error) or "too large" in str(error) for error in prompts.errors] == [True, True]  # fmt: skip
    assert kept(opened) == []


def test_attach_when_the_record_is_new_or_binned_or_the_organisation_then_told(
    panel: RecordPanel, context: Context, prompts: FakePrompts, opened: Register, minutes: Path
) -> None:
    said: list[str] = []
    context.events.said.connect(said.append)
    panel.new_record("risk")
    drop(panel, QUrl.fromLocalFile(str(minutes)))
    id = add(opened, "risk", {"title": "x"})
    opened.apply(to_bin(opened, [id]))
    panel.show_record(id)
    drop(panel, QUrl.fromLocalFile(str(minutes)))
    assert ["Save the record" in said[0], "out of the bin" in said[1]] == [True, True]
    panel.show_record(opened.organisation().id)
    drop(panel, QUrl.fromLocalFile(str(minutes)))
    assert "No file can be attached" in str(prompts.errors[0])
    assert kept(opened) == []


def test_card_when_the_file_is_whole_then_said_and_a_copy_opens(
    panel: RecordPanel, risk: int, prompts: FakePrompts, opened: Register, minutes: Path, opened_files: list[Path]
) -> None:  # fmt: skip
    attach(panel, prompts, minutes)
    [made] = kept(opened)
    panel.show_record(made.id)
    card = panel.file_card
    assert card.isVisible()
    assert card.name.text() == "Minutes.pdf"
    assert "24 bytes" in card.about.text()
    assert card.state.text() == "The file matches its recorded SHA-256."
    card.open.click()
    [copy] = opened_files
    assert copy.read_bytes() == CONTENT
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400
    panel.copies.close()
    assert not copy.exists()
    assert prompts.asked == [], "an unchanged copy is nothing to ask about"


def test_copy_when_edited_then_asked_and_kept_as_a_newer_version(
    panel: RecordPanel, risk: int, prompts: FakePrompts, opened: Register, minutes: Path, opened_files: list[Path]
) -> None:  # fmt: skip
    attach(panel, prompts, minutes)
    [first] = kept(opened)
    panel.show_record(first.id)
    panel.file_card.open.click()
    [copy] = opened_files
    copy.chmod(0o600)
    copy.write_bytes(b"edited")
    prompts.answers.append("leave")
    panel.copies.look()
    assert len(kept(opened)) == 1
    panel.copies.look()
    assert len(prompts.asked) == 1, "asked once"
    copy.write_bytes(b"edited again")
    prompts.answers.append("keep")
    panel.copies.close()
    _, second = kept(opened)
    assert (second.replaces, second.risks) == (frozenset({first.id}), frozenset({risk}))
    assert opened.content(second.sha256) == b"edited again"
    assert opened.content(first.sha256) == CONTENT
    assert not copy.exists()


def test_card_when_a_newer_version_took_its_place_then_it_says_so_and_leads_there(
    panel: RecordPanel, risk: int, prompts: FakePrompts, opened: Register, context: Context,
    minutes: Path, tmp_path: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    attach(panel, prompts, minutes)
    [first] = kept(opened)
    panel.show_record(first.id)
    card = panel.file_card
    assert not card.standing.isVisible()
    assert not card.newer.isVisible()
    again = tmp_path / "Minutes signed.pdf"
    again.write_bytes(b"signed")
    for _ in range(2):  # and a newer version of the newer one
        newest = kept(opened)[-1]
        opened.apply(evidence.attachment(opened, evidence.take(again), newest.id))
    panel.show_record(kept(opened)[1].id)
    panel.show_record(first.id)
    assert kept(opened)[0].status == "replaced"
    assert card.standing.text() == "Replaced"
    assert card.newer.text() == "Newer version: F-0003 Minutes.pdf"
    with qtbot.waitSignal(context.events.open_record) as asked:
        qtbot.mouseClick(card.newer, Qt.MouseButton.LeftButton)
    assert asked.args == [kept(opened)[2].id]


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.docm", "a.lnk", "a.js", "x\u202efdp.exe"])
def test_card_when_the_type_can_do_something_then_only_saved_with_the_reason(
    panel: RecordPanel, risk: int, prompts: FakePrompts, opened: Register, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(CONTENT)
    attach(panel, prompts, path)
    [made] = kept(opened)
    panel.show_record(made.id)
    card = panel.file_card
    assert card.open.isHidden()
    assert "only be saved" in card.reason.text()
    assert card.reason.isVisible()
    assert card.name.text() == evidence.name_shown(name)
    prompts.files.append(tmp_path / "out")
    card.save.click()
    assert (tmp_path / "out").read_bytes() == CONTENT
    assert opened.log(limit=1)[0].facts["evidence"] == made.ref


def test_card_when_a_byte_was_flipped_then_said_asked_before_opening_and_still_saved(
    panel: RecordPanel, risk: int, prompts: FakePrompts, opened: Register, minutes: Path, opened_files: list[Path], tmp_path: Path
) -> None:  # fmt: skip
    attach(panel, prompts, minutes)
    [made] = kept(opened)
    connection = driver.connect(str(opened.path))
    connection.execute("UPDATE blob SET content = CAST('The' || substr(content, 4) AS BLOB)")
    connection.commit()
    connection.close()
    panel.show_record(made.id)
    assert panel.file_card.state.text() == "The file does not match its recorded SHA-256."
    prompts.answers += ["", "open"]
    panel.file_card.open.click()
    assert opened_files == []
    panel.file_card.open.click()
    assert [path.read_bytes()[:3] for path in opened_files] == [b"The"]
    prompts.files.append(tmp_path / "out.pdf")
    panel.file_card.save.click()
    assert (tmp_path / "out.pdf").read_bytes()[:3] == b"The"
    assert "does not match" in prompts.told[-1]
    panel.copies.close()


def test_card_when_another_kind_is_shown_then_hidden(panel: RecordPanel, risk: int) -> None:
    assert panel.file_card.isHidden()


def test_card_when_the_content_was_erased_then_said(
    panel: RecordPanel, risk: int, prompts: FakePrompts, opened: Register, minutes: Path
) -> None:
    attach(panel, prompts, minutes)
    [made] = kept(opened)
    opened.erase(made.id, "asked")
    panel.show_record(made.id)
    assert "holds no file" in panel.file_card.state.text()
    assert not panel.file_card.save.isEnabled()


def test_attach_key_when_pressed_in_the_window_then_the_file_goes_to_the_record_shown(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, minutes: Path
) -> None:
    register = window.context.register
    window.open_record(register.find("R-0001"))
    prompts.files.append(minutes)
    assert window.context.actions["attach"].shortcut().toString() == "Ctrl+Shift+A"
    qtbot.keyClick(window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)  # fmt: skip
    [made] = kept(register)
    assert made.risks == frozenset({register.find("R-0001")})


def test_form_when_a_file_is_kept_then_what_says_which_is_only_shown(
    panel: RecordPanel, risk: int, prompts: FakePrompts, opened: Register, minutes: Path
) -> None:
    attach(panel, prompts, minutes)
    [made] = kept(opened)
    panel.show_record(made.id)
    for key in evidence.SET_WHEN_TAKEN:
        assert panel.form.row(key).editor.read_only
    assert not panel.is_dirty


def test_step_when_a_file_shows_it_then_no_words_are_asked_for(
    panel: RecordPanel, opened: Register, minutes: Path
) -> None:
    step = opened.find("C3.1")
    opened.apply(set_fields(opened, step, {"status": "done"}))
    panel.show_record(step)
    assert panel.missing.head.text() == "1 thing missing"
    opened.apply(evidence.attachment(opened, evidence.take(minutes), step))
    panel.show_record(add(opened, "risk", {"title": "x"}))
    panel.show_record(step)
    assert panel.missing.head.isHidden()


def test_list_when_files_were_replaced_then_they_can_be_left_out(
    window: MainWindow, opened: Register, minutes: Path
) -> None:
    taken = evidence.take(minutes)
    first = opened.apply(evidence.attachment(opened, taken)).new[-1]
    opened.apply(evidence.attachment(opened, taken, first))
    page = window.go("evidence")
    assert isinstance(page, ListingPage)
    assert "status" in page.view().columns
    by_label = {
        each.label: each for each in presets(LISTINGS["evidence"], opened.vocabulary, NOW.date())
    }
    for label, refs in (
        ("All", {"F-0001", "F-0002"}),
        ("Current", {"F-0002"}),
        ("Replaced", {"F-0001"}),
    ):
        view = View(kinds=("evidence",), columns=("ref",), where=by_label[label].where)
        assert {row.values[0] for row in opened.rows(view, opened.ids(view))} == refs
