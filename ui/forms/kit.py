"""What an editor needs besides its value: language, look, lists of choices, the zone, and the other records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from riskreg.i18n import Translator
from riskreg.records.terms import Vocabulary
from riskreg.views import Name
from ui.theme import Theme


class Directory(Protocol):
    """The other records, as a field of links sees them."""

    def names(self, ids: Iterable[int]) -> Mapping[int, Name]:
        """What these records are called."""

    def suggest(self, kind: str, words: str) -> list[tuple[int, Name]]:
        """A few records of a kind that fit what was typed, best first; by title where nothing was typed."""

    def open(self, id: int) -> None:
        """Show a record."""


class NewNames:
    """Records that a form will make when it is saved, known by a name only; -1 is the record of the form itself."""

    def __init__(self) -> None:
        self.entries: dict[int, tuple[str, str]] = {}
        """Kind and title by negative id."""

    def id_of(self, kind: str, title: str) -> int:
        """The id of a new record; the same name is the same record, in whichever field it was typed."""
        for id, entry in self.entries.items():
            if entry == (kind, title):
                return id
        id = min(self.entries, default=-1) - 1
        self.entries[id] = (kind, title)
        return id

    def id_again(self, id: int, kind: str, title: str) -> int:
        """The id of a new record that had this one before: another where that is taken by now."""
        is_free = self.entries.setdefault(id, (kind, title)) == (kind, title)
        return id if is_free else self.id_of(kind, title)

    def title(self, id: int) -> str:
        """The name typed for a new record."""
        return self.entries[id][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """Handed to every editor of one form.

    Attributes:
        t: The language of the window.
        theme: The look in force.
        vocabulary: The lists of choices and the scale in force.
        zone: The organisation's IANA zone, for times without one.
        directory: The other records.
        new_names: Records that do not exist yet.
    """

    t: Translator
    theme: Theme
    vocabulary: Vocabulary
    zone: str
    directory: Directory
    new_names: NewNames = field(default_factory=NewNames)
