"""F1: the keys of every command, from the one table of commands, with a field to find one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from riskreg.errors import N_
from riskreg.fuzzy import score
from ui.actions import LIST_KEYS, MENUS
from ui.context import Context
from ui.dialogs.sheet import Sheet
from ui.pages.page import SearchField

_HEIGHT: Final = 420
_KEYS_WIDTH: Final = 150


class ShortcutsDialog(Sheet):
    """What is done by which keys."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        t = context.t
        lead = t.gettext(
            N_("Everything can be done by keyboard. Ctrl+K finds any of these by name.")
        )
        super().__init__(context, t.gettext(N_("Keys")), lead, parent, width=560)
        self.search = SearchField(context, t.gettext(N_("Find a command or a key")), 560)
        self.search.textChanged.connect(self._show)
        self.table = QTableWidget(0, 3)
        self.table.setAccessibleName(t.gettext(N_("Keys")))
        self._shown: list[tuple[str, str, str]] = []
        self._lines = [*self._commands(), *self._keys_of_lists()]
        self._dress()
        self.body.addWidget(self.search)
        self.body.addWidget(self.table, 1)
        self.offer_close()
        self._show("")
        self.search.setFocus()

    def texts(self) -> list[tuple[str, str]]:
        """What is listed: words and keys."""
        return [(words, keys) for _menu, words, keys in self._shown]

    def _commands(self) -> list[tuple[str, str, str]]:
        gettext = self.context.t.gettext
        return [
            (
                gettext(MENUS[command.menu]).replace("&", ""),
                gettext(command.label).rstrip("…⋯"),
                _native(action.shortcut()),
            )
            for command, action in self.context.actions
        ]

    def _keys_of_lists(self) -> list[tuple[str, str, str]]:
        gettext = self.context.t.gettext
        name = gettext(N_("In a list"))
        return [(name, gettext(words), _native(QKeySequence(keys))) for keys, words in LIST_KEYS]

    def _show(self, words: str) -> None:
        """Narrow the list to what fits, by words or by keys."""
        fitting = [
            line for line in self._lines if score(words, line[1]) or score(words, line[2]) >= 60
        ]
        self._shown = [line for line in fitting if line[2] or words.strip()]
        self.table.setRowCount(len(self._shown))
        for row, line in enumerate(self._shown):
            for column, text in enumerate(line):
                item = QTableWidgetItem(text)
                if column == 0:
                    item.setForeground(self.context.theme.color("muted"))
                self.table.setItem(row, column, item)

    def _dress(self) -> None:
        t, theme, table = self.context.t, self.context.theme, self.table
        table.setHorizontalHeaderLabels(
            [t.gettext(N_("Menu")), t.gettext(N_("Command")), t.gettext(N_("Keys"))]
        )
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setMinimumHeight(_HEIGHT)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.row_height("compact"))
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, 110)
        table.setColumnWidth(2, _KEYS_WIDTH)


def _native(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)
