"""What tests of the window share: the program's look, a register with a little in it, and what widgets are handed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from riskreg.views import Register
from tests.ui.desk import FakePrompts, a_context, add, prompts_of
from ui.context import Context
from ui.forms.panel import RecordPanel
from ui.theme import Theme
from ui.window import MainWindow


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application as people see it."""
    Theme("light").apply(qapp)
    return qapp


@pytest.fixture(autouse=True)
def _application_first(qapp: QApplication) -> None:
    """An action or a widget made before the application ends the process, where such a test happens to be the first."""


@pytest.fixture
def context(qapp: QApplication, opened: Register) -> Context:
    """A new register, jobs in step, prompts that answer."""
    return a_context(opened)


@pytest.fixture
def prompts(context: Context) -> FakePrompts:
    return prompts_of(context)


@pytest.fixture
def clinic(context: Context) -> Register:
    """A few records of each kind."""
    register = context.register
    add(register, "asset", {"title": "Payroll", "status": "in_use", "retention": "7 years"})
    add(register, "asset", {"title": "Visitors' book", "status": "in_use"})
    for place, (likelihood, impact) in enumerate(((5, 5), (4, 3), (2, 2), (1, 1))):
        given = {"title": f"Risk {place}", "status": "open"}
        scores = {"residual_likelihood": likelihood, "residual_impact": impact}
        add(
            register,
            "risk",
            {**given, **scores, "owner": ["K. Chan"], "due_on": f"2026-11-{18 + place}"},
        )
    for title, status, aware in (
        ("Patient list visible", "assessing", "2026-11-19T16:40"),
        ("Payroll file mailed", "containing", "2026-11-20T08:40"),
        ("Tablet left in taxi", "closed", "2026-10-03"),
    ):
        add(register, "incident", {"title": title, "status": status, "aware_at": aware})
    return register


@pytest.fixture(autouse=True)
def _no_window_asks_on() -> Iterator[None]:
    """A window that a test let be looks at its register every minute: by then that is closed, and another test would fail."""
    yield
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow):
            window.turns.stop()
            window.state.stop()


def leave(window: MainWindow) -> None:
    """Let the window go and the register open: the fixture that opened it closes it."""
    window.turns.stop()
    window.panel.stop()
    window.state.stop()  # a window may live on after its test, and asks every minute
    window._is_finished = True


@pytest.fixture
def window(qtbot: QtBot, context: Context, clinic: Register) -> MainWindow:
    """The whole window on the clinic's register."""
    made = MainWindow(context)
    qtbot.addWidget(made, before_close_func=leave)
    made.show()
    made.turns.finish()
    return made


@pytest.fixture
def panel(qtbot: QtBot, context: Context) -> RecordPanel:
    """The record panel alone."""
    made = RecordPanel(context)
    qtbot.addWidget(made, before_close_func=RecordPanel.stop)
    made.resize(380, 800)
    made.show()
    return made
