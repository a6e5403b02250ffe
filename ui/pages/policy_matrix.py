"""Policy actions by risks: a row for each action, a column for each level, and the list behind each number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from riskreg import catalogue
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.lowered import ALL, UNSCORED, LevelRow, levels, lowered
from riskreg.wording import level_words
from ui.context import Context
from ui.tables.listings import LISTINGS
from ui.widgets import buttons
from ui.widgets.badge import LevelChip
from ui.widgets.text import Elided, Text

ACTION: Final = N_("Policy action")
ALL_LEVELS: Final = N_("All")
NO_ACTION: Final = N_("No policy action lowers these")
NONE: Final = "–"

_COLUMN: Final = 92
_HEIGHT: Final = 34


class RiskMatrix(QWidget):
    """The open risks of each action by their level.

    Args:
        context: What the window shares.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: tuple[LevelRow, ...] = ()
        self.cells: dict[tuple[str, str], QPushButton] = {}
        """The numbers that lead to a list, by action ("" for none) and level, in reading order."""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(context.theme.space("s"))
        self._grid.setVerticalSpacing(0)

    def show_rows(self, rows: tuple[LevelRow, ...]) -> None:
        """Show other numbers; the same ones stay as they are."""
        if rows == self._rows:
            return
        focus = next((place for place, cell in self.cells.items() if cell.hasFocus()), None)
        self._clear()
        self._rows = rows
        columns = (*levels(rows, self._context.register.vocabulary), ALL)
        self._head(columns)
        for place, row in enumerate(rows):
            self._line(1 + 2 * place, row, columns)
        if focus in self.cells:
            self.cells[focus].setFocus()

    def _clear(self) -> None:
        self.cells = {}
        while item := self._grid.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _head(self, columns: Sequence[str]) -> None:
        t, theme = self._context.t, self._context.theme
        vocabulary = self._context.register.vocabulary
        self._grid.addWidget(Text(t.gettext(ACTION), "small", "muted"), 0, 0, 1, 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowMinimumHeight(0, _HEIGHT)
        for place, level in enumerate(columns, start=2):
            self._grid.setColumnMinimumWidth(place, _COLUMN)
            middle = Qt.AlignmentFlag.AlignCenter
            if level in (ALL, UNSCORED):
                words = t.gettext(ALL_LEVELS) if level == ALL else level_words(None, t, vocabulary)
                name: QWidget = Text(words, "small", "muted")
            else:
                name = LevelChip(theme, level, level_words(level, t, vocabulary))
            self._grid.addWidget(name, 0, place, middle)

    def _line(self, place: int, row: LevelRow, columns: Sequence[str]) -> None:
        rule = QFrame()
        rule.setObjectName("line")
        self._grid.addWidget(rule, place, 0, 1, 2 + len(columns))
        self._grid.setRowMinimumHeight(place + 1, _HEIGHT)
        code = Text(row.key, "body", "muted")
        code.setMinimumWidth(28)
        self._grid.addWidget(code, place + 1, 0)
        self._grid.addWidget(Elided(self._title(row), "body", self._tone(row)), place + 1, 1)
        for column, level in enumerate(columns, start=2):
            cell = self._cell(row, level)
            self._grid.addWidget(cell, place + 1, column, Qt.AlignmentFlag.AlignCenter)

    def _cell(self, row: LevelRow, level: str) -> QWidget:
        number, vocabulary = row.number(level), self._context.register.vocabulary
        if not number:
            return Text(NONE, "body", "muted")
        where = lowered(row, level, vocabulary).where
        view = replace(LISTINGS["risk"].view(), where=where)
        words = number_words(number)
        made = buttons.link(
            self._context.theme, words, lambda: self._context.events.open_view.emit(view)
        )
        t = self._context.t
        name = t.gettext(ALL_LEVELS) if level == ALL else level_words(level or None, t, vocabulary)
        made.setAccessibleName(f"{row.key or self._title(row)}, {name}: {words}")
        self.cells[row.key, level] = made
        return made

    def _title(self, row: LevelRow) -> str:
        t = self._context.t
        titles = {action.key: action.title.get(t.language) for action in catalogue.policy_actions()}
        return titles.get(row.key) or t.gettext(NO_ACTION)

    def _tone(self, row: LevelRow) -> str:
        return "text" if row.all else "muted"
