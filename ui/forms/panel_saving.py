"""Saving what stands in the record panel through the one door, and saying what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from riskreg.changes import Changed, ChangeSet
from riskreg.errors import N_, Expected, Refused, Stale
from riskreg.formats import link_name, listed, sentences
from riskreg.records import Incident, Record
from riskreg.records.fields import Value
from riskreg.wording import message, unfit_words
from ui.context import Context
from ui.forms.draft_offer import DraftOffer
from ui.forms.drafts import DraftKeeper
from ui.forms.form import Form
from ui.forms.panel_shown import ShownRecord
from ui.forms.refused import apart
from ui.forms.saving import NEW, added, edited
from ui.forms.stored import Stored
from ui.ways import when_saving
from ui.ways_out import buttons_for

_NAMED: Final = 3
"""Records made along the way that are named."""


class SavingPanel(ShownRecord):
    """Saves one record; which is shown, and what becomes of drafts, is `RecordPanel`.

    Args:
        context: The register and what the window shares.
    """

    shown = Signal(int)
    """This record is shown now."""
    drafts: DraftKeeper
    draft: DraftOffer

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._is_saving = False

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save what changed; then do `then`. Nothing happens where nothing changed."""
        if self._is_saving:
            return
        if self.is_quick:
            self._save_quick(self.quick.text(), then)
            return
        if self._form is None or not self._ready_to_save(self._form):
            return
        found, unfit = self._form.read()
        if unfit:
            t = self._context.t
            self._form.mark({key: unfit_words(error, t) for key, error in unfit.items()})
            return
        self._send(self._changes(found), found, then)

    def _ready_to_save(self, form: Form) -> bool:
        if not form.conflicts():
            return True
        gettext = self._context.t.gettext
        self.message.tell(gettext(N_("Two values stand side by side: choose one of them first.")))
        form.go_to(form.conflicts()[0])
        return False

    def _changes(self, found: Mapping[str, Value]) -> ChangeSet | None:
        register, named = self._context.register, self.form.kit.new_names.entries
        if self._record is None:
            return added(register, self.form.kind.kind, found, named)
        return edited(register, self._record, found, cast("Stored", self._stored).links, named)

    def _save_quick(self, sentence: str, then: Callable[[], object] | None = None) -> None:
        given: dict[str, Value] = {"title": sentence, "status": "reported"}
        self._send(added(self._context.register, "incident", given, {}), {}, then)

    def _send(
        self,
        changes: ChangeSet | None,
        sent: Mapping[str, Value],
        then: Callable[[], object] | None = None,
    ) -> None:
        if changes is None:
            self._show_state()
            if then:
                then()
            return
        self._is_saving = True
        self.message.clear()
        self._context.change(
            changes, lambda changed: self._on_saved(changed, sent, then), self._on_failed
        )

    def _on_saved(
        self, changed: Changed, sent: Mapping[str, Value], then: Callable[[], object] | None
    ) -> None:
        self._is_saving = False
        self.drafts.forget()
        id = changed.new.get(NEW, self.record_id)
        made = [other for new, other in changed.new.items() if new != NEW]
        if self.is_quick:
            self.quick.line.clear()
            if then is None:
                self._open(id, self._say_saved)
            else:
                self._say_left(id)
        else:
            is_new = self._record is None
            self._settle(id, sent)
            if then is None and (is_new or made):
                self._say_saved(made)
            if then is None and is_new:
                self.shown.emit(id)
        if then:
            then()

    def _settle(self, id: int, sent: Mapping[str, Value]) -> None:
        """What was sent is stored now; what was typed since stays."""
        if self._form:
            self._form.sent(sent)
        self._refresh(id)

    def _say_saved(self, made: Sequence[int] = ()) -> None:
        """It is saved; and what was made along the way is only a name until somebody opens it."""
        record, gettext = cast("Record", self._record), self._context.t.gettext
        pattern = N_("{ref} is saved.")
        if isinstance(record, Incident):
            pattern = N_("{ref} is saved. Contain it first; details can wait.")
        said = gettext(pattern).format(ref=record.ref)
        names = self._context.register.names(made[:_NAMED])
        if names:
            listing = listed(
                [link_name(name, self._context.t) for name in names.values()], self._context.t, ";"
            )
            only = gettext(N_("Also made, by name only: {what}. Open it to complete it."))
            said = sentences(self._context.t, said, only.format(what=listing))
        self.message.tell(
            said,
            *(
                (gettext(N_("Open {ref}")).format(ref=name.ref), partial(self._open_other, id))
                for id, name in names.items()
            ),
        )
        self._context.events.said.emit(said)

    def _open_other(self, id: int) -> None:
        self._context.events.open_record.emit(id)

    def _say_left(self, id: int) -> None:
        """A new incident was saved on the way to something else."""
        for name in self._context.register.names((id,)).values():
            said = self._context.t.gettext(N_("{ref} is saved. Open it to complete it."))
            self._context.events.said.emit(said.format(ref=name.ref))

    def _on_failed(self, error: Expected) -> None:
        self._is_saving = False
        t = self._context.t
        match error:
            case Refused():
                self._show_refused(error)
            case Stale():
                self.message.warn(message(error, t), (t.gettext(N_("Save again")), self.save))
                self._refresh(self.record_id)
                if self._form and self._form.conflicts():
                    self._form.go_to(self._form.conflicts()[0])
            case _:
                again = (t.gettext(N_("Save again")), self.save)
                ways = buttons_for(self._context, when_saving(error))
                self.message.warn(message(error, t), again, *ways)
        self.next_card.hide()  # first things first: what was typed is not saved
        self._show_state()

    def _show_refused(self, error: Refused) -> None:
        keys = self._form.fields if self._form else ()
        own, told = apart(error, (self.record_id, NEW), keys, self._context.t)
        self.message.warn(told)
        if self._form:
            self._form.mark(own)

    # What the panel says to

    def _open(self, id: int, then: Callable[[], object] | None = None) -> None:
        """Show a record; then do `then`."""
        raise NotImplementedError

    def _refresh(self, id: int) -> None:
        """Show what is stored now, and keep what was typed."""
        raise NotImplementedError
