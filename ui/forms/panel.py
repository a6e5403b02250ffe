"""The record panel: one record as a form and as a story, saved through the one door.

What was typed is never lost: a refusal marks the fields, a change by someone else is shown beside what was typed, any other failure
says what to do and leaves everything as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from riskreg.changes import Changed, ChangeSet
from riskreg.errors import N_, Expected
from riskreg.records import KINDS, Incident, Record
from riskreg.records.fields import Value
from riskreg.records.jsons import Json
from riskreg.rules import own
from riskreg.wording import message
from ui.context import Context
from ui.forms import bins
from ui.forms.draft_offer import DraftOffer
from ui.forms.drafts import DraftKeeper
from ui.forms.meanwhile import Meanwhile
from ui.forms.panel_saving import SavingPanel
from ui.forms.stored import Stored, read
from ui.incident.loaded import KINDS as CASE_KINDS
from ui.prompts import Answer
from ui.ways_out import Typed

_BESIDE: Final = "beside"
"""What a draft keeps of what is typed beside the form."""


class RecordPanel(SavingPanel):
    """Shows one record or an empty form.

    Args:
        context: The register and what the window shares.
    """

    closed = Signal()
    """The panel has nothing to show any more."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted = 0
        self.meanwhile = Meanwhile(context, self.message)
        self.drafts = DraftKeeper(context, self._written, self)
        self.draft = DraftOffer(context, self.message, self.drafts, self._put_draft)
        self.draft.reopen = self.case.reopen
        self._connect()

    @property
    def ref(self) -> str:
        """Of the record that is shown; empty for a new one."""
        return self._record.ref if self._record else ""

    def show_record(self, id: int) -> None:
        """Show a record; asks first where something else is not saved."""
        if self._record and id == self._record.id:
            return
        self.leave(lambda: self._open(id))

    def new_record(self, kind: str) -> None:
        """Show an empty form; of an incident only its first sentence."""
        self.leave(lambda: self._begin(kind))

    def leave(self, then: Callable[[], object]) -> None:
        """Do something that takes the form away, once nothing is unsaved: the person saves, discards, or stays."""
        if not self.is_dirty:
            then()
            return
        gettext = self._context.t.gettext
        answer = self._context.prompts.ask(
            gettext(N_("Not saved")),
            gettext(N_("What you typed here is not saved yet.")),
            (Answer("save", gettext(N_("Save"))), Answer("discard", gettext(N_("Discard")))),
        )
        if answer == "save":
            self._save_all(then)
        elif answer == "discard":
            self.discard()
            then()

    def _save_all(self, then: Callable[[], object]) -> None:
        """Save the form, and what was typed beside it; a time that cannot be read keeps the person here."""
        if self.case.card.is_begun():
            found = self.next_card.read()
            if not found:
                return
            self._put_values(found)
        self.save(lambda: self.case.save_sentence(then))

    def close_record(self) -> None:
        """Show nothing any more; asks first where something is not saved."""
        self.leave(self._close)

    def stop(self) -> None:
        """Ask the register nothing any more: it is about to close."""
        self._context.events.closing.emit()
        super().stop()

    def discard(self) -> None:
        """Go back to what is stored."""
        self.drafts.forget()
        self.case.discard()
        if self._record:
            self._show_next(self._record)
        self.quick.line.clear()
        if self._form:
            self._form.show_values(self._stored_values())
        self.message.clear()
        self._show_state()

    # What is shown

    def _open(self, id: int, then: Callable[[], object] | None = None) -> None:
        """Ask for a record beside the window, as one can be tied to thousands; the last one that was asked for is shown."""
        self._wanted = id

        def show(stored: Stored) -> None:
            if self._wanted != id:
                return
            self.leave(lambda: self._show_stored(stored, then))

        self._context.ask(lambda reader: read(reader, id), show)

    def _show_stored(self, stored: Stored, then: Callable[[], object] | None) -> None:
        self.message.clear()
        self._put_stored(stored)
        if stored.record.deleted_at is not None:
            self._say_binned()
        self.shown.emit(stored.record.id)
        self._offer_draft()
        if then:
            then()

    def _begin(self, kind: str) -> None:
        self._wanted = 0
        self.message.clear()
        self._put_new(kind)
        self.draft.offer(kind, self._smith())

    def _close(self) -> None:
        self._wanted = 0
        self._put_nothing()
        self.closed.emit()

    def _say_binned(self) -> None:
        gettext = self._context.t.gettext
        may_change = not self._context.register.read_only
        answers = [(gettext(N_("Take it out of the bin")), self._unbin)] if may_change else []
        self.message.tell(gettext(N_("This record is in the bin.")), *answers)

    # Drafts

    def _written(self) -> tuple[str, Mapping[str, Json]] | None:
        if not self.is_dirty:
            return None
        if self.is_quick:
            return "incident", {"sentence": self.quick.line.text()}
        key = self._record.ref if self._record else self.form.kind.kind
        beside = self.case.written()
        return key, {**self.form.written(), **({_BESIDE: beside} if beside else {})}

    def typed(self) -> Typed | None:
        """What is typed and not saved, to be typed on in another window; None where nothing is."""
        return self._written()

    def resume(self, typed: Typed) -> None:
        """Type on what was typed in another window; raises `Expected` where its record is not in this register."""
        key, kept = typed
        if key in KINDS:
            self._begin(key)
            self._type_on(kept)
            return
        self._open(self._context.register.find(key), lambda: self._type_on(kept))

    def _type_on(self, kept: Mapping[str, Json]) -> None:
        """Put what was typed in another window; a draft that says no more is not offered beside it."""
        self._put_draft(kept)
        was_offered = self.drafts.offered is not None
        self.drafts.keep()
        if was_offered and self.drafts.offered is None:
            self.message.clear()

    def _offer_draft(self) -> None:
        record = cast("Record", self._record)
        unbin = self._unbin if record.deleted_at is not None else None
        self.draft.offer(record.ref, self._smith(), unbin)

    def _put_draft(self, kept: Mapping[str, Json]) -> None:
        if self.is_quick and "sentence" in kept:
            self.quick.line.setText(kept["sentence"])
            return
        if self._form is None:
            self._show_form("incident")
            self.form.show_values({})
        self.form.write(kept)
        self.case.write(kept.get(_BESIDE, {}))
        self._show_state()

    # What others change

    def _refresh(self, id: int) -> None:
        """Show what is stored now, and keep what was typed."""
        if not id:
            return
        version = self._record.version if self._record else 0
        was_binned = self._record is not None and self._record.deleted_at is not None
        try:
            stored = read(self._context.register, id)
        except Expected as error:
            self._show_gone(error)
            return
        if stored.record.deleted_at is not None and self.case.is_begun():
            self.drafts.leave()  # it is taken from the screen
        changed = stored.since(version) if version else {}
        smith = self._smith()
        self._put_again(stored, self.meanwhile.by(changed, smith))
        if stored.record.deleted_at is not None:
            self._say_binned()
        elif was_binned:
            self._offer_draft()
        self.meanwhile.say(self.form, changed, smith)

    def _show_gone(self, error: Expected) -> None:
        """The record was withdrawn, as by undoing its addition: what was typed stays, else there is nothing to show."""
        if not self.is_form_dirty:
            if self.is_dirty:
                self.drafts.leave()
            self._close()
            return
        label = self._context.t.gettext(N_("Save it as a new record"))
        self.message.warn(message(error, self._context.t), (label, self._save_as_new))

    def _save_as_new(self) -> None:
        """The record is gone, and what stands here makes another."""
        self._stored = None
        self.form.detach()
        self.save()

    def _on_register_changed(self, changed: Changed) -> None:
        if self._stored and not self._is_saving and self._concerns(changed):
            self.message.pass_by()
            self._refresh(self.record_id)
            self.drafts.keep()  # a sentence that was added is not kept any longer

    def _concerns(self, changed: Changed) -> bool:
        """It touched what is shown, or the choices and scales that it is read by."""
        stored = cast("Stored", self._stored)
        if isinstance(stored.record, Incident) and changed.kinds & CASE_KINDS:
            return True
        return bool(changed.ids & stored.near or changed.kinds & own.KINDS)

    # The bin and erasure

    def _bin(self) -> None:
        if self._record:
            bins.to_bin(self._context, [self._record.id])

    def _unbin(self) -> None:
        if self._record:
            self.message.clear()
            bins.from_bin(self._context, self._record)

    def _erase(self) -> None:
        if self._record:
            record = self._record
            self.leave(lambda: bins.erase(self._context, record))

    def _print(self) -> None:
        """Print what is saved; what is not is asked about first."""
        if self._record:
            ref = self._record.ref
            report = "incident" if self._record.kind == "incident" else "record"
            self.leave(lambda: self._context.events.report_wanted.emit(report, ref))

    # Parts

    def _on_values_entered(self, found: Mapping[str, Value]) -> None:
        """Put what the next step asked for into the form, and save it."""
        if self._form is not None:
            self._put_values(found)
            self.save()

    def _put_values(self, found: Mapping[str, Value]) -> None:
        for key, value in found.items():
            self.form.row(key).editor.set_value(value)

    def _on_attached(self, id: int) -> None:
        if id == self.record_id:
            self._refresh(id)

    def _on_step_taken_back(self, changes: ChangeSet) -> None:
        self._context.change(changes)

    def _on_edited(self) -> None:
        self.meanwhile.settle(self.form)
        self._show_state()

    def _connect(self) -> None:
        self._context.events.changed.connect(self._on_register_changed)
        self._context.actions.connect_to("save", self.save)
        self.head.close_asked.connect(self.close_record)
        self.head.bin_asked.connect(self._bin)
        self.head.unbin_asked.connect(self._unbin)
        self.head.erase_asked.connect(self._erase)
        self.head.print_asked.connect(self._print)
        self.attaching.attached.connect(self._on_attached)
        self.edited.connect(self._on_edited)
        self.case.values_entered.connect(self._on_values_entered)
        self.case.field_wanted.connect(self.go_to)
        self.case.part_wanted.connect(self.turn_to)
        self.story.step_taken_back.connect(self._on_step_taken_back)
        self.quick.entered.connect(self._save_quick)
        self.save_bar.save_asked.connect(self.save)
        self.save_bar.discard_asked.connect(self.discard)
