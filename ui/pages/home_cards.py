"""The five cards of Home: each is what it says, compared before it is made anew, and the widgets that say it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final, NamedTuple

from babel.dates import format_date
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from riskreg import case_words, clock, clock_words
from riskreg.dates import day_words, locale_of, month_name
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.rules.statistics import Figure
from riskreg.scoring_words import otherwise_words
from riskreg.views import View
from ui.context import Context
from ui.pages.home_facts import (
    Clock,
    Due,
    HomeFacts,
    open_incidents,
    risks_in,
    risks_otherwise,
)
from ui.tables.listings import WEEK
from ui.titles import title
from ui.widgets import buttons
from ui.widgets.card import Card
from ui.widgets.heat_map import HeatMap
from ui.widgets.ring import Part, Ring
from ui.widgets.rows import Row, RowText
from ui.widgets.text import Text

_LATE: Final = NN_("{number} day late", "{number} days late")


class Planned(NamedTuple):
    """A card that is wanted.

    Attributes:
        place: Row, column and how many rows it takes, in the grid.
        says: What it says: one that says the same is not made again.
        make: Makes it.
    """

    place: tuple[int, int, int]
    says: object
    make: Callable[[], Card]


FEW: Final = 5
"""With fewer records than that somebody has just begun."""


class HomeCards:
    """Makes the cards.

    Args:
        context: What the window shares.
        go: Opens a page by its key.
    """

    def __init__(self, context: Context, go: Callable[[str], object]) -> None:
        self.context = context
        self._go = go

    def planned(self, facts: HomeFacts, today: date) -> tuple[Planned, ...]:
        """The cards in the order in which they are read."""
        clocks = [(self._clock_words(each), each.id) for each in facts.clocks]
        due = [(self._due_words(each, today), each.id) for each in facts.due]
        told = self._told(facts)
        vocabulary = self.context.register.vocabulary
        return (
            Planned(
                (0, 0, 1),
                (clocks, told, facts.open_incidents),
                lambda: self._clocks(clocks, told, facts.open_incidents),
            ),
            Planned((0, 1, 1), (due, facts.due_this_week), lambda: self._due(due, facts)),
            Planned(
                (1, 0, 2),
                (facts.heat, facts.otherwise, facts.open_risks, facts.compared, vocabulary),
                lambda: self._heat(facts),
            ),
            Planned((1, 1, 1), facts.actions, lambda: self._actions(facts)),
            Planned((2, 1, 1), (facts.lacks, facts.records < FEW), lambda: self._lacks(facts)),
        )

    def _card(self, name: str, follow: Callable[[], object], link: str = "") -> Card:
        t = self.context.t
        return Card(self.context.theme, t.gettext(name), link or t.gettext(N_("See all")), follow)

    def _all(self, number: int, shown: int) -> str:
        """What leads to a list that is longer than what is shown of it; "" where nothing is left out."""
        said = self.context.t.gettext(N_("See all {number}"))
        return said.format(number=number_words(number)) if number > shown else ""

    def _clocks(self, rows: list[tuple[RowText, int]], told: str, number: int) -> Card:
        card = self._card(N_("Clocks running"), self._open_incidents, self._all(number, len(rows)))
        for words, id in rows:
            card.body.addWidget(self._row(words, id))
        if told:
            text = Text(told, "small", "muted", wraps=True)
            text.setContentsMargins(0, self.context.theme.space("xs"), 0, 0)
            card.body.addWidget(text)
        if not rows:
            self._say(card, N_("No incident is open."))
        card.body.addStretch(1)
        return card

    def _told(self, facts: HomeFacts) -> str:
        """What the first clock means."""
        now, t = clock.now(), self.context.t
        for each in facts.clocks:
            running = case_words.running(each.case, each.case.board(now))
            if running:
                said = clock_words.named_sentence(running[0], each.case.organisation.zone, t)
                return t.gettext(N_("{ref}: {words}")).format(ref=each.ref, words=said)
            if aware := each.case.incident.aware_at:
                said = clock_words.hong_kong(now - aware.utc, t)
                return t.gettext(N_("{ref}: {words}")).format(ref=each.ref, words=said)
        return ""

    def _clock_words(self, each: Clock) -> RowText:
        told = case_words.told(each.case, clock.now(), self.context.t)
        tone = told.level or ("muted" if each.is_contained else "high")
        icon = "clock" if each.is_contained else "siren"
        return RowText(icon=icon, tone=tone, lead=each.ref, text=each.title, end=told.text)

    def _due(self, rows: list[tuple[RowText, int]], facts: HomeFacts) -> Card:
        all_ = self._all(facts.due_this_week, len(rows))
        card = self._card(N_("To do this week"), partial(self._go, "todo"), all_)
        for words, id in rows:
            card.body.addWidget(self._row(words, id))
        if not rows:
            self._say(card, N_("Nothing is due within seven days."))
        card.body.addStretch(1)
        return card

    def _due_words(self, each: Due, today: date) -> RowText:
        t = self.context.t
        name = title(each.kind, each.ref, each.title, t.language)
        late = (today - each.on).days
        if late > 0:
            end = t.ngettext(*_LATE, late).format(number=number_words(late))
            return RowText(icon="triangle-alert", tone="high", text=name, end=end)
        return RowText(icon="circle", text=name, end=_near(each.on, today, self.context))

    def _heat(self, facts: HomeFacts) -> Card:
        context = self.context
        name, see = N_("Where the open risks sit, with today's controls"), partial(self._go, "risk")
        if facts.compared:
            said = context.t.gettext(N_("Compare with {month}")).format(
                month=month_name(facts.compared, context.t)
            )
            card = self._card(name, context.actions["compare_risks"].trigger, said)
        else:
            card = self._card(name, see)
        heat = HeatMap(context.theme, context.register.vocabulary, context.t.language, facts.heat)
        heat.chosen.connect(
            lambda likelihood, impact: self._open(risks_in(context.register, likelihood, impact))
        )
        card.body.addSpacing(context.theme.space("xs"))
        card.body.addWidget(heat, 1)
        card.body.addLayout(self._beneath(facts))
        card.setMinimumHeight(316)
        return card

    def _beneath(self, facts: HomeFacts) -> QHBoxLayout:
        """What the map does not show, and the way to all of it where its head leads elsewhere."""
        theme, see = self.context.theme, self._all(facts.open_risks, 0)
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.space("xs"), 0, 0)
        if said := otherwise_words(facts.otherwise, self.context.t):
            others = risks_otherwise(self.context.register)
            row.addWidget(buttons.link(theme, said, lambda: self._open(others)))
        row.addStretch(1)
        if facts.compared and see:
            row.addWidget(buttons.link(theme, see, partial(self._go, "risk")))
        return row

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
        card = self._card(N_("What the register lacks"), partial(self._go, "checks"))
        for lack in facts.lacks:
            card.body.addWidget(self._lack(lack))
        if facts.records < FEW:
            card.body.addWidget(self._suggestions())
        if not facts.lacks:
            self._say(card, N_("Nothing that is checked is missing."))
        card.body.addStretch(1)
        return card

    def _suggestions(self) -> Row:
        """The way out of an empty register."""
        text = self.context.t.gettext(N_("Begin with suggested records…"))
        row = Row(self.context.theme, RowText(icon="list", tone="accent", text=text, end=""))
        row.clicked.connect(lambda _checked=False: self.context.actions["suggestions"].trigger())
        return row

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
