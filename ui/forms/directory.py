"""The other records of the register, as fields of links ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from riskreg.errors import Expected
from riskreg.fuzzy import score
from riskreg.records import KINDS
from riskreg.records.terms import folded
from riskreg.views import Name, View, Where
from ui import titles
from ui.context import Context

MOST: Final = 30
"""How many records are offered at once."""

TOO_MANY: Final = 2_000
"""Records of a kind among which nobody looks without typing something."""


_MOST_RANKED: Final = 500
"""Titles that are looked at for those that fit best; where more hold the letters, more is typed."""


class RegisterDirectory:
    """Asks the window's own reader: a page of names takes a millisecond."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def names(self, ids: Iterable[int]) -> Mapping[int, Name]:
        """What these records are called."""
        return titles.named(self._context.register.names(ids), self._context.t.language)

    def suggest(self, kind: str, words: str) -> list[tuple[int, Name]]:
        """Records of a kind: the one with that ref or title first, then those whose title holds the words, then those that mention them.

        None while the file is busy.
        """
        try:
            found = dict.fromkeys(
                (
                    *self._exact(kind, words),
                    *self._titled(kind, words),
                    *self._holding(kind, words),
                )
            )
            names = self.names(found)
        except Expected:
            return []
        fits = [(id, names[id]) for id in found if id in names]
        return [(id, name) for id, name in fits if name.kind == kind and not name.is_deleted][:MOST]

    def open(self, id: int) -> None:
        """Show a record in the panel."""
        self._context.events.open_record.emit(id)

    def _exact(self, kind: str, words: str) -> list[int]:
        if not words:
            return []
        register = self._context.register
        found = [id for ids in register.called(kind, [words]).values() for id in ids]
        try:
            return [register.find(words), *found]
        except Expected:
            return found

    def _titled(self, kind: str, words: str) -> list[int]:
        """Records by a part of their title, those first that begin with it."""
        if not words or KINDS[kind].numbering == "catalogue":
            return []
        register, holds = self._context.register, Where("title", "contains", words)
        view = View(kinds=(kind,), where=(holds,), sort=(("title", False),))
        names = self.names(register.ids(view)[:_MOST_RANKED])
        return sorted(names, key=lambda id: -score(words, names[id].title))[:MOST]

    def _holding(self, kind: str, words: str) -> list[int]:
        register = self._context.register
        if KINDS[kind].numbering == "catalogue":
            return self._listed(kind, words)
        view = View(kinds=(kind,), sort=(("title", False),), words=words)
        if not words and register.count(view) > TOO_MANY:
            return []
        return list(register.ids(view)[:MOST])

    def _listed(self, kind: str, words: str) -> list[int]:
        """Records of the catalogue by any part of ref and title: they are few, so all of them can be looked at."""
        ids = self._context.register.ids(View(kinds=(kind,), sort=(("ref", False),)))
        names, wanted = self.names(ids), folded(words)
        return [id for id in ids if wanted in folded(f"{names[id].ref} {names[id].title}")]
