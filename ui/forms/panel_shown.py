"""What the record panel shows of one record: its form, its head, what is next, its story; nothing is saved here."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from riskreg.errors import N_
from riskreg.records import KINDS, Incident, Record
from riskreg.records.fields import Value
from ui.context import Context
from ui.forms.attaching import Attaching
from ui.forms.form import Form
from ui.forms.open_copies import OpenCopies
from ui.forms.panel_frame import PanelFrame
from ui.forms.stored import Stored
from ui.forms.story import Wordsmith


class ShownRecord(PanelFrame):
    """Puts a record, an empty form or the one question of a new incident on the screen.

    Args:
        context: The register and what the window shares.
    """

    edited = Signal()
    """A person changed something in the form."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._stored: Stored | None = None
        self._forms: dict[str, Form] = {}
        self._form: Form | None = None
        self.attaching = Attaching(context, self.message, lambda: self._record, self)
        self.copies = OpenCopies(context, self.attaching.attach_taken, self)
        self.missing.field_asked.connect(self.go_to)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self._connect_files(context)

    def _connect_files(self, context: Context) -> None:
        context.actions.connect_to("attach", self.attaching.choose)
        self.head.attach_asked.connect(self.attaching.choose)
        self.file_card.version_asked.connect(self.attaching.choose)
        self.file_card.open_asked.connect(self.copies.open)
        self.file_card.save_asked.connect(self.copies.save)
        self.drop_zone.dropped.connect(self.attaching.attach)

    @property
    def record_id(self) -> int:
        """The record that is shown; 0 for a new one or none."""
        return self._stored.record.id if self._stored else 0

    @property
    def _record(self) -> Record | None:
        return self._stored.record if self._stored else None

    @property
    def form(self) -> Form:
        """The form that is shown."""
        if self._form is None:
            raise LookupError("no form is shown")
        return self._form

    @property
    def is_dirty(self) -> bool:
        """Something that was typed is not saved, in the form or beside it."""
        return self.is_form_dirty or self.case.is_begun()

    @property
    def is_form_dirty(self) -> bool:
        """Something that was typed into the form is not saved."""
        if self.is_quick:
            return bool(self.quick.text())
        return self._form is not None and bool(self._form.dirty())

    def show_history(self) -> None:
        """Show what happened to the record."""
        self.turn_to("history")

    def go_to(self, key: str) -> None:
        """Show a field and put the cursor there."""
        self.turn_to("overview")
        self.form.go_to(key)

    def stop(self) -> None:
        """Make nothing more: the register is about to close."""
        for form in self._forms.values():
            form.turns.stop()
        self.story.stop()
        self.case.stop()
        self.scores.stop()

    # What the panel puts here

    def _put_stored(self, stored: Stored) -> None:
        """Show a record from its start."""
        self._stored = stored
        self._show_form(stored.record.kind)
        self.form.show_values(self._stored_values())
        self.turn_to("overview")
        self.scroll_to_top()
        self._show_all()

    def _put_again(self, stored: Stored, by: dict[str, str]) -> None:
        """Show what the record is now, and keep what was typed; `by` says who changed a field."""
        self._stored = stored
        if self._is_outdated(self.form) and not self.is_form_dirty:
            part = self.part
            self._show_form(stored.record.kind)
            self.show_part(part)
        self.form.rebase(self._stored_values(), by)
        self._show_all()

    def _put_new(self, kind: str) -> None:
        """Show an empty form; of an incident only its first sentence."""
        self._stored = None
        self.head.show_new(KINDS[kind])
        self.case.show_incident(None)
        self.file_card.show_record(None)
        self.level.show_nothing()
        self.missing.show_nothing()
        self.tabs.hide()
        if kind == "incident":
            self._form = None
            self.put_quick()
        else:
            self._show_form(kind)
            self.form.show_values({})
            self.form.set_read_only(False)
            self.form.go_to("title")
        self._show_state()

    def _put_nothing(self) -> None:
        """Forget the record."""
        self._stored, self._form = None, None
        self.case.show_incident(None)

    # Its parts

    def _show_form(self, kind: str) -> None:
        if kind in self._forms and self._is_outdated(self._forms[kind]):
            self.drop_form(self._forms.pop(kind))
        if kind not in self._forms:
            self._forms[kind] = Form(self.kit(), KINDS[kind])
            self._forms[kind].changed.connect(self.edited)
        self._form = self._forms[kind]
        self._form.kit.new_names.entries.clear()
        self.put_form(self._form)

    def _is_outdated(self, form: Form) -> bool:
        """It offers the choices and scales of before."""
        return form.kit.vocabulary is not self._context.register.vocabulary

    def _show_all(self) -> None:
        stored = cast("Stored", self._stored)
        record = stored.record
        self.head.show_record(record, stored.first, self._smith())
        self.level.show_level(record)
        self.file_card.show_record(record)
        self.missing.show_record(record, is_shown=bool(stored.links.get("evidence_files")))
        self.form.set_read_only(bool(self._context.register.read_only or record.deleted_at))
        self._show_next(record)
        self.tabs.show()
        self._show_story()
        self._show_state()

    def _show_next(self, record: Record) -> None:
        is_open = isinstance(record, Incident) and not record.deleted_at
        self.case.show_incident(cast("Incident", record) if is_open else None)

    def _show_story(self) -> None:
        if self.part == "history" and self._stored:
            self.scores.show_record(self._smith(), self._stored.record)
            self.story.show_entries(self._smith(), self._stored.record, self._stored.entries)

    def _show_state(self) -> None:
        """The bar at the foot: there is something to save, or a new record that waits for its name."""
        is_new = self._record is None and self._form is not None
        is_dirty = not self.is_quick and self.is_form_dirty
        self.save_bar.setVisible(is_dirty or is_new)
        said = N_("Not saved yet") if is_dirty else ""
        self.save_bar.text.setText(self._context.t.gettext(said))
        self.save_bar.save.setEnabled(is_dirty)
        self.save_bar.discard.setVisible(is_dirty)

    def _stored_values(self) -> dict[str, Value]:
        return self._stored.values(self._context.t.language) if self._stored else {}

    def _on_tab_changed(self, index: int) -> None:
        if self._form is None:
            return
        self.show_part(self.part)
        self.case.show_part(self.part)
        self._show_story()

    def _smith(self) -> Wordsmith:
        register = self._context.register
        return Wordsmith(self._context.t, register.vocabulary, register.organisation().zone)
