"""How far long work is, in words and as a bar, with a button that stops it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import Translator
from ui.context import Context
from ui.jobs import Job
from ui.widgets import buttons
from ui.widgets.text import Text


class ProgressStrip(QWidget):
    """Shown while a job is under way, hidden otherwise."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = context.t
        self._job: Job | None = None
        self.words = Text(role="small", tone="muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(context.t.gettext(N_("Progress")))
        self.cancel = buttons.link(context.theme, context.t.gettext(N_("Stop")), self.cancel_job)
        row = QHBoxLayout()
        row.setSpacing(context.theme.space("m"))
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.words)
        layout.addLayout(row)
        self.hide()

    def follow(self, job: Job) -> None:
        """Show a job until it ends."""
        if job.is_finished:
            return
        self._job = job
        self._show(job.doing, 0, 0)
        self.cancel.setEnabled(True)
        job.progressed.connect(self._show)
        job.finished.connect(self._on_finished)
        self.show()

    def cancel_job(self) -> None:
        """Ask the job to stop; it may be too late for that."""
        if self._job:
            self._job.cancel()
            self.words.setText(self._t.gettext(N_("Stopping…")))
            self.cancel.setEnabled(False)

    def _show(self, doing: str, done: int, total: int) -> None:
        if self._job and not self._job.shall_stop:
            self.words.setText(progress_words(self._t, doing, done, total))
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _on_finished(self) -> None:
        """Another job may be followed by now, where this one was dropped for it."""
        if self._job is None or self._job.is_finished:
            self._job = None
            self.hide()


def progress_words(t: Translator, doing: str, done: int, total: int) -> str:
    """What is being done and how far: `Checking the history: 3,400 of 12,000`."""
    if not total:
        return t.gettext(doing)
    far = t.gettext(N_("{doing}: {done} of {total}"))
    return far.format(doing=t.gettext(doing), done=number_words(done), total=number_words(total))
