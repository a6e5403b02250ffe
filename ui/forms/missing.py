"""What a record still lacks, in the head of the panel: how many things, and one click deeper which and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.records import Record
from riskreg.rules.completeness import Rule, missing
from riskreg.rules.meaning import meant
from ui import icons
from ui.context import Context
from ui.widgets import buttons
from ui.widgets.text import Text

THINGS = NN_("{number} thing missing", "{number} things missing")


class MissingList(QWidget):
    """The fields that are missed, each with a sentence why; a click on one leads there. `head` folds it out and in."""

    field_asked = Signal(str)
    """Lead to this field."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._id = 0
        self._rules: tuple[Rule, ...] = ()
        self.links: list[QWidget] = []
        self._lines: list[QWidget] = []
        self.head = buttons.chip(context.theme, "", call=self._on_head)
        self.head.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.hide()

    def show_record(self, record: Record, *, is_shown: bool = False) -> None:
        """Say what a record lacks; the list stays unfolded while the same record is shown.

        Args:
            record: As it is stored.
            is_shown: A file kept as evidence shows it.
        """
        rules = missing(meant(record, self._context.register.vocabulary), is_shown=is_shown)
        if record.id != self._id or not rules:
            self.fold()
        if (record.id, rules) != (self._id, self._rules):
            self._show_rules(record, rules)
        self._id, self._rules = record.id, rules

    def show_nothing(self) -> None:
        """A record that does not exist yet lacks nothing."""
        self._id, self._rules = 0, ()
        self.head.hide()
        self.fold()

    def fold(self, is_open: bool = False) -> None:
        """Show the head alone, or the list too."""
        self.setVisible(is_open)
        name = "chevron-down" if is_open else "chevron-right"
        icons.put(self.head, self._context.theme, name, "muted", 14, gap=3)

    def _show_rules(self, record: Record, rules: tuple[Rule, ...]) -> None:
        t = self._context.t
        for old in self._lines:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.links, self._lines = [], []
        said = t.ngettext(*THINGS, len(rules)).format(number=number_words(len(rules)))
        self.head.setText(said)
        self.head.setAccessibleName(said)
        self.head.setAccessibleDescription(
            t.gettext(N_("Shows what is missing and why it matters"))
        )
        self.head.setVisible(bool(rules))
        for rule in rules:
            self._add(t.label(type(record), rule.field), rule)

    def _add(self, label: str, rule: Rule) -> None:
        reason = self._context.t.gettext(rule.reason)
        link = buttons.link(self._context.theme, label, lambda: self.field_asked.emit(rule.field))
        link.setAccessibleDescription(reason)
        line = QWidget()
        stack = QVBoxLayout(line)
        stack.setContentsMargins(0, 0, 0, self._context.theme.space("xs"))
        stack.setSpacing(0)
        stack.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        stack.addWidget(Text(reason, "small", "muted", wraps=True))
        self._layout.addWidget(line)
        line.show()
        self.links.append(link)
        self._lines.append(line)

    def _on_head(self) -> None:
        self.fold(is_open=self.isHidden())
