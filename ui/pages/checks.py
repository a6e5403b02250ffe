"""What in the register cannot be right, what an auditor would ask about, and what is worth a look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from riskreg.changes import Changed
from riskreg.errors import N_, Expected
from riskreg.formats import number_words, sentences
from riskreg.i18n import NN_
from riskreg.rules.checks import CHECKS, Level, repair
from riskreg.work import CHECKING, Work
from ui import icons
from ui.context import Context
from ui.dialogs.progress import ProgressStrip
from ui.jobs import Job
from ui.pages.checks_filter import ChecksFilter
from ui.pages.checks_found import Group, Line, Told, gather, narrowed, today
from ui.pages.checks_parts import HEADS, Head, Key, Part, parts
from ui.pages.checks_row import FindingRow
from ui.pages.page import Page
from ui.turns import Turns
from ui.widgets import buttons
from ui.widgets.empty import Empty
from ui.widgets.notice import Bar
from ui.widgets.text import Elided, Text

HELD: Final = N_("Every record was held against {number} checks.")
NOTHING: Final = N_("Nothing was found.")
FOUND: Final = NN_("{number} thing was found.", "{number} things were found, the gravest first.")
STOPPED: Final = N_("The checks were stopped. Nothing was changed. Ask again when you like.")
MORE: Final = NN_(
    "{number} more is not shown here. The report has them all.",
    "{number} more are not shown here. The report has them all.",
)
SHOWN: Final = N_("{shown} of {number} are shown.")
NOTHING_FITS: Final = N_("Nothing that was found fits the filter.")
RIGHT: Final = N_("{ref} is put right.")


_STEPS: Final = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}


class ChecksPage(Page):
    """The findings of all checks, by level. It asks when it is seen and the register has changed.

    Args:
        context: What the window shares.
        open_field: Shows a record at one of its fields, by id and key.
    """

    def __init__(
        self,
        context: Context,
        open_field: Callable[[int, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, context.t.gettext(N_("Checks")), parent)
        gettext, theme = context.t.gettext, context.theme
        self._open_field = open_field
        self._made: dict[Key, tuple[Part, QWidget]] = {}
        self._told: Told | None = None
        self._job: Job | None = None
        self._repairing: Job | None = None
        self._is_stale = True
        self.turns = Turns(self)
        self.again = buttons.button(theme, gettext(N_("Check again")), "refresh-cw", self.check)
        self.print = buttons.button(theme, gettext(N_("Print…")), "printer", self._print)
        self.progress = ProgressStrip(context)
        self.undo_bar = Bar(theme, gettext("Close"), icon="undo-2")
        self.undo_bar.hide()
        self._held = gettext(HELD).format(number=number_words(len(CHECKS)))
        self._empty = Empty(theme, "circle-check", f"{gettext(NOTHING)} {self._held}")
        self.filter = ChecksFilter(context)
        self._fits_nothing = Empty(
            theme,
            "filter",
            gettext(NOTHING_FITS),
            gettext(N_("Show everything")),
            self.filter.clear,
        )
        self._stopped = Empty(theme, "clipboard-check", gettext(STOPPED))
        self.jumps = {level: self._jump(level) for level in HEADS}
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._area = QScrollArea()
        self.stack = QStackedWidget()
        self._lay_out()
        self.filter.changed.connect(self._narrow)
        context.events.changed.connect(self._on_register_changed)

    @property
    def rows(self) -> list[FindingRow]:
        """The findings that are shown; what is still to be made is made now."""
        self.turns.finish()
        return self._standing()

    def enter(self) -> None:
        """Ask, where the answer that stands there may no longer hold."""
        if self._job and not self._is_stale:
            return
        zone = self.context.register.organisation().zone
        if self._is_stale or self._told is None or self._told.day != today(zone):
            self.check()

    def check(self) -> None:
        """Ask every check; where they are being asked, ask anew."""
        if self._job:
            self._is_stale = True
            self._job.cancel()
            return
        self._is_stale = False
        register, t = self.context.register, self.context.t

        def ask(work: Work) -> Told:
            with register.reader() as reader:
                return gather(reader, t, work)

        self.again.setEnabled(False)
        job = self.context.jobs.read(
            ask, doing=CHECKING, done=self._on_told, failed=self._on_failed
        )
        self._job = None if job.is_finished else job
        self.progress.follow(job)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed meanwhile."""
        super().showEvent(event)
        if self._is_stale and self._told:
            self.check()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is asked while nobody looks."""
        super().hideEvent(event)
        if self._job:
            self._is_stale = True
            self._job.cancel()

    def go_to(self, level: Level) -> None:
        """Scroll to where a level begins, once all above it stands."""
        self.turns.add(lambda: self._scroll_to(level))

    def start_search(self) -> None:
        """Write what the findings shall hold."""
        self.filter.words.setFocus()
        self.filter.words.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from finding to finding, from the filter to the first."""
        step = _STEPS.get(event.key())
        place = self._focus_place()
        is_from_filter = self.filter.words.hasFocus() and event.key() == Qt.Key.Key_Down
        if step is None or (place is None and not is_from_filter):
            super().keyPressEvent(event)
        else:
            self._step_to(0 if place is None else place + step)

    def _step_to(self, place: int) -> None:
        standing = self._standing()
        if 0 <= place < len(standing):
            standing[place].words.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(standing[place])

    def take_focus(self) -> None:
        """Keys act on the findings."""
        if standing := self._standing():
            standing[0].words.setFocus()
        else:
            self.setFocus()

    # asking

    def _on_told(self, told: Told) -> None:
        self._end()
        self._told = told
        self.filter.offer(told)
        self.filter.setVisible(told.number > 0)
        self._narrow()

    def _narrow(self) -> None:
        """Show what fits the filter."""
        told, wish, t = self._told, self.filter.wish(), self.context.t
        if told is None:
            return
        if wish.is_empty:
            self._show(told, told.groups)
            return

        def show(groups: tuple[Group, ...]) -> None:
            if told is self._told and wish == self.filter.wish():
                self._show(told, groups)

        self.context.ask(lambda reader: narrowed(reader, told, t, wish), show)

    def _show(self, told: Told, groups: tuple[Group, ...]) -> None:
        t, shown = self.context.t, sum(group.number for group in groups)
        if told.number:
            found = t.ngettext(*FOUND, told.number).format(number=number_words(told.number))
            part = t.gettext(SHOWN).format(
                shown=number_words(shown), number=number_words(told.number)
            )
            said = self._held if shown == told.number else part
            self.subtitle.setText(sentences(t, found, said))
        self.subtitle.setVisible(told.number > 0)
        self._show_jumps(groups)
        self._show_groups(groups)
        nothing = self._fits_nothing if told.number else self._empty
        self.stack.setCurrentWidget(self._area if shown else nothing)

    def _on_failed(self, error: Expected) -> None:
        is_asked_again = self._is_stale
        self._end()
        self._is_stale = True
        if error.id != "cancelled":
            self.context.show(error)
        elif self._told is None and not is_asked_again:
            self.stack.setCurrentWidget(self._stopped)

    def _end(self) -> None:
        """The job is over; ask anew, after it has been told so itself, where that was wanted meanwhile."""
        self._job = None
        self.again.setEnabled(True)
        if self._is_stale and self.isVisible():
            QTimer.singleShot(0, self, self._ask_anew)

    def _ask_anew(self) -> None:
        if self.isVisible() and not self._job:
            self.check()

    def _on_register_changed(self, changed: Changed) -> None:
        self.undo_bar.hide()  # it offers to undo what is no longer the last change
        if self.isVisible() and (self._told or self._job):
            self.check()
        else:
            self._is_stale = True

    # showing

    def _show_jumps(self, groups: Iterable[Group]) -> None:
        """How many there are of each level, above the list."""
        numbers = {group.level: group.number for group in groups}
        for level, jump in self.jumps.items():
            name = self.context.t.gettext(HEADS[level][0])
            label = f"{name}  {number_words(numbers.get(level, 0))}"
            jump.setText(label)
            jump.setAccessibleName(label)
            jump.setVisible(level in numbers)

    def _show_groups(self, groups: Iterable[Group]) -> None:
        """Put what is new where it belongs and take away what is no more; what still holds stays as it is."""
        wanted = dict(parts(groups))
        gone = [key for key, (part, _) in self._made.items() if wanted.get(key) != part]
        place = self._focus_place()
        self.turns.stop()
        for key in gone:
            widget = self._made.pop(key)[1]
            self._list.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for at, (key, part) in enumerate(wanted.items()):
            if key not in self._made:
                self.turns.add(partial(self._put, at, key, part))
        if place is not None:
            self.turns.add(lambda: self._focus_at(place))

    def _scroll_to(self, level: Level) -> None:
        if made := self._made.get(("head", level)):
            self._area.verticalScrollBar().setValue(made[1].y())

    def _put(self, at: int, key: Key, part: Part) -> None:
        widget = self._widget(part)
        self._made[key] = (part, widget)
        self._list.insertWidget(at, widget)
        widget.show()

    def _widget(self, part: Part) -> QWidget:
        if isinstance(part, Line):
            row = FindingRow(self.context, part)
            row.opened.connect(self._open_field)
            row.repair_asked.connect(self._repair)
            return row
        if isinstance(part, Head):
            return self._head_of(part)
        said = self.context.t.ngettext(*MORE, part.number).format(number=number_words(part.number))
        text = Text(said, "small", "muted", wraps=True)
        text.setContentsMargins(0, self.context.theme.space("s"), 0, 0)
        return text

    def _head_of(self, head: Head) -> QWidget:
        """The name of a level, how many there are, and what it means."""
        gettext, theme = self.context.t.gettext, self.context.theme
        name, meaning, icon, tone = HEADS[head.level]
        made = QWidget()
        picture = QLabel()
        icons.put(picture, theme, icon, tone, 18)
        row = QHBoxLayout(made)
        row.setContentsMargins(theme.space("xs") - 1, theme.space("l"), 0, theme.space("s"))
        row.setSpacing(theme.space("s"))
        row.addWidget(picture)
        row.addWidget(Text(f"{gettext(name)}  {number_words(head.number)}", "section", tone))
        row.addWidget(Elided(gettext(meaning), "small", "muted"), 1)
        return made

    def _standing(self) -> list[FindingRow]:
        """The rows that are made, from the top."""
        items = (self._list.itemAt(place) for place in range(self._list.count()))
        return [row for item in items if item and isinstance(row := item.widget(), FindingRow)]

    def _focus_place(self) -> int | None:
        """Which of the findings has the focus; None where it is elsewhere."""
        for place, row in enumerate(self._standing()):
            if any(stop.hasFocus() for stop in row.stops()):
                return place
        return None

    def _focus_at(self, place: int) -> None:
        """Where the finding that had the focus is gone, keys act on the one that took its place."""
        standing = self._standing()
        if self._focus_place() is None and standing:
            standing[min(place, len(standing) - 1)].words.setFocus()

    # doing

    def _repair(self, row: FindingRow) -> None:
        """Put right what a row tells, in one change that can be undone."""
        changes = repair(row.line.finding)
        if changes is None or (self._repairing and not self._repairing.is_finished):
            return
        ref = row.line.finding.ref
        self._repairing = self.context.change(changes, lambda _changed: self._say_right(ref))

    def _say_right(self, ref: str) -> None:
        gettext = self.context.t.gettext
        undo = self.context.actions["undo"].trigger
        self.undo_bar.say(gettext(RIGHT).format(ref=ref), gettext("Undo"), undo)

    def _print(self) -> None:
        self.context.events.report_wanted.emit("checks", "")

    # building

    def _jump(self, level: Level) -> QPushButton:
        _name, meaning, icon, tone = HEADS[level]
        made = buttons.chip(self.context.theme, "", call=lambda: self.go_to(level))
        made.setAccessibleDescription(self.context.t.gettext(meaning))
        icons.put(made, self.context.theme, icon, tone, 14, gap=3)
        made.hide()
        return made

    def _lay_out(self) -> None:
        theme = self.context.theme
        for button in (self.again, self.print):
            self.head.addWidget(button)
        above = QVBoxLayout()
        above.setContentsMargins(self.edge(), 0, self.edge(), theme.space("xs"))
        above.setSpacing(theme.space("s"))
        jumps = QHBoxLayout()
        jumps.setSpacing(theme.space("s"))
        for jump in self.jumps.values():
            jumps.addWidget(jump)
        jumps.addStretch(1)
        above.addWidget(self.filter)
        above.addLayout(jumps)
        for widget in (self.progress, self.undo_bar):
            above.addWidget(widget)
        content = QWidget()
        content.setObjectName("page")
        inner = QVBoxLayout(content)
        inner.setContentsMargins(self.edge(), 0, self.edge(), theme.space("l"))
        inner.setSpacing(0)
        inner.addLayout(self._list)
        inner.addStretch(1)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(content)
        self.keep_edge(self._area, inner)
        self.scrolled = self._area
        for page in (self._area, self._empty, self._fits_nothing, self._stopped):
            self.stack.addWidget(page)
        self.layout_.addLayout(above)
        self.layout_.addWidget(self.stack, 1)
