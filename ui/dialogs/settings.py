"""Preferences of this computer: who is working, the language, the look, where backups go."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from riskreg.errors import N_
from riskreg.i18n import LANGUAGE_NAMES, LANGUAGES
from riskreg.settings import default_backup_folder
from ui.context import Context
from ui.dialogs.sheet import Sheet
from ui.forms.choose import CalmComboBox
from ui.theme import LOOKS, WISHES, Wish
from ui.widgets import buttons


class SettingsDialog(Sheet):
    """Nothing is in force before Save."""

    language_chosen = Signal(str)
    """Another language than the window's was saved."""
    saved = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        gettext = context.t.gettext
        lead = N_("These belong to this computer and account, not to the register.")
        super().__init__(context, gettext(N_("Settings")), gettext(lead), parent)
        self.name = QLineEdit()
        self.language = CalmComboBox(context.theme)
        self.look = CalmComboBox(context.theme)
        self.folder = QLineEdit()
        self.recent = QCheckBox(gettext(N_("Remember the registers opened last")))
        self._fill()
        self._add_fields()
        self.save_button = self.add_primary(gettext(N_("Save")), "check", self.save)
        self.load()

    def load(self) -> None:
        """Show what is in force."""
        value = self.context.settings.value
        self.name.setText(value.working_as)
        self.language.setCurrentIndex(self.language.findData(self.context.t.language))
        self.look.setCurrentIndex(self.look.findData(self.context.theme.wish))
        self.folder.setText(value.backup_folder)
        self.recent.setChecked(value.keep_recent)

    def save(self) -> None:
        """Put it in force."""
        language = str(self.language.currentData())
        wish = cast("Wish", self.look.currentData())
        keeps = self.recent.isChecked()
        changes = {
            "working_as": self.name.text().strip(),
            "theme": wish,
            "backup_folder": self.folder.text().strip(),
            "keep_recent": keeps,
        }
        if not keeps:
            changes["recent"] = ()
        if language != self.context.t.language:
            changes["language"] = language
        self.context.settings.change(**changes)
        self.context.theme.choose(wish)
        self.saved.emit()
        self.close()
        if "language" in changes:
            self.language_chosen.emit(language)

    def _fill(self) -> None:
        for language in LANGUAGES:
            self.language.addItem(LANGUAGE_NAMES[language], language)
        for wish in WISHES:
            self.look.addItem(self.context.t.gettext(LOOKS[wish]), wish)
        self.folder.setPlaceholderText(str(default_backup_folder()))

    def _add_fields(self) -> None:
        gettext = self.context.t.gettext
        self.add_field(
            gettext(N_("Working as")),
            self.name,
            gettext(N_("The name stands in the history beside each change. It is not checked.")),
        )
        self.add_field(gettext(N_("Language")), self.language)
        self.add_field(gettext(N_("Look")), self.look)
        help = N_("Best on another disk. Backups are not encrypted either.")
        self.add_field(gettext(N_("Folder for backups")), self.folder, gettext(help))
        row = QHBoxLayout()
        row.addWidget(
            buttons.button(
                self.context.theme, gettext(N_("Choose a folder…")), "folder-open", self._choose
            )
        )
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.recent)
        self.body.addStretch(1)

    def _choose(self) -> None:
        start = Path(self.folder.text()) if self.folder.text() else None
        title = self.context.t.gettext(N_("Folder for backups"))
        if folder := self.context.prompts.folder(title, start):
            self.folder.setText(str(folder))
