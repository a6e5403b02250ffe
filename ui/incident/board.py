"""The board of an incident: every clock, what is due first on top; what does not apply one click deeper, with why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from riskreg import case_words, clock, rule_words
from riskreg.errors import N_
from riskreg.formats import number_words, sentences
from riskreg.i18n import NN_
from riskreg.rules.board import Row
from riskreg.rules.regimes import Applied, applied
from ui.context import Context
from ui.incident.changed_times import shifts
from ui.incident.loaded import Loaded
from ui.incident.rule_card import RuleCard
from ui.widgets import buttons
from ui.widgets.text import Text

_OTHERS = NN_("{number} rule does not apply, and why", "{number} rules do not apply, and why")


class Board(QWidget):
    """All clocks of one incident.

    Args:
        context: What the window shares.
    """

    decide_wanted = Signal(object)
    """Decide on this `Rule`."""
    notice_wanted = Signal(object)
    """Prepare or see the notice of this `Rule`."""
    facts_wanted = Signal(str)
    """Answer this field of the incident."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._said: object = None
        self.cards: list[RuleCard] = []
        self._parts: list[QWidget] = []
        self._are_others_shown = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, context.theme.space("s"), 0, context.theme.space("l"))
        self._layout.setSpacing(context.theme.space("s"))
        self._layout.addStretch(1)

    def clear(self) -> None:
        """Another incident is shown."""
        self._are_others_shown = False
        self._said = None
        self._empty()

    def show_case(self, loaded: Loaded) -> None:
        """Show the clocks as they stand now; nothing is made anew where nothing changed."""
        rows = loaded.rows()
        said = (loaded, tuple(row.rule.key for row in rows), self._context.t.language)
        if said == self._said:
            self._show_clocks(rows)
            return
        self._said = said
        self._empty()
        self._show(loaded, rows)

    def card(self, key: str) -> RuleCard:
        """The card of a rule; raises `LookupError` where it has none."""
        for each in self.cards:
            if each.rule.key == key:
                return each
        raise LookupError(key)

    def _show(self, loaded: Loaded, rows: Sequence[Row]) -> None:
        gettext = self._context.t.gettext
        if not loaded.incident.people_live_in:
            self._ask(N_("Which laws apply depends on where the people live."), "people_live_in")
        sure = {each.rule.key for each in case_words.running(loaded.spoken, rows)}
        asked = [row for row in rows if row.verdict.applies == "ask" and row.rule.key not in sure]
        known = [row for row in rows if row not in asked]
        first = [row for row in known if row.clock.is_open and row.rule.basis != "proposed"]
        proposed = [row for row in known if row.rule.basis == "proposed"]
        rest = [row for row in known if row not in (*first, *proposed)]
        self._group("", first, loaded)
        self._group(gettext(N_("May apply: an answer is missing")), asked, loaded)
        self._group(gettext(N_("Decided, done or waiting")), rest, loaded)
        self._group(gettext(N_("Proposed, not law")), proposed, loaded)
        shown = {row.rule.key for row in rows}
        facts = loaded.case.facts(loaded.case.day(clock.now()))
        others = [each for each in applied(loaded.case.rules, facts) if each.rule.key not in shown]
        self._show_others(others)

    def _show_clocks(self, rows: Sequence[Row]) -> None:
        """Only time has passed: what has the focus keeps it."""
        found = {row.rule.key: row for row in rows}
        for card in self.cards:
            card.show_clock(found[card.rule.key])

    def _group(self, title: str, rows: Iterable[Row], loaded: Loaded) -> None:
        found = list(rows)
        if title and found:
            self._add(Text(title, "small", "muted"))
        for row in found:
            card = RuleCard(self._context, loaded, row, shifts(row.rule, loaded.moments))
            card.decide_wanted.connect(self.decide_wanted)
            card.notice_wanted.connect(self.notice_wanted)
            self.cards.append(card)
            self._add(card)

    def _ask(self, text: str, field: str) -> None:
        gettext = self._context.t.gettext
        self._add(Text(gettext(text), "small", "moderate", wraps=True))
        self._add(
            buttons.link(
                self._context.theme,
                gettext(N_("Enter the places")),
                lambda: self.facts_wanted.emit(field),
            ),
            is_narrow=True,
        )

    def _show_others(self, others: Sequence[Applied]) -> None:
        """Rules that do not apply: how many, and behind it each with why."""
        if not others:
            return
        t, lists = self._context.t, self._context.register.vocabulary
        lines = [
            f"{rule_words.title(each.rule, t)}\n"
            + sentences(t, *rule_words.because(each.verdict, lists, t))
            for each in others
        ]
        said = t.ngettext(*_OTHERS, len(others)).format(number=number_words(len(others)))
        self.others = buttons.link(self._context.theme, said, self._on_others)
        self.other_rules = Text("\n\n".join(lines), "small", "muted", wraps=True)
        self._add(self.others, is_narrow=True)
        self._add(self.other_rules)
        self.other_rules.setVisible(self._are_others_shown)

    def _on_others(self) -> None:
        self._are_others_shown = not self._are_others_shown
        self.other_rules.setVisible(self._are_others_shown)

    def _add(self, part: QWidget, *, is_narrow: bool = False) -> None:
        """Put a widget beneath the others, as wide as they are or as it wants to be."""
        beside = Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag(0)
        self._layout.insertWidget(len(self._parts), part, 0, beside)
        self._parts.append(part)

    def _empty(self) -> None:
        for old in self._parts:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._parts, self.cards = [], []
