"""What happened to a record, in words: one card for each entry of the journal, with each field before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple, cast

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from riskreg import clock
from riskreg.dates import day_words
from riskreg.errors import N_
from riskreg.formats import format_value
from riskreg.i18n import Translator
from riskreg.records import KINDS, columns, fields
from riskreg.records.fields import Fields, Value
from riskreg.records.terms import Vocabulary
from riskreg.records.values import zone_of
from riskreg.views import Actor, Entry, EntryChange, Name, Reader
from riskreg.wording import act_words
from ui import titles
from ui.theme import Theme
from ui.widgets.text import Text

_LONGEST = 240
"""Characters of a text that are shown; the whole stands in the record, or did."""


class Difference(NamedTuple):
    """One field that an entry changed; "" is empty."""

    label: str
    before: str
    after: str


class Wordsmith(NamedTuple):
    """What is needed to tell an entry in words."""

    t: Translator
    vocabulary: Vocabulary
    zone: str

    def when(self, at: datetime) -> str:
        """A moment of the journal: the time alone for today."""
        here = at.astimezone(zone_of(self.zone))
        if here.date() == clock.now().astimezone(zone_of(self.zone)).date():
            return f"{here:%H:%M}"
        return f"{day_words(here.date(), self.t)}, {here:%H:%M}"

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

    def differences(self, change: EntryChange, names: Mapping[int, Name]) -> Iterator[Difference]:
        """Each field that a change touched, in the order of declaration."""
        known = columns(KINDS[change.kind])
        before, after = change.before or {}, change.after or {}
        for key in (key for key in known if key in {**before, **after} and key != "ref"):
            what = known[key]
            told = [
                format_value(what, self._value(side, key, what), self.t, self.vocabulary, names)
                for side in (before, after)
            ]
            if told[0] != told[1]:
                label = self.t.label(KINDS[change.kind], key)
                yield Difference(label, *(_cut(text) for text in told))

    def _value(self, side: Fields, key: str, what: fields.FieldKind) -> Value:
        return side[key] if key in side else fields.empty(what)


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
        self, theme: Theme, smith: Wordsmith, entry: Entry, names: Mapping[int, Name]
    ) -> None:
        super().__init__()
        self.setObjectName("timeline")
        self.entry = entry
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.space("s"), 0, theme.space("m"))
        layout.setSpacing(2)
        layout.addWidget(Text(act_words(entry, smith.t), "strong", wraps=True))
        said = smith.t.gettext(N_("{when} by {who}"))
        line = said.format(when=smith.when(entry.at), who=smith.who(entry.actor))
        layout.addWidget(Text(line, "small", "muted", wraps=True))
        for change in entry.changes:
            for text, tone in change_lines(smith, change, names):
                layout.addWidget(Text(text, "small", tone, wraps=True))


def change_lines(
    smith: Wordsmith, change: EntryChange, names: Mapping[int, Name]
) -> Iterator[tuple[str, str]]:
    """What an entry did to one record, line by line, each with its tone."""
    gettext = smith.t.gettext
    if change.is_erased:
        yield gettext(N_("The text of this entry was erased.")), "muted"
    pattern = N_("{label}: {after}") if change.before is None else N_("{label}: {before} → {after}")
    for label, before, after in smith.differences(change, names):
        nothing = gettext(N_("empty"))
        yield (
            gettext(pattern).format(label=label, before=before or nothing, after=after or nothing),
            "text",
        )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class Story(QWidget):
    """The entries of one record, newest first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addStretch(1)
        self._cards: list[EntryCard] = []

    def show_entries(self, smith: Wordsmith, reader: Reader, entries: list[Entry]) -> None:
        """Show these entries and no others."""
        for old in self._cards:
            old.hide()
            old.deleteLater()
        ids = {id for entry in entries for change in entry.changes for id in linked(change)}
        names = titles.named(reader.names(ids), smith.t.language)
        self._cards = [EntryCard(self._theme, smith, entry, names) for entry in entries]
        for place, card in enumerate(self._cards):
            self._layout.insertWidget(place, card)

    def texts(self) -> list[str]:
        """All that is said, card by card."""
        return ["\n".join(text.text() for text in card.findChildren(Text)) for card in self._cards]
