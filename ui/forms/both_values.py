"""Two values of one field side by side: what stands in the form, and what was saved meanwhile."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from riskreg.errors import N_
from ui.forms.kit import Kit
from ui.widgets import buttons
from ui.widgets.text import Text

Choice = Literal["", "mine", "theirs", "own"]
"""Which value the person chose; "" is none yet, "own" is that they typed a third one."""


class BothValues(QFrame):
    """Shows both values and lets the person choose; both stay to be read until the record is saved.

    Args:
        kit: What editors need.
        label: The field.
        theirs: What was saved meanwhile, in words.
        by: Who saved it and when; "" where that is not known.
    """

    mine_chosen = Signal()
    theirs_chosen = Signal()

    def __init__(self, kit: Kit, label: str, theirs: str, by: str = "") -> None:
        super().__init__()
        self.setObjectName("bothValues")
        gettext = kit.t.gettext
        self._nothing = gettext(N_("empty"))
        self.choice: Choice = ""
        self.mine = Text(role="small", wraps=True)
        self.theirs = Text(theirs or self._nothing, "small", wraps=True)
        self.keep = buttons.chip(kit.theme, gettext(N_("Keep mine")), call=self.mine_chosen.emit)
        self.take = buttons.chip(kit.theme, gettext(N_("Use that")), call=self.theirs_chosen.emit)
        self._yours, theirs_by = gettext(N_("Yours")), by or gettext(N_("Saved meanwhile"))
        heads = (self._yours, theirs_by)
        layout = QGridLayout(self)
        edge = kit.theme.space("s")
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.setHorizontalSpacing(kit.theme.space("m"))
        layout.setVerticalSpacing(kit.theme.space("xs"))
        for column, (head, value, button) in enumerate(
            zip(heads, (self.mine, self.theirs), (self.keep, self.take), strict=True)
        ):
            layout.addWidget(Text(head, "small", "muted", wraps=True), 0, column)
            layout.addWidget(value, 1, column)
            layout.addWidget(button, 2, column, Qt.AlignmentFlag.AlignLeft)
            layout.setColumnStretch(column, 1)
            button.setCheckable(True)
            button.setAccessibleName(f"{label}: {button.text()}")
        self.take.setAccessibleDescription(f"{theirs_by}: {self.theirs.text()}")
        self.choose("")

    def show_mine(self, text: str) -> None:
        """Say what stands in the form."""
        self.mine.setText(text or self._nothing)
        self.keep.setAccessibleDescription(f"{self._yours}: {self.mine.text()}")

    def choose(self, choice: Choice) -> None:
        """Mark what was chosen."""
        self.choice = choice
        for button, name in ((self.keep, "mine"), (self.take, "theirs")):
            button.setChecked(choice == name)
