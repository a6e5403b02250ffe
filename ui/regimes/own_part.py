"""Rules of our own: the hours of a contract, an insurer, a regulator of our sector, a target of our own."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from riskreg import clock_words
from riskreg.cases import rule_of
from riskreg.errors import N_
from riskreg.records import OwnRule
from riskreg.views import View
from ui.context import Context
from ui.regimes.rules_part import capital
from ui.widgets import buttons
from ui.widgets.card import Card
from ui.widgets.scrolling import dress
from ui.widgets.text import Text

_NONE: Final = N_(
    "No rules of your own yet. A customer's contract that says “within 24 hours”, a cyber insurer, a sector regulator or a target of your own belong here."
)


class OwnPart(QWidget):
    """The rules the organisation added.

    Args:
        context: What the window shares.
    """

    add_wanted = Signal()
    turned = Signal(object, bool)
    """Use this `OwnRule`, or no longer."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.rows: dict[int, QCheckBox] = {}
        self._kept: dict[int, bool] = {}
        theme, gettext = context.theme, context.t.gettext
        self.add = buttons.button(
            theme, gettext(N_("Add a rule of our own…")), "plus", self.add_wanted.emit
        )
        self.add.setEnabled(not context.register.read_only)
        head = QHBoxLayout()
        head.addWidget(self.add)
        head.addStretch(1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, theme.space("s"), 0, 0)
        self._layout.setSpacing(theme.space("s"))
        self._layout.addLayout(head)
        self._area: QScrollArea | None = None
        self.load()

    def load(self) -> None:
        """Show those there are."""
        if self._area is not None:
            self._area.hide()
            self._area.deleteLater()
        self._area = QScrollArea()
        self.rows.clear()
        dress(self._area, self._told())
        self._layout.addWidget(self._area, 1)

    def turn_back(self) -> None:
        """Nothing was saved: each tick says again what is kept."""
        for id, box in self.rows.items():
            box.setChecked(self._kept[id])

    def _told(self) -> QWidget:
        theme, register = self._context.theme, self._context.register
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.space("m"), 0)
        column.setSpacing(theme.space("s"))
        found = register.records(register.ids(View(kinds=("own_rule",)))).values()
        for record in found:
            if isinstance(record, OwnRule):
                column.addWidget(self._card(record))
        if not found:
            column.addWidget(Text(self._context.t.gettext(_NONE), "body", "muted", wraps=True))
        column.addStretch(1)
        return inner

    def _card(self, record: OwnRule) -> QWidget:
        theme, t = self._context.theme, self._context.t
        card = Card(
            theme,
            record.title,
            t.gettext(N_("Open {ref}")).format(ref=record.ref),
            partial(self._context.events.open_record.emit, record.id),
        )
        card.body.setSpacing(theme.space("xs"))
        rule = rule_of(record)
        if rule is None:
            said = N_("It cannot be counted: its pattern is not known, or its parts disagree.")
            card.body.addWidget(Text(t.gettext(said), "small", "high", wraps=True))
        else:
            card.body.addWidget(Text(capital(clock_words.limit(rule, t)), wraps=True))
        names = self._context.register.names(record.party)
        who = ", ".join(each.title for each in names.values())
        to = (
            t.gettext(N_("For {who}")).format(who=who)
            if who
            else t.gettext(N_("For every incident"))
        )
        card.body.addWidget(
            Text(" • ".join(filter(None, (to, record.clause))), "small", "muted", wraps=True)
        )
        box = QCheckBox(t.gettext(N_("In use")))
        box.setAccessibleName(f"{box.text()}: {record.title}")
        box.setChecked(bool(record.in_use))
        box.setEnabled(not self._context.register.read_only)
        box.clicked.connect(lambda _checked=False: self.turned.emit(record, box.isChecked()))
        self.rows[record.id], self._kept[record.id] = box, box.isChecked()
        card.body.addWidget(box)
        return card
