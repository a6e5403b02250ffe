"""A new incident: one sentence, Enter, saved. Everything else can wait."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from riskreg.errors import N_
from riskreg.records.jsons import one_line
from ui.context import Context
from ui.forms.text import NO_LIMIT
from ui.widgets import buttons
from ui.widgets.text import Text


class QuickIncident(QWidget):
    """Asks for one sentence."""

    entered = Signal(str)
    """The sentence."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        theme, gettext = context.theme, context.t.gettext
        self.line = QLineEdit()
        self.line.setMaxLength(NO_LIMIT)
        self.line.setPlaceholderText(gettext(N_("Payroll file mailed to a former employee")))
        label = Text(gettext(N_("What happened?")), "section")
        label.setBuddy(self.line)
        self.line.setAccessibleName(label.text())
        hint = Text(
            gettext(N_("One sentence is enough to save it. Times, people and data can follow.")),
            "small",
            "muted",
            wraps=True,
        )
        self.line.setAccessibleDescription(hint.text())
        self.save = buttons.primary(theme, gettext(N_("Save incident")), "check", self._on_enter)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("s"))
        for part in (label, self.line, hint):
            layout.addWidget(part)
        layout.addLayout(row)
        layout.addStretch(1)
        self.line.returnPressed.connect(self._on_enter)
        self.line.textChanged.connect(self._on_text_changed)
        self._on_text_changed()

    def text(self) -> str:
        """The sentence as it stands."""
        return one_line(self.line.text())

    def reset(self) -> None:
        """Ask anew."""
        self.line.clear()
        self.line.setFocus()

    def _on_enter(self) -> None:
        if self.text():
            self.entered.emit(self.text())

    def _on_text_changed(self) -> None:
        self.save.setEnabled(bool(self.text()))
