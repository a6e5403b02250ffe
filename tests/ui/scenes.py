"""Pictures of the record panel, the dialogs and the pages beside them: each makes one widget in a telling state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from riskreg.changes import ChangeSet, edit
from riskreg.pasting import from_text, stage
from riskreg.records.fields import Value
from riskreg.views import Register, View
from ui.context import Context
from ui.dialogs.backup import BackupDialog
from ui.dialogs.bulk_edit import BulkEditDialog
from ui.dialogs.paste import PasteDialog
from ui.dialogs.settings import SettingsDialog
from ui.forms.panel import RecordPanel
from ui.pages.check import CheckPage
from ui.pages.history import HistoryPage

PANEL: Final = (372, 800)
PAGE: Final = (908, 738)


def newest(register: Register, kind: str) -> int:
    """The newest record of a kind."""
    return register.ids(View(kinds=(kind,), sort=(("ref", True),)))[0]


def change_behind(register: Register, id: int, **values: Value) -> None:
    """A change that the widgets are not told of."""
    change = edit(register.record(id), values)
    if change:
        register.apply(ChangeSet(act="edit", changes=(change,)))


def record(kind: str, *, unfolded: bool = False) -> Callable[[Context], QWidget]:
    """The panel with a record."""

    def make(context: Context) -> RecordPanel:
        panel = _panel(context)
        panel.show_record(newest(context.register, kind))
        for section in panel.form.sections.values() if unfolded else ():
            section.unfold()
        return panel

    return make


def story(context: Context) -> RecordPanel:
    """The history of a record that was changed twice."""
    panel = _panel(context)
    id = newest(context.register, "risk")
    change_behind(context.register, id, status="open", cause="Letters are quicker with a chatbot.")
    change_behind(context.register, id, status="treating")
    panel.show_record(id)
    panel.show_history()
    return panel


def new_incident(context: Context) -> RecordPanel:
    """Where one sentence is asked for."""
    panel = _panel(context)
    panel.new_record("incident")
    return panel


def new_party(context: Context) -> RecordPanel:
    """An empty form."""
    panel = _panel(context)
    panel.new_record("party")
    return panel


def unread(context: Context) -> RecordPanel:
    """A moment that cannot be read, after Save."""
    panel = _panel(context)
    panel.show_record(newest(context.register, "incident"))
    line = panel.form.row("aware_at").editor.controls()[0]
    if isinstance(line, QLineEdit):
        line.setText("last week")
        line.textEdited.emit("last week")
    panel.save()
    return panel


def both_values(context: Context) -> RecordPanel:
    """A field that someone else changed meanwhile."""
    panel = _panel(context)
    id = newest(context.register, "incident")
    panel.show_record(id)
    panel.form.row("location").editor.set_value("Mong Kok")
    version = context.register.record(id).version
    change_behind(context.register, id, location=f"Kowloon Bay, {version}/F")
    panel.save()
    return panel


def missing(context: Context) -> RecordPanel:
    """What a record lacks, folded out."""
    panel = _panel(context)
    panel.show_record(newest(context.register, "asset"))
    panel.form.complete()
    panel.missing.fold(is_open=True)
    return panel


def history(context: Context) -> HistoryPage:
    """The history with an entry unfolded."""
    page = HistoryPage(context)
    page.resize(*PAGE)
    page.enter()
    page.rows[0].unfold()
    return page


def check(code: str = "") -> Callable[[Context], QWidget]:
    """The check of the history after it ran."""

    def make(context: Context) -> CheckPage:
        page = CheckPage(context)
        page.resize(*PAGE)
        page.code.setText(code)
        page.check()
        return page

    return make


def paste(context: Context) -> PasteDialog:
    """A pasted range in which some cells cannot be read."""
    register = context.register
    ids = register.ids(View(kinds=("risk",), sort=(("ref", False),)))[:3]
    keys = ("status", "due_on", "residual_likelihood")
    terms, language = register.vocabulary.terms_of("risk_status"), context.t.language
    accepted, closed = (terms.label(key, language) for key in ("accepted", "closed"))
    cells = f"{accepted}\t31/02/2027\t4\ntreat it\t2027-01-31\tvery\n{closed}\tsoon\t2"
    block = from_text(cells)
    staged = stage(register, context.t, "risk", keys, list(ids), block)
    return PasteDialog(context, staged)


def bulk(context: Context) -> BulkEditDialog:
    """An edit of many records, previewed."""
    ids = context.register.ids(View(kinds=("risk",), sort=(("ref", False),)))[:12]
    made = BulkEditDialog(context, "risk", list(ids))
    made.choose("status", "set", "accepted")
    return made


def backups(context: Context) -> BackupDialog:
    """The backups after one was made."""
    dialog = BackupDialog(context)
    dialog.back_up()
    return dialog


SCENES: Final[Mapping[str, Callable[[Context], QWidget]]] = {
    "panel-incident": record("incident"),
    "panel-incident-unfolded": record("incident", unfolded=True),
    "panel-risk": record("risk"),
    "panel-asset": record("asset"),
    "panel-action": record("action"),
    "panel-party": record("party", unfolded=True),
    "panel-history": story,
    "panel-new-incident": new_incident,
    "panel-new-party": new_party,
    "panel-unread": unread,
    "panel-both-values": both_values,
    "panel-missing": missing,
    "dialog-paste": paste,
    "dialog-bulk-edit": bulk,
    "page-history": history,
    "page-check": check(),
    "page-check-findings": check("1-0000-0000-0000-0000-0000"),
    "dialog-settings": SettingsDialog,
    "dialog-backups": backups,
}
"""Makers by name. They change the register they are given: hand them a copy."""


def _panel(context: Context) -> RecordPanel:
    panel = RecordPanel(context)
    panel.resize(*PANEL)
    panel.show()
    panel.setFocus()
    return panel
