"""The notices of an incident at the left: one line each, and beneath them what is done with several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from riskreg.cases import Case
from riskreg.errors import N_
from ui.context import Context
from ui.notices import entries
from ui.notices.many import ManyBar

_WIDTH: Final = 270


class Side(QWidget):
    """The list of notices.

    Args:
        context: What the window shares.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.list = QListWidget()
        self.list.setObjectName("sideList")
        self.list.setAccessibleName(context.t.gettext(N_("Notices")))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.many = ManyBar(context)
        self.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(context.theme.space("s"))
        column.addWidget(self.list, 1)
        column.addWidget(self.many)

    def show_lines(self, case: Case, lines: Sequence[entries.Line]) -> None:
        """Show these; what is chosen is said by `choose`."""
        self.list.blockSignals(True)
        self.list.clear()
        for line in lines:
            told = entries.told(line, case, self._context.t, self._context.register.vocabulary)
            item = QListWidgetItem(told)
            if not entries.is_awaited(line, case):
                item.setForeground(self._context.theme.color("muted"))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.many.show_lines(case, lines)

    def choose(self, place: int) -> None:
        """Mark a line, and say nothing of it; -1 for none."""
        self.list.blockSignals(True)
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
