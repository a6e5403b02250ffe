"""A bar that says something and offers one thing to do about it; it can be closed and blocks nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui import icons
from ui.theme import Theme
from ui.widgets import buttons
from ui.widgets.text import Text


class Bar(QFrame):
    """A bar above a list, such as "3 records moved to the bin. Undo".

    Args:
        theme: The look in force.
        close: What its closing cross is called; none where empty.
        look: `bar` or `notice`, names of the style sheet.
        icon: A name of `resources/icons`.
    """

    def __init__(
        self,
        theme: Theme,
        close: str = "",
        look: str = "bar",
        icon: str = "info",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(look)
        self._theme = theme
        layout = QHBoxLayout(self)
        layout.setContentsMargins(
            theme.space("m"), theme.space("s"), theme.space("s"), theme.space("s")
        )
        layout.setSpacing(theme.space("s"))
        picture = QLabel()
        icons.put(picture, theme, icon, "moderate" if look == "notice" else "muted")
        layout.addWidget(picture)
        self.words = Text("", "small", wraps=True)
        layout.addWidget(self.words, 1)
        self._does: QPushButton | None = None
        self._layout = layout
        if close:
            layout.addWidget(buttons.tool(theme, "x", close, self.hide))

    def say(self, text: str, label: str = "", call: Callable[[], object] | None = None) -> None:
        """Show a sentence, and a button that does `call` and closes the bar."""
        self.words.setText(text)
        if self._does is not None:
            self._does.deleteLater()
            self._does = None
        if label and call:
            self._does = buttons.link(self._theme, label, lambda: self._do(call))
            self._layout.insertWidget(2, self._does)
        if self.parentWidget() is not None:
            self.show()

    def _do(self, call: Callable[[], object]) -> None:
        self.hide()
        call()
