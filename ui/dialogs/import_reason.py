"""Why known times change that clocks run from: asked once for all rows of an import, above their preview."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from riskreg.formats import number_words
from riskreg.moved_times import MANY
from ui.context import Context
from ui.dialogs.sheet import labelled
from ui.reasons import ASK
from ui.widgets.text import Text

_PAUSE_MS: Final = 600
"""So long nothing is typed before the rows are looked at with it."""


class ReasonLine(QWidget):
    """How many rows move such a time, and a line for the reason; hidden where none does."""

    given = Signal()
    """The reason is another than the one that the rows were looked at with."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._t = context.t
        self._seen = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._on_given)
        self.many = Text(role="strong", wraps=True)
        self.line = QLineEdit()
        self.line.textEdited.connect(lambda _: self._pause.start())
        self.line.editingFinished.connect(self._on_given)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, context.theme.space("s"), 0, context.theme.space("xs"))
        box.setSpacing(context.theme.space("xs"))
        box.addWidget(self.many)
        box.addLayout(labelled(context.theme, context.t.gettext(ASK), self.line))
        self.hide()

    @property
    def text(self) -> str:
        """The reason; empty where none was given."""
        return self.line.text().strip()

    @property
    def is_new(self) -> bool:
        """The rows were not looked at with it yet."""
        return self.text != self._seen

    def clear(self) -> None:
        """Forget it: another file is read."""
        self._pause.stop()
        self._seen = ""
        self.line.clear()

    def show_moving(self, number: int, seen: str) -> None:
        """Say how many rows of a plan need it, and with which reason they were looked at."""
        self._seen = seen
        said = self._t.ngettext(*MANY, number)
        self.many.setText(said.format(number=number_words(number)))
        self.setVisible(number > 0)

    def _on_given(self) -> None:
        self._pause.stop()
        if self.is_new:
            self.given.emit()
