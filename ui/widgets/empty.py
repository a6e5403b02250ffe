"""What stands where nothing is yet: what belongs here, and the next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import icons
from ui.theme import Theme
from ui.widgets import buttons
from ui.widgets.text import Text

_WIDTH = 420


class Empty(QWidget):
    """An empty state.

    Args:
        theme: The look in force.
        icon: A name of `resources/icons`.
        text: What belongs here, in a sentence or two.
        label: What the next step is called; none where empty.
        call: The next step.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        text: str,
        label: str = "",
        call: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.space("l"))
        layout.addStretch(2)
        picture = QLabel()
        icons.put(picture, theme, icon, "muted", 32)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        words = Text(text, "body", "muted", wraps=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setFixedWidth(_WIDTH)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(words)
        line.addStretch(1)
        layout.addLayout(line)
        if label:
            layout.addWidget(
                buttons.button(theme, label, "", call), 0, Qt.AlignmentFlag.AlignHCenter
            )
        layout.addStretch(3)
