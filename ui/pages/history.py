"""The history: every entry of the journal in words, newest first, with what each did to every record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from riskreg import clock, past_scores
from riskreg.changes import Changed
from riskreg.errors import N_, Expected
from riskreg.records.values import zone_of
from riskreg.rules.past_scales import Sides
from riskreg.views import Entry, EntryChange, Name, Reader
from riskreg.wording import act_words, message, records_words
from ui import icons, titles
from ui.context import Context
from ui.forms.story import Wordsmith, change_lines, linked
from ui.pages.page import Page, search_field
from ui.turns import Turns
from ui.widgets import buttons
from ui.widgets.text import Elided, Text

PAGE: Final = 50
"""Entries that are fetched at once."""
MOST_RECORDS: Final = 20
"""Records of one entry that are told one by one; an import can have thousands."""


def undone(entries: list[Entry]) -> frozenset[int]:
    """The entries whose effect was taken back and not brought back since.

    Args:
        entries: Newest first, without gaps from the newest.
    """
    found: set[int] = set()
    for entry in entries:
        if entry.undoes is not None and entry.seq not in found:
            found.add(entry.undoes)
    return frozenset(found)


class _Told(NamedTuple):
    """What an entry did.

    Attributes:
        entry: With its changes.
        names: What the records that they link are called.
        sides: What the scores of a risk are shown with, by the risk.
    """

    entry: Entry
    names: dict[int, Name]
    sides: Mapping[int, Sides]


class EntryRow(QFrame):
    """One entry; it unfolds to show what it did."""

    def __init__(self, context: Context, smith: Wordsmith, entry: Entry, is_undone: bool) -> None:
        super().__init__()
        self.setObjectName("timeline")
        self.entry = entry
        self._context = context
        self._smith = smith
        theme = context.theme
        self._body = QWidget()
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(0, theme.space("xs"), 0, theme.space("s"))
        self._lines.setSpacing(2)
        self._body.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.space("s"), 0, theme.space("s"))
        layout.setSpacing(2)
        layout.addLayout(self._head(is_undone))
        layout.addWidget(self._body)

    def unfold(self) -> None:
        """Show or hide what the entry did."""
        is_open = self._body.isHidden()
        if is_open and self._lines.count() == 0:
            self._context.ask(lambda reader: _told(reader, self.entry.seq), self._show_changes)
        self._body.setVisible(is_open)
        icons.put(
            self.toggle,
            self._context.theme,
            "chevron-down" if is_open else "chevron-right",
            "muted",
        )

    def text(self) -> str:
        """All that it says."""
        return "\n".join(text.text() for text in self.findChildren(Text))

    def _head(self, is_undone: bool) -> QHBoxLayout:
        gettext, theme = self._context.t.gettext, self._context.theme
        what = act_words(self.entry, self._context.t)
        self.toggle = buttons.tool(
            theme, "chevron-right", gettext(N_("What changed: {what}")).format(what=what)
        )
        self.toggle.setToolTip("")
        self.toggle.clicked.connect(self.unfold)
        keep = self.toggle.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.toggle.setSizePolicy(keep)
        if not self.entry.count:
            self.toggle.hide()
        words = QVBoxLayout()
        words.setSpacing(0)
        pattern = N_("{what} (taken back)") if is_undone else "{what}"
        title = Text(
            gettext(pattern).format(what=what),
            "strong",
            "muted" if is_undone else "text",
            wraps=True,
        )
        words.addWidget(title)
        actor = self.entry.actor
        known = N_("{who} ({account}: account of the computer, not verified)")
        who = known if actor.name else N_("{account} (account of the computer, not verified)")
        said = gettext(who).format(who=actor.name, account=actor.account)
        words.addWidget(Elided(said, "small", "muted"))
        moment = Text(
            f"{self.entry.at.astimezone(zone_of(self._smith.zone)):%H:%M}", "small", "muted"
        )
        number = Text(str(self.entry.seq), "small", "muted")
        head = QHBoxLayout()
        head.setSpacing(theme.space("s"))
        for part in (self.toggle, moment):
            part.setMinimumWidth(36)
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _show_changes(self, told: _Told) -> None:
        entry = told.entry
        named = titles.named(told.names, self._context.t.language)
        for change in entry.changes[:MOST_RECORDS]:
            self._show_change(change, named, told.sides.get(change.id))
        if len(entry.changes) > MOST_RECORDS:
            rest = records_words(len(entry.changes) - MOST_RECORDS, self._context.t)
            said = self._context.t.gettext(N_("and {records} more")).format(records=rest)
            self._lines.addWidget(Text(said, "small", "muted"))

    def _show_change(
        self, change: EntryChange, names: Mapping[int, Name], sides: Sides | None
    ) -> None:
        indent = 36 * 2 + 2 * self._context.theme.space("s")
        link = buttons.link(
            self._context.theme,
            change.ref,
            lambda: self._context.events.open_record.emit(change.id),
        )
        row = QHBoxLayout()
        row.setContentsMargins(indent, 0, 0, 0)
        row.addWidget(link)
        row.addStretch(1)
        self._lines.addLayout(row)
        for text, tone in change_lines(self._smith, change, names, sides):
            line = Text(text, "small", tone, wraps=True)
            line.setContentsMargins(indent, 0, 0, 0)
            self._lines.addWidget(line)


class HistoryPage(Page):
    """The journal of the register, or of one record."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, context.t.gettext(N_("History")), parent)
        self._record: int | None = None
        self._entries: list[Entry] = []
        self._rows: list[EntryRow] = []
        self._shown: tuple[object, ...] = ()
        self.turns = Turns(self)
        self.search = search_field(context, context.t.gettext(N_("Only one record, by its ref")))
        self._undo = self._command("undo", "undo-2")
        self._redo = self._command("redo", "redo-2")
        for part in (self._undo, self._redo, self.search):
            self.head.addWidget(part)
        self.note = Text(role="small", tone="high", wraps=True)
        self.note.setContentsMargins(self.edge(), 0, self.edge(), 0)
        self.note.hide()
        self.older = buttons.button(
            context.theme, context.t.gettext(N_("Older entries")), call=self._fetch_older
        )
        self._last_day = ""
        self._lay_out()
        self.search.returnPressed.connect(self._on_filter_entered)
        self.search.textChanged.connect(self._on_filter_changed)
        context.events.changed.connect(self._on_register_changed)

    @property
    def rows(self) -> list[EntryRow]:
        """The entries that are shown; what is still to be made is made now."""
        self.turns.finish()
        return self._rows

    def enter(self) -> None:
        """Show the newest entries."""
        self._show_commands()
        self._fetch([])

    def start_search(self) -> None:
        """Put the cursor into the filter."""
        self.search.setFocus()

    def show_record(self, ref: str) -> None:
        """Show the entries of one record."""
        self.search.setText(ref)
        self._on_filter_entered()

    def _fetch_older(self) -> None:
        self._fetch(self._entries)

    def _fetch(self, after: list[Entry]) -> None:
        """Ask for entries that come after these, which are the newest ones without a gap."""
        before = after[-1].seq if after else None
        record = self._record
        self.context.ask(
            lambda reader: reader.log(id=record, before=before, limit=PAGE),
            lambda entries: self._show(record, after, entries),
        )

    def _show(self, record: int | None, after: list[Entry], entries: list[Entry]) -> None:
        if record != self._record or (after and after is not self._entries):
            return  # of another record than is wanted now, or asked for twice
        smith = self._smith()
        if not after:
            shown = (self._record, smith.day(clock.now()), *(entry.seq for entry in entries))
            if shown == self._shown:
                return  # they stand there already
            self._shown = shown
            self._clear()
        self._entries = [*after, *entries]
        gone = undone(self._entries) if self._record is None else frozenset()
        for entry in entries:
            self.turns.add(partial(self._show_entry, smith, entry, entry.seq in gone))
        self.older.setVisible(len(entries) == PAGE)

    def _show_entry(self, smith: Wordsmith, entry: Entry, is_undone: bool) -> None:
        day = smith.day(entry.at)
        if day != self._last_day:
            self._last_day = day
            self._add(Text(day, "section"))
        row = EntryRow(self.context, smith, entry, is_undone)
        self._rows.append(row)
        self._add(row)

    def _add(self, widget: QWidget) -> None:
        if isinstance(widget, Text):
            widget.setContentsMargins(0, self.context.theme.space("m"), 0, 0)
        self._list.addWidget(widget)
        widget.show()

    def _clear(self) -> None:
        self.turns.stop()
        self._rows, self._last_day = [], ""
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _on_filter_changed(self, text: str) -> None:
        if not text and self._record is not None:
            self._record = None
            self.enter()

    def _on_filter_entered(self) -> None:
        self.note.hide()
        try:
            self._record = self.context.register.find(self.search.text())
        except Expected as error:
            self.note.setText(message(error, self.context.t).what)
            self.note.show()
            return
        self.enter()

    def _on_register_changed(self, changed: Changed) -> None:
        if self.isVisible():
            self.enter()

    def _smith(self) -> Wordsmith:
        register = self.context.register
        return Wordsmith(self.context.t, register.vocabulary, register.organisation().zone)

    def _command(self, key: str, icon: str) -> QPushButton:
        action = self.context.actions[key]
        made = buttons.button(self.context.theme, "", icon, action.trigger)
        made.setMaximumWidth(300)
        action.changed.connect(self._show_commands)
        return made

    def _show_commands(self) -> None:
        for key, button in (("undo", self._undo), ("redo", self._redo)):
            action = self.context.actions[key]
            text = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
            shown = button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 250)
            button.setText(shown.replace("&", "&&"))
            button.setAccessibleName(text)
            button.setEnabled(action.isEnabled())

    def _lay_out(self) -> None:
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(self.edge(), 0, self.edge(), self.context.theme.space("l"))
        inner.addLayout(self._list)
        inner.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        self.keep_edge(area, inner)
        self.older.hide()
        self.layout_.addWidget(self.note)
        self.layout_.addWidget(area, 1)


def _told(reader: Reader, seq: int) -> _Told:
    """An entry with its changes, the names of what they link, and the scales of their scores."""
    entry = reader.entry(seq)
    shown = entry.changes[:MOST_RECORDS]
    ids = {id for change in shown for id in linked(change)}
    return _Told(entry, dict(reader.names(ids)), past_scores.sides_of(reader, seq, shown))
