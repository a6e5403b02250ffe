"""A record under legal hold, or marked as legally privileged: who set it, and why."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from riskreg.changes import Changed, ChangeSet, edit
from riskreg.errors import N_, Expected
from riskreg.records.fields import Value
from ui.context import Context
from ui.dialogs.sheet import Sheet
from ui.widgets.text import Text

_HOLD: Final = N_("It is under legal hold: it cannot be erased, nor its evidence")
_PRIVILEGED: Final = N_("It is legally privileged")
_STAYS: Final = N_("No export or report holds it that does not ask for it by name.")


class HoldDialog(Sheet):
    """Asks for both marks of one record.

    Args:
        context: What the window shares.
        record: Its id.
    """

    saves = True

    def __init__(self, context: Context, record: int, parent: QWidget | None = None) -> None:
        gettext = context.t.gettext
        self.record = context.register.record(record)
        lead = f"{self.record.ref} • {self.record.title}"
        super().__init__(context, gettext(N_("Legal hold and privilege")), lead, parent, 560)
        self.is_held = QCheckBox(gettext(_HOLD))
        self.by = QLineEdit(self.record.hold_by or context.settings.value.working_as)
        self.reason = QLineEdit(self.record.hold_reason)
        self.is_privileged = QCheckBox(gettext(_PRIVILEGED))
        self.is_held.setChecked(bool(self.record.hold_reason))
        self.is_privileged.setChecked(bool(self.record.is_privileged))
        self.body.addWidget(self.is_held)
        self.add_field(gettext(N_("Set by")), self.by)
        self.add_field(gettext(N_("Why")), self.reason)
        self.body.addSpacing(context.theme.space("s"))
        below = QVBoxLayout()
        below.setSpacing(context.theme.space("xs"))
        below.addWidget(self.is_privileged)
        below.addWidget(Text(gettext(_STAYS), "small", "muted", wraps=True))
        self.body.addLayout(below)
        self.save_button = self.add_primary(gettext(N_("Save")), "check", self.save)
        self.save_button.setEnabled(not context.register.read_only)
        self.is_held.toggled.connect(self.show_hold)
        self.show_hold()

    def show_hold(self) -> None:
        """Who and why are asked only of a hold."""
        for each in (self.by, self.reason):
            each.setEnabled(self.is_held.isChecked())

    def save(self) -> None:
        """Keep both marks, as one step."""
        self.message.clear()
        by, reason = self.by.text().strip(), self.reason.text().strip()
        is_held = self.is_held.isChecked()
        if is_held and not (by and reason):
            (self.by if not by else self.reason).setFocus()
            self.fail(Expected("hold_who_and_why"))
            return
        values: dict[str, Value] = {
            "hold_by": by if is_held else "",
            "hold_reason": reason if is_held else "",
            "is_privileged": self.is_privileged.isChecked() or None,
        }
        change = edit(self.context.register.record(self.record.id), values)
        if change is None:
            self.accept()
            return
        changes = ChangeSet(act="edit", changes=(change,), facts={"refs": self.record.ref})
        self.progress.follow(self.context.change(changes, self._on_saved, self.fail))

    def _on_saved(self, _changed: Changed) -> None:
        self.accept()
