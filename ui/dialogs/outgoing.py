"""What leaves the register as a file: which language, where to, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from riskreg import clock
from riskreg.errors import N_
from riskreg.formats import number_words, sentences
from riskreg.i18n import LANGUAGE_NAMES, LANGUAGES, NN_, Language
from riskreg.privileged import privileged_ids
from riskreg.records.values import zone_of
from riskreg.work import WRITING, Work
from ui.context import Context
from ui.dialogs.sheet import Sheet, labelled, open_folder
from ui.forms.choose import CalmComboBox
from ui.prompts import Answer
from ui.widgets import buttons

_PRIVILEGED: Final = NN_(
    "With the {number} legally privileged record, which otherwise stays inside",
    "With the {number} legally privileged records, which otherwise stay inside",
)


class OutgoingDialog(Sheet):
    """Asks for language and place, makes the file, and says what it did. Subclasses make it.

    Args:
        context: What the window shares.
        title: Its name, translated.
        lead: A sentence under it, translated.
        name: What the file is called at first, without date and ending.
        ending: `.xlsx`, `.csv` or `.pdf`.
    """

    def __init__(
        self,
        context: Context,
        title: str,
        lead: str,
        name: str,
        ending: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, title, lead, parent, width=600)
        gettext = context.t.gettext
        self._ending = ending
        self._agreed: Path | None = None
        self.may_start = True
        """What is chosen makes a file."""
        self.language = CalmComboBox(context.theme)
        for language in LANGUAGES:
            self.language.addItem(LANGUAGE_NAMES[language], language)
        self.language.setCurrentIndex(self.language.findData(context.t.language))
        self.where = QLineEdit(str(self._suggestion(name)))
        self.options()
        self.with_privileged = False
        """Asked for when the button was pressed; the writer's thread may not ask the controls."""
        self.body.addWidget(self._ask_privileged())
        self.add_field(gettext(N_("Language")), self.language)
        self._add_where()
        self.start = self.add_primary(gettext(N_("Make the file")), "download", self.make)

    def options(self) -> None:
        """Add what else can be chosen, above language and place."""

    def work(self, path: Path, language: Language, work: Work) -> str:
        """Make the file on the writer's thread and say what was made, translated."""
        raise NotImplementedError

    def make(self) -> None:
        """Make the file; asks before one that exists is replaced."""
        path = self.path()
        if not self._may_replace(path):
            return
        language = cast("Language", self.language.currentData())
        self.with_privileged = self.privileged.isChecked()
        self.message.clear()
        self.start.setEnabled(False)
        job = self.context.jobs.write(
            lambda work: self.work(path, language, work),
            doing=WRITING,
            done=lambda said: self._on_made(path, said),
            failed=self.fail,
        )
        job.finished.connect(self.allow)
        self.progress.follow(job)
        if job.is_finished:
            self.allow()

    def allow(self) -> None:
        """Let the file be made where that makes sense."""
        self.start.setEnabled(self.may_start)

    def path(self) -> Path:
        """The file that will be made."""
        path = Path(self.where.text().strip()).expanduser()
        return (
            path
            if path.suffix.casefold() == self._ending
            else path.with_name(path.name + self._ending)
        )

    def use_ending(self, ending: str) -> None:
        """Make a file of another sort: the name that stands there gets its ending."""
        path = self.path()
        self._ending = ending
        self.where.setText(str(path.with_suffix(ending)))

    def _on_made(self, path: Path, said: str) -> None:
        gettext = self.context.t.gettext
        self._agreed = path
        text = sentences(self.context.t, said, gettext(N_("This file is not encrypted.")))
        self.message.tell(
            text, (gettext(N_("Open the folder")), lambda: open_folder(str(path.parent)))
        )
        self.offer_close()
        self.context.events.said.emit(text)

    def _ask_privileged(self) -> QCheckBox:
        """Off, and not there where nothing is privileged."""
        number = len(privileged_ids(self.context.register))
        said = self.context.t.ngettext(*_PRIVILEGED, number).format(number=number_words(number))
        self.privileged = QCheckBox(said)
        self.privileged.setVisible(number > 0)
        return self.privileged

    def _may_replace(self, path: Path) -> bool:
        if path == self._agreed or not path.exists():
            return True
        gettext = self.context.t.gettext
        question = gettext(N_("{file} exists already. Replace it?")).format(file=path.name)
        answers = (Answer("replace", gettext(N_("Replace"))),)
        return self.context.prompts.ask(self.windowTitle(), question, answers) == "replace"

    def _choose(self) -> None:
        patterns = f"*{self._ending}"
        chosen = self.context.prompts.save_file(self.windowTitle(), patterns, self.path())
        if chosen:
            self._agreed = chosen
            self.where.setText(str(chosen))

    def _add_where(self) -> None:
        gettext = self.context.t.gettext
        theme = self.context.theme
        label = gettext(N_("Choose a place…"))
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addLayout(labelled(theme, gettext(N_("Where to")), self.where), 1)
        chooser = buttons.button(theme, label, "folder-open", self._choose)
        row.addWidget(chooser, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def _suggestion(self, name: str) -> Path:
        """A name of its own for each day, in the account's documents."""
        zone = zone_of(self.context.register.organisation().zone)
        day = clock.now().astimezone(zone).date()
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        where = Path(folder) if folder and Path(folder).is_dir() else Path.home()
        return where / f"{name}-{day}{self._ending}"
