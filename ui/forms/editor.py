"""The one small protocol of all editors."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from riskreg.records.fields import Value
from riskreg.records.values import Unfit

INDENT: Final = 7
"""Pixels from the edge of a framed field to its text: what has no frame starts as far in."""


class Editor(QWidget):
    """Shows one value and lets a person change it.

    What is typed is never thrown away: text that is no value yet stays, and `value` says why it is none.
    """

    changed = Signal()
    """A person changed something; not sent by `set_value`."""

    is_framed = False
    """It starts with a frame, so its text is set in already."""

    read_only = False
    """Nothing can be changed here, such as a score that is computed."""

    def value(self) -> Value:
        """The value as it stands; raises `values.Unfit` where what was typed is none."""
        raise NotImplementedError

    def hush(self) -> None:
        """Say no more about the value: what is wrong with it is said beside the field."""

    def finish(self) -> None:
        """Take up what was typed but not entered, before saving; raises `values.Unfit` where it is nothing."""

    def differs(self, value: Value) -> bool:
        """Whether a person has something here that is not this value, be it unfinished."""
        try:
            return self.value() != value
        except Unfit:
            return True

    def typed(self) -> str:
        """Text that stands here and is no value yet; "" where there is none."""
        return ""

    def type(self, text: str) -> None:
        """Put such text back, as it was kept in a draft."""

    def set_value(self, value: Value) -> None:
        """Show a value."""
        raise NotImplementedError

    def set_read_only(self, is_read_only: bool) -> None:
        """Let nothing be changed here, or let it be changed again."""
        self.setEnabled(not is_read_only)

    def controls(self) -> tuple[QWidget, ...]:
        """What can have the focus, in reading order; the first belongs to the label."""
        raise NotImplementedError

    def tab_stops(self) -> tuple[QWidget, ...]:
        """The same in the order in which Tab walks through them."""
        return self.controls()
