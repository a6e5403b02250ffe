"""What has a date as a calendar file, for Outlook, Google Calendar or a telephone."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QCheckBox, QWidget

from riskreg.errors import N_
from riskreg.exchange import outgoing
from riskreg.formats import number_words, sentences
from riskreg.i18n import NN_, Language, translator
from riskreg.privileged import left_out_words
from riskreg.work import Work
from ui.context import Context
from ui.dialogs.outgoing import OutgoingDialog

_LEAD: Final = N_(
    "Everything in To do as all-day events. A newer file moves what an older one said; nothing is sent anywhere."
)
_MADE: Final = NN_("{number} event written.", "{number} events written.")
_DAY_BEFORE: Final = 1


class CalendarDialog(OutgoingDialog):
    """Writes a calendar file.

    Args:
        context: What the window shares.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        gettext = context.t.gettext
        super().__init__(
            context, gettext(N_("Calendar file")), gettext(_LEAD), "to-do", ".ics", parent
        )

    def options(self) -> None:
        """Whether titles go in, and whether the calendar reminds."""
        gettext = self.context.t.gettext
        self.refs_only = QCheckBox(gettext(N_("Leave out titles, for a calendar that others see")))
        self.remind = QCheckBox(gettext(N_("Remind at nine in the morning of the day before")))
        self.remind.setChecked(True)
        self.body.addWidget(self.refs_only)
        self.body.addWidget(self.remind)

    def make(self) -> None:
        """Make the file of what is chosen now; the writer's thread may not ask the controls."""
        self._asked = (self.refs_only.isChecked(), self.remind.isChecked())
        super().make()

    def work(self, path: Path, language: Language, work: Work) -> str:
        """Write it, and note in the journal where the copy went."""
        is_refs_only, is_reminding = self._asked
        made = outgoing.export_calendar(
            self.context.register,
            path,
            translator(language),
            is_refs_only=is_refs_only,
            remind_days=_DAY_BEFORE if is_reminding else None,
            with_privileged=self.with_privileged,
            work=work,
        )
        t, number = self.context.t, sum(made.sheets.values())
        said = t.ngettext(*_MADE, number).format(number=number_words(number))
        return sentences(t, said, left_out_words(made.left_out, t))
