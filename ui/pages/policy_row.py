"""One policy action on its page: code, title and state in a line; steps, evidence and sources under it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from riskreg.errors import N_
from ui import icons
from ui.context import Context
from ui.pages.policy_facts import ActionState
from ui.pages.policy_under import Under
from ui.widgets import buttons
from ui.widgets.badge import Badge
from ui.widgets.text import Text
from ui.widgets.ticks import Tick

_STATE_ICONS = {
    "in_place": ("circle-check", "low"),
    "verified": ("shield-check", "low"),
    "planned": ("circle-dashed", "moderate"),
    "in_progress": ("circle-dashed", "moderate"),
}
_CODE_WIDTH = 28
_STATE_WIDTH = 148
_STEPS_WIDTH = 92
_NARROW = 720


class PolicyRow(QFrame):
    """One action.

    Args:
        context: What the window shares.
        state: How it stands.
        is_open: Whether its steps are shown.
    """

    ticked = Signal(int, bool)
    """A step was ticked, by its record's id."""
    turned = Signal(bool)
    """The steps were shown or hidden."""

    def __init__(
        self, context: Context, state: ActionState, *, is_open: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("row")
        self._context = context
        self.state = state
        self.setAccessibleName(f"{state.action.key} {self._title()}")
        self._ticks: list[Tick] = []
        theme = context.theme
        self.turn = buttons.tool(
            theme, "chevron-right", context.t.gettext(N_("Show steps")), self._turn
        )
        self._beside, self._under = self._remarks(), self._remarks()
        self._under.hide()
        self.under = Under(context, state)
        ref = state.action.key
        name = context.t.gettext(N_("Open {ref}")).format(ref=ref)
        self.pencil = buttons.tool(theme, "pencil", name, self._open)
        self.inside = QWidget()
        """Steps and notes; made when they are shown first."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 6)
        layout.setSpacing(theme.space("xs"))
        layout.addLayout(self._line())
        layout.addWidget(self.inside)
        self._show_inside(is_open)

    @property
    def ticks(self) -> list[Tick]:
        """The steps, each to be ticked."""
        self._fill()
        return self._ticks

    def stops(self) -> list[QWidget]:
        """What Tab comes to, in reading order."""
        return [self.turn, *self.under.links, self.pencil, *(tick.box for tick in self._ticks)]

    def _line(self) -> QHBoxLayout:
        theme, state = self._context.theme, self.state
        line = QHBoxLayout()
        line.setSpacing(theme.space("s"))
        line.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignTop)
        code = Text(state.action.key, "body", "muted")
        code.setFixedWidth(_CODE_WIDTH)
        code.setContentsMargins(0, 5, 0, 0)
        line.addWidget(code, 0, Qt.AlignmentFlag.AlignTop)
        title = Text(
            self._title(), "body", "muted" if self.state.is_context else "text", wraps=True
        )
        title.setContentsMargins(0, 5, 0, 4)
        title.setAlignment(Qt.AlignmentFlag.AlignTop)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(title)
        names.addWidget(self._under)
        names.addWidget(self.under)
        line.addLayout(names, 1)
        line.addWidget(self._beside, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(self._state())
        line.addWidget(self.pencil, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the remarks stand under the title."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < _NARROW
        self._beside.setHidden(is_narrow)
        self._under.setVisible(is_narrow and not self.state.is_context)

    def _remarks(self) -> QWidget:
        """How well the catalogue's text is founded, where it is not wholly, and the steps that are done."""
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 5, 0, 0)
        layout.setSpacing(self._context.theme.space("s"))
        if self.state.action.source_status != "found":
            status = self._term("source_status", self.state.action.source_status)
            words = self._context.t.gettext(N_("Source: {text}")).format(text=status)
            layout.addWidget(Badge(words, "moderate"))
        layout.addWidget(self._steps())
        layout.addStretch(1)
        return holder

    def _steps(self) -> Text:
        state, t = self.state, self._context.t
        words = ""
        if state.counted and not self.state.is_context:
            words = t.gettext(N_("{done} of {all} steps")).format(
                done=state.done, all=state.counted
            )
        text = Text(words, "small", "muted")
        text.setMinimumWidth(_STEPS_WIDTH)
        text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return text

    def _state(self) -> QHBoxLayout:
        icon, tone, words = self._state_words()
        picture = QLabel()
        icons.put(picture, self._context.theme, icon, tone, 16)
        picture.setContentsMargins(0, 7, 0, 0)
        text = Text(words, "small", tone)
        text.setFixedWidth(_STATE_WIDTH - 24)
        text.setContentsMargins(0, 6, 0, 0)
        line = QHBoxLayout()
        line.setContentsMargins(self._context.theme.space("m"), 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _state_words(self) -> tuple[str, str, str]:
        t, state = self._context.t, self.state
        if self.state.is_context:
            return "eye", "muted", self._term("stance", "watch")
        if state.applies == "no":
            return "x", "muted", t.gettext(N_("Does not apply"))
        statuses = self._context.register.vocabulary.terms_of("action_status")
        meaning = statuses.meaning(state.status)
        icon, tone = _STATE_ICONS.get(meaning, ("circle", "muted"))
        return icon, tone, self._term("action_status", state.status)

    def _fill(self) -> None:
        if self.inside.layout():
            return
        theme = self._context.theme
        layout = QVBoxLayout(self.inside)
        layout.setContentsMargins(
            29 + _CODE_WIDTH + 2 * theme.space("s"), 0, theme.space("xl"), theme.space("s")
        )
        layout.setSpacing(2)
        is_writable = not self._context.register.read_only
        for step in self.state.steps:
            tick = Tick(theme, step.step.text.get(self._context.t.language), is_ticked=step.is_done)
            tick.box.setEnabled(is_writable)
            tick.ticked.connect(lambda is_ticked, id=step.id: self.ticked.emit(id, is_ticked))
            self._ticks.append(tick)
            layout.addWidget(tick)
        for label, text in self._notes():
            words = self._context.t.gettext(label).format(text=text)
            layout.addWidget(Text(words, "small", "muted", wraps=True))
        for first, second in pairwise(self.stops()):
            QWidget.setTabOrder(first, second)

    def _notes(self) -> list[tuple[str, str]]:
        language, action = self._context.t.language, self.state.action
        source = self._term("source_status", action.source_status)
        if action.source_note:
            said = self._context.t.gettext(N_("{status}. {note}"))
            source = said.format(status=source, note=action.source_note.get(language))
        return [
            (N_("Evidence to keep: {text}"), action.evidence.get(language)),
            (N_("Since then: {text}"), action.later_status.get(language)),
            (N_("Source: {text}"), source),
        ]

    def _title(self) -> str:
        return self.state.action.title.get(self._context.t.language)

    def _term(self, terms: str, key: str) -> str:
        return self._context.register.vocabulary.terms_of(terms).label(
            key, self._context.t.language
        )

    def _turn(self) -> None:
        is_open = self.inside.isHidden()
        self._show_inside(is_open)
        self.turned.emit(is_open)

    def _show_inside(self, is_open: bool) -> None:
        if is_open:
            self._fill()
        self.inside.setVisible(is_open)
        icons.put(
            self.turn,
            self._context.theme,
            "chevron-down" if is_open else "chevron-right",
            "muted",
            16,
        )
        t = self._context.t
        name = t.gettext(N_("Hide steps")) if is_open else t.gettext(N_("Show steps"))
        self.turn.setAccessibleName(f"{name}: {self.state.action.key}")
        self.turn.setToolTip(name)

    def _open(self) -> None:
        if self.state.id:
            self._context.events.open_record.emit(self.state.id)
