"""Goes the ways out of a failure: a whole copy elsewhere, another folder, the folder itself, a backup."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from riskreg import rescue
from riskreg.errors import N_, Expected
from riskreg.formats import sentences
from riskreg.records.jsons import Json
from riskreg.register import SUFFIX
from riskreg.views import Backup
from riskreg.work import COPYING
from ui.context import Context
from ui.prompts import Answer
from ui.ways import LABELS, Way

Typed: TypeAlias = tuple[str, Mapping[str, Json]]
"""What was typed and not saved: the ref of the record or the kind of the new one, and the fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What comes after the window.

    Attributes:
        path: The register that is opened next.
        folder: It is moved into this one first; None where it stays.
        typed: Goes along.
        is_backup_wanted: It is not opened; its backups are offered.
    """

    path: Path
    folder: Path | None = None
    typed: Typed | None = None
    is_backup_wanted: bool = False


class WaysOut(QObject):
    """Goes one of the ways, for an open register.

    Args:
        context: The register, and who asks.
        typed: What is typed and not saved; it goes along.
        parent: Whose life it shares.
    """

    leave_wanted = Signal(object)
    """The window shall close; carries `Leaving`."""

    def __init__(
        self, context: Context, typed: Callable[[], Typed | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._typed = typed
        context.events.way_wanted.connect(self.go)

    def go(self, way: Way) -> None:
        """Go a way."""
        does: Mapping[str, Callable[[], object]] = {
            "copy": self._copy,
            "move": self._move,
            "folder": lambda: show_folder(self._context.register.path),
            "backup": self._backup,
        }
        does[way]()

    def _copy(self) -> None:
        register, gettext = self._context.register, self._context.t.gettext
        patterns = gettext(N_("Registers")) + " (*.riskreg)"
        suggestion = Path.home() / register.path.name
        target = self._context.prompts.save_file(
            gettext(N_("Save a copy of the register")), patterns, suggestion
        )
        if target is None:
            return
        target = target if target.suffix.lower() == SUFFIX else Path(f"{target}{SUFFIX}")
        self._context.jobs.write(
            lambda work: rescue.save_copy(register, target, work),
            doing=COPYING,
            done=self._on_copied,
            failed=self._context.show,
        )

    def _on_copied(self, made: Backup) -> None:
        gettext, typed = self._context.t.gettext, self._typed()
        said = gettext(N_("The whole register is saved and checked as {file}."))
        more = N_("From now on work in one of the two: they know nothing of each other.")
        with_you = N_("What you typed and did not save goes with you.")
        answer = self._context.prompts.ask(
            gettext(N_("Save a copy of the register")),
            said.format(file=made.path.name),
            (Answer("open", gettext(N_("Open the copy"))),),
            more=sentences(self._context.t, *map(gettext, (more, with_you) if typed else (more,))),
        )
        if answer == "open":
            self.leave_wanted.emit(Leaving(path=made.path, typed=typed))

    def _move(self) -> None:
        path = self._context.register.path
        title = self._context.t.gettext(N_("Move the register to another folder"))
        folder = self._context.prompts.folder(title, Path.home())
        if folder is None or folder.absolute() == path.parent:
            return
        if (folder / path.name).exists():
            self._context.show(Expected("exists", path=path.name))
            return
        self.leave_wanted.emit(Leaving(path=path, folder=folder, typed=self._typed()))

    def _backup(self) -> None:
        self.leave_wanted.emit(Leaving(path=self._context.register.path, is_backup_wanted=True))


def show_folder(path: Path) -> None:
    """Show the folder of a register in the system's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def buttons_for(context: Context, ways: Sequence[Way]) -> list[tuple[str, Callable[[], object]]]:
    """What stands on the buttons of a message bar and what they do."""
    return [
        (context.t.gettext(LABELS[way]), partial(context.events.way_wanted.emit, way))
        for way in ways
    ]
