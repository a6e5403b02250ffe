"""The reports that can be printed, each with what it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

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
        "summary",
        "circle-check",
        N_("For the managers: what to decide this month, the incidents, the risks and the policy actions on one page to sign."),
    ),
    Offer(
        "risk-register",
        "shield-alert",
        N_("For a manager or an auditor: every risk with its scores before and after measures, and the heat map."),
    ),
    Offer(
        "treatment-plan",
        "badge-check",
        N_("For the management to approve: what is done about each risk above what you accept, by whom, by when and at what cost."),
    ),
    Offer(
        "incident-register",
        "siren",
        N_("For an authority or an auditor: every incident with its times, what was known and what was done; near misses too."),
    ),
    Offer(
        "incident",
        "scroll-text",
        N_("For an authority, a court or an insurer: one incident with its timeline, assessment, decisions, notices as sent, evidence and what is open."),
    ),
    Offer(
        "decision",
        "gavel",
        N_("For the file: why you told or did not tell, a page an incident, with the advice and who decided, when and how."),
    ),
    Offer(
        "statistics",
        "gauge",
        N_("For the management: the breaches of the year by month, kind and cause, how fast they were handled, beside the PCPD's own figures."),
    ),
    Offer(
        "custody",
        "paperclip",
        N_("For whoever doubts a file: its checksum then and now, and every event from the day it was taken in."),
    ),
    Offer(
        "edpb-form",
        "clipboard-check",
        N_("For a data protection authority in Europe: the EDPB's draft of a common form, field by field, with what is still open."),
    ),
    Offer(
        "register-33-5",
        "list",
        N_("For a data protection authority: every breach, notified or not, with its effects, what was done and why, as article 33(5) of the GDPR asks."),
    ),
    Offer(
        "processing",
        "workflow",
        N_("For an authority or an auditor: why personal data is used, with what article 30 of the GDPR asks for; processing for others apart."),
    ),
    Offer(
        "asset-inventory",
        "database",
        N_("For an auditor: what personal data is held, whose, where, for how long, and who answers for it."),
    ),
    Offer(
        "measures",
        "lock",
        N_("For an auditor: what keeps the data safe by area, whether it works, what shows it, and what is still to come."),
    ),
    Offer(
        "action-coverage",
        "landmark",
        N_("For the board: how the policy actions stand by category, which steps are done, what is linked, where the gaps are."),
    ),
    Offer(
        "programme",
        "calendar-days",
        N_("For the management to approve: how each policy action stands, which steps are open, and the year month by month."),
    ),
    Offer(
        "checks",
        "triangle-alert",
        N_("For whoever puts it right: what cannot be right, what an auditor would ask about, and what is missing most."),
    ),
    Offer(
        "handover",
        "arrow-left-right",
        N_("For a successor: what is open, what was promised by when, whom to call and where the evidence is, with a place for both to sign; also of one person."),
    ),
    Offer(
        "to-do",
        "list-checks",
        N_("For whoever does the work: everything that has a date, from what is overdue on, with who answers for it; also for one person."),
    ),
    Offer(
        "response-card",
        "siren",
        N_("To hang on the wall: whom to call by day and night, in what order, and what to do in the first hour."),
    ),
    Offer(
        "staff-report-slip",
        "clipboard-check",
        N_("For every member of staff: a blank form to report an incident by hand, with a place to sign."),
    ),
    Offer(
        "record",
        "file-text",
        N_("For a file: one record with everything tied to it and its whole history. The menu of an open record prints it too."),
    ),
    Offer(
        "changes",
        "history",
        N_("For whoever read the last print: what is new or different since a day, each value before and after."),
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
        decide: Opens the dialog of the decisions that stand on the summary.
    """

    def __init__(
        self,
        context: Context,
        make: Callable[[str], None],
        decide: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, context.t.gettext(N_("Reports")), parent)
        self._make, self._decide = make, decide
        theme = context.theme
        inner = QWidget()
        inner.setObjectName("page")
        within = QVBoxLayout(inner)
        within.setContentsMargins(self.edge(), 0, self.edge(), theme.space("s"))
        within.setSpacing(theme.space("m"))
        grid = QGridLayout()
        grid.setSpacing(theme.space("l") - 2)
        cards = [*map(self._offer, OFFERS), self._workbook()]
        for place, card in enumerate(cards):
            grid.addWidget(card, place // 2, place % 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        within.addLayout(grid)
        within.addWidget(Text(context.t.gettext(_UNPROTECTED), "small", "muted", wraps=True))
        within.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self.keep_edge(area, within)
        self.layout_.addWidget(area, 1)

    def _offer(self, offer: Offer) -> Card:
        t, theme = self.context.t, self.context.theme
        name = t.gettext(REPORTS.get(offer.key, offer.key))
        label = t.gettext(N_("Make a PDF…"))
        button = buttons.button(theme, label, "printer", lambda: self._make(offer.key))
        button.setAccessibleName(f"{name}: {label}")
        made = [button]
        if offer.key == "summary":
            edit = t.gettext(N_("Decisions asked for…"))
            made.append(buttons.button(theme, edit, "pencil", self._decide))
        return self._card(name, offer.icon, t.gettext(offer.use), *made)

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

    def _card(self, name: str, icon: str, use: str, *made: QWidget) -> Card:
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
        foot.setSpacing(theme.space("s"))
        for button in made:
            foot.addWidget(button)
        foot.addStretch(1)
        card.body.addLayout(foot)
        return card
