"""Three parts of the settings: who works and how the window looks, backups, privacy; and what every part has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_
from riskreg.i18n import LANGUAGE_NAMES, LANGUAGES
from riskreg.log import log_file
from riskreg.records.jsons import one_line
from riskreg.settings import KEEPING, KeepingName, default_backup_folder
from ui.backups import keeping_words
from ui.context import Context
from ui.dialogs.sheet import labelled, open_folder
from ui.forms.choose import CalmComboBox
from ui.theme import LOOKS, WISHES
from ui.widgets import buttons
from ui.widgets.text import Text

_KEEPING: Final[Mapping[KeepingName, str]] = {
    "few": N_("Few"),
    "usual": N_("As usual"),
    "many": N_("Many"),
}


class Part(QWidget):
    """One part; what it asks stands in `body`."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, context.theme.space("s"), 0, 0)
        self.body.setSpacing(context.theme.space("s"))

    def load(self) -> None:
        """Show what is in force."""

    def preferences(self) -> Mapping[str, Any]:
        """What shall be in force: fields of `Settings`."""
        return {}

    def ask(self, label: str, field: QWidget, help: str = "") -> None:
        """Add a field with its label and help, both msgids."""
        gettext = self.context.t.gettext
        self.body.addLayout(
            labelled(self.context.theme, gettext(label), field, gettext(help) if help else "")
        )

    def say(self, words: str) -> None:
        """Add a sentence, translated."""
        self.body.addWidget(Text(words, "small", "muted", wraps=True))

    def offer(self, *offered: QPushButton) -> None:
        """Add buttons in a row."""
        row = QHBoxLayout()
        row.setSpacing(self.context.theme.space("s"))
        for each in offered:
            row.addWidget(each)
        row.addStretch(1)
        self.body.addLayout(row)


class PersonPart(Part):
    """Who works, in which language, how the window looks."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.name = QLineEdit()
        self.language = CalmComboBox(context.theme)
        self.look = CalmComboBox(context.theme)
        for language in LANGUAGES:
            self.language.addItem(LANGUAGE_NAMES[language], language)
        for wish in WISHES:
            self.look.addItem(context.t.gettext(LOOKS[wish]), wish)
        self.say(
            context.t.gettext(N_("These belong to this computer and account, not to the register."))
        )
        self.ask(
            N_("Working as"),
            self.name,
            N_("The name stands in the history beside each change. It is not checked."),
        )
        self.ask(N_("Language"), self.language)
        self.ask(N_("Look"), self.look)
        self.body.addStretch(1)

    def load(self) -> None:
        """Show what is in force."""
        self.name.setText(self.context.settings.value.working_as)
        self.language.setCurrentIndex(self.language.findData(self.context.t.language))
        self.look.setCurrentIndex(self.look.findData(self.context.theme.wish))

    def preferences(self) -> Mapping[str, Any]:
        """Who works, the look, and the language where it is another one."""
        found: dict[str, Any] = {
            "working_as": one_line(self.name.text()),
            "theme": self.look.currentData(),
        }
        if self.language.currentData() != self.context.t.language:
            found["language"] = self.language.currentData()
        return found


class BackupPart(Part):
    """Where backups go, when they are made, how many stay."""

    shown = Signal()
    """The person wants to see the backups."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        gettext = context.t.gettext
        self.folder = QLineEdit()
        self.folder.setPlaceholderText(str(default_backup_folder()))
        self.on_close = QCheckBox(gettext(N_("Back up when a register that changed is closed")))
        self.keeping = CalmComboBox(context.theme)
        for name, label in _KEEPING.items():
            self.keeping.addItem(gettext(label), name)
        self.kept = Text("", "small", "muted", wraps=True)
        self.keeping.currentIndexChanged.connect(self._say_kept)
        self.ask(
            N_("Folder for backups"),
            self.folder,
            N_("Best on another disk. Backups are not encrypted either."),
        )
        self.offer(
            buttons.button(
                context.theme, gettext(N_("Choose a folder…")), "folder-open", self.choose
            ),
            buttons.button(
                context.theme, gettext(N_("See the backups…")), "archive-restore", self.shown.emit
            ),
        )
        self.ask(N_("How many stay"), self.keeping)
        self.body.addWidget(self.kept)
        self.body.addWidget(self.on_close)
        self.body.addStretch(1)

    def load(self) -> None:
        """Show what is in force."""
        value = self.context.settings.value
        self.folder.setText(value.backup_folder)
        self.on_close.setChecked(value.backup_on_close)
        self.keeping.setCurrentIndex(self.keeping.findData(value.keeping))
        self._say_kept()

    def preferences(self) -> Mapping[str, Any]:
        """All three."""
        return {
            "backup_folder": self.folder.text().strip(),
            "backup_on_close": self.on_close.isChecked(),
            "keeping": self.keeping.currentData(),
        }

    def choose(self) -> None:
        """Ask for the folder."""
        start = Path(self.folder.text()) if self.folder.text() else None
        title = self.context.t.gettext(N_("Folder for backups"))
        if folder := self.context.prompts.folder(title, start):
            self.folder.setText(str(folder))

    def _say_kept(self) -> None:
        t = self.context.t
        words = keeping_words(KEEPING[self.keeping.currentData()], t)
        said = t.gettext(N_("Kept: {words}; never fewer than three.")).format(words=words)
        self.kept.setText(said)
        self.keeping.setAccessibleDescription(said)


class PrivacyPart(Part):
    """What this computer remembers and writes beside the register."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        gettext = context.t.gettext
        self.recent = QCheckBox(gettext(N_("Remember the registers opened last")))
        self.body.addWidget(self.recent)
        self.say(gettext(N_("Their names show on the start page. Switched off, they are forgotten at once.")))  # fmt: skip
        self.body.addSpacing(context.theme.space("m"))
        self.say(gettext(N_("The program sends nothing to the internet. Its log holds codes, counts and times, never what a register says.")))  # fmt: skip
        self.say(str(log_file()))
        self.offer(
            buttons.button(
                context.theme,
                gettext(N_("Open the folder of the log")),
                "folder-open",
                lambda: open_folder(str(log_file().parent)),
            )
        )
        self.body.addSpacing(context.theme.space("m"))
        self.say(gettext(N_("The register is one file on this computer. It is not encrypted.")))
        self.body.addStretch(1)

    def load(self) -> None:
        """Show what is in force."""
        self.recent.setChecked(self.context.settings.value.keep_recent)

    def preferences(self) -> Mapping[str, Any]:
        """Forgets at once what shall not be remembered."""
        keeps = self.recent.isChecked()
        return {"keep_recent": keeps} if keeps else {"keep_recent": keeps, "recent": ()}
