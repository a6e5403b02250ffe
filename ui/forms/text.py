"""Editors of text: one line, and paragraphs that grow with what is written."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from riskreg.records.fields import Value
from riskreg.records.jsons import one_line
from ui.forms.editor import Editor

_MOST_LINES = 14
NO_LIMIT = 10_000_000
"""Qt would cut a long paste at 32,767 without a word; the register refuses it with a sentence instead."""


class LineEditor(Editor):
    """One line of text.

    Args:
        placeholder: What an empty line says, translated.
    """

    is_framed = True

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setMaxLength(NO_LIMIT)
        self.line.setPlaceholderText(placeholder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self.line.textEdited.connect(self.changed)

    def value(self) -> Value:
        """The line without outer white space."""
        return one_line(self.line.text())

    def set_value(self, value: Value) -> None:
        """Show a line from its start."""
        self.line.setText(cast("str", value))
        self.line.setCursorPosition(0)

    def set_read_only(self, is_read_only: bool) -> None:
        """The line can still be read and copied."""
        self.line.setReadOnly(is_read_only)

    def controls(self) -> tuple[QWidget, ...]:
        """The line."""
        return (self.line,)


class GrowingText(QPlainTextEdit):
    """Plain text as tall as what is written, up to a limit; Tab leaves it."""

    def __init__(self, fewest_lines: int = 1) -> None:
        super().__init__()
        self._fewest = fewest_lines
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self._fit()

    def sizeHint(self) -> QSize:
        """As wide as any text, as tall as it needs."""
        return QSize(super().sizeHint().width(), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew, so count the lines anew."""
        super().resizeEvent(event)
        self._fit()

    def _on_size_changed(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Take the height of the text; the bar appears only beyond the limit, so that it does not narrow the text on the way."""
        written = self._written()
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if written > _MOST_LINES else policy.ScrollBarAlwaysOff
        )
        height = self._height()
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def _written(self) -> int:
        """Lines as they are wrapped, counted up to beyond the limit. Asking for its place lays a block out, which Qt puts off."""
        lines, block = 0, self.document().begin()
        while block.isValid() and lines <= _MOST_LINES:
            self.blockBoundingRect(block)
            lines += max(1, block.lineCount())
            block = block.next()
        return lines

    def _height(self) -> int:
        """The lines, the document's own margin, and what the style puts around them."""
        lines = max(self._fewest, min(self._written(), _MOST_LINES))
        around = max(self.height() - self.viewport().height(), 0)
        margin = round(self.document().documentMargin() * 2)
        return lines * self.fontMetrics().lineSpacing() + around + margin


class Heading(GrowingText):
    """A line in the size of a heading that wraps instead of scrolling; Enter goes on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "heading")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Enter: a title has no paragraphs."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


class ProseEditor(Editor):
    """Text in paragraphs, or a heading."""

    is_framed = True

    def __init__(self, text: GrowingText | None = None, placeholder: str = "") -> None:
        super().__init__()
        self.text = text or GrowingText()
        self.text.setPlaceholderText(placeholder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        self._given = self._shown = ""
        self._is_setting = False
        self.text.textChanged.connect(self._on_text_changed)

    def value(self) -> Value:
        """The text, its lines ended by LF; what was not touched comes back as it was given."""
        raw = self._raw()
        if raw == self._shown:
            return self._given
        return one_line(raw) if isinstance(self.text, Heading) else raw

    def set_value(self, value: Value) -> None:
        """Show a text."""
        self._is_setting = True
        self._given = cast("str", value)
        self.text.setPlainText(self._given)
        self._shown = self._raw()
        self._is_setting = False

    def set_read_only(self, is_read_only: bool) -> None:
        """The text can still be read and copied."""
        self.text.setReadOnly(is_read_only)

    def controls(self) -> tuple[QWidget, ...]:
        """The text."""
        return (self.text,)

    def _raw(self) -> str:
        """What stands there; `toPlainText` would turn no-break spaces into spaces."""
        return self.text.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def _on_text_changed(self) -> None:
        if not self._is_setting:
            self.changed.emit()
