"""Add a rule of our own: made from a rule of the catalogue, with our own hours."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from riskreg import clock_words, regimes_catalogue, rule_words
from riskreg.cases import rule_of
from riskreg.changes import Changed
from riskreg.errors import N_, Expected
from riskreg.records import OwnRule, stored
from riskreg.records.fields import Value
from riskreg.records.values import Count, Unfit
from ui.context import Context
from ui.dialogs.sheet import Sheet, labelled
from ui.forms.choose import CalmComboBox
from ui.forms.editors import editor
from ui.forms.kit import Kit
from ui.forms.saving import added
from ui.regimes.rules_part import capital
from ui.widgets.text import Text

FIRST: Final = "contract_customer"
"""The pattern that is proposed: what most organisations add is a contract."""
_FIELDS: Final = ("title", "party", "amount", "unit", "trigger", "recipient", "clause", "wording")
_LEAD: Final = N_("It is always shown as your own, never as law.")


class OwnRuleDialog(Sheet):
    """Asks for one rule.

    Args:
        context: What the window shares.
        kit: What editors need.
        pattern: The key of the rule it is made from.
    """

    saves = True

    def __init__(
        self, context: Context, kit: Kit, pattern: str = FIRST, parent: QWidget | None = None
    ) -> None:
        gettext = context.t.gettext
        super().__init__(context, gettext(N_("A rule of our own")), gettext(_LEAD), parent, 640)
        self.kit = kit
        self.pattern = CalmComboBox(context.theme)
        for rule in regimes_catalogue.newest():
            self.pattern.addItem(rule_words.title(rule, context.t), rule.key)
        kinds = stored(OwnRule)
        self.fields = {key: editor(kinds[key], kit) for key in _FIELDS}
        self.said = Text("", "small", "accent", wraps=True)
        self._lay_out_fields()
        self.add = self.add_primary(gettext(N_("Add the rule")), "check", self.save)
        self._allow()
        self.pattern.setCurrentIndex(self.pattern.findData(pattern))
        self.pattern.currentIndexChanged.connect(self.take_pattern)
        for each in self.fields.values():
            each.changed.connect(self.show_limit)
        self.take_pattern()
        self.fields["title"].controls()[0].setFocus()

    def take_pattern(self) -> None:
        """Propose what the pattern says."""
        rules = {rule.key: rule for rule in regimes_catalogue.newest()}
        rule = rules[self.pattern.currentData()]
        self.fields["trigger"].set_value(rule.trigger if rule.trigger != "notice" else "aware")
        self.fields["recipient"].set_value(
            rule.recipient if rule.recipient != "ourselves" else None
        )
        self.fields["unit"].set_value(rule.unit)
        amount = Count(rule.amount, "exact") if rule.amount else None
        self.fields["amount"].set_value(amount)
        self.show_limit()

    def show_limit(self) -> None:
        """Say how the rule reads."""
        try:
            values = self.values()
        except Unfit:
            self.said.setText("")
            return
        named = {**values, "title": values["title"] or "…"}  # a rule without a name is none yet
        rule = rule_of(OwnRule(**{key: value for key, value in named.items() if value}))  # type: ignore[arg-type]
        t = self.context.t
        wrong = N_("These do not go together: a number needs hours or days.")
        self.said.setText(capital(clock_words.limit(rule, t)) if rule else t.gettext(wrong))
        self.said.set_tone("accent" if rule else "high")

    def values(self) -> dict[str, Value]:
        """What stands here; raises `Unfit` where something cannot be read."""
        found = {key: each.value() for key, each in self.fields.items()}
        return {**found, "pattern": str(self.pattern.currentData()), "in_use": True}

    def save(self) -> None:
        """Add it; a party that is not there yet is made along the way."""
        self.message.clear()
        try:
            values = self.values()
        except Unfit:
            return
        if not str(values["title"]).strip():
            self.fields["title"].controls()[0].setFocus()
            return
        register = self.context.register
        changes = added(register, "own_rule", values, self.kit.new_names.entries)
        self.add.setEnabled(False)
        self.progress.follow(self.context.change(changes, self._on_saved, self._on_failed))

    def _lay_out_fields(self) -> None:
        theme, t = self.context.theme, self.context.t
        self.add_field(t.gettext(N_("Like")), self.pattern)
        for keys in (("title",), ("party",), ("amount", "unit", "trigger"), ("recipient", "clause"), ("wording",)):  # fmt: skip
            row = QHBoxLayout()
            row.setSpacing(theme.space("m"))
            for key in keys:
                label = t.label(OwnRule, key)
                row.addLayout(labelled(theme, label, self.fields[key]), 1)
                for control in self.fields[key].controls():
                    control.setAccessibleName(label)
            self.body.addLayout(row)
        self.body.addWidget(self.said)

    def _allow(self) -> None:
        self.add.setEnabled(not self.context.register.read_only)

    def _on_failed(self, error: Expected) -> None:
        self._allow()
        self.fail(error)

    def _on_saved(self, _changed: Changed) -> None:
        self.kit.new_names.entries.clear()  # they are records now
        self.context.events.said.emit(self.context.t.gettext(N_("The rule is in use from now on.")))
        self.accept()
