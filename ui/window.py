"""The window: pages on the left, one of them in the middle, the record at the right, the state at the bottom."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_, Expected
from riskreg.records import KINDS, NEW_KINDS
from riskreg.views import Backup, View
from riskreg.work import COPYING
from ui import icons, menus
from ui.actions import OF_PAGES
from ui.context import Context
from ui.forms.drafts import place
from ui.forms.panel import RecordPanel
from ui.over import Over
from ui.pages.listing import ListingPage
from ui.pages.page import Page
from ui.places import Leads, Places
from ui.record_commands import RecordCommands
from ui.sitting import Sitting
from ui.state import State
from ui.sync_notice import SyncNotice
from ui.tables.listings import LISTINGS
from ui.ticker import Ticker
from ui.turns import Turns
from ui.ways_out import Typed, WaysOut
from ui.widgets.navigation import Navigation
from ui.widgets.reading import move_focus
from ui.widgets.status_line import StatusLine

PANEL_WIDTH: Final = 392
UNDOING: Final = N_("Undoing")
REDOING: Final = N_("Redoing")
CLOSING: Final = N_("Closing: making a checked backup")
_PAGE_OF_KIND: Final = {"organisation": "home"}


class MainWindow(QMainWindow):
    """The window of one register in one language.

    Args:
        context: What its parts share.
    """

    language_wanted = Signal(str)
    """The person wants another language."""
    register_wanted = Signal(object)
    """The person wants another register: its path."""
    move_wanted = Signal(object)
    """The register shall go to another folder: which."""
    finished = Signal()
    """The register is closed and so is the window."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        # they go with the window, and with them all they would still tell
        context.actions.setParent(self)
        self.place = ""
        self._is_finished = False
        self.navigation = Navigation(context.theme, context.t)
        self.status_line = StatusLine(context.theme, context.t)
        self.splitter = QSplitter()
        self.notice = SyncNotice(context)
        self.over = Over(context, self)
        leads = Leads(
            go=self.go,
            search=self.search,
            open_field=lambda id, field: self.records.open_field(id, field),
        )
        self.middle = Places(context, self.over, leads)
        self.records = RecordCommands(
            context, self.over, self.middle.selected, lambda: self.panel, self.open_record
        )
        self.sitting = Sitting(context, self.status_line.show_name, self._speak)
        self.ways = WaysOut(context, lambda: self.panel.typed(), self)
        self.state = State(context, self.navigation, self.status_line, self)
        self._lay_out()
        menus.build(self.menuBar(), context, self.sitting.choose_language)
        self._connect()
        self.state.introduce()
        self.notice.introduce()
        self.go("home")
        self.setFocus()
        self.ticker = Ticker(context.events, self)
        self.turns = Turns(self)
        prepare = (lambda: self.panel, lambda: self.panel.prepare())
        for step in (self.state.refresh, *prepare, self._offer_draft):
            self.turns.add(step)

    @cached_property
    def panel(self) -> RecordPanel:
        """The record, at the right; hidden until one is shown. Made when it is wanted, or once the window stands."""
        made = RecordPanel(self.context)
        made.hide()
        made.setMinimumWidth(320)
        self.splitter.addWidget(made)
        made.closed.connect(self._on_panel_closed)
        made.shown.connect(self._on_panel_shown)
        return made

    # going places

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes the way one reads."""
        return move_focus(self, next)

    def go(self, key: str) -> Page:
        """Show a page."""
        page, before = self.page(key), self.middle.currentWidget()
        focus = QApplication.focusWidget()
        had_focus = before is not None and focus is not None and before.isAncestorOf(focus)
        self.place = key
        self.middle.setCurrentWidget(page)
        self.navigation.show_place(key)
        page.enter()
        if had_focus:
            page.take_focus()
        return page

    def page(self, key: str) -> Page:
        """The page of a place, made when it is first wanted."""
        return self.middle.page(key)

    def search(self, words: str) -> None:
        """Search everything."""
        page = self.page("search")
        if isinstance(page, ListingPage):
            page.search.setText(words)
        self.go("search").start_search()

    def open_view(self, view: View) -> None:
        """Show the list that answers a view."""
        key = view.kinds[0] if len(view.kinds) == 1 else "todo"
        page = self.go(key)
        if isinstance(page, ListingPage):
            page.show_view(view)

    def open_saved(self, key: str, id: int) -> None:
        """Show a saved view in the list it belongs to."""
        if key in LISTINGS:
            page = self.go(key)
            if isinstance(page, ListingPage):
                page.open_saved(id)

    def open_record(self, id: int) -> None:
        """Show a record in the panel; from a page without a list, beside the list it belongs to."""
        if self.middle.list_shown() is None and self.place == "home":
            found = self.context.register.names([id])
            if id in found:
                self.go(_PAGE_OF_KIND.get(found[id].kind, found[id].kind))
        self._show_panel()
        self.panel.show_record(id)

    def _offer_draft(self) -> None:
        """After a crash: show what was being written, where the panel offers to go on."""
        if self.panel.is_dirty:
            return
        register = self.context.register
        drafts = [] if register.read_only else register.drafts()
        for key in filter(None, dict.fromkeys(map(place, drafts))):
            if key in KINDS:
                self.new_record(key)
                return
            try:
                self.open_record(register.find(key))
            except Expected:
                continue  # it is gone; the draft stays for when it comes back
            return

    def resume(self, typed: Typed) -> None:
        """Show what was typed in another window and not saved, to be typed on."""
        self._show_panel()
        with suppress(Expected):  # its record is not in this register
            self.panel.resume(typed)

    def new_record(self, kind: str) -> None:
        """Show an empty form."""
        self._show_panel()
        self.panel.new_record(kind)

    # commands

    def _connect(self) -> None:
        context, actions = self.context, self.context.actions
        actions.hang_on(self)
        calls: dict[str, Callable[[], object]] = {
            "open": self._open_another,
            "close": self.close,
            "undo": lambda: context.act(context.register.undo, UNDOING),
            "redo": lambda: context.act(context.register.redo, REDOING),
            "palette": self._show_palette,
            "find": lambda: self.search(""),
            "filter": lambda: self.page(self.place).start_search(),
            "tie": self.records.tie,
            "duplicate": self.records.duplicate,
            "hand_over": self.records.hand_over,
            "delete": lambda: self.page(self.place).delete(),
            "refresh": lambda: self.page(self.place).enter(),
            "backup": self._back_up,
            "backups": self.over.backups,
            "copy_register": lambda: self.ways.go("copy"),
            "move_register": lambda: self.ways.go("move"),
            "settings": self.over.settings,
            "history": lambda: self.go("history"),
            "verify": lambda: self.go("check"),
            "import": self.over.bring,
            "export": lambda: self.over.export(self.middle.listed(), self._open_ref()),
            "suggestions": self.over.suggestions,
            "compare_risks": self.over.compare_risks,
            "calendar": self.over.calendar,
            "report": lambda: self.go("report"),
            "theme": self.sitting.turn_theme,
            "language": self.sitting.ask_language,
            "keys": self.over.keys,
        }
        for key, call in calls.items():
            actions.connect_to(key, call)
        for key in OF_PAGES:
            actions.connect_to(key, lambda key=key: self.page(self.place).do(key))  # type: ignore[misc]
        actions.connect_to("new_entry", self.records.note)
        for kind in set(NEW_KINDS) - {"entry"}:
            actions.connect_to(f"new_{kind}", lambda kind=kind: self.new_record(kind))  # type: ignore[misc]
        self._connect_parts()

    def _connect_parts(self) -> None:
        context = self.context
        context.events.open_record.connect(self.open_record)
        context.events.open_view.connect(self.open_view)
        context.events.new_record.connect(self.new_record)
        context.events.report_wanted.connect(self.over.report)
        context.events.field_wanted.connect(self.records.open_field)
        context.theme.changed.connect(self._on_theme_changed)
        self.over.settings_saved.connect(self.state.introduce)
        self.over.settings_saved.connect(self.state.refresh)
        self.over.language_chosen.connect(self.sitting.choose_language)
        self.navigation.wanted.connect(self.go)
        self.notice.move_wanted.connect(self._move)
        self.navigation.settings_wanted.connect(context.actions["settings"].trigger)
        self.status_line.name_wanted.connect(self.sitting.ask_name)
        self.status_line.backup_wanted.connect(context.actions["backups"].trigger)
        self.status_line.undo_wanted.connect(context.actions["undo"].trigger)

    def _on_panel_closed(self) -> None:
        self.panel.hide()
        self.page(self.place).take_focus()

    def _on_panel_shown(self, id: int) -> None:
        if page := self.middle.list_shown():
            page.select(id)
        self.records.on_shown(id)

    def _on_theme_changed(self) -> None:
        icons.refresh(self, self.context.theme)
        self.update()

    def _open_another(self) -> None:
        t = self.context.t
        patterns = t.gettext(N_("Registers")) + " (*.riskreg)"
        path = self.context.prompts.open_file(
            t.gettext(N_("Open a register")), patterns, self.context.register.path.parent
        )
        if path:
            self.panel.leave(lambda: self.register_wanted.emit(path))

    def _move(self, folder: Path) -> None:
        self.panel.leave(lambda: self.move_wanted.emit(folder))

    def _open_ref(self) -> str:
        """The record in the panel; empty where none is, or a new one."""
        return "" if self.panel.isHidden() else self.panel.ref

    def _back_up(self) -> None:
        register, context = self.context.register, self.context
        context.jobs.write(
            lambda work: register.backup(None, work),
            doing=COPYING,
            done=self._on_backed_up,
            failed=context.show,
        )

    def _on_backed_up(self, backup: Backup) -> None:
        said = self.context.t.gettext(N_("Backed up and checked: {file}"))
        self.status_line.say(said.format(file=backup.path.name))
        self.state.refresh()

    def _speak(self, language: str) -> None:
        self.panel.leave(lambda: self.language_wanted.emit(language))

    def _show_palette(self) -> None:
        from ui.destinations import Ways, destinations

        ways = Ways(
            go=self.go,
            open_saved=self.open_saved,
            report=self.over.report,
            settings=self.over.settings,
            choose_language=self.sitting.choose_language,
            choose_look=self.sitting.choose_look,
        )
        self.over.palette(destinations(self.context, ways), self.search)

    # building

    def _lay_out(self) -> None:
        self.middle.setMinimumWidth(480)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.middle)
        self.splitter.setStretchFactor(0, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.notice)
        right.addWidget(self.splitter, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addLayout(right, 1)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row, 1)
        layout.addWidget(self.status_line)
        self.setCentralWidget(central)
        self.resize(1280, 800)
        if geometry := self.context.settings.value.window:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def _show_panel(self) -> None:
        if self.panel.isHidden():
            self.panel.show()
            width = self.splitter.width()
            self.splitter.setSizes([max(480, width - PANEL_WIDTH), PANEL_WIDTH])

    # closing

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the register first; ask where something is not saved."""
        if self._is_finished:
            self.state.stop()
            event.accept()
            return
        event.ignore()
        self.panel.leave(self._finish)

    def leave_now(self) -> None:
        """Close without asking, and whatever stands over the window first: what is not saved was taken along."""
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self._finish()

    def _finish(self) -> None:
        self.panel.copies.close()
        self.context.settings.change(window=bytes(self.saveGeometry().toBase64().data()).decode())
        self.setEnabled(False)
        self.ticker.stop()
        self.turns.stop()
        self.panel.stop()
        self.state.stop()
        self.status_line.say(self.context.t.gettext(CLOSING))
        register = self.context.register
        self.context.jobs.write(
            lambda work: register.close(work),
            doing=CLOSING,
            done=lambda _none: self._leave(),
            failed=self._on_close_failed,
        )

    def _on_close_failed(self, error: Exception) -> None:
        self._leave()

    def _leave(self) -> None:
        """Close for good once Qt is done with the event that asked for it."""
        self._is_finished = True
        QTimer.singleShot(0, self, self._end)

    def _end(self) -> None:
        self.close()
        self.finished.emit()
