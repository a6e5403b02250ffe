"""The program with its window: starts Qt, opens a register or the start page, and changes windows when the language changes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, TypeVar

from PySide6.QtCore import QLocale, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from riskreg import log, register, rescue, sample, settings
from riskreg.cli import SET_ASIDE
from riskreg.errors import N_, Expected, Message
from riskreg.i18n import LANGUAGES, Translator, guess_language, translator
from riskreg.rescue import Offered
from riskreg.views import Register
from riskreg.wording import message
from riskreg.work import Work
from ui import qt_words
from ui.actions import Actions
from ui.collector import Collector
from ui.context import Context
from ui.jobs import Failed, Jobs, share_time
from ui.pages.start import StartPage
from ui.pages.start_form import NewRegister
from ui.prompts import WindowPrompts
from ui.settings import Preferences
from ui.start_window import StartWindow
from ui.theme import Theme
from ui.turns import make_classes
from ui.ways import Way, answers, when_opening
from ui.ways_out import Leaving, Typed, show_folder
from ui.window import MainWindow

T = TypeVar("T")
OPENING: Final = N_("Opening the register")
LOOKING: Final = N_("Looking through the backups")
MOVING: Final = N_("Moving the register")
MAKING: Final = N_("Making the register")
SAMPLE: Final = N_("Making the sample register")
FROM_BACKUP: Final = N_(
    "This is a backup, opened as {file}. {damaged} was not touched. What was saved after the backup is missing here."
)
PATIENCE_MS: Final = 30
"""How long the window's own questions wait while a change is committed; then a table paints placeholders and asks again."""
BUG: Final = Message(
    N_("The program made a mistake and could not do this."),
    N_("What was saved is safe; what you typed is still here."),
    N_("Try again. If it happens again, close the program, open it, and tell whoever looks after it; the log names the place, never your data."),
)  # fmt: skip


def run(path: Path | None, argv: Sequence[str]) -> int:
    """Open the window and return the exit status when it closes.

    Args:
        path: The register to open; None for the one opened last, or the start page.
        argv: What was typed, the program's name first.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([*argv[:1]])
    app.setApplicationName("riskreg")
    app.setQuitOnLastWindowClosed(False)
    share_time()
    make_classes()
    loaded = settings.load()
    program = Program(app, Preferences(loaded.settings))
    sys.excepthook = program.last_resort
    log.catch_crashes()
    program.start(path)
    if loaded.set_aside:
        program.tell_set_aside(loaded.set_aside)
    program.collector.start()
    try:
        return app.exec()
    finally:
        program.collector.stop()


class Program(QObject):
    """Holds what outlives a window: settings, look, jobs, and the register that is open.

    Args:
        app: Qt's application.
        preferences: What this computer remembers.
        jobs: Who works beside the window.
    """

    def __init__(
        self, app: QApplication, preferences: Preferences, jobs: Jobs | None = None
    ) -> None:
        super().__init__()
        self._app = app
        self._preferences = preferences
        self._jobs = jobs or Jobs()
        self.collector = Collector(self._jobs, self)
        self.theme = Theme(preferences.value.theme)
        self.theme.apply(app)
        self.window: QMainWindow | None = None
        self._next: Leaving | None = None
        self._is_telling = False

    def start(self, path: Path | None) -> None:
        """Open a register, the one opened last, or the start page."""
        path = path or next(iter(self.recent()), None)
        self._show_start()
        if path is not None:
            self.open(path)

    def recent(self) -> tuple[Path, ...]:
        """Registers opened last that are still there, newest first."""
        return tuple(
            path for name in self._preferences.value.recent if (path := Path(name)).exists()
        )

    def open(
        self, path: Path, *, then_import: bool = False, typed: Typed | None = None, said: str = ""
    ) -> None:
        """Open a register.

        Args:
            path: The file.
            then_import: Bring a spreadsheet into it at once.
            typed: What was typed in the window before this one and not saved.
            said: What the person must know of it, translated; stands above the pages.
        """
        self._do(
            lambda _work: register.open(path, wait_ms=PATIENCE_MS),
            OPENING,
            lambda found: self._show(found, then_import=then_import, typed=typed, said=said),
            lambda error: self._on_not_opened(path, error),
        )

    def create(self, made: NewRegister, *, then_import: bool = False) -> None:
        """Make a register and open it."""
        self._preferences.change(working_as=made.working_as)

        def make(_work: Work) -> Register:
            _make_folder(made.path.parent)
            return register.create(
                made.path, name=made.name, zone=made.zone, language=made.language
            )

        self._do(make, MAKING, lambda found: self._show(found, then_import=then_import))

    def open_sample(self) -> None:
        """Open the sample register of this account; it is made where it is not there yet."""
        path = settings.data_folder() / "sample.riskreg"

        def make(work: Work) -> Register:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                sample.make(path, work=work)
            return register.open(path, wait_ms=PATIENCE_MS)

        self._do(make, SAMPLE, self._show)

    def tell_set_aside(self, damaged: Path) -> None:
        """The preferences could not be read: say where they are now, once the window stands."""
        t = self._translator()
        said = t.gettext(SET_ASIDE).format(path=damaged)
        QTimer.singleShot(0, self, lambda: WindowPrompts(t).tell(t.gettext(N_("Settings")), said))

    def last_resort(
        self, kind: type[BaseException], error: BaseException, stack: TracebackType | None
    ) -> None:
        """Note a bug without any content, and say so in plain words; nothing is saved behind the person's back."""
        if not isinstance(error, Expected):
            log.excepthook(kind, error, stack)
        if self._is_telling:
            return
        self._is_telling = True
        try:
            t = self._translator()
            known = message(error, t) if isinstance(error, Expected) else None
            WindowPrompts(t).error(known or Message(*(t.gettext(part) for part in BUG)))
        finally:
            self._is_telling = False

    def _do(
        self,
        call: Callable[[Work], T],
        doing: str,
        done: Callable[[T], object],
        failed: Failed | None = None,
    ) -> None:
        """Do something before there is a register in the window."""
        if isinstance(self.window, StartWindow):
            self.window.page.show_working(self._translator().gettext(doing))
        self._jobs.write(call, doing=doing, done=done, failed=failed or self._on_failed)

    def _on_failed(self, error: Expected) -> None:
        self._tell(error)

    def _tell(self, error: Expected, ways: Sequence[Way] = ()) -> str:
        """Show the doors and what went wrong; the way out that was chosen, or ""."""
        t = self._translator()
        if not isinstance(self.window, StartWindow):
            self._show_start()
        if isinstance(self.window, StartWindow):
            self.window.page.show_doors()
        return WindowPrompts(t).error(message(error, t), answers(ways, t))

    # a register that cannot be opened

    def _on_not_opened(self, path: Path, error: Expected) -> None:
        ways = when_opening(error, has_backups=rescue.has_backups())
        way = self._tell(error, ways)
        if way == "backup":
            self.offer_backups(path)
        elif way == "reading":
            self._do(
                lambda _work: register.open(path, read_only=True, wait_ms=PATIENCE_MS),
                OPENING,
                self._show,
            )
        elif way == "folder":
            show_folder(path)

    def offer_backups(self, path: Path) -> None:
        """List the backups of a register that cannot be opened; none is opened unasked."""
        self._do(
            lambda work: rescue.backups_for(path, work),
            LOOKING,
            lambda offered: self._list_backups(path, offered),
        )

    def _list_backups(self, path: Path, offered: list[Offered]) -> None:
        from ui.dialogs.open_backup import OpenBackupDialog

        t = self._translator()
        if isinstance(self.window, StartWindow):
            self.window.page.show_doors()
        dialog = OpenBackupDialog(t, self.theme, WindowPrompts(t), offered, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(lambda backup: self._open_backup(backup, path))
        dialog.open()

    def _open_backup(self, backup: Path, path: Path) -> None:
        said = self._translator().gettext(FROM_BACKUP)
        self._do(
            lambda work: rescue.open_backup(backup, path, work),
            OPENING,
            lambda made: self.open(made, said=said.format(file=made.name, damaged=path.name)),
            lambda error: self._on_not_opened(path, error),
        )

    def _show(
        self,
        opened: Register,
        *,
        place: str = "home",
        then_import: bool = False,
        typed: Typed | None = None,
        said: str = "",
    ) -> None:
        t = self._translator()
        context = Context(
            register=opened,
            t=t,
            theme=self.theme,
            jobs=self._jobs,
            prompts=WindowPrompts(t),
            actions=Actions(t, self.theme),
            settings=self._preferences,
        )
        self._preferences.opened(opened.path)
        window = MainWindow(context)
        window.language_wanted.connect(lambda _language: self._rebuild(window))
        window.register_wanted.connect(lambda path: self._change(window, path))
        window.move_wanted.connect(lambda folder: self._move(window, folder))
        window.ways.leave_wanted.connect(lambda leaving: self._leave(window, leaving))
        window.finished.connect(lambda: self._on_window_finished(window))
        window.go(place)
        self._put(window)
        if said:
            window.notice.say(said)
        if typed:
            window.resume(typed)
        if then_import:
            context.actions["import"].trigger()

    def _rebuild(self, window: MainWindow) -> None:
        self._jobs.drop_questions()
        self._show(window.context.register, place=window.place)

    def _change(self, window: MainWindow, path: Path) -> None:
        self._next = Leaving(path=path)
        window.close()

    def _move(self, window: MainWindow, folder: Path) -> None:
        self._next = Leaving(path=window.context.register.path, folder=folder)
        window.close()

    def _leave(self, window: MainWindow, leaving: Leaving) -> None:
        """Close without asking: what is typed goes along, and saving is what fails."""
        self._next = leaving
        window.leave_now()

    def _on_window_finished(self, window: MainWindow) -> None:
        if self._next is None:
            self._jobs.close()
            self._app.quit()
            return
        leaving, self._next = self._next, None
        path, folder, typed = leaving.path, leaving.folder, leaving.typed
        self._show_start()
        if leaving.is_backup_wanted:
            self.offer_backups(path)
        elif folder is None:
            self.open(path, typed=typed)
        else:
            self._do(
                lambda work: _moved(path, folder, work),
                MOVING,
                lambda found: self._show(found, typed=typed),
                lambda error: self._on_not_moved(leaving, error),
            )

    def _on_not_moved(self, leaving: Leaving, error: Expected) -> None:
        """It is where it was: it opens again, with what was typed."""
        self._tell(error)
        self.open(leaving.path, typed=leaving.typed)

    def _show_start(self) -> None:
        t = self._translator()
        window = StartWindow(StartPage(t, self.theme, WindowPrompts(t), self.recent()))
        window.page.sample_wanted.connect(self.open_sample)
        window.page.new_wanted.connect(lambda made, then: self.create(made, then_import=then))
        window.page.open_wanted.connect(self.open)
        window.closed.connect(self._app.quit)
        self._put(window)

    def _put(self, window: QMainWindow) -> None:
        old, self.window = self.window, window
        qt_words.speak(self._translator().language)
        window.show()
        if old is not None:
            old.hide()
            old.deleteLater()

    def _translator(self) -> Translator:
        chosen = self._preferences.value.language
        if chosen in LANGUAGES:
            return translator(chosen)
        return translator(guess_language(QLocale.system().uiLanguages()))


def _make_folder(folder: Path) -> None:
    """A new account has no folder for documents yet; raises `Expected` ("cannot_write")."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Expected("cannot_write", path=str(folder), reason=error.strerror or "") from None


def _moved(path: Path, folder: Path, work: Work) -> Register:
    return register.open(register.move(path, folder, work), wait_ms=PATIENCE_MS)
