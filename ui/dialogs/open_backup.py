"""Which backup shall be opened in the place of a register that cannot be opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from riskreg.dates import moment_words
from riskreg.errors import N_
from riskreg.formats import number_words, sentences
from riskreg.i18n import Translator
from riskreg.rescue import ZONE, Offered
from ui.dialogs.backup import size_words
from ui.prompts import Prompts
from ui.theme import Theme
from ui.widgets import buttons
from ui.widgets.reading import move_focus
from ui.widgets.text import Text

_COLUMNS: Final = (N_("Made"), N_("Organisation"), N_("Records"), N_("Size"), N_("Checked"))
_NUMBERS: Final = (2, 3)
_LEAD: Final = N_("The file that cannot be opened stays as it is. The backup is opened as a new file beside it; what was saved after the backup is missing there.")  # fmt: skip
_UNSURE: Final = N_("The file does not say any more which register it was, so the backups of every register are listed.")  # fmt: skip
_STATES: Final = {
    True: N_("now: whole"),
    False: N_("now: damaged"),
    None: N_("when it was made"),
}


class OpenBackupDialog(QDialog):
    """Nothing is opened before the button is pressed.

    Args:
        t: The language.
        theme: The look in force.
        prompts: Asks for a backup that lies elsewhere.
        offered: The backups, the likeliest first.
    """

    chosen = Signal(object)
    """Open the backup in this file."""

    def __init__(
        self,
        t: Translator,
        theme: Theme,
        prompts: Prompts,
        offered: Sequence[Offered],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._t, self._theme, self._prompts = t, theme, prompts
        self._offered = offered
        gettext = t.gettext
        self.setWindowTitle(gettext(N_("Open a backup")))
        self.setMinimumWidth(840)
        self.table = QTableWidget(len(offered), len(_COLUMNS))
        self.open_button = buttons.primary(
            theme, gettext(N_("Open the backup")), "archive-restore", self._open
        )
        self.open_button.setDefault(True)
        self._fill()
        self._lay_out()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes the way one reads."""
        return move_focus(self, next)

    def _open(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._offered):
            self._choose(self._offered[row].backup.path)

    def _other(self) -> None:
        gettext = self._t.gettext
        patterns = gettext(N_("Registers")) + " (*.riskreg)"
        if path := self._prompts.open_file(gettext(N_("Open a backup")), patterns):
            self._choose(path)

    def _choose(self, path: Path) -> None:
        self.accept()
        self.chosen.emit(path)

    def _fill(self) -> None:
        table, gettext = self.table, self._t.gettext
        for column, label in enumerate(_COLUMNS):
            table.setHorizontalHeaderItem(column, _item(gettext(label), column))
        for row, each in enumerate(self._offered):
            for column, text in enumerate(self._cells(each)):
                item = _item(text, column)
                if each.is_whole is False:
                    item.setForeground(self._theme.color("high"))
                table.setItem(row, column, item)
        self._set_up()
        self.open_button.setEnabled(bool(self._offered))
        if self._offered:
            table.selectRow(0)

    def _set_up(self) -> None:
        table = self.table
        table.setAccessibleName(self.windowTitle())
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setMinimumHeight(200)
        table.verticalHeader().setDefaultSectionSize(self._theme.row_height("compact"))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.doubleClicked.connect(self._open)

    def _cells(self, each: Offered) -> tuple[str, ...]:
        backup = each.backup
        return (
            moment_words(backup.made_at, ZONE, self._t),
            each.organisation,
            number_words(backup.records),
            size_words(backup.size),
            self._t.gettext(_STATES[each.is_whole]),
        )

    def _lay_out(self) -> None:
        theme, gettext = self._theme, self._t.gettext
        lead = [gettext(_LEAD)]
        if self._offered and not self._offered[0].is_sure:
            lead.append(gettext(_UNSURE))
        edge = theme.space("xl")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(edge, theme.space("l") + 4, edge, theme.space("l"))
        layout.setSpacing(theme.space("m"))
        layout.addWidget(Text(gettext(N_("Open a backup")), "section"))
        layout.addWidget(Text(sentences(self._t, *lead), "body", "muted", wraps=True))
        layout.addWidget(self.table, 1)
        line = QFrame()
        line.setObjectName("line")
        layout.addWidget(line)
        foot = QHBoxLayout()
        foot.setSpacing(theme.space("s"))
        foot.addWidget(buttons.button(theme, gettext(N_("Another file…")), call=self._other))
        foot.addStretch(1)
        foot.addWidget(buttons.button(theme, gettext(N_("Cancel")), call=self.reject))
        foot.addWidget(self.open_button)
        layout.addLayout(foot)


def _item(text: str, column: int) -> QTableWidgetItem:
    """A cell or a heading; numbers stand at the right."""
    item = QTableWidgetItem(text)
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    return item
