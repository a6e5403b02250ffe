"""The organisation's logo in the settings: as it looks on light and on dark ground, chosen, replaced or taken away."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from riskreg import logo
from riskreg.errors import N_, Expected
from riskreg.evidence import Taken, name_shown
from riskreg.logo import Logo
from riskreg.wording import message
from ui.context import Context
from ui.dialogs.logo_preview import LogoPreview
from ui.forms.message import MessageBar
from ui.theme import Name
from ui.widgets import buttons
from ui.widgets.text import Text

READING: Final = N_("Reading the logo")
_GROUNDS: Final[tuple[tuple[Name, str], ...]] = (
    ("light", N_("The logo on light ground")),
    ("dark", N_("The logo on dark ground")),
)
_NONE: Final = N_("No logo. With one, it stands at the head of every report.")
_HELP: Final = N_("PNG, JPEG or SVG, at most 2 MB. It is kept as evidence, and what it replaces stays there as an older version.")  # fmt: skip


class LogoField(QWidget):
    """Nothing is kept before the settings are saved.

    Args:
        context: The register, and who asks for a file.

    Attributes:
        taken: The file that shall be the logo; None where it stays as it is.
        is_removed: There shall be none.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        gettext = context.t.gettext
        self._context = context
        self.taken: Taken | None = None
        self.is_removed = False
        self.previews = tuple(LogoPreview(name, gettext(said)) for name, said in _GROUNDS)
        self.name = Text("", "small", wraps=True)
        self.choose_button = buttons.button(
            context.theme, gettext(N_("Choose a logo…")), "upload", self.choose
        )
        self.remove_button = buttons.button(
            context.theme, gettext(N_("Remove the logo")), "trash-2", self.remove
        )
        self.message = MessageBar(context.theme)
        self._lay_out()

    def load(self) -> None:
        """Show the logo of the register."""
        self.taken, self.is_removed = None, False
        self.message.clear()
        record = logo.kept(self._context.register)
        if record is None:
            self._show(Logo())
            return
        self.name.setText(name_shown(record.file_name or record.title))
        self._context.ask(logo.found, self._show)

    def choose(self) -> None:
        """Ask for a file, read it beside the window, and show how it would look."""
        gettext = self._context.t.gettext
        patterns = gettext(N_("Pictures")) + " (*.png *.jpg *.jpeg *.svg)"
        if path := self._context.prompts.open_file(gettext(N_("Choose a logo")), patterns):
            self.take(path)

    def take(self, path: Path) -> None:
        """Read a file; one that cannot be a logo is refused here, and what was shown stays."""

        def read(taken: Taken) -> tuple[Taken, Logo]:
            return taken, Logo(logo.shown(taken.name, taken.content))

        self.message.clear()
        self._context.jobs.read(
            lambda work: read(logo.taken(path, work)),
            doing=READING,
            done=self._on_read,
            failed=self._on_failed,
        )

    def remove(self) -> None:
        """There shall be none."""
        self.taken, self.is_removed = None, True
        self.message.clear()
        self._show(Logo())

    def _on_read(self, found: tuple[Taken, Logo]) -> None:
        self.taken, shown = found
        self.is_removed = False
        self.name.setText(name_shown(self.taken.name))
        self._show(shown)

    def _on_failed(self, error: Expected) -> None:
        self.message.warn(message(error, self._context.t))

    def _show(self, found: Logo) -> None:
        gettext = self._context.t.gettext
        is_there = found.picture is not None or bool(found.trouble)
        for preview in self.previews:
            preview.show_picture(found.picture)
            preview.setVisible(found.picture is not None)
        if not is_there:
            self.name.setText(gettext(_NONE))
        elif found.trouble:
            self.name.setText(gettext(found.trouble))
        self.name.set_tone("high" if found.trouble else "muted")
        self.remove_button.setVisible(is_there)

    def _lay_out(self) -> None:
        theme, gettext = self._context.theme, self._context.t.gettext
        seen = QHBoxLayout()
        seen.setSpacing(theme.space("s"))
        for preview in self.previews:
            seen.addWidget(preview)
        seen.addStretch(1)
        offered = QHBoxLayout()
        offered.setSpacing(theme.space("s"))
        offered.addWidget(self.choose_button)
        offered.addWidget(self.remove_button)
        offered.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("xs"))
        layout.addWidget(Text(gettext(N_("Logo")), "small", "muted"))
        layout.addLayout(seen)
        layout.addWidget(self.name)
        layout.addLayout(offered)
        layout.addWidget(Text(gettext(_HELP), "small", "muted", wraps=True))
        layout.addWidget(self.message)
