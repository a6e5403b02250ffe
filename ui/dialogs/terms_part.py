"""The part of the settings about lists of choices: add one, rename one, no longer offer one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QListWidget

from riskreg.changes import Change, Changed, ChangeSet, addition, edit
from riskreg.errors import N_, Expected
from riskreg.i18n import LANGUAGE_NAMES, Translator
from riskreg.records import KINDS, OwnTerm
from riskreg.records.base import declared
from riskreg.records.fields import Choice, Choices, Derived, Value
from riskreg.records.jsons import one_line
from riskreg.records.terms import Term, Terms
from riskreg.rules import own
from riskreg.views import View
from riskreg.wording import message
from ui.context import Context
from ui.dialogs.settings_pages import Part
from ui.dialogs.sheet import labelled
from ui.forms.choose import CalmComboBox
from ui.forms.message import MessageBar
from ui.widgets import buttons

NAMED: Final = N_("{field}: {value}")
_LABELS: Final = {"en": "en", "zh_hant": "zh_Hant", "zh_hans": "zh_Hans"}
"""Fields of the record by the language of its label."""


def list_names(t: Translator) -> Mapping[str, str]:
    """What each list of choices is called: by the kind and field that use it first."""
    found: dict[str, str] = {}
    for kind in KINDS.values():
        for what in declared(kind).values():
            of = what.of if isinstance(what, Derived) else what
            if isinstance(of, Choice | Choices):
                field, value = t.kind_name(kind), t.gettext(what.label)
                found.setdefault(of.terms, t.gettext(NAMED).format(field=field, value=value))
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def key_of(words: str, terms: Terms) -> str:
    """A key for a new choice, from its English name where that has letters; one that was never given."""
    plain = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")[:30]
    base = plain if plain and plain[0].isalpha() else f"own_{plain}".rstrip("_")
    tried, number = base, 2
    while tried in terms.keys:
        tried, number = f"{base}_{number}", number + 1
    return tried


class TermsPart(Part):
    """A list, its choices, and the one that is chosen; each is saved by itself as one change."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        gettext, theme = context.t.gettext, context.theme
        self.of = CalmComboBox(theme)
        self.choices = QListWidget()
        self.labels = {key: QLineEdit() for key in _LABELS}
        self.same_as = CalmComboBox(theme)
        self.retired = QCheckBox(gettext(N_("No longer offered; records that have it keep it")))
        self.message = MessageBar(theme)
        self.add_button = buttons.button(theme, gettext(N_("New choice")), "plus", self.begin)
        self.save_button = buttons.button(theme, gettext(N_("Save choice")), "check", self.save)
        self.choices.setAccessibleName(gettext(N_("Choices")))
        self.choices.setMinimumHeight(120)
        self.ask(N_("List"), self.of)
        self.body.addWidget(self.choices, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        for key, language in _LABELS.items():
            row.addLayout(labelled(theme, LANGUAGE_NAMES[language], self.labels[key]))
        self.body.addLayout(row)
        self.ask(N_("Counts as"), self.same_as)
        self.body.addWidget(self.retired)
        self.body.addWidget(self.message)
        self.offer(self.add_button, self.save_button)
        for name, label in list_names(context.t).items():
            self.of.addItem(label, name)
        self.of.currentIndexChanged.connect(self._on_list_changed)
        self.choices.currentRowChanged.connect(self._on_choice_changed)

    def load(self) -> None:
        """Show the choices in force."""
        self._on_list_changed()

    @property
    def _name(self) -> str:
        return str(self.of.currentData())

    def _terms(self) -> Terms:
        return self.context.register.vocabulary.terms_of(self._name)

    def _term(self) -> Term | None:
        """The choice that is shown; None for a new one."""
        terms, row = self._terms().terms, self.choices.currentRow()
        return terms[row] if 0 <= row < len(terms) else None

    def _on_list_changed(self) -> None:
        gettext, language = self.context.t.gettext, self.context.t.language
        self.choices.blockSignals(True)
        self.choices.clear()
        for term in self._terms().terms:
            pattern = N_("{name} (no longer offered)") if term.is_retired else "{name}"
            self.choices.addItem(gettext(pattern).format(name=term.label.get(language)))
        self.choices.setCurrentRow(0)
        self.choices.blockSignals(False)
        self.same_as.clear()
        self.same_as.addItem(gettext(N_("Nothing built in")), "")
        for term in self.context.register.vocabulary.base.terms_of(self._name).terms:
            self.same_as.addItem(term.label.get(language), term.key)
        self._on_choice_changed()

    def _on_choice_changed(self) -> None:
        term = self._term()
        self.message.clear()
        for key, language in _LABELS.items():
            self.labels[key].setText(getattr(term.label, language) if term else "")
            self.labels[key].setCursorPosition(0)
        self.same_as.setCurrentIndex(
            max(0, self.same_as.findData(term.same_as or term.key if term else ""))
        )
        self.retired.setChecked(bool(term and term.is_retired))
        self._allow()

    def _allow(self) -> None:
        """What the list and the register let be changed."""
        term, may = self._term(), not self.context.register.read_only
        shipped = self.context.register.vocabulary.base.terms_of(self._name)
        self.add_button.setEnabled(may and self._name not in own.CLOSED)
        self.save_button.setEnabled(may)
        self.same_as.setEnabled(may and (term is None or shipped.term(term.key) is None))
        self.retired.setEnabled(may and self._name not in own.CLOSED)
        for field in self.labels.values():
            field.setEnabled(may)

    def begin(self) -> None:
        """Empty the fields for a new choice."""
        self.choices.setCurrentRow(-1)
        self.labels["en"].setFocus()

    def save(self) -> None:
        """Keep the choice that is shown; what the register refuses is said here."""
        words = {key: one_line(field.text()) for key, field in self.labels.items()}
        name = words["en"] or next(filter(None, words.values()), "")
        if not name:
            self.message.tell(
                self.context.t.gettext(N_("Give it a name in one language at least."))
            )
            return
        self.message.clear()
        change = self._change(name, words)
        if change is not None:
            self.context.change(ChangeSet(act="edit", changes=(change,)), self._keep, self._fail)

    def _change(self, name: str, words: Mapping[str, str]) -> Change | None:
        term, terms = self._term(), self._terms()
        values: dict[str, Value] = {"title": name, **words}
        if self._name not in own.CLOSED:
            values["is_retired"] = self.retired.isChecked()
        if self.same_as.isEnabled():
            values["same_as"] = str(self.same_as.currentData())
        record = self._record(term.key) if term else None
        if record is not None:
            return edit(record, values)
        key = term.key if term else key_of(words["en"], terms)
        return addition("terms", {**values, "list_name": self._name, "key": key})

    def _record(self, key: str) -> OwnTerm | None:
        """What the register says of a choice so far."""
        register = self.context.register
        for record in register.records(register.ids(View(kinds=("terms",)))).values():
            if isinstance(record, OwnTerm) and (record.list_name, record.key) == (self._name, key):
                return record
        return None

    def _keep(self, _changed: Changed) -> None:
        row = self.choices.currentRow()
        self._on_list_changed()
        self.choices.setCurrentRow(row if row >= 0 else self.choices.count() - 1)

    def _fail(self, error: Expected) -> None:
        self.message.warn(message(error, self.context.t))
