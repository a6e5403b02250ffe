"""The pages in the middle of the window, each made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from riskreg.views import View
from ui.context import Context
from ui.over import Over
from ui.pages.check import CheckPage
from ui.pages.checks import ChecksPage
from ui.pages.history import HistoryPage
from ui.pages.home import HomePage
from ui.pages.listing import ListingPage
from ui.pages.page import Page
from ui.pages.plan import PlanPage
from ui.pages.policy import PolicyPage
from ui.pages.reports import ReportsPage
from ui.tables.listings import LISTINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Where pages lead that are no lists.

    Attributes:
        go: To the page of a place.
        search: To what is found for some words.
        open_field: To a field of a record.
    """

    go: Callable[[str], object]
    search: Callable[[str], None]
    open_field: Callable[[int, str], None]


class Places(QStackedWidget):
    """One page for each place; one of them is shown.

    Args:
        context: What the window shares.
        over: What stands over the window.
        leads: Where pages lead.
    """

    def __init__(self, context: Context, over: Over, leads: Leads) -> None:
        super().__init__()
        self.setObjectName("pages")
        self._context = context
        self._over = over
        self._leads = leads
        self._pages: dict[str, Page] = {}

    def page(self, key: str) -> Page:
        """The page of a place."""
        if key not in self._pages:
            self._pages[key] = self._make(key)
            self.addWidget(self._pages[key])
        return self._pages[key]

    def list_shown(self) -> ListingPage | None:
        """The list on the screen; None where another page is shown."""
        page = self.currentWidget()
        return page if isinstance(page, ListingPage) else None

    def listed(self) -> View | None:
        """The question of the list on the screen."""
        page = self.list_shown()
        return page.view() if page else None

    def selected(self) -> list[int]:
        """The records that are chosen in the list on the screen."""
        page = self.list_shown()
        return page.selected_ids() if page else []

    def _make(self, key: str) -> Page:
        context, leads = self._context, self._leads
        match key:
            case "home":
                return HomePage(context, leads.go, leads.search)
            case "action":
                return PolicyPage(context)
            case "plan":
                return PlanPage(context)
            case "report":
                return ReportsPage(context, self._over.report, self._over.decisions)
            case "history":
                return HistoryPage(context)
            case "check":
                return CheckPage(context)
            case "checks":
                return ChecksPage(context, leads.open_field)
            case _:
                return ListingPage(context, LISTINGS[key])
