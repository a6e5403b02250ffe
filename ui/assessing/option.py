"""One answer to choose: its words over several lines, and beneath them when it fits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
)

from riskreg.errors import N_
from riskreg.i18n import Translator
from ui.assessing.asked import Option
from ui.theme import Theme
from ui.widgets.text import Text

_UNVERIFIED = N_("wording not verified")


class OptionRow(QFrame):
    """A circle or a box with its words; pressing anywhere on it chooses it.

    Args:
        theme: The look in force.
        t: The language.
        option: What it says.
        is_many: Several may hold.
    """

    pressed = Signal()
    """A person chose it, or took it back."""

    def __init__(
        self, theme: Theme, t: Translator, option: Option, *, is_many: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName("option")
        self.option = option
        self.mark: QAbstractButton = QCheckBox() if is_many else QRadioButton()
        self.mark.setAccessibleName(option.text)
        self.mark.setAccessibleDescription(option.more)
        self.mark.setAutoExclusive(False)
        self.mark.clicked.connect(self.pressed)
        self.mark.toggled.connect(self._on_toggled)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(option.text, wraps=True))
        if option.more:
            words.addWidget(Text(option.more, "small", "muted", wraps=True))
        words.addStretch(1)
        row = QHBoxLayout(self)
        gap = theme.space("s")
        row.setContentsMargins(gap, gap - 2, gap, gap - 2)
        row.setSpacing(gap)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        if not option.is_verified:
            mark = Text(t.gettext(_UNVERIFIED), "small", "moderate")
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)

    def show_chosen(self, is_chosen: bool) -> None:
        """Mark it or not, without telling anybody."""
        self.mark.setChecked(is_chosen)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words are part of the button."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.mark.setFocus()
            self.mark.click()

    def _on_toggled(self, is_on: bool) -> None:
        self.setProperty("chosen", is_on)
        self.style().unpolish(self)
        self.style().polish(self)
