"""Evidence opened in other programs: as a private copy; where that was edited the person is asked, and nothing is taken in silently."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from riskreg import evidence, evidence_copies
from riskreg.errors import N_, Expected
from riskreg.evidence import Held, Saved, Taken
from riskreg.evidence_copies import Copy
from riskreg.records import Evidence
from riskreg.work import WRITING
from ui.context import Context
from ui.prompts import Answer


def open_outside(path: Path) -> bool:
    """Let the system open a file with the program it has for it; False where it has none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class OpenCopies(QObject):
    """Opens copies, saves files, and notices edits when the person comes back to the window.

    Args:
        context: The register and what the window shares.
        attach: Takes a file in as a newer version of a piece of evidence.
    """

    def __init__(
        self, context: Context, attach: Callable[[Taken, int], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._attach = attach
        self._copies = evidence_copies.of_account()
        self._is_asking = False
        self.opener = open_outside
        application = cast("QGuiApplication", QGuiApplication.instance())
        application.applicationStateChanged.connect(self._on_state_changed)

    def open(self, record: Evidence) -> None:
        """Show a copy in another program; what no longer matches is opened only when the person says so."""
        self._context.ask(
            lambda reader: evidence.held(reader, record), lambda held: self._open(record, held)
        )

    def save(self, record: Evidence) -> None:
        """Ask where to, and write the file there."""
        gettext = self._context.t.gettext
        target = self._context.prompts.save_file(
            gettext(N_("Save the file")),
            gettext(N_("All files")) + " (*)",
            Path.home() / evidence.safe_name(record.file_name),
        )
        if target is None:
            return
        register = self._context.register
        self._context.jobs.write(
            lambda work: evidence.save(register, record.id, target, is_over=True, work=work),
            doing=WRITING,
            done=self._on_saved,
            failed=self._context.show,
        )

    def look(self) -> None:
        """Ask about each copy that was edited."""
        if self._is_asking or QApplication.activeModalWidget() is not None:
            return
        self._is_asking = True
        try:
            for copy in self._copies.changed():
                self._ask(copy)
        finally:
            self._is_asking = False

    def close(self) -> None:
        """Ask about what was edited for the last time, and remove all copies."""
        self.look()
        self._copies.close()

    def _open(self, record: Evidence, held: Held) -> None:
        if not held.is_whole and not self._wants_spoilt(record):
            return
        try:
            made = self._copies.make(record, held)
        except Expected as error:
            self._context.show(error)
            return
        if not self.opener(made.path):
            gettext = self._context.t.gettext
            said = N_(
                "This computer has no program that opens this file. Save it, and open it where there is one."
            )
            self._context.prompts.tell(gettext(N_("Open a copy")), gettext(said))

    def _wants_spoilt(self, record: Evidence) -> bool:
        gettext = self._context.t.gettext
        said = gettext(N_("The file of {ref} does not match its recorded SHA-256."))
        more = N_(
            "It was changed outside this program, or the disk is damaged. A backup may hold it whole."
        )
        answers = (Answer("open", gettext(N_("Open it all the same"))),)
        title = gettext(N_("Open a copy"))
        return (
            self._context.prompts.ask(
                title, said.format(ref=record.ref), answers, more=gettext(more)
            )
            == "open"
        )

    def _ask(self, copy: Copy) -> None:
        gettext = self._context.t.gettext
        said = gettext(N_("The copy of {ref} that you opened was changed.")).format(ref=copy.ref)
        more = N_(
            "The file in the register is as it was. The changed copy is removed when this window closes, unless you keep it."
        )
        answer = self._context.prompts.ask(
            gettext(N_("A copy was changed")),
            said,
            (
                Answer("keep", gettext(N_("Keep it as a newer version"))),
                Answer("leave", gettext(N_("Do not keep it"))),
            ),
            more=gettext(more),
        )
        copy.let_be()
        if answer != "keep":
            return
        try:
            self._attach(evidence.take(copy.path), copy.id)
        except Expected as error:
            self._context.show(error)

    def _on_saved(self, saved: Saved) -> None:
        gettext = self._context.t.gettext
        if saved.is_whole:
            said = gettext(N_("Saved as {file}, which matches its SHA-256."))
            self._context.events.said.emit(said.format(file=saved.path.name))
            return
        said = gettext(N_("{file} was saved, but it does not match its recorded SHA-256."))
        self._context.prompts.tell(gettext(N_("Save the file")), said.format(file=saved.path.name))

    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.look()
