"""A question or message over the window: what stands out first, the rest beneath it, and a button for each answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, cast

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.widgets.text import Text

_WIDTH: Final = 440
"""In px at 100 %: a line that is easily read."""
_EDGE: Final = 24
_GAP: Final = 8


class Answer(NamedTuple):
    """One button of a question: what `ask` returns for it and what stands on it."""

    key: str
    label: str


class Question(QDialog):
    """Shown over the window; Escape and the cross answer with "", as the button that closes does.

    Args:
        title: What the system calls it.
        said: What it says, translated and plain; the first stands out, what is empty is left out.
        parent: Over what it stands.
    """

    def __init__(self, title: str, said: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.said = tuple(filter(None, said))
        self.answer = ""
        self.buttons: list[QPushButton] = []
        self.setAccessibleDescription("\n".join(self.said))
        self.body = QVBoxLayout()
        self.body.setSpacing(_GAP)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(_GAP)
        self._foot.addStretch(1)
        self._words = [
            Text(text, "body" if place else "section", wraps=True)
            for place, text in enumerate(self.said)
        ]
        for words in self._words:
            self.body.addWidget(words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_EDGE, _EDGE - 4, _EDGE, _EDGE - 4)
        layout.setSpacing(_EDGE - 4)
        layout.addLayout(self.body)
        layout.addLayout(self._foot)

    def offer(self, answers: Sequence[Answer], close: str) -> None:
        """Put the buttons, the first answer at the end as the suggested one; `close` answers nothing."""
        closing = self._add(Answer("", close))
        for answer in reversed(answers):
            last = self._add(answer)
        if answers:
            last.setProperty("look", "primary")
        (last if answers else closing).setDefault(True)

    def ask_line(self, value: str) -> QLineEdit:
        """Put a line to type in beneath what is said, whose last words are its label, and give it the focus."""
        line = QLineEdit(value)
        line.setAccessibleName(self.said[-1])
        self._words[-1].setBuddy(line)
        line.selectAll()
        self.body.addWidget(line)
        line.setFocus()
        return line

    def showEvent(self, event: QShowEvent) -> None:
        """As wide as its buttons need and as high as its words do, in the type that is in force."""
        layout = cast("QVBoxLayout", self.layout())
        width = max(_WIDTH, layout.minimumSize().width())
        self.setFixedSize(width, layout.totalHeightForWidth(width))
        super().showEvent(event)

    def _add(self, answer: Answer) -> QPushButton:
        made = QPushButton(answer.label.replace("&", "&&"))
        made.setAccessibleName(answer.label)
        made.setAutoDefault(False)
        made.clicked.connect(lambda _checked=False: self._take(answer.key))
        self._foot.addWidget(made)
        self.buttons.append(made)
        return made

    def _take(self, key: str) -> None:
        self.answer = key
        self.accept() if key else self.reject()
