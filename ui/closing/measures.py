"""Measures against a repeat, each a line that becomes a corrective task."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from riskreg.closing import Measure
from riskreg.errors import N_
from riskreg.records import Task, stored
from riskreg.records.jsons import from_json, to_json
from riskreg.records.values import Unfit
from ui.forms.editor import Editor
from ui.forms.editors import editor
from ui.forms.kit import Kit
from ui.widgets import buttons

_DAY_WIDTH = 190


class Measures(QWidget):
    """Lines with a day each; there is always an empty one.

    Args:
        kit: What editors need.
    """

    changed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.lines: list[tuple[QLineEdit, Editor]] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(kit.theme.space("xs"))
        more = buttons.link(kit.theme, kit.t.gettext(N_("Add another")), partial(self.add, ""))
        foot = QHBoxLayout()
        foot.addWidget(more)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._rows)
        layout.addLayout(foot)
        self.add("")

    def add(self, title: str) -> None:
        """One more line."""
        gettext, theme = self._kit.t.gettext, self._kit.theme
        line = QLineEdit(title)
        line.setPlaceholderText(gettext(N_("What will be done, and by whom")))
        line.setAccessibleName(gettext(N_("Measure against a repeat")))
        day = editor(stored(Task)["due_on"], self._kit)
        day.setFixedWidth(_DAY_WIDTH)
        due = day.controls()[0]
        due.setAccessibleName(self._kit.t.label(Task, "due_on"))
        if isinstance(due, QLineEdit):
            due.setPlaceholderText(self._kit.t.label(Task, "due_on"))
        line.textEdited.connect(lambda _text: self.changed.emit())
        day.changed.connect(self.changed)
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(line, 1)
        row.addWidget(day)
        self._rows.addLayout(row)
        self.lines.append((line, day))

    def measures(self) -> list[Measure]:
        """What was typed; raises `Unfit` where a day cannot be read."""
        found = []
        for line, day in self.lines:
            if line.text().strip():
                value = day.value()
                found.append(Measure(line.text().strip(), value))  # type: ignore[arg-type]
        return found

    def written(self) -> list[list[str]]:
        """What was typed, as a draft keeps it: each line with its day, be it unfinished."""
        return [
            [line.text(), _day_text(day)]
            for line, day in self.lines
            if line.text().strip() or _day_text(day)
        ]

    def write(self, kept: Sequence[Sequence[str]]) -> None:
        """Put a draft back."""
        for place, (title, due) in enumerate(kept):
            if place == len(self.lines):
                self.add("")
            line, day = self.lines[place]
            line.setText(title)
            try:
                day.set_value(from_json(stored(Task)["due_on"], due))
            except Unfit:
                day.type(due)

    def is_sound(self) -> bool:
        """Whether every day can be read; the first that cannot has the cursor."""
        for _line, day in self.lines:
            try:
                day.value()
            except Unfit:
                day.controls()[0].setFocus()
                return False
        return True


def _day_text(day: Editor) -> str:
    """The day as stored, else what was typed instead."""
    try:
        return to_json(stored(Task)["due_on"], day.value()) or ""
    except Unfit:
        return day.typed()
