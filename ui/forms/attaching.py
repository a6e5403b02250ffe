"""Attaching files to the record that is shown: by a command, or dropped on the panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from riskreg import evidence
from riskreg.changes import Changed
from riskreg.errors import N_, Expected
from riskreg.evidence import Taken
from riskreg.records import Record
from riskreg.work import Work
from ui.context import Context
from ui.forms.message import MessageBar
from ui.forms.saving import NEW

ATTACHING = N_("Keeping the file")


class Attaching(QObject):
    """Takes files in beside the window, one after the other.

    Args:
        context: The register and what the window shares.
        message: Where the panel says what happened.
        shown: The record that is shown; None for a new one or none.
    """

    attached = Signal(int)
    """A file was attached to this record."""

    def __init__(
        self,
        context: Context,
        message: MessageBar,
        shown: Callable[[], Record | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._message = message
        self._shown = shown

    def choose(self) -> None:
        """Ask for a file and attach it."""
        if not self._can_attach():
            return
        gettext = self._context.t.gettext
        title, every = gettext(N_("Attach a file")), gettext(N_("All files")) + " (*)"
        if path := self._context.prompts.open_file(title, every):
            self.attach([path])

    def attach(self, paths: Sequence[Path]) -> None:
        """Attach files to the record that is shown."""
        record = self._shown()
        if self._can_attach() and record:
            for path in paths:
                self._start(partial(_take, path), record.id)

    def attach_taken(self, taken: Taken, id: int) -> None:
        """Attach what was read already to a record, whether it is shown or not."""
        self._start(lambda _work: taken, id)

    def _start(self, take: Callable[[Work], Taken], id: int) -> None:
        register = self._context.register

        def attach(work: Work) -> Changed:
            return register.apply(evidence.attachment(register, take(work), id), work)

        self._context.act(attach, ATTACHING, partial(self._on_attached, id))

    def _can_attach(self) -> bool:
        """Whether a file can be attached to what is shown; says why not."""
        record, gettext = self._shown(), self._context.t.gettext
        if self._context.register.read_only:
            return False
        if record is None:
            said = N_("Save the record first; then files can be attached to it.")
            self._context.events.said.emit(gettext(said))
            return False
        if record.deleted_at is not None:
            said = N_("Take the record out of the bin first; then files can be attached to it.")
            self._context.events.said.emit(gettext(said))
            return False
        if not evidence.can_hold(record.kind):
            self._context.show(Expected("no_evidence_for", kind=record.kind))
            return False
        return True

    def _on_attached(self, id: int, changed: Changed) -> None:
        made = changed.new[NEW]
        self.attached.emit(id)
        names = self._context.register.names([made])
        said = self._context.t.gettext(N_("{ref} is kept: {title}")).format(
            ref=names[made].ref, title=evidence.name_shown(names[made].title)
        )
        self._message.tell(
            said,
            (
                self._context.t.gettext(N_("Open {ref}")).format(ref=names[made].ref),
                lambda: self._context.events.open_record.emit(made),
            ),
            passes=True,
        )
        self._context.events.said.emit(said)


def _take(path: Path, work: Work) -> Taken:
    return evidence.take(path, work)
