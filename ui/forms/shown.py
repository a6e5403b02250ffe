"""What is computed from the record and cannot be typed: a score, a level, the next date."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from riskreg.errors import N_
from riskreg.formats import format_value
from riskreg.records.fields import Choice, Derived, Value
from ui.forms.editor import Editor
from ui.forms.kit import Kit
from ui.widgets.badge import LevelChip
from ui.widgets.text import Role, Text


class ShownValue(Editor):
    """A value that is only shown."""

    read_only = True

    def __init__(self, kit: Kit, kind: Derived, role: Role = "body") -> None:
        super().__init__()
        self._kit = kit
        self._kind = kind
        self._value: Value = None
        self.text = Text(role=role, wraps=True)
        self._level: LevelChip | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.text, 1)

    def value(self) -> Value:
        """As it was computed."""
        return self._value

    def set_value(self, value: Value) -> None:
        """Show a value in words; a level with its shape and colour."""
        self._value = value
        words = format_value(self._kind, value, self._kit.t, self._kit.vocabulary)
        self.text.setText(words or self._kit.t.gettext(N_("Not known yet")))
        self.text.set_tone("text" if words else "muted")
        is_level = isinstance(self._kind.of, Choice) and self._kind.of.terms == "level"
        self._show_level(str(value) if is_level and value else "", words)

    def controls(self) -> tuple[QWidget, ...]:
        """The text."""
        return (self.text,)

    def _show_level(self, level: str, word: str) -> None:
        if self._level:
            self._row.removeWidget(self._level)
            self._level.hide()
            self._level.deleteLater()
            self._level = None
        self.text.setHidden(bool(level))
        if level:
            self._level = LevelChip(self._kit.theme, level, word)
            self._row.addWidget(self._level, 0, Qt.AlignmentFlag.AlignLeft)
