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
from ui.widgets.text import Text


class Section(QWidget):
    """A part of the form that folds; its head says how much of it is filled in.

    Its rows are made when it is unfolded first: a record is shown at once, however many fields its kind has.

    Args:
        kit: What editors need.
        name: A msgid.
        keys: Its fields.
        make: Makes the row of a field.
    """

    filled = Signal()
    """Its rows were made."""

    def __init__(
        self, kit: Kit, name: str, keys: Sequence[str], make: Callable[[str], FieldRow]
    ) -> None:
        super().__init__()
        self._kit = kit
        self._make = make
        self.keys = keys
        self._is_made = False
        self.head = QToolButton()
        self.head.setObjectName("sectionHead")
        self.head.setCheckable(True)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setText(kit.t.section(name))
        self._count = Text(role="small", tone="muted")
        top = QHBoxLayout()
        top.setContentsMargins(INDENT - 3, 0, 0, 0)
        top.addWidget(self.head)
        top.addStretch(1)
        top.addWidget(self._count)
        self.body = QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.body)
        self.head.toggled.connect(self._on_toggled)
        self._on_toggled(False)

    def unfold(self, is_open: bool = True) -> None:
        """Open or close it."""
        self.head.setChecked(is_open)

    def show_count(self, filled: int) -> None:
        """Say how many of its fields are filled in."""
        total = len(self.keys)
        said = self._kit.t.gettext(N_("{filled} of {total}")).format(filled=filled, total=total)
        self._count.setText(said)
        self.head.setAccessibleName(f"{self.head.text()}, {said}")

    def _on_toggled(self, is_open: bool) -> None:
        if is_open and not self._is_made:
            self._fill()
        self.body.setVisible(is_open)
        name = "chevron-down" if is_open else "chevron-right"
        icons.put(self.head, self._kit.theme, name, "muted", 14)

    def _fill(self) -> None:
        self._is_made = True
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, self._kit.theme.space("xs"), 0, self._kit.theme.space("s"))
        inner.setSpacing(self._kit.theme.space("s"))
        for key in self.keys:
            inner.addWidget(self._make(key))
        self.filled.emit()
