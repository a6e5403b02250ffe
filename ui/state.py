"""What the edges of the window say: whose register this is, how much is where, what undo would take back, how old the backup is."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from riskreg import clock
from riskreg.changes import Changed
from riskreg.errors import N_
from riskreg.views import Backup
from riskreg.wording import redo_words, undo_words
from ui.backups import backup_words
from ui.context import Context
from ui.jobs import Job
from ui.pages.checks_mark import ChecksMark
from ui.pages.marks import marks
from ui.widgets.navigation import Mark, Navigation
from ui.widgets.status_line import StatusLine

_MINUTE_MS: Final = 60_000


class State(QObject):
    """Keeps navigation and status line true, after each change and each minute.

    Args:
        context: The register and the commands.
        navigation: Shows the register's name and the counts.
        status_line: Shows the rest.
        window: Carries the register's name.
    """

    def __init__(
        self, context: Context, navigation: Navigation, status_line: StatusLine, window: QWidget
    ) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._navigation = navigation
        self._status_line = status_line
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.refresh)
        self._minute.start()
        self.checks = ChecksMark(context, self._show_checks, self)
        self.checks.renew()
        context.events.changed.connect(self.checks.renew)
        context.events.changed.connect(self._on_register_changed)
        context.events.said.connect(status_line.say)
        context.jobs.started.connect(self._on_job_started)

    def introduce(self) -> None:
        """Say whose register this is, who works, and whether anything can be changed."""
        register, t = self._context.register, self._context.t
        sample = t.gettext(N_("SAMPLE 樣本")) if register.is_sample else ""
        name = register.organisation().title
        self._navigation.show_register(name, register.path.name, sample)
        self._window.setWindowTitle(f"{name} - {register.path.name}")
        self._context.actions.allow_writing(not register.read_only)
        if register.read_only:
            self._status_line.show_read_only(t.gettext(register.read_only))
        self._status_line.show_name(self._context.settings.value.working_as)

    def refresh(self) -> None:
        """Ask for the counts, what undo would do and how old the newest backup is."""
        today = self._today()
        self._context.ask(lambda reader: marks(reader, today), self._navigation.show_marks)
        self._show_undo()
        register = self._context.register
        self._context.jobs.read(lambda work: register.backups(), done=self._show_backup)

    def stop(self) -> None:
        """Ask no more: the register is about to close."""
        self._minute.stop()
        self.checks.stop()
        self._context.jobs.drop_questions()

    def _on_register_changed(self, changed: Changed) -> None:
        self.refresh()
        if "organisation" in changed.kinds:
            self.introduce()

    def _on_job_started(self, job: Job) -> None:
        if job.lane == "write":
            self._status_line.show_job(job)

    def _show_checks(self, mark: Mark) -> None:
        self._navigation.show_marks({"checks": mark})

    def _show_undo(self) -> None:
        register, t, actions = self._context.register, self._context.t, self._context.actions
        undo, redo = register.undoable(), register.redoable()
        actions.reword("undo", undo_words(undo, t) if undo else t.gettext(N_("Undo")))
        actions.reword("redo", redo_words(redo, t) if redo else t.gettext(N_("Redo")))
        actions["undo"].setEnabled(undo is not None)
        actions["redo"].setEnabled(redo is not None)
        keys = actions["undo"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._status_line.show_undo(f"{undo_words(undo, t)}   {keys}" if undo else "")

    def _show_backup(self, backups: list[Backup]) -> None:
        zone = self._context.register.organisation().zone
        self._status_line.show_backup(*backup_words(backups, zone, self._context.t))

    def _today(self) -> date:
        return clock.today(self._context.register.organisation().zone)
