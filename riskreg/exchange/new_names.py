"""Records that a file names and that are made with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from riskreg.changes import Change, addition


class NewNames:
    """Records that a file names and the register does not have yet: one new record a name."""

    FIRST: Final = -1_000_000_000

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], int] = {}
        self._changes: dict[int, Change] = {}

    def take(self, kind: str, name: str, id: int) -> None:
        """A row of the file makes the record of this name itself."""
        self._ids.setdefault((kind, folded_title(name)), id)

    def id_of(self, kind: str, name: str) -> int:
        """The id under which a name is made."""
        known = kind, folded_title(name)
        if known not in self._ids:
            id = self._ids[known] = self.FIRST - len(self._ids)
            self._changes[id] = addition(kind, {"title": name.strip()}, id)
        return self._ids[known]

    def needed(self, changes: Iterable[Change]) -> list[Change]:
        """The new records that these changes point to; a rejected row leaves none behind."""
        named: set[object] = set()
        for change in changes:
            for value in (change.after or {}).values():
                if isinstance(value, frozenset):
                    named |= value
        return [change for id, change in self._changes.items() if id in named]


def folded_title(title: str) -> str:
    """A title as titles are compared here."""
    return title.strip().casefold()
