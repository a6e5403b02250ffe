"""What is typed into the dialogs of an incident when the program dies is offered again, and nothing is done with it unasked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from riskreg import notices
from riskreg import register as door
from riskreg.cases import case_of
from riskreg.records.values import Instant
from riskreg.views import Register
from tests.ui.conftest import leave
from tests.ui.desk import a_context, a_register, add, prompts_of
from ui.context import Context
from ui.dialogs.decide import DecideDialog
from ui.notices.dialog import NoticesDialog
from ui.notices.sending import SendDialog
from ui.notices.sent_pane import SentPane
from ui.window import MainWindow

D = TypeVar("D", bound=QDialog)
KNOWN = {
    "title": "Payroll mail",
    "contained_at": "2026-11-20T10:30",
    "discovered_at": "2026-11-20T09:50",
    "aware_at": "2026-11-20T10:00",
    "people_live_in": ["hong_kong", "eu_eea"],
    "our_role": "controller",
    "people_count": "150",
}
DYING = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from riskreg import register
from tests.ui import test_drafts_beside as typing
app = QApplication([])
opened = register.open(Path(sys.argv[1]))
typing.type_in(opened, sys.argv[2], app)
print("kept", flush=True)
sys.stdin.read()
"""


def type_in(opened: Register, where: str, app: QApplication) -> None:
    """In the program that dies: type into a dialog, and wait until the timer has kept it."""
    from ui.forms.panel import RecordPanel

    context = a_context(opened)
    id = opened.find("I-2026-001")
    if where == "decision":
        panel = RecordPanel(context)
        panel.show_record(id)
        while panel.case.loaded is None:
            app.processEvents()
        rule = next(each.rule for each in panel.case.loaded.rows() if each.rule.key == "hk_pcpd")
        panel.case.decide(rule)
        (dialog,) = panel.findChildren(DecideDialog)
        dialog.answers["not_yet"].setChecked(True)
        dialog.reason.setPlainText("The director wants to he")
        dialog.again.type("next Tues")
    else:
        context.settings.change(working_as="K. Chan")
        whole = NoticesDialog(context, id, rule="hk_pcpd")
        whole.send()
        (dialog,) = whole.findChildren(SendDialog)
        dialog.text.setPlainText("As it went out, chang")
        dialog.fields["channel"].set_value("fax")
    dialog.draft.keeper._timer.setInterval(1)
    while not opened.drafts():
        app.processEvents()
    app.alive = (dialog, context)  # type: ignore[attr-defined]


def a_breach(folder: Path) -> Path:
    """A register with one incident and one notice that is prepared."""
    made = a_register(folder)
    id = add(made, "incident", KNOWN)
    case = case_of(made, id)
    rule = next(each for each in case.rules if each.key == "hk_pcpd")
    at = Instant.parse("2026-11-20T11:00", "Asia/Hong_Kong")
    made.apply(notices.prepare(case, rule, "first", None, "K. Chan", at))
    made.close()
    return made.path


def killed(path: Path, where: str) -> None:
    """A program in which somebody was typing, ended by the system."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "RISKREG_HOME": str(path.parent)}
    with subprocess.Popen(
        [sys.executable, "-c", DYING, str(path), where],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "kept\n"
        program.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)


def seen(window: MainWindow, kind: type[D]) -> D:
    """The dialog of a kind that is open over the window."""
    (found,) = [each for each in window.findChildren(kind) if each.isVisible()]
    return found


def pressed(dialog_or_panel: object, label: str) -> None:
    """A button of the message is pressed."""
    (button,) = [each for each in dialog_or_panel.message.buttons if each.text() == label]  # type: ignore[attr-defined]
    button.click()


@pytest.mark.timeout(120)
@pytest.mark.qt_log_ignore("^This plugin does not support")
@pytest.mark.parametrize("where", ["decision", "sent"])
def test_draft_of_a_dialog_when_the_program_is_killed_then_the_window_leads_back_to_what_was_typed(
    qtbot: QtBot, tmp_path: Path, where: str
) -> None:
    path = a_breach(tmp_path)
    killed(path, where)
    opened = door.open(path)
    before = opened.head().seq
    window = MainWindow(a_context(opened))
    qtbot.addWidget(window, before_close_func=leave)
    window.show()
    window.turns.finish()
    qtbot.waitUntil(lambda: window.panel.case.loaded is not None)
    assert window.panel.message.text().startswith("You were writing in a dialog at ")
    pressed(window.panel, "Open it again")
    if where == "decision":
        dialog = seen(window, DecideDialog)
        assert dialog.reason.toPlainText() == ""
        pressed(dialog, "Go on writing")
        assert dialog.reason.toPlainText() == "The director wants to he"
        assert dialog.answer == "not_yet"
        assert dialog.again.typed() == "next Tues"
    else:
        seen(window, NoticesDialog).send()
        dialog = seen(window, SendDialog)  # type: ignore[assignment]
        assert "As it went out" not in dialog.text.toPlainText()  # type: ignore[attr-defined]
        pressed(dialog, "Go on writing")
        assert dialog.text.toPlainText() == "As it went out, chang"  # type: ignore[attr-defined]
        assert dialog.fields["channel"].value() == "fax"  # type: ignore[attr-defined]
    assert opened.head().seq == before
    prompts_of(window.context).answers.append("discard")
    dialog.reject()
    assert opened.drafts() == []


@pytest.fixture
def dialog(qtbot: QtBot, context: Context) -> NoticesDialog:
    """A notice that was sent, of which an answer came back."""
    context.settings.change(working_as="K. Chan")
    id = add(context.register, "incident", KNOWN)
    case = case_of(context.register, id)
    rule = next(each for each in case.rules if each.key == "hk_pcpd")
    at = Instant.parse("2026-11-20T11:00", "Asia/Hong_Kong")
    made = context.register.apply(notices.prepare(case, rule, "first", None, "K. Chan", at)).new[-1]
    prepared = context.register.record(made)
    context.register.apply(notices.send(prepared, "Text", at, "K. Chan", "email"))  # type: ignore[arg-type]
    whole = NoticesDialog(context, id, rule="hk_pcpd")
    qtbot.addWidget(whole)
    whole.show()
    return whole


def test_draft_of_what_came_back_when_it_was_kept_then_it_is_offered_with_its_unread_time(
    qtbot: QtBot, dialog: NoticesDialog, context: Context
) -> None:
    assert isinstance(dialog.pane, SentPane)
    dialog.pane.back["receipt"].set_value("PCPD-77")
    dialog.pane.back["replied_at"].type("half a mom")
    dialog.draft.keeper.keep()
    assert [each.key for each in context.register.drafts()] == ["I-2026-001/notices"]
    other = NoticesDialog(context, dialog.incident)
    qtbot.addWidget(other)
    other.show()
    pressed(other, "Go on writing")
    assert isinstance(other.pane, SentPane)
    assert other.pane.back["receipt"].value() == "PCPD-77"
    assert other.pane.back["replied_at"].typed() == "half a mom"
    other.pane.back["replied_at"].set_value(None)
    other.pane.keep.click()
    other.draft.keeper.keep()
    assert context.register.drafts() == []
    prompts_of(context).answers += ["discard"] * 2


def test_draft_of_a_dialog_when_nothing_was_typed_then_none_is_kept(
    dialog: NoticesDialog, context: Context
) -> None:
    dialog.draft.keeper.keep()
    assert context.register.drafts() == []


def test_draft_of_a_dialog_when_the_register_closes_then_nothing_is_kept_any_more(
    qtbot: QtBot, dialog: NoticesDialog, context: Context
) -> None:
    assert isinstance(dialog.pane, SentPane)
    dialog.pane.back["receipt"].set_value("PCPD-77")
    assert dialog.draft.keeper._timer.isActive()
    context.events.closing.emit()
    assert not dialog.draft.keeper._timer.isActive()
    prompts_of(context).answers.append("discard")
