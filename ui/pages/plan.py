"""The plan of the year: twelve months from the current one, with the reviews, drills, training, filings, ends and tasks of each."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from riskreg import clock
from riskreg.changes import Changed
from riskreg.dates import month_name
from riskreg.errors import N_, Expected
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.rules.coming import SORTS
from riskreg.work import Work
from ui.context import Context
from ui.dialogs.progress import ProgressStrip
from ui.forms.choose import CalmComboBox
from ui.forms.flow import FlowBox
from ui.jobs import Job
from ui.pages.page import Page
from ui.pages.plan_facts import Month, Plan, Wanted, gather, months, owners, sorts
from ui.pages.plan_model import LATE, PlanModel
from ui.pages.plan_table import PlanTable
from ui.widgets import buttons
from ui.widgets.empty import Empty

READING: Final = N_("Reading the register")
COUNTED: Final = NN_(
    "{number} thing until the end of {month}", "{number} things until the end of {month}"
)
OVERDUE: Final = NN_("{number} of them overdue", "{number} of them overdue")
EVERYTHING: Final = N_("Everything")
EVERYBODY: Final = N_("Everybody")
NOBODY: Final = N_("Nobody yet")
NEW: Final = N_("New activity")
STOPPED: Final = N_(
    "The register was not read to its end. Nothing was changed. Ask again when you like."
)
EMPTY: Final = N_(
    "Nothing has a date in the twelve months to come. Plan the training, the drill and the reviews; they appear here."
)


class PlanPage(Page):
    """What falls into each month. It asks when it is seen and the register has changed.

    Args:
        context: What the window shares.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        gettext = context.t.gettext
        super().__init__(context, gettext(N_("Plan of the year")), parent)
        self._plan: Plan | None = None
        self._names: dict[int, str] = {}
        self._job: Job | None = None
        self._is_stale = True
        self.print = buttons.button(context.theme, gettext(N_("Print…")), "printer", self._print)
        self.sort = self._combo(gettext(N_("What is shown")))
        self.owner = self._combo(gettext(N_("Who answers for it")))
        self.progress = ProgressStrip(context)
        self.jumps: list[QPushButton] = []
        """One for each part of the plan, in its order."""
        self._jumps = FlowBox(context.theme.space("s"))
        self.model = PlanModel(context.t, self)
        self.table = PlanTable(context, self.model)
        self.table.setAccessibleName(gettext(N_("Plan of the year")))
        self.table.opened.connect(context.events.open_record.emit)
        new = context.actions["new_activity"]
        self.empty = Empty(
            context.theme, "calendar-days", gettext(EMPTY), gettext(NEW), new.trigger
        )
        self.stopped = Empty(
            context.theme, "calendar-days", gettext(STOPPED), gettext(N_("Ask again")), self.ask
        )
        self.stack = QStackedWidget()
        self._lay_out()
        context.events.changed.connect(self._on_register_changed)

    @property
    def wanted(self) -> Wanted:
        """What of the plan is shown."""
        return Wanted(self.sort.currentData() or "", self.owner.currentData())

    def enter(self) -> None:
        """Ask, where the answer that stands there may no longer hold."""
        if self._is_stale or self._plan is None or self._plan.today != self._today():
            self.ask()

    def ask(self) -> None:
        """Ask for all dates; what was asked before is dropped."""
        if self._job:
            self._job.drop()
        self._is_stale = False
        register, t, today = self.context.register, self.context.t, self._today()

        def read(work: Work) -> tuple[Plan, dict[int, str]]:
            with register.reader() as reader:
                plan = gather(reader, t, today, work)
                names = reader.names(owners(plan.items))
                return plan, {id: name.title for id, name in names.items()}

        job = self.context.jobs.read(
            read, doing=READING, done=self._on_read, failed=self._on_failed
        )
        self._job = None if job.is_finished else job
        if self._plan is None:  # later the plan that stands there stays until the next one is known
            self.progress.follow(job)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed meanwhile."""
        super().showEvent(event)
        if self._is_stale and self._plan:
            self.ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is asked while nobody looks."""
        super().hideEvent(event)
        if self._job:
            self._is_stale = True
            self._job.drop()
            self._job = None

    def take_focus(self) -> None:
        """Keys act on the table."""
        (self.table if self.table.isVisible() else self).setFocus()

    def start_search(self) -> None:
        """The person wants to narrow the plan."""
        self.sort.setFocus()

    # answers

    def _on_read(self, answer: tuple[Plan, dict[int, str]]) -> None:
        """Show it, where it says anything else than what stands there."""
        self._job = None
        if answer == (self._plan, self._names):
            return
        self._plan, self._names = answer
        self._offer()
        self._show()

    def _on_failed(self, error: Expected) -> None:
        self._job = None
        self._is_stale = True
        if error.id != "cancelled":
            self.context.show(error)
        elif self._plan is None:
            self.stack.setCurrentWidget(self.stopped)

    def _on_register_changed(self, _changed: Changed) -> None:
        self._is_stale = True
        if self.isVisible():
            self.ask()

    # showing

    def _offer(self) -> None:
        """What can be chosen: the sorts and the owners there are."""
        if self._plan is None:
            return
        gettext = self.context.t.gettext
        known = [(gettext(SORTS[sort]), sort) for sort in sorts(self._plan.items)]
        _fill(self.sort, [(gettext(EVERYTHING), ""), *known])
        ids = owners(self._plan.items)
        names = sorted((self._names.get(id, ""), id) for id in ids if id)
        nobody = [(gettext(NOBODY), 0)] if 0 in ids else []
        _fill(self.owner, [(gettext(EVERYBODY), None), *nobody, *names])

    def _show(self) -> None:
        if self._plan is None:
            return
        table = self.table
        here, shown = table.currentIndex().row(), table.chosen_row
        kept = self.model.item_at(here), self.model.item_at(shown)
        top = table.verticalScrollBar().value()
        parts = months(self._plan, self.wanted)
        self.model.show_months(parts, self._plan.today)
        here, shown = (self.model.row_of(item) if item else -1 for item in kept)
        if here >= 0:
            table.setCurrentIndex(self.model.index(here, 0))
        table.choose(shown)
        table.verticalScrollBar().setValue(top)
        self._show_jumps(parts)
        self._say(parts)
        has_any = bool(self._plan.items)
        for control in (self.sort, self.owner):
            control.setVisible(has_any)
        self.stack.setCurrentWidget(self.table if has_any else self.empty)

    def _say(self, parts: list[Month]) -> None:
        t, number = self.context.t, sum(len(part.items) for part in parts)
        last = month_name(parts[-1].first, t) if parts[-1].first else ""
        said = t.ngettext(*COUNTED, number).format(number=number_words(number), month=last)
        late = len(parts[0].items) if parts[0].first is None else 0
        if late:
            said += "  •  " + t.ngettext(*OVERDUE, late).format(number=number_words(late))
        self.subtitle.setText(said)
        self.subtitle.setVisible(bool(self._plan and self._plan.items))

    def _show_jumps(self, parts: list[Month]) -> None:
        """The months above the table, each with its number: a press goes there."""
        for old in self.jumps:
            old.hide()
            old.deleteLater()
        rows = self.model.heads
        self.jumps = [self._jump(part, row) for part, row in zip(parts, rows, strict=True)]
        self._jumps.show_widgets(self.jumps)
        self._jumps.setVisible(bool(self._plan and self._plan.items))

    def _jump(self, part: Month, row: int) -> QPushButton:
        t, number = self.context.t, len(part.items)
        name = month_name(part.first, t, is_short=True) if part.first else t.gettext(LATE)
        words = f"{name}  {number_words(number)}" if number else name
        made = buttons.chip(self.context.theme, words, call=lambda: self._go_to(row))
        made.setEnabled(number > 0)
        return made

    def _go_to(self, row: int) -> None:
        self.table.go_to(row)
        self.table.setFocus()

    def _print(self) -> None:
        self.context.events.report_wanted.emit("programme", "")

    def _today(self) -> date:
        return clock.today(self.context.register.organisation().zone)

    # building

    def _combo(self, name: str) -> QComboBox:
        combo = CalmComboBox(self.context.theme)
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.setMaxVisibleItems(20)
        combo.currentIndexChanged.connect(self._show)
        return combo

    def _lay_out(self) -> None:
        theme = self.context.theme
        for control in (self.sort, self.owner, self.print):
            self.head.addWidget(control)
        above = QVBoxLayout()
        above.setContentsMargins(self.edge(), 0, self.edge(), theme.space("s"))
        above.setSpacing(theme.space("s"))
        above.addWidget(self._jumps)
        above.addWidget(self.progress)
        for widget in (self.table, self.empty, self.stopped):
            self.stack.addWidget(widget)
        self.layout_.addLayout(above)
        self.layout_.addWidget(self.stack, 1)


def _fill(combo: QComboBox, choices: list[tuple[str, object]]) -> None:
    """Other choices; what was chosen stays so where it is still among them."""
    chosen = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for words, data in choices:
        combo.addItem(words, data)
    combo.setCurrentIndex(
        next((place for place, (_, data) in enumerate(choices) if data == chosen), 0)
    )
    combo.blockSignals(False)
