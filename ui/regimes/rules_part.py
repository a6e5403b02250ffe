"""The rules that ship: what each asks, how sure its source is, and a switch where an organisation chooses."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from riskreg import clock_words, regimes_catalogue, rule_words
from riskreg.errors import N_
from riskreg.rules.regimes import Regime, Rule
from ui.context import Context
from ui.widgets.card import Card
from ui.widgets.scrolling import dress
from ui.widgets.text import Text

VERIFIED: Final = {
    "law": N_("From the law itself"),
    "guidance": N_("From official guidance"),
    "unverified": N_("Unverified: look it up before you rely on it"),
    "own": N_("Our own"),
}
_TONES: Final = {"unverified": "moderate"}
_LIST_WIDTH: Final = 280


class RulesPart(QWidget):
    """The regimes at the left, the rules of one at the right.

    Args:
        context: What the window shares.
    """

    own_wanted = Signal(str)
    """Make a rule of our own from this one."""
    switched = Signal()
    """A rule was switched on or off."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.on = set(context.register.organisation().switched_rules)
        self.switches: dict[str, QCheckBox] = {}
        self.regimes = regimes_catalogue.regimes()
        self.list = QListWidget()
        self.list.setObjectName("sideList")
        self.list.setWordWrap(True)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(context.t.gettext(N_("Regimes")))
        for each in self.regimes:
            self.list.addItem(each.title.get(context.t.language))
        self._area: QScrollArea | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, context.theme.space("s"), 0, 0)
        self._row.setSpacing(context.theme.space("l"))
        self._row.addWidget(self.list)
        self.list.currentRowChanged.connect(self.show_regime)
        self.list.setCurrentRow(0)

    def show_regime(self, place: int) -> None:
        """Show the rules of a regime."""
        if self._area is not None:
            self._area.hide()
            self._area.deleteLater()
        self._area = QScrollArea()
        self.switches.clear()
        dress(self._area, self._told(self.regimes[place]))
        self._row.addWidget(self._area, 1)

    def _told(self, regime: Regime) -> QWidget:
        theme, language = self._context.theme, self._context.t.language
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.space("m"), 0)
        column.setSpacing(theme.space("s"))
        column.addWidget(Text(regime.title.get(language), "section", wraps=True))
        column.addWidget(Text(regime.law.get(language), "small", "muted", wraps=True))
        if regime.note:
            column.addWidget(Text(regime.note.get(language), wraps=True))
        for rule in regimes_catalogue.newest():
            if rule.regime == regime.key:
                column.addWidget(self._card(rule))
        column.addStretch(1)
        return inner

    def _card(self, rule: Rule) -> QWidget:
        theme, t = self._context.theme, self._context.t
        language = t.language
        label = t.gettext(N_("Make our own from it…"))
        if self._context.register.read_only:
            label = ""
        card = Card(theme, rule.title.get(language), label, lambda: self.own_wanted.emit(rule.key))
        card.body.setSpacing(theme.space("xs"))
        basis = t.gettext(clock_words.BASES[rule.basis])
        limit = clock_words.limit(rule, t)
        card.body.addWidget(Text(f"{basis} • {limit}", wraps=True))
        threshold = t.gettext(N_("Above what: {text}")).format(
            text=rule.threshold.text.get(language)
        )
        note = rule.note.get(language) if rule.note else ""
        for text in filter(None, (rule.applies_words.get(language), threshold, note)):
            card.body.addWidget(Text(text, "small", "muted", wraps=True))
        told = t.gettext(VERIFIED[rule.verified])
        said = " • ".join(filter(None, (rule_words.reference(rule, t), told)))
        tone = _TONES.get(rule.verified, "muted")
        card.body.addWidget(Text(said, "small", tone, wraps=True))
        if any(when.switched for when in rule.applies):
            card.body.addWidget(self._switch(rule))
        return card

    def _switch(self, rule: Rule) -> QCheckBox:
        t = self._context.t
        box = QCheckBox(t.gettext(N_("We apply this rule")))
        box.setAccessibleName(f"{box.text()}: {rule.title.get(t.language)}")
        box.setChecked(rule.key in self.on)
        box.setEnabled(not self._context.register.read_only)
        box.toggled.connect(lambda is_on: self._turn(rule.key, is_on))
        self.switches[rule.key] = box
        return box

    def _turn(self, key: str, is_on: bool) -> None:
        (self.on.add if is_on else self.on.discard)(key)
        self.switched.emit()


def capital(words: str) -> str:
    """Words that begin a line."""
    return words[:1].upper() + words[1:]
