"""Editor of values that are typed in words and figures: days, moments, counts, lengths of time, amounts.

Without the focus it shows how the value reads (`Fri 20 Nov 2026, 18:40 (Hong Kong)`); with it, the short form that is quickly
changed (`2026-11-20 18:40`), and underneath how what was typed will be stored. Text that cannot be read stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from riskreg.records.fields import Value
from riskreg.records.values import Unfit
from ui.forms.choose import NOT_KNOWN
from ui.forms.editor import INDENT, Editor
from ui.forms.flow import FlowBox
from ui.forms.kit import Kit
from ui.widgets import buttons
from ui.widgets.text import Text


class Question(NamedTuple):
    """What a text can mean, where that is not one thing.

    Attributes:
        text: The question, translated.
        values: The answers.
    """

    text: str
    values: Sequence[Value]


def no_question(_text: str) -> Question | None:
    """Texts of most kinds mean one thing."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a kind of value is read and written.

    Attributes:
        read: From what was typed; raises `Unfit`.
        words: As people read it.
        short: As people type it.
        example: What can be typed, translated; shown while an empty field has the focus.
        question: What is asked about a text that cannot be read as one value.
    """

    read: Callable[[str], Value]
    words: Callable[[Value], str]
    short: Callable[[Value], str]
    example: str
    question: Callable[[str], Question | None] = no_question


class FocusLine(QLineEdit):
    """A line that tells when it gets and loses the focus."""

    entered = Signal()
    left = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell, then take the focus."""
        self.entered.emit()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give up the focus, then tell."""
        super().focusOutEvent(event)
        self.left.emit()


class TypedEditor(Editor):
    """One line that is read as a value."""

    is_framed = True

    def __init__(self, kit: Kit, wording: Wording) -> None:
        super().__init__()
        self._t = kit.t
        self._theme = kit.theme
        self._wording = wording
        self._value: Value = None
        self._unread: str | None = None
        self._is_hushed = False
        self._asked: Sequence[Value] = ()
        self.line = FocusLine()
        self.line.setPlaceholderText(kit.t.gettext(NOT_KNOWN))
        self.reading = Text(role="small", tone="muted", wraps=True)
        self.reading.setContentsMargins(INDENT, 0, 0, 0)
        self.reading.hide()
        self.answers: list[QPushButton] = []
        self._flow = FlowBox(kit.theme.space("xs"), INDENT)
        self._flow.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(kit.theme.space("xs") // 2)
        layout.addWidget(self.line)
        layout.addWidget(self.reading)
        layout.addWidget(self._flow)
        self.line.textEdited.connect(self._on_text_edited)
        self.line.entered.connect(self._on_entered)
        self.line.left.connect(self._on_left)

    def value(self) -> Value:
        """What was typed, read; raises `Unfit` where it cannot be."""
        if self._unread is not None:
            self._wording.read(self._unread)
        return self._value

    def set_value(self, value: Value) -> None:
        """Show a value."""
        self._value, self._unread = value, None
        self._is_hushed = False
        self._show(self.line.hasFocus())

    def hush(self) -> None:
        """Hide the reading until something is typed."""
        self._is_hushed = True
        self.reading.hide()

    def typed(self) -> str:
        """What cannot be read yet."""
        return self._unread or ""

    def type(self, text: str) -> None:
        """Show it as if it had just been typed."""
        self.line.setText(text)
        self._on_text_edited(text)

    def set_read_only(self, is_read_only: bool) -> None:
        """The line can still be read and copied."""
        self.line.setReadOnly(is_read_only)

    def controls(self) -> tuple[QWidget, ...]:
        """The line."""
        return (self.line,)

    def tab_stops(self) -> tuple[QWidget, ...]:
        """The line, then what can be answered."""
        return (self.line, *self.answers)

    def _on_text_edited(self, text: str) -> None:
        self._is_hushed = False
        try:
            self._value, self._unread = self._read(text), None
        except Unfit:
            self._unread = text
        self._say(is_typing=True)
        self.changed.emit()

    def _on_entered(self) -> None:
        self._show(True)

    def _on_left(self) -> None:
        self._show(False)

    def _read(self, text: str) -> Value:
        return self._wording.read(text) if text.strip() else None

    def _show(self, is_typing: bool) -> None:
        if self._unread is None:
            written = self._wording.short if is_typing else self._wording.words
            text = written(self._value) if self._value is not None else ""
            if self.line.text() != text:
                self.line.setText(text)
                self.line.setCursorPosition(len(text) if is_typing else 0)
        self._say(is_typing=is_typing)

    def _say(self, *, is_typing: bool) -> None:
        asked = self._wording.question(self._unread) if self._unread else None
        self._ask(asked.values if asked else ())
        said = asked.text if asked else self._said(is_typing)
        self.reading.setText(said)
        self.reading.setVisible(bool(said) and not self._is_hushed)
        is_wrong = self._unread is not None and not is_typing
        self.reading.set_tone("high" if is_wrong else "muted")

    def _ask(self, values: Sequence[Value]) -> None:
        """Offer what the text can mean."""
        if values == self._asked:
            return
        self._asked = values
        for old in self.answers:
            old.hide()
            old.deleteLater()
        self.answers = [
            buttons.chip(self._theme, self._wording.words(value), call=partial(self._answer, value))
            for value in values
        ]
        self._flow.show_widgets(self.answers)
        self._flow.setVisible(bool(self.answers))
        for first, second in pairwise((self.line, *self.answers)):
            QWidget.setTabOrder(first, second)

    def _answer(self, value: Value) -> None:
        """One of the answers is what was meant."""
        self.line.setFocus()
        self.set_value(value)
        self.changed.emit()

    def _said(self, is_typing: bool) -> str:
        """While typing, the reading or what can be typed; once the field is left, what is wrong."""
        if self._unread is None and not is_typing:
            return ""
        if self._unread is None:
            empty = self._value is None
            return self._wording.example if empty else self._wording.words(self._value)
        try:
            self._wording.read(self._unread)
        except Unfit as unfit:
            return self._t.gettext(unfit.reason).format(**unfit.parameters)
        return ""
