"""What is typed and not saved, kept in the file every few seconds, and offered again after a crash; never applied by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer

from riskreg.errors import Expected
from riskreg.records.jsons import Json
from riskreg.views import Draft
from ui.context import Context

EVERY_MS: Final = 5_000
_SECOND: Final = "/2"
"""Ends the key of what is typed while an older draft of the same record waits for an answer."""


def about(draft: Draft) -> str:
    """The ref of the record, or the kind of the new one, that a draft is about."""
    return draft.key.removesuffix(_SECOND)


BESIDE: Final = ("decision", "sent", "notices")
"""Dialogs of an incident whose drafts are only there after a crash: `REF/part` or `REF/part/which`."""


def place(draft: Draft) -> str:
    """The ref or kind that is shown to go on with a draft; "" for one that waits where it was left, such as an assessment."""
    ref, _, part = about(draft).partition("/")
    return ref if not part or part.partition("/")[0] in BESIDE else ""


class DraftKeeper(QObject):
    """Keeps one draft for the record panel, and forgets it once it is saved or discarded.

    Args:
        context: The register, and its writer's thread.
        gather: What is typed and not saved, as its key (a ref, or a kind for a new record) and JSON; None where nothing is.
        parent: Whose life it shares.
    """

    def __init__(
        self,
        context: Context,
        gather: Callable[[], tuple[str, Mapping[str, Json]] | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._gather = gather
        self._kept: tuple[str, Mapping[str, Json]] | None = None
        self.offered: Draft | None = None
        """The draft that the person has not decided about: nothing is kept over it."""
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.keep)
        context.events.closing.connect(self.stop)
        if not context.register.read_only:
            self._timer.start()

    def keep(self) -> None:
        """Keep what is typed now, where it is not kept already; where nothing is any more, nothing stays kept."""
        found = self._gather()
        if found is None:
            self.forget()
            return
        key, values = found
        if self.offered and self.offered.key == key:
            key += _SECOND  # nothing is kept over what nobody decided about
        if (key, values) == self._kept:
            return
        self._kept = key, values
        register = self._context.register
        self._context.jobs.write(
            lambda work: register.keep_draft(key, values), failed=self._on_failed
        )

    def forget(self) -> None:
        """What was kept is saved or not wanted any more."""
        if self._kept:
            self._drop(self._kept[0])
            self._kept = None

    def decline(self) -> None:
        """The draft that is offered is not wanted."""
        if self.offered:
            self._drop(self.offered.key)
            self.offered = None

    def take(self) -> Mapping[str, Json]:
        """The draft that is offered, to be typed on; from now on it is the one that is kept."""
        draft, self.offered = self.offered, None
        if draft is None:
            return {}
        self._kept = (draft.key, draft.values)
        return draft.values

    def find(self, key: str) -> Draft | None:
        """The newest draft of a record or kind, to be offered; not the one that is being kept here."""
        self.offered = None
        if not self._context.register.read_only:
            kept = self._kept[0] if self._kept else ""
            drafts = self._context.register.drafts()
            fits = (draft for draft in drafts if about(draft) == key and draft.key != kept)
            self.offered = next(fits, None)
        return self.offered

    def stop(self) -> None:
        """The register is about to close."""
        self._timer.stop()

    def _drop(self, key: str) -> None:
        register = self._context.register
        self._context.jobs.write(lambda work: register.drop_draft(key), failed=self._on_failed)

    def _on_failed(self, error: Expected) -> None:
        """A draft is a second net: saving will say what is wrong, and the next turn tries again."""
        self._kept = None
