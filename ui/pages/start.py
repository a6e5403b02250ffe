"""First start: three doors, and the registers opened last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_
from riskreg.i18n import Translator
from ui import icons
from ui.pages.start_form import NewRegister, StartForm
from ui.prompts import Prompts
from ui.theme import Theme
from ui.widgets import buttons
from ui.widgets.rows import Row, RowText
from ui.widgets.text import Text

_PROMISE: Final = N_(
    "This program sends nothing to the internet. Try the sample, start your register, or bring your spreadsheet."
)
_PLAIN: Final = N_("The register is one file on this computer. It is not encrypted.")
_WIDTH: Final = 880


class StartPage(QWidget):
    """What a person without a register sees.

    Args:
        t: The language.
        theme: The look in force.
        prompts: Asks for files.
        recent: Registers opened last, newest first.
    """

    sample_wanted = Signal()
    """Open the sample register."""
    new_wanted = Signal(object, bool)
    """Make a `NewRegister`; and then bring a spreadsheet into it, or not."""
    open_wanted = Signal(object)
    """Open the register in this file."""

    def __init__(
        self,
        t: Translator,
        theme: Theme,
        prompts: Prompts,
        recent: tuple[Path, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.t = t
        self._theme = theme
        self._prompts = prompts
        self._then_import = False
        self.doors: list[QPushButton] = []
        self.form = StartForm(t, theme, prompts)
        self.form.made.connect(self._on_form_made)
        self.stack = QStackedWidget()
        self.form.given_up.connect(self.show_doors)
        self.stack.addWidget(self._welcome(recent))
        self.stack.addWidget(self.form)
        self.working = Text("", "body", "muted")
        self.stack.addWidget(self._busy())
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        self.stack.setFixedWidth(_WIDTH)
        layout.addWidget(self.stack)
        layout.addStretch(1)

    def show_working(self, words: str) -> None:
        """Say what is being done; `words` are translated."""
        self.working.setText(words)
        self.stack.setCurrentIndex(2)

    def show_doors(self) -> None:
        """Back to the three doors."""
        self.stack.setCurrentIndex(0)

    def _welcome(self, recent: tuple[Path, ...]) -> QWidget:
        t, theme = self.t, self._theme
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("s"))
        layout.addStretch(2)
        layout.addWidget(Text(t.gettext(N_("Breach and risk register")), "page"))
        layout.addWidget(Text(t.gettext(_PROMISE), "body", "muted", wraps=True))
        layout.addSpacing(theme.space("l"))
        doors = QHBoxLayout()
        doors.setSpacing(theme.space("l"))
        for door in self._doors():
            doors.addWidget(door, 1)
        layout.addLayout(doors)
        layout.addSpacing(theme.space("l"))
        layout.addLayout(self._recent(recent))
        layout.addWidget(Text(t.gettext(_PLAIN), "small", "muted", wraps=True))
        layout.addStretch(3)
        return page

    def _doors(self) -> tuple[QFrame, ...]:
        t = self.t
        return (
            self._door(
                "eye",
                t.gettext(N_("Try the sample")),
                t.gettext(N_("The register of an invented clinic in Hong Kong, to look around and try things.")),
                self.sample_wanted.emit,
            ),
            self._door(
                "plus",
                t.gettext(N_("Start my register")),
                t.gettext(N_("Five questions, then an empty register with the 18 policy actions in it.")),
                lambda: self._begin(then_import=False),
            ),
            self._door(
                "file-spreadsheet",
                t.gettext(N_("Bring my spreadsheet")),
                t.gettext(N_("A new register from your Excel or CSV file. You see what would come in before anything does.")),
                lambda: self._begin(then_import=True),
            ),
        )  # fmt: skip

    def _door(self, icon: str, label: str, words: str, call: Callable[[], object]) -> QFrame:
        theme = self._theme
        frame = QFrame()
        frame.setObjectName("card")
        frame.setMinimumWidth((_WIDTH - 2 * theme.space("l")) // 3)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(
            theme.space("l"), theme.space("l"), theme.space("l"), theme.space("l")
        )
        layout.setSpacing(theme.space("s"))
        picture = QLabel()
        icons.put(picture, theme, icon, "accent", 28)
        layout.addWidget(picture)
        text = Text(words, "small", "muted", wraps=True)
        text.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(text, 1)
        make = buttons.button if self.doors else buttons.primary
        button = make(theme, label, "", call)
        layout.addWidget(button)
        self.doors.append(button)
        return frame

    def _recent(self, recent: tuple[Path, ...]) -> QVBoxLayout:
        t = self.t
        layout = QVBoxLayout()
        layout.setSpacing(0)
        if recent:
            layout.addWidget(Text(t.gettext(N_("Opened last")), "strong"))
        for path in recent:
            row = Row(
                self._theme,
                RowText(icon="folder-open", lead=path.name, text="", end=str(path.parent)),
            )
            row.clicked.connect(lambda _checked=False, path=path: self.open_wanted.emit(path))
            layout.addWidget(row)
        other = buttons.link(self._theme, t.gettext(N_("Open a register…")), self._open_other)
        line = QHBoxLayout()
        line.setContentsMargins(0, self._theme.space("s"), 0, self._theme.space("s"))
        line.addWidget(other)
        line.addStretch(1)
        layout.addLayout(line)
        return layout

    def _busy(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.addStretch(1)
        layout.addWidget(self.working, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        return page

    def _begin(self, *, then_import: bool) -> None:
        self._then_import = then_import
        self.stack.setCurrentWidget(self.form)
        self.form.name.setFocus()

    def _on_form_made(self, made: NewRegister) -> None:
        self.new_wanted.emit(made, self._then_import)

    def _open_other(self) -> None:
        patterns = self.t.gettext(N_("Registers")) + " (*.riskreg)"
        path = self._prompts.open_file(self.t.gettext(N_("Open a register")), patterns)
        if path:
            self.open_wanted.emit(path)
