"""Who works, how the window looks, whose register this is, where backups go, what is remembered, how risks are scored."""

from __future__ import annotations

from typing import Any, Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from riskreg.errors import N_
from ui.context import Context
from ui.dialogs.organisation_part import OrganisationPart
from ui.dialogs.scale_part import ScalePart
from ui.dialogs.settings_pages import BackupPart, Part, PersonPart, PrivacyPart
from ui.dialogs.sheet import Sheet
from ui.dialogs.terms_part import TermsPart
from ui.theme import Wish

PARTS: Final = (
    N_("You"),
    N_("Organisation"),
    N_("Backups"),
    N_("Privacy"),
    N_("Risk scale"),
    N_("Choices"),
)
_ORGANISATION: Final = 1


class SettingsDialog(Sheet):
    """Nothing is in force before Save.

    Args:
        context: What the window shares.
        part: Which part is shown first, as in `PARTS`.
    """

    saves = True

    language_chosen = Signal(str)
    """Another language than the window's was saved."""
    saved = Signal()
    backups_wanted = Signal()
    """The person wants to see the backups."""

    def __init__(self, context: Context, parent: QWidget | None = None, part: int = 0) -> None:
        gettext = context.t.gettext
        super().__init__(context, gettext(N_("Settings")), "", parent, 560)
        self.person = PersonPart(context)
        self.organisation = OrganisationPart(context)
        self.backups = BackupPart(context)
        self.privacy = PrivacyPart(context)
        self.scale = ScalePart(context)
        self.choices = TermsPart(context)
        self.parts: tuple[Part, ...] = (
            self.person, self.organisation, self.backups, self.privacy, self.scale,
            self.choices,
        )  # fmt: skip
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(gettext(N_("Settings")))
        self.stack = QStackedWidget()
        for label, shown in zip(PARTS, self.parts, strict=True):
            self.tabs.addTab(gettext(label))
            self.stack.addWidget(shown)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.backups.shown.connect(self.backups_wanted)
        self.save_button = self.add_primary(gettext(N_("Save")), "check", self.save)
        self.load()
        self.tabs.setCurrentIndex(part)

    def load(self) -> None:
        """Show what is in force."""
        for part in self.parts:
            part.load()

    def save(self) -> None:
        """Put it in force: first what the register refuses or takes, then what belongs to this computer."""
        if not self.organisation.is_sound():
            self.tabs.setCurrentIndex(_ORGANISATION)
            return
        changes = self.organisation.change_set(self.scale.values())
        if changes is None:
            self._keep()
            return
        self.message.clear()
        self.save_button.setEnabled(False)
        job = self.context.change(changes, lambda _changed: self._keep(), self.fail)
        job.finished.connect(self._allow)
        if job.is_finished:
            self._allow()

    def _allow(self) -> None:
        self.save_button.setEnabled(True)

    def _keep(self) -> None:
        changes: dict[str, Any] = {}
        for part in self.parts:
            changes |= part.preferences()
        self.context.settings.change(**changes)
        self.context.theme.choose(cast("Wish", changes["theme"]))
        self.saved.emit()
        self.close()
        if "language" in changes:
            self.language_chosen.emit(changes["language"])
