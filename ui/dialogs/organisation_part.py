"""The part of the settings about the organisation: a record like others, so that a change of it stands in the history."""

from __future__ import annotations

from typing import Final
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout

from riskreg import logo
from riskreg.changes import ChangeSet, edit
from riskreg.errors import N_
from riskreg.i18n import LANGUAGE_NAMES, LANGUAGES
from riskreg.records.fields import Fields, Value
from riskreg.records.jsons import one_line
from ui.context import Context
from ui.dialogs.logo_field import LogoField
from ui.dialogs.settings_pages import Part
from ui.dialogs.sheet import labelled
from ui.forms.choose import CalmComboBox
from ui.widgets.text import Text

_LOGO: Final = N_("Logo")


class OrganisationPart(Part):
    """Whose register this is, where it is, how it is reached, and its logo."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.title = QLineEdit()
        self.zone = CalmComboBox(context.theme)
        self.language = CalmComboBox(context.theme)
        self.address, self.phone, self.email = QLineEdit(), QLineEdit(), QLineEdit()
        self.logo = LogoField(context)
        self.problem = Text("", "small", "high", wraps=True)
        self.problem.hide()
        self._fill()
        self.say(
            context.t.gettext(
                N_(
                    "These belong to the register. A change stands in its history and can be undone."
                )
            )
        )
        self._ask_all()
        self.body.addStretch(1)
        for field in (*self._lines().values(), self.zone, self.language, self.logo):
            field.setEnabled(not context.register.read_only)

    def load(self) -> None:
        """Show what the register says."""
        found = self.context.register.organisation()
        for key, field in self._lines().items():
            field.setText(str(found.get(key)))
            field.setCursorPosition(0)
        self.zone.setCurrentText(found.zone)
        self.language.setCurrentIndex(max(0, self.language.findData(found.language)))
        self.logo.load()

    def values(self) -> dict[str, Value]:
        """What the record shall say, but for its logo."""
        lines: dict[str, Value] = {
            key: one_line(field.text()) for key, field in self._lines().items()
        }
        return {
            **lines,
            "zone": self.zone.currentText().strip(),
            "language": str(self.language.currentData()),
        }

    def change_set(self, also: Fields) -> ChangeSet | None:
        """All of it as one step, with other fields of the organisation; None where nothing differs."""
        values = {**self.values(), **also}
        register = self.context.register
        if self.logo.taken:
            title = self.context.t.gettext(_LOGO)
            if made := logo.placed(register, self.logo.taken, title, values):
                return made
        if self.logo.is_removed:
            values["logo"] = frozenset()
        change = edit(register.organisation(), values)
        return ChangeSet(act="edit", changes=(change,)) if change else None

    def is_sound(self) -> bool:
        """Whether it can be saved; says what is wrong."""
        problem = ""
        if not one_line(self.title.text()):
            problem = N_("The organisation's name is missing.")
        elif self.zone.currentText().strip() not in available_timezones():
            problem = N_(
                "There is no such time zone. Choose one from the list, such as Asia/Hong_Kong."
            )
        self.problem.setText(self.context.t.gettext(problem))
        self.problem.setVisible(bool(problem))
        return not problem

    def _lines(self) -> dict[str, QLineEdit]:
        return {
            "title": self.title,
            "address": self.address,
            "phone": self.phone,
            "email": self.email,
        }

    def _ask_all(self) -> None:
        t, theme = self.context.t, self.context.theme
        self.ask(N_("What is the organisation called?"), self.title)
        self.body.addWidget(self.problem)
        self._abreast(
            labelled(
                theme,
                t.gettext(N_("In which time zone does it work?")),
                self.zone,
                t.gettext(N_("Such as Asia/Hong_Kong; times are shown in it.")),
            ),
            labelled(
                theme, t.gettext(N_("In which language are its records read?")), self.language
            ),
        )
        self.body.addLayout(
            labelled(
                theme,
                t.label("organisation", "address"),
                self.address,
                t.help("organisation", "address"),
            )
        )
        self._abreast(
            labelled(theme, t.label("organisation", "phone"), self.phone),
            labelled(theme, t.label("organisation", "email"), self.email),
        )
        self.body.addWidget(self.logo)

    def _abreast(self, *fields: QVBoxLayout) -> None:
        """Fields side by side, their labels on one line."""
        row = QHBoxLayout()
        row.setSpacing(self.context.theme.space("m"))
        for field in fields:
            field.addStretch(1)
            row.addLayout(field, 1)
        self.body.addLayout(row)

    def _fill(self) -> None:
        self.zone.setEditable(True)
        self.zone.addItems(sorted(available_timezones()))
        completer = self.zone.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        for language in LANGUAGES:
            self.language.addItem(LANGUAGE_NAMES[language], language)
