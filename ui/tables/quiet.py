"""The look of a short table in a dialog: headings over their words, lines of the head only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget


def make_quiet(table: QTableWidget) -> None:
    """Take grid and row numbers away, begin headings where their cells begin, and leave Tab to the dialog."""
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    table.horizontalHeader().setDefaultAlignment(left)
    table.horizontalHeader().setHighlightSections(False)
