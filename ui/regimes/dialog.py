"""Rules of notification: who we are, the rules that ship, and our own."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from riskreg.changes import Changed, ChangeSet, edit
from riskreg.errors import N_, Expected
from riskreg.records import OwnRule
from riskreg.records.fields import Value
from ui.context import Context
from ui.dialogs import leaving
from ui.dialogs.sheet import Sheet
from ui.forms.directory import RegisterDirectory
from ui.forms.kit import Kit
from ui.regimes.about_part import AboutPart
from ui.regimes.own_dialog import FIRST, OwnRuleDialog
from ui.regimes.own_part import OwnPart
from ui.regimes.rules_part import RulesPart

PARTS: Final = (N_("Who we are"), N_("The rules"), N_("Our own rules"))
_SIZE: Final = (920, 680)


class RulesDialog(Sheet):
    """What decides which notices are asked about.

    Args:
        context: What the window shares.
        part: Which part is shown first, as in `PARTS`.
    """

    saves = True

    def __init__(self, context: Context, parent: QWidget | None = None, part: int = 0) -> None:
        gettext = context.t.gettext
        super().__init__(context, gettext(N_("Rules of notification")), "", parent)
        self.kit = Kit(
            t=context.t,
            theme=context.theme,
            vocabulary=context.register.vocabulary,
            zone=context.register.organisation().zone,
            directory=RegisterDirectory(context),
        )
        self.about = AboutPart(context, self.kit)
        self.rules = RulesPart(context)
        self.own = OwnPart(context)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.windowTitle())
        self.stack = QStackedWidget()
        for label, shown in zip(PARTS, (self.about, self.rules, self.own), strict=True):
            self.tabs.addTab(gettext(label))
            self.stack.addWidget(shown)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)
        self.save_button = self.add_primary(gettext(N_("Save")), "check", self.save)
        self.save_button.setEnabled(not context.register.read_only)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.rules.own_wanted.connect(self.add)
        self.own.add_wanted.connect(self.add)
        self.own.turned.connect(self._turn)
        context.events.changed.connect(self._on_register_changed)
        context.events.open_record.connect(self._on_record_opened)
        self.tabs.setCurrentIndex(part)
        self.resize(*_SIZE)

    def add(self, pattern: str = FIRST) -> None:
        """Ask for a rule of our own."""
        asked = OwnRuleDialog(self.context, self.kit, pattern, self)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.open()

    def save(self) -> None:
        """Keep who we are and what is switched on, as one step."""
        self.message.clear()
        ours = self.context.register.organisation()
        change = edit(ours, self._answers())
        if change is None:
            self.accept()
            return
        changes = ChangeSet(act="edit", changes=(change,), facts={"refs": ours.ref})
        self.progress.follow(self.context.change(changes, self._on_saved, self.fail))

    def _on_saved(self, _changed: Changed) -> None:
        self.accept()

    def _turn(self, record: OwnRule, is_on: bool) -> None:
        change = edit(self.context.register.record(record.id), {"in_use": is_on})
        if change:
            facts = {"refs": record.ref}
            changes = ChangeSet(act="edit", changes=(change,), facts=facts)
            self.context.change(changes, None, self._on_not_turned)

    def _on_not_turned(self, error: Expected) -> None:
        self.own.turn_back()
        self.fail(error)

    def _on_register_changed(self, changed: Changed) -> None:
        if "own_rule" in changed.kinds:
            self.own.load()
            self.tabs.setCurrentIndex(PARTS.index(PARTS[-1]))

    def _answers(self) -> dict[str, Value]:
        return {**self.about.values(), "switched_rules": frozenset(self.rules.on)}

    def done(self, result: int) -> None:
        """Answers that are not saved are asked about before the dialog closes."""
        is_given_up = result == self.DialogCode.Accepted or not self._is_changed()
        if is_given_up or leaving.is_given_up(self.context, self.save):
            super().done(result)

    def _is_changed(self) -> bool:
        return edit(self.context.register.organisation(), self._answers()) is not None

    def _on_record_opened(self, _id: int) -> None:
        """Make room for the record."""
        self.reject()
