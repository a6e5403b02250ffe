"""The five questions before a register is made."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import available_timezones

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from riskreg.errors import N_
from riskreg.i18n import LANGUAGE_NAMES, LANGUAGES, Language, Translator
from riskreg.sync_folders import elsewhere, synced
from ui.forms.choose import CalmComboBox
from ui.prompts import Prompts
from ui.theme import Theme
from ui.widgets import buttons
from ui.widgets.notice import Bar
from ui.widgets.text import Text

ZONE: Final = "Asia/Hong_Kong"
SUFFIX: Final = ".riskreg"
SYNCED: Final = N_(
    "{program} keeps this folder the same on several computers. It can copy the register while it is being written, and put an older one in its place."
)
"""What can go wrong in a synchronised folder."""


class NewRegister(NamedTuple):
    """The answers."""

    name: str
    zone: str
    language: Language
    working_as: str
    path: Path


class StartForm(QWidget):
    """Asks for the organisation's name, its zone, its language, who works, and where the file goes.

    Args:
        t: The language of the questions.
        theme: The look in force.
        prompts: Asks for the file.
    """

    made = Signal(object)
    """All is answered: a `NewRegister`."""
    given_up = Signal()

    def __init__(
        self, t: Translator, theme: Theme, prompts: Prompts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._t = t
        self._theme = theme
        self._prompts = prompts
        self.name = QLineEdit()
        self.zone = CalmComboBox(theme)
        self.language = CalmComboBox(theme)
        self.working_as = QLineEdit()
        self.path = QLineEdit(str(_free(elsewhere(_documents()))))
        self.problem = Text("", "small", "high", wraps=True)
        self.problem.hide()
        self.synced = Bar(theme, look="notice", icon="triangle-alert")
        self.synced.hide()
        self._fill()
        self._lay_out()
        self.path.textChanged.connect(self._on_path_changed)
        for line in (self.name, self.working_as, self.path):
            line.returnPressed.connect(self.make.click)

    def _fill(self) -> None:
        self.zone.setEditable(True)
        self.zone.addItems(sorted(available_timezones()))
        self.zone.setCurrentText(ZONE)
        completer = self.zone.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        for language in LANGUAGES:
            self.language.addItem(LANGUAGE_NAMES[language], language)
        self.language.setCurrentIndex(self.language.findData(self._t.language))

    def _lay_out(self) -> None:
        t, theme = self._t, self._theme
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.space("xs"))
        layout.addStretch(2)
        layout.addWidget(Text(t.gettext(N_("Start my register")), "page"))
        layout.addSpacing(theme.space("m"))
        where = QHBoxLayout()
        where.addWidget(self.path, 1)
        where.addWidget(buttons.button(theme, t.gettext(N_("Choose…")), "", self._choose))
        for label, field, row in (
            (N_("What is the organisation called?"), self.name, None),
            (N_("In which time zone does it work?"), self.zone, None),
            (N_("In which language are its records read?"), self.language, None),
            (
                N_("Who is working? The name stands in the history; it is not checked."),
                self.working_as,
                None,
            ),
            (N_("Where does the file go?"), self.path, where),
        ):
            self._ask(layout, t.gettext(label), field, row)
        layout.addWidget(self.synced)
        layout.addWidget(self.problem)
        layout.addSpacing(theme.space("m"))
        layout.addLayout(self._buttons())
        layout.addStretch(3)

    def _ask(
        self, layout: QVBoxLayout, label: str, field: QWidget, row: QHBoxLayout | None
    ) -> None:
        words = Text(label, "small", "muted")
        words.setBuddy(field)
        field.setAccessibleName(label)
        layout.addWidget(words)
        if row is None:
            layout.addWidget(field)
        else:
            layout.addLayout(row)
        layout.addSpacing(self._theme.space("s"))

    def _buttons(self) -> QHBoxLayout:
        t, theme = self._t, self._theme
        line = QHBoxLayout()
        line.setSpacing(theme.space("s"))
        self.make = buttons.primary(theme, t.gettext(N_("Make the register")), "check", self._make)
        line.addWidget(self.make)
        line.addWidget(buttons.button(theme, t.gettext(N_("Back")), "", self.given_up.emit))
        line.addStretch(1)
        return line

    def _choose(self) -> None:
        t = self._t
        patterns = t.gettext(N_("Registers")) + f" (*{SUFFIX})"
        path = self._prompts.save_file(
            t.gettext(N_("Where does the file go?")), patterns, Path(self.path.text())
        )
        if path:
            self.path.setText(str(path.with_suffix(SUFFIX)))

    def _on_path_changed(self) -> None:
        """Say what can go wrong in a folder that a program keeps the same on several computers, and offer another."""
        path = Path(self.path.text().strip()).expanduser()
        found = synced(path)
        self.synced.setVisible(found is not None)
        if found is None:
            return
        other = elsewhere(path.parent) / path.name
        words = self._t.gettext(SYNCED).format(program=found.program)
        label = self._t.gettext(N_("Put it in {folder}")).format(folder=other.parent.name)
        self.synced.say(words, label, lambda: self.path.setText(str(other)))

    def _make(self) -> None:
        problem = self._missing()
        self.problem.setText(self._t.gettext(problem))
        self.problem.setVisible(bool(problem))
        if problem:
            return
        path = Path(self.path.text().strip()).expanduser()
        self.made.emit(
            NewRegister(
                name=self.name.text().strip(),
                zone=self.zone.currentText().strip(),
                language=self.language.currentData(),
                working_as=self.working_as.text().strip(),
                path=path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX),
            )
        )

    def _missing(self) -> str:
        if not self.name.text().strip():
            return N_("The organisation's name is missing.")
        if self.zone.currentText().strip() not in available_timezones():
            return N_(
                "There is no such time zone. Choose one from the list, such as Asia/Hong_Kong."
            )
        return "" if self.path.text().strip() else N_("The file's name is missing.")


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _free(folder: Path) -> Path:
    """A name in a folder that no register has yet."""
    names = (f"register{f'-{number}' if number > 1 else ''}{SUFFIX}" for number in count(1))
    return next(path for name in names if not (path := folder / name).exists())
