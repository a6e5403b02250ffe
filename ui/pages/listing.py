"""A list of records: search as you type, filters as chips, the table, how many are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from riskreg.changes import Changed, ChangeSet
from riskreg.editing import from_bin
from riskreg.errors import N_
from riskreg.formats import number_words
from riskreg.i18n import NN_
from riskreg.saved_views import columns_of, settled
from riskreg.views import View, Where
from ui.context import Context
from ui.forms import bins
from ui.pages.list_foot import ListFoot
from ui.pages.list_views import Views
from ui.pages.list_work import ListWork, changed_words
from ui.pages.page import Page, search_field
from ui.tables.condition_bar import ConditionBar
from ui.tables.filter_chips import FilterChips
from ui.tables.listings import Listing
from ui.tables.model import RecordModel
from ui.tables.presets import Preset, presets
from ui.tables.table import RecordTable
from ui.widgets import buttons
from ui.widgets.empty import Empty
from ui.widgets.notice import Bar

_TYPING_MS: Final = 200
_CLOCK_MS: Final = 60_000
_MOVED: Final = NN_("{number} record moved to the bin.", "{number} records moved to the bin.")
_BACK: Final = NN_("{number} record put back.", "{number} records put back.")
_NO_ANSWER: Final = N_("Nothing fits. Take away a filter or search for another word.")


class ListingPage(Page):
    """One `Listing`.

    Args:
        context: What the window shares.
        listing: Which records.
    """

    def __init__(self, context: Context, listing: Listing, parent: QWidget | None = None) -> None:
        super().__init__(context, context.t.gettext(listing.label), parent)
        self.listing = listing
        self.model = RecordModel(context, listing.view(), self, by_day=listing.by_day)
        self._day = self.model.today
        self.table = RecordTable(context, listing.key, self.model)
        self.table.setAccessibleName(context.t.gettext(listing.label))
        self.search = search_field(context, context.t.gettext(N_("Filter this list")))
        self.chips = FilterChips(context, listing.kinds)
        self.undo_bar = Bar(context.theme, context.t.gettext("Close"), icon="undo-2")
        self.undo_bar.hide()
        label = context.t.gettext(N_("Put back"))
        self.put_back = buttons.button(context.theme, label, "archive-restore", self.delete)
        usual = presets(listing, context.register.vocabulary, self.model.today)
        self.views = Views(context, listing, usual, self.question, self)
        self.work = ListWork(context, self.table, self.model, self)
        self.foot = ListFoot(context, listing, self.work.edit_many)
        self._columns = self._remembered_columns()
        self._changing: Where | None = None
        self._wanted = 0
        self._empty = self._make_empty()
        self._nothing = Empty(context.theme, "search", context.t.gettext(_NO_ANSWER))
        self.stack = QStackedWidget()
        for widget in (self.table, self._empty, self._nothing):
            self.stack.addWidget(widget)
        self._lay_out()
        self._connect()

    def enter(self) -> None:
        """Ask."""
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        """What is seen follows the register and the clock."""
        self.model.is_seen = True
        self._clock.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen asks nothing."""
        self.model.is_seen = False
        self._clock.stop()
        super().hideEvent(event)

    @cached_property
    def bar(self) -> ConditionBar:
        """Where conditions are made; made itself when the first one is wanted."""
        made = ConditionBar(self.context, self.listing.kinds)
        made.made.connect(self._on_bar_made)
        made.closed.connect(self.chips.take_focus)
        self._above.insertWidget(1, made)
        return made

    def show_view(self, view: View) -> None:
        """Narrow the list as a view says; its columns stay."""
        self.views.leave()
        self._narrow(view)

    def open_saved(self, id: int) -> None:
        """Show a saved view."""
        self.views.open(id)

    def do(self, command: str) -> None:
        """Carry out a command of `OF_PAGES`."""
        calls: dict[str, Callable[[], object]] = {
            "copy": self.work.copy,
            "paste": self.work.paste,
            "edit_cell": self._edit_cell,
            "edit_many": self.work.edit_many,
            "add_filter": lambda: self._on_chips_wanted(None),
            "views": self.views.offer,
            "save_view": self.views.save_as,
            "columns": self.choose_columns,
        }
        calls[command]()

    def choose_columns(self) -> None:
        """Ask which columns the list shows."""
        from ui.dialogs.columns_chooser import ColumnsDialog

        listing = self.listing
        dialog = ColumnsDialog(self.context, listing.kinds, self._columns, listing.columns, self)
        dialog.chosen.connect(self.set_columns)
        dialog.open()

    def set_columns(self, columns: tuple[str, ...]) -> None:
        """Show these columns; the list keeps them where no saved view is open."""
        self._columns = columns
        if self.views.current is None:
            is_usual = columns == self.listing.columns
            self.context.settings.set_columns(self.listing.key, None if is_usual else columns)
        self._show_preset()
        self._ask()

    def select(self, id: int) -> None:
        """Mark a record in the list, now or once the list has been answered."""
        self._wanted = id
        self._select_wanted()

    def take_focus(self) -> None:
        """Keys act on the rows."""
        self.table.setFocus()

    def start_search(self) -> None:
        """Go to the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def selected_ids(self) -> list[int]:
        """The chosen records in the order of the rows."""
        return self.table.selected_ids()

    def delete(self) -> None:
        """Move the chosen records to the bin, once it is known what depends on them, and offer to undo that."""
        ids = self.selected_ids()
        if ids and self.listing.bin:
            self.context.ask(lambda reader: from_bin(reader, ids), self._apply)
        elif ids:
            bins.to_bin(self.context, ids, self._on_moved)

    def view(self) -> View:
        """The question as the person narrowed it, its days counted from today."""
        return self._view(self.model.asked.sort)

    def question(self) -> View:
        """What a saved view keeps: columns, conditions, order and words, without what always holds."""
        return replace(
            self.listing.view(),
            columns=self._columns,
            where=self.chips.where,
            words=self.search.text().strip(),
            sort=self.model.asked.sort,
        )

    # building

    def _lay_out(self) -> None:
        theme = self.context.theme
        self.head.addWidget(self.search)
        if self.listing.bin:
            self.head.addWidget(self.put_back)
        if self.listing.command:
            self.head.addWidget(self._primary())
        tool = buttons.tool(
            theme, "columns-3", self.context.t.gettext(N_("Columns")), self.choose_columns
        )
        self.head.insertWidget(0, tool)
        self._above = QVBoxLayout()
        self._above.setContentsMargins(self.edge(), 0, self.edge(), theme.space("s"))
        self._above.setSpacing(theme.space("s"))
        for widget in (self.chips, self.undo_bar):
            self._above.addWidget(widget)
        self.layout_.addLayout(self._above)
        self.layout_.addWidget(self.stack, 1)
        self.foot.setContentsMargins(self.edge(), 0, 0, 0)
        self.layout_.addWidget(self.foot)
        self.chips.lead_with(self.views.chip)
        self._show_preset()

    def _connect(self) -> None:
        self._typing = _timer(self, _TYPING_MS, self._ask)
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK_MS)
        self._clock.timeout.connect(self._on_minute)
        self.search.textChanged.connect(lambda: self._typing.start())
        self.search.returnPressed.connect(self._on_search_return_pressed)
        self.chips.changed.connect(self._on_chips_changed)
        self.chips.wanted.connect(self._on_chips_wanted)
        self.views.preset_chosen.connect(self._on_preset_chosen)
        self.views.opened.connect(self._on_saved_opened)
        self.views.deleted.connect(self._on_saved_deleted)
        self.work.done.connect(self._on_work_done)
        self.model.answered.connect(self._on_model_answered)
        self.table.picked.connect(self.context.events.open_record)
        self.table.opened.connect(self.context.events.open_record)
        self.table.selection_changed.connect(self._show_count)

    def _primary(self) -> QPushButton:
        action = self.context.actions[self.listing.command]
        label = self.context.t.gettext(self.listing.command_label)
        button = buttons.primary(self.context.theme, label, "plus", action.trigger)
        button.setEnabled(action.isEnabled())
        action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
        return button

    def _make_empty(self) -> Empty:
        t, listing = self.context.t, self.listing
        action = self.context.actions[listing.command] if listing.command else None
        label = t.gettext(listing.command_label) if action else ""
        return Empty(
            self.context.theme,
            listing.icon,
            t.gettext(listing.empty or _NO_ANSWER),
            label,
            action.trigger if action else None,
        )

    # asking

    def _view(self, sort: tuple[tuple[str, bool], ...]) -> View:
        listing = self.listing
        whole = replace(
            listing.view(),
            columns=self._columns,
            where=(*listing.where, *self.chips.where),
            words=self.search.text().strip(),
            sort=sort,
        )
        return settled(whole, self.model.today, self.model.zone)

    def _narrow(self, view: View) -> None:
        """Show what a view asks for, in the columns of the list."""
        where = tuple(each for each in view.where if each not in self.listing.where)
        self.chips.show_conditions(where)
        self.search.setText(view.words)
        self._typing.stop()
        self.table.widths.keeps_all = self._columns != self.listing.columns
        self.model.ask(self._view(view.sort or self.model.asked.sort), self.listing.view())
        self._show_preset()

    def _remembered_columns(self) -> tuple[str, ...]:
        """The columns a person chose for this list, those that are gone left out."""
        usual = self.listing.columns
        known = columns_of(self.listing.kinds)
        wanted = self.context.settings.columns(self.listing.key, usual)
        return tuple(key for key in wanted if key in known) or usual

    def _ask(self) -> None:
        view = self.view()
        if self.listing.needs_words and not view.words and not self.chips.where:
            self.stack.setCurrentWidget(self._empty)
            self.foot.tell(0, 0, 0)
            return
        self.table.widths.keeps_all = self._columns != self.listing.columns
        self.model.ask(view, self.listing.view())
        self._show_preset()

    def _select_wanted(self) -> None:
        if self._wanted and not self.model.is_asking:
            self.table.select(self._wanted)
            self._wanted = 0

    def _on_model_answered(self) -> None:
        self._select_wanted()
        if self.model.rowCount():
            self.stack.setCurrentWidget(self.table)
        else:
            is_narrowed = bool(self.chips.where or self.search.text().strip())
            self.stack.setCurrentWidget(self._nothing if is_narrowed else self._empty)
        self._show_count()

    def _show_count(self) -> None:
        chosen = self.table.selected_count()
        self.put_back.setEnabled(chosen > 0 and not self.context.register.read_only)
        self.foot.tell(self.model.rowCount(), self.model.of, chosen)

    def _on_minute(self) -> None:
        """Clocks move; with a new day, so does what is due."""
        if self.model.today != self._day:
            self._day = self.model.today
            self._ask()
        else:
            self.model.repaint_all()

    def _on_search_return_pressed(self) -> None:
        self._typing.stop()
        self._ask()
        self.table.setFocus()

    # filters

    def _on_chips_changed(self, _where: tuple[Where, ...]) -> None:
        self._show_preset()
        self._ask()

    def _on_chips_wanted(self, where: Where | None) -> None:
        self._changing = where
        self.bar.start(where)

    def _on_bar_made(self, where: Where) -> None:
        self.chips.put(where, self._changing)

    def _show_preset(self) -> None:
        self.chips.fold(self.views.show_state(self.chips.where))

    def _on_preset_chosen(self, preset: Preset) -> None:
        self.chips.show_conditions(preset.where)
        self._columns = self._remembered_columns()
        self._ask()

    def _on_saved_opened(self, view: View, left_out: str) -> None:
        self._columns = view.columns
        self._narrow(view)
        if left_out:
            self.undo_bar.say(left_out)

    def _on_saved_deleted(self, said: str) -> None:
        self._say_done(said)

    # cells and many records

    def _edit_cell(self) -> None:
        """Edit the cell; what does not fit into one is edited in the record."""
        ids = self.selected_ids()
        if not self.table.edit_cell() and len(ids) == 1:
            self.context.events.open_record.emit(ids[0])

    def _on_work_done(self, changed: Changed) -> None:
        self._say_done(changed_words(changed, self.context))

    def _say_done(self, said: str) -> None:
        undo = self.context.actions["undo"].trigger
        self.undo_bar.say(said, self.context.t.gettext("Undo"), undo)

    # the bin

    def _apply(self, changes: ChangeSet) -> None:
        if changes.changes:
            self.context.change(changes, self._on_moved)

    def _on_moved(self, changed: Changed) -> None:
        t, number = self.context.t, len(changed.ids)
        words = _BACK if self.listing.bin else _MOVED
        text = t.ngettext(*words, number).format(number=number_words(number))
        self._say_done(text)


def _timer(parent: ListingPage, interval_ms: int, call: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    timer.timeout.connect(call)
    return timer
