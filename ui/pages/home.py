"""Home: which clocks run, what is overdue, where the risks sit, how the policy actions stand, what the register lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final

from babel.dates import format_date
from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from riskreg import clock
from riskreg.changes import Changed
from riskreg.dates import day_words, locale_of
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records.values import zone_of
from riskreg.rules.statistics import Figure
from riskreg.views import View
from ui.clocks import sentence, since_aware
from ui.context import Context
from ui.pages.home_facts import (
    SHOWN,
    Clock,
    Due,
    HomeFacts,
    gather,
    open_incidents,
    risks_in,
)
from ui.pages.page import Page, search_field
from ui.tables.listings import WEEK
from ui.titles import title
from ui.widgets import buttons
from ui.widgets.card import Card
from ui.widgets.heat_map import HeatMap
from ui.widgets.ring import Part, Ring
from ui.widgets.rows import Row, RowText
from ui.widgets.text import Text

_CLOCK_MS: Final = 60_000
_NOON_H: Final = 12
_EVENING_H: Final = 18
_OPEN: Final = NN_("{number} incident open", "{number} incidents open")
_OVERDUE: Final = NN_("{number} thing overdue", "{number} things overdue")
_LATE: Final = NN_("{number} day late", "{number} days late")


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
        self._go = go
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
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self.layout_.addWidget(self._area, 1)
        self._minute = QTimer(self)
        self._minute.setInterval(_CLOCK_MS)
        self._minute.timeout.connect(self.enter)
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

    def showEvent(self, event: QShowEvent) -> None:
        """Clocks move while they are seen."""
        self._minute.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is asked while nobody looks."""
        self._minute.stop()
        super().hideEvent(event)

    def _on_register_changed(self, _changed: Changed) -> None:
        if self.isVisible():
            self.enter()

    def _on_gathered(self, facts: HomeFacts) -> None:
        self.facts = facts
        self._greet(facts)
        self._area.setWidget(self._content(facts))

    # words

    def _today(self) -> date:
        zone = self.context.register.organisation().zone
        return clock.now().astimezone(zone_of(zone)).date()

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

    # building

    def _content(self, facts: HomeFacts) -> QWidget:
        theme = self.context.theme
        content = QWidget()
        content.setObjectName("page")
        grid = QGridLayout(content)
        grid.setContentsMargins(self.edge(), 0, self.edge(), self.edge())
        grid.setHorizontalSpacing(theme.space("l") - 2)
        grid.setVerticalSpacing(theme.space("l") - 2)
        grid.addWidget(self._clocks(facts), 0, 0)
        grid.addWidget(self._due(facts), 0, 1)
        grid.addWidget(self._heat(facts), 1, 0, 2, 1)
        grid.addWidget(self._actions(facts), 1, 1)
        grid.addWidget(self._lacks(facts), 2, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setRowStretch(3, 1)
        return content

    def _card(self, name: str, follow: Callable[[], object] | None = None) -> Card:
        t = self.context.t
        return Card(
            self.context.theme, t.gettext(name), t.gettext(N_("See all")) if follow else "", follow
        )

    def _clocks(self, facts: HomeFacts) -> Card:
        context = self.context
        card = self._card(N_("Clocks running"), self._open_incidents)
        for each in facts.clocks:
            card.body.addWidget(self._row(self._clock_words(each), each.id))
        known = [each for each in facts.clocks if each.aware]
        if known and known[0].aware:
            said = context.t.gettext(N_("{ref}: {words}")).format(
                ref=known[0].ref, words=sentence(known[0].aware, context.t)
            )
            words = Text(said, "small", "muted", wraps=True)
            words.setContentsMargins(0, context.theme.space("xs"), 0, 0)
            card.body.addWidget(words)
        if not facts.clocks:
            self._say(card, N_("No incident is open."))
        card.body.addStretch(1)
        return card

    def _clock_words(self, each: Clock) -> RowText:
        t = self.context.t
        if each.aware is None:
            end = t.gettext(N_("aware since when?"))
            return RowText(icon="clock", tone="moderate", lead=each.ref, text=each.title, end=end)
        icon, tone = ("clock", "muted") if each.is_contained else ("siren", "high")
        end = since_aware(each.aware, t)
        return RowText(icon=icon, tone=tone, lead=each.ref, text=each.title, end=end)

    def _due(self, facts: HomeFacts) -> Card:
        card = self._card(N_("To do this week"), partial(self._go, "todo"))
        for each in facts.due:
            card.body.addWidget(self._row(self._due_words(each), each.id))
        if not facts.due:
            self._say(card, N_("Nothing is due within seven days."))
        elif facts.due_this_week > SHOWN:
            more = self.context.t.gettext(N_("{number} more")).format(
                number=facts.due_this_week - SHOWN
            )
            card.body.addWidget(Text(more, "small", "muted"))
        card.body.addStretch(1)
        return card

    def _due_words(self, each: Due) -> RowText:
        t, today = self.context.t, self._today()
        name = title(each.kind, each.ref, each.title, t.language)
        late = (today - each.on).days
        if late > 0:
            end = t.ngettext(*_LATE, late).format(number=number_words(late))
            return RowText(icon="triangle-alert", tone="high", text=name, end=end)
        return RowText(icon="circle", text=name, end=_near(each.on, today, self.context))

    def _heat(self, facts: HomeFacts) -> Card:
        context = self.context
        card = self._card(
            N_("Where the open risks sit, with today's controls"), partial(self._go, "risk")
        )
        heat = HeatMap(context.theme, context.register.vocabulary, context.t.language, facts.heat)
        heat.chosen.connect(
            lambda likelihood, impact: self._open(risks_in(context.register, likelihood, impact))
        )
        card.body.addSpacing(context.theme.space("xs"))
        card.body.addWidget(heat, 1)
        card.setMinimumHeight(316)
        return card

    def _actions(self, facts: HomeFacts) -> Card:
        t, found, theme = self.context.t, facts.actions, self.context.theme
        card = self._card(N_("Policy actions that apply"), partial(self._go, "action"))
        middle = f"{found.begun}/{found.whole}"
        rows = (
            (N_("In place"), "circle-check", "low", found.in_place),
            (N_("Under way"), "circle-dashed", "moderate", found.under_way),
            (N_("Not started"), "circle", "muted", found.not_started),
        )
        words = ", ".join(f"{t.gettext(label)}: {number}" for label, _, _, number in rows)
        parts = [Part(found.in_place, "low"), Part(found.under_way, "moderate")]
        body = QHBoxLayout()
        body.setSpacing(theme.space("l"))
        body.addWidget(Ring(theme, parts, found.whole, middle, words))
        lines = QVBoxLayout()
        for label, icon, tone, number in rows:
            row = Row(theme, RowText(icon=icon, tone=tone, text=t.gettext(label), end=str(number)))
            row.clicked.connect(lambda _checked=False: self._go("action"))
            lines.addWidget(row)
        body.addLayout(lines, 1)
        card.body.addLayout(body)
        return card

    def _lacks(self, facts: HomeFacts) -> Card:
        card = self._card(N_("What the register lacks"))
        for lack in facts.lacks:
            card.body.addWidget(self._lack(lack))
        if not facts.lacks:
            self._say(card, N_("Nothing that is checked is missing."))
        card.body.addStretch(1)
        return card

    def _lack(self, lack: Figure) -> Row:
        words = RowText(
            icon="file-question-mark",
            tone="moderate",
            text=self.context.t.gettext(lack.label),
            end=number_words(lack.number),
        )
        row = Row(self.context.theme, words)
        row.clicked.connect(lambda _checked=False: self._open(lack.view))
        return row

    def _row(self, words: RowText, id: int) -> Row:
        row = Row(self.context.theme, words)
        row.clicked.connect(lambda _checked=False: self.context.events.open_record.emit(id))
        return row

    def _say(self, card: Card, text: str) -> None:
        card.body.addWidget(Text(self.context.t.gettext(text), "small", "muted", wraps=True))

    def _open(self, view: View) -> None:
        self.context.events.open_view.emit(view)

    def _open_incidents(self) -> None:
        self._open(open_incidents(self.context.register))


def _near(day: date, today: date, context: Context) -> str:
    """A day within a week by its name."""
    t = context.t
    if day == today:
        return t.gettext(N_("today"))
    if day == today + timedelta(days=1):
        return t.gettext(N_("tomorrow"))
    if day - today < WEEK:
        return format_date(day, "EEE", locale=locale_of(t.language))
    return day_words(day, t)
