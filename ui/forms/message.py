"""A message inside the panel: three sentences and a button that does the next thing. It takes nothing away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from riskreg.errors import Message
from ui.theme import Theme
from ui.widgets import buttons
from ui.widgets.text import Text


class MessageBar(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._theme = theme
        self._what = Text(role="strong", wraps=True)
        self._rest = Text(role="small", wraps=True)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._made: list[QPushButton] = []
        layout = QVBoxLayout(self)
        edge = theme.space("m")
        layout.setContentsMargins(edge, theme.space("s"), edge, theme.space("s"))
        layout.setSpacing(theme.space("xs"))
        layout.addWidget(self._what)
        layout.addWidget(self._rest)
        layout.addLayout(self._buttons)
        self.hide()

    def text(self) -> str:
        """All that is said."""
        return f"{self._what.text()} {self._rest.text()}".strip()

    def warn(
        self, message: Message, label: str = "", call: Callable[[], object] | None = None
    ) -> None:
        """Say that something went wrong."""
        self._say(
            "warning",
            message.what,
            "\n".join(filter(None, (message.safe, message.do))),
            label,
            call,
        )

    def tell(self, text: str, label: str = "", call: Callable[[], object] | None = None) -> None:
        """Say how things are."""
        self._say("calm", "", text, label, call)

    def offer(self, text: str, *answers: tuple[str, Callable[[], object]]) -> None:
        """Say how things are and offer several answers, the first of them first."""
        self._say("calm", "", text, "", None)
        for place, (label, call) in enumerate(answers):
            made = buttons.button(self._theme, label, call=call)
            self._buttons.insertWidget(place, made)
            self._made.append(made)

    def clear(self) -> None:
        """Say nothing any more."""
        self.hide()
        self._what.clear()
        self._rest.clear()

    def _say(
        self, tone: str, what: str, rest: str, label: str, call: Callable[[], object] | None
    ) -> None:
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._what.setText(what)
        self._what.setVisible(bool(what))
        self._rest.setText(rest)
        for old in self._made:
            old.hide()
            old.deleteLater()
        self._made = []
        if label and call:
            made = buttons.button(self._theme, label, call=call)
            self._buttons.insertWidget(0, made)
            self._made.append(made)
        self.setAccessibleName(self.text())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
