"""A message inside the panel: three sentences and buttons that do the next thing. It takes nothing away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from riskreg.errors import Message
from ui.forms.flow import FlowBox
from ui.theme import Theme
from ui.widgets import buttons
from ui.widgets.text import Text

Answer: TypeAlias = tuple[str, Callable[[], object]]
"""What a button says and does."""


class MessageBar(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._theme = theme
        self._what = Text(role="strong", wraps=True)
        self._rest = Text(role="small", wraps=True)
        self._flow = FlowBox(theme.space("s"))
        self._passes = False
        self.buttons: list[QPushButton] = []
        layout = QVBoxLayout(self)
        edge = theme.space("m")
        layout.setContentsMargins(edge, theme.space("s"), edge, theme.space("s"))
        layout.setSpacing(theme.space("s"))
        said = QVBoxLayout()
        said.setSpacing(theme.space("xs"))
        said.addWidget(self._what)
        said.addWidget(self._rest)
        layout.addLayout(said)
        layout.addWidget(self._flow)
        self.hide()

    def text(self) -> str:
        """All that is said."""
        return f"{self._what.text()} {self._rest.text()}".strip()

    def warn(self, message: Message, *answers: Answer) -> None:
        """Say that something went wrong, and offer what can be done, the likeliest first."""
        rest = "\n".join(filter(None, (message.safe, message.do)))
        self._say("warning", message.what, rest, answers)

    def tell(self, text: str, *answers: Answer, passes: bool = False) -> None:
        """Say how things are, and offer what can be done, the likeliest first; what `passes` holds until the next change."""
        self._say("calm", "", text, answers)
        self._passes = passes

    def pass_by(self) -> None:
        """Something changed: what was told of an earlier change is old."""
        if self._passes:
            self.clear()

    def clear(self) -> None:
        """Say nothing any more."""
        self.hide()
        self._passes = False
        self._what.clear()
        self._rest.clear()

    def _say(self, tone: str, what: str, rest: str, answers: Sequence[Answer]) -> None:
        self._passes = False
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._what.setText(what)
        self._what.setVisible(bool(what))
        self._rest.setText(rest)
        for old in self.buttons:
            old.hide()
            old.deleteLater()
        self.buttons = [buttons.button(self._theme, label, call=call) for label, call in answers]
        self._flow.show_widgets(self.buttons)
        self._flow.setVisible(bool(self.buttons))
        self.setAccessibleName(self.text())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
