"""The reports that can be printed, each with what it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from riskreg.errors import N_
from riskreg.wording import REPORTS
from ui import icons
from ui.context import Context
from ui.pages.page import Page
from ui.widgets import buttons
from ui.widgets.card import Card
from ui.widgets.text import Text


class Offer(NamedTuple):
    """One report or workbook: the key the register knows it by, and what it is for (a msgid)."""

    key: str
    icon: str
    use: str


OFFERS: Final = (
    Offer(
        "risk-register",
        "shield-alert",
        N_("For a manager or an auditor: every risk with its scores before and after measures, and the heat map."),
    ),
    Offer(
        "action-coverage",
        "landmark",
        N_("For the board: how the policy actions stand by category, which steps are done, what is linked, where the gaps are."),
    ),
)  # fmt: skip
_UNPROTECTED: Final = N_(
    "A file that leaves the register is not encrypted. Send it only to people who may read it."
)


class ReportsPage(Page):
    """What can leave the register on paper or as a workbook.

    Args:
        context: What the window shares.
        make: Opens the dialog of a report by its key.
    """

    def __init__(
        self, context: Context, make: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(context, context.t.gettext(N_("Reports")), parent)
        theme = context.theme
        grid = QGridLayout()
        grid.setContentsMargins(self.edge(), 0, self.edge(), self.edge())
        grid.setSpacing(theme.space("l") - 2)
        for place, offer in enumerate(OFFERS):
            grid.addWidget(self._offer(offer, make), place // 2, place % 2)
        grid.addWidget(self._workbook(), len(OFFERS) // 2, 0)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.layout_.addLayout(grid)
        note = Text(context.t.gettext(_UNPROTECTED), "small", "muted", wraps=True)
        note.setContentsMargins(self.edge(), 0, self.edge(), 0)
        self.layout_.addWidget(note)
        self.layout_.addStretch(1)

    def _offer(self, offer: Offer, make: Callable[[str], None]) -> Card:
        t = self.context.t
        name = t.gettext(REPORTS.get(offer.key, offer.key))
        button = buttons.button(
            self.context.theme, t.gettext(N_("Make a PDF…")), "printer", lambda: make(offer.key)
        )
        button.setAccessibleName(f"{name}: {t.gettext(N_('Make a PDF…'))}")
        return self._card(name, offer.icon, t.gettext(offer.use), button)

    def _workbook(self) -> Card:
        t, action = self.context.t, self.context.actions["export"]
        use = N_(
            "Every record in one workbook, one sheet a kind. Change it in Excel and import it again."
        )
        button = buttons.button(
            self.context.theme,
            t.gettext(N_("Export to Excel…")),
            "file-spreadsheet",
            action.trigger,
        )
        return self._card(t.gettext(N_("Workbook")), "file-spreadsheet", t.gettext(use), button)

    def _card(self, name: str, icon: str, use: str, button: QWidget) -> Card:
        theme = self.context.theme
        card = Card(theme, name)
        line = QHBoxLayout()
        line.setSpacing(theme.space("m"))
        picture = QLabel()
        icons.put(picture, theme, icon, "accent", 24)
        beside = QVBoxLayout()
        beside.addWidget(picture)
        beside.addStretch(1)
        line.addLayout(beside)
        line.addWidget(Text(use, "small", "muted", wraps=True), 1)
        card.body.addLayout(line)
        card.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, theme.space("m"), 0, theme.space("xs"))
        foot.addWidget(button)
        foot.addStretch(1)
        card.body.addLayout(foot)
        return card
