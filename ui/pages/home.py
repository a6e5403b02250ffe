"""Home: which clocks run, what is overdue, where the risks sit, how the policy actions stand, what the register lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Final

from babel.dates import format_date
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QScrollArea, QWidget

from riskreg import clock
from riskreg.changes import Changed
from riskreg.dates import locale_of
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records.values import zone_of
from ui.context import Context
from ui.pages.home_cards import HomeCards, Planned
from ui.pages.home_facts import HomeFacts, gather
from ui.pages.page import Page, search_field
from ui.turns import Turns
from ui.widgets import buttons
from ui.widgets.card import Card

_NOON_H: Final = 12
_EVENING_H: Final = 18
_OPEN: Final = NN_("{number} incident open", "{number} incidents open")
_OVERDUE: Final = NN_("{number} thing overdue", "{number} things overdue")


class HomePage(Page):
    """The first page.

    Args:
        context: What the window shares.
        go: Opens a page by its key.
        search: Searches everything for words.
    """

    def __init__(
        self,
        context: Context,
        go: Callable[[str], object],
        search: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, context.t.gettext(N_("Home")), parent)
        self.search = search_field(
            context, context.t.gettext(N_("Search everything")) + "   Ctrl+K", 250
        )
        self.search.returnPressed.connect(lambda: search(self.search.text().strip()))
        self.head.addWidget(self.search)
        action = context.actions["new_incident"]
        log = buttons.primary(
            context.theme, context.t.gettext(N_("Log an incident")), "plus", action.trigger
        )
        log.setEnabled(action.isEnabled())
        self.head.addWidget(log)
        self.turns = Turns(self)
        self._cards = HomeCards(context, go)
        self._shown: dict[tuple[int, int, int], tuple[object, Card]] = {}
        self.scrolled = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(
            Qt.FocusPolicy.NoFocus
        )  # what it holds is reached by Tab and scrolled to
        area.setWidget(self._content())
        self.keep_edge(area, self._grid)
        self.layout_.addWidget(area, 1)
        context.events.minute.connect(self._on_minute)
        self.facts: HomeFacts | None = None
        context.events.changed.connect(self._on_register_changed)

    def enter(self) -> None:
        """Ask for everything."""
        today = self._today()
        self.context.ask(lambda reader: gather(reader, today), self._on_gathered)

    def start_search(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def _on_minute(self) -> None:
        """Clocks move while they are seen."""
        if self.isVisible():
            self.enter()

    def _on_register_changed(self, _changed: Changed) -> None:
        if self.isVisible():
            self.enter()

    def _on_gathered(self, facts: HomeFacts) -> None:
        self.facts = facts
        self._greet(facts)
        self.turns.stop()
        for card in self._cards.planned(facts, self._today()):
            self.turns.add(partial(self._show_card, card))

    def _show_card(self, planned: Planned) -> None:
        """Put a card in its place, where it says anything else than the one that stands there."""
        says, old = self._shown.get(planned.place, (None, None))
        if old is not None:
            if says == planned.says:
                return
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        card = planned.make()
        row, column, rows = planned.place
        self._grid.addWidget(card, row, column, rows, 1)
        card.show()
        self._shown[planned.place] = planned.says, card
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes from card to card as they are read, whichever was made last."""
        stops = [
            stop
            for place in sorted(self._shown)
            for stop in self._shown[place][1].findChildren(QAbstractButton)
            if stop.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _content(self) -> QWidget:
        theme = self.context.theme
        content = QWidget()
        content.setObjectName("page")
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(self.edge(), 0, self.edge(), self.edge())
        self._grid.setHorizontalSpacing(theme.space("l") - 2)
        self._grid.setVerticalSpacing(theme.space("l") - 2)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._grid.setRowStretch(3, 1)
        return content

    # words

    def _today(self) -> date:
        zone = self.context.register.organisation().zone
        return clock.today(zone)

    def _greet(self, facts: HomeFacts) -> None:
        t = self.context.t
        hour = clock.now().astimezone(zone_of(self.context.register.organisation().zone)).hour
        words = (
            N_("Good morning")
            if hour < _NOON_H
            else N_("Good afternoon")
            if hour < _EVENING_H
            else N_("Good evening")
        )
        self.title.setText(t.gettext(words))
        parts = [
            format_date(self._today(), "full", locale=locale_of(t.language)),
            t.ngettext(*_OPEN, facts.open_incidents).format(
                number=number_words(facts.open_incidents)
            )
            if facts.open_incidents
            else t.gettext(N_("no incident open")),
            t.ngettext(*_OVERDUE, facts.overdue).format(number=number_words(facts.overdue))
            if facts.overdue
            else t.gettext(N_("nothing overdue")),
        ]
        self.subtitle.setText("  •  ".join(parts))
        self.subtitle.show()
