"""What opens over the window: each dialog is made when it is wanted and goes when it is closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from riskreg import clock
from riskreg.errors import N_
from riskreg.views import View
from ui import steps
from ui.context import Context
from ui.steps import Step

if TYPE_CHECKING:
    from ui.dialogs.palette import Entry


class Over(QObject):
    """Opens the dialogs. What they need, such as what draws pages or reads spreadsheets, is loaded with the first of them.

    Args:
        context: What the window shares.
        window: Over which they stand.
    """

    settings_saved = Signal()
    language_chosen = Signal(str)
    """Another language than the window's was saved in the settings."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        context.actions.connect_to("rules", self.rules)
        context.events.step_wanted.connect(self.step)
        context.events.notices_wanted.connect(self.notices)

    def report(self, name: str, ref: str = "") -> None:
        """Ask how a report shall be, and make it; `ref` names the one record it is about."""
        from ui.dialogs.report import ReportDialog

        self._show(ReportDialog(self._context, name, ref, self._window))

    def decisions(self) -> None:
        """Ask which decisions shall stand on the summary."""
        from ui.dialogs.decisions import DecisionsDialog

        self._show(DecisionsDialog(self._context, self._window))

    def compare_risks(self) -> None:
        """Show where the open risks sat at the end of last month beside where they sit."""
        from ui.dialogs.compare_risks import CompareRisksDialog
        from ui.pages.home_facts import end_of_last_month

        today = clock.today(self._context.register.organisation().zone)
        self._show(CompareRisksDialog(self._context, end_of_last_month(today), self._window))

    def suggestions(self) -> None:
        """Show what a register like this one may begin with."""
        from ui.dialogs.suggestions import SuggestionsDialog

        self._show(SuggestionsDialog(self._context, self._window))

    def bring(self) -> None:
        """Import a spreadsheet, step by step; which one is asked first, and nothing happens without an answer."""
        from ui.dialogs.importing import ImportDialog

        if path := self._ask_spreadsheet():
            self._show(ImportDialog(self._context, path, self._window))

    def export(self, view: View | None, ref: str = "") -> None:
        """Export the register, what a list asks for, or the record that is open."""
        from ui.dialogs.export import ExportDialog

        self._show(ExportDialog(self._context, view, self._window, ref=ref))

    def calendar(self) -> None:
        """Write what has a date as a calendar file."""
        from ui.dialogs.calendar import CalendarDialog

        self._show(CalendarDialog(self._context, self._window))

    def backups(self) -> None:
        """Show the backups there are."""
        from ui.dialogs.backup import BackupDialog

        self._show(BackupDialog(self._context, self._window))

    def settings(self, part: int = 0) -> None:
        """Show the settings at one of their parts."""
        from ui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(self._context, self._window, part)
        dialog.saved.connect(self.settings_saved)
        dialog.language_chosen.connect(self.language_chosen)
        dialog.backups_wanted.connect(self.backups)
        self._show(dialog)

    def hand_over(self, giver: int) -> None:
        """Ask to whom everything of a party goes over; 0 asks also from whom."""
        from ui.dialogs.hand_over import HandOverDialog

        self._show(HandOverDialog(self._context, giver, self._window))

    def step(self, step: Step, incident: int) -> None:
        """Take a step with an incident."""
        self._show(steps.dialog(step, self._context, incident, self._window))

    def notices(self, incident: int, rule: str = "") -> None:
        """Show the notices of an incident, those of a rule first."""
        from ui.notices.dialog import NoticesDialog

        self._show(NoticesDialog(self._context, incident, self._window, rule))

    def rules(self) -> None:
        """Show the rules of notification."""
        from ui.regimes.dialog import RulesDialog

        self._show(RulesDialog(self._context, self._window))

    def keys(self) -> None:
        """Show the list of keys."""
        from ui.dialogs.shortcuts import ShortcutsDialog

        self._show(ShortcutsDialog(self._context, self._window))

    def palette(self, entries: list[Entry], search: Callable[[str], object]) -> None:
        """Go to one of these, or to a record; `search` looks for words everywhere."""
        from ui.dialogs.palette import Palette

        self._show(Palette(self._context, entries, search, self._window))

    def _ask_spreadsheet(self) -> Path | None:
        t = self._context.t
        patterns = t.gettext(N_("Spreadsheets")) + " (*.xlsx *.csv *.json)"
        return self._context.prompts.open_file(t.gettext(N_("Choose a file")), patterns)

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
