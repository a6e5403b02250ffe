"""The policy actions by category: what the 2023 Policy Statement asks for, what applies here, which steps are done."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from riskreg import catalogue, clock
from riskreg.changes import Changed
from riskreg.editing import set_fields
from riskreg.errors import N_
from riskreg.lowered import level_rows
from riskreg.rules import own
from ui.context import Context
from ui.jobs import Job
from ui.pages.page import Page
from ui.pages.policy_facts import ActionState, Group, gather
from ui.pages.policy_matrix import RiskMatrix
from ui.pages.policy_row import PolicyRow
from ui.turns import Turns
from ui.widgets import buttons
from ui.widgets.notice import Bar
from ui.widgets.text import Text

_SHOWN: Final = frozenset(
    {"action", "step", "evidence", "risk", "asset", "incident", "measure", "task", "organisation"}
    | own.KINDS
)
"""Kinds whose changes change what is said here."""
BY_STEPS: Final = N_("Steps")
BY_RISKS: Final = N_("Risks by level")
_SUMMARY: Final = N_("{done} of {all} steps done")


class PolicyPage(Page):
    """All policy actions."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, context.t.gettext(N_("Policy actions")), parent)
        self._rows: dict[str, PolicyRow] = {}
        self._open: set[str] = set()
        self._is_stale = False
        self._asked: list[Job] = []
        self.turns = Turns(self)
        gettext = context.t.gettext
        self.by_steps = self._chip(gettext(BY_STEPS))
        self.by_risks = self._chip(gettext(BY_RISKS))
        self.by_steps.setChecked(True)
        self.by_risks.toggled.connect(self._turn)
        self._list, self._table = _area(), _area()
        self._layout = self._content(self._list)
        self.matrix = RiskMatrix(context)
        self._layout_of(self._table).insertWidget(0, self.matrix)
        self.stack = QStackedWidget()
        for area in (self._list, self._table):
            self.stack.addWidget(area)
        self.layout_.addWidget(self.stack, 1)
        self.scrolled = self._list
        context.events.changed.connect(self._on_register_changed)

    @property
    def rows(self) -> dict[str, PolicyRow]:
        """The actions by their codes; what is still to be made is made now."""
        self.turns.finish()
        return self._rows

    def enter(self) -> None:
        """Ask how they stand; what was asked before is dropped."""
        for job in self._asked:
            job.drop()
        today = clock.today(self.context.register.organisation().zone)
        self._asked = [self.context.ask(lambda reader: gather(reader, today), self._on_gathered)]
        if self.by_risks.isChecked():
            self._ask_risks()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed meanwhile."""
        super().showEvent(event)
        if self._is_stale:
            self.enter()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is asked while nobody looks."""
        super().hideEvent(event)
        self._is_stale = True

    def _on_register_changed(self, changed: Changed) -> None:
        if changed.kinds.isdisjoint(_SHOWN):
            return
        if self.isVisible():
            self.enter()

    def _on_gathered(self, groups: tuple[Group, ...]) -> None:
        self._is_stale = False
        states = [state for group in groups for state in group.actions if not state.is_context]
        words = self.context.t.gettext(_SUMMARY).format(
            done=sum(state.done for state in states), all=sum(state.counted for state in states)
        )
        self.subtitle.setText(words)
        self.subtitle.show()
        self.turns.stop()
        for group in groups:
            self.turns.add(partial(self._show_group, group))
            for state in group.actions:
                self.turns.add(partial(self._show_state, state))
        self.turns.add(self._order_tabs)

    def _content(self, area: QScrollArea) -> QVBoxLayout:
        """The page as it is before anything is known."""
        layout = self._layout_of(area)
        notice = Bar(self.context.theme, look="notice")
        notice.say(catalogue.notice().get(self.context.t.language))
        layout.insertWidget(0, notice)
        return layout

    def _layout_of(self, area: QScrollArea) -> QVBoxLayout:
        """The layout of what an area scrolls, which ends in a stretch."""
        content = QWidget()
        content.setObjectName("page")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(self.edge(), 0, self.edge(), self.edge())
        layout.setSpacing(0)
        layout.addStretch(1)
        area.setWidget(content)
        self.keep_edge(area, layout)
        return layout

    def _chip(self, words: str) -> QPushButton:
        """One of the two ways to look at the actions."""
        chip = buttons.chip(self.context.theme, words)
        chip.setCheckable(True)
        chip.setAutoExclusive(True)
        self.head.addWidget(chip)
        return chip

    def _turn(self, is_by_risks: bool) -> None:
        """Show the other way."""
        self.scrolled = self._table if is_by_risks else self._list
        self.stack.setCurrentWidget(self.scrolled)
        if is_by_risks:
            self._ask_risks()

    def _ask_risks(self) -> None:
        self._asked.append(self.context.ask(level_rows, self.matrix.show_rows))

    def _show_group(self, group: Group) -> None:
        """The name of a category, above the first of its actions."""
        if any(state.action.key in self._rows for state in group.actions):
            return
        theme = self.context.theme
        name = f"{group.category.key}  {group.category.title.get(self.context.t.language)}"
        text = Text(name, "section", wraps=True)
        text.setContentsMargins(0, theme.space("xl"), 0, theme.space("s"))
        self._put(text)

    def _show_state(self, state: ActionState) -> None:
        """The row of an action, made anew only where it stands otherwise than it did."""
        key = state.action.key
        old = self._rows.get(key)
        if old is None:
            self._put(_line())
            self._put(self._row(state))
        elif old.state != state:
            self._replace(old, self._row(state))

    def _row(self, state: ActionState) -> PolicyRow:
        key = state.action.key
        row = PolicyRow(self.context, state, is_open=key in self._open)
        row.ticked.connect(self._tick)
        row.turned.connect(lambda is_open: (self._open.add if is_open else self._open.discard)(key))
        self._rows[key] = row
        return row

    def _put(self, widget: QWidget) -> None:
        """After all that stands there, before the stretch."""
        self._layout.insertWidget(self._layout.count() - 1, widget)
        widget.show()

    def _replace(self, old: PolicyRow, new: PolicyRow) -> None:
        """In its place, with the focus where it was: what is said under the title may be longer or shorter now, the steps are not."""
        stops = old.stops()
        focus = next((place for place, stop in enumerate(stops) if stop.hasFocus()), None)
        self._layout.replaceWidget(old, new)
        old.hide()
        old.deleteLater()
        new.show()
        if focus is not None:
            place = focus - len(stops) if focus else 0
            new.stops()[max(place, -len(new.stops()))].setFocus()

    def _order_tabs(self) -> None:
        """Tab goes from row to row as they stand, whichever was made last."""
        stops = [stop for row in self._rows.values() for stop in row.stops()]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _tick(self, id: int, is_ticked: bool) -> None:
        """A tick says the step was done today; taking it away forgets the day."""
        zone = self.context.register.organisation().zone
        today = clock.today(zone).isoformat()
        given = {"status": "done" if is_ticked else "open", "done_on": today if is_ticked else ""}
        self.context.ask(
            lambda reader: set_fields(reader, id, given),
            lambda changes: self.context.change(changes),
        )


def _area() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def _line() -> QFrame:
    line = QFrame()
    line.setObjectName("line")
    return line
