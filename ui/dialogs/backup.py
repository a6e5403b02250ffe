"""A backup now, here or on another disk, and the backups there are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from riskreg.dates import moment_words
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.settings import KEEPING, backup_folder
from riskreg.views import Backup
from riskreg.work import COPYING
from ui.backups import keeping_words
from ui.context import Context
from ui.dialogs.sheet import Sheet
from ui.widgets.text import Text

_COLUMNS = (N_("Made"), N_("Records"), N_("Entries"), N_("Size"))


class BackupDialog(Sheet):
    """A backup is opened, checked and counted before it counts as one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        gettext = context.t.gettext
        lead = N_("A backup is a whole copy of the register, checked after it was written. It is not encrypted. Keep one on a drive that you then unplug.")  # fmt: skip
        super().__init__(context, gettext(N_("Backups")), gettext(lead), parent, 620)
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setHorizontalHeaderLabels([gettext(column) for column in _COLUMNS])
        self._set_up_table()
        self.where = Text(role="small", tone="muted", wraps=True)
        self.body.addWidget(self.where)
        self.body.addWidget(self.table, 1)
        self.add_button(gettext(N_("To another folder…")), self._choose)
        self.start = self.add_primary(
            gettext(N_("Back up now")), "hard-drive-download", self.back_up
        )
        self.offer_close()
        self.refresh()

    def back_up(self, folder: Path | None = None) -> None:
        """Make a checked backup, in a folder or where backups usually go."""
        register = self.context.register
        self.message.clear()
        self.start.setEnabled(False)
        job = self.context.jobs.write(
            lambda work: register.backup(folder, work),
            doing=COPYING,
            done=self._on_made,
            failed=self.fail,
        )
        job.finished.connect(lambda: self.start.setEnabled(True))
        self.start.setEnabled(job.is_finished)
        self.progress.follow(job)

    def refresh(self) -> None:
        """List the backups there are."""
        said = self.context.t.gettext(N_("Kept in {folder}: {words}; never fewer than three."))
        words = keeping_words(KEEPING[self.context.settings.value.keeping], self.context.t)
        self.where.setText(said.format(folder=backup_folder(), words=words))
        self.context.jobs.read(lambda work: self.context.register.backups(), done=self._list)

    def _list(self, backups: list[Backup]) -> None:
        zone = self.context.register.organisation().zone
        self.table.setRowCount(len(backups))
        for row, backup in enumerate(backups):
            cells = (
                moment_words(backup.made_at, zone, self.context.t),
                number_words(backup.records),
                number_words(backup.seq),
                size_words(backup.size),
            )
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)

    def _on_made(self, backup: Backup) -> None:
        said = self.context.t.gettext(N_("Backed up and checked: {file}, {records} records."))
        self.message.tell(said.format(file=backup.path.name, records=number_words(backup.records)))
        self.refresh()

    def _choose(self) -> None:
        title = self.context.t.gettext(N_("Back up to another folder"))
        if folder := self.context.prompts.folder(title):
            self.back_up(folder)

    def _set_up_table(self) -> None:
        self.table.setAccessibleName(self.windowTitle())
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setMinimumHeight(200)
        self.table.setShowGrid(False)
        self.table.verticalHeader().setDefaultSectionSize(self.context.theme.row_height("compact"))
        for column in range(len(_COLUMNS)):
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            if item := self.table.horizontalHeaderItem(column):
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)


def size_words(size: int) -> str:
    """A size of a file as systems show it: `812 kB`, `1.4 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"
