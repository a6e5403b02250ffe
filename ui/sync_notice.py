"""What can go wrong with where a register lies, and a way out.

A folder that is kept the same on several computers is said once; one in which nothing can be written, each time.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from riskreg.errors import N_
from riskreg.register import NO_FOLDER
from riskreg.sync_folders import elsewhere, synced
from ui.context import Context
from ui.pages.start_form import SYNCED
from ui.ways import LABELS
from ui.widgets.notice import Bar

ONLY_READ: Final = N_(
    "This register can be read here and not changed: its file or folder cannot be written. A copy elsewhere can be changed."
)


class SyncNotice(Bar):
    """A bar above the page; hidden where there is nothing to say, or where it was said before."""

    move_wanted = Signal(object)
    """Move the register to this folder."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        close = context.t.gettext(N_("Leave it here"))
        super().__init__(context.theme, close, "notice", "triangle-alert", parent)
        self._context = context
        self.hide()

    def introduce(self) -> None:
        """Say it, where it is so and was not said of this file yet."""
        context, path = self._context, self._context.register.path
        if context.register.read_only == NO_FOLDER:
            copy = context.t.gettext(LABELS["copy"])
            self.say(
                context.t.gettext(ONLY_READ), copy, lambda: context.events.way_wanted.emit("copy")
            )
            return
        told = context.settings.value.synced
        found = synced(path)
        if found is None or str(path) in told:
            return
        context.settings.change(synced=(*told, str(path)))
        words = context.t.gettext(SYNCED).format(program=found.program)
        folder = elsewhere(path.parent)
        if context.register.read_only or folder == path.parent:
            self.say(words)
            return
        label = context.t.gettext(N_("Move it to {folder}")).format(folder=folder.name)
        self.say(words, label, lambda: self.move_wanted.emit(folder))
