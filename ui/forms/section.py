"""A part of a form that folds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from riskreg.errors import N_
from ui import icons
from ui.forms.editor import INDENT
from ui.forms.kit import Kit
from ui.forms.row import FieldRow
from ui.turns import Turns
from ui.widgets.text import Text


class Section(QWidget):
    """A part of the form that folds; its head says how much of it is filled in.

    Its rows are made when it is unfolded first, a few a turn: a record is shown at once, however many fields its kind has.

    Args:
        kit: What editors need.
        name: A msgid.
        keys: Its fields.
        make: Makes the row of a field.
        turns: Where what can wait is done.
    """

    filled = Signal()
    """All its rows are made."""

    def __init__(
        self,
        kit: Kit,
        name: str,
        keys: Sequence[str],
        make: Callable[[str], FieldRow],
        turns: Turns,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._make = make
        self._turns = turns
        self.keys = keys
        self._waiting = list(keys)
        self.head = QToolButton()
        self.head.setObjectName("sectionHead")
        self.head.setCheckable(True)
        self.head.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setText(kit.t.section(name))
        self._count = Text(role="small", tone="muted")
        top = QHBoxLayout()
        top.setContentsMargins(INDENT - 3, 0, 0, 0)
        top.addWidget(self.head)
        top.addStretch(1)
        top.addWidget(self._count)
        self.body = QWidget(self)
        self._rows = QVBoxLayout(self.body)
        self._rows.setContentsMargins(0, kit.theme.space("xs"), 0, kit.theme.space("s"))
        self._rows.setSpacing(kit.theme.space("s"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.body)
        self.head.toggled.connect(self._on_toggled)
        self._on_toggled(False)

    def unfold(self, is_open: bool = True) -> None:
        """Open or close it, with all its rows."""
        if is_open:
            self.complete()
        self.head.setChecked(is_open)

    def complete(self) -> None:
        """Make all its rows now."""
        while self._waiting:
            self._fill()

    def show_count(self, filled: int) -> None:
        """Say how many of its fields are filled in."""
        total = len(self.keys)
        said = self._kit.t.gettext(N_("{filled} of {total}")).format(filled=filled, total=total)
        self._count.setText(said)
        self.head.setAccessibleName(f"{self.head.text()}, {said}")

    def _on_toggled(self, is_open: bool) -> None:
        if is_open:
            for _ in self._waiting:
                self._turns.add(self._fill)
        self.body.setVisible(is_open)
        name = "chevron-down" if is_open else "chevron-right"
        icons.put(self.head, self._kit.theme, name, "muted", 14)

    def _fill(self) -> None:
        """Make the next row."""
        if self._waiting:
            row = self._make(self._waiting.pop(0))
            self._rows.addWidget(row)
            row.show()
            if not self._waiting:
                self.filled.emit()
