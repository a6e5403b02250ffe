"""The window before there is a register."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from riskreg.errors import N_
from ui.pages.start import StartPage
from ui.widgets.reading import move_focus


class StartWindow(QMainWindow):
    """Holds the start page.

    Args:
        page: The page.
    """

    closed = Signal()
    """The person closed it; nothing is open."""

    def __init__(self, page: StartPage) -> None:
        super().__init__()
        self.page = page
        self.setCentralWidget(page)
        self.setWindowTitle(page.t.gettext(N_("Breach and risk register")))
        self.resize(1280, 800)
        self.setFocus()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes the way one reads."""
        return move_focus(self, next)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The program ends."""
        super().closeEvent(event)
        self.closed.emit()
