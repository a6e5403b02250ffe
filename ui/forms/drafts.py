"""What is typed and not saved, kept in the file every few seconds, and offered again after a crash; never applied by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer

from riskreg.changes import Changed
from riskreg.errors import Expected
from riskreg.records.jsons import Json
from riskreg.views import Draft
from ui.context import Context

EVERY_MS: Final = 5_000
_TURN: Final = re.compile(r"/[0-9]+$")
"""Ends the key of what is typed while older drafts of the same record wait for an answer: `/2`, `/3`."""


def about(draft: Draft) -> str:
    """The ref of the record, or the kind of the new one, that a draft is about."""
    return _bare(draft.key)


def _bare(key: str) -> str:
    return _TURN.sub("", key)


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
        self._place = ""
        """The key under which what is typed here is kept, no other draft's; "" while nothing is."""
        self._kept: Mapping[str, Json] | None = None
        """What was kept last; None where it has to be kept anew."""
        self._before: tuple[str, Mapping[str, Json]] | None = None
        """What was typed before a draft was taken, by the key where it is kept."""
        self._unwanted: set[str] = set()
        """Keys of drafts that shall go and have not gone yet."""
        self.offered: Draft | None = None
        """The draft that the person has not decided about: nothing is kept over it."""
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.keep)
        context.events.closing.connect(self.stop)
        context.events.changed.connect(self._on_register_changed)
        if not context.register.read_only:
            self._timer.start()

    def keep(self) -> None:
        """Keep what is typed now, where it is not kept already; where nothing is any more, nothing stays kept."""
        if self._context.register.read_only:
            return
        for key in tuple(self._unwanted):
            self._drop(key)
        found = self._gather()
        if found is None:
            self.forget()
            return
        key, values = found
        if self.offered and about(self.offered) == key and _is_within(self.offered.values, values):
            self._adopt(self.offered)
        try:
            older = self._go_to(key)
        except Expected:  # a file that is busy: the next turn tries again
            return
        if values != self._kept:
            self._write(values)
        if older:
            self._drop(older)
        if self._before and _bare(self._before[0]) == key and _is_within(self._before[1], values):
            self._drop_before()

    def forget(self) -> None:
        """What was kept is saved or not wanted any more."""
        if self._place:
            self._drop(self._place)
            self._place, self._kept = "", None

    def leave(self) -> None:
        """What is typed is taken away with its record: it stays kept, to be offered when the record is back."""
        self.keep()
        self._place, self._kept = "", None

    def decline(self) -> None:
        """The draft that is offered is not wanted."""
        if self.offered:
            self.discard(self.offered)
            self.offered = None

    def discard(self, draft: Draft) -> None:
        """A draft is not wanted."""
        self._drop(draft.key)

    def settle(self) -> None:
        """What all of it was about is done: what is kept here goes, and what waits for an answer here."""
        self.forget()
        self.decline()
        self._drop_before()

    def take(self) -> Mapping[str, Json]:
        """The draft that is offered, to be typed on; from now on it is the one that is kept.

        What was typed before stays kept until `keep` finds it in what stands there then.
        """
        self.keep()
        draft = self.offered
        if draft is None:
            return {}
        if self._kept is not None:
            self._before = (self._place, self._kept)
        self._adopt(draft)
        return draft.values

    def find(self, key: str) -> Draft | None:
        """The newest draft of a record or kind, to be offered; not the one that is being kept here."""
        self.offered = None
        if not self._context.register.read_only:
            own = {self._place, *self._unwanted}
            drafts = self._context.register.drafts()
            fits = (draft for draft in drafts if about(draft) == key and draft.key not in own)
            self.offered = next(fits, None)
        return self.offered

    def stop(self) -> None:
        """The register is about to close."""
        self._timer.stop()

    def _adopt(self, draft: Draft) -> None:
        """Keep in its place what is typed from now on."""
        self._place, self._kept = draft.key, draft.values
        self.offered = None

    def _go_to(self, key: str) -> str:
        """Have a place for what is typed about a record, where no other draft lies; the place left for it, or ""."""
        if self._place and _bare(self._place) == key:
            return ""
        taken = {draft.key for draft in self._context.register.drafts()}
        places = (key, *(f"{key}/{turn}" for turn in range(2, len(taken) + 3)))
        older, self._kept = self._place, None
        self._place = next(each for each in places if each not in taken)
        return older

    def _write(self, values: Mapping[str, Json]) -> None:
        self._kept = values
        register, place = self._context.register, self._place
        self._unwanted.discard(place)
        self._context.jobs.write(
            lambda work: register.keep_draft(place, values), failed=self._on_failed
        )

    def _drop_before(self) -> None:
        if self._before:
            self._drop(self._before[0])
            self._before = None

    def _drop(self, key: str) -> None:
        register = self._context.register
        self._unwanted.add(key)
        self._context.jobs.write(
            lambda work: register.drop_draft(key),
            done=lambda _: self._unwanted.discard(key),
            failed=lambda _: None,  # it stays unwanted, and the next turn tries again
        )

    def _on_register_changed(self, _changed: Changed) -> None:
        """Erasing removes every draft: what is typed here is kept anew."""
        self._kept = None

    def _on_failed(self, error: Expected) -> None:
        """A draft is a second net: saving will say what is wrong, and the next turn tries again."""
        self._kept = None


def _is_within(part: Json, whole: Json) -> bool:
    """Whether all that was typed stands in something else too; mappings are compared key by key."""
    if isinstance(part, Mapping) and isinstance(whole, Mapping):
        return all(key in whole and _is_within(each, whole[key]) for key, each in part.items())
    return bool(part == whole)
