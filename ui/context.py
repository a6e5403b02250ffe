"""What every widget is handed by its constructor: the register and whatever the window has one of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from riskreg.changes import Changed, ChangeSet
from riskreg.errors import Cancelled, Expected
from riskreg.i18n import Translator
from riskreg.views import Reader, Register
from riskreg.wording import message
from riskreg.work import SAVING, Work
from ui.actions import Actions
from ui.jobs import Done, Failed, Job, Jobs, is_there
from ui.prompts import Prompts
from ui.reasons import with_reason
from ui.settings import Preferences
from ui.theme import Theme
from ui.ways import Way, answers, whatever_was_wanted, when_saving

T = TypeVar("T")


class Events(QObject):
    """What happens in one part of the window and concerns others. Nothing else is global."""

    changed = Signal(object)
    """The register changed; carries `Changed`. Views compare its kinds and ids and ask again, or not."""
    open_record = Signal(int)
    """Show this record in the panel."""
    open_view = Signal(object)
    """Show the list that answers this `View`."""
    new_record = Signal(str)
    """Show an empty form of this kind in the panel."""
    report_wanted = Signal(str, str)
    """Make this report, about the record with this reference or "" for all."""
    step_wanted = Signal(str, int)
    """Take a step with the incident of this id: one of `ui.steps.STEPS`."""
    notices_wanted = Signal(int, str)
    """Show the notices of the incident with this id, those of the rule with this key first; "" for the most urgent."""
    field_wanted = Signal(int, str)
    """Show this record with the cursor in this field."""
    way_wanted = Signal(str)
    """Go one of the ways out of a failure: a `ui.ways.Way`."""
    minute = Signal()
    """The clock on the wall is at another minute, or was set: what counts from now is to be said anew."""
    closing = Signal()
    """The register is about to close: nothing is to be kept in it any more."""
    said = Signal(str)
    """A sentence to show for a while at the bottom of the window, translated."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Context:
    """The register that is open and what the window shares.

    Attributes:
        register: The door. On the window's thread it is only asked; changes go through `change`.
        t: The window's language.
        theme: Its look.
        jobs: Work beside it.
        prompts: Questions to the person.
        actions: All commands by key.
        settings: What this computer remembers.
        events: What concerns other parts.
    """

    register: Register
    t: Translator
    theme: Theme
    jobs: Jobs
    prompts: Prompts
    actions: Actions
    settings: Preferences
    events: Events = field(default_factory=Events)

    def change(
        self, changes: ChangeSet, done: Done[Changed] | None = None, failed: Failed | None = None
    ) -> Job:
        """Hand a change set to the register on the writer's thread; then `events.changed` is sent, then `done` is called.

        Where a time that clocks run from changes, the person is asked why first; without a reason it fails
        as cancelled. Without `failed` the person is shown the failure.
        """
        asked = with_reason(self, changes)
        call = _cancelled if asked is None else lambda work: self.register.apply(asked, work)
        return self.act(call, SAVING, done, failed)

    def act(
        self,
        call: Callable[[Work], Changed],
        doing: str,
        done: Done[Changed] | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """Do on the writer's thread what answers with `Changed`, such as undo; otherwise as `change`."""

        def tell(changed: Changed) -> None:
            self.events.changed.emit(changed)
            if done and is_there(done):
                done(changed)

        def refuse(error: Expected) -> None:
            """In the dialog that asked; where it was closed meanwhile, in a message: a failure is never lost."""
            (failed if failed and is_there(failed) else self.show_unsaved)(error)

        return self.jobs.write(call, doing=doing, done=tell, failed=refuse)

    def ask(
        self,
        call: Callable[[Reader], T],
        done: Done[T],
        failed: Failed | None = None,
        doing: str = "",
    ) -> Job:
        """Ask the register on a thread of its own with a reader of its own; without `failed` a failure is shown."""

        def read(work: Work) -> T:
            with self.register.reader() as reader:
                return call(reader)

        return self.jobs.read(read, doing=doing, done=done, failed=failed or self.show)

    def show(self, error: Expected) -> None:
        """Show an expected failure, unless it is that the person cancelled."""
        self._offer(error, whatever_was_wanted(error))

    def show_unsaved(self, error: Expected) -> None:
        """Show that nothing was saved, with the ways out; as `show` otherwise."""
        self._offer(error, when_saving(error))

    def _offer(self, error: Expected, ways: Sequence[Way]) -> None:
        if error.id == "cancelled":
            return
        if way := self.prompts.error(message(error, self.t), answers(ways, self.t)):
            self.events.way_wanted.emit(way)


def _cancelled(_work: Work) -> Changed:
    """Nothing is changed: the person wants it no more."""
    raise Cancelled
