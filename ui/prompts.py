"""Questions to the person at the screen: one place for message boxes and file dialogs, so that tests can answer them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QWidget,
)

from riskreg.errors import N_, Message
from riskreg.i18n import Translator
from ui.question import Answer as Answer
from ui.question import Question

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class Prompts(Protocol):
    """Whoever answers: a person, or a test. All texts are translated already and shown as plain text."""

    def ask(self, title: str, text: str, answers: Sequence[Answer], *, more: str = "") -> str:
        """The key of the answer; the first is the suggested one. "" where the question was closed."""

    def tell(self, title: str, text: str, *, more: str = "") -> None:
        """Show a message."""

    def error(self, message: Message, answers: Sequence[Answer] = ()) -> str:
        """Show what happened, what is safe and what to do; the key of the answer, "" where the message was closed."""

    def line(self, title: str, label: str, value: str = "") -> str | None:
        """A line of text; None where the question was closed."""

    def open_file(self, title: str, patterns: str, folder: Path | None = None) -> Path | None:
        """An existing file; `patterns` as Qt writes them: `Register (*.riskreg)`."""

    def save_file(self, title: str, patterns: str, suggestion: Path) -> Path | None:
        """The name of a file to write; asks before one that exists is replaced."""

    def folder(self, title: str, folder: Path | None = None) -> Path | None:
        """An existing folder."""

    def printer(self, title: str, pages: int) -> QPrinter | None:
        """A printer, set for the paper, copies and pages that the person wants of so many."""


class WindowPrompts:
    """Prompts on the screen, over the window that is in front."""

    def __init__(self, t: Translator) -> None:
        self._t = t

    def ask(self, title: str, text: str, answers: Sequence[Answer], *, more: str = "") -> str:
        """Ask with one button for each answer."""
        question = Question(title, (title, text, more), _front())
        return _answered(question, answers, self._t.gettext("Cancel"))

    def tell(self, title: str, text: str, *, more: str = "") -> None:
        """Show a message with one button."""
        _answered(Question(title, (title, text, more), _front()), (), self._t.gettext("OK"))

    def error(self, message: Message, answers: Sequence[Answer] = ()) -> str:
        """Show the three sentences; the first stands out."""
        title = self._t.gettext(N_("Breach and risk register"))
        question = Question(title, (message.what, message.safe, message.do), _front())
        return _answered(question, answers, self._t.gettext("Close"))

    def line(self, title: str, label: str, value: str = "") -> str | None:
        """Ask for a line of text."""
        question = Question(title, (title, label), _front())
        line = question.ask_line(value)
        taken = (Answer("taken", self._t.gettext(N_("OK"))),)
        is_taken = _answered(question, taken, self._t.gettext("Cancel"))
        return line.text().strip() if is_taken else None

    def open_file(self, title: str, patterns: str, folder: Path | None = None) -> Path | None:
        """Open the system's own dialog."""
        name, _ = QFileDialog.getOpenFileName(_front(), title, str(folder or ""), patterns)
        return Path(name) if name else None

    def save_file(self, title: str, patterns: str, suggestion: Path) -> Path | None:
        """Open the system's own dialog."""
        name, _ = QFileDialog.getSaveFileName(_front(), title, str(suggestion), patterns)
        return Path(name) if name else None

    def folder(self, title: str, folder: Path | None = None) -> Path | None:
        """Open the system's own dialog."""
        name = QFileDialog.getExistingDirectory(_front(), title, str(folder or ""))
        return Path(name) if name else None

    def printer(self, title: str, pages: int) -> QPrinter | None:
        """Open the system's own dialog; what talks to printers is loaded when one is wanted."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        dialog = QPrintDialog(printer, _front())
        dialog.setWindowTitle(title)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, pages)
        dialog.setFromTo(1, pages)
        return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def _front() -> QWidget | None:
    return QApplication.activeModalWidget() or QApplication.activeWindow()


def _answered(question: Question, answers: Sequence[Answer], close: str) -> str:
    question.offer(answers, close)
    question.exec()
    return question.answer
