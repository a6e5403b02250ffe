"""What stands under the title of a policy action: what is missing, what comes next, and what is tied to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from riskreg.dates import day_words
from riskreg.errors import N_
from riskreg.formats import listed, number_words
from riskreg.i18n import NN_
from riskreg.programme import gap_words
from ui import icons
from ui.context import Context
from ui.forms.flow import FlowBox
from ui.pages.policy_facts import ActionState, Tie
from ui.widgets import buttons
from ui.widgets.text import Text

TIES: Final[Mapping[str, tuple[str, str]]] = {
    "risks": NN_("{number} risk", "{number} risks"),
    "assets": NN_("{number} data asset", "{number} data assets"),
    "incidents": NN_("{number} incident", "{number} incidents"),
    "measures": NN_("{number} measure", "{number} measures"),
    "tasks": NN_("{number} task", "{number} tasks"),
}
"""How many records a field of an action ties to it."""
MISSING: Final = N_("Missing: {text}")
NEXT: Final = N_("Next: {text}")
NEXT_BY: Final = N_("Next: {text} (by {day})")

_PRESSING: Final = frozenset(
    {"status_contradicts", "overdue", "steps_open", "evidence_expired", "risks_above", "review_overdue"}
)  # fmt: skip
"""Gaps that speak against what the action claims, or against a date; the others are not answered yet."""


class Under(QWidget):
    """What is left of one action, and links to what is tied to it.

    Args:
        context: What the window shares.
        state: How the action stands.
    """

    def __init__(self, context: Context, state: ActionState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = state
        self.links = [self._link(tie) for tie in state.ties]
        """One for each kind of which something is tied to it."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for line in self._lines():
            layout.addWidget(line)
        if self.links:
            layout.addWidget(self._flow())
        if layout.count() == 0:
            self.hide()  # shown without a parent it would become a window

    def _lines(self) -> Iterator[QWidget]:
        """What is missing, pressing things with a mark, then the next step."""
        found, t = self._state.covered, self._context.t
        if found is None:
            return
        words = {gap: gap_words(found, gap, t) for gap in found.gaps}
        if pressing := [said for gap, said in words.items() if gap in _PRESSING]:
            yield self._marked(listed(pressing, t, ";"))
        if others := [said for gap, said in words.items() if gap not in _PRESSING]:
            said = t.gettext(MISSING).format(text=listed(others, t, ";"))
            yield Text(said, "small", "muted", wraps=True)
        if step := self._next():
            yield Text(step, "small", "muted", wraps=True)

    def _marked(self, words: str) -> QWidget:
        made = QWidget()
        picture = QLabel()
        icons.put(picture, self._context.theme, "triangle-alert", "high", 14)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(words, "small", "high", wraps=True), 1)
        return made

    def _next(self) -> str:
        """The next step with its day; "" where nothing is left to do."""
        found, t = self._state.covered, self._context.t
        step = found.next_step if found else None
        if step is None:
            return ""
        texts = {each.step.key: each.step.text.get(t.language) for each in self._state.steps}
        text = texts.get(step.ref, step.title)
        if step.due_on is None:
            return t.gettext(NEXT).format(text=text)
        return t.gettext(NEXT_BY).format(text=text, day=day_words(step.due_on, t))

    def _flow(self) -> FlowBox:
        flow = FlowBox(self._context.theme.space("m"))
        flow.show_widgets(self.links)
        return flow

    def _link(self, tie: Tie) -> QPushButton:
        t = self._context.t
        words = t.ngettext(*TIES[tie.field], tie.number).format(number=number_words(tie.number))
        made = buttons.link(
            self._context.theme, words, lambda: self._context.events.open_view.emit(tie.view)
        )
        made.setAccessibleName(f"{self._state.action.key}: {words}")
        return made
