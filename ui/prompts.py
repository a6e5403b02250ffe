"""Questions to the person at the screen: one place for message boxes and file dialogs, so that tests can answer them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QInputDialog,
    QLabel,
    QMessageBox,
    QWidget,
)

from riskreg.errors import N_, Message
from riskreg.i18n import Translator

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_LINE_WIDTH: Final = 420
"""Of a question for a line of text, in px: a title of common length fits in."""


class Answer(NamedTuple):
    """One button of a question: what `ask` returns for it and what stands on it."""

    key: str
    label: str


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
        box = _box(title, text, more)
        return self._answered(box, answers, self._t.gettext("Cancel"))

    def _answered(self, box: QMessageBox, answers: Sequence[Answer], close: str) -> str:
        keys = put_buttons(box, answers, close)
        box.exec()
        return keys.get(box.clickedButton(), "")

    def tell(self, title: str, text: str, *, more: str = "") -> None:
        """Show a message with one button."""
        box = _box(title, text, more)
        box.addButton(self._t.gettext("OK"), QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def error(self, message: Message, answers: Sequence[Answer] = ()) -> str:
        """Show the three sentences; the first stands out."""
        rest = "\n\n".join(part for part in (message.safe, message.do) if part)
        box = _box(self._t.gettext(N_("Breach and risk register")), message.what, rest)
        box.setIcon(QMessageBox.Icon.Warning)
        return self._answered(box, answers, self._t.gettext("Close"))

    def line(self, title: str, label: str, value: str = "") -> str | None:
        """Ask for a line of text."""
        dialog = QInputDialog(_front())
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.setTextValue(value)
        dialog.setOkButtonText(self._t.gettext(N_("OK")))
        dialog.setCancelButtonText(self._t.gettext(N_("Cancel")))
        dialog.setMinimumWidth(_LINE_WIDTH)
        is_accepted = dialog.exec() == QInputDialog.DialogCode.Accepted
        return dialog.textValue().strip() if is_accepted else None

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


def put_buttons(
    box: QMessageBox, answers: Sequence[Answer], close: str
) -> Mapping[QAbstractButton, str]:
    """A button for each answer, the first being the suggested one, and one that closes, as Escape does."""
    keys: dict[QAbstractButton, str] = {}
    for place, answer in enumerate(answers):
        role = (
            QMessageBox.ButtonRole.AcceptRole if place == 0 else QMessageBox.ButtonRole.ActionRole
        )
        keys[box.addButton(answer.label, role)] = answer.key
    box.setEscapeButton(box.addButton(close, QMessageBox.ButtonRole.RejectRole))
    return keys


def _box(title: str, text: str, more: str) -> QMessageBox:
    box = QMessageBox(_front())
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(more)
    for label in box.findChildren(QLabel):
        # setTextFormat does not reach the second text (PySide6 6.12): it would be read as HTML
        label.setTextFormat(Qt.TextFormat.PlainText)
    return box
