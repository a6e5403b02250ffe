"""The policy actions by category: what the 2023 Policy Statement asks for, what applies here, which steps are done."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from riskreg import catalogue, clock
from riskreg.changes import Changed
from riskreg.editing import set_fields
from riskreg.errors import N_
from riskreg.records.values import zone_of
from ui.context import Context
from ui.pages.page import Page
from ui.pages.policy_facts import Group, gather
from ui.pages.policy_row import PolicyRow
from ui.widgets.notice import Bar
from ui.widgets.text import Text

_SUMMARY: Final = N_("{done} of {all} steps done")


class PolicyPage(Page):
    """All policy actions."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, context.t.gettext(N_("Policy actions")), parent)
        self.rows: dict[str, PolicyRow] = {}
        self._open: set[str] = set()
        self._is_stale = False
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self.layout_.addWidget(self._area, 1)
        context.events.changed.connect(self._on_register_changed)

    def enter(self) -> None:
        """Ask how they stand."""
        self.context.ask(gather, self._on_gathered)

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
        if changed.kinds.isdisjoint({"action", "step"}):
            return
        if self.isVisible():
            self.enter()

    def _on_gathered(self, groups: tuple[Group, ...]) -> None:
        self._is_stale = False
        place = self._area.verticalScrollBar().value()
        states = [
            state for group in groups for state in group.actions if state.action.stance != "watch"
        ]
        words = self.context.t.gettext(_SUMMARY).format(
            done=sum(state.done for state in states), all=sum(state.counted for state in states)
        )
        self.subtitle.setText(words)
        self.subtitle.show()
        self._area.setWidget(self._content(groups))
        self._area.verticalScrollBar().setValue(place)

    def _content(self, groups: tuple[Group, ...]) -> QWidget:
        theme, language = self.context.theme, self.context.t.language
        content = QWidget()
        content.setObjectName("page")
        layout = QVBoxLayout(content)
        bar = self._area.verticalScrollBar().sizeHint().width()
        layout.setContentsMargins(self.edge(), 0, self.edge() - bar, self.edge())
        layout.setSpacing(0)
        notice = Bar(theme, look="notice")
        notice.say(catalogue.notice().get(language))
        layout.addWidget(notice)
        self.rows = {}
        for group in groups:
            layout.addSpacing(theme.space("xl"))
            layout.addWidget(
                Text(
                    f"{group.category.key}  {group.category.title.get(language)}",
                    "section",
                    wraps=True,
                )
            )
            layout.addSpacing(theme.space("s"))
            for state in group.actions:
                layout.addWidget(_line())
                layout.addWidget(
                    self._row(
                        state.action.key,
                        PolicyRow(self.context, state, is_open=state.action.key in self._open),
                    )
                )
        layout.addStretch(1)
        return content

    def _row(self, key: str, row: PolicyRow) -> PolicyRow:
        row.ticked.connect(self._tick)
        row.turned.connect(lambda is_open: (self._open.add if is_open else self._open.discard)(key))
        self.rows[key] = row
        return row

    def _tick(self, id: int, is_ticked: bool) -> None:
        """A tick says the step was done today; taking it away forgets the day."""
        zone = self.context.register.organisation().zone
        today = clock.now().astimezone(zone_of(zone)).date().isoformat()
        given = {"status": "done" if is_ticked else "open", "done_on": today if is_ticked else ""}
        self.context.ask(
            lambda reader: set_fields(reader, id, given),
            lambda changes: self.context.change(changes),
        )


def _line() -> QFrame:
    line = QFrame()
    line.setObjectName("line")
    return line
