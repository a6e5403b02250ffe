"""The line at the bottom: whether all is saved, what runs, who works, how old the newest backup is, what undo would undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from riskreg.errors import N_
from riskreg.i18n import Translator
from ui import icons
from ui.jobs import Job
from ui.theme import Theme
from ui.widgets import buttons
from ui.widgets.text import Elided

HEIGHT: Final = 34
_SAID_MS: Final = 6_000
_PATIENCE_MS: Final = 300


class StatusLine(QFrame):
    """The bottom of the window.

    Args:
        theme: The look in force.
        t: The language.
    """

    name_wanted = Signal()
    """The person wants to say who works here."""
    backup_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, theme: Theme, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setFixedHeight(HEIGHT)
        self._theme = theme
        self._t = t
        self._state_icon = QLabel()
        self._state = Elided("", "small", "muted")
        self.name = _quiet(theme, "user")
        self.name.clicked.connect(lambda _checked=False: self.name_wanted.emit())
        self.backup = _quiet(theme, "hard-drive-download")
        self.backup.clicked.connect(lambda _checked=False: self.backup_wanted.emit())
        self.undo = _quiet(theme, "")
        self.undo.clicked.connect(lambda _checked=False: self.undo_wanted.emit())
        self.progress = QProgressBar()
        self.progress.setFixedWidth(120)
        self.progress.setTextVisible(False)
        self.cancel = buttons.link(theme, t.gettext(N_("Cancel")), self._cancel)
        self._job: Job | None = None
        self._rest = ("circle-check", N_("All changes saved"))
        self._lay_out()
        self._silence = _once(self, _SAID_MS, self._show_rest)
        self._patience = _once(self, _PATIENCE_MS, self._show_progress)
        self._show_rest()

    def show_read_only(self, reason: str) -> None:
        """Say why nothing can be changed; `reason` is translated."""
        words = self._t.gettext(N_("Read-only: {reason}")).format(reason=reason)
        self._rest = ("eye", words)
        self._show_rest()

    def show_name(self, name: str) -> None:
        """Say who works."""
        words = (
            self._t.gettext(N_("Working: {name}")).format(name=name)
            if name
            else self._t.gettext(N_("Who is working?"))
        )
        _say(self.name, words)

    def show_backup(self, words: str, tone: str = "muted") -> None:
        """Say how old the newest backup is; `words` are translated."""
        icons.put(self.backup, self._theme, "hard-drive-download", tone, 16, gap=3)
        self.backup.setProperty("tone", tone)
        self.backup.style().unpolish(self.backup)
        self.backup.style().polish(self.backup)
        _say(self.backup, words)

    def show_undo(self, words: str) -> None:
        """Say what undo would do; nothing where it would do nothing."""
        self.undo.setVisible(bool(words))
        _say(self.undo, words)

    def say(self, words: str) -> None:
        """Say something for a while; `words` are translated."""
        self._show_state("info", words)
        self._silence.start()

    def show_job(self, job: Job) -> None:
        """Show work that takes its time."""
        self._job = job
        job.progressed.connect(self._on_job_progressed)
        job.finished.connect(self._on_job_finished)
        self.progress.setRange(0, 0)
        self._patience.start()

    def _lay_out(self) -> None:
        theme = self._theme
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space("m"), 0, theme.space("m"), 0)
        layout.setSpacing(theme.space("s"))
        layout.addWidget(self._state_icon)
        layout.addWidget(self._state)
        self._state.setSizePolicy(
            self._state.sizePolicy().Policy.Maximum, self._state.sizePolicy().verticalPolicy()
        )
        for widget in (self.progress, self.cancel):
            layout.addWidget(widget)
            widget.hide()
        layout.addWidget(self.name)
        layout.addWidget(self.backup)
        layout.addStretch(1)
        layout.addWidget(self.undo)

    def _show_rest(self) -> None:
        if self._job is None:
            icon, words = self._rest
            self._show_state(icon, self._t.gettext(words))

    def _show_state(self, icon: str, words: str) -> None:
        icons.put(self._state_icon, self._theme, icon, "muted", 16)
        self._state.setText(words)

    def _show_progress(self) -> None:
        if self._job is None:
            return
        self._show_state("clock", self._t.gettext(self._job.doing))
        self.progress.show()
        self.cancel.show()

    def _on_job_progressed(self, doing: str, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self._state.setText(self._t.gettext(doing))

    def _on_job_finished(self) -> None:
        self._patience.stop()
        self._job = None
        self.progress.hide()
        self.cancel.hide()
        if not self._silence.isActive():
            self._show_rest()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()


def _quiet(theme: Theme, icon: str) -> QPushButton:
    button = buttons.link(theme, "")
    button.setProperty("look", "quiet")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if icon:
        icons.put(button, theme, icon, "muted", 16, gap=3)
    return button


def _say(button: QPushButton, words: str) -> None:
    button.setText(words.replace("&", "&&"))
    button.setAccessibleName(words)


def _once(parent: StatusLine, interval_ms: int, call: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    timer.timeout.connect(call)
    return timer
