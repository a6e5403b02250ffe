"""Choose a playbook, see its steps with suggested times, and make them tasks of the incident."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from riskreg import clock
from riskreg.cases import case_of
from riskreg.changes import Changed
from riskreg.dates import here_words
from riskreg.errors import N_, Expected
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.playbooks import Playbook, PlaybookStep, playbooks
from riskreg.records.values import Instant
from riskreg.starting_playbook import fitting, start, started
from ui.context import Context
from ui.dialogs.sheet import Sheet
from ui.forms.choose import CalmComboBox
from ui.incident.chips import mark_drill
from ui.widgets.text import Text

_COLUMNS: Final = (N_("Step"), N_("Who"), N_("Suggested time"), N_("Evidence to keep"))
_WIDTHS: Final = (330, 130, 150)
_SIZE: Final = (900, 640)
_AIR: Final = 12
"""Pixels above and below the words of a step, together."""
_THERE: Final = N_("A task already")
_START: Final = NN_("Make {number} task", "Make {number} tasks")
_MADE: Final = NN_(
    "{number} task made. Contain it first.", "{number} tasks made. Contain it first."
)


class PlaybookDialog(Sheet):
    """The playbooks, the fitting ones first.

    Args:
        context: What the window shares.
        incident: Its id.
    """

    saves = True

    def __init__(self, context: Context, incident: int, parent: QWidget | None = None) -> None:
        gettext, language = context.t.gettext, context.t.language
        self.case = case_of(context.register, incident)
        lead = f"{self.case.incident.ref} • {self.case.incident.title}"
        super().__init__(context, gettext(N_("Start a playbook")), lead, parent)
        first = fitting(self.case)
        others = [each for each in playbooks().playbooks.values() if each not in first]
        self.playbooks: tuple[Playbook, ...] = (*first, *others)
        self.choice = CalmComboBox(context.theme)
        for each in self.playbooks:
            fits = gettext(N_("{title} (fits)")) if each in first else "{title}"
            self.choice.addItem(fits.format(title=each.title.get(language)), each.key)
        self.help = Text("", "small", "muted", wraps=True)
        self.table = QTableWidget(0, len(_COLUMNS))
        self.notice = Text(playbooks().notice.get(language), "small", "moderate", wraps=True)
        self.add_field(gettext(N_("Playbook")), self.choice)
        for widget in (self.help, self.table, self.notice):
            self.body.addWidget(widget)
        self.body.setStretchFactor(self.table, 1)
        self.start = self.add_primary("", "check", self.save)
        self._dress_table()
        mark_drill(self.body, self.case.incident)
        self.resize(*_SIZE)
        self.choice.currentIndexChanged.connect(self.show_steps)
        self.show_steps()

    @property
    def playbook(self) -> Playbook:
        """The one that is chosen."""
        return self.playbooks[self.choice.currentIndex()]

    def show_steps(self) -> None:
        """Show the steps of the playbook, and how many tasks it would make."""
        t, there = self.context.t, started(self.case)
        self.help.setText(self.playbook.help.get(t.language))
        self.table.setRowCount(len(self.playbook.steps))
        for row, step in enumerate(self.playbook.steps):
            is_there = step.key in there
            for column, text in enumerate(self._texts(step, is_there)):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                if is_there:
                    cell.setForeground(self.context.theme.color("muted"))
                cell.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, cell)
        self.table.resizeRowsToContents()
        for row in range(self.table.rowCount()):
            self.table.setRowHeight(row, self.table.rowHeight(row) + _AIR)
        number = sum(step.key not in there for step in self.playbook.steps)
        label = t.ngettext(*_START, number).format(number=number_words(number))
        self.start.setText(label)
        self.start.setAccessibleName(label)
        self.start.setEnabled(bool(number) and not self.context.register.read_only)

    def save(self) -> None:
        """Make the tasks, as one step."""
        self.message.clear()
        self.start.setEnabled(False)
        case = case_of(self.context.register, self.case.incident.id)
        changes = start(case, self.playbook, self.context.t.language)
        self.progress.follow(self.context.change(changes, self._on_saved, self._on_failed))

    def _texts(self, step: PlaybookStep, is_there: bool) -> tuple[str, ...]:
        t, known = self.context.t, playbooks()
        phase, role = (
            each.get(t.language) for each in (known.phases[step.phase], known.roles[step.role])
        )
        when = (
            t.gettext(_THERE)
            if is_there
            else here_words(self._target(step), self.case.organisation.zone, t)
        )
        wanted = step.wanted.text.get(t.language) if step.wanted else ""
        what = t.gettext(N_("{phase}: {step}")).format(phase=phase, step=step.text.get(t.language))
        return what, role, when, wanted

    def _target(self, step: PlaybookStep) -> Instant:
        """As `starting_playbook` counts: from awareness, else from discovery, else from now."""
        incident = self.case.incident
        known = incident.aware_at or incident.discovered_at
        begin = (known.utc if known else clock.now()).replace(second=0, microsecond=0)
        return Instant(begin + timedelta(minutes=step.minutes), self.case.organisation.zone)

    def _dress_table(self) -> None:
        gettext, table = self.context.t.gettext, self.table
        table.setHorizontalHeaderLabels([gettext(each) for each in _COLUMNS])
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        table.setAccessibleName(gettext(N_("Steps of the playbook")))

    def _on_failed(self, error: Expected) -> None:
        self.start.setEnabled(True)
        self.fail(error)

    def _on_saved(self, changed: Changed) -> None:
        number = len(changed.new)
        said = self.context.t.ngettext(*_MADE, number).format(number=number_words(number))
        self.context.events.said.emit(said)
        self.accept()
