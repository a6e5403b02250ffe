"""What happened to a record, in words: one card for each entry of the journal, with each field before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from riskreg import clock, kept_words, past_scores
from riskreg.changes import ChangeSet
from riskreg.dates import day_words
from riskreg.errors import N_
from riskreg.formats import format_value
from riskreg.i18n import Translator
from riskreg.records import KINDS, Record, columns, fields
from riskreg.records.fields import Fields
from riskreg.records.terms import Vocabulary
from riskreg.records.values import zone_of
from riskreg.rules.past_scales import Sides
from riskreg.views import Actor, Entry, EntryChange, Name
from riskreg.wording import act_words
from ui import titles
from ui.context import Context
from ui.forms.saving import taken_back
from ui.jobs import Job
from ui.theme import Theme
from ui.turns import Turns
from ui.widgets import buttons
from ui.widgets.text import Text

MOST: Final = 100
"""Entries of a record that are shown."""
_AT_ONCE: Final = 6
"""Entries that fill a panel: they are there when it is turned to."""
_LONGEST: Final = 240
"""Characters of a text that are shown; the whole stands in the record, or did."""


class Difference(NamedTuple):
    """One field that an entry changed; "" is empty."""

    label: str
    before: str
    after: str


class _Around(NamedTuple):
    """What entries of a record are told with.

    Attributes:
        names: What linked records are called.
        sides: What the scores of an entry are shown with, by its number.
    """

    names: Mapping[int, Name]
    sides: Mapping[int, Sides]


class Wordsmith(NamedTuple):
    """What is needed to tell an entry in words."""

    t: Translator
    vocabulary: Vocabulary
    zone: str

    def when(self, at: datetime) -> str:
        """A moment of the journal: the time alone for today."""
        here = at.astimezone(zone_of(self.zone))
        if here.date() == clock.today(self.zone):
            return f"{here:%H:%M}"
        return f"{day_words(here.date(), self.t)} {here:%H:%M}"

    def near(self, at: datetime) -> str:
        """A moment as short as it is telling: the time for today, the day before that."""
        zone = zone_of(self.zone)
        here = at.astimezone(zone)
        is_today = here.date() == clock.now().astimezone(zone).date()
        return f"{here:%H:%M}" if is_today else day_words(here.date(), self.t)

    def day(self, at: datetime) -> str:
        """The day of a moment, today and yesterday by their names."""
        zone = zone_of(self.zone)
        day, today = at.astimezone(zone).date(), clock.now().astimezone(zone).date()
        near = {0: N_("Today"), 1: N_("Yesterday")}.get((today - day).days)
        return self.t.gettext(near) if near else day_words(day, self.t)

    def who(self, actor: Actor) -> str:
        """Who made an entry; an account name is not proof of a person."""
        return actor.name or actor.account

    def differences(
        self, change: EntryChange, names: Mapping[int, Name], sides: Sides | None = None
    ) -> Iterator[Difference]:
        """Each field that a change touched, in the order of declaration; scores as the scales of `sides` word them."""
        known = columns(KINDS[change.kind])
        before, after = change.before or {}, change.after or {}
        words = sides or Sides(self.vocabulary, self.vocabulary)
        for key in (key for key in known if key in {**before, **after} and key != "ref"):
            told = [
                self._told((change.kind, key), side, vocabulary, names)
                for side, vocabulary in zip((before, after), words, strict=True)
            ]
            if told[0] != told[1]:
                label = self.t.label(KINDS[change.kind], key)
                yield Difference(label, *(_cut(text) for text in told))

    def _told(
        self,
        field: tuple[str, str],
        side: Fields,
        vocabulary: Vocabulary,
        names: Mapping[int, Name],
    ) -> str:
        kind, key = field
        what = columns(KINDS[kind])[key]
        value = side[key] if key in side else fields.empty(what)
        return kept_words.told(
            kind, key, format_value(what, value, self.t, vocabulary, names), self.t
        )


def linked(change: EntryChange) -> set[int]:
    """The records that a change names in its links."""
    known = columns(KINDS[change.kind])
    return {
        id
        for side in (change.before or {}, change.after or {})
        for key, value in side.items()
        if isinstance(known.get(key), fields.Links)
        for id in cast("frozenset[int]", value)
    }


class EntryCard(QFrame):
    """One entry: what, when, who, and what it did to the records it names."""

    def __init__(
        self,
        theme: Theme,
        smith: Wordsmith,
        entry: Entry,
        names: Mapping[int, Name],
        sides: Sides | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("timeline")
        self.entry = entry
        self.take_back: QPushButton | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, theme.space("s"), 0, theme.space("m"))
        self._layout.setSpacing(2)
        self.title = Text(act_words(entry, smith.t), "strong", wraps=True)
        self._layout.addWidget(self.title)
        said = smith.t.gettext(N_("{when} by {who}"))
        self.by = said.format(when=smith.when(entry.at), who=smith.who(entry.actor))
        self._layout.addWidget(Text(self.by, "small", "muted", wraps=True))
        for change in entry.changes:
            for text, tone in change_lines(smith, change, names, sides):
                self._layout.addWidget(Text(text, "small", tone, wraps=True))

    def offer(self, theme: Theme, label: str, call: Callable[[], object]) -> None:
        """Let the step be taken back."""
        self.take_back = buttons.link(theme, label, call)
        self.take_back.setAccessibleName(f"{label}: {self.title.text()}, {self.by}")
        self._layout.addWidget(self.take_back, 0, Qt.AlignmentFlag.AlignLeft)


def change_lines(
    smith: Wordsmith,
    change: EntryChange,
    names: Mapping[int, Name],
    sides: Sides | None = None,
) -> Iterator[tuple[str, str]]:
    """What an entry did to one record, line by line, each with its tone; `sides` as of `Wordsmith.differences`."""
    gettext = smith.t.gettext
    if change.is_erased:
        yield gettext(N_("The text of this entry was erased.")), "muted"
    pattern = N_("{label}: {after}") if change.before is None else N_("{label}: {before} → {after}")
    for label, before, after in smith.differences(change, names, sides):
        nothing = gettext(N_("empty"))
        yield (
            gettext(pattern).format(label=label, before=before or nothing, after=after or nothing),
            "text",
        )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class Story(QWidget):
    """The entries of one record, newest first; a step that nothing was built upon since can be taken back."""

    step_taken_back = Signal(object)
    """The `ChangeSet` that gives the record the values from before a step."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._turns = Turns(self)
        self._job: Job | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addStretch(1)
        self._more = Text(role="small", tone="muted", wraps=True)
        self._layout.insertWidget(0, self._more)
        self.cards: list[EntryCard] = []

    def show_entries(self, smith: Wordsmith, record: Record, entries: Sequence[Entry]) -> None:
        """Show these entries and no others; the first at once, the others as the window finds time."""
        shown = entries[:MOST]
        ids = {id for entry in shown for change in entry.changes for id in linked(change)}
        self._drop()
        self._job = self._context.ask(
            lambda reader: _Around(
                titles.named(reader.names(ids), smith.t.language),
                past_scores.sides(reader, record, shown),
            ),
            lambda around: self._begin(smith, record, entries, around),
        )

    def stop(self) -> None:
        """Make no more cards: the register is about to close."""
        self._drop()
        self._turns.stop()

    def complete(self) -> None:
        """Make now what is still to be made."""
        self._turns.finish()

    def texts(self) -> list[str]:
        """All that is said, card by card."""
        return ["\n".join(text.text() for text in card.findChildren(Text)) for card in self.cards]

    def _drop(self) -> None:
        """An answer that comes late must not stand under another record."""
        if self._job is not None:
            self._job.drop()

    def _begin(
        self,
        smith: Wordsmith,
        record: Record,
        entries: Sequence[Entry],
        around: _Around,
    ) -> None:
        self._turns.stop()
        for old in self.cards:
            old.hide()
            old.deleteLater()
        self.cards = []
        said = smith.t.gettext(
            N_("The newest {number} of {total} entries; all of them stand in the history.")
        )
        self._more.setText(said.format(number=MOST, total=len(entries)))
        self._more.setVisible(len(entries) > MOST)
        may_change = not self._context.register.read_only and record.deleted_at is None
        newer: frozenset[str] = frozenset()
        for place, entry in enumerate(entries[:MOST]):
            changes = taken_back(record, entry, newer) if may_change else None
            newer |= {key for change in entry.changes for key in change.after or ()}
            if place < _AT_ONCE:
                self._add(smith, entry, around, changes)
            else:
                self._turns.add(partial(self._add, smith, entry, around, changes))

    def _add(
        self,
        smith: Wordsmith,
        entry: Entry,
        around: _Around,
        changes: ChangeSet | None,
    ) -> None:
        sides = around.sides.get(entry.seq)
        card = EntryCard(self._context.theme, smith, entry, around.names, sides)
        if changes:
            label = smith.t.gettext(N_("Take this back"))
            card.offer(self._context.theme, label, lambda: self.step_taken_back.emit(changes))
        self._layout.insertWidget(len(self.cards), card)
        card.show()
        self.cards.append(card)
